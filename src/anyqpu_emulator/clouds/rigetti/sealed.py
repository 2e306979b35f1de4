"""Encrypted jobs: translated programs that only the emulator that made them can read, for a day."""

from __future__ import annotations

import hashlib
import json
import secrets
from typing import Any

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.grpc_wire import GrpcError

from .translation import Binary

GOOD_SECONDS = 24 * 3600
"""Within this time of the emulator's clock a translated program can be executed."""


class Sealer:
    """Encrypts and decrypts jobs with a key of this emulator."""

    def __init__(self, context: AppContext) -> None:
        """The key stays the same after a restart from a state file."""
        self._context = context
        self._key = bytes.fromhex(context.persistence.value("rigetti.job_key", lambda: secrets.token_hex(32)))
        self.key_id = hashlib.sha256(self._key).hexdigest()[:32]
        """The id of the key, which encrypted jobs name."""

    def seal(self, binary: Binary) -> tuple[bytes, bytes]:
        """Return a job's encrypted bytes and its nonce."""
        nonce = secrets.token_bytes(12)
        content = [binary.processor, binary.quil, binary.shots, self._context.clock.monotonic()]
        inner = json.dumps(content, separators=(",", ":")).encode()
        sealed: bytes = self._cipher().encrypt(nonce, inner, self.key_id.encode())
        return sealed, nonce

    def open(self, job: bytes, nonce: bytes, key_id: str) -> Binary:
        """Return the program of an encrypted job. Raises GrpcError for one that is foreign, damaged or stale."""
        from cryptography.exceptions import InvalidTag

        if key_id != self.key_id:
            raise GrpcError("INVALID_ARGUMENT", "the job is encrypted with an unknown key; translate the program here")
        try:
            inner = self._cipher().decrypt(nonce, job, key_id.encode())
        except (InvalidTag, ValueError):
            raise GrpcError("INVALID_ARGUMENT", "the encrypted job or its nonce is damaged") from None
        processor, quil, shots, made_at = json.loads(inner)
        if self._context.clock.monotonic() >= made_at + GOOD_SECONDS:
            raise GrpcError("FAILED_PRECONDITION", "the job was translated more than a day ago; translate it again")
        return Binary(processor, quil, shots)

    def _cipher(self) -> Any:
        # It takes a while to import, and few need it.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)

"""Authentication."""

from __future__ import annotations

import base64
import json
import re
import secrets

from starlette.requests import Request

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.oauth import bearer_token
from anyqpu_emulator.persistence import Schema, Table

from .errors import QcsError

ACCESS_SECONDS = 24 * 3600
STALE = frozenset({"stale", "expired", "invalid", "unknown", "none", "null"})
"""Access tokens that are treated as expired, to try out what a client does then."""
_PLAIN = re.compile(r"[\x21-\x7e]+")


class Auth:
    """Accepts the tokens of the token endpoint until they expire, other JWTs with a future `exp`, and any plain text.

    QCS's own clients count on a 401 for a token that is stale, to fetch a new one: an invalid
    or expired JWT, or one of `STALE`. Where the emulator requires a certain secret, only that and the tokens that it
    issued are accepted. Credentials that contain `denied` are never accepted.
    """

    def __init__(self, context: AppContext) -> None:
        """Begin with the tokens of the state file."""
        self._context = context
        self._issued: Table[float] = context.table(Schema("rigetti.access"))

    def issued(self, token: str) -> None:
        """Add a token, and delete those that have long expired."""
        now = self._context.clock.monotonic()
        self._issued[token] = now + ACCESS_SECONDS
        for old in [issued for issued, until in self._issued.items() if until + ACCESS_SECONDS < now]:
            del self._issued[old]

    def admits(self, credential: str) -> bool:
        """Return whether a client secret or refresh token is accepted."""
        required = self._context.require_token
        if not credential or "denied" in credential:
            return False
        return required is None or secrets.compare_digest(credential.encode(), required.encode())

    def check(self, request: Request) -> None:
        """Raise a 401 unless the request carries an acceptable token."""
        self.check_token(bearer_token(request))

    def check_token(self, token: str) -> None:
        """Raise a 401 unless a token is acceptable; it is empty where a request has no token."""
        if not token:
            raise _unauthorized("no token; send it as Authorization: Bearer")
        if "denied" in token:
            raise _unauthorized("the token is not accepted")
        expires = self._issued.get(token)
        if expires is not None:
            if self._context.clock.monotonic() >= expires:
                raise _unauthorized("the token has expired")
        elif self._context.require_token is not None:
            if not self.admits(token):
                raise _unauthorized("the token is not the one that this emulator requires")
        elif not self._is_fresh(token):
            raise _unauthorized("the token is unknown or has expired; get one from the token endpoint")

    def _is_fresh(self, token: str) -> bool:
        if "." in token:
            return _expiry(token) > self._context.clock.wall()
        return _PLAIN.fullmatch(token) is not None and token.lower() not in STALE


def _expiry(token: str) -> float:
    """Return the time in a token's `exp`; 0 for an invalid JWT or one without it."""
    parts = token.split(".")
    try:
        head, claims = (json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))) for part in parts[:2])
        return float(claims["exp"]) if len(parts) == 3 and head["alg"] else 0.0
    except (ValueError, TypeError, KeyError, RecursionError):
        return 0.0


def _unauthorized(message: str) -> QcsError:
    return QcsError(401, message, headers={"www-authenticate": "Bearer"})

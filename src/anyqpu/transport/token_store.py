"""Tokens on disk: a cache of our own, and the one file of other tools that has to be kept up to date."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import secrets
import stat
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import anyio.to_thread

from anyqpu._files import UnreadableFileError, read_regular
from anyqpu.errors import ConfigError
from anyqpu.transport.failures import first_text, mapping_of
from anyqpu.transport.http import HiddenBytes
from anyqpu.transport.secret import Secret
from anyqpu.transport.tokens import EARLY_SECONDS, Clock, Token, TokenSource, jwt_expiry, lifetime

_log = logging.getLogger("anyqpu.auth")

OTHERS = stat.S_IRWXG | stat.S_IRWXO
# Far more than any token; a file that is longer is not ours.
LONGEST_FILE = 1 << 20


def store_key(provider: str, auth_url: str, user: str, client_id: str) -> str:
    """A name for the tokens of one user at one endpoint, from which nothing can be read."""
    # As JSON, so that no two different fours give the same text.
    return hashlib.sha256(json.dumps([provider, auth_url, user, client_id]).encode()).hexdigest()


class TokenStore:
    """Tokens in a folder, a file for each key, readable by their owner only.

    A file that does not exist or is damaged counts as no token, with a warning for the latter.
    """

    def __init__(self, folder: str | os.PathLike[str]) -> None:
        self._folder = Path(folder)

    def path(self, key: str) -> Path:
        """The file for a key."""
        return self._folder / f"{key}.json"

    async def load(self, key: str) -> Token | None:
        """Return the token stored under a key, which may have expired; None if it is missing.

        Raises:
            ConfigError: Others may read the file, or it belongs to another user.
        """
        path = self.path(key)
        token = await anyio.to_thread.run_sync(_load, path)
        if isinstance(token, str):
            raise ConfigError(
                f"{path} {token}",
                operation="token",
                hint=f"Make it yours alone (chmod 600 {path}), or delete it and log in again",
            )
        return token

    async def save(self, key: str, token: Token) -> None:
        """Store a token. Raises `OSError` if that cannot be done; what was stored before is then still there."""
        await anyio.to_thread.run_sync(_save, self.path(key), token)

    async def remove(self, key: str) -> None:
        """Forget what is stored under a key, if anything is. Raises `OSError` if it cannot be deleted."""
        await anyio.to_thread.run_sync(lambda: self.path(key).unlink(missing_ok=True))


@dataclass(frozen=True, slots=True)
class StoredTokens:
    """A source that reads a store first, and stores each token of another source before its first use."""

    source: TokenSource
    store: TokenStore
    key: str
    clock: Clock = time.time

    async def fetch(self, previous: Token | None) -> Token:
        """A token that another process stored, or else a new one. Raises what the source and the store do."""
        stored = await self.store.load(self.key)
        fresh = stored is not None and (stored.expires_at is None or stored.expires_at > self.clock() + EARLY_SECONDS)
        if stored is not None and fresh and (previous is None or stored.access_token != previous.access_token):
            return stored
        token = await self.source.fetch(stored or previous)
        try:
            await self.store.save(self.key, token)
        except (OSError, ValueError) as error:
            # Of a ValueError only that: its text may quote what could not be written.
            reason = getattr(error, "strerror", None) or "it cannot be written"
            _log.warning("the token could not be stored in %s: %s", self.store.path(self.key), reason)
        return token


async def read_back(path: str | os.PathLike[str], credentials_name: str) -> Token | None:
    """Return the token under `[credentials.<name>.token_payload]` of Rigetti's secrets file; None, with a warning, if
    it cannot be read."""
    return await anyio.to_thread.run_sync(_read_back, Path(path), credentials_name)


async def write_back(
    path: str | os.PathLike[str],
    credentials_name: str,
    payload: Mapping[str, Secret | str | int],
    *,
    expected: Secret | None = None,
) -> bool:
    """Update a token in Rigetti's secrets file, and leave every other byte of it as it is.

    Args:
        path: The file; its mode is kept, and a link to it stays one.
        credentials_name: Which `[credentials.<name>.token_payload]`.
        payload: `access_token`, `refresh_token`, `expires_in` (seconds), `id_token`, `updated_at` (RFC 3339); what is
            missing is left as it is, and anything else is not written.
        expected: Nothing is written unless this is the refresh token in the file: there may have been another login.

    Returns:
        Whether the file was written. It is not if what it holds is as new, or if it may not be written.

    Raises:
        ConfigError: The file is not laid out so that it can be edited safely; nothing was written.
        OSError: It cannot be read or written; nothing has changed.
    """
    outcome = await anyio.to_thread.run_sync(_write_back, Path(path), credentials_name, dict(payload), expected)
    if isinstance(outcome, str):
        raise ConfigError(f"the new token could not be written to {path}: {outcome}")
    return outcome


def expiry_of(access: Secret, updated_at: object, expires_in: object) -> float | None:
    """When a stored token expires, in seconds since the epoch: as it says itself, else as its file says."""
    said = jwt_expiry(access)
    updated, life = _parse_time(updated_at), lifetime(expires_in)
    return said if said is not None or updated is None or life is None else updated.timestamp() + life


def read_private(path: Path, *, private: bool) -> Secret | str | None:
    """Return the text of a file; None if it is missing; for a `private` one that others can read or own, the problem.

    Raises:
        ValueError: It cannot be read, is not a regular file, not UTF-8, or too long; says which.
    """
    try:
        file = read_regular(path, limit=LONGEST_FILE)
    except UnreadableFileError as error:
        raise ValueError(str(error)) from None
    if file is None:
        return None
    content, facts = file
    if private and os.name == "posix":
        if facts.st_uid != os.geteuid() and os.geteuid() != 0:
            return "belongs to another user"
        if facts.st_mode & OTHERS:
            return "may be read by others"
    return _decoded(HiddenBytes(content))


def _decoded(content: HiddenBytes) -> Secret:
    try:
        return Secret(content.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    # Not from the decoder's error, which holds the content.
    raise ValueError("it is not UTF-8")


def replace_file(path: Path, content: Secret, *, mode: int = 0o600, only_if: Callable[[], bool] = lambda: True) -> bool:
    """Replace a file, whole or not at all; return False if `only_if`, called last, is false.

    Raises:
        OSError: It cannot be written; nothing has changed.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(draft, flags, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.reveal().encode("utf-8"))
            file.flush()
            os.fsync(handle)
            if os.name == "posix":
                os.fchmod(handle, mode)
        if not only_if():
            return False
        os.replace(draft, path)
        return True
    finally:
        draft.unlink(missing_ok=True)


def _load(path: Path) -> Token | str | None:
    token: Token | None = None
    try:
        content = read_private(path, private=True)
        if not isinstance(content, Secret):
            return content
        token = _token(content)
        reason = None if token is not None else "it is not what anyqpu writes"
    except ValueError as error:
        reason = str(error)
    if reason is not None:
        _log.warning("the stored token in %s cannot be used and is ignored: %s", path, reason)
    return token


def _save(path: Path, token: Token) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, _text(token))


def _text(token: Token) -> Secret:
    fields = {
        "access_token": token.access_token.reveal(),
        "expires_at": token.expires_at,
        "refresh_token": token.refresh_token.reveal() if token.refresh_token else None,
        "token_type": token.token_type,
        "issued_at": token.issued_at,
    }
    return Secret(json.dumps(fields, indent=1) + "\n")


def _token(text: Secret) -> Token | None:
    try:
        parsed: Any = json.loads(text.reveal())
    except (ValueError, RecursionError):
        return None
    fields = mapping_of(parsed)
    access = _usable(fields, "access_token")
    if access is None:
        return None
    return Token(
        access,
        expires_at=lifetime(cast("object", fields.get("expires_at"))),
        refresh_token=_usable(fields, "refresh_token"),
        token_type=first_text(fields, "token_type") or "Bearer",
        issued_at=lifetime(cast("object", fields.get("issued_at"))),
    )


def _usable(fields: Mapping[str, Any], name: str) -> Secret | None:
    """Return a token that can be sent; None for any other value."""
    text = first_text(fields, name)
    secret = None if text is None else Secret(text)
    return secret if secret is not None and secret.fits_header() else None


# Rigetti's secrets file

WRITTEN = ("access_token", "refresh_token", "expires_in", "id_token", "updated_at")
TRIES = 3
_ASSIGNMENT = re.compile(
    r"""
    (?P<before> \s* (?P<key> [\w-]+ | "[\w-]+" | '[\w-]+' ) \s* = \s* )
    (?: "(?:[^"\\]|\\.)*" | '[^']*' | [^\s"'#\[{] [^"'#\r]*? )
    (?P<after> \s* (?: \# .* )? )
    """,
    re.VERBOSE,
)


def _read_back(path: Path, name: str) -> Token | None:
    try:
        text = read_private(path, private=False)
        table: Mapping[str, Any] = _payload(_parsed(text), name) if isinstance(text, Secret) else {}
    except ValueError as error:
        _log.warning("the tokens in %s cannot be read: %s", path, error)
        return None
    access = _usable(table, "access_token")
    if access is None:
        return None
    return Token(
        access,
        expires_at=expiry_of(access, table.get("updated_at"), table.get("expires_in")),
        refresh_token=_usable(table, "refresh_token"),
    )


def _write_back(
    path: Path, name: str, payload: Mapping[str, Secret | str | int], expected: Secret | None
) -> bool | str:
    """True, False, or why it cannot be done. No local variable here holds a credential in clear."""
    path = Path(os.path.realpath(path))
    for _ in range(TRIES):
        try:
            before = path.stat()
            text = read_private(path, private=False)
        except ValueError as error:
            return str(error)
        if not isinstance(text, Secret):
            return "it is gone"
        if not _parsed(text):
            return "it is not TOML"
        if not before.st_mode & stat.S_IWUSR or not os.access(path, os.W_OK):
            _log.warning("%s may not be written, so other tools will not see the new token", path)
            return False
        if not _wants(text, name, payload, expected):
            return False
        edited = edited_toml(text, name, {key: payload[key] for key in WRITTEN if key in payload})
        if edited is None:
            return f"[credentials.{name}.token_payload] is not laid out line by line"

        def untouched(seen: os.stat_result = before) -> bool:
            now = path.stat()
            return (now.st_ino, now.st_size, now.st_mtime_ns) == (seen.st_ino, seen.st_size, seen.st_mtime_ns)

        if replace_file(path, edited, mode=stat.S_IMODE(before.st_mode), only_if=untouched):
            return True
    return "it is being changed by others"


def _wants(text: Secret, name: str, payload: Mapping[str, Secret | str | int], expected: Secret | None) -> bool:
    """Whether what the file holds is what we had, and older than what we have."""
    table = _payload(_parsed(text), name)
    if expected is not None and first_text(table, "refresh_token") != expected.reveal():
        return False
    theirs, ours = _parse_time(table.get("updated_at")), _parse_time(payload.get("updated_at"))
    return theirs is None or ours is None or ours > theirs


def edited_toml(text: Secret, name: str, payload: Mapping[str, Secret | str | int]) -> Secret | None:
    """The file with other values in the same places; None unless that is certain to change nothing else."""
    wanted = {key: value.reveal() if isinstance(value, Secret) else value for key, value in payload.items()}
    lines = text.reveal().split("\n")
    tables = [(n, path) for n, line in enumerate(lines) if (path := _table(line))]
    start = next((n for n, path in tables if path == ("credentials", name, "token_payload")), None)
    if start is None:
        return None
    end = next((n for n, _ in tables if n > start), len(lines))
    # JSON's texts and numbers are TOML's too.
    missing = {key: json.dumps(value, ensure_ascii=False) for key, value in wanted.items()}
    for n in range(start + 1, end):
        bare = lines[n].removesuffix("\r")
        match = _ASSIGNMENT.fullmatch(bare)
        if match and (value := missing.pop(match["key"].strip("\"'"), None)) is not None:
            lines[n] = match["before"] + value + match["after"] + lines[n][len(bare) :]
    ending = "\r" if lines[start].endswith("\r") else ""
    lines[start + 1 : start + 1] = [f"{key} = {value}{ending}" for key, value in missing.items()]
    edited = Secret("\n".join(lines))
    old, new = _parsed(text), _parsed(edited)
    written = dict(_payload(new, name))
    same = all(written.get(key) == value for key, value in wanted.items())
    for document in (old, new):
        table = cast("dict[str, Any]", _payload(document, name))
        for key in wanted:
            table.pop(key, None)
    # By their text, which also differs for 1 and 1.0, and for another order.
    return edited if same and repr(old) == repr(new) else None


def _table(line: str) -> tuple[str, ...] | None:
    """The name of the table that begins in a line; None if none does."""
    if not line.lstrip().startswith("["):
        return None
    value: Any = _parsed(Secret(line.removesuffix("\r")))
    path: list[str] = []
    while isinstance(value, dict) and value:
        key, value = next(iter(cast("dict[str, Any]", value).items()))
        path.append(key)
    return tuple(path) or None


def _payload(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return mapping_of(mapping_of(mapping_of(document.get("credentials")).get(name)).get("token_payload"))


def _parsed(text: Secret) -> dict[str, Any]:
    # No parser's error goes further: it may quote the text.
    try:
        return tomllib.loads(text.reveal())
    except (ValueError, RecursionError):
        return {}


def _parse_time(value: object) -> datetime | None:
    """Parse a time from a file: a TOML time, or RFC 3339 as text. Without a zone it is UTC."""
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, datetime):
        return None
    return value if value.tzinfo is not None else value.replace(tzinfo=UTC)

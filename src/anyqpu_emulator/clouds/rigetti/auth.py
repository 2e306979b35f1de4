"""Who may come in."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from anyqpu_emulator.house import House

from .errors import QcsError

ACCESS_SECONDS = 24 * 3600


class Gatekeeper:
    """Accepts any token, unless the emulator requires a certain one; tokens that contain `denied` never pass.

    Tokens from the token endpoint are remembered and expire.
    """

    def __init__(self, house: House) -> None:
        """Begin with no issued tokens."""
        self._house = house
        self._issued: dict[str, float] = {}

    def issued(self, token: str) -> None:
        """Remember a token; forget those that have long expired."""
        now = self._house.clock.monotonic()
        self._issued[token] = now + ACCESS_SECONDS
        for old in [known for known, until in self._issued.items() if until + ACCESS_SECONDS < now]:
            del self._issued[old]

    def admits(self, credential: str) -> bool:
        """Whether a secret that is no access token (of a client, of a refresh) is good."""
        required = self._house.require_token
        if not credential or "denied" in credential:
            return False
        return required is None or secrets.compare_digest(credential.encode(), required.encode())

    def check(self, request: Request) -> None:
        """Raise a 401 unless the request carries an acceptable token."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip() if scheme.lower() == "bearer" else ""
        if not token:
            raise _unauthorized("no token; send it as Authorization: Bearer")
        if "denied" in token:
            raise _unauthorized("the token is not accepted")
        expires = self._issued.get(token)
        if expires is not None:
            if self._house.clock.monotonic() >= expires:
                raise _unauthorized("the token has expired")
        elif not self.admits(token):
            raise _unauthorized("the token is not the one that this emulator requires")


def _unauthorized(message: str) -> QcsError:
    return QcsError(401, message, headers={"www-authenticate": "Bearer"})

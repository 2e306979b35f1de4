"""Who may come in: an API key's secret in `X-Auth-Token`."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from anyqpu_emulator.house import House

from . import errors


class Gatekeeper:
    """Accepts any key, unless the emulator requires a certain one; keys that contain `denied` never pass."""

    def __init__(self, house: House) -> None:
        """`house` knows the key that is required, if any."""
        self._required = house.require_token

    def check(self, request: Request) -> None:
        """Raise a 401 unless the request carries an acceptable key."""
        token = request.headers.get("x-auth-token", "").strip()
        if not token:
            raise errors.denied("invalid_argument")
        if "denied" in token:
            raise errors.denied("not_found")
        if self._required is not None and not secrets.compare_digest(token.encode(), self._required.encode()):
            raise errors.denied("not_found")

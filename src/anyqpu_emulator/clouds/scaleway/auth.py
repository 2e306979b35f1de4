"""Authentication by the secret of an API key in `X-Auth-Token`."""

from __future__ import annotations

import secrets

from starlette.requests import Request

from anyqpu_emulator.context import AppContext

from . import errors


class Auth:
    """Accepts any key, unless the emulator requires a certain one. Keys that contain `denied` are refused."""

    def __init__(self, context: AppContext) -> None:
        """`context` has the required key, if any."""
        self._required = context.require_token

    def check(self, request: Request) -> None:
        """Raise a 401 unless the request carries an acceptable key."""
        token = request.headers.get("x-auth-token", "").strip()
        if not token:
            raise errors.denied("invalid_argument")
        if "denied" in token:
            raise errors.denied("not_found")
        if self._required is not None and not secrets.compare_digest(token.encode(), self._required.encode()):
            raise errors.denied("not_found")

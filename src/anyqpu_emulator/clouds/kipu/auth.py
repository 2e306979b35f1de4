"""Authentication, and the OpenID Connect token endpoint (a Keycloak in the real cloud)."""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.oauth import NO_STORE, basic_credentials, bearer_token, oauth_error, read_form

from .schema import ACCESS, REFRESH

ACCESS_SECONDS = 300
REFRESH_SECONDS = 1800


class Auth:
    """Accepts any token, unless the emulator requires a certain one. Tokens that contain `denied` are refused.

    Tokens from the token endpoint are remembered and expire.
    """

    def __init__(self, context: AppContext) -> None:
        """Begin with the tokens of the state file."""
        self._context = context
        self._access = context.table(ACCESS)
        self._refresh = context.table(REFRESH)

    def check(self, request: Request) -> None:
        """Raise a 401 unless the request carries an acceptable token."""
        token = _token(request)
        if not token:
            raise _unauthorized("no token; send it as X-Auth-Token or as Authorization: Bearer")
        self._check_token(token)

    def check_if_any(self, request: Request) -> bool:
        """Return whether a request to a public operation has a token. Raises a 401 for a bad one."""
        token = _token(request)
        if token:
            self._check_token(token)
        return bool(token)

    def _check_token(self, token: str) -> None:
        if "denied" in token:
            raise _unauthorized("the token is not accepted")
        expires = self._access.get(token)
        if expires is not None:
            if self._context.clock.monotonic() >= expires:
                raise _unauthorized("the token has expired")
            return
        required = self._context.require_token
        if required is not None and not secrets.compare_digest(token.encode(), required.encode()):
            raise _unauthorized("the token is not the one that this emulator requires")

    async def token(self, request: Request) -> Response:
        """Password and refresh grants. Errors are OAuth JSON, not problems."""
        form = await read_form(request)
        if not form.get("client_id") and not basic_credentials(request)[0]:
            return oauth_error(401, "invalid_client", "client_id is missing")
        match form.get("grant_type"):
            case "password":
                return self._password_grant(form.get("username", ""), form.get("password", ""))
            case "refresh_token":
                return self._refresh_grant(form.get("refresh_token", ""))
            case None:
                return oauth_error(400, "invalid_request", "grant_type is missing")
            case other:
                return oauth_error(400, "unsupported_grant_type", f"{other!r}: use password or refresh_token")

    def _password_grant(self, username: str, password: str) -> Response:
        if not username or not password:
            return oauth_error(400, "invalid_request", "username and password are required")
        required = self._context.require_token
        if username.startswith("invalid@") or "denied" in password or (required and password != required):
            return oauth_error(401, "invalid_grant", "Invalid user credentials")
        return self._issue()

    def _refresh_grant(self, token: str) -> Response:
        expires = self._refresh.discard(token)
        expired = expires is not None and self._context.clock.monotonic() >= expires
        unknown = expires is None and self._context.require_token is not None
        if not token or "denied" in token or expired or unknown:
            return oauth_error(400, "invalid_grant", "Token is not active")
        return self._issue()

    def _issue(self) -> Response:
        now = self._context.clock.monotonic()
        access, refresh = f"emu-{secrets.token_hex(24)}", f"emu-refresh-{secrets.token_hex(24)}"
        self._access[access] = now + ACCESS_SECONDS
        self._refresh[refresh] = now + REFRESH_SECONDS
        body = {
            "access_token": access,
            "expires_in": ACCESS_SECONDS,
            "refresh_expires_in": REFRESH_SECONDS,
            "refresh_token": refresh,
            "token_type": "Bearer",
            "not-before-policy": 0,
            "session_state": secrets.token_hex(16),
            "scope": "profile",
        }
        return json_response(body, headers=NO_STORE)


def _token(request: Request) -> str:
    return request.headers.get("x-auth-token", "").strip() or bearer_token(request)


def _unauthorized(detail: str) -> ProblemError:
    return ProblemError(401, detail, headers={"www-authenticate": "Bearer"})

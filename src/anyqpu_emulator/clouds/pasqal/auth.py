"""Authentication, and the token endpoint (Auth0 or Keycloak in the real cloud)."""

from __future__ import annotations

import base64
import json
import secrets
import uuid
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.http import json_response
from anyqpu_emulator.oauth import NO_STORE, bearer_token, oauth_error, read_form

from .responses import RefusalError
from .schema import TOKENS

ACCESS_SECONDS = 86_400
_REALM_GRANT = "http://auth0.com/oauth/grant-type/password-realm"
_SPACE = uuid.UUID("6f0a5a7e-62a5-4a0c-9d41-5c0f7f6a3c11")
ANYONE = str(uuid.uuid5(_SPACE, "anyone"))
"""The user behind a token that this emulator did not issue."""


class Auth:
    """Accepts any token, unless the emulator requires a certain one. Tokens that contain `denied` are refused."""

    def __init__(self, context: AppContext) -> None:
        """Begin with the tokens of the state file."""
        self._context = context
        self._issued = context.table(TOKENS)

    def check(self, request: Request) -> None:
        """Put the id of the token's user into `request.state`. Raises a 401 for a bad token."""
        request.state.user = self._user(request)

    def _user(self, request: Request) -> str:
        token = bearer_token(request)
        if not token:
            raise _unauthorized("no token; send it as Authorization: Bearer")
        if "denied" in token:
            raise _unauthorized("the token is not accepted")
        if token in self._issued:
            expires, user = self._issued[token]
            if self._context.clock.monotonic() >= expires:
                raise _unauthorized("the token has expired")
            return user
        required = self._context.require_token
        if required is not None and not secrets.compare_digest(token.encode(), required.encode()):
            raise _unauthorized("the token is not the one that this emulator requires")
        return ANYONE

    async def token(self, request: Request) -> Response:
        """Password grants, form-encoded. Errors are OAuth JSON."""
        form = await read_form(request)
        if not form.get("client_id"):
            return oauth_error(401, "invalid_client", "client_id is missing")
        grant = form.get("grant_type")
        if not grant:
            return oauth_error(400, "invalid_request", "grant_type is missing")
        if grant not in ("password", _REALM_GRANT):
            return oauth_error(400, "unsupported_grant_type", f"{grant!r}: use password or {_REALM_GRANT}")
        username, password = form.get("username", ""), form.get("password", "")
        if not username or not password:
            return oauth_error(400, "invalid_request", "username and password are required")
        required = self._context.require_token
        if username.startswith("invalid@") or "denied" in password or (required and password != required):
            # Auth0 responds with 403 where Keycloak responds with 401.
            status = 403 if grant == _REALM_GRANT else 401
            return oauth_error(status, "invalid_grant", "Wrong email or password.")
        return self._issue(username)

    def _issue(self, username: str) -> Response:
        now = self._context.clock.wall()
        user = str(uuid.uuid5(_SPACE, username))
        claims = {
            "sub": user,
            "email": username,
            "iat": int(now),
            "exp": int(now) + ACCESS_SECONDS,
            "jti": secrets.token_hex(8),
        }
        access = _unsigned_jwt(claims)
        self._issued[access] = (self._context.clock.monotonic() + ACCESS_SECONDS, user)
        body = {
            "access_token": access,
            "id_token": _unsigned_jwt({**claims, "name": username}),
            "scope": "openid profile email",
            "expires_in": ACCESS_SECONDS,
            "token_type": "Bearer",
        }
        return json_response(body, headers=NO_STORE)


def _unsigned_jwt(claims: Mapping[str, object]) -> str:
    """A token of the usual form; the signature is noise, since only this emulator judges it."""
    parts = [json.dumps({"alg": "RS256", "typ": "JWT", "kid": "emulator"}).encode(), json.dumps(claims).encode()]
    return ".".join(_base64url(part) for part in [*parts, secrets.token_bytes(256)])


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _unauthorized(description: str) -> RefusalError:
    return RefusalError(401, description, headers={"www-authenticate": "Bearer"})

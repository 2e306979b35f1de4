"""The OpenID Connect issuer (an Okta in the real cloud): discovery, authorization, tokens, keys."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.context import AppContext
from anyqpu_emulator.http import json_response
from anyqpu_emulator.oauth import NO_STORE, basic_credentials, oauth_error, read_form
from anyqpu_emulator.persistence import Schema, Table

from .auth import ACCESS_SECONDS, Auth
from .catalogue import ME

ISSUER_PATH = "/oauth2/default"
GRANTS = ("refresh_token", "client_credentials", "authorization_code")
_KEY_ID = "emulator"
# The oldest unused codes are deleted.
_MOST_CODES = 1000


class Issuer:
    """Everything below `/oauth2/default`."""

    def __init__(self, context: AppContext, auth: Auth) -> None:
        """The signing key is made for the first token."""
        self._context = context
        self._auth = auth
        self._used: Table[None] = context.table(Schema("rigetti.used"))
        self._mine: Table[None] = context.table(Schema("rigetti.refresh"))
        self._challenges: dict[str, str] = {}
        self._signer = _Signer()

    def routes(self) -> list[BaseRoute]:
        """All of it, relative to the cloud's prefix."""
        return [
            Route(f"{ISSUER_PATH}/.well-known/openid-configuration", self._discovery, methods=["GET"]),
            Route(f"{ISSUER_PATH}/.well-known/oauth-authorization-server", self._discovery, methods=["GET"]),
            Route(f"{ISSUER_PATH}/v1/keys", self._keys, methods=["GET"]),
            Route(f"{ISSUER_PATH}/v1/authorize", self._authorize, methods=["GET"]),
            Route(f"{ISSUER_PATH}/v1/token", self._token, methods=["POST"]),
        ]

    async def _discovery(self, request: Request) -> Response:
        issuer = _issuer(request)
        body = {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/v1/authorize",
            "token_endpoint": f"{issuer}/v1/token",
            "jwks_uri": f"{issuer}/v1/keys",
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": list(GRANTS),
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "scopes_supported": ["openid", "profile", "email", "offline_access"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post", "none"],
            "code_challenge_methods_supported": ["S256"],
            "claims_supported": ["iss", "sub", "aud", "iat", "exp", "uid"],
        }
        return json_response(body)

    async def _keys(self, request: Request) -> Response:
        return json_response({"keys": await anyio.to_thread.run_sync(self._signer.public)})

    async def _authorize(self, request: Request) -> Response:
        """Redirect with a code at once, without a login."""
        query = request.query_params
        target = urlsplit(query.get("redirect_uri", ""))
        if target.scheme not in ("http", "https") or not target.netloc:
            return oauth_error(400, "invalid_request", "redirect_uri should be a complete http address")
        parameters = {"state": query["state"]} if "state" in query else {}
        if query.get("response_type") != "code":
            parameters |= {"error": "unsupported_response_type"}
        elif self._context.require_token is not None:
            # A code would give access without that token.
            parameters |= {"error": "access_denied", "error_description": "this emulator requires a certain token"}
        else:
            code = secrets.token_urlsafe(24)
            self._challenges[code] = query.get("code_challenge", "")
            for old in list(self._challenges)[:-_MOST_CODES]:
                del self._challenges[old]
            parameters |= {"code": code}
        joined = "&".join(part for part in (target.query, urlencode(parameters)) if part)
        location = urlunsplit((target.scheme, target.netloc, target.path, joined, ""))
        return RedirectResponse(location, 302, NO_STORE)

    async def _token(self, request: Request) -> Response:
        """All grants. Errors are OAuth JSON, not QCS's own."""
        form = await read_form(request)
        user, password = basic_credentials(request)
        form = {"client_id": user, "client_secret": password} | form if user else form
        if not form.get("client_id"):
            return oauth_error(401, "invalid_client", "client_id is missing")
        match form.get("grant_type"):
            case "refresh_token":
                problem = self._refresh_problem(form.get("refresh_token", ""))
            case "client_credentials":
                if not self._auth.admits(form.get("client_secret", "")):
                    return oauth_error(401, "invalid_client", "the client secret is missing or not accepted")
                return await self._issue(request, form, refreshable=False)
            case "authorization_code":
                problem = self._code_problem(form)
            case None | "":
                return oauth_error(400, "invalid_request", "grant_type is missing")
            case other:
                return oauth_error(400, "unsupported_grant_type", f"{other!r}: use one of {', '.join(GRANTS)}")
        if problem is not None:
            return oauth_error(400, "invalid_grant", problem)
        return await self._issue(request, form, refreshable=True)

    def _refresh_problem(self, token: str) -> str | None:
        """Return what is wrong with a refresh token. A valid one is used up."""
        digest = hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
        if not token or digest in self._used or not (digest in self._mine or self._auth.admits(token)):
            return "The refresh token is invalid or expired."
        self._used[digest] = None
        self._mine.discard(digest)
        return None

    def _code_problem(self, form: Mapping[str, str]) -> str | None:
        code = form.get("code", "")
        digest = hashlib.sha256(code.encode("utf-8", "replace")).hexdigest()
        if digest in self._used or not self._auth.admits(code):
            return "The authorization code is invalid or has expired."
        self._used[digest] = None
        challenge = self._challenges.pop(code, "")
        verifier = hashlib.sha256(form.get("code_verifier", "").encode("utf-8", "replace")).digest()
        if challenge and challenge != _base64(verifier):
            return "PKCE verification failed."
        return None

    def access_token(self, issuer: str) -> str:
        """Issue a token without an HTTP request."""
        access = self._signer.token(self._claims(issuer, "emulator"))
        self._auth.issued(access)
        return access

    def _claims(self, issuer: str, client_id: str) -> dict[str, Any]:
        now = int(self._context.clock.wall())
        return {
            "ver": 1,
            "jti": f"AT.{secrets.token_urlsafe(16)}",
            "iss": issuer,
            "aud": "api://qcs",
            "iat": now,
            "exp": now + ACCESS_SECONDS,
            "cid": client_id,
            "uid": ME.idp_id,
            "sub": ME.email,
        }

    async def _issue(self, request: Request, form: Mapping[str, str], *, refreshable: bool) -> Response:
        claims = self._claims(_issuer(request), form["client_id"])
        access = await anyio.to_thread.run_sync(self._signer.token, claims)
        self._auth.issued(access)
        scope = form.get("scope") or ("offline_access openid profile" if refreshable else "openid")
        body = {"token_type": "Bearer", "expires_in": ACCESS_SECONDS, "access_token": access, "scope": scope}
        if refreshable:
            refresh = secrets.token_urlsafe(32)
            while "denied" in refresh:
                refresh = secrets.token_urlsafe(32)
            self._mine[hashlib.sha256(refresh.encode()).hexdigest()] = None
            identity = {**claims, "aud": form["client_id"], "jti": f"ID.{secrets.token_urlsafe(16)}"}
            body |= {"refresh_token": refresh, "id_token": await anyio.to_thread.run_sync(self._signer.token, identity)}
        return json_response(body, headers=NO_STORE)


class _Signer:
    """Makes tokens; with a real RSA key where `cryptography` is installed. Used from worker threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._made = False
        self._key: Any = None

    def token(self, claims: Mapping[str, Any]) -> str:
        """Return a JWT with the algorithm RS256."""
        head = {"alg": "RS256", "kid": _KEY_ID, "typ": "JWT"}
        signed = ".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in (head, claims))
        key = self._private()
        if key is None:
            # Random bytes of a signature's length, for clients that only read the claims.
            return f"{signed}.{_base64(secrets.token_bytes(256))}"
        from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
        from cryptography.hazmat.primitives.hashes import SHA256

        return f"{signed}.{_base64(key.sign(signed.encode(), PKCS1v15(), SHA256()))}"

    def public(self) -> list[dict[str, str]]:
        """The public key as a JWK; none where `cryptography` is missing."""
        key = self._private()
        if key is None:
            return []
        numbers = key.public_key().public_numbers()
        parts = {name: _number(value) for name, value in (("n", numbers.n), ("e", numbers.e))}
        return [{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": _KEY_ID, **parts}]

    def _private(self) -> Any:
        with self._lock:
            if not self._made:
                try:
                    from cryptography.hazmat.primitives.asymmetric import rsa
                except ImportError:
                    self._key = None
                else:
                    self._key = rsa.generate_private_key(65537, 2048)
                self._made = True
            return self._key


def _issuer(request: Request) -> str:
    # With the client's name for this server; the prefix is part of the mount.
    return f"{request.url.scheme}://{request.url.netloc}{request.scope.get('root_path', '')}{ISSUER_PATH}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _number(value: int) -> str:
    return _base64(value.to_bytes((value.bit_length() + 7) // 8))

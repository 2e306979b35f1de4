"""Credentials as the security schemes of a document demand them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator import operations
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.documents import resolved
from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.oauth import NO_STORE, basic_credentials, bearer_token, oauth_error, read_form
from anyqpu_emulator.persistence import Schema

from .resources import Route

TOKEN_PATH = "/_token"  # noqa: S105 - a path


class Auth:
    """Accepts any credential that is where the document says, unless the emulator requires a certain one."""

    def __init__(
        self, document: dict[str, Any], routes: Iterable[Route], context: AppContext, issued: Schema[bool]
    ) -> None:
        """Read the schemes of each operation; `issued` is the table of tokens."""
        self._context = context
        schemes = document.get("components", {}).get("securitySchemes", {})
        self._schemes = {name: resolved(document, scheme) for name, scheme in schemes.items()}
        general: list[Mapping[str, Any]] = document.get("security", [])
        self._alternatives = {route.name: route.raw.get("security", general) for route in routes}
        self._issued = context.table(issued)

    def check(self, request: Request) -> None:
        """Raise a 401 unless a request has the credentials of one alternative."""
        operation = operations.find(request.method, request.url.path)
        alternatives = self._alternatives.get(operation.name, ()) if operation else ()
        reasons: list[str] = []
        for alternative in alternatives:
            lacking = [name for name in alternative if not self._has(request, name)]
            if not lacking:
                return
            reasons.append(" and ".join(self._described(name) for name in lacking))
        if reasons:
            detail = f"no acceptable credentials; send {', or '.join(dict.fromkeys(reasons))}"
            raise ProblemError(401, detail, headers={"www-authenticate": "Bearer"})

    async def token(self, request: Request) -> Response:
        """Issue a token for any grant with credentials."""
        form = await read_form(request)
        user, password = basic_credentials(request)
        credential = form.get("client_secret") or form.get("password") or form.get("refresh_token") or password
        if not credential or not (form.get("client_id") or form.get("username") or user or form.get("refresh_token")):
            return oauth_error(
                400, "invalid_request", "client_id and client_secret, or username and password, are missing"
            )
        if not self._accepts(credential):
            return oauth_error(401, "invalid_client", "the credentials are not those that this emulator requires")
        token = secrets.token_urlsafe(24)
        self._issued[token] = True
        body = {"access_token": token, "token_type": "Bearer", "expires_in": 3600}
        return json_response(body, headers=NO_STORE)

    def _has(self, request: Request, name: str) -> bool:
        scheme = self._schemes.get(name, {})
        match scheme.get("type"), str(scheme.get("scheme", "")).lower():
            case "apiKey", _:
                there = {"header": request.headers, "query": request.query_params, "cookie": request.cookies}
                value = there[scheme["in"]].get(scheme["name"], "")
            case "http", "basic":
                value = basic_credentials(request)[1]
            case "mutualTLS", _:
                return True
            case _:
                value = bearer_token(request)
        return bool(value.strip()) and self._accepts(value.strip())

    def _accepts(self, credential: str) -> bool:
        required = self._context.require_token
        return (
            required is None
            or credential in self._issued
            or secrets.compare_digest(credential.encode(), required.encode())
        )

    def _described(self, name: str) -> str:
        scheme = self._schemes.get(name, {})
        if scheme.get("type") == "apiKey":
            return f"{scheme['name']} as {scheme['in']}"
        basic = str(scheme.get("scheme", "")).lower() == "basic"
        return "Authorization: Basic" if basic else "Authorization: Bearer"

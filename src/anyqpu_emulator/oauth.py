"""Requests and errors of OAuth token endpoints (RFC 6749)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from urllib.parse import parse_qsl, unquote

from starlette.requests import Request
from starlette.responses import Response

from .http import json_response

NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}
"""Headers of responses with tokens."""


async def read_form(request: Request) -> dict[str, str]:
    """Return the fields of a form-encoded body."""
    text = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(text, keep_blank_values=True))


def bearer_token(request: Request) -> str:
    """Return the token in `Authorization: Bearer`; empty without one."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def basic_credentials(request: Request) -> tuple[str, str]:
    """Return the client id and secret of HTTP Basic; empty without them."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        user, _, password = base64.b64decode(value, validate=True).decode("utf-8", "replace").partition(":")
    except binascii.Error:
        return "", ""
    # RFC 6749 has both parts form-encoded.
    return unquote(user), unquote(password)


def oauth_error(status: int, error: str, description: str, headers: Mapping[str, str] = NO_STORE) -> Response:
    """Return an error in OAuth's form."""
    return json_response({"error": error, "error_description": description}, status, headers=headers)

"""Pages of lists."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response

from .errors import invalid

_MOST = 1000


def window(request: Request, default: int = 10) -> tuple[int, int]:
    """Return the offset of the requested page, and its greatest length."""
    size = request.state.query.get("pageSize", default)
    if size < 1:
        raise invalid(f"pageSize should be at least 1, not {size}", "query", "pageSize")
    return _start(request.state.query.get("pageToken", "")), min(size, _MOST)


def page(request: Request, key: str, items: Sequence[dict[str, Any]], media_type: str = "application/json") -> Response:
    """Return a page of items under `key`, with a token unless it is the last."""
    start, size = window(request)
    body: dict[str, Any] = {key: list(items[start : start + size])}
    if start + size < len(items):
        body["nextPageToken"] = token(start + size)
    elif key == "reservations":
        # The document requires it there. Elsewhere, QCS's client in Rust would request a page with an empty one.
        body["nextPageToken"] = ""
    return json_response(body, media_type=media_type)


def token(start: int) -> str:
    """Return an opaque page token."""
    return base64.urlsafe_b64encode(f"from:{start}".encode()).decode()


def _start(text: str) -> int:
    if not text:
        return 0
    try:
        word, _, number = base64.b64decode(text.encode(), b"-_", validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeError):
        word, number = "", ""
    if word != "from" or not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise invalid("invalid pageToken", "query", "pageToken")
    return int(number)

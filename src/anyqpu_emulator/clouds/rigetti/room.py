"""What the groups of routes share: authentication in front of every handler, and paging."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.rooms import GuardedRoom, Handler

from .auth import Gatekeeper
from .errors import answer, invalid
from .store import Store

_MOST = 1000


class Room(GuardedRoom[Store, Gatekeeper]):
    """A group of routes over the same store."""

    def public(self, method: str, path: str, handler: Handler) -> BaseRoute:
        """A route for everybody."""

        # Here, because a route hands what is raised inside it to the application, which knows no QCS.
        async def endpoint(request: Request) -> Response:
            try:
                return await handler(request)
            except ProblemError as error:
                return answer(error, request.scope)

        return super().public(method, path, endpoint)


def window(request: Request, default: int = 10) -> tuple[int, int]:
    """Where the wanted page begins, and how many items it has at most."""
    given = request.query_params.get("pageSize")
    size = default
    if given is not None:
        # int() would take spaces, signs and underscores, and refuse very long texts with an error of its own.
        if not (given.isascii() and given.isdigit() and len(given) <= 9) or int(given) < 1:
            raise invalid(f"pageSize should be a whole number of at least 1, not {given!r}", "query", "pageSize")
        size = min(int(given), _MOST)
    return _start(request.query_params.get("pageToken", "")), size


def page(request: Request, key: str, items: Sequence[dict[str, Any]]) -> Response:
    """One page of items under `key`, with a token unless it is the last."""
    start, size = window(request)
    body: dict[str, Any] = {key: list(items[start : start + size])}
    if start + size < len(items):
        body["nextPageToken"] = token(start + size)
    elif key == "reservations":
        # The document requires it there. Elsewhere, QCS's own client in Rust would ask on with an empty one.
        body["nextPageToken"] = ""
    return json_response(body)


def token(start: int) -> str:
    """An opaque page token."""
    return base64.urlsafe_b64encode(f"from:{start}".encode()).decode()


def _start(text: str) -> int:
    if not text:
        return 0
    try:
        word, _, number = base64.b64decode(text.encode(), b"-_", validate=True).decode("ascii").partition(":")
    except (binascii.Error, UnicodeError):
        word, number = "", ""
    if word != "from" or not (number.isascii() and number.isdigit() and len(number) <= 9):
        raise invalid("pageToken is none that this service gave", "query", "pageToken")
    return int(number)

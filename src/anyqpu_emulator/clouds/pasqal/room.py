"""What the groups of routes share: authentication in front, errors as JSend behind, JSON bodies, pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.http import ProblemError, strict_json
from anyqpu_emulator.rooms import Handler
from anyqpu_emulator.shapes import is_object

from .answers import RefusalError, invalid, success_page
from .auth import Gatekeeper
from .downloads import Downloads
from .fields import Query
from .store import Store

T = TypeVar("T")

DIRECTIONS = ("ASC", "DESC")


class Room:
    """A group of routes over the same store."""

    def __init__(self, store: Store, gate: Gatekeeper, downloads: Downloads) -> None:
        """All are shared by all rooms."""
        self.store = store
        self.gate = gate
        self.downloads = downloads

    def routes(self) -> list[BaseRoute]:
        """What it serves."""
        raise NotImplementedError

    def guarded(self, method: str, path: str, handler: Handler) -> BaseRoute:
        """A route that only callers with an acceptable token reach."""

        async def endpoint(request: Request) -> Response:
            request.state.user = self.gate.user(request)
            return await _in_jsend(handler, request)

        return Route(path, endpoint, methods=[method])

    def public(self, method: str, path: str, handler: Handler) -> BaseRoute:
        """A route for everybody."""

        async def endpoint(request: Request) -> Response:
            return await _in_jsend(handler, request)

        return Route(path, endpoint, methods=[method])


async def _in_jsend(handler: Handler, request: Request) -> Response:
    try:
        return await handler(request)
    except RefusalError:
        raise
    except ProblemError as problem:
        raise RefusalError(problem.status, problem.detail, headers=problem.headers) from None


async def read_json(request: Request) -> Any:
    """The body, or a 422."""
    text = await request.body()
    if not text:
        raise invalid(("body",), "field required", "value_error.missing")
    try:
        return strict_json(text)
    except (ValueError, RecursionError) as error:
        raise invalid(("body",), f"the body is not JSON: {error}", "value_error.jsondecode") from None


async def read_object(request: Request) -> dict[str, Any]:
    """The body, a JSON object, or a 422."""
    body: Any = await read_json(request)
    if not is_object(body):
        raise invalid(("body",), "value is not a valid dict", "type_error.dict")
    return body


def page(
    query: Query,
    records: Sequence[T],
    view: Callable[[T], dict[str, Any]],
    sortable: Sequence[str] = (),
    value: Callable[[T, str], Any] | None = None,
) -> Response:
    """A page of records, which come oldest first; newest first unless the query wants another order.

    `value` gives what a property is sorted by; without it, each record is viewed as a whole for that.
    """
    limit, offset = query.integer("limit", 1, 100) or 100, query.integer("offset", 0) or 0
    key, direction = query.one("order_by") or "created_at", query.one("order_by_direction") or "DESC"
    if sortable and key not in sortable:
        raise query.wrong("order_by", f"permitted: {', '.join(sortable)}")
    if direction not in DIRECTIONS:
        raise query.wrong("order_by_direction", "permitted: ASC, DESC", "type_error.enum")
    chosen = list(records)
    if sortable and key != "created_at":
        # Stable, so that equals stay in the order of their creation; what has no value comes first.

        def viewed(record: T, name: str) -> Any:
            return view(record).get(name)

        value_of = value or viewed
        chosen.sort(key=lambda record: _sort_key(value_of(record, key)))
    if direction == "DESC":
        chosen.reverse()
    data = [view(record) for record in chosen[offset : offset + limit]]
    return success_page(data, len(chosen), offset)


def _sort_key(value: Any) -> tuple[bool, Any]:
    return (value is not None, 0 if value is None else value)

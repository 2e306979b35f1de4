"""The base of groups of handlers, and pages of lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import Handlers

from .auth import Auth
from .downloads import Downloads
from .responses import invalid, success_page
from .store import Store

T = TypeVar("T")


class PasqalHandlers(Handlers[Store, Auth]):
    """A group of handlers over the same store."""

    def __init__(self, store: Store, auth: Auth, downloads: Downloads) -> None:
        """All are shared by all groups."""
        super().__init__(store, auth)
        self.downloads = downloads


def is_legacy(request: Request) -> bool:
    """Whether a request is for the first version of an operation that has two."""
    name: str = request.state.operation
    return name.endswith("_v1")


def page(
    request: Request,
    records: Sequence[T],
    view: Callable[[T], dict[str, Any]],
    sortable: Sequence[str] = (),
    value: Callable[[T, str], Any] | None = None,
) -> Response:
    """Return a page of records, which are given oldest first: newest first unless the query has another order.

    `value` returns the value of a property to sort by; without it, that of the view is used.
    """
    query: Mapping[str, Any] = request.state.query
    limit, offset = query.get("limit", 100), query.get("offset", 0)
    if offset < 0:
        raise invalid(("query", "offset"), "ensure this value is greater than -1", "value_error.number.not_gt")
    key, direction = query.get("order_by", "created_at"), query.get("order_by_direction", "DESC")
    if sortable and key not in sortable:
        raise invalid(("query", "order_by"), f"permitted: {', '.join(sortable)}")
    ordered = list(records)
    if sortable and key != "created_at":

        def viewed(record: T, name: str) -> Any:
            return view(record).get(name)

        value_of = value or viewed
        # Stable, so that equal records stay in the order of their creation.
        ordered.sort(key=lambda record: _sort_key(value_of(record, key)))
    if direction == "DESC":
        ordered.reverse()
    data = [view(record) for record in ordered[offset : offset + limit]]
    return success_page(data, len(ordered), offset)


def _sort_key(value: Any) -> tuple[bool, Any]:
    """Sort records without a value first."""
    return (value is not None, 0 if value is None else value)

"""Filters, orders and pages of lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response

from . import errors

T = TypeVar("T")
Orders: TypeAlias = Mapping[str, Callable[[T], Any]]
PAGE_SIZE, MAX_PAGE_SIZE = 50, 100


class Selection(Generic[T]):
    """The filters of a query. Those that are not in the query cost nothing."""

    def __init__(self, request: Request, records: Iterable[T]) -> None:
        """Begin with all records."""
        self._query: Mapping[str, Any] = request.state.query
        self.records = list(records)

    def where(self, name: str, value: Callable[[T], str | None]) -> Selection[T]:
        """Keep the records whose value is that of the query, in any case. Clients send `unknown_…` for no filter."""
        wanted: str | None = self._query.get(name)
        if wanted is not None and not wanted.startswith("unknown_"):
            word = wanted.casefold()
            self.records = [record for record in self.records if (value(record) or "").casefold() == word]
        return self

    def tagged(self, tags: Callable[[T], Sequence[str]]) -> Selection[T]:
        """Keep the records with all tags of the query."""
        if wanted := set(self._query.get("tags", ())):
            self.records = [record for record in self.records if wanted.issubset(tags(record))]
        return self


def listing(
    request: Request,
    key: str,
    records: Sequence[T],
    view: Callable[[T], Any],
    *,
    orders: Orders[T],
) -> Response:
    """Return a page of records under `key`. `orders` has the value to sort by for each word of `order_by`."""
    query: Mapping[str, Any] = request.state.query
    name, _, direction = query["order_by"].rpartition("_")
    if name not in orders:
        raise errors.invalid("order_by", "constraint", f"must be {' or '.join(orders)}, with _asc or _desc")
    page, size = query.get("page", 1), query.get("page_size", PAGE_SIZE)
    for argument, number, most in (("page", page, 2**31 - 1), ("page_size", size, MAX_PAGE_SIZE)):
        if not 1 <= number <= most:
            raise errors.invalid(argument, "constraint", f"must be 1 to {most}")
    values = list(map(orders[name], records))
    keys: list[Any] = values if None not in values else [_sortable(value) for value in values]
    places = sorted(range(len(records)), key=keys.__getitem__, reverse=direction == "desc")
    ordered = [records[place] for place in places]
    body = {"total_count": len(ordered), key: [view(record) for record in ordered[(page - 1) * size : page * size]]}
    return json_response(body, headers={"x-total-count": str(len(ordered))})


def _sortable(value: Any) -> tuple[bool, Any]:
    """Sort records without a value first."""
    return (value is not None, value)

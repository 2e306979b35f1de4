"""What the groups of routes share: authentication in front of every handler, queries, lists in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.rooms import GuardedRoom

from . import errors
from .auth import Gatekeeper
from .fields import snake
from .store import Store

T = TypeVar("T")
Orders: TypeAlias = Mapping[str, Callable[[T], Any]]
API = "/qaas/v1alpha1"
PAGE_SIZE, MAX_PAGE_SIZE = 50, 100


class Room(GuardedRoom[Store, Gatekeeper]):
    """A group of routes over the same store."""

    prefix = API


class Query:
    """The query of a request, its names in snake_case. An empty value is as good as none."""

    def __init__(self, request: Request) -> None:
        """Read it."""
        self._values: dict[str, list[str]] = {}
        for key, value in request.query_params.multi_items():
            if value:
                self._values.setdefault(snake(key), []).append(value)

    def text(self, name: str) -> str | None:
        """A value, or None."""
        return self._values[name][-1] if name in self._values else None

    def texts(self, name: str) -> list[str]:
        """All values of a name that may be repeated."""
        return self._values.get(name, [])

    def word(self, name: str, options: Sequence[str]) -> str | None:
        """One of several words. The clients send `unknown_…` where they mean no filter."""
        value = self.text(name)
        if value is None or value.startswith("unknown_"):
            return None
        if value not in options:
            raise errors.invalid(name, "constraint", f"must be one of {', '.join(options)}")
        return value

    def integer(self, name: str, default: int, most: int) -> int:
        """A whole number from 1 to `most`."""
        value = self.text(name)
        if value is None:
            return default
        try:
            number = int(value)
        except ValueError:
            raise errors.invalid(name, "format", "should be a whole number") from None
        if not 1 <= number <= most:
            raise errors.invalid(name, "constraint", f"must be 1 to {most}")
        return number

    def selected(
        self,
        records: Iterable[T],
        fields: Mapping[str, Callable[[T], str | None]],
        tags: Callable[[T], Sequence[str]],
    ) -> list[T]:
        """The records that pass the filters of this query. A filter that it does not have costs nothing."""
        found = list(records)
        for name, value in fields.items():
            wanted = self.text(name)
            if wanted is not None:
                word = wanted.casefold()
                found = [record for record in found if (value(record) or "").casefold() == word]
        if wanted_tags := set(self.texts("tags")):
            found = [record for record in found if wanted_tags.issubset(tags(record))]
        return found

    def matches(self, name: str, value: str | None) -> bool:
        """Whether a value passes the filter of that name."""
        wanted = self.text(name)
        return wanted is None or (value is not None and wanted.casefold() == value.casefold())

    def tagged(self, tags: Sequence[str]) -> bool:
        """Whether a thing has all the tags that are asked for."""
        return set(self.texts("tags")) <= set(tags)


def listing(
    query: Query,
    key: str,
    records: Sequence[T],
    view: Callable[[T], Any],
    *,
    orders: Orders[T],
    default: str,
) -> Response:
    """One page of records under `key`. `orders` are what can be sorted by; `_asc` or `_desc` is added."""
    words = [f"{name}_{direction}" for name in orders for direction in ("asc", "desc")]
    name, _, direction = (query.word("order_by", words) or default).rpartition("_")
    page = query.integer("page", 1, 2**31 - 1)
    size = query.integer("page_size", PAGE_SIZE, MAX_PAGE_SIZE)
    values = list(map(orders[name], records))
    keys: list[Any] = values if None not in values else [_sortable(value) for value in values]
    places = sorted(range(len(records)), key=keys.__getitem__, reverse=direction == "desc")
    ordered = [records[place] for place in places]
    body = {"total_count": len(ordered), key: [view(record) for record in ordered[(page - 1) * size : page * size]]}
    return json_response(body, headers={"x-total-count": str(len(ordered))})


def _sortable(value: Any) -> tuple[bool, Any]:
    """What has no value comes first."""
    return (value is not None, value)

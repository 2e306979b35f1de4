"""What the groups of routes share: authentication in front of every handler, and paging."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.rooms import GuardedRoom

from .auth import Gatekeeper
from .store import Store

T = TypeVar("T")


class Room(GuardedRoom[Store, Gatekeeper]):
    """A group of routes over the same store."""


def query_integer(request: Request, name: str, default: int, least: int) -> int:
    """A whole number from the query, or a 400."""
    value = request.query_params.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError:
        number = least - 1
    if number < least:
        raise ProblemError(400, f"{name} should be a whole number of at least {least}, not {value!r}")
    return number


def page(
    request: Request,
    records: Sequence[T],
    view: Callable[[T], dict[str, Any]],
    sortable: Sequence[str],
    value: Callable[[T, str], Any] | None = None,
) -> Response:
    """One page of records, in the given order unless `sort=property,(asc|desc)` says otherwise.

    `value` gives what a property is sorted by; without it, each record is viewed as a whole for that.
    """
    number, size = query_integer(request, "page", 0, 0), query_integer(request, "size", 20, 1)
    start = number * size
    criteria = [_criterion(text, sortable) for text in request.query_params.getlist("sort")]

    def viewed(record: T, name: str) -> Any:
        return view(record).get(name)

    value_of = value or viewed
    # Sorting is stable: the first criterion has to come last.
    for key, descending in reversed(criteria):
        records = sorted(records, key=lambda record: _sort_key(value_of(record, key)), reverse=descending)
    content = [view(record) for record in records[start : start + size]]
    body = {
        "content": content,
        "page": number,
        "size": size,
        "total_elements": len(records),
        "total_pages": math.ceil(len(records) / size),
    }
    return json_response(body)


def _criterion(text: str, sortable: Sequence[str]) -> tuple[str, bool]:
    name, _, direction = text.partition(",")
    # Clients write createdAt and created_at.
    key = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name.strip()).lower()
    if key not in sortable:
        raise ProblemError(400, f"sort: {name!r} is none of {', '.join(sortable)}")
    if direction.strip().lower() not in ("", "asc", "desc"):
        raise ProblemError(400, f"sort: the direction should be asc or desc, not {direction!r}")
    return key, direction.strip().lower() == "desc"


def _sort_key(value: Any) -> tuple[bool, Any]:
    """What has no value comes first."""
    return (value is not None, "" if value is None else value)

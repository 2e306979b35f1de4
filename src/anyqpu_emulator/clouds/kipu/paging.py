"""Pages of lists."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response

T = TypeVar("T")


def page(
    request: Request,
    records: Sequence[T],
    view: Callable[[T], dict[str, Any]],
    sortable: Sequence[str],
    value: Callable[[T, str], Any] | None = None,
) -> Response:
    """Return a page of records, in their order unless the query has `sort=property,(asc|desc)`.

    `value` returns the value of a property to sort by; without it, that of the view is used.
    """
    number, size = request.state.query["page"], request.state.query["size"]
    start = number * size
    criteria = [_criterion(text, sortable) for text in request.state.query.get("sort", ())]

    def viewed(record: T, name: str) -> Any:
        return view(record).get(name)

    value_of = value or viewed
    # Sorting is stable, so the first criterion is applied last.
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
    # Clients send createdAt and created_at.
    key = re.sub(r"(?<=[a-z])([A-Z])", r"_\1", name.strip()).lower()
    if key not in sortable:
        raise ProblemError(400, f"sort: {name!r} should be one of {', '.join(sortable)}")
    if direction.strip().lower() not in ("", "asc", "desc"):
        raise ProblemError(400, f"sort: the direction should be asc or desc, not {direction!r}")
    return key, direction.strip().lower() == "desc"


def _sort_key(value: Any) -> tuple[bool, Any]:
    """Sort records without a value first."""
    return (value is not None, "" if value is None else value)

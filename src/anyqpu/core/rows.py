"""Rows of lists that are read for waits: a job in the status that its waits know is not decoded.

A model of each of ten thousand jobs, a few times a minute, would be most of what the waits for them cost.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import getitem
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from anyqpu.transport.arguments import builder

if TYPE_CHECKING:
    from anyqpu_raw._core import Caller, Operation, Request, Response
    from anyqpu_raw._pages import Pages

    from anyqpu.core.context import Context
    from anyqpu.core.own_sessions import OwnSessions
    from anyqpu.model.job import Job
    from anyqpu.waiting import BatchResult

R = TypeVar("R")
T = TypeVar("T")


class Row:
    """A row of a list of which only the identifier and the status were read; it stands for a job in lists for waits."""

    __slots__ = ("id", "raw_status")

    def __init__(self, id: str, raw_status: str) -> None:
        self.id = id
        self.raw_status = raw_status


@dataclass(frozen=True, slots=True)
class _Part:
    """A response with some of its rows."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


class _Noted(NamedTuple):
    """A page none of whose rows was decoded."""

    digest: tuple[int, int]
    page: Any
    rows: list[Row]


def raw_for_waits(context: Context[R], jobs: Mapping[str, Job], listed: BatchResult[Job], *lists: Pages[Any, Any]) -> R:
    """Return a generated client whose lists have a `Row` in the place of each job that need not be read.

    Args:
        context: That of the client.
        jobs: The jobs that are waited for.
        listed: It says which jobs need not be read.
        lists: Descriptions of the operations that are read so.
    """
    is_same, own_sessions = listed.is_same, context.own_sessions
    if is_same is None or own_sessions.has_unknown:
        return context.raw
    if own_sessions.has_jobs:
        is_same = partial(_is_same_for_sessions, is_same, jobs, own_sessions)
    places = {description.operation.name: description.items for description in lists}
    raw: Any = context.raw
    before = listed.pages
    if before is not None:
        listed.pages = {}
    reader = _RowReader(context.transport.call, is_same, places, before or {}, listed.pages)
    return type(raw)(reader, build=builder(context.provider))  # type: ignore[no-any-return]


def _is_same_for_sessions(
    is_same: Callable[[str, object], bool], jobs: Mapping[str, Job], own_sessions: OwnSessions, id: str, status: object
) -> bool:
    """Whether a job need not be read, where a session ends with the last of its jobs, waited for or not."""
    return (id in jobs or not own_sessions.has_job(id)) and is_same(id, status)


class _RowReader:
    """Sends requests, and decodes those rows of their responses that may have changed.

    A response that is not as expected is decoded as a whole, which raises what it always does. One with the same bytes
    as the last response to its request is not even parsed.
    """

    def __init__(
        self,
        call: Caller,
        is_same: Callable[[str, object], bool],
        places: Mapping[str, tuple[str, ...]],
        before: Mapping[object, Any],
        pages: dict[object, Any] | None,
    ) -> None:
        """Make a reader.

        Args:
            call: Sends a request.
            is_same: Whether a job with an identifier need not be read while its status is this one.
            places: Places of the rows in the responses, by the name of the operation.
            before: Pages of the last list by their requests, and its rows by their identifiers.
            pages: Where to note those of this list; None: nowhere.
        """
        self._call = call
        self._is_same = is_same
        self._places = places
        self._before = before
        self._pages = pages

    def __call__(self, operation: Operation, request: Request, parse: Callable[[Response], T], /) -> Awaitable[T]:
        place = self._places.get(operation.name)
        if place is None:
            return self._call(operation, request, parse)

        key, pages = (operation.name, request.path, request.query), self._pages

        def read(response: Response) -> T:
            digest = len(response.content), hash(response.content)
            noted: _Noted | None = self._before.get(key)
            if noted is None or noted.digest != digest or not self._are_same(noted.rows):
                page, rows = self._page(response, parse, place)
                if page is None:
                    return parse(response)
                if rows is None:
                    return page
                noted = _Noted(digest, page, rows)
            elif pages is not None:
                pages.update((row.id, row) for row in noted.rows)
            if pages is not None:
                pages[key] = noted
            return noted.page  # type: ignore[no-any-return]

        return self._call(operation, request, read)

    def _are_same(self, rows: list[Row]) -> bool:
        is_same = self._is_same
        return all([is_same(row.id, row.raw_status) for row in rows])  # noqa: C419  # a generator takes longer

    def _page(
        self, response: Response, parse: Callable[[Response], T], place: tuple[str, ...]
    ) -> tuple[T | None, list[Row] | None]:
        """Return a page with rows, and these where none has to be decoded.

        None in the place of a page that is not as expected, or has nothing but changes.
        """
        try:
            body: Any = json.loads(response.content)
            holder: Any = reduce(getitem, place[:-1], body)
            rows, changed = self._read(holder[place[-1]] if place else body)
            if len(changed) == len(rows):
                return None, None
            if place:
                holder[place[-1]] = changed
            content = json.dumps(body if place else changed).encode()
            page: Any = parse(_Part(response.status_code, response.headers, content))
            holder = reduce(getattr, place[:-1], page)
            decoded = iter(getattr(holder, place[-1]) if place else page)
            rows = [next(decoded) if row is None else row for row in rows]
            if any(True for _ in decoded):
                return None, None
            if place:
                setattr(holder, place[-1], rows)
            else:
                page = rows  # as `parse` returns a list
        except Exception:
            return None, None
        return page, None if changed else rows

    def _read(self, sent: list[Any]) -> tuple[list[Any], list[Any]]:
        """Return the rows, with None in the place of each that has to be decoded, and those."""
        is_same, before, pages = self._is_same, self._before, self._pages
        rows: list[Row | None] = []
        changed: list[Any] = []
        for element in sent:
            id, status = (element.get("id"), element.get("status")) if element.__class__ is dict else (None, None)
            if id and id.__class__ is str and status and status.__class__ is str and is_same(id, status):
                # Ten thousand new objects in each list would be work for the garbage collector.
                row = before.get(id)
                if row is None or row.raw_status != status:
                    row = Row(id, status)
                if pages is not None:
                    pages[id] = row
                rows.append(row)
            else:
                rows.append(None)
                changed.append(element)
        return rows, changed

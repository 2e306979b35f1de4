"""Lists that come in pages, read as you go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        items: In the cloud's order.
        next: Where the next page begins, as text; None on the last page.
        total: How many items there are in all, if the cloud says.
        raw: The cloud's own page.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    raw: Any = None


class Pager(Generic[T]):
    """A list to iterate over with `async for`, as often as you like; a page is asked for only when it is needed.

    It ends on an empty page and on a cursor that was there before, so that a server that loops cannot trap it.
    """

    def __init__(self, fetch: Callable[[str | None], Awaitable[Page[T]]], *, resume_token: str | None = None) -> None:
        """`fetch` gets the page at a cursor; None is the first. `resume_token` is another pager's."""
        self._fetch = fetch
        self._start = resume_token
        self.resume_token = resume_token
        """Where to go on: give it to a new pager of the same list to read what follows the pages read last."""

    def pages(self) -> PageIterator[T]:
        """The pages, one request each."""
        return PageIterator(self, self._fetch, self._start)

    def __aiter__(self) -> ItemIterator[T]:
        return ItemIterator(self.pages())

    async def first(self) -> T | None:
        """The first item; None if there is none."""
        return next(iter(await self.collect(limit=1)), None)

    async def collect(self, *, limit: int | None = None) -> list[T]:
        """All items, or the first `limit`; no page is asked for that is not needed."""
        items: list[T] = []
        if limit is not None and limit <= 0:
            return items
        async for page in self.pages():
            items.extend(page.items if limit is None else page.items[: limit - len(items)])
            if limit is not None and len(items) >= limit:
                break
        return items


# Classes and not async generators: a generator that is left early must be closed by hand on trio, and people leave
# an `async for` early all the time.


class PageIterator(Generic[T]):
    """The pages of one run through a list."""

    def __init__(self, pager: Pager[T], fetch: Callable[[str | None], Awaitable[Page[T]]], cursor: str | None) -> None:
        self._pager = pager
        self._fetch = fetch
        self._cursor = cursor
        self._seen = {cursor}
        self._ended = False

    def __aiter__(self) -> PageIterator[T]:
        return self

    async def __anext__(self) -> Page[T]:
        if self._ended:
            raise StopAsyncIteration
        page = await self._fetch(self._cursor)
        if not page.items:
            self._ended = True
            raise StopAsyncIteration
        self._ended = page.next is None or page.next in self._seen
        self._cursor = page.next
        self._seen.add(page.next)
        self._pager.resume_token = page.next
        return page


class ItemIterator(Generic[T]):
    """The items of one run through a list."""

    def __init__(self, pages: PageIterator[T]) -> None:
        self._pages = pages
        self._items: Iterator[T] = iter(())

    def __aiter__(self) -> ItemIterator[T]:
        return self

    async def __anext__(self) -> T:
        while True:
            for item in self._items:
                return item
            self._items = iter((await self._pages.__anext__()).items)

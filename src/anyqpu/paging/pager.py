"""Lists that come in pages, read as you go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from anyqpu.errors import ValidationError

if TYPE_CHECKING:
    from anyqpu.paging.prefetch import PagesAhead, Prefetch

T = TypeVar("T")

# Rows that are put in before our place push what was read into the next page, which then brings nothing new. The very
# same rows this often, though, are a server that does not look at where it is asked to begin.
REPEATS = 5


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

    It ends on an empty page and on a cursor that was there before, so that a server that loops cannot trap it. An
    error leaves the iterator where it was: asking it again repeats the request that failed.
    """

    def __init__(
        self,
        fetch: Callable[[str | None], Awaitable[Page[T]]],
        *,
        resume_token: str | None = None,
        identity: Callable[[T], Hashable] | None = None,
    ) -> None:
        """`fetch` gets the page at a cursor; None is the first. `resume_token` is another pager's.

        `identity` tells items apart, such as `lambda job: job.id`: one that was there before in the same run is left
        out. It is for lists that are addressed by position, where rows move while they are read. An identity of None
        is that of no other item.
        """
        self._fetch = fetch
        self._start = resume_token
        self._identity = identity
        self.resume_token = resume_token
        """Text with which a new pager of the same list goes on, also in another process.

        It stands behind the pages that were handed out whole; left in the middle of a page, the list goes on with that
        page, whose first items then come again. None: from the beginning, or, after the end, that nothing is left.
        """

    def pages(self) -> PageIterator[T]:
        """The pages, one request each."""
        return PageIterator(self, self._fetch, self._start, self._identity)

    def __aiter__(self) -> ItemIterator[T]:
        return ItemIterator(self)

    def prefetch(self, pages: int = 1) -> Prefetch[T]:
        """The items, with up to so many pages under way while one is worked on.

        A block, `async with pager.prefetch() as items:`, since what reads ahead has to end somewhere. An error ends
        it; a new pager with `resume_token` goes on behind the last item.
        """
        from anyqpu.paging.prefetch import Prefetch

        if isinstance(pages, bool) or pages < 1:
            raise ValidationError(f"pages to read ahead are 1 or more, not {pages!r}", fields=("pages",))
        return Prefetch(self, Pager(self._fetch, resume_token=self._start, identity=self._identity), pages)

    async def first(self) -> T | None:
        """The first item; None if there is none."""
        return next(iter(await self.collect(limit=1)), None)

    async def collect(self, *, limit: int | None = None) -> list[T]:
        """All items, or the first `limit`; no page is asked for that is not needed."""
        items: list[T] = []
        if limit is not None and limit <= 0:
            return items
        async for item in self:
            items.append(item)
            if len(items) == limit:
                break
        return items


# Classes and not async generators: a generator that is left early must be closed by hand on trio, and people leave
# an `async for` early all the time. For the same reason reading ahead is a block: the task that does so would have to
# outlive the `async for`, and an iterator that is merely dropped has nowhere to end it.


class PageIterator(Generic[T]):
    """The pages of one run through a list."""

    def __init__(
        self,
        pager: Pager[T],
        fetch: Callable[[str | None], Awaitable[Page[T]]],
        cursor: str | None,
        identity: Callable[[T], Hashable] | None = None,
    ) -> None:
        self._pager = pager
        self._fetch = fetch
        self._cursor = cursor
        self.begins = cursor
        """Cursor of the page that was handed out last."""
        self._cursors = {cursor}
        self._identity = identity
        self._known: set[Hashable] = set()
        self._repeats: Counter[tuple[Hashable, ...]] = Counter()
        self._ended = False

    def __aiter__(self) -> PageIterator[T]:
        return self

    async def __anext__(self) -> Page[T]:
        while not self._ended:
            page = await self._fetch(self._cursor)
            self.begins = self._cursor
            fresh, looping = self._fresh(page)
            self._ended = not page.items or page.next is None or page.next in self._cursors or looping
            if not self._ended:
                self._cursor = page.next
                self._cursors.add(page.next)
            self._pager.resume_token = None if self._ended else page.next
            if fresh.items:
                return fresh
        raise StopAsyncIteration

    def _fresh(self, page: Page[T]) -> tuple[Page[T], bool]:
        """The page without what was there before, and whether the server sends the same again and again."""
        if self._identity is None:
            return page, False
        ids = tuple(map(self._identity, page.items))
        self._repeats[ids] += 1
        items: list[T] = []
        for id, item in zip(ids, page.items, strict=True):
            if id is None or id not in self._known:
                items.append(item)
                self._known.add(id)
        fresh = page if len(items) == len(ids) else replace(page, items=tuple(items))
        return fresh, self._repeats[ids] >= REPEATS


class ItemIterator(Generic[T]):
    """The items of one run through a list."""

    def __init__(self, pager: Pager[T], pages: PageIterator[T] | PagesAhead[T] | None = None) -> None:
        self._pager = pager
        self._pages = pages or pager.pages()
        self._items: Iterator[T] = iter(())
        self._left = 0
        self._behind: str | None = None

    def __aiter__(self) -> ItemIterator[T]:
        return self

    async def __anext__(self) -> T:
        if not self._left:
            page = await self._pages.__anext__()
            self._items, self._left = iter(page.items), len(page.items)
            # The page counts as read when its last item is handed out, and not before.
            self._behind, self._pager.resume_token = self._pager.resume_token, self._pages.begins
        self._left -= 1
        if not self._left:
            self._pager.resume_token = self._behind
        return next(self._items)

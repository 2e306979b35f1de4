"""Lists that come in pages, fetched while you iterate."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import anyio.lowlevel

from anyqpu.errors import ValidationError
from anyqpu.model.items import Items
from anyqpu.paging.reading import read, read_later, unreadable
from anyqpu.transport.exchange import details

if TYPE_CHECKING:
    from anyqpu.paging.prefetch import PagesAhead, Prefetch

T = TypeVar("T")

logger = logging.getLogger("anyqpu")

# Rows that are inserted before the position of the next page push rows that were read into that page, which then
# brings nothing new. The very same rows this often, though, come from a server that ignores where a page begins.
REPEATS = 5
# A server that filters after it has cut a list into pages sends empty pages (Google's AIP-158 allows them).
EMPTY_PAGES = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list.

    Attributes:
        items: In the cloud's order.
        next: Cursor of the next page; None on the last page.
        total: Number of items in the whole list, if the cloud says.
        raw: The cloud's own page.
    """

    items: tuple[T, ...]
    next: str | None = None
    total: int | None = None
    raw: Any = None


@dataclass(slots=True)
class Position:
    """Where one iteration of a list stands; the pager and the iterator share it."""

    token: str | None


Convert = Callable[[list[Any]], Iterable[T] | Awaitable[Iterable[T]]]


class Pager(Generic[T]):
    """A list to iterate over with `async for`, as often as you like; pages are fetched when they are needed.

    It ends on a page without a next one, on a cursor that was used before, and when the server repeats itself, so that
    no server can make it run forever. An error leaves the iterator where it was: the next call repeats the request.
    """

    def __init__(
        self,
        fetch: Callable[[str | None], Awaitable[Page[T]]],
        *,
        resume_token: str | None = None,
        identity: Callable[[T], Hashable] | None = None,
        keep: Callable[[T], bool] | None = None,
        by_position: bool = False,
        convert: Convert[T] | None = None,
    ) -> None:
        """Make a pager.

        Args:
            fetch: Gets the page at a cursor; None is the first page.
            resume_token: `resume_token` of another pager of the same list.
            identity: Returns what identifies an item, such as `lambda job: job.id`: an item that came before in the
                same iteration is left out. An item whose identity is None, or raises, is never a duplicate.
            keep: Which items belong to the list, where the cloud's own list has others too.
            by_position: Cursors are positions, so that a few empty pages in a row are the end, whatever the cloud says.
            convert: Makes the items of the list from those that `fetch` gets and that did not come before, whose
                `identity` then counts. It may return fewer, or an awaitable.
        """
        self._fetch = fetch
        self.resume_start = resume_token
        """The token that this pager was made with, at which each of its iterations begins."""
        self._identity = identity
        self._keep = keep
        self._by_position = by_position
        self._convert = convert
        self._position = Position(resume_token)
        self._title = "a list"

    def titled(self, title: str) -> Pager[T]:
        """Set the name of the list in `repr`, such as its provider and operation, and return the pager."""
        self._title = title
        return self

    def __repr__(self) -> str:
        begin = "" if self.resume_start is None else f" from {self.resume_start[:40]!r}"
        return f"<Pager of {self._title}{begin}: `async for item in pager`, or `await pager.collect(limit=10)`>"

    def _repr_html_(self) -> str:
        from html import escape  # with a large table of entities, which only notebooks need

        return f"<code>{escape(repr(self))}</code>"

    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues, also in another process.

        It belongs to the iteration that was started last; each iterator has its own `resume_token`, for iterations that
        run at the same time. It stands behind the pages that were handed out completely: after a break in the middle of
        a page the list continues with that page, whose first items then come again. None: from the beginning, or, after
        the end, that nothing is left.
        """
        return self._position.token

    def start(self) -> Position:
        """Return the position of a new iteration, which `resume_token` follows from now on."""
        self._position = Position(self.resume_start)
        return self._position

    def pages(self) -> PageIterator[T]:
        """Return an iterator over the pages, one request each."""
        return self.pages_from(self.start())

    def pages_from(self, position: Position) -> PageIterator[T]:
        """Return an iterator over the pages that keeps `position` up to date."""
        return PageIterator(
            self._fetch,
            position,
            self._identity,
            keep=self._keep,
            by_position=self._by_position,
            convert=self._convert,
        )

    def __aiter__(self) -> ItemIterator[T]:
        return ItemIterator(self)

    def prefetch(self, pages: int = 1) -> Prefetch[T]:
        """Return a block that iterates over the items, with up to `pages` pages fetched ahead while you work on one.

        It is a block, `async with pager.prefetch() as items:`, because the task that reads ahead has to end somewhere.
        An error ends it; a new pager with `items.resume_token` continues behind the last item.

        Raises:
            ValidationError: `pages` is not a number from 1.
        """
        from anyqpu.paging.prefetch import Prefetch

        if not _is_whole(pages) or pages < 1:
            raise ValidationError(f"pages must be 1 or more, not {pages!r:.80}", fields=("pages",))
        return Prefetch(self, pages)

    async def first(self) -> T | None:
        """Return the first item; None if the list is empty."""
        return next(iter(await self.collect(limit=1)), None)

    async def collect(self, *, limit: int | None = None) -> list[T]:
        """Return all items, or the first `limit`; pages that are not needed are not fetched.

        A notebook displays the list as a table.

        Raises:
            ValidationError: `limit` is not a whole number.
        """
        items: list[T] = Items()
        if limit is not None:
            if not _is_whole(limit):
                raise ValidationError(f"limit must be a whole number, not {limit!r:.80}", fields=("limit",))
            if limit <= 0:
                return items
        async for item in self:
            items.append(item)
            if len(items) == limit:
                break
        return items


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


# Classes and not async generators: a generator that is left early must be closed by hand on trio, and people leave
# an `async for` early all the time. For the same reason reading ahead is a block: the task that does so would have to
# outlive the `async for`, and an iterator that is merely dropped has no moment at which to end it.


class PageIterator(Generic[T]):
    """The pages of one run through a list."""

    def __init__(
        self,
        fetch: Callable[[str | None], Awaitable[Page[T]]],
        position: Position,
        identity: Callable[[T], Hashable] | None = None,
        *,
        keep: Callable[[T], bool] | None = None,
        by_position: bool = False,
        convert: Convert[T] | None = None,
    ) -> None:
        self._fetch = fetch
        self._position = position
        self._cursor = position.token
        self.begins = position.token
        """Cursor of the page that was handed out last."""
        self._cursors = {position.token}
        self._identity = identity
        self._convert = convert
        self._keep = keep
        self._by_position = by_position
        self._seen: set[Hashable] = set()
        self._signatures: Counter[int] = Counter()
        self._rows = self._fresh_pages = self._stale_pages = self._empty_pages = 0
        self._ended = False

    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues behind the page that was handed out last."""
        return self._position.token

    def __aiter__(self) -> PageIterator[T]:
        return self

    async def __anext__(self) -> Page[T]:
        """Return the next page that has items.

        Raises:
            UnexpectedResponseError: Too many empty pages in a row; the next call continues behind them.
        """
        while not self._ended:
            page = await self._fetch(self._cursor)
            # A page that comes from memory must not hold the event loop.
            await anyio.lowlevel.checkpoint()
            ids = _identities(self._identity, page.items)
            distinct = set(ids)
            kept = await self._kept(page, ids, distinct)
            self._move_behind(page, ids, distinct)
            if kept.items:
                return kept
            if self._empty_pages >= EMPTY_PAGES and not self._ended:
                self._empty_pages = 0
                raise unreadable(
                    f"{EMPTY_PAGES} empty pages in a row, and the cloud says that more follow; "
                    f"{self._rows} items were read before them",
                    hint=f"Continue behind them with resume_token={self.resume_token!r}",
                )
        raise StopAsyncIteration

    async def _kept(self, page: Page[T], ids: tuple[Hashable, ...], distinct: set[Hashable]) -> Page[T]:
        """Return the page without items that came before and those that do not belong to the list."""
        items = self._fresh(page.items, ids, distinct)
        if self._convert is not None:
            converted = read(self._convert, list(items), "its list of items")
            if isinstance(converted, Awaitable):
                converted = await read_later(converted, "its list of items")
            items = read(tuple, converted, "its list of items")
        if self._keep is not None:
            keep = self._keep
            items = tuple(item for item in items if read(keep, item, "an item"))
        return page if items is page.items else replace(page, items=items)

    def _fresh(self, items: tuple[T, ...], ids: tuple[Hashable, ...], distinct: set[Hashable]) -> tuple[T, ...]:
        """Return the items that did not come before."""
        if len(distinct) == len(ids) and distinct.isdisjoint(self._seen):
            # Nearly every page.
            return items
        fresh: list[T] = []
        seen: set[Hashable] = set()
        for id, item in zip(ids, items, strict=True):
            if id is None or (id not in self._seen and id not in seen):
                fresh.append(item)
            seen.add(id)
        return items if len(fresh) == len(items) else tuple(fresh)

    def _move_behind(self, page: Page[T], ids: tuple[Hashable, ...], distinct: set[Hashable]) -> None:
        """Set where the run continues behind a page, or that it has ended."""
        self.begins = self._cursor
        self._rows += len(page.items)
        self._empty_pages = 0 if page.items else self._empty_pages + 1
        if page.items:
            stale = None not in distinct and distinct <= self._seen
            self._stale_pages = self._stale_pages + 1 if stale else 0
            self._fresh_pages += not stale
            self._seen |= distinct
        if page.next is None:
            self._ended = True
        elif problem := self._problem(page, ids):
            self._ended = True
            source = details()
            name = f"{source.get('provider')} {source.get('operation')}" if source else "a list"
            logger.warning("%s: the list ended early: %s; %d items were read", name, problem, self._rows)
        else:
            self._cursor = page.next
            self._cursors.add(page.next)
        self._position.token = None if self._ended else page.next

    def _problem(self, page: Page[T], ids: tuple[Hashable, ...]) -> str | None:
        """Why the run ends although the cloud says that more follows; None if it does not."""
        if page.next in self._cursors:
            return "the next page is one that was read before"
        if not page.items:
            end = self._by_position and self._empty_pages >= REPEATS
            return f"{REPEATS} empty pages in a row" if end else None
        # Equal items without identity may be different ones, so the rows have to be the same in all they say.
        whole = _text(_rows(page)) if None in ids else ""
        signature = hash((ids, whole))
        self._signatures[signature] += 1
        if self._signatures[signature] >= REPEATS:
            return f"the same rows came {REPEATS} times"
        # What was read comes again if as many rows are inserted before it, but no more pages than were read.
        if self._stale_pages >= self._fresh_pages + REPEATS:
            return f"{self._stale_pages} pages in a row brought nothing new"
        return None


def _identities(identity: Callable[[T], Hashable] | None, items: tuple[T, ...]) -> tuple[Hashable, ...]:
    """Return the identity of each item; None where it has none that can be compared."""
    if identity is None:
        return (None,) * len(items)
    try:
        ids = tuple(map(identity, items))
        hash(ids)
    except Exception:
        return tuple(_hashable(identity, item) for item in items)
    return ids


def _hashable(identity: Callable[[T], Hashable], item: T) -> Hashable:
    """Return an item's identity; None where it has none that can be compared."""
    try:
        id = identity(item)
        hash(id)
    except Exception:
        return None
    return id


def _rows(page: Page[Any]) -> object:
    """Return the rows of a page as the cloud sent them, without the position that some pages have beside them."""
    raws = [getattr(item, "raw", None) for item in page.items]
    return page.items if None in raws else raws


def _text(value: object) -> str:
    try:
        return repr(value)
    except Exception:
        # Nested too deeply to be written out.
        return type(value).__name__


class ItemIterator(Generic[T]):
    """The items of one run through a list."""

    def __init__(self, pager: Pager[T], pages: PageIterator[T] | PagesAhead[T] | None = None) -> None:
        self._position = pager.start()
        # The token of the pages is ahead of the one of the items, until the last item of a page is handed out.
        self._pages = pages or pager.pages_from(Position(self._position.token))
        self._items: Iterator[T] = iter(())
        self._left = 0

    @property
    def resume_token(self) -> str | None:
        """Text with which a new pager of the same list continues behind the pages that were handed out completely."""
        return self._position.token

    def __aiter__(self) -> ItemIterator[T]:
        return self

    async def __anext__(self) -> T:
        if not self._left:
            try:
                page = await self._pages.__anext__()
            finally:
                self._position.token = self._pages.resume_token
            self._items, self._left = iter(page.items), len(page.items)
            # The page counts as read when its last item is handed out, and not before.
            self._position.token = self._pages.begins
        self._left -= 1
        if not self._left:
            self._position.token = self._pages.resume_token
        return next(self._items)

"""Lists that come in pages, read as you go.

`Pager` is what users iterate over. The four functions at the end make one from a call that gets one page: `numbered`,
`offset`, `by_token` and `single`, which is all that a provider's list method needs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from anyqpu.errors import ValidationError

if TYPE_CHECKING:
    from anyqpu.prefetch import PagesAhead, Prefetch

T = TypeVar("T")
R = TypeVar("R")

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
        from anyqpu.prefetch import Prefetch

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


# The clouds' ways to number pages. A cursor is text that says which way it is for, so that a token of another list is
# refused in place of being taken for a position.


def numbered(
    fetch: Callable[[int], Awaitable[R]],
    *,
    first: int,
    size: int,
    items: Callable[[R], Iterable[T]],
    total: Callable[[R], int | str | None] | None = None,
    pages: Callable[[R], int | None] | None = None,
    identity: Callable[[T], Hashable] | None = None,
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose pages have numbers (Scaleway from 1, Kipu from 0).

    It ends after the last of `pages`, or else when `total` items were there, or else after a page of fewer than
    `size`. A number that cannot be true, because there was more already, is not believed; an empty page is the end
    whatever was said.

    Args:
        fetch: Gets the page of a number.
        first: Number of the first page.
        size: Items that were asked for per page.
        items: The items of a response.
        total: How many items there are in all, according to a response.
        pages: How many pages there are in all, according to a response.
        identity: As for `Pager`.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is none of such a list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        number, seen = _numbers("page", cursor, (first, 0))
        response = await fetch(number)
        found = tuple(items(response))
        seen += len(found)
        count = _whole(total(response)) if total else None
        more = _goes_on(number - first + 1, _whole(pages(response)) if pages else None)
        if more is None:
            more = _goes_on(seen, count)
        if more is None:
            more = len(found) >= size
        return Page(found, f"page:{number + 1}:{seen}" if more else None, count, response)

    _numbers("page", resume_token, (first, 0))
    return Pager(page_at, resume_token=resume_token, identity=identity)


def offset(
    fetch: Callable[[int], Awaitable[R]],
    *,
    size: int,
    items: Callable[[R], Iterable[T]],
    end: Callable[[R], int | None],
    total: Callable[[R], int | str | None],
    identity: Callable[[T], Hashable] | None = None,
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose pages begin at a position (Pasqal).

    The next page begins at `end`, which may lie beyond `total` on the last page. It ends at `total`; where that cannot
    be true, or is not said, after a page of fewer than `size`; and in any case where `end` does not go forward. A
    response without both is the only page.

    Args:
        fetch: Gets the page at an offset, counted from 0.
        size: Items that were asked for per page.
        items: The items of a response.
        end: Offset behind the last item, according to a response.
        total: How many items there are in all, according to a response.
        identity: As for `Pager`.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is none of such a list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        (start,) = _numbers("offset", cursor, (0,))
        response = await fetch(start)
        found = tuple(items(response))
        behind, count = _whole(end(response)), _whole(total(response))
        reached = start + len(found)
        if behind is None and count is None:
            return Page(found, None, None, response)
        following = reached if behind is None else behind
        more = following < count if count is not None and reached <= count else len(found) >= size
        return Page(found, f"offset:{following}" if more and following > start else None, count, response)

    _numbers("offset", resume_token, (0,))
    return Pager(page_at, resume_token=resume_token, identity=identity)


def by_token(
    fetch: Callable[[str | None], Awaitable[R]],
    *,
    items: Callable[[R], Iterable[T]],
    next_token: Callable[[R], str | None],
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose responses say where the next page begins (Rigetti); none, null or an empty text is the end.

    Args:
        fetch: Gets the page at a token of the cloud's; None is the first.
        items: The items of a response.
        next_token: The cloud's token for the next page.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is none of such a list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        response = await fetch(None if cursor is None else _rest("token", cursor))
        following = next_token(response)
        return Page(tuple(items(response)), f"token:{following}" if following else None, None, response)

    if resume_token is not None:
        _rest("token", resume_token)
    return Pager(page_at, resume_token=resume_token)


def single(fetch: Callable[[], Awaitable[R]], *, items: Callable[[R], Iterable[T]]) -> Pager[T]:
    """A list that comes whole: one request, one page."""

    async def page_at(cursor: str | None) -> Page[T]:
        del cursor  # there is only the first
        response = await fetch()
        found = tuple(items(response))
        return Page(found, None, len(found), response)

    return Pager(page_at)


def _goes_on(reached: int, bound: int | None) -> bool | None:
    """Whether there is more; None if the bound does not tell, or tells something that cannot be."""
    return None if bound is None or reached > bound else reached < bound


def _whole(value: object) -> int | None:
    """A count, which some send as text; None if it is none."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _rest(style: str, token: str) -> str:
    kind, _, rest = token.partition(":")
    if kind != style or not rest:
        raise _no_token(token)
    return rest


def _numbers(style: str, token: str | None, least: tuple[int, ...]) -> tuple[int, ...]:
    """The numbers in a token of this style; the least ones if there is none; raises for anything else."""
    if token is None:
        return least
    parts = _rest(style, token).split(":")
    numbers = tuple(number for part in parts if (number := _whole(part)) is not None)
    if not len(parts) == len(numbers) == len(least) or any(a < b for a, b in zip(numbers, least, strict=True)):
        raise _no_token(token)
    return numbers


def _no_token(token: str) -> ValidationError:
    return ValidationError(
        f"{token[:40]!r} is no resume token of this list",
        fields=("resume_token",),
        hint="Take `resume_token` of a pager of the same list, and None to begin at the beginning",
    )

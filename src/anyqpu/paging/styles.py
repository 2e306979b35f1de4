"""The clouds' ways to number pages: each makes a `Pager` from a call that gets one page.

A cursor is text that says which way it is for, so that a token of another list is refused in place of being taken for a
position.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import TypeVar

from anyqpu.errors import ValidationError
from anyqpu.paging.pager import Page, Pager

T = TypeVar("T")
R = TypeVar("R")


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

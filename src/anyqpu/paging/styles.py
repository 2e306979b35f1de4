"""The styles of pagination: each function makes a `Pager` from a call that gets one page.

A cursor is text that names its style and list, so that a token of another list is refused rather than read as a
position. What reads a response (`items`, `total`, `pages`, `end`, `next_token`) runs inside one boundary: a page that
cannot be read is an `UnexpectedResponseError`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable
from typing import TypeVar

from anyqpu.errors import ValidationError
from anyqpu.paging.pager import Convert, Page, Pager
from anyqpu.paging.reading import read, unreadable

T = TypeVar("T")
R = TypeVar("R")

# Positions are 32-bit integers at most servers.
HIGHEST = 2**31 - 1
# Longer than the tokens of the four clouds, and shorter than the URLs that servers accept.
LONGEST = 16_384


def numbered(
    fetch: Callable[[int], Awaitable[R]],
    *,
    first: int,
    size: int,
    items: Callable[[R], Iterable[T] | None],
    total: Callable[[R], int | str | None] | None = None,
    pages: Callable[[R], int | str | None] | None = None,
    identity: Callable[[T], Hashable] | None = None,
    keep: Callable[[T], bool] | None = None,
    convert: Convert[T] | None = None,
    name: str = "",
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose pages have numbers (Scaleway from 1, Kipu from 0).

    It ends when all counts that a response has are reached: the number of `pages` and the `total` of items. A count
    that cannot be true, because more came already, is ignored. Without any the list ends at an empty page, or, where
    items have no identity by which a server that repeats itself is recognized, at a page of fewer than `size`.

    Args:
        fetch: Gets the page of a number.
        first: Number of the first page.
        size: Number of items requested per page.
        items: The items of a response; None is an empty page.
        total: Number of items in the whole list, according to a response.
        pages: Number of pages in the whole list, according to a response.
        identity: As for `Pager`.
        keep: As for `Pager`.
        convert: As for `Pager`.
        name: Operation of the list, for its tokens.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is not one of this list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        number, seen = _position(style, cursor, first, size)
        response = await fetch(number)
        page_items = _items(items, response)
        seen += len(page_items)
        count = _count(total, response)
        reached = ((number - first + 1, _count(pages, response)), (seen, count))
        bounds = [(at, bound) for at, bound in reached if bound is not None and at <= bound]
        more = (
            any(at < bound for at, bound in bounds)
            if bounds
            else bool(page_items) and (safe or len(page_items) >= size)
        )
        # Without rows a page moves on by its size: a count of items must be reached in the end.
        following = f"{style}:{number + 1}:{seen if page_items else seen + size}:{size}"
        return Page(page_items, following if more else None, count, response)

    style, safe = _style("page", name), identity is not None
    _position(style, resume_token, first, size)
    return Pager(page_at, resume_token=resume_token, identity=identity, keep=keep, convert=convert, by_position=True)


def offset(
    fetch: Callable[[int], Awaitable[R]],
    *,
    size: int,
    items: Callable[[R], Iterable[T] | None],
    end: Callable[[R], int | str | None],
    total: Callable[[R], int | str | None],
    identity: Callable[[T], Hashable] | None = None,
    keep: Callable[[T], bool] | None = None,
    convert: Convert[T] | None = None,
    name: str = "",
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose pages begin at a position (Pasqal).

    The next page begins at `end`, which may lie beyond `total` on the last page. An `end` that does not go forward, or
    leaves rows out, is ignored: the next page then begins behind the rows that came. The list ends at `total`; where
    that is missing or cannot be true, as `numbered` does. A response with neither is the only page unless it is full.

    Args:
        fetch: Gets the page at an offset, counted from 0.
        size: Number of items requested per page.
        items: The items of a response; None is an empty page.
        end: Offset behind the last item, according to a response.
        total: Number of items in the whole list, according to a response.
        identity: As for `Pager`.
        keep: As for `Pager`.
        convert: As for `Pager`.
        name: Operation of the list, for its tokens.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is not one of this list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        (start,) = _numbers(style, cursor, (0,))
        response = await fetch(start)
        page_items = _items(items, response)
        behind, count = _count(end, response), _count(total, response)
        reached = start + len(page_items)
        following = reached if page_items else start + size
        if behind is not None and start < behind <= max(start + size, reached):
            following = max(behind, reached)
        if behind is None and count is None:
            more = len(page_items) >= size
        elif count is not None and reached <= count:
            more = following < count
        else:
            more = bool(page_items) and (safe or len(page_items) >= size)
        return Page(page_items, f"{style}:{following}" if more else None, count, response)

    style, safe = _style("offset", name), identity is not None
    _numbers(style, resume_token, (0,))
    return Pager(page_at, resume_token=resume_token, identity=identity, keep=keep, convert=convert, by_position=True)


def by_token(
    fetch: Callable[[str | None], Awaitable[R]],
    *,
    items: Callable[[R], Iterable[T] | None],
    next_token: Callable[[R], object],
    identity: Callable[[T], Hashable] | None = None,
    keep: Callable[[T], bool] | None = None,
    convert: Convert[T] | None = None,
    name: str = "",
    resume_token: str | None = None,
) -> Pager[T]:
    """A list whose responses say where the next page begins (Rigetti); none, null or an empty text is the end.

    An empty page with a token does not end it.

    Args:
        fetch: Gets the page at a token of the cloud's; None is the first.
        items: The items of a response; None is an empty page.
        next_token: The cloud's token for the next page.
        identity: As for `Pager`.
        keep: As for `Pager`.
        convert: As for `Pager`.
        name: Operation of the list, for its tokens.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is not one of this list.
    """

    async def page_at(cursor: str | None) -> Page[T]:
        response = await fetch(None if cursor is None else _rest(style, cursor))
        page_items = _items(items, response)
        following = _token(read(next_token, response, "the token of the next page"))
        return Page(page_items, f"{style}:{following}" if following else None, None, response)

    style = _style("token", name)
    if resume_token is not None:
        _rest(style, resume_token)
    return Pager(page_at, resume_token=resume_token, identity=identity, keep=keep, convert=convert)


def single(
    fetch: Callable[[], Awaitable[R]],
    *,
    items: Callable[[R], Iterable[T] | None],
    size: int | None = None,
    identity: Callable[[T], Hashable] | None = None,
    keep: Callable[[T], bool] | None = None,
    convert: Convert[T] | None = None,
    name: str = "",
    resume_token: str | None = None,
) -> Pager[T]:
    """A list that comes as a whole: one request, whose items are handed out in pages of `size`.

    Args:
        fetch: Gets the list.
        items: The items of a response; None is an empty page.
        size: Items per page; None: all.
        identity: As for `Pager`.
        keep: As for `Pager`.
        convert: As for `Pager`.
        name: Operation of the list, for its tokens.
        resume_token: `resume_token` of a pager of the same list.

    Raises:
        ValidationError: `resume_token` is not one of this list.
    """

    # The list that pages are cut from; iterating from the beginning fetches it again.
    whole: list[tuple[R, tuple[T, ...]]] = []

    async def page_at(cursor: str | None) -> Page[T]:
        (start,) = _numbers(style, cursor, (0,))
        if cursor is None or not whole:
            response = await fetch()
            whole[:] = [(response, _items(items, response))]
        response, rows = whole[0]
        end = len(rows) if size is None else start + size
        return Page(rows[start:end], f"{style}:{end}" if end < len(rows) else None, len(rows), response)

    style = _style("whole", name)
    _numbers(style, resume_token, (0,))
    return Pager(page_at, resume_token=resume_token, identity=identity, keep=keep, convert=convert, by_position=True)


# Reading a response


def _items(items: Callable[[R], Iterable[T] | None], response: R) -> tuple[T, ...]:
    """Return the items of a response. They may be made while they are read, so that belongs into the boundary."""
    return read(lambda response: tuple(items(response) or ()), response, "its list of items")


def _count(count: Callable[[R], object] | None, response: R) -> int | None:
    """Return a count of a response; None where it has none that can be used."""
    return None if count is None else _whole(read(count, response, "a count"))


def _whole(value: object) -> int | None:
    """Return a count, which some send as text; None if it is not one."""
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 20:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None


def _token(value: object) -> str | None:
    """Return a cloud's token; None at the end of the list."""
    if value is None or value == "":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    # Ending here would lose the rest of the list without a word.
    if not isinstance(value, str) or len(value) > LONGEST or not _is_sendable(value):
        raise unreadable("the token of the next page is not a text that can be sent")
    return value


# Cursors


def _style(kind: str, name: str) -> str:
    return f"{kind}:{name}" if name else kind


def _rest(style: str, token: object) -> str:
    """Return what follows the style in a token; raise `ValidationError` for a token of another list."""
    head, rest = f"{style}:", token[len(style) + 1 :] if isinstance(token, str) else ""
    if not isinstance(token, str) or not token.startswith(head) or not rest:
        raise _wrong_token(token)
    if len(rest) > LONGEST or not _is_sendable(rest):
        raise _wrong_token(token)
    return rest


def _numbers(style: str, token: object, least: tuple[int, ...]) -> tuple[int, ...]:
    """Return the numbers in a token of this style, or the least ones without a token; raise for anything else."""
    if token is None:
        return least
    parts = _rest(style, token).split(":")
    numbers = tuple(number for part in parts if (number := _whole(part)) is not None and number <= HIGHEST)
    if not len(parts) == len(numbers) == len(least) or any(a < b for a, b in zip(numbers, least, strict=True)):
        raise _wrong_token(token)
    return numbers


def _position(style: str, token: str | None, first: int, size: int) -> tuple[int, int]:
    """Return the number of the page that a token stands for, and how many items came before it.

    A token that was made with another page size may stand within a page, which then comes from its beginning: better
    some items twice than not at all.
    """
    if token is None:
        return first, 0
    number, seen, size_then = _numbers(style, token, (first, 0, 1))
    if size_then != size:
        pages, within = divmod((number - first) * size_then, size)
        number, seen = first + pages, max(seen - within, 0)
    if number > HIGHEST:
        raise _wrong_token(token)
    return number, seen


def _is_sendable(text: str) -> bool:
    """Whether a text can be encoded for a URL: surrogates cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _wrong_token(token: object) -> ValidationError:
    # Other objects have any `repr`, or none.
    shown = repr(token[:40]) if isinstance(token, str | bytes) else f"of type {type(token).__name__}"
    return ValidationError(
        f"invalid resume token {shown}: it is not one of this list",
        fields=("resume_token",),
        hint="Take `resume_token` of a pager of the same list, and None to begin at the beginning",
    )

"""Pager: reads as you go, and nothing that a server does can trap it.

The four styles are run against simulated servers: ones that do it right, ones whose rows move while they are read,
and ones that lie.
"""

from __future__ import annotations

import gc
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyqpu import Page, Pager
from anyqpu.errors import UnexpectedResponseError, ValidationError
from anyqpu.paging import EMPTY_PAGES, REPEATS, by_token, numbered, offset, single

pytestmark = pytest.mark.anyio

check = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60, deadline=None
)


class Listing:
    """A list in pages, which counts how often it is requested."""

    def __init__(self, items: list[int], size: int) -> None:
        self.items, self.size, self.requests = items, size, 0

    async def fetch(self, cursor: str | None) -> Page[int]:
        self.requests += 1
        start = int(cursor or 0)
        end = start + self.size
        return Page(tuple(self.items[start:end]), str(end) if end < len(self.items) else None, len(self.items))


# Any pager


async def test_items_come_page_by_page_and_only_when_needed() -> None:
    listing = Listing(list(range(10)), 3)
    seen = []
    async for item in Pager(listing.fetch):
        seen.append(item)
        if item == 3:
            break
    assert seen == [0, 1, 2, 3]
    assert listing.requests == 2


@check
@given(st.integers(0, 30), st.integers(1, 7), st.none() | st.integers(-1, 40))
async def test_collect_gives_what_is_there_up_to_its_limit(count: int, size: int, limit: int | None) -> None:
    listing = Listing(list(range(count)), size)
    wanted = list(range(count))[: max(limit, 0) if limit is not None else None]
    assert await Pager(listing.fetch).collect(limit=limit) == wanted
    needed = -(-len(wanted) // size) if wanted else 1
    assert listing.requests <= needed


async def test_first_requests_once_and_returns_none_for_an_empty_list() -> None:
    listing = Listing([7, 8, 9], 2)
    assert await Pager(listing.fetch).first() == 7
    assert listing.requests == 1
    assert await Pager(Listing([], 2).fetch).first() is None


async def test_a_pager_may_be_run_through_as_often_as_you_like() -> None:
    pager = Pager(Listing([1, 2, 3], 2).fetch)
    assert await pager.collect() == await pager.collect() == [1, 2, 3]


async def test_a_server_that_repeats_its_cursor_cannot_trap_the_pager() -> None:
    requests = 0

    async def fetch(cursor: str | None) -> Page[int]:
        nonlocal requests
        requests += 1
        return Page((1,), "again")

    assert await Pager(fetch).collect() == [1, 1]
    assert requests == 2


async def test_an_empty_page_with_a_cursor_does_not_end_the_list() -> None:
    pages: dict[str | None, Page[int]] = {
        None: Page((), "a"),
        "a": Page((1,), "b"),
        "b": Page((), "c"),
        "c": Page((2,), None),
    }

    async def fetch(cursor: str | None) -> Page[int]:
        return pages[cursor]

    assert await Pager(fetch).collect() == [1, 2]


async def test_empty_pages_without_end_are_an_error_that_says_how_to_continue() -> None:
    requested: list[str | None] = []

    async def fetch(cursor: str | None) -> Page[int]:
        requested.append(cursor)
        return Page((1, 2) if cursor is None else (), str(len(requested)))

    pager = Pager(fetch)
    items = aiter(pager)
    assert [await anext(items), await anext(items)] == [1, 2]
    for run in (1, 2):  # the iterator continues behind the pages that it has read
        with pytest.raises(UnexpectedResponseError, match="2 items were read") as caught:
            await anext(items)
        assert len(requested) == 1 + run * EMPTY_PAGES
        assert pager.resume_token == str(len(requested))
        assert repr(pager.resume_token) in str(caught.value)


async def test_an_iterator_that_is_left_early_leaves_nothing_behind() -> None:
    async for _ in Pager(Listing([1, 2, 3], 1).fetch):
        break
    async for _page in Pager(Listing([1, 2, 3], 1).fetch).pages():
        break
    gc.collect()  # an abandoned async generator would warn here, and warnings are errors


async def test_an_iterator_that_has_ended_stays_so() -> None:
    listing = Listing([1], 1)
    items, pages = aiter(Pager(listing.fetch)), aiter(Pager(listing.fetch).pages())
    assert await anext(items) == 1
    assert (await anext(pages)).items == (1,)
    for _ in range(2):
        assert await anext(items, None) is None
        assert await anext(pages, None) is None
    assert listing.requests == 2


async def test_after_an_error_the_same_page_is_requested_again() -> None:
    listing = Listing([1, 2, 3], 1)
    broken = True

    async def fetch(cursor: str | None) -> Page[int]:
        nonlocal broken
        if cursor == "1" and broken:
            broken = False
            raise OSError("line cut")
        return await listing.fetch(cursor)

    items = aiter(Pager(fetch))
    assert await anext(items) == 1
    with pytest.raises(OSError, match="line cut"):
        await anext(items)
    assert [item async for item in items] == [2, 3]


async def test_an_item_without_identity_is_never_a_duplicate() -> None:
    async def fetch(cursor: str | None) -> Page[str]:
        return Page(("a", "", "", "a"), None)

    assert await Pager(fetch, identity=lambda item: item or None).collect() == ["a", "", ""]


# Continuing in another process


async def test_a_resume_token_continues_where_another_pager_stopped() -> None:
    listing = Listing(list(range(7)), 3)
    pager = Pager(listing.fetch)
    async for _page in pager.pages():
        break
    assert await Pager(listing.fetch, resume_token=pager.resume_token).collect() == [3, 4, 5, 6]


async def test_a_page_that_was_left_in_the_middle_comes_again_and_nothing_is_lost() -> None:
    listing = Listing(list(range(7)), 3)
    pager = Pager(listing.fetch)
    tokens = [pager.resume_token async for _ in pager]
    assert tokens == [None, None, "3", "3", "3", "6", None]
    assert await pager.collect(limit=4) == [0, 1, 2, 3]
    assert await Pager(listing.fetch, resume_token=pager.resume_token).collect() == [3, 4, 5, 6]


# The four styles


@dataclass
class Response:
    """One response of a simulated server."""

    rows: Sequence[int] | None
    total: Any = None
    pages: Any = None
    end: Any = None
    token: Any = None


Change = Callable[[list[int]], None]


@dataclass
class Server:
    """Rows that may change before each request but the first, and totals that may be made up."""

    rows: list[int]
    size: int
    changes: list[Change] = field(default_factory=list)
    totals: Callable[[int], Any] = lambda real: real
    requested: list[Any] = field(default_factory=list)

    def at(self, start: int, requested: Any) -> Response:
        if self.requested and self.changes:
            self.changes.pop(0)(self.rows)
        self.requested.append(requested)
        assert len(self.requested) < 200, "it never ends"
        count = len(self.rows)
        end = start + self.size
        return Response(
            self.rows[start:end],
            self.totals(count),
            -(-count // self.size),
            end,  # as Pasqal does it: also beyond the total
            str(end) if end < count else None,
        )


def from_one(server: Server, **more: Any) -> Pager[int]:
    """As Scaleway numbers its pages."""

    async def fetch(page: int) -> Response:
        return server.at((page - 1) * server.size, page)

    return numbered(
        fetch,
        first=1,
        size=server.size,
        items=lambda response: response.rows or (),
        total=lambda response: response.total,
        identity=lambda row: row,
        **more,
    )


def from_zero(server: Server, **more: Any) -> Pager[int]:
    """As Kipu numbers its pages."""

    async def fetch(page: int) -> Response:
        return server.at(page * server.size, page)

    return numbered(
        fetch,
        first=0,
        size=server.size,
        items=lambda response: response.rows or (),
        total=lambda response: response.total,
        pages=lambda response: response.pages,
        identity=lambda row: row,
        **more,
    )


def from_offset(server: Server, **more: Any) -> Pager[int]:
    """As Pasqal does it."""

    async def fetch(start: int) -> Response:
        return server.at(start, start)

    return offset(
        fetch,
        size=server.size,
        items=lambda response: response.rows or (),
        end=lambda response: response.end,
        total=lambda response: response.total,
        identity=lambda row: row,
        **more,
    )


def from_token(server: Server, **more: Any) -> Pager[int]:
    """As Rigetti does it."""

    async def fetch(token: str | None) -> Response:
        return server.at(int(token or 0), token)

    return by_token(
        fetch, items=lambda response: response.rows or (), next_token=lambda response: response.token, **more
    )


def whole(server: Server) -> Pager[int]:
    """A list that is not paged."""

    async def fetch() -> Response:
        return server.at(0, None)

    return single(fetch, items=lambda response: response.rows or ())


PAGED = pytest.mark.parametrize(
    "style", [from_one, from_zero, from_offset, from_token], ids=lambda function: function.__name__
)
BY_POSITION = pytest.mark.parametrize(
    "style", [from_one, from_zero, from_offset], ids=lambda function: function.__name__
)
Style = Callable[..., Pager[int]]

counts, sizes = st.integers(0, 30), st.integers(1, 7)


@PAGED
@check
@given(count=counts, size=sizes)
async def test_a_list_that_stays_comes_whole_and_with_no_request_too_many(style: Style, count: int, size: int) -> None:
    server = Server(list(range(count)), size)
    pager = style(server)
    assert await pager.collect() == list(range(count))
    assert len(server.requested) == max(1, -(-count // size))
    assert pager.resume_token is None


async def test_the_first_page_has_the_number_that_the_cloud_gives_it() -> None:
    for style, requested in ((from_one, [1, 2]), (from_zero, [0, 1]), (from_offset, [0, 2]), (from_token, [None, "2"])):
        server = Server([1, 2, 3], 2)
        await style(server).collect()
        assert server.requested == requested


async def test_an_unpaged_list_is_one_request() -> None:
    server = Server([1, 2, 3], 10)
    pages = [page async for page in whole(server).pages()]
    assert [(page.items, page.total, page.next) for page in pages] == [((1, 2, 3), 3, None)]
    assert await whole(Server([], 10)).collect() == []
    assert len(server.requested) == 1


async def test_a_page_keeps_what_the_cloud_said() -> None:
    page = await anext(from_one(Server([1, 2, 3], 2)).pages())
    assert (page.total, page.raw.rows) == (3, [1, 2])


def insert(at: int, rows: list[int]) -> Change:
    return lambda items: items.__setitem__(slice(at, at), rows)


def delete(at: int, count: int) -> Change:
    return lambda items: items.__delitem__(slice(at, at + count))


# Each with rows of its own, so that none is put in twice.
growth = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 12)), max_size=REPEATS - 2).map(
    lambda steps: [insert(at, [1000 * step + row for row in range(n)]) for step, (at, n) in enumerate(steps, 1)]
)
shrinking = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6)).map(lambda pair: delete(*pair)), max_size=5)


@BY_POSITION
@check
@given(count=counts, size=sizes, changes=growth)
async def test_rows_that_are_put_in_meanwhile_make_no_duplicates_and_hide_nothing(
    style: Style, count: int, size: int, changes: list[Change]
) -> None:
    server = Server(list(range(count)), size, changes)
    got = await style(server).collect()
    assert len(set(got)) == len(got)
    if count:
        assert set(range(count)) <= set(got), "everything that was there from the beginning"


@PAGED
@check
@given(count=counts, size=sizes, changes=shrinking)
async def test_rows_that_are_taken_away_meanwhile_make_no_duplicates(
    style: Style, count: int, size: int, changes: list[Change]
) -> None:
    got = await style(Server(list(range(count)), size, changes)).collect()
    assert got == sorted(set(got)), "in order, none twice"
    assert set(got) <= set(range(count))


lies = st.none() | st.integers(-3, 40) | st.sampled_from(["7", "many", "", True, 2.5, 10**30, [], "9" * 5000])


@BY_POSITION
@check
@given(count=counts, size=sizes, total=lies)
async def test_a_total_that_is_wrong_ends_nothing_before_it_is_reached(
    style: Style, count: int, size: int, total: Any
) -> None:
    server = Server(list(range(count)), size, totals=lambda _: total)
    got = await style(server).collect()
    assert got == list(range(len(got)))
    believed = int(total) if isinstance(total, str) and total.isdecimal() and len(total) < 20 else total
    if not isinstance(believed, int) or isinstance(believed, bool) or believed >= count or believed < 0:
        assert len(got) == count
    else:
        assert len(got) >= min(count, believed)
    # The last page with rows, and the empty ones that a total promises to be followed by more.
    assert len(server.requested) <= -(-count // size) + REPEATS


@check
@given(parts=st.lists(st.integers(1, 3), max_size=8), total_known=st.booleans())
async def test_short_pages_in_the_middle_end_nothing_as_long_as_the_total_is_known(
    parts: list[int], total_known: bool
) -> None:
    rows = list(range(sum(parts)))
    starts = [sum(parts[:index]) for index in range(len(parts) + 1)]

    async def fetch(page: int) -> Response:
        part = rows[starts[page - 1] : starts[page]] if page <= len(parts) else []
        return Response(part, len(rows) if total_known else None)

    pager = numbered(fetch, first=1, size=3, items=lambda item: item.rows or (), total=lambda item: item.total)
    got = await pager.collect()
    assert got == (rows if total_known else rows[: len(got)])


async def test_an_empty_page_in_the_middle_is_followed_as_far_as_the_total_reaches() -> None:
    async def fetch(page: int) -> Response:
        return Response([] if page in {2, 5} else [page], total=6)

    pager = numbered(fetch, first=1, size=1, items=lambda item: item.rows or (), total=lambda item: item.total)
    assert await pager.collect() == [1, 3, 4, 6]


@check
@given(counted=st.booleans(), size=sizes)
async def test_a_server_that_ignores_where_to_begin_cannot_trap_it(counted: bool, size: int) -> None:
    requests = 0

    async def fetch(page: int) -> Response:
        nonlocal requests
        requests += 1
        return Response(range(size), total=10**9 if counted else None)

    pager = numbered(
        fetch,
        first=0,
        size=size,
        items=lambda item: item.rows or (),
        total=lambda item: item.total,
        identity=lambda row: row,
    )
    assert await pager.collect() == list(range(size))
    assert requests == REPEATS


@check
@given(ends=st.lists(st.none() | st.integers(-5, 60), max_size=20), total=st.none() | st.integers(0, 60))
async def test_offsets_only_go_forward(ends: list[int | None], total: int | None) -> None:
    requested: list[int] = []

    async def fetch(start: int) -> Response:
        requested.append(start)
        rows = [row for row in (start, start + 1) if row < 60]
        return Response(rows, total, end=ends[len(requested) - 1] if len(requested) <= len(ends) else start)

    pager = offset(
        fetch, size=2, items=lambda page: page.rows or (), end=lambda page: page.end, total=lambda page: page.total
    )
    got = await pager.collect()
    assert requested == sorted(set(requested))
    assert len(requested) <= 30 + REPEATS
    # An end that goes back, or jumps over rows, costs none of them.
    assert got == list(range(len(got)))
    assert len(got) >= min(60, 2 if total is None else total)


async def test_without_a_word_on_pages_a_response_is_the_only_one() -> None:
    async def fetch(start: int) -> Response:
        return Response([1, 2])

    assert await offset(
        fetch, size=3, items=lambda page: page.rows or (), end=lambda _: None, total=lambda _: None
    ).collect() == [1, 2]


@check
@given(following=st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["a", "b", "c", "d", "", None])))
async def test_no_token_is_used_twice(following: dict[str, str | None]) -> None:
    requested: list[str | None] = []

    async def fetch(token: str | None) -> Response:
        requested.append(token)
        return Response([len(requested)], token=following.get(token or "a"))

    got = await by_token(fetch, items=lambda page: page.rows or (), next_token=lambda page: page.token).collect()
    assert len(set(requested)) == len(requested) == len(got)


@PAGED
@check
@given(count=counts, size=sizes, read=st.integers(0, 30))
async def test_an_interrupted_run_continues_in_another_process(style: Style, count: int, size: int, read: int) -> None:
    server = Server(list(range(count)), size)
    pager = style(server)
    before = await pager.collect(limit=read)
    token = pager.resume_token
    assert token is None or isinstance(token, str)
    after = await style(server, resume_token=token).collect()
    if token is None:
        # Nothing is behind us, or nothing before us; the caller has the items.
        assert after == list(range(count))
    else:
        assert after == list(range(count))[len(before) - len(before) % size :]


@pytest.mark.parametrize(
    "token",
    ["", "3", "page", "page:", "page:x:1", "page:1", "page:1:-1", "page:1:1", "page:1:1:0", "page:1:1:1:1",
     "offset:", "offset:-1", "offset:1:2", "offset:٣", "token:", "other:1", "page:1e3:0", "x" * 5000],
)  # fmt: skip
@PAGED
async def test_an_invalid_resume_token_is_refused_before_a_request(style: Style, token: str) -> None:
    server = Server([1, 2, 3], 2)
    with pytest.raises(ValidationError, match="invalid resume token") as caught:
        style(server, resume_token=token)
    assert caught.value.fields == ("resume_token",)
    assert len(str(caught.value)) < 300
    assert server.requested == []


async def test_a_page_before_the_first_is_refused() -> None:
    with pytest.raises(ValidationError):
        from_one(Server([1, 2, 3], 1), resume_token="page:0:0:1")


async def test_a_token_of_another_kind_of_list_is_refused() -> None:
    pager = from_one(Server([1, 2, 3], 1))
    await pager.collect(limit=2)
    with pytest.raises(ValidationError):
        from_offset(Server([1, 2, 3], 1), resume_token=pager.resume_token)


async def test_a_cloud_s_own_token_may_hold_anything() -> None:
    requested: list[str | None] = []

    async def fetch(token: str | None) -> Response:
        requested.append(token)
        return Response([len(requested)], token="a:b/ c=" if token is None else "")

    def pager(resume_token: str | None = None) -> Pager[int]:
        return by_token(
            fetch, items=lambda page: page.rows or (), next_token=lambda page: page.token, resume_token=resume_token
        )

    first = pager()
    await first.collect(limit=1)
    await pager(first.resume_token).collect()
    assert requested == [None, "a:b/ c="]


async def test_a_list_method_of_a_provider_is_three_lines() -> None:
    async def search(page: int, size: int) -> Response:
        return Server([1, 2, 3], size).at(page * size, page)

    def jobs(page_size: int = 50) -> Pager[str]:
        def fetch(page: int) -> Awaitable[Response]:
            return search(page, page_size)

        return numbered(fetch, first=0, size=page_size, items=lambda item: map(str, item.rows or ()))

    assert await jobs(page_size=2).collect() == ["1", "2", "3"]

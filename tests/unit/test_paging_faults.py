"""Pagers against servers that misbehave in any order: a list ends, has nothing twice, and loses nothing that was sent.

The servers are tables: which rows a page has and where it says that the next one begins. What is expected follows from
the table alone.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyqpu.errors import AnyQPUError, UnexpectedResponseError, ValidationError
from anyqpu.paging import EMPTY_PAGES, REPEATS, Pager, by_token, numbered, offset

pytestmark = pytest.mark.anyio

check = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=80, deadline=None
)
rows = st.lists(st.integers(0, 40), max_size=6) | st.none()
counts = st.none() | st.integers(-3, 60) | st.sampled_from([10**9, "5", "many", "", True, 2.5, [], {}, "9" * 5000])

# More requests than any of these tables may take: each page once, the empty and repeated ones after them.
MOST = 60


class Table:
    """A server that sends the pages of a table, and fails the test if it is requested for ever."""

    def __init__(self, pages: list[Any]) -> None:
        self.pages = pages
        self.requested: list[Any] = []

    def page(self, number: int, requested: Any) -> Any:
        self.requested.append(requested)
        assert len(self.requested) <= MOST, "the list does not end"
        return self.pages[number] if 0 <= number < len(self.pages) else ([], None, None)


def distinct(pages: list[list[int] | None]) -> list[int]:
    """The rows of pages in order, each once."""
    return list(dict.fromkeys(row for page in pages for row in page or ()))


@check
@given(st.lists(st.tuples(rows, st.integers(0, 9) | st.none()), min_size=1, max_size=8))
async def test_token_lists_have_every_row_of_every_page_that_tokens_lead_to(
    table: list[tuple[list[int] | None, int | None]],
) -> None:
    """Each page says the number of the next: forwards, backwards, in circles, to itself, or to pages that are empty."""
    server = Table([(page, None if following is None else str(following), None) for page, following in table])

    async def fetch(token: str | None) -> Any:
        return server.page(int(token or 0), token)

    pager = by_token(fetch, items=lambda page: page[0], next_token=lambda page: page[1], identity=lambda row: row)
    got = await pager.collect()

    reached: list[list[int] | None] = []
    tokens: set[str | None] = {None}
    number, token = 0, None
    while True:
        page, following = table[number] if number < len(table) else ([], None)
        reached.append(page)
        token = None if following is None else str(following)
        if following is None or token in tokens:
            break
        tokens.add(token)
        number = following
    assert got == distinct(reached)
    assert len(server.requested) == len(reached)


@check
@given(
    pages=st.lists(rows, min_size=1, max_size=8),
    totals=st.lists(counts, min_size=1, max_size=3),
    ends=st.lists(counts, min_size=1, max_size=3),
)
async def test_numbered_lists_end_and_have_what_the_counts_promise(
    pages: list[list[int] | None], totals: list[Any], ends: list[Any]
) -> None:
    """Counts that are too small, too large, negative, text or of another type, and differ from page to page."""
    server = Table([(page, None, None) for page in pages])

    async def fetch(number: int) -> Any:
        sent = server.page(number, number)
        return sent[0], totals[number % len(totals)], ends[number % len(ends)]

    pager = numbered(
        fetch,
        first=0,
        size=6,
        items=lambda page: page[0],
        total=lambda page: page[1],
        pages=lambda page: page[2],
        identity=lambda row: row,
    )
    got = await pager.collect()
    assert server.requested == list(range(len(server.requested))), "each page once, in order"
    assert got == distinct(pages[: len(server.requested)]), "what was sent came, each once"
    assert len(server.requested) <= len(pages) + REPEATS


@check
@given(
    count=st.integers(0, 40),
    size=st.integers(1, 7),
    ends=st.lists(counts, min_size=1, max_size=4),
    total=st.none() | st.sampled_from([10**9, "many", -1]),
)
async def test_offset_lists_skip_no_row_whatever_a_page_says_of_its_end(
    count: int, size: int, ends: list[Any], total: Any
) -> None:
    """Rows by position, and an end that goes back, stands still, jumps ahead, or is of another type."""
    server = Table([])

    async def fetch(start: int) -> Any:
        server.page(0, start)
        page = list(range(count))[start : start + size]
        return page, ends[len(server.requested) % len(ends)], total

    pager = offset(
        fetch,
        size=size,
        items=lambda page: page[0],
        end=lambda page: page[1],
        total=lambda page: page[2],
        identity=lambda row: row,
    )
    got = await pager.collect()
    assert got == list(range(len(got)))
    # Without any count that can be one, a page that is not full is the only one.
    usable = [end for end in ends if isinstance(end, int) and not isinstance(end, bool) and end >= 0]
    if total == 10**9 or len(usable) == len(ends):
        assert got == list(range(count))


@check
@given(st.lists(st.permutations(range(4)), min_size=1, max_size=4), st.booleans())
async def test_a_server_that_shuffles_the_same_rows_with_fresh_tokens_cannot_trap_it(
    orders: list[list[int]], repeated: bool
) -> None:
    server = Table([])

    async def fetch(token: str | None) -> Any:
        server.page(0, token)
        return orders[0 if repeated else len(server.requested) % len(orders)], f"t{len(server.requested)}"

    pager = by_token(fetch, items=lambda page: page[0], next_token=lambda page: page[1], identity=lambda row: row)
    assert sorted(await pager.collect()) == [0, 1, 2, 3]
    assert len(server.requested) <= 1 + REPEATS + 1


@check
@given(
    empty=st.lists(st.integers(0, 12), min_size=1, max_size=6),
    token=st.sampled_from([None, "", 0, "t"]),
)
async def test_empty_pages_cost_no_row(empty: list[int], token: Any) -> None:
    """So many empty pages before each row."""
    table: list[list[int]] = []
    for row, number in enumerate(empty):
        table += [[]] * number + [[row]]
    requested: list[str | None] = []

    async def fetch(cursor: str | None) -> Any:
        requested.append(cursor)
        number = int(cursor or 0)
        return table[number], str(number + 1) if number + 1 < len(table) else (token or None)

    ends_well = token != "t"
    pager = by_token(fetch, items=lambda page: page[0], next_token=lambda page: page[1], identity=lambda row: row)
    if ends_well:
        assert await pager.collect() == list(range(len(empty)))
        assert len(requested) == len(table)
    else:
        got: list[int] = []
        items = aiter(pager)
        with pytest.raises(ValueError, match="invalid literal"):  # the model server's own, which is not in the boundary
            while True:
                got.append(await anext(items))
        assert got == list(range(len(empty)))


@check
@given(
    st.sampled_from(["items", "total", "pages", "end", "next_token"]),
    st.sampled_from([TypeError, KeyError, AttributeError, ValueError, RecursionError, OverflowError]),
)
async def test_whatever_a_reader_raises_is_an_error_of_the_tree(raised: str, kind: type[Exception]) -> None:
    def fail(_: Any) -> Any:
        raise kind("Bearer secret")

    def reader(name: str, value: Any) -> Any:
        return fail if name == raised else lambda _: value

    async def fetch(_: Any) -> Any:
        return {}

    pagers: dict[str, Pager[int]] = {
        "items": by_token(fetch, items=reader("items", [1]), next_token=lambda _: None),
        "next_token": by_token(fetch, items=lambda _: [1], next_token=reader("next_token", None)),
        "end": offset(fetch, size=1, items=lambda _: [1], end=reader("end", 1), total=lambda _: 1),
        "total": numbered(fetch, first=0, size=1, items=lambda _: [1], total=reader("total", 1)),
        "pages": numbered(fetch, first=0, size=1, items=lambda _: [1], pages=reader("pages", 1)),
    }
    pager = pagers[raised]
    items = aiter(pager)
    for _ in range(2):  # it stays where it was
        with pytest.raises(UnexpectedResponseError, match="invalid page of a list") as caught:
            await anext(items)
        assert "secret" not in f"{caught.value}{caught.value.__cause__}"


@check
@given(
    st.text()
    | st.binary()
    | st.integers()
    | st.floats()
    | st.lists(st.integers())
    | st.from_regex(r"page:(ListJobs:)?-?\d+:\d+:\d+")
)
async def test_any_resume_token_is_accepted_or_a_validation_error(token: Any) -> None:
    async def fetch(number: int) -> Any:
        assert 0 <= number < 2**31
        return []

    def make() -> Pager[int]:
        return numbered(fetch, first=0, size=1, items=lambda page: page, name="ListJobs", resume_token=token)

    pager = None
    with contextlib.suppress(ValidationError):
        pager = make()
    if pager is not None:
        assert token.startswith("page:ListJobs:")
        await pager.collect()


@pytest.mark.parametrize(
    "numbers",
    ["-1:0:1", "0:-1:1", f"{2**31}:0:1", f"{2**30}:0:2", f"0:{10**30}:1", "0", "0:0", "0:0:0", "a:b:c", ""],
)
async def test_positions_that_cannot_be_are_refused(numbers: str) -> None:
    async def fetch(number: int) -> Any:
        return []

    with pytest.raises(ValidationError):
        numbered(fetch, first=0, size=1, items=lambda page: page, name="L", resume_token=f"page:L:{numbers}")


async def test_iterations_of_one_pager_do_not_share_their_place() -> None:
    async def fetch(number: int) -> list[int]:
        return list(range(10))[number * 3 : number * 3 + 3]

    pager = numbered(fetch, first=0, size=3, items=lambda page: page, identity=lambda row: row)
    one, other = aiter(pager), aiter(pager)
    assert [await anext(one) for _ in range(5)] == [0, 1, 2, 3, 4]
    assert [await anext(other) for _ in range(2)] == [0, 1]
    # Each has its own token, and the pager has that of the iteration that was started last.
    assert (one.resume_token, other.resume_token, pager.resume_token) == ("page:1:3:3", None, None)
    assert await anext(other) == 2
    assert await anext(one) == 5
    assert (one.resume_token, other.resume_token) == ("page:2:6:3", "page:1:3:3")
    assert pager.resume_token == other.resume_token
    pages = pager.pages()
    assert pager.resume_token is None
    await anext(pages)
    assert (pages.resume_token, pager.resume_token) == ("page:1:3:3", "page:1:3:3")
    assert [item async for item in one] == [6, 7, 8, 9]
    assert (one.resume_token, pager.resume_token) == (None, "page:1:3:3")
    assert [item async for item in other] == [3, 4, 5, 6, 7, 8, 9]
    async with pager.prefetch() as ahead:
        assert [await anext(ahead) for _ in range(4)] == [0, 1, 2, 3]
        assert (ahead.resume_token, pager.resume_token) == ("page:1:3:3", "page:1:3:3")


@pytest.mark.parametrize(
    ("size", "new_size", "expected"),
    [
        (3, 3, [6, 7, 8, 9]),
        (3, 2, [6, 7, 8, 9]),
        (3, 4, [4, 5, 6, 7, 8, 9]),
        (2, 3, [3, 4, 5, 6, 7, 8, 9]),
        (1, 10, None),
    ],
)
async def test_a_resumed_list_may_have_another_page_size(size: int, new_size: int, expected: list[int] | None) -> None:
    """Two pages of the old size were read. The page around that position comes again where the sizes do not fit."""
    rows = list(range(10))

    def pager(size: int, token: str | None = None) -> Pager[int]:
        async def fetch(number: int) -> tuple[list[int], int]:
            return rows[number * size : (number + 1) * size], len(rows)

        return numbered(
            fetch,
            first=0,
            size=size,
            items=lambda page: page[0],
            total=lambda page: page[1],
            name="L",
            resume_token=token,
        )

    first = pager(size)
    assert await first.collect(limit=2 * size) == rows[: 2 * size]
    assert await pager(new_size, first.resume_token).collect() == (rows if expected is None else expected)


@pytest.mark.parametrize("limit", ["5", 2.5, True, [1], float("nan")])
async def test_a_limit_is_a_whole_number(limit: Any) -> None:
    async def fetch(number: int) -> list[int]:
        raise AssertionError("nothing is sent")

    with pytest.raises(ValidationError, match="limit must be a whole number") as caught:
        await numbered(fetch, first=0, size=3, items=lambda page: page).collect(limit=limit)
    assert caught.value.fields == ("limit",)
    assert isinstance(caught.value, AnyQPUError)


async def test_a_long_list_does_not_hold_the_event_loop() -> None:
    """Other tasks get a turn at each page, also where pages come without waiting."""
    import anyio
    import anyio.lowlevel

    turns = 0

    async def heartbeat() -> None:
        nonlocal turns
        while True:
            await anyio.lowlevel.checkpoint()
            turns += 1

    async def fetch(number: int) -> list[int]:
        return list(range(10_000))[number * 100 : number * 100 + 100]

    pager = numbered(fetch, first=0, size=100, items=lambda page: page, identity=lambda row: row)
    async with anyio.create_task_group() as group:
        group.start_soon(heartbeat)
        assert await pager.collect() == list(range(10_000))
        group.cancel_scope.cancel()
    assert turns >= 90
    assert EMPTY_PAGES > REPEATS

"""Pager: reads as you go, and nothing that a server does can trap it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anyqpu import Page, Pager

pytestmark = pytest.mark.anyio


class Listing:
    """A list in pages, which counts how often it is asked."""

    def __init__(self, items: list[int], size: int) -> None:
        self.items, self.size, self.requests = items, size, 0

    async def fetch(self, cursor: str | None) -> Page[int]:
        self.requests += 1
        start = int(cursor or 0)
        end = start + self.size
        return Page(tuple(self.items[start:end]), str(end) if end < len(self.items) else None, len(self.items))


async def test_items_come_page_by_page_and_only_when_needed() -> None:
    listing = Listing(list(range(10)), 3)
    seen = []
    async for item in Pager(listing.fetch):
        seen.append(item)
        if item == 3:
            break
    assert seen == [0, 1, 2, 3]
    assert listing.requests == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30, deadline=None)
@given(st.integers(0, 30), st.integers(1, 7), st.none() | st.integers(-1, 40))
async def test_collect_gives_what_is_there_up_to_its_limit(count: int, size: int, limit: int | None) -> None:
    listing = Listing(list(range(count)), size)
    wanted = list(range(count))[: max(limit, 0) if limit is not None else None]
    assert await Pager(listing.fetch).collect(limit=limit) == wanted
    needed = -(-len(wanted) // size) if wanted else 1
    assert listing.requests <= needed


async def test_first_asks_once_and_is_none_for_an_empty_list() -> None:
    listing = Listing([7, 8, 9], 2)
    assert await Pager(listing.fetch).first() == 7
    assert listing.requests == 1
    assert await Pager(Listing([], 2).fetch).first() is None


async def test_a_resume_token_goes_on_where_another_pager_stopped() -> None:
    listing = Listing(list(range(7)), 3)
    pager = Pager(listing.fetch)
    async for _page in pager.pages():
        break
    assert await Pager(listing.fetch, resume_token=pager.resume_token).collect() == [3, 4, 5, 6]


async def test_a_server_that_repeats_its_cursor_cannot_trap_the_pager() -> None:
    requests = 0

    async def fetch(cursor: str | None) -> Page[int]:
        nonlocal requests
        requests += 1
        return Page((1,), "again")

    assert await Pager(fetch).collect() == [1, 1]
    assert requests == 2


async def test_an_empty_page_ends_the_list_whatever_its_cursor_says() -> None:
    async def fetch(cursor: str | None) -> Page[int]:
        return Page((), "more")

    assert await Pager(fetch).collect() == []

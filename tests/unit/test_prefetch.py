"""Reading ahead: the next page is under way while one is worked on, and ends with its block."""

from __future__ import annotations

import anyio
import anyio.lowlevel
import pytest

from anyqpu import Page, Pager
from anyqpu.errors import ClientStateError, NotFoundError, ValidationError

pytestmark = pytest.mark.anyio


class Cloud:
    """Five pages of two numbers; says what was requested."""

    def __init__(self, *, broken: int | None = None) -> None:
        self.requested: list[int] = []
        self.broken = broken

    async def fetch(self, cursor: str | None) -> Page[int]:
        number = int(cursor or 0)
        self.requested.append(number)
        await anyio.lowlevel.checkpoint()
        if number == self.broken:
            raise NotFoundError("gone")
        return Page((2 * number, 2 * number + 1), str(number + 1) if number < 4 else None)


async def test_the_next_page_is_under_way_and_no_more(anyio_backend: str) -> None:
    cloud = Cloud()
    async with Pager(cloud.fetch).prefetch() as items:
        assert await anext(items) == 0
        await anyio.wait_all_tasks_blocked()
        assert cloud.requested == [0, 1]
        assert [item async for item in items] == list(range(1, 10))
    assert cloud.requested == [0, 1, 2, 3, 4]


async def test_more_pages_can_be_under_way(anyio_backend: str) -> None:
    cloud = Cloud()
    async with Pager(cloud.fetch).prefetch(3) as items:
        assert await anext(items) == 0
        await anyio.wait_all_tasks_blocked()
        assert cloud.requested == [0, 1, 2, 3]


async def test_the_token_is_that_of_what_was_handed_out(anyio_backend: str) -> None:
    cloud = Cloud()
    pager = Pager(cloud.fetch)
    async with pager.prefetch() as items:
        assert [await anext(items) for _ in range(4)] == [0, 1, 2, 3]
        await anyio.wait_all_tasks_blocked()
    assert await Pager(cloud.fetch, resume_token=pager.resume_token).collect() == [4, 5, 6, 7, 8, 9]


async def test_an_error_is_raised_where_the_items_are_read(anyio_backend: str) -> None:
    pager = Pager(Cloud(broken=1).fetch)
    async with pager.prefetch() as items:
        assert [await anext(items) for _ in range(2)] == [0, 1]
        for _ in range(2):
            with pytest.raises(NotFoundError, match="gone"):
                await anext(items)
    assert await Pager(Cloud().fetch, resume_token=pager.resume_token).first() == 2


async def test_an_error_of_the_block_comes_out_as_it_is(anyio_backend: str) -> None:
    with pytest.raises(KeyError):
        async with Pager(Cloud().fetch).prefetch() as items:
            await anext(items)
            raise KeyError


async def test_a_cancelled_block_ends(anyio_backend: str) -> None:
    with anyio.move_on_after(0.05) as scope:
        async with Pager(Cloud().fetch).prefetch() as items:
            await anext(items)
            await anyio.sleep_forever()
    assert scope.cancelled_caught


async def test_outside_of_the_block_nothing_is_read(anyio_backend: str) -> None:
    async with Pager(Cloud().fetch).prefetch() as items:
        await anext(items)
    assert await anext(items) == 1
    with pytest.raises(ClientStateError, match="inside its `async with`"):
        await anext(items)


@pytest.mark.parametrize("wrong", [0, -1, True])
def test_pages_are_one_or_more(wrong: int) -> None:
    with pytest.raises(ValidationError, match="1 or more"):
        Pager(Cloud().fetch).prefetch(wrong)

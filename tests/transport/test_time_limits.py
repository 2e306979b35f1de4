"""Time limits that share one timer: each ends its own block, and only that."""

from __future__ import annotations

import asyncio
import time

import anyio
import anyio.lowlevel
import pytest

from anyqpu.transport.time_limits import time_limit_here

pytestmark = pytest.mark.anyio


async def test_a_block_that_takes_too_long_raises_a_timeout(anyio_backend: str) -> None:
    limit = time_limit_here()
    with pytest.raises(TimeoutError):
        with limit(0.01):
            await anyio.sleep(10)
    # Nothing of it is left for what follows.
    await anyio.lowlevel.checkpoint()


async def test_a_block_that_ends_in_time_raises_nothing(anyio_backend: str) -> None:
    limit = time_limit_here()
    for seconds in (0.02, None, float("inf")):
        with limit(seconds):
            await anyio.lowlevel.checkpoint()
    await anyio.sleep(0.05)


async def test_no_time_is_a_timeout_before_anything_is_done(anyio_backend: str) -> None:
    began: list[int] = []
    with pytest.raises(TimeoutError):
        with time_limit_here()(0):
            await anyio.lowlevel.checkpoint()
            began.append(1)
    assert began == []


@pytest.mark.parametrize(("inner", "outer", "by_inner"), [(0.01, 10, True), (10, 0.01, False)])
async def test_of_two_blocks_the_one_whose_time_is_up_ends(
    anyio_backend: str, inner: float, outer: float, by_inner: bool
) -> None:
    limit, ended = time_limit_here(), ""
    try:
        with limit(outer):
            try:
                with limit(inner):
                    await anyio.sleep(10)
            except TimeoutError:
                ended = "inner"
    except TimeoutError:
        ended = "outer"
    assert ended == ("inner" if by_inner else "outer")


async def test_a_block_has_its_own_time_whatever_those_before_it_had(anyio_backend: str) -> None:
    limit = time_limit_here()
    for seconds in (10, 0.02, None, 10):
        with limit(seconds):
            pass
    with pytest.raises(TimeoutError):
        with limit(0.01):
            await anyio.sleep(10)
    # Longer than those whose time would be up.
    with limit(10):
        await anyio.sleep(0.05)


async def test_limits_of_more_blocks_than_are_kept_for_others_end_too(anyio_backend: str) -> None:
    limit, ended = time_limit_here(), list[int]()

    async def sleep(number: int) -> None:
        try:
            with limit(0.2 if number % 2 else 10):
                await anyio.sleep(10 if number % 2 else 0)
        except TimeoutError:
            ended.append(number)

    for _ in range(2):
        ended.clear()
        async with anyio.create_task_group() as group:
            for number in range(3000):
                group.start_soon(sleep, number)
        assert len(ended) == 1500


async def test_a_hundred_limits_of_different_times_all_end(anyio_backend: str) -> None:
    limit, ended = time_limit_here(), list[int]()

    async def sleep(number: int) -> None:
        try:
            with limit(0.02 + number * 0.002):
                await anyio.sleep(10)
        except TimeoutError:
            ended.append(number)

    async with anyio.create_task_group() as group:
        for number in reversed(range(100)):
            group.start_soon(sleep, number)
    assert sorted(ended) == list(range(100))


async def test_a_block_in_a_cancelled_scope_leaves_the_cancellation_to_it(anyio_backend: str) -> None:
    with anyio.move_on_after(0.01) as scope:
        with time_limit_here()(10):
            await anyio.sleep(10)
    assert scope.cancelled_caught


async def test_a_scope_inside_a_block_ends_before_it(anyio_backend: str) -> None:
    with time_limit_here()(10):
        with anyio.move_on_after(0.01) as scope:
            await anyio.sleep(10)
        assert scope.cancelled_caught


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_a_task_that_is_cancelled_meanwhile_stays_cancelled(anyio_backend: str) -> None:
    async def sleep() -> None:
        with time_limit_here()(0.01):
            # Both are due when the event loop continues.
            asyncio.get_running_loop().call_later(0.02, task.cancel)
            await asyncio.sleep(0)
            time.sleep(0.04)  # noqa: ASYNC251
            await asyncio.sleep(10)

    task = asyncio.create_task(sleep())
    with pytest.raises(asyncio.CancelledError):
        await task


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_many_limits_in_turn_keep_few_timers(anyio_backend: str) -> None:
    limit, scheduled = time_limit_here(), asyncio.get_running_loop()._scheduled  # type: ignore[attr-defined]
    before = len(scheduled)
    for number in range(1000):
        with limit(60 + number % 7):
            pass
    assert len(scheduled) <= before + 1

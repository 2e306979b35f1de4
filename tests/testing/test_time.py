"""Virtual time: it jumps when all tasks sleep, and not before."""

from __future__ import annotations

import time

import anyio
import pytest

from anyqpu.testing import VirtualTime
from anyqpu_emulator.clock import ManualClock

pytestmark = pytest.mark.anyio


def virtual(**options: bool) -> VirtualTime:
    return VirtualTime(ManualClock(), lambda: False, **options)


async def test_tasks_wake_in_order_and_at_their_time() -> None:
    clock, woken = virtual(), list[tuple[float, float]]()

    async def task(seconds: float) -> None:
        for _ in range(3):
            await clock.sleep(seconds)
            woken.append((clock.now(), seconds))

    began = time.perf_counter()
    async with anyio.create_task_group() as group:
        for seconds in (3600.0, 1000.0, 7200.0):
            group.start_soon(task, seconds)
    assert time.perf_counter() - began < 60
    assert [at for at, _ in woken] == sorted(at for at, _ in woken)
    assert [at for at, seconds in woken if seconds == 1000] == [1000, 2000, 3000]
    assert clock.now() == 3 * 7200


async def test_a_thousand_tasks_share_one_time() -> None:
    clock = virtual()
    async with anyio.create_task_group() as group:
        for number in range(1000):
            group.start_soon(clock.sleep, float(number))
    assert clock.now() == 999


async def test_time_waits_for_those_who_are_at_work() -> None:
    busy = True
    clock = VirtualTime(ManualClock(), lambda: busy)
    async with anyio.create_task_group() as group:
        group.start_soon(clock.sleep, 10.0)
        await anyio.sleep(0.05)
        assert clock.now() == 0
        busy = False
    assert clock.now() == 10


@pytest.mark.parametrize("automatic", [True, False])
async def test_limits_end_what_takes_longer(automatic: bool) -> None:
    clock = virtual(automatic=automatic)

    async def by_hand() -> None:
        while not automatic and clock.now() < 60:
            await anyio.sleep(0.01)
            clock.advance(20)

    async with anyio.create_task_group() as group:
        group.start_soon(by_hand)
        with pytest.raises(TimeoutError):
            with clock.limit(60):
                with clock.limit(3600):
                    await clock.sleep(100)
    assert clock.now() == 60
    with clock.limit(None), clock.limit(0.5):
        pass
    with pytest.raises(TimeoutError):
        with clock.limit(0):
            await clock.sleep(0)


async def test_by_hand_nothing_moves_by_itself() -> None:
    clock = virtual(automatic=False)
    async with anyio.create_task_group() as group:
        group.start_soon(clock.sleep, 10.0)
        await anyio.sleep(0.05)
        assert clock.now() == 0
        clock.advance(9)
        await anyio.sleep(0.05)
        assert clock.now() == 9
        clock.advance(1)
    with pytest.raises(ValueError, match="forward"):
        clock.advance(-1)


async def test_the_next_one_leads_when_the_first_gives_up() -> None:
    busy = True
    clock = VirtualTime(ManualClock(), lambda: busy)
    async with anyio.create_task_group() as group:
        group.start_soon(clock.sleep, 100.0)
        with anyio.move_on_after(0.03):
            await clock.sleep(1)
        busy = False
    assert clock.now() == 100


async def test_time_advanced_in_another_thread_is_noticed() -> None:
    base = ManualClock()
    clock = VirtualTime(base, lambda: False, automatic=False)
    async with anyio.create_task_group() as group:
        group.start_soon(clock.sleep, 10.0)
        await anyio.sleep(0.01)
        base.advance(11)

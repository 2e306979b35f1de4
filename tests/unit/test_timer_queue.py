"""Many who sleep share one timer; each is still woken at its own time. Time is virtual."""

from __future__ import annotations

import random
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import anyio
import pytest
from anyio.lowlevel import checkpoint

from anyqpu.waiting.timer_queue import TimerEntry, TimerQueue
from tests.unit.test_shared_polling import VirtualClock

pytestmark = pytest.mark.anyio


class CountingClock(VirtualClock):
    """Knows how many sleep by it at the same time."""

    def __init__(self) -> None:
        super().__init__()
        self.timers = self.most_timers = 0

    async def sleep(self, seconds: float) -> None:
        self.timers += 1
        self.most_timers = max(self.most_timers, self.timers)
        try:
            await super().sleep(seconds)
        finally:
            self.timers -= 1


class Night:
    """Timer entries, and when each of them woke."""

    def __init__(self) -> None:
        self.clock = CountingClock()
        self.table = TimerQueue(self.clock)
        self.woke: dict[str, float] = {}
        self.entries: dict[str, TimerEntry] = {}

    async def sleep(self, name: str, due: float) -> None:
        self.entries[name] = entry = TimerEntry()
        await self.table.sleep(entry, due)
        self.woke[name] = self.clock.time
        self.table.promote(entry)

    async def at(self, time: float, do: Callable[[], object]) -> None:
        # Not by the clock whose entries are counted.
        await VirtualClock.sleep(self.clock, time)
        do()

    async def run(self, *tasks: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Let all begin in this order, whatever the event loop prefers, and time go by until all have ended."""
        async with anyio.create_task_group() as group:
            with anyio.fail_after(30):
                async with anyio.create_task_group() as entries:
                    for task in tasks:
                        entries.start_soon(task)
                        await checkpoint()
                        await checkpoint()
                    group.start_soon(self.clock.run)
            group.cancel_scope.cancel()


def times(number: int) -> dict[str, float]:
    rng = random.Random(number)
    return {f"entry {index}": rng.uniform(0, 1000) for index in range(number)}


async def test_each_wakes_at_its_own_time_by_one_timer() -> None:
    night, dues = Night(), times(60)
    earliest_first = sorted(dues.items(), key=lambda entry: entry[1])
    await night.run(*(partial(night.sleep, *entry) for entry in earliest_first))
    assert night.woke == pytest.approx(dues)
    assert night.clock.most_timers == 1


async def test_entries_added_in_any_order_wake_in_time() -> None:
    """A later entry that is due earlier takes over the timer; the earlier timer fires without effect."""
    night, dues = Night(), times(60)
    await night.run(*(partial(night.sleep, *entry) for entry in dues.items()))
    assert night.woke == pytest.approx(dues)
    assert night.clock.most_timers < 10


async def test_one_may_be_postpone() -> None:
    night = Night()
    await night.run(
        partial(night.sleep, "first", 10.0),
        partial(night.sleep, "second", 20.0),
        partial(night.sleep, "third", 30.0),
        partial(night.at, 5.0, lambda: night.table.postpone(night.entries["first"], 25.0)),
        partial(night.at, 6.0, lambda: night.table.postpone(night.entries["second"], 40.0)),
    )
    assert night.woke == {"first": 25.0, "third": 30.0, "second": 40.0}


async def test_hundreds_that_are_postponed_together_wake_at_their_own_times() -> None:
    night, dues, later = Night(), times(300), {name: 2000.0 - due for name, due in times(300).items()}

    def postpone_all() -> None:
        for name, due in later.items():
            # Nine of ten, as a list lacks some.
            if due % 1 < 0.9:
                night.table.postpone(night.entries[name], due)

    night_dues = {name: 1000.0 + due for name, due in dues.items()}
    await night.run(
        *(partial(night.sleep, *entry) for entry in night_dues.items()),
        partial(night.at, 500.0, postpone_all),
    )
    assert night.woke == pytest.approx(
        {name: due if due % 1 < 0.9 else night_dues[name] for name, due in later.items()}
    )


@pytest.mark.parametrize("name", ["first", "last"])
async def test_one_may_be_woken(name: str) -> None:
    night = Night()
    await night.run(
        partial(night.sleep, "first", 10.0),
        partial(night.sleep, "middle", 20.0),
        partial(night.sleep, "last", 30.0),
        partial(night.at, 5.0, lambda: night.table.wake(night.entries[name])),
    )
    assert night.woke == {"first": 10.0, "middle": 20.0, "last": 30.0} | {name: 5.0}


async def test_one_who_is_cancelled_leaves_the_timer_to_the_others() -> None:
    night, scope = Night(), anyio.CancelScope()

    async def gives_up() -> None:
        with scope:
            await night.sleep("cancelled", 10.0)

    await night.run(gives_up, partial(night.sleep, "other", 20.0), partial(night.at, 5.0, scope.cancel))
    assert night.woke == {"other": 20.0}


async def test_who_was_due_keeps_the_timer_until_it_has_looked() -> None:
    """What it finds may put the others off, who need not be woken before."""
    night = Night()

    async def looks() -> None:
        entry = TimerEntry()
        await night.table.sleep(entry, 10.0)
        await night.clock.sleep(5.0)  # a request
        night.table.postpone(night.entries["other"], 50.0)
        night.table.promote(entry)

    await night.run(looks, partial(night.sleep, "other", 12.0))
    assert night.woke == {"other": 50.0}

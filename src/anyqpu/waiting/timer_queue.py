"""One timer for many sleeping tasks.

Ten thousand timers that expire every few seconds, only to be set again because a list shows no change, would cost more
than the lists do. Here the entry that is due first holds the timer; the others have none.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools

import anyio
import anyio.lowlevel
import sniffio

from anyqpu.waiting.clock import Clock

# So many outdated entries in a row are a sign of thousands.
MANY = 32


class TimerEntry:
    """A task that sleeps now and then, until it is due or woken.

    Attributes:
        queued: The time by which it stands in the queue; it may be due later.
    """

    __slots__ = ("asleep", "due", "queued", "signal", "woken")

    def __init__(self) -> None:
        self.due = self.queued = float("inf")
        self.asleep = False
        self.woken = False
        self.signal: asyncio.Future[None] | anyio.Event | anyio.CancelScope | None = None


class TimerQueue:
    """Sleeping tasks by the time at which they are due."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._holder: TimerEntry | None = None
        # Some are outdated: their time is not that by which their entry is queued.
        self._dues: list[tuple[float, int, TimerEntry]] = []
        self._numbers = itertools.count()

    async def sleep(self, entry: TimerEntry, due: float) -> None:
        """Sleep until due or woken. An entry that was due holds the timer until `promote`."""
        entry.asleep, entry.woken = True, False
        self.postpone(entry, due)
        was_due = False
        try:
            while not entry.woken:
                if self._holder is None or entry.due < self._holder.due:
                    self._holder = entry
                if self._holder is not entry:
                    await _signal(entry)
                    continue
                left = entry.due - self._clock.now()
                with anyio.CancelScope() as entry.signal:
                    await (self._clock.sleep(left) if left > 0 else anyio.lowlevel.checkpoint())
                if entry.due <= self._clock.now():
                    was_due = True
                    break
                self.promote(entry)
        finally:
            entry.asleep, entry.signal = False, None
            if entry.woken or not was_due:
                self.promote(entry)

    def postpone(self, entry: TimerEntry, due: float) -> None:
        """Set another time at which an entry is due."""
        entry.due = due
        # It keeps its place until that is reached: most are postponed again and again.
        if due < entry.queued:
            entry.queued = due
            heapq.heappush(self._dues, (due, next(self._numbers), entry))

    def wake(self, entry: TimerEntry) -> None:
        """End the sleep of an entry."""
        entry.woken = True
        _resume(entry)

    def promote(self, entry: TimerEntry) -> None:
        """Pass the timer to the entry that is due first, if this one holds it."""
        if self._holder is not entry:
            return
        dues, outdated = self._dues, 0
        while dues:
            queued, _, first = dues[0]
            if queued != first.queued:
                heapq.heappop(dues)
            elif not first.asleep:
                first.queued = float("inf")
                heapq.heappop(dues)
            elif queued != first.due:
                outdated += 1
                if outdated == MANY:
                    self._sort_again()
                    continue
                first.queued = first.due
                heapq.heapreplace(dues, (first.due, next(self._numbers), first))
            else:
                break
        self._holder = dues[0][2] if dues else None
        if self._holder is not None and self._holder is not entry:
            _resume(self._holder)

    def _sort_again(self) -> None:
        """Queue all entries by the time at which they are due, which takes a fraction of doing so one by one."""
        dues = self._dues
        for place, (queued, number, entry) in enumerate(dues):
            if queued == entry.queued and entry.asleep and queued != entry.due:
                entry.queued = due = entry.due
                dues[place] = due, number, entry
        heapq.heapify(dues)


async def _signal(entry: TimerEntry) -> None:
    """Wait until the task is resumed."""
    if sniffio.current_async_library() == "asyncio":
        # An event has a queue of those who wait, which takes as much memory as all the rest of a wait's sleep.
        entry.signal = future = asyncio.get_running_loop().create_future()
        await future
    else:
        entry.signal = event = anyio.Event()
        await event.wait()


def _resume(entry: TimerEntry) -> None:
    """Resume the task, so that it checks its entry."""
    match entry.signal:
        case asyncio.Future() as future:
            if not future.done():
                future.set_result(None)
        case anyio.Event() as event:
            event.set()
        case anyio.CancelScope() as scope:
            scope.cancel()
        case None:
            pass

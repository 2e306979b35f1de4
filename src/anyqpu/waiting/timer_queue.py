"""One timer for many sleeping tasks.

Ten thousand timers that expire every few seconds, only to be set again because a list shows no change, would cost more
than the lists do. Here the entry that is due first holds the timer; the others have none.
"""

from __future__ import annotations

import heapq
import itertools

import anyio
import anyio.lowlevel

from anyqpu.waiting.clock import Clock


class TimerEntry:
    """A task that sleeps now and then, until it is due or woken."""

    def __init__(self) -> None:
        self.due = float("inf")
        self.asleep = False
        self.woken = False
        self.signal: anyio.Event | anyio.CancelScope | None = None


class TimerQueue:
    """Sleeping tasks by the time at which they are due."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._holder: TimerEntry | None = None
        # Some are outdated: their time is no longer that of their entry.
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
                    entry.signal = signal = anyio.Event()
                    await signal.wait()
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
        heapq.heappush(self._dues, (due, next(self._numbers), entry))

    def wake(self, entry: TimerEntry) -> None:
        """End the sleep of an entry."""
        entry.woken = True
        _resume(entry)

    def promote(self, entry: TimerEntry) -> None:
        """Pass the timer to the entry that is due first, if this one holds it."""
        if self._holder is not entry:
            return
        dues = self._dues
        while dues and (not dues[0][2].asleep or dues[0][0] != dues[0][2].due):
            heapq.heappop(dues)
        self._holder = dues[0][2] if dues else None
        if self._holder is not None and self._holder is not entry:
            _resume(self._holder)


def _resume(entry: TimerEntry) -> None:
    """Resume the task, so that it checks its entry."""
    match entry.signal:
        case anyio.Event() as event:
            event.set()
        case anyio.CancelScope() as scope:
            scope.cancel()
        case None:
            pass

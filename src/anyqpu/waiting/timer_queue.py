"""When each of many sleepers is due, with one timer for all.

Ten thousand timers that go off every few seconds, only to be set again because a list brought no news, would cost more
than the lists do. Here one of those who sleep keeps the timer, the one who is due first; the others have none.
"""

from __future__ import annotations

import heapq
import itertools

import anyio
import anyio.lowlevel

from anyqpu.waiting.clock import Clock


class TimerEntry:
    """One who sleeps now and then, until it is due or woken."""

    def __init__(self) -> None:
        self.due = float("inf")
        self.asleep = False
        self.woken = False
        self.bed: anyio.Event | anyio.CancelScope | None = None


class TimerQueue:
    """Those who sleep, by when they are due."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._keeper: TimerEntry | None = None
        # Some are out of date: those whose time is not that of their sleeper any more.
        self._dues: list[tuple[float, int, TimerEntry]] = []
        self._numbers = itertools.count()

    async def sleep(self, sleeper: TimerEntry, due: float) -> None:
        """Sleep until due, or woken. One who was due keeps the timer until it says `promote`."""
        sleeper.asleep, sleeper.woken = True, False
        self.put_off(sleeper, due)
        was_due = False
        try:
            while not sleeper.woken:
                if self._keeper is None or sleeper.due < self._keeper.due:
                    self._keeper = sleeper
                if self._keeper is not sleeper:
                    sleeper.bed = bed = anyio.Event()
                    await bed.wait()
                    continue
                left = sleeper.due - self._clock.now()
                with anyio.CancelScope() as sleeper.bed:
                    await (self._clock.sleep(left) if left > 0 else anyio.lowlevel.checkpoint())
                if sleeper.due <= self._clock.now():
                    was_due = True
                    break
                self.promote(sleeper)
        finally:
            sleeper.asleep, sleeper.bed = False, None
            if sleeper.woken or not was_due:
                self.promote(sleeper)

    def put_off(self, sleeper: TimerEntry, due: float) -> None:
        """Have a sleeper be due at another time."""
        sleeper.due = due
        heapq.heappush(self._dues, (due, next(self._numbers), sleeper))

    def wake(self, sleeper: TimerEntry) -> None:
        """End the sleep of a sleeper."""
        sleeper.woken = True
        _stir(sleeper)

    def promote(self, sleeper: TimerEntry) -> None:
        """If this one has the timer, give it to the one who is due first."""
        if self._keeper is not sleeper:
            return
        dues = self._dues
        while dues and (not dues[0][2].asleep or dues[0][0] != dues[0][2].due):
            heapq.heappop(dues)
        self._keeper = dues[0][2] if dues else None
        if self._keeper is not None and self._keeper is not sleeper:
            _stir(self._keeper)


def _stir(sleeper: TimerEntry) -> None:
    """Have it look what there is to do."""
    match sleeper.bed:
        case anyio.Event() as event:
            event.set()
        case anyio.CancelScope() as scope:
            scope.cancel()
        case None:
            pass

"""Virtual time, which advances when all tasks sleep."""

from __future__ import annotations

import heapq
import itertools
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

import anyio
import anyio.lowlevel

# Checkpoints before time advances, so that all other tasks can run.
_TURNS = 10
# Real seconds between polls of a running computation, and of a clock that another thread may advance.
_COMPUTING_POLL, _CLOCK_POLL = 0.0005, 0.02


class AdjustableClock(Protocol):
    """The emulator's clock."""

    def monotonic(self) -> float:
        """Return seconds from an arbitrary start."""
        ...

    def wall(self) -> float:
        """Return seconds since 1970."""
        ...

    def advance(self, seconds: float) -> None:
        """Advance the clock."""
        ...


@dataclass(eq=False, slots=True)
class _Timer:
    until: float
    thread: int = field(default_factory=threading.get_ident)
    due: anyio.Event = field(default_factory=anyio.Event)
    done: bool = False


@dataclass(eq=False, slots=True)
class _Deadline:
    until: float
    scope: anyio.CancelScope
    thread: int = field(default_factory=threading.get_ident)


class VirtualTime:
    """The time of an emulator and its clients.

    When all tasks sleep, and the emulator neither handles a request nor computes, time jumps to the next timer: an hour
    takes only the time of the work in it. Without `automatic`, only `advance` changes the time.
    """

    def __init__(self, clock: AdjustableClock, busy: Callable[[], bool], *, automatic: bool = True) -> None:
        """`busy` returns whether the emulator has work to do."""
        self._clock = clock
        self._busy = busy
        self.automatic = automatic
        # A heap of timers for each thread; finished ones are removed when they reach the top.
        self._timers: dict[int, list[tuple[float, int, _Timer]]] = {}
        self._numbers = itertools.count()
        self._deadlines: list[_Deadline] = []

    def now(self) -> float:
        """Return seconds from an arbitrary start."""
        return self._clock.monotonic()

    def wall(self) -> datetime:
        """Return the time in UTC."""
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    def advance(self, seconds: float) -> None:
        """Advance time, and wake the tasks that are due. Raises ValueError for a negative number."""
        self._clock.advance(seconds)
        self._wake_due()

    async def sleep(self, seconds: float) -> None:
        """Sleep for some seconds of this time."""
        timer = _Timer(self.now() + seconds)
        heapq.heappush(self._timers.setdefault(timer.thread, []), (timer.until, next(self._numbers), timer))
        try:
            await anyio.lowlevel.checkpoint()
            while self.now() < timer.until:
                await self._await_turn(timer)
        finally:
            timer.done = True
            # Another timer may be the first now.
            self._notify(self._first(timer.thread))

    @contextmanager
    def limit(self, seconds: float | None) -> Generator[None]:
        """A context that raises `TimeoutError` after so many seconds; None: no limit."""
        if seconds is None:
            yield
            return
        with anyio.CancelScope() as scope:
            deadline = _Deadline(self.now() + seconds, scope)
            self._deadlines.append(deadline)
            try:
                if seconds <= 0:
                    scope.cancel()
                yield
            finally:
                self._deadlines.remove(deadline)
        if scope.cancelled_caught:
            raise TimeoutError

    async def _await_turn(self, timer: _Timer) -> None:
        """Wait until time has advanced; the first of all timers advances it."""
        if self._first(timer.thread) is not timer:
            timer.due = anyio.Event()
            await timer.due.wait()
        elif not self.automatic or self._first_of_all() is not timer:
            await anyio.sleep(_CLOCK_POLL)
            self._wake_due()
        elif await self._all_asleep(timer):
            step = min([timer.until, *(deadline.until for deadline in self._deadlines)]) - self.now()
            if step > 0:
                self.advance(step)
            else:
                # A deadline was reached, and its context has not ended yet.
                await anyio.sleep(_COMPUTING_POLL)

    async def _all_asleep(self, timer: _Timer) -> bool:
        """Return whether, after a turn for every other task, all sleep, and this timer is still the first."""
        for _ in range(_TURNS):
            await anyio.lowlevel.checkpoint()
            if self._first_of_all() is not timer:
                return False
        if self._busy():
            await anyio.sleep(_COMPUTING_POLL)
            return False
        return True

    def _first(self, thread: int) -> _Timer | None:
        """Return the first timer of a thread."""
        heap = self._timers.get(thread, [])
        while heap and heap[0][2].done:
            heapq.heappop(heap)
        return heap[0][2] if heap else None

    def _first_of_all(self) -> _Timer | None:
        timers = (self._first(thread) for thread in list(self._timers))
        return min((timer for timer in timers if timer is not None), key=lambda timer: timer.until, default=None)

    def _wake_due(self) -> None:
        """Wake the tasks of this thread that are due; other threads poll the clock."""
        now, thread = self.now(), threading.get_ident()
        heap = self._timers.get(thread, [])
        while heap and (heap[0][0] <= now or heap[0][2].done):
            self._notify(heapq.heappop(heap)[2])
        self._notify(self._first(thread))
        for deadline in self._deadlines:
            if deadline.until <= now and deadline.thread == thread:
                deadline.scope.cancel()

    def _notify(self, timer: _Timer | None) -> None:
        if timer is not None:
            timer.due.set()

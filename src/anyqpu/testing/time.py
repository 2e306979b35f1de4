"""Time that passes only when nobody has anything else to do."""

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

# So often is everybody else given a turn before time goes on.
_TURNS = 10
# Real seconds between two looks at computations, and at a clock that somebody else may have moved.
_COMPUTING, _ELSEWHERE = 0.0005, 0.02


class Movable(Protocol):
    """The emulator's clock."""

    def monotonic(self) -> float:
        """Seconds since some moment."""
        ...

    def wall(self) -> float:
        """Seconds since 1970."""
        ...

    def advance(self, seconds: float) -> None:
        """Move it on."""
        ...


@dataclass(eq=False, slots=True)
class _Sleeper:
    until: float
    thread: int = field(default_factory=threading.get_ident)
    woken: anyio.Event = field(default_factory=anyio.Event)
    up: bool = False


@dataclass(eq=False, slots=True)
class _Limit:
    until: float
    scope: anyio.CancelScope
    thread: int = field(default_factory=threading.get_ident)


class VirtualTime:
    """The time of an emulator and of its clients, which wait by it.

    When all of them sleep, and the emulator neither answers nor computes, it jumps to where the first one wakes up:
    an hour takes no longer than what happens in it. Without `automatic` it stands still until `advance`.
    """

    def __init__(self, clock: Movable, busy: Callable[[], bool], *, automatic: bool = True) -> None:
        """`busy` says whether the emulator has something to do."""
        self._clock = clock
        self._busy = busy
        self.automatic = automatic
        # For each thread a heap, the first to wake up on top; those that are up are taken out when they get there.
        self._sleepers: dict[int, list[tuple[float, int, _Sleeper]]] = {}
        self._numbers = itertools.count()
        self._limits: list[_Limit] = []

    def now(self) -> float:
        """Seconds since some moment."""
        return self._clock.monotonic()

    def wall(self) -> datetime:
        """What time it is, in UTC."""
        return datetime.fromtimestamp(self._clock.wall(), UTC)

    def advance(self, seconds: float) -> None:
        """Move it on, and wake those whose time has come. It cannot go back (ValueError)."""
        self._clock.advance(seconds)
        self._tell()

    async def sleep(self, seconds: float) -> None:
        """Let that much time go by."""
        me = _Sleeper(self.now() + seconds)
        heapq.heappush(self._sleepers.setdefault(me.thread, []), (me.until, next(self._numbers), me))
        try:
            await anyio.lowlevel.checkpoint()
            while self.now() < me.until:
                await self._pass(me)
        finally:
            me.up = True
            # Somebody else may be the first to wake up now.
            self._wake(self._first(me.thread))

    @contextmanager
    def limit(self, seconds: float | None) -> Generator[None]:
        """Raise `TimeoutError` in what runs inside after so many seconds; None: never."""
        if seconds is None:
            yield
            return
        with anyio.CancelScope() as scope:
            limit = _Limit(self.now() + seconds, scope)
            self._limits.append(limit)
            try:
                if seconds <= 0:
                    scope.cancel()
                yield
            finally:
                self._limits.remove(limit)
        if scope.cancelled_caught:
            raise TimeoutError

    async def _pass(self, me: _Sleeper) -> None:
        """Wait for time to go on; make it, if that is for this one to do."""
        if self._first(me.thread) is not me:
            me.woken = anyio.Event()
            await me.woken.wait()
        elif not self.automatic or self._first_of_all() is not me:
            await anyio.sleep(_ELSEWHERE)
            self._tell()
        elif await self._nobody_stirs(me):
            step = min([me.until, *(limit.until for limit in self._limits)]) - self.now()
            if step > 0:
                self.advance(step)
            else:
                # A limit that was reached has not ended what runs inside yet.
                await anyio.sleep(_COMPUTING)

    async def _nobody_stirs(self, me: _Sleeper) -> bool:
        """Whether all others have gone to sleep, for longer, when each has had its turn."""
        for _ in range(_TURNS):
            await anyio.lowlevel.checkpoint()
            if self._first_of_all() is not me:
                return False
        if self._busy():
            await anyio.sleep(_COMPUTING)
            return False
        return True

    def _first(self, thread: int) -> _Sleeper | None:
        """Who wakes up first in a thread."""
        heap = self._sleepers.get(thread, [])
        while heap and heap[0][2].up:
            heapq.heappop(heap)
        return heap[0][2] if heap else None

    def _first_of_all(self) -> _Sleeper | None:
        found = (self._first(thread) for thread in list(self._sleepers))
        return min((one for one in found if one is not None), key=lambda one: one.until, default=None)

    def _tell(self) -> None:
        """Wake those of this thread whose time has come; the others look now and then."""
        now, thread = self.now(), threading.get_ident()
        heap = self._sleepers.get(thread, [])
        while heap and (heap[0][0] <= now or heap[0][2].up):
            self._wake(heapq.heappop(heap)[2])
        self._wake(self._first(thread))
        for limit in self._limits:
            if limit.until <= now and limit.thread == thread:
                limit.scope.cancel()

    def _wake(self, sleeper: _Sleeper | None) -> None:
        if sleeper is not None:
            sleeper.woken.set()

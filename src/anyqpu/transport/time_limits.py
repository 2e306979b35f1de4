"""Time limits of requests, without a timer for each.

A call has a limit, and each of its reads and writes has one; nearly all of them end long before. On asyncio the limits
of an event loop share one timer, which is set for the one that is due first: one of anyio's costs ten microseconds, of
these less than one. On trio they are anyio's.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from types import TracebackType
from weakref import WeakKeyDictionary

import anyio
import anyio.lowlevel
import sniffio

TimeLimit = Callable[[float | None], AbstractContextManager[object]]
"""Returns a block that raises `TimeoutError` after so many seconds; None: never."""

# Limits that are kept for other blocks.
MOST_UNUSED = 1024
# Places that have been replaced, as a multiple of the others, before they are removed.
OUTDATED = 4
FEWEST = 64


class LoopLimits:
    """The limits of an asyncio event loop, which it does not refer to, since it is kept as long as the loop.

    A limit that is over serves again for another block, and keeps its place in the queue until that comes due: most
    blocks end long before, so that a block mostly begins without a new place.
    """

    def __init__(self) -> None:
        self._places: list[tuple[float, int, LoopLimit]] = []
        self._numbers = itertools.count()
        self._timer_at: float = math.inf
        self.open = 0
        self.unused: list[LoopLimit] = []

    def add(self, limit: LoopLimit, loop: asyncio.AbstractEventLoop) -> None:
        """Put a limit in its place, which is before those that it has."""
        due, places = limit.due, self._places
        if len(places) > FEWEST + OUTDATED * (self.open + len(self.unused)):
            places[:] = [place for place in places if place[0] == place[2].place]
            heapq.heapify(places)
        limit.place = due
        heapq.heappush(places, (due, next(self._numbers), limit))
        if due < self._timer_at:
            self._timer_at = due
            loop.call_at(due, self._expire, due)

    def _expire(self, timer_at: float) -> None:
        """End the limits that are due, and set the timer for the next one."""
        if timer_at != self._timer_at:
            # Replaced by an earlier one, which has set the next.
            return
        loop, places = asyncio.get_running_loop(), self._places
        self._timer_at = math.inf
        while places:
            place, _, limit = places[0]
            if place == limit.place and place > loop.time():
                self._timer_at = place
                loop.call_at(place, self._expire, place)
                break
            heapq.heappop(places)
            if place != limit.place:
                # It got an earlier one.
                continue
            limit.place = math.inf
            if limit.due <= loop.time():
                limit.reach()
            elif limit.due != math.inf:
                self.add(limit, loop)


class LoopLimit:
    """A block of an asyncio task that is cancelled when its time is up, as by `asyncio.timeout`; made by `LoopLimits`.

    Attributes:
        due: When that is, by the clock of the event loop; infinity without a limit, and outside of a block.
        place: Its first place in the queue of the event loop; infinity without one.
    """

    __slots__ = ("_cancelling", "_is_reached", "_limits", "_loop", "_seconds", "_task", "due", "place")

    def __init__(self, limits: LoopLimits) -> None:
        self._limits = limits
        self._seconds: float | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._cancelling = 0
        self._task: asyncio.Task[object] | None = None
        self._is_reached = False
        self.due = self.place = math.inf

    def of(self, seconds: float | None, loop: asyncio.AbstractEventLoop) -> LoopLimit:
        """Return it, to be entered once."""
        self._seconds, self._loop = seconds, loop
        return self

    def __enter__(self) -> LoopLimit:
        seconds, loop = self._seconds, self._loop
        if seconds is not None and seconds <= 0:
            # Nothing may begin any more, such as the write of a request.
            self._loop = None
            raise TimeoutError
        self._task = task = asyncio.current_task(loop)
        if task is None or loop is None:
            raise RuntimeError("a time limit is for tasks")
        self._cancelling, self._is_reached = task.cancelling(), False
        self._limits.open += 1
        if seconds is not None:
            self.restart(seconds)
        return self

    def restart(self, seconds: float) -> None:
        """Begin another time, inside the block, in place of the one before."""
        loop = self._loop
        if loop is None or seconds == math.inf:
            self.due = math.inf
            return
        self.due = due = loop.time() + seconds
        if due < self.place:
            self._limits.add(self, loop)

    def reach(self) -> None:
        """Cancel the task; its block raises `TimeoutError`."""
        self.due = math.inf
        if self._task is not None and not self._is_reached:
            self._is_reached = True
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        task, self._task, self._loop, self.due = self._task, None, None, math.inf
        limits = self._limits
        limits.open -= 1
        if len(limits.unused) < MOST_UNUSED:
            limits.unused.append(self)
        else:
            self.place = math.inf
        if not self._is_reached or task is None:
            return
        # Not if the task is cancelled for another reason too.
        is_ours = task.uncancel() <= self._cancelling
        if is_ours and kind is asyncio.CancelledError:
            raise TimeoutError from error


_limits_of: WeakKeyDictionary[asyncio.AbstractEventLoop, LoopLimits] = WeakKeyDictionary()


def time_limit_here() -> TimeLimit:
    """Return what makes the limits of tasks of the event loop that runs now."""
    return loop_limit_here() if sniffio.current_async_library() == "asyncio" else anyio.fail_after


def loop_limit_here() -> Callable[[float | None], LoopLimit]:
    """Return what makes the limits of tasks of the asyncio event loop that runs now."""
    loop = asyncio.get_running_loop()
    limits = _limits_of.get(loop)
    if limits is None:
        limits = _limits_of[loop] = LoopLimits()
    unused = limits.unused

    def limit(seconds: float | None) -> LoopLimit:
        return (unused.pop() if unused else LoopLimit(limits)).of(seconds, loop)

    return limit


def clock_here() -> Callable[[], float]:
    """Return the clock of the event loop that runs now, in seconds."""
    return asyncio.get_running_loop().time if sniffio.current_async_library() == "asyncio" else anyio.current_time


def loop_here() -> object:
    """Return what stands for the event loop that runs now; the loop itself on asyncio."""
    is_asyncio = sniffio.current_async_library() == "asyncio"
    return asyncio.get_running_loop() if is_asyncio else anyio.lowlevel.current_token()

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
from functools import partial
from types import TracebackType
from weakref import WeakKeyDictionary

import anyio
import sniffio

TimeLimit = Callable[[float | None], AbstractContextManager[object]]
"""Returns a block that raises `TimeoutError` after so many seconds; None: never."""

# Entries of limits that are over, as a multiple of the others, before they are removed.
OUTDATED = 4
FEWEST = 64


class LoopLimits:
    """The open limits of an asyncio event loop, which it does not refer to, since it is kept as long as the loop."""

    def __init__(self) -> None:
        self._entries: list[tuple[float, int, LoopLimit]] = []
        self._numbers = itertools.count()
        self._timer_at: float = math.inf
        self.open = 0

    def add(self, limit: LoopLimit, seconds: float) -> float:
        """Cancel the task of a limit after so many seconds, unless it is over by then; returns when that is."""
        loop = asyncio.get_running_loop()
        due = loop.time() + seconds
        entries = self._entries
        if len(entries) > FEWEST + OUTDATED * self.open:
            entries[:] = [entry for entry in entries if entry[0] == entry[2].due]
            heapq.heapify(entries)
        heapq.heappush(entries, (due, next(self._numbers), limit))
        if due < self._timer_at:
            self._timer_at = due
            loop.call_at(due, self._expire, due)
        return due

    def _expire(self, timer_at: float) -> None:
        """End the limits that are due, and set the timer for the next one."""
        if timer_at != self._timer_at:
            # Replaced by an earlier one, which has set the next.
            return
        loop, entries = asyncio.get_running_loop(), self._entries
        self._timer_at = math.inf
        while entries:
            due, _, limit = entries[0]
            if due == limit.due and due > loop.time():
                self._timer_at = due
                loop.call_at(due, self._expire, due)
                break
            heapq.heappop(entries)
            if due == limit.due:
                limit.reach()


class LoopLimit:
    """A block of an asyncio task that is cancelled when its time is up, as by `asyncio.timeout`.

    Attributes:
        due: When that is, by the clock of the event loop; infinity without a limit, and after its end.
    """

    __slots__ = ("_cancelling", "_is_reached", "_limits", "_seconds", "_task", "due")

    def __init__(self, limits: LoopLimits, seconds: float | None) -> None:
        self._limits = limits
        self._seconds = seconds
        self._cancelling = 0
        self._task: asyncio.Task[object] | None = None
        self._is_reached = False
        self.due = math.inf

    def __enter__(self) -> None:
        seconds = self._seconds
        if seconds is not None and seconds <= 0:
            # Nothing may begin any more, such as the write of a request.
            raise TimeoutError
        self._task = task = asyncio.current_task(asyncio.get_running_loop())
        if task is None:
            raise RuntimeError("a time limit is for tasks")
        self._cancelling = task.cancelling()
        self._limits.open += 1
        if seconds is not None and seconds != math.inf:
            self.due = self._limits.add(self, seconds)

    def restart(self, seconds: float) -> None:
        """Begin another time, inside the block, in place of the one before."""
        self.due = math.inf if seconds == math.inf else self._limits.add(self, seconds)

    def reach(self) -> None:
        """Cancel the task; its block raises `TimeoutError`."""
        self.due = math.inf
        if self._task is not None and not self._is_reached:
            self._is_reached = True
            self._task.cancel()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        task, self._task, self.due = self._task, None, math.inf
        self._limits.open -= 1
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
    return partial(LoopLimit, limits)


def clock_here() -> Callable[[], float]:
    """Return the clock of the event loop that runs now, in seconds."""
    return asyncio.get_running_loop().time if sniffio.current_async_library() == "asyncio" else anyio.current_time

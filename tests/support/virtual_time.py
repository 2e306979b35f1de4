"""An asyncio event loop whose clock jumps to the next timer when nothing else is left to do.

Waits, retries and timeouts of minutes take no longer than the work in them, and time limits can be checked to the
second. While a worker thread or the emulator computes, the clock stands still.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import anyio.to_thread

# Real seconds between two checks of threads that work.
PAUSE = 0.0005
# Checks in a row without a timer and without work, after which the loop gives up: two seconds or more.
STUCK_AFTER = 4_000
FIRST = 1_000.0


class StuckError(BaseException):
    """Every task waits, and no timer could wake one."""


class JumpingSelector(selectors.DefaultSelector):
    """A selector that advances the clock instead of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.now = FIRST
        self.busy: Callable[[], bool] = lambda: False
        """Whether something outside of the loop computes, beside worker threads."""
        self.limiter: anyio.CapacityLimiter | None = None
        self.patience = 0.0
        """Real seconds to wait for a socket before the clock jumps."""
        self._idle_checks = 0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0 if timeout is None else min(timeout, self.patience))
        if events or (timeout is not None and timeout <= 0):
            self._idle_checks = 0
            return events
        if self._is_busy():
            return super().select(PAUSE if timeout is None else min(timeout, PAUSE))
        if timeout is None:
            self._check_stuck()
            return super().select(PAUSE)
        self._idle_checks = 0
        # Slightly more than requested, or rounding would make the loop call again.
        self.now += timeout + 1e-6
        return events

    def _is_busy(self) -> bool:
        return self.busy() or (self.limiter is not None and self.limiter.borrowed_tokens > 0)

    def _check_stuck(self) -> None:
        self._idle_checks += 1
        if self._idle_checks > STUCK_AFTER:
            self._idle_checks = 0
            raise StuckError("every task waits, and there is no timer")


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop on a virtual clock."""

    def __init__(self) -> None:
        self.selector = JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Return the seconds of the virtual clock."""
        return self.selector.now


class LoopClock:
    """The virtual clock as a clock of the emulator, so that its jobs advance while the client waits.

    Its wall clock begins with the present: a client searches for a lost submit by its own clock.
    """

    def __init__(self) -> None:
        self._selector = selector()
        self._began = time.time() - self._selector.now

    def monotonic(self) -> float:
        """Return the seconds of the virtual clock."""
        return self._selector.now

    def wall(self) -> float:
        """Return the seconds since 1970, as the virtual clock has advanced since this one was made."""
        return self._began + self._selector.now


def selector() -> JumpingSelector:
    """Return the selector of the running loop."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    return loop.selector


def run(main: Callable[[], Awaitable[Any]]) -> Any:
    """Run a coroutine function in virtual time."""

    async def limited() -> Any:
        selector().limiter = anyio.to_thread.current_default_thread_limiter()
        return await main()

    return anyio.run(limited, backend_options={"loop_factory": VirtualLoop})

"""An asyncio event loop whose clock jumps to the next timer when nothing else is left to do.

Waits, retries and timeouts of minutes take no longer than the work in them. While a worker thread or the emulator
computes, the clock stands still.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable
from typing import Any

import anyio.to_thread

# Real seconds without anything that could end the wait, after which it is given up.
STUCK_AFTER = 2.0
FIRST = 1_000.0
BEGAN = time.time() - FIRST


class StuckError(BaseException):
    """Everything waits, and there is no timer that could end it."""


class JumpingSelector(selectors.DefaultSelector):
    """Returns at once, and moves the clock on instead of waiting."""

    def __init__(self) -> None:
        super().__init__()
        self.now = FIRST
        self.busy: Callable[[], bool] = lambda: False
        self._idle_since: float | None = None
        # Real seconds to wait for a socket before the clock jumps.
        self.patience = 0.0

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0 if timeout is None else min(timeout, self.patience))
        if events or (timeout is not None and timeout <= 0):
            self._idle_since = None
            return events
        if self.busy() or timeout is None:
            if not self.busy():
                self._give_up_in_time()
            return super().select(0.0005 if timeout is None else min(timeout, 0.0005))
        self._idle_since = None
        # A little more than asked for, or rounding would make the loop ask again.
        self.now += timeout + 1e-6
        return events

    def _give_up_in_time(self) -> None:
        now = time.monotonic()
        self._idle_since = self._idle_since or now
        if now - self._idle_since > STUCK_AFTER:
            self._idle_since = None
            raise StuckError("everything waits, and there is no timer")


class VirtualLoop(asyncio.SelectorEventLoop):
    """`anyio.run(main, backend_options={"loop_factory": VirtualLoop})`."""

    def __init__(self) -> None:
        self.selector = JumpingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Seconds on the virtual clock."""
        return self.selector.now


class LoopTime:
    """The loop's time as a clock of the emulator, so that its jobs move while the client waits."""

    def __init__(self, selector: JumpingSelector) -> None:
        self._selector = selector

    def monotonic(self) -> float:
        """Seconds on the virtual clock."""
        return self._selector.now

    def wall(self) -> float:
        """Seconds since 1970: the loop's clock began when the process did."""
        return BEGAN + self._selector.now


def of_running_loop() -> JumpingSelector:
    """The selector of the running loop, told when a worker thread is busy."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualLoop)
    limiter = anyio.to_thread.current_default_thread_limiter()
    loop.selector.busy = lambda: limiter.borrowed_tokens > 0
    return loop.selector

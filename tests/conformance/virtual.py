"""An asyncio event loop whose time jumps ahead whenever nothing else is left to do.

Client and emulator live in one process, so an hour of sleeps and delays takes no longer than what happens in it, and
limits of time can be checked to the second.
"""

from __future__ import annotations

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from typing import Any

import anyio.to_thread

# Real seconds between two looks at threads that are at work.
PAUSE = 0.0005


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop with a time of its own; it stands still while a worker thread or `busy` is at work."""

    def __init__(self) -> None:
        self.now = time.monotonic()
        self.busy: Callable[[], bool] = lambda: False
        self.limiter: Any = None
        super().__init__(_Selector(self))

    def time(self) -> float:
        return self.now

    def is_busy(self) -> bool:
        return self.busy() or (self.limiter is not None and self.limiter.borrowed_tokens > 0)


class _Selector(selectors.DefaultSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        events = super().select(0)
        if events or (timeout is not None and timeout <= 0):
            return events
        if timeout is None or self._loop.is_busy():
            return super().select(PAUSE)
        self._loop.now += timeout
        return []


def run(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run a coroutine function in an event loop with virtual time."""

    async def limited() -> Any:
        loop = asyncio.get_running_loop()
        assert isinstance(loop, VirtualLoop)
        loop.limiter = anyio.to_thread.current_default_thread_limiter()
        return await main()

    return anyio.run(limited, backend_options={"loop_factory": VirtualLoop})


class LoopClock:
    """The time of a virtual loop, for the emulator."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop = loop
        self._epoch = time.time() - loop.now

    def monotonic(self) -> float:
        return self._loop.now

    def wall(self) -> float:
        return self._epoch + self._loop.now

"""Time, as waiting sees it; tests put a faster one in its place."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Protocol

import anyio


class Clock(Protocol):
    """A monotonic clock in seconds, and sleeping by it."""

    def now(self) -> float:
        """Seconds since some moment."""
        ...

    def wall(self) -> datetime:
        """What time it is, in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Let that much time go by."""
        ...

    def limit(self, seconds: float | None) -> AbstractContextManager[object]:
        """Raise `TimeoutError` in what runs inside after so many seconds; None: never."""
        ...


class LoopClock:
    """The event loop's own clock."""

    def now(self) -> float:
        """Seconds since some moment."""
        return anyio.current_time()

    def wall(self) -> datetime:
        """What time it is, in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Let that much time go by."""
        await anyio.sleep(seconds)

    def limit(self, seconds: float | None) -> AbstractContextManager[object]:
        """Raise `TimeoutError` in what runs inside after so many seconds; None: never."""
        return nullcontext() if seconds is None else anyio.fail_after(seconds)

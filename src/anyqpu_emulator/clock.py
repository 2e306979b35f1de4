"""Time, injectable: jobs move by this clock, so that a test can move it by hand."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Where the emulator takes time from."""

    def monotonic(self) -> float:
        """Seconds that never go back; only differences mean anything."""
        ...

    def wall(self) -> float:
        """Seconds since 1970 in UTC, for time stamps."""
        ...


class SystemClock:
    """The machine's clock."""

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def wall(self) -> float:
        """Seconds since 1970 in UTC."""
        return time.time()


class ManualClock:
    """A clock that stands still until it is told to advance. Safe to use from several threads."""

    def __init__(self, start: float = 1_767_225_600.0) -> None:
        """`start` is the wall time in seconds since 1970; the default is the beginning of 2026."""
        self._start = start
        self._elapsed = 0.0
        self._lock = threading.Lock()

    def advance(self, seconds: float) -> None:
        """Move the clock on; it cannot go back (ValueError)."""
        if seconds < 0:
            raise ValueError("time only goes forward")
        with self._lock:
            self._elapsed += seconds

    def monotonic(self) -> float:
        """Seconds advanced so far."""
        return self._elapsed

    def wall(self) -> float:
        """Seconds since 1970 in UTC."""
        return self._start + self._elapsed


def utc(seconds: float) -> datetime:
    """A wall time as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)

"""Time, injectable: jobs move by this clock, so that a test can move it by hand."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime
from typing import Protocol

# A hundred years: time stamps have to stay within what calendars can say.
MOST_SECONDS = 3.2e9
MOST_RATE = 1e6


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
    """A clock that stands still until `advance` is called. Safe to use from several threads."""

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


class VirtualClock:
    """Another clock's time, moved on by hand and run faster or slower. Safe to use from several threads."""

    def __init__(self, base: Clock) -> None:
        """Begin at the time of `base`, at its rate."""
        self._base = base
        self._rate = 1.0
        # Where this clock was when the rate was set last, and where the other one was.
        self._anchor = self._base_anchor = base.monotonic()
        self._epoch = base.wall() - self._anchor
        self._lock = threading.Lock()
        self.advanced = 0.0
        """Seconds moved on by hand so far."""

    @property
    def rate(self) -> float:
        """Seconds that pass here for each second of the other clock; 0 where time stands still."""
        return self._rate

    def advance(self, seconds: float) -> None:
        """Move the clock on; it cannot go back (ValueError)."""
        if not 0 <= seconds <= MOST_SECONDS:
            raise ValueError(f"time only goes forward, by up to {MOST_SECONDS:g} seconds at once")
        with self._lock:
            self._anchor += seconds
            self.advanced += seconds

    def set_rate(self, rate: float) -> None:
        """Let time pass so many times as fast from now on (ValueError below 0)."""
        if not 0 <= rate <= MOST_RATE:
            raise ValueError(f"the rate should be 0 to {MOST_RATE:g}")
        with self._lock:
            base = self._base.monotonic()
            self._anchor += (base - self._base_anchor) * self._rate
            self._base_anchor, self._rate = base, rate

    def monotonic(self) -> float:
        """Seconds that never go back."""
        with self._lock:
            return self._anchor + (self._base.monotonic() - self._base_anchor) * self._rate

    def wall(self) -> float:
        """Seconds since 1970 in UTC. Always as far from `monotonic` as at the beginning."""
        return self._epoch + self.monotonic()


class ShiftedClock:
    """Another clock, put forward or back."""

    def __init__(self, base: Clock, monotonic: float, wall: float) -> None:
        """Seconds to add to each of its times."""
        self._base = base
        self._monotonic = monotonic
        self._wall = wall

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return self._base.monotonic() + self._monotonic

    def wall(self) -> float:
        """Seconds since 1970 in UTC."""
        return self._base.wall() + self._wall


def utc(seconds: float) -> datetime:
    """A wall time as an aware datetime."""
    return datetime.fromtimestamp(seconds, UTC)

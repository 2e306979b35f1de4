"""The last requests, for the page and for tests."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from dataclasses import dataclass, field
from typing import Any

from .clock import utc

KEPT = 500
MOST_KEPT = 1_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request. `status` is None where the connection was dropped; `took` is in real milliseconds.

    A gRPC call has the name of its status too.
    """

    number: int
    at: float
    cloud: str
    method: str
    path: str
    operation: str | None
    status: int | None
    took: float
    faults: tuple[str, ...]
    grpc_status: str | None = None

    def view(self) -> dict[str, Any]:
        """As JSON. The query is not part of it: it may hold the signature of a link."""
        view = {
            "number": self.number,
            "time": utc(self.at).isoformat(),
            "cloud": self.cloud,
            "method": self.method,
            "path": self.path,
            "operation": self.operation,
            "status": self.status,
            "ms": round(self.took, 1),
            "faults": list(self.faults),
        }
        return view if self.grpc_status is None else {**view, "grpc_status": self.grpc_status}


@dataclass(slots=True)
class RequestLog:
    """The last requests, newest last. Safe to use from several threads: gRPC has an event loop of its own."""

    entries: deque[Entry] = field(default_factory=lambda: deque[Entry](maxlen=KEPT))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def next_number(self) -> int:
        """A number for the next request."""
        return next(self._numbers)

    def add(self, entry: Entry) -> None:
        """Add a request; the oldest one goes."""
        with self._lock:
            self.entries.append(entry)

    @property
    def kept(self) -> int:
        """How many requests are kept."""
        return self.entries.maxlen or 0

    def keep(self, number: int) -> None:
        """Keep so many requests from now on. Raises ValueError."""
        if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= MOST_KEPT:
            raise ValueError(f"keep should be a whole number from 1 to {MOST_KEPT}, not {number!r}")
        with self._lock:
            self.entries = deque(self.entries, maxlen=number)

    def view(self, limit: int = KEPT) -> list[dict[str, Any]]:
        """Return the last requests as JSON, newest first."""
        with self._lock:
            entries = list(itertools.islice(reversed(self.entries), limit))
        return [entry.view() for entry in entries]

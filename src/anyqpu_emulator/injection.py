"""The faults of an emulator: which of them hit a request, and how often each did."""

from __future__ import annotations

import itertools
import random
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from . import operations
from .clock import Clock
from .faults import Fault, FaultError
from .lifecycle import Job, State
from .operations import Operation


@dataclass(slots=True)
class Target:
    """The part of a request that faults select by; `marks` are the faults that hit it."""

    cloud: str
    method: str
    path: str
    operation: Operation | None
    marks: list[str] = field(default_factory=list[str])


@dataclass(slots=True)
class Active:
    """A fault that was added, and what became of it."""

    id: str
    fault: Fault
    random: random.Random
    seen: int = 0
    fired: int = 0
    recent: deque[float] = field(default_factory=deque[float])

    def view(self) -> dict[str, Any]:
        """As JSON."""
        spent = self.fault.count is not None and self.fired >= self.fault.count
        return {"id": self.id, **self.fault.view(), "seen": self.seen, "fired": self.fired, "spent": spent}

    def draw(self) -> bool:
        """Whether it hits this time."""
        self.seen += 1
        if self.seen <= self.fault.after or (self.fault.count is not None and self.fired >= self.fault.count):
            return False
        if self.fault.probability < 1 and self.random.random() >= self.fault.probability:
            return False
        self.fired += 1
        return True


@dataclass(frozen=True, slots=True)
class Postponed:
    """A request without a client, to be handled at `due` by the emulator's clock."""

    due: float
    target: Target
    scope: Any = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Rate:
    """The state of a rate limit for one request."""

    limit: int
    left: int
    reset: float
    exceeded: bool


# The request that is being handled, so that a job that is made can be traced to it.
_current: ContextVar[Target | None] = ContextVar("anyqpu_emulator_target", default=None)


class Faults:
    """All faults of an emulator. Safe to use from several threads."""

    def __init__(self, clock: Clock, seed: int | None, faults: Iterable[Fault] = ()) -> None:
        """`seed` makes probabilities repeat; the clock is that of rate limits."""
        self._clock = clock
        self._seed = seed
        self._active: list[Active] = []
        self._postponed: list[Postponed] = []
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        for fault in faults:
            self.add(fault)

    def add(self, fault: Fault | None = None, **values: Any) -> str:
        """Add a fault, given whole or by its fields; its id. Raises FaultError.

        Faults that hit the same request all take effect, in the order in which they were added.
        """
        if fault is not None and values:
            raise FaultError("give a Fault or its fields, not both")
        made = fault or Fault(**values)
        with self._lock:
            number = next(self._numbers)
            # Each fault has its own random source, so that adding one does not change the others.
            source = random.Random(None if self._seed is None else f"{self._seed}/{number}")  # noqa: S311 - a game
            self._active.append(Active(str(number), made, source))
            return str(number)

    def clear(self, fault_id: str | None = None) -> int:
        """Remove one fault, or all, with the requests that wait to be handled late; how many faults there were."""
        with self._lock:
            if fault_id is None:
                self._postponed.clear()
            kept = [active for active in self._active if fault_id is not None and active.id != fault_id]
            removed = len(self._active) - len(kept)
            self._active = kept
            return removed

    def view(self) -> list[dict[str, Any]]:
        """All of them with how often each was tried and fired, as JSON."""
        with self._lock:
            return [active.view() for active in self._active]

    def fired(self, fault_id: str) -> int:
        """How often a fault has fired; 0 for one that is gone."""
        with self._lock:
            return next((active.fired for active in self._active if active.id == fault_id), 0)

    def hits(self, target: Target) -> list[Fault]:
        """The faults that hit a request, except those that wait for a job and those that limit rates."""
        return self._drawn(target, lambda fault: not _of_jobs(fault) and fault.rate_limit is None)

    def postpone(self, request: Postponed) -> None:
        """Keep a request until it is due."""
        with self._lock:
            self._postponed.append(request)

    def due(self) -> list[Postponed]:
        """Take the requests that are due, in the order in which they were sent."""
        if not self._postponed:
            return []
        now = self._clock.monotonic()
        with self._lock:
            due = [request for request in self._postponed if request.due <= now]
            self._postponed = [request for request in self._postponed if request.due > now]
            return due

    def rates(self, target: Target) -> list[Rate]:
        """Count a request and return the state of its rate limits. An exceeded one counts as fired."""
        now, rates = self._clock.monotonic(), list[Rate]()
        with self._lock:
            for active in self._active:
                limit = active.fault.rate_limit
                if limit is None or not _matches(active.fault, target):
                    continue
                most, seconds = limit
                active.seen += 1
                recent = active.recent
                while recent and recent[0] <= now - seconds:
                    recent.popleft()
                exceeded = len(recent) >= most
                if exceeded:
                    active.fired += 1
                    target.marks.append(f"#{active.id} {active.fault.label()}")
                else:
                    recent.append(now)
                rates.append(Rate(most, most - len(recent), max(0.0, recent[0] + seconds - now), exceeded))
        return rates

    @contextmanager
    def during(self, target: Target) -> Generator[None]:
        """Attribute jobs that are made in this context to a request."""
        token = _current.set(target)
        try:
            yield
        finally:
            _current.reset(token)

    def on_submit(self, job: Job) -> None:
        """Hold a job, or let its result or its place in lists be late, as faults say."""
        target = _current.get()
        if target is None:
            # Rigetti's programs arrive over ZeroMQ, in another thread.
            cloud = job.line.partition("/")[0]
            target = Target(cloud, "", "", Operation(cloud, "", "", operations.EXECUTION[0]))
        for fault in self._drawn(target, _of_jobs):
            if fault.stuck:
                job.held = State.RUNNING if fault.stuck == "running" else State.QUEUED
            job.late = max(job.late, fault.late)
            if fault.list_lag:
                job.listed_at = max(job.listed_at, job.created_at + fault.list_lag)

    def _drawn(self, target: Target, wanted: Callable[[Fault], bool]) -> list[Fault]:
        drawn: list[Fault] = []
        with self._lock:
            for active in self._active:
                if wanted(active.fault) and _matches(active.fault, target) and active.draw():
                    drawn.append(active.fault)
                    target.marks.append(f"#{active.id} {active.fault.label()}")
        return drawn


def _of_jobs(fault: Fault) -> bool:
    return bool(fault.stuck or fault.late or fault.list_lag)


def _matches(fault: Fault, target: Target) -> bool:
    if fault.cloud not in (None, target.cloud):
        return False
    if fault.grpc_status is not None and not (target.operation is not None and target.operation.is_grpc):
        return False
    return operations.matches(fault.operation, target.cloud, target.method, target.path, target.operation)

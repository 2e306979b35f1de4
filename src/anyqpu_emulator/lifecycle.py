"""How jobs move over time, for every cloud.

States are worked out from the clock whenever somebody looks; nothing runs in the background but the
computations. Jobs of one line (a backend's queue, a session) run one after another.
"""

from __future__ import annotations

import random
import threading
import uuid
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, TypeAlias

from .clock import Clock
from .work import Computation, Failure

Speed: TypeAlias = Literal["instant", "fast", "real"]
SPEEDS: tuple[Speed, ...] = ("instant", "fast", "real")


class State(StrEnum):
    """What a job is doing. The clouds have their own words for these."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def terminal(self) -> bool:
        """Whether it will never change again."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds: ranges from which each job's times are drawn."""

    wait: tuple[float, float]
    run: tuple[float, float]
    in_line: bool


PACES: dict[Speed, Pace] = {
    "instant": Pace((0, 0), (0, 0), in_line=False),
    "fast": Pace((0.02, 0.05), (0.1, 0.2), in_line=True),
    "real": Pace((2, 8), (3, 20), in_line=True),
}


@dataclass(eq=False, slots=True)
class Job:
    """One computation on its way through a line. Times are the clock's monotonic seconds."""

    id: str
    computation: Computation
    created_at: float
    ready_at: float
    run_for: float
    state: State = State.QUEUED
    started_at: float | None = None
    ended_at: float | None = None

    @property
    def failure(self) -> Failure | None:
        """Why it failed, once it has."""
        outcome = self.computation.outcome
        return outcome if self.state is State.FAILED and isinstance(outcome, Failure) else None

    @property
    def result(self) -> bytes | None:
        """What came out, once it has completed."""
        outcome = self.computation.outcome
        return outcome if self.state is State.COMPLETED and isinstance(outcome, bytes) else None


@dataclass(slots=True)
class Line:
    """Jobs that run one after another. Only jobs that are not over are kept."""

    waiting: list[Job] = field(default_factory=list[Job])
    free_at: float = 0.0

    def advance(self, now: float) -> None:
        """Bring every job to where it should be at `now`."""
        while self.waiting:
            job = self.waiting[0]
            if job.started_at is None:
                start = max(job.ready_at, self.free_at)
                if now < start:
                    return
                job.started_at, job.state = start, State.RUNNING
            outcome = job.computation.outcome
            if outcome is None or now < job.started_at + job.run_for:
                return
            # A heavy computation takes longer than planned; a job never ends before its result is there.
            self._end(job, max(job.started_at + job.run_for, min(job.computation.finished_at, now)))
            job.state = State.FAILED if isinstance(outcome, Failure) else State.COMPLETED

    def cancel(self, job: Job, now: float) -> None:
        """Take a job out, in whatever state that is not over."""
        if not job.state.terminal:
            self._end(job, now)
            job.state = State.CANCELLED
            job.computation.stop()

    def _end(self, job: Job, at: float) -> None:
        self.waiting.remove(job)
        job.ended_at = at
        if job.started_at is not None:
            self.free_at = max(self.free_at, at)


class Scheduler:
    """All lines of an emulator. Safe to use from several threads."""

    def __init__(self, clock: Clock, speed: Speed, seed: int | None) -> None:
        """`seed` makes the durations repeat."""
        self._clock = clock
        # Fixed once, so that a time stamp stays the same when the machine's clock is set.
        self._epoch = clock.wall() - clock.monotonic()
        self._pace = PACES[speed]
        self._random = random.Random(seed)  # noqa: S311 - durations, not secrets
        self._lines: dict[str, Line] = {}
        self._line_of: dict[str, Line] = {}
        self._lock = threading.RLock()

    @property
    def start_delay(self) -> float:
        """Seconds until something that waits for no computation (a session) is up."""
        return self._pace.wait[1]

    @property
    def average_run(self) -> float:
        """Seconds that a job runs on average, computation apart."""
        return sum(self._pace.run) / 2

    def submit(self, computation: Computation, line: str) -> Job:
        """Put a computation, already begun, at the end of a line. The job is QUEUED when this returns."""
        with self._lock:
            now = self._clock.monotonic()
            wait, run = self._random.uniform(*self._pace.wait), self._random.uniform(*self._pace.run)
            job = Job(str(uuid.uuid4()), computation, now, now + wait, run)
            queue = self._lines.setdefault(line, Line()) if self._pace.in_line else Line()
            queue.advance(now)
            queue.waiting.append(job)
            self._line_of[job.id] = queue
            return job

    def look(self, job: Job) -> State:
        """Where a job is now."""
        with self._lock:
            line = self._line_of.get(job.id)
            if line is not None:
                line.advance(self._clock.monotonic())
                self._forget_if_over(job)
            return job.state

    def cancel(self, job: Job) -> State:
        """Cancel a job unless it is over, and say where it is now."""
        with self._lock:
            if not self.look(job).terminal:
                self._line_of[job.id].cancel(job, self._clock.monotonic())
                self._forget_if_over(job)
            return job.state

    def position(self, job: Job) -> int | None:
        """How many jobs of its line are before a queued job; None if it does not wait."""
        with self._lock:
            if self.look(job) is not State.QUEUED:
                return None
            return self._line_of[job.id].waiting.index(job)

    def queued(self, line: str) -> int:
        """How many jobs of a line are not over."""
        with self._lock:
            queue = self._lines.get(line)
            if queue is None:
                return 0
            queue.advance(self._clock.monotonic())
            return len(queue.waiting)

    def wall(self, monotonic: float) -> float:
        """The wall time, in seconds since 1970, of a monotonic time."""
        return self._epoch + monotonic

    def _forget_if_over(self, job: Job) -> None:
        if job.state.terminal:
            self._line_of.pop(job.id, None)

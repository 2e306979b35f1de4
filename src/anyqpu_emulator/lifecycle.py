"""The states of jobs over time, for every cloud.

States are derived from the clock at each poll; nothing runs in the background but the computations. Jobs of one line (a
backend's queue, a session) run one after another.
"""

from __future__ import annotations

import random
import threading
import uuid
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Literal, TypeAlias

from .clock import Clock
from .record import Record
from .workers import Computation, Failure

Speed: TypeAlias = Literal["instant", "fast", "real"]
SPEEDS: tuple[Speed, ...] = ("instant", "fast", "real")


class State(StrEnum):
    """The state of a job. The clouds have their own words for them."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def terminal(self) -> bool:
        """Whether it is final."""
        return self not in (State.QUEUED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things take, in seconds: ranges from which each job's times are drawn."""

    wait: tuple[float, float]
    run: tuple[float, float]
    in_line: bool
    late: tuple[float, float] = (0, 0)


PACES: dict[Speed, Pace] = {
    "instant": Pace((0, 0), (0, 0), in_line=False),
    "fast": Pace((0.02, 0.05), (0.1, 0.2), in_line=True),
    "real": Pace((2, 8), (3, 20), in_line=True, late=(0, 2)),
}


@dataclass(eq=False, slots=True, weakref_slot=True)
class Job(Record):
    """One computation on its way through a line. Times are the clock's monotonic seconds.

    One that is `held` stays in its state whatever the time; its result is there `late` seconds after its end, and it
    appears in lists from `listed_at` on.
    """

    id: str
    computation: Computation
    created_at: float
    ready_at: float
    run_for: float
    state: State = State.QUEUED
    started_at: float | None = None
    ended_at: float | None = None
    line: str = ""
    seed: list[int] = field(default_factory=list[int])
    limit: float | None = None
    held: State | None = None
    late: float = 0.0
    listed_at: float = 0.0
    result_due: bool = True
    verdict: Failure | None = None

    @property
    def failure(self) -> Failure | None:
        """Why it failed, once it has; `verdict` is a failure that was set by hand."""
        outcome = self.verdict or self.computation.outcome
        return outcome if self.state is State.FAILED and isinstance(outcome, Failure) else None

    @property
    def result(self) -> bytes | None:
        """The result, once it has completed."""
        outcome = self.computation.outcome
        there = self.state is State.COMPLETED and self.result_due
        return outcome if there and isinstance(outcome, bytes) else None


@dataclass(slots=True)
class Line:
    """Jobs that run one after another. Only jobs that are not over are kept."""

    waiting: list[Job] = field(default_factory=list[Job])
    free_at: float = 0.0

    def advance(self, now: float) -> None:
        """Update every job to `now`."""
        while self.waiting:
            job = self.waiting[0]
            if job.held is job.state:
                return
            if job.started_at is None:
                start = max(job.ready_at, self.free_at)
                if now < start:
                    return
                job.started_at, job.state = start, State.RUNNING
                if job.held is job.state:
                    return
            outcome = job.computation.outcome
            if self._overruns(job, now):
                continue
            if outcome is None or now < job.started_at + job.run_for:
                return
            # A heavy computation takes longer than planned; a job never ends before its result is there.
            self._end(job, max(job.started_at + job.run_for, min(job.computation.finished_at, now)))
            job.state = State.FAILED if isinstance(outcome, Failure) else State.COMPLETED

    def cancel(self, job: Job, now: float) -> None:
        """Cancel a job unless it is over."""
        if not job.state.terminal:
            self._end(job, now)
            job.state = State.CANCELLED
            job.computation.stop()

    def put(self, job: Job, state: State, now: float) -> None:
        """Put a job that is not over into a state, by hand."""
        if state is State.CANCELLED:
            self.cancel(job, now)
            return
        job.started_at = None if state is State.QUEUED else (now if job.started_at is None else job.started_at)
        if state.terminal:
            self._end(job, now)
        job.state = state

    def _overruns(self, job: Job, now: float) -> bool:
        """End a job that runs for longer than its limit; whether it did."""
        if job.limit is None or job.started_at is None:
            return False
        last = job.started_at + job.limit
        over = job.started_at + job.run_for
        if job.computation.outcome is not None:
            over = max(over, job.computation.finished_at)
        if now < last or (job.computation.outcome is not None and over <= last):
            return False
        self._end(job, last)
        job.verdict = Failure("MAX_DURATION", f"the job ran for longer than its maximum duration, {job.limit:g} s")
        job.state = State.FAILED
        job.computation.stop()
        return True

    def _end(self, job: Job, at: float) -> None:
        self.waiting.remove(job)
        job.ended_at = at
        if job.started_at is not None:
            self.free_at = max(self.free_at, at)


class Scheduler:
    """All lines of an emulator. Safe to use from several threads."""

    def __init__(self, clock: Clock, speed: Speed, seed: int | None, epoch: float | None = None) -> None:
        """`seed` makes the durations repeat; `epoch` is the wall time at the clock's 0, if that is known."""
        self._clock = clock
        # Fixed once, so that a time stamp stays the same when the machine's clock is set.
        self._epoch = clock.wall() - clock.monotonic() if epoch is None else epoch
        self._speed: Speed = speed
        self._pace = PACES[speed]
        self._random = random.Random(seed)  # noqa: S311 - durations, not secrets
        self._lines: dict[str, Line] = {}
        self._line_of: dict[str, Line] = {}
        # The jobs that are not over, by the name of their line: a job that is held has a line of its own.
        self._open: dict[str, dict[str, Job]] = {}
        self._jobs: weakref.WeakValueDictionary[str, Job] = weakref.WeakValueDictionary()
        self._lock = threading.RLock()
        self.on_submit: Callable[[Job], None] | None = None
        """Called with each job before it is put in its line; may hold it or make its result late."""

    @property
    def start_delay(self) -> float:
        """Seconds until something that waits for no computation (a session) is up."""
        return PACES[self._speed].wait[1]

    @property
    def average_run(self) -> float:
        """Seconds that a job runs on average, computation apart."""
        return sum(self._pace.run) / 2

    def submit(
        self,
        computation: Computation,
        line: str,
        seed: list[int] | None = None,
        *,
        late: bool = False,
        id: str | None = None,
    ) -> Job:
        """Put a computation, already begun, at the end of a line. The job is QUEUED when this returns.

        `seed` is what the computation was begun with, so that it can be repeated. With `late`, the result may be
        available shortly after the job's end. A held job has its own line, so that others do not wait for it.
        """
        with self._lock:
            now = self._clock.monotonic()
            wait, run = self._random.uniform(*self._pace.wait), self._random.uniform(*self._pace.run)
            job = Job(id or str(uuid.uuid4()), computation, now, now + wait, run, line=line, seed=list(seed or ()))
            if late:
                job.late = self._random.uniform(*self._pace.late)
            if self.on_submit is not None:
                self.on_submit(job)
            job.result_due = not job.late
            in_line = self._pace.in_line and job.held is None
            queue = self._lines.setdefault(line, Line()) if in_line else Line()
            queue.advance(now)
            queue.waiting.append(job)
            self._enter(job, queue)
            self._jobs[job.id] = job
            return job

    def resume(self, job: Job) -> None:
        """Add a job of the state file; those of a line must be added in order of submission."""
        with self._lock:
            in_line = self._pace.in_line and job.held is None
            queue = self._lines.setdefault(job.line, Line()) if in_line else Line()
            self._jobs[job.id] = job
            if not job.state.terminal:
                queue.waiting.append(job)
                self._enter(job, queue)
            elif job.started_at is not None and job.ended_at is not None:
                queue.free_at = max(queue.free_at, job.ended_at)

    def set_speed(self, speed: Speed) -> None:
        """Set the speed of new jobs; those that wait keep their times."""
        with self._lock:
            self._speed, self._pace = speed, PACES[speed]

    def set_pace(self, wait: float | None = None, run: float | None = None) -> None:
        """Set exact times of new jobs, one after another; None changes nothing."""
        with self._lock:
            old = self._pace
            waits = old.wait if wait is None else (wait, wait)
            self._pace = replace(old, wait=waits, run=old.run if run is None else (run, run), in_line=True)

    def find(self, job_id: str) -> Job | None:
        """Return a job that still exists."""
        return self._jobs.get(job_id)

    def poll(self, job: Job) -> State:
        """Return the state of a job."""
        with self._lock:
            line = self._line_of.get(job.id)
            if line is not None:
                line.advance(self._clock.monotonic())
                self._forget_if_over(job)
            if job.late and job.ended_at is not None:
                job.result_due = self._clock.monotonic() >= job.ended_at + job.late
            return job.state

    def is_listed(self, job: Job) -> bool:
        """Return whether a job appears in lists."""
        return not job.listed_at or self._clock.monotonic() >= job.listed_at

    def put(self, job: Job, state: State | None, verdict: Failure | None = None) -> State:
        """Put a job into a state and hold it there; None releases it. Returns its state.

        Raises ValueError for a job that is over, and for COMPLETED where the computation has no result.
        """
        with self._lock:
            if self.poll(job).terminal:
                raise ValueError(f"the job is {job.state} and stays so")
            if state is None:
                job.held = None
                return self.poll(job)
            if state is State.COMPLETED and not isinstance(job.computation.outcome, bytes):
                raise ValueError("the job's computation has no result, so it cannot be completed; it can fail")
            if state is State.FAILED and (verdict or not isinstance(job.computation.outcome, Failure)):
                job.verdict = verdict or Failure("FAILED_BY_HAND", "failed through the control API")
            job.held = None if state.terminal else state
            if state is State.FAILED:
                job.computation.stop()
            self._leave_line(job)
            self._line_of[job.id].put(job, state, self._clock.monotonic())
            self._forget_if_over(job)
            return job.state

    def _leave_line(self, job: Job) -> None:
        """Move a job to its own line, so that those behind it proceed."""
        old, now = self._line_of[job.id], self._clock.monotonic()
        old.waiting.remove(job)
        if job.started_at is not None:
            old.free_at = max(old.free_at, now)
        self._line_of[job.id] = Line([job])

    def cancel(self, job: Job) -> State:
        """Cancel a job unless it is over, and return its state."""
        with self._lock:
            if not self.poll(job).terminal:
                self._line_of[job.id].cancel(job, self._clock.monotonic())
                self._forget_if_over(job)
            return job.state

    def position(self, job: Job) -> int | None:
        """Return the number of jobs before a queued job in its line; None if it does not wait."""
        with self._lock:
            if self.poll(job) is not State.QUEUED:
                return None
            return self._line_of[job.id].waiting.index(job)

    def remaining(self, job: Job) -> float | None:
        """Return the seconds until a job ends as planned; 0 for one that is over, None while one before it is held."""
        with self._lock:
            if self.poll(job).terminal:
                return 0.0
            line, now = self._line_of[job.id], self._clock.monotonic()
            end = line.free_at
            for other in line.waiting[: line.waiting.index(job) + 1]:
                if other.held is not None:
                    return None
                started = max(other.ready_at, end) if other.started_at is None else other.started_at
                # A computation may take longer than planned.
                end = max(started + other.run_for, now)
            return end - now

    def queued(self, line: str) -> int:
        """Return the number of jobs of a line that are not over, those that are held included."""
        with self._lock:
            return sum(not self.poll(job).terminal for job in [*self._open.get(line, {}).values()])

    def wall(self, monotonic: float) -> float:
        """The wall time, in seconds since 1970, of a monotonic time."""
        return self._epoch + monotonic

    def _enter(self, job: Job, queue: Line) -> None:
        self._line_of[job.id] = queue
        self._open.setdefault(job.line, {})[job.id] = job

    def _forget_if_over(self, job: Job) -> None:
        if job.state.terminal:
            self._line_of.pop(job.id, None)
            self._open.get(job.line, {}).pop(job.id, None)

"""All batches and jobs, and the rules by which they move."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.lifecycle import State
from anyqpu_emulator.workers import Compute

from .programs import computation
from .records import JOB_STATUS, BatchRecord, JobRecord
from .responses import RefusalError
from .schema import WORKLOADS, Schemas
from .submission import BatchSpec, JobSpec

IDLE_SECONDS = 60.0
"""An open batch that has nothing to do for this long is over."""
BATCH_OVER = ("DONE", "ERROR", "CANCELED", "TIMED_OUT")


@dataclass(frozen=True, slots=True)
class BatchState:
    """The state of a batch, which follows from the states of its jobs."""

    status: str
    counts: dict[str, int]
    started_at: float | None
    ended_at: float | None


class Store:
    """All batches and jobs."""

    def __init__(self, context: AppContext) -> None:
        """Begin with the records of the state file."""
        self.context = context
        schemas = Schemas(self)
        self._batches = context.table(schemas.batches)
        self._jobs = context.table(schemas.jobs)
        self.workloads = context.table(WORKLOADS)
        for record in self._jobs.values():
            record.batch.jobs.append(record)
        for batch in self._batches.values():
            if batch.parent_id is not None:
                self._batches[batch.parent_id].child_ids.append(batch.id)

    def create(
        self, spec: BatchSpec, jobs: Iterable[JobSpec], user: str, parents: Iterable[JobRecord] = ()
    ) -> BatchRecord:
        """A new batch; with `parents`, one that repeats those jobs."""
        now, origins = self.context.clock.monotonic(), list(parents)
        batch = BatchRecord(spec, user, now, len(self._batches), tags=list(spec.tags), open=spec.open, changed_at=now)
        self._batches[batch.id] = batch
        if origins:
            batch.parent_id = origins[0].batch.id
            origins[0].batch.child_ids.append(batch.id)
        self.add(batch, jobs, [origin.id for origin in origins])
        return batch

    def add(self, batch: BatchRecord, jobs: Iterable[JobSpec], parents: list[str] | None = None) -> None:
        """Start the computations of jobs and put them in line behind the batch's others."""
        device = batch.spec.device
        line = f"pasqal/{batch.id if device.is_emulator else device.device_type}"
        for place, spec in enumerate(jobs):
            job = self.context.begin(line, _work(batch.spec, spec), late=True)
            record = JobRecord(job, spec, batch, len(batch.jobs) + 1, parents[place] if parents else None)
            batch.jobs.append(record)
            self._jobs[record.id] = record
        batch.changed_at = self.context.clock.monotonic()

    def find_batch(self, batch_id: str) -> BatchRecord:
        """Return a batch by its id. Raises a 404."""
        record = self._batches.get(batch_id)
        if record is None:
            raise RefusalError(404, f"Batch {batch_id} was not found")
        return record

    def find_job(self, job_id: str) -> JobRecord:
        """Return a job by its id. Raises a 404."""
        record = self._jobs.get(job_id)
        if record is None:
            raise RefusalError(404, f"Job {job_id} was not found")
        return record

    def result(self, job_id: str) -> bytes | None:
        """Return the result of a job; None if there is no such job or result."""
        return self._jobs[job_id].job.result if job_id in self._jobs else None

    def batches(self) -> list[BatchRecord]:
        """All of them, oldest first."""
        return list(self._batches.values())

    def jobs(self) -> list[JobRecord]:
        """All of them, oldest first."""
        return list(self._jobs.values())

    def advance(self, batch: BatchRecord) -> None:
        """Update the jobs of a batch. Those that are over cost nothing."""
        for record in batch.jobs:
            job = record.job
            if not (job.state.terminal and job.result_due):
                self.context.scheduler.poll(job)

    def poll(self, batch: BatchRecord) -> BatchState:
        """Return the present state of a batch."""
        self.advance(batch)
        # After all polls: polling a job may update those before it.
        states = [record.job.state for record in batch.jobs]
        starts = [record.job.started_at for record in batch.jobs if record.job.started_at is not None]
        ends = [record.job.ended_at for record in batch.jobs if record.job.ended_at is not None]
        started = min(starts, default=None)
        status, ended = self._status(batch, states, started, max(ends, default=None))
        words = [JOB_STATUS[state] for state in states]
        return BatchState(status, {word: words.count(word) for word in JOB_STATUS.values()}, started, ended)

    async def settle(self, batch: BatchRecord) -> BatchState:
        """Return the state of a batch after waiting briefly for its instant jobs to be computed."""
        for record in batch.jobs:
            if not (await self.context.poll(record.job)).terminal:
                break
        return self.poll(batch)

    def _status(
        self, batch: BatchRecord, states: list[State], started: float | None, last: float | None
    ) -> tuple[str, float | None]:
        if batch.canceled_at is not None:
            return "CANCELED", max(batch.canceled_at, last or 0.0)
        if not all(state.terminal for state in states):
            begun = any(state is not State.QUEUED for state in states)
            return ("RUNNING" if begun else "PENDING"), None
        if batch.open:
            idle_since = max(batch.changed_at, last or 0.0)
            if self.context.clock.monotonic() - idle_since >= IDLE_SECONDS:
                return "TIMED_OUT", idle_since + IDLE_SECONDS
            return ("PENDING" if started is None else "RUNNING"), None
        end = max(batch.changed_at, last or 0.0)
        for state in (State.FAILED, State.CANCELLED):
            if states and all(one is state for one in states):
                return JOB_STATUS[state], end
        return "DONE", end

    def cancel_batch(self, batch: BatchRecord) -> None:
        """Cancel a batch with all its jobs that are not over; a 400 if it is over itself."""
        status = self.poll(batch).status
        if status in BATCH_OVER:
            raise RefusalError(400, f"Batch {batch.id} is {status} and cannot be canceled")
        batch.canceled_at = batch.changed_at = self.context.clock.monotonic()
        batch.open = False
        for record in batch.jobs:
            self.context.scheduler.cancel(record.job)

    def cancel_job(self, record: JobRecord) -> None:
        """Cancel a job that waits; a 400 for any other."""
        self.poll(record.batch)
        if record.job.state is not State.QUEUED:
            raise RefusalError(400, f"Job {record.id} is {record.status}; only PENDING jobs can be canceled")
        self.context.scheduler.cancel(record.job)

    def close(self, batch: BatchRecord) -> None:
        """Take no more jobs; a 400 if the batch is over. Closing twice is fine."""
        status = self.poll(batch).status
        if batch.open and status in BATCH_OVER:
            raise RefusalError(400, f"Batch {batch.id} is {status} and cannot be closed")
        if batch.open:
            batch.open, batch.changed_at = False, self.context.clock.monotonic()

    def check_open(self, batch: BatchRecord) -> None:
        """A 400 unless jobs can be added."""
        status = self.poll(batch).status
        if not batch.open or status in BATCH_OVER:
            reason = f"is {status}" if status in BATCH_OVER else "is closed"
            raise RefusalError(400, f"Batch {batch.id} {reason} and takes no more jobs")

    def stamp(self, monotonic: float | None) -> str | None:
        """Return a time as the cloud writes it."""
        return None if monotonic is None else utc(self.context.scheduler.wall(monotonic)).isoformat()

    def wall(self, monotonic: float) -> float:
        """Return a time in seconds since 1970, exactly as in the stamp, which a filter may repeat."""
        return utc(self.context.scheduler.wall(monotonic)).timestamp()


def _work(batch: BatchSpec, job: JobSpec) -> Callable[[list[int]], Compute]:
    return lambda seed: computation(batch, job, seed)

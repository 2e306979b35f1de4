"""Follow the jobs of one account that were sent: poll them together, fetch their results, cancel them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

import anyio

from anyqpu.core.base import context_of, many_jobs_of
from anyqpu.core.many_jobs import slim
from anyqpu.errors import (
    AnyQPUError,
    JobCancelledError,
    JobFailedError,
    JobTimedOutError,
    NotFoundError,
    NotReadyError,
    ResultError,
)
from anyqpu.fleet.pool import Pool
from anyqpu.ledger.entry import Change, Entry, LeaseLostError, Outcome
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.status import JobStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anyio.abc import TaskGroup

    from anyqpu.fleet.worker import Worker

logger = logging.getLogger("anyqpu")

# Results that are fetched at the same time.
MOST_RESULTS = 16
# Handles that are read, or jobs that are compared, without a pause for other tasks.
AT_ONCE = 100
_KINDS = {JobFailedError: "failed", JobCancelledError: "cancelled", JobTimedOutError: "timed_out"}


class Ended(NamedTuple):
    """A job that has ended, or that the cloud does not have any more, by the key of its entry."""

    key: str
    job: Job
    gone: NotFoundError | None


class Jobs:
    """The jobs of one account that were sent. There may be many: an open one takes one object, and little memory.

    Attributes:
        open: Those that are not over, as they were last seen, by the key of their entry.
        unseen: Those whose status this worker has not seen yet: a handle does not have it.
        next_poll: When they are polled next, by the client's clock.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.open: dict[str, Job] = {}
        self.unseen: set[str] = set()
        self.finishing: set[str] = set()
        self.next_poll = 0.0
        self._changed_at = 0.0
        self._pool: Pool[Ended] = Pool(MOST_RESULTS, self._finished, lambda ended: self.finishing.discard(ended.key))
        self._handles: dict[str, str] = {}
        # Of these few have a race, have ended with an outcome to record, or were cancelled by this worker.
        self._races: dict[str, Entry] = {}
        self._ended: set[str] = set()
        self._cancelled: set[str] = set()

    async def take_over(self, entries: Iterable[Entry]) -> None:
        """Follow the jobs that another worker, or an earlier run, has sent; no request."""
        for number, entry in enumerate(entries):
            if entry.key not in self.open and entry.handle is not None:
                self._open(entry, self._worker.client.attach(entry.handle), entry.handle)
                self.unseen.add(entry.key)
                self.next_poll = self._changed_at = self._worker.now()
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()

    def add(self, entry: Entry, job: Job, handle: str) -> None:
        """Follow a job that was just sent, by the text of its handle in the ledger."""
        self._open(entry, job, handle)
        self._changed_at = now = self._worker.now()
        soon = now + self._interval(now)
        self.next_poll = soon if len(self.open) == 1 else min(self.next_poll, soon)

    def _open(self, entry: Entry, job: Job, handle: str) -> None:
        self._handles[entry.key] = handle
        self._keep(entry.key, job)
        if "race" in entry.options:
            self._races[entry.key] = entry

    def _keep(self, key: str, job: Job) -> None:
        """Keep a job as it is now; unless its result is due, without most of its memory."""
        if job.status.is_terminal:
            self._ended.add(key)
        self.open[key] = job if key in self._ended else slim(job, key)

    def forget(self) -> None:
        """Follow no job any more, since another worker may have taken the account over."""
        for kept in (self.open, self._handles, self.unseen, self._races, self._ended, self._cancelled):
            kept.clear()

    def _close(self, key: str) -> None:
        for kept in (self.open, self._handles, self._races):
            kept.pop(key, None)
        for keys in (self.unseen, self._ended, self._cancelled):
            keys.discard(key)

    def _interval(self, now: float) -> float:
        context = context_of(self._worker.client)
        return max(context.spec.poll_floor, context.poll.interval(now - self._changed_at))

    def _set_next_poll(self) -> None:
        now = self._worker.now()
        self.next_poll = now + self._interval(now)

    # Polls

    async def poll(self, group: TaskGroup) -> None:
        """Poll the open jobs with as few requests as possible, and fetch the results of those that have ended."""
        # Unless this one succeeds.
        self._set_next_poll()
        for key in self._ended - self.finishing:
            # Its outcome could not be recorded before.
            self._finish(group, key, self.open[key])
        jobs = {job.id: job for key, job in self.open.items() if key not in self.finishing}
        await anyio.lowlevel.checkpoint()
        changed, errors = await many_jobs_of(self._worker.client).changes(jobs)
        changes = changed | errors
        for number, key in enumerate([*self.open] if changes else (), 1):
            job = self.open.get(key)
            if job is not None and job.id in changes and key not in self.finishing:
                self._seen(group, key, job, changes[job.id])
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        self._set_next_poll()

    def _seen(self, group: TaskGroup, key: str, before: Job, now: Job | AnyQPUError) -> None:
        """Note what a poll showed of a job: another status, or an error."""
        if isinstance(now, NotFoundError) and not now.retryable:
            self._finish(group, key, before, now)
        elif isinstance(now, Job):
            self._changed_at = self._changed_at if key in self.unseen else self._worker.now()
            self.unseen.discard(key)
            if now.status.is_terminal:
                self._finish(group, key, now)
            self._keep(key, now)

    def _finish(self, group: TaskGroup, key: str, job: Job, gone: NotFoundError | None = None) -> None:
        self.finishing.add(key)
        self._pool.add(group, Ended(key, job, gone))

    async def _finished(self, ended: Ended) -> None:
        """Record the outcome of a job that has ended, or that the cloud does not have any more."""
        key, job, gone = ended
        try:
            handle = self._handles.get(key)
            outcome = Outcome.ended("gone", gone, handle) if gone else await self._outcome_of(job, handle)
            if outcome.kind == "completed" and (entry := self._races.get(key)) is not None:
                await self._cancel_rivals(entry)
            await self._worker.record(Change(key, "over", outcome=outcome))
            self._close(key)
        except LeaseLostError:
            pass
        except AnyQPUError as error:
            # It is polled again.
            logger.info("job %s: its outcome was not recorded (%s)", job.id, type(error).__name__)
        finally:
            self.finishing.discard(key)
            self._worker.wake()

    async def _outcome_of(self, job: Job, handle: str | None) -> Outcome:
        """Return how a job ended; raise for a result that cannot be fetched now."""
        client = self._worker.client
        try:
            with context_of(client).transport.hooks.operation(client.provider, "fleet.result"):
                result = await client.result_of_job(job, WaitOptions())
            return Outcome.completed(result, handle)
        except (JobFailedError, JobCancelledError, JobTimedOutError) as error:
            return Outcome.ended(_KINDS[type(error)], error, handle)  # type: ignore[arg-type]
        except NotReadyError:
            raise
        except NotFoundError as error:
            return Outcome.ended("gone", error, handle)
        except ResultError as error:
            # The job did its work; a later release, or another client, may be able to read its result.
            logger.warning("job %s is complete, but its result cannot be read (%s)", job.handle, type(error).__name__)
            return Outcome.completed(None, handle)

    # Cancels

    async def _cancel_rivals(self, winner: Entry) -> None:
        """Request the cancels of the others of a race, before the winner is recorded: a crash repeats this."""
        rivals = [id for id in winner.options["race"] if id != winner.id]
        entries = await self._worker.ledger.by_ids(winner.run, rivals)
        await self._worker.ledger.ask_cancel([entry.key for entry in entries if entry.state != "over"])

    async def cancel(self, key: str) -> None:
        """Send the one cancel of a job, unless its last poll shows that it has ended or is being cancelled."""
        job = self.open.get(key)
        if job is None or key in self._cancelled or key in self.finishing:
            return
        if key in self.unseen:
            # An earlier run may have sent the cancel.
            self.next_poll = self._worker.now()
            return
        try:
            if job.status is not JobStatus.CANCELLING and not job.status.is_terminal:
                self._cancelled.add(key)
                job = await self._worker.client.cancel_job(job)
                if key in self.open:
                    self._keep(key, job)
        except AnyQPUError as error:
            self._cancelled.discard(key)
            logger.warning("job %s may still run: its cancel failed (%s)", job.handle, type(error).__name__)
            if error.retryable:
                return
        await self._worker.ledger.cancel_sent(self._worker.current_lease(), [key])
        self.next_poll = self._worker.now()

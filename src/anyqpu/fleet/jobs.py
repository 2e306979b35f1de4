"""Follow the jobs of one account that were sent: poll them together, fetch their results, cancel them."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

import anyio

from anyqpu.core.base import context_of
from anyqpu.errors import (
    AnyQPUError,
    JobCancelledError,
    JobFailedError,
    JobTimedOutError,
    NotFoundError,
    NotReadyError,
    ResultError,
)
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
# Handles that are read without a pause for other tasks.
AT_ONCE = 100
_KINDS = {JobFailedError: "failed", JobCancelledError: "cancelled", JobTimedOutError: "timed_out"}


@dataclass(eq=False, slots=True)
class OpenJob:
    """A job that was sent.

    Attributes:
        job: As it was last seen.
        is_seen: Whether this worker saw its status, which a handle does not have.
        is_cancelled: Whether this worker has sent its cancel.
    """

    entry: Entry
    job: Job
    is_seen: bool = True
    is_cancelled: bool = False

    @property
    def is_over(self) -> bool:
        """Whether it was already over when it was seen last: it was found so, or cancelled."""
        return not self.is_seen or self.job.status.is_terminal


class Jobs:
    """The jobs of one account that were sent.

    Attributes:
        open: Those that are not over, by their key.
        next_poll: When they are polled next, by the client's clock.
    """

    def __init__(self, worker: Worker) -> None:
        self._worker = worker
        self.open: dict[str, OpenJob] = {}
        self.finishing: set[str] = set()
        self.next_poll = 0.0
        self._changed_at = 0.0
        self._fetching = anyio.Semaphore(MOST_RESULTS)

    async def take_over(self, entries: Iterable[Entry]) -> None:
        """Follow the jobs that another worker, or an earlier run, has sent; no request."""
        for number, entry in enumerate(entries):
            if entry.key not in self.open and entry.handle is not None:
                self.open[entry.key] = OpenJob(entry, self._worker.client.attach(entry.handle), is_seen=False)
                self.next_poll = self._changed_at = self._worker.now()
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()

    def add(self, entry: Entry, job: Job) -> None:
        """Follow a job that was just sent."""
        self.open[entry.key] = OpenJob(entry, job)
        self._changed_at = self._worker.now()
        soon = self._changed_at + self._interval()
        self.next_poll = soon if len(self.open) == 1 else min(self.next_poll, soon)

    def _interval(self) -> float:
        context = context_of(self._worker.client)
        return max(context.spec.poll_floor, context.poll.interval(self._worker.now() - self._changed_at))

    # Polls

    async def poll(self, group: TaskGroup) -> None:
        """Poll the open jobs with as few requests as possible, and fetch the results of those that have ended."""
        jobs = [open for key, open in self.open.items() if key not in self.finishing]
        # Unless this one succeeds.
        self.next_poll = self._worker.now() + self._interval()
        polled = await self._worker.client.refresh_jobs([open.job for open in jobs], return_errors=True)
        # Each is freed in its turn: ten thousand at once would block the event loop.
        polled.reverse()
        for number, open in enumerate(jobs):
            job = polled.pop()
            if isinstance(job, NotFoundError) and not job.retryable:
                self._finish(group, open.entry.key, open.job, job)
            elif isinstance(job, Job) and (job.raw_status != open.job.raw_status or open.is_over):
                # The other fields of a listed job are read when they are used, which is slow.
                if open.is_seen:
                    self._changed_at = self._worker.now()
                open.job, open.is_seen = job, True
                if job.status.is_terminal:
                    self._finish(group, open.entry.key, job)
            if not number % AT_ONCE:
                await anyio.lowlevel.checkpoint()
        self.next_poll = self._worker.now() + self._interval()

    def _finish(self, group: TaskGroup, key: str, job: Job, gone: NotFoundError | None = None) -> None:
        self.finishing.add(key)
        group.start_soon(self._finished, key, job, gone)

    async def _finished(self, key: str, job: Job, gone: NotFoundError | None) -> None:
        """Record the outcome of a job that has ended, or that the cloud does not have any more."""
        try:
            if gone is None:
                async with self._fetching:
                    outcome = await self._outcome_of(job)
            else:
                outcome = Outcome.ended("gone", gone, str(job.handle))
            if outcome.kind == "completed":
                await self._cancel_rivals(self.open[key].entry)
            await self._worker.record(Change(key, "over", outcome=outcome))
            del self.open[key]
        except LeaseLostError:
            pass
        except AnyQPUError as error:
            # It is polled again.
            logger.info("job %s: its outcome was not recorded (%s)", job.id, type(error).__name__)
        finally:
            self.finishing.discard(key)
            self._worker.wake()

    async def _outcome_of(self, job: Job) -> Outcome:
        """Return how a job ended; raise for a result that cannot be fetched now."""
        client = self._worker.client
        handle = str(job.handle)
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
            logger.warning("job %s is complete, but its result cannot be read (%s)", handle, type(error).__name__)
            return Outcome.completed(None, handle)

    # Cancels

    async def _cancel_rivals(self, winner: Entry) -> None:
        """Request the cancels of the others of a race, before the winner is recorded: a crash repeats this."""
        rivals = [id for id in winner.options.get("race", ()) if id != winner.id]
        if rivals:
            entries = await self._worker.ledger.by_ids(winner.run, rivals)
            await self._worker.ledger.ask_cancel([entry.key for entry in entries if entry.state != "over"])

    async def cancel(self, key: str) -> None:
        """Send the one cancel of a job, unless its last poll shows that it has ended or is being cancelled."""
        open = self.open.get(key)
        if open is None or open.is_cancelled or key in self.finishing:
            return
        if not open.is_seen:
            # An earlier run may have sent the cancel.
            self.next_poll = self._worker.now()
            return
        try:
            if open.job.status is not JobStatus.CANCELLING and not open.job.status.is_terminal:
                open.is_cancelled = True
                open.job = await self._worker.client.cancel_job(open.job)
        except AnyQPUError as error:
            open.is_cancelled = False
            logger.warning("job %s may still run: its cancel failed (%s)", open.job.handle, type(error).__name__)
            if error.retryable:
                return
        await self._worker.ledger.cancel_sent(self._worker.current_lease(), [key])
        self.next_poll = self._worker.now()

"""A batch: several jobs that a cloud takes, runs and lists as one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from anyqpu.errors import JobError, ResultError
from anyqpu.model.attached import Attached, attached
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.result import Result
from anyqpu.model.status import JobStatus


class BatchResults(Mapping[str, Result]):
    """The results of a batch by the identifiers of its jobs, in the order of submission; jobs without one are left out.

    Attributes:
        batch: The batch with its jobs, as they were when the results were read.
        failures: Why there is no result, by the identifiers of the other jobs: one failed, was cancelled or never ran
            (`JobError`), or its result cannot be read (`ResultError`).
    """

    __slots__ = ("_results", "batch", "failures")

    def __init__(
        self, batch: Batch, results: Mapping[str, Result], failures: Mapping[str, JobError | ResultError]
    ) -> None:
        self.batch = batch
        self._results = dict(results)
        self.failures: Mapping[str, JobError | ResultError] = dict(failures)

    def __getitem__(self, key: str) -> Result:
        return self._results[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._results)

    def __len__(self) -> int:
        return len(self._results)

    def __repr__(self) -> str:
        return f"<{len(self)} results and {len(self.failures)} failures of batch {self.batch.id}>"

    @property
    def complete(self) -> bool:
        """Whether every job has a result."""
        return not self.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledJobs:
    """What came of cancelling many jobs: those that are cancelled, and why others are not, by their identifiers."""

    jobs: tuple[Job, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledBatches:
    """What came of cancelling many batches: those that are cancelled, and why others are not, by their identifiers."""

    batches: tuple[Batch, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


class BatchActions(Protocol):
    """What a batch asks of the client that it came from."""

    @property
    def profile(self) -> str | None:
        """The profile of the user's configuration file that the client was made with."""
        ...

    async def refresh_batch(self, batch: Batch) -> Batch:
        """The batch and its jobs as they are now."""
        ...

    async def wait_for_batch(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """The batch once its jobs are over."""
        ...

    async def batch_results(self, batch: Batch, *, timeout: float | None = None) -> BatchResults:
        """The results of its jobs, waited for."""
        ...

    async def add_jobs(self, batch: Batch, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """The batch with more jobs."""
        ...

    async def close_batch(self, batch: Batch) -> Batch:
        """The batch, which takes no more jobs."""
        ...

    async def cancel_batch(self, batch: Batch) -> Batch:
        """The batch after it was cancelled."""
        ...

    @property
    def cancel_jobs(self) -> Callable[..., Awaitable[CancelledJobs]]:
        """Cancels some of its jobs, with `batch=` and filters."""
        ...

    @property
    def rebatch(self) -> Callable[..., Awaitable[Batch]]:
        """Makes a new batch that repeats some of its jobs, with filters."""
        ...

    async def tag_batch(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """The batch with other tags."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(Attached[BatchActions]):
    """A batch as it was when it was last looked at; its methods return a newer one. None: the cloud does not say.

    Attributes:
        status: One word for all clouds; `raw_status` is the cloud's own. A batch can be complete although some of its
            jobs failed: the jobs say that themselves.
        status_recognized: False if this version of anyqpu does not know the cloud's word.
        open: Whether it takes more jobs.
        jobs: Its jobs in the order of their creation; empty in lists, which do not have them: use `refresh`.
        jobs_count: How many jobs it has.
        counts_per_status: How many of them are in which status; a word that is not known counts as `unknown`.
        priority: Among the project's own batches, higher first.
        queue_priority: The priority of the project's batches among those of others, in the cloud's word.
        parent_id: The batch whose jobs it repeats.
        webhook: Where the cloud announces results.
        dedup_key: The key under which this library submitted it; None if something else did.
        raw: The cloud's own description, as a generated model.
    """

    provider: str
    id: str
    device_id: str | None
    status: JobStatus
    raw_status: str
    status_recognized: bool = True
    open: bool | None = None
    jobs: tuple[Job, ...] = ()
    jobs_count: int | None = None
    counts_per_status: Mapping[JobStatus, int] = field(default_factory=dict[JobStatus, int])
    priority: float | None = None
    queue_priority: str | None = None
    parent_id: str | None = None
    webhook: str | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    tags: tuple[str, ...] = ()
    dedup_key: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _actions: InitVar[BatchActions | None] = None
    _get_with: ClassVar[str] = "client.get_batch(batch.id) or client.resume_batch(batch.handle)"

    @property
    def handle(self) -> JobHandle:
        """The batch's address, for the client's `resume_batch`; holds no credential."""
        return JobHandle(
            self.provider,
            self.id,
            "batch",
            profile=self._attached.profile if self._attached is not None else None,
            created_at=self.created_at,
            dedup_key=self.dedup_key,
        )

    @property
    def is_over(self) -> bool:
        """Whether all of its jobs are over; more can come while it is open."""
        if self.status.is_terminal:
            return True
        # A closed batch is soon terminal itself; its own word says how it ended.
        counts = self.counts_per_status
        return bool(self.open) and any(counts.values()) and not any(n for s, n in counts.items() if not s.is_terminal)

    async def refresh(self) -> Batch:
        """The batch and its jobs as they are now."""
        return await self._client.refresh_batch(self)

    async def wait(self, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None) -> Batch:
        """The batch once its jobs are over: it has ended, or is open with none of its jobs waiting or running.

        An open batch without jobs is waited for until it has some, and they are over, or it ends.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch goes on. None: no limit.
            on_update: Called with the batch, without its jobs, at the first look and at each change of its status.

        Raises:
            WaitTimeoutError: The limit was reached.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """
        return await self._client.wait_for_batch(self, timeout=timeout, on_update=on_update)

    async def results(self, *, timeout: float | None = None) -> BatchResults:
        """The results of its jobs, waited for; `failures` says why a job has none, so no job hides another's result.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch goes on. None: no limit.
        """
        return await self._client.batch_results(self, timeout=timeout)

    async def add(self, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """Add jobs to an open batch, all in one request; `timeout` is in seconds, for the answer."""
        return await self._client.add_jobs(self, jobs, timeout=timeout)

    async def close(self) -> Batch:
        """Let it take no more jobs; those that it has finish."""
        return await self._client.close_batch(self)

    async def cancel(self) -> Batch:
        """Cancel all of its jobs that are not over."""
        return await self._client.cancel_batch(self)

    async def cancel_jobs(self, **filters: Any) -> CancelledJobs:
        """Cancel some of its jobs; the filters are those of the client's `cancel_jobs`."""
        return await self._client.cancel_jobs(batch=self, **filters)

    async def rebatch(self, *, timeout: float | None = None, **filters: Any) -> Batch:
        """Run its jobs again, or some of them, in a new batch; the filters are those of the client's `rebatch`."""
        return await self._client.rebatch(self, timeout=timeout, **filters)

    async def set_tags(self, tags: Sequence[str]) -> Batch:
        """Give it other tags in place of those that it has."""
        return await self._client.tag_batch(self, tags)


attached(Batch)

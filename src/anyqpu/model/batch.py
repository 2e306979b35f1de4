"""A batch: several jobs that a provider accepts, runs and lists as one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import InitVar, dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Protocol

from anyqpu._json import VERSION
from anyqpu._tracebacks import SHORT_TRACEBACKS
from anyqpu.errors import JobError, ResultError
from anyqpu.model.attached import Attached, keep_client
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.pictured import HtmlRepr
from anyqpu.model.result import Result
from anyqpu.model.serialize import JsonForm, Serializable
from anyqpu.model.status import JobStatus


class BatchResults(Mapping[str, Result], HtmlRepr, JsonForm):
    """The results of a batch by job identifier, in the order of submission. Jobs without a result are in `failures`.

    Attributes:
        batch: The batch with its jobs, at the time when the results were read.
        failures: The errors of the other jobs by identifier: the job failed, was cancelled or never ran (`JobError`),
            or its result cannot be read (`ResultError`).
    """

    __slots__ = ("_results", "batch", "failures")
    _json_more: ClassVar[Mapping[str, Any]] = {
        "batch": Mapping[str, Any],
        "results": Mapping[str, Any],
        "failures": Mapping[str, Any],
    }

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

    def to_dict(self) -> dict[str, Any]:
        """Return the batch, its results, and its failures as the errors' `to_dict`, in JSON types."""
        return {
            "v": VERSION,
            "batch": self.batch.to_dict(),
            "results": {id: result.to_dict() for id, result in self.items()},
            "failures": {id: error.to_dict() for id, error in self.failures.items()},
        }

    @property
    def complete(self) -> bool:
        """Whether every job has a result."""
        return not self.failures


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledJobs(Serializable):
    """The outcome of cancelling many jobs: the cancelled ones, and error messages of the others by identifier."""

    jobs: tuple[Job, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledBatches(Serializable):
    """The outcome of cancelling many batches: the cancelled ones, and error messages of the others by identifier."""

    batches: tuple[Batch, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict[str, str])


class BatchActions(Protocol):
    """What a batch calls on the client that it came from."""

    @property
    def profile(self) -> str | None:
        """The profile of the configuration file that the client uses."""
        ...

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose batches these are."""
        ...

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one."""
        ...

    async def refresh(self, batch: Batch) -> Batch:
        """Return the batch and its jobs as they are now."""
        ...

    async def wait(
        self, batch: Batch, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None
    ) -> Batch:
        """Wait until the jobs have ended, and return the batch."""
        ...

    async def results(self, batch: Batch, *, timeout: float | None = None) -> BatchResults:
        """Wait for the results of the jobs, and return them."""
        ...

    async def add(self, batch: Batch, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """Add jobs, and return the batch."""
        ...

    async def close(self, batch: Batch) -> Batch:
        """Close the batch for further jobs, and return it."""
        ...

    async def cancel(self, batch: Batch) -> Batch:
        """Cancel the batch, and return it."""
        ...

    @property
    def cancel_jobs(self) -> Callable[..., Awaitable[CancelledJobs]]:
        """Cancel some of the jobs, with `batch=` and filters."""
        ...

    @property
    def rebatch(self) -> Callable[..., Awaitable[Batch]]:
        """Repeat some of the jobs in a new batch, with filters."""
        ...

    async def set_tags(self, batch: Batch, tags: Sequence[str]) -> Batch:
        """Replace the tags, and return the batch."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Batch(Attached[BatchActions]):
    """A snapshot of a batch; its methods return newer ones. None means that the provider gives no value.

    Attributes:
        status: The common status; `raw_status` is the provider's value. A completed batch may have failed jobs.
        status_recognized: False if this version of anyqpu does not know the provider's value.
        open: Whether it accepts more jobs.
        jobs: Its jobs in the order of creation; empty in lists, which do not contain them: use `refresh`.
        jobs_count: The number of its jobs.
        counts_per_status: The number of its jobs by status; unknown values count as `unknown`.
        priority: Its priority among the project's own batches; the highest runs first.
        queue_priority: The priority of the project's batches among those of other projects, as the provider's value.
        parent_id: The batch whose jobs it repeats.
        webhook: The URL that the provider notifies of results.
        dedup_key: The idempotency key of the submit, also as `key`; None if another program submitted it.
        decode: What resuming it and decoding its results needs, and the provider does not store.
        raw: The provider's description, as a generated model.
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
    decode: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    raw: Any = field(default=None, repr=False, compare=False)
    _actions: InitVar[BatchActions | None] = None
    _repr_names: ClassVar[tuple[str, ...]] = (
        "id",
        "status",
        "device_id",
        "jobs_count",
        "open",
        "provider",
        "created_at",
        "tags",
    )
    _get_with: ClassVar[str] = "client.get_batch(batch.id) or client.resume_batch(batch.handle)"

    @property
    def key(self) -> str | None:
        """The idempotency key of the submit; None if another program submitted it."""
        return self.dedup_key

    @property
    def handle(self) -> JobHandle:
        """The batch's handle, for the client's `resume_batch`; it contains no credential."""
        origin = self._origin
        return JobHandle(
            self.provider,
            self.id,
            "batch",
            profile=origin.profile,
            created_at=self.created_at,
            dedup_key=self.dedup_key,
            account=origin.account,
            base_url=origin.base_url,
            decode=self.decode,
        )

    @property
    def is_over(self) -> bool:
        """Whether all of its jobs have ended; an open batch can get more."""
        if self.status.is_terminal:
            return True
        # A closed batch soon has a terminal status of its own, which says how it ended.
        counts = self.counts_per_status
        return bool(self.open) and any(counts.values()) and not any(n for s, n in counts.items() if not s.is_terminal)

    async def refresh(self) -> Batch:
        """Return the batch and its jobs as they are now."""
        return await self._client.refresh(self)

    async def wait(self, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None) -> Batch:
        """Wait until the batch has ended, or is open and all of its jobs have ended, and return it.

        For an open batch without jobs, wait until jobs were added and have ended, or the batch has ended.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
            on_update: Called with the batch, without its jobs, at the first poll and at each change of its status.

        Raises:
            WaitTimeoutError: The limit was reached.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """
        with SHORT_TRACEBACKS:
            return await self._client.wait(self, timeout=timeout, on_update=on_update)

    async def results(self, *, timeout: float | None = None) -> BatchResults:
        """Wait for the results of its jobs and return them; a failed job is in `failures`, and raises nothing.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
        """
        with SHORT_TRACEBACKS:
            return await self._client.results(self, timeout=timeout)

    async def add(self, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """Add jobs to an open batch in one request; `timeout` is in seconds, for the response."""
        return await self._client.add(self, jobs, timeout=timeout)

    async def close(self) -> Batch:
        """Close it for further jobs; its present jobs finish."""
        return await self._client.close(self)

    async def cancel(self) -> Batch:
        """Cancel all of its jobs that have not ended."""
        return await self._client.cancel(self)

    async def cancel_jobs(self, **filters: Any) -> CancelledJobs:
        """Cancel some of its jobs, with the filters of the client's `cancel_jobs`."""
        return await self._client.cancel_jobs(batch=self, **filters)

    async def rebatch(self, *, timeout: float | None = None, **filters: Any) -> Batch:
        """Run its jobs, or some of them, again in a new batch, with the filters of the client's `rebatch`."""
        return await self._client.rebatch(self, timeout=timeout, **filters)

    async def set_tags(self, tags: Sequence[str]) -> Batch:
        """Replace its tags."""
        return await self._client.set_tags(self, tags)


keep_client(Batch)

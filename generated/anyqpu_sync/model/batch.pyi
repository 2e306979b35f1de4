"""Types of the blocking classes of `anyqpu.model.batch`. Written by scripts/sync."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from anyqpu_sync.model.job import Job

from anyqpu.errors import JobError, ResultError
from anyqpu.model.handle import JobHandle
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.result import Result
from anyqpu.model.serialize import JsonForm, Serializable
from anyqpu.model.status import JobStatus

@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Batch(ShortRepr, HtmlRepr, Serializable):
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
    status_recognized: bool = ...
    open: bool | None = ...
    jobs: tuple[Job, ...] = ...
    jobs_count: int | None = ...
    counts_per_status: Mapping[JobStatus, int] = ...
    priority: float | None = ...
    queue_priority: str | None = ...
    parent_id: str | None = ...
    webhook: str | None = ...
    created_at: datetime | None = ...
    started_at: datetime | None = ...
    ended_at: datetime | None = ...
    tags: tuple[str, ...] = ...
    dedup_key: str | None = ...
    decode: Mapping[str, Any] = ...
    raw: Any = ...
    @property
    def key(self) -> str | None:
        """The idempotency key of the submit; None if another program submitted it."""
        ...
    @property
    def handle(self) -> JobHandle:
        """The batch's handle, for the client's `resume_batch`; it contains no credential."""
        ...
    @property
    def is_over(self) -> bool:
        """Whether all of its jobs have ended; an open batch can get more."""
        ...
    def refresh(self) -> Batch:
        """Return the batch and its jobs as they are now."""
        ...
    def wait(self, *, timeout: float | None = None, on_update: Callable[[Batch], object] | None = None) -> Batch:
        """Wait until the batch has ended, or is open and all of its jobs have ended, and return it.

        For an open batch without jobs, wait until jobs were added and have ended, or the batch has ended.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
            on_update: Called with the batch, without its jobs, at the first poll and at each change of its status.

        Raises:
            WaitTimeoutError: The limit was reached.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """
        ...
    def results(self, *, timeout: float | None = None) -> BatchResults:
        """Wait for the results of its jobs and return them; a failed job is in `failures`, and raises nothing.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the batch keeps running. None: no limit.
        """
        ...
    def add(self, jobs: Sequence[Any], *, timeout: float | None = None) -> Batch:
        """Add jobs to an open batch in one request; `timeout` is in seconds, for the response."""
        ...
    def close(self) -> Batch:
        """Close it for further jobs; its present jobs finish."""
        ...
    def cancel(self) -> Batch:
        """Cancel all of its jobs that have not ended."""
        ...
    def cancel_jobs(self, **filters: Any) -> CancelledJobs:
        """Cancel some of its jobs, with the filters of the client's `cancel_jobs`."""
        ...
    def rebatch(self, *, timeout: float | None = None, **filters: Any) -> Batch:
        """Run its jobs, or some of them, again in a new batch, with the filters of the client's `rebatch`."""
        ...
    def set_tags(self, tags: Sequence[str]) -> Batch:
        """Replace its tags."""
        ...

@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledJobs(Serializable):
    """The outcome of cancelling many jobs: the cancelled ones, and error messages of the others by identifier."""

    jobs: tuple[Job, ...] = ...
    errors: Mapping[str, str] = ...

class BatchResults(Mapping[str, Result], HtmlRepr, JsonForm):
    """The results of a batch by job identifier, in the order of submission. Jobs without a result are in `failures`.

    Attributes:
        batch: The batch with its jobs, at the time when the results were read.
        failures: The errors of the other jobs by identifier: the job failed, was cancelled or never ran (`JobError`),
            or its result cannot be read (`ResultError`).
    """
    def __getitem__(self, key: str) -> Result: ...
    def __iter__(self) -> Iterator[str]: ...
    def __len__(self) -> int: ...
    def to_dict(self) -> dict[str, Any]:
        """Return the batch, its results, and its failures as the errors' `to_dict`, in JSON types."""
        ...
    @property
    def complete(self) -> bool:
        """Whether every job has a result."""
        ...
    batch: Batch
    failures: Mapping[str, JobError | ResultError]

@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledBatches(Serializable):
    """The outcome of cancelling many batches: the cancelled ones, and error messages of the others by identifier."""

    batches: tuple[Batch, ...] = ...
    errors: Mapping[str, str] = ...

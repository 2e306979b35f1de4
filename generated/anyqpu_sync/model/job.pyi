"""Types of the blocking classes of `anyqpu.model.job`. Written by scripts/sync."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from anyqpu.model.handle import JobHandle
from anyqpu.model.job import JobFailure
from anyqpu.model.pictured import HtmlRepr, ShortRepr
from anyqpu.model.polling import PollPolicy
from anyqpu.model.result import Result
from anyqpu.model.serialize import Serializable
from anyqpu.model.status import JobStatus

@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Job(ShortRepr, HtmlRepr, Serializable):
    """A snapshot of a job; `refresh` and `wait` return newer ones.

    None means that the provider gives no value.

    Attributes:
        native_id: The job's identifier at the maker of the hardware, where a provider forwards jobs.
        status: The common status; `raw_status` is the provider's value.
        status_recognized: False if this version of anyqpu does not know the provider's value.
        status_message: The provider's message on the status.
        progress: The progress, from 0 to 1.
        queue_position: The number of jobs ahead of this one.
        created_at: The time of the submit. All times are aware, in UTC.
        execution_time: The time on the device.
        dedup_key: The idempotency key of the submit, also as `key`; None if another program submitted it.
        failure: The reason of the failure of a failed job.
        kind: `job`, or another kind that is awaited in the same way: `process`, `workload`.
        decode: What decoding the result needs and the provider does not store; it is part of the handle.
        raw: The provider's description, as a generated model.
    """

    provider: str
    id: str
    device_id: str | None
    status: JobStatus
    raw_status: str
    status_recognized: bool = ...
    status_message: str | None = ...
    name: str | None = ...
    native_id: str | None = ...
    session_id: str | None = ...
    progress: float | None = ...
    queue_position: int | None = ...
    shots: int | None = ...
    created_at: datetime | None = ...
    started_at: datetime | None = ...
    ended_at: datetime | None = ...
    execution_time: timedelta | None = ...
    tags: tuple[str, ...] = ...
    dedup_key: str | None = ...
    failure: JobFailure | None = ...
    input_format: str | None = ...
    kind: str = ...
    decode: Mapping[str, Any] = ...
    raw: Any = ...
    @property
    def key(self) -> str | None:
        """The idempotency key of the submit: yours, or the one that was made up; None if another program submitted it.

        Where a provider has no field for a key, only the client that submitted the job has it, and its handle.
        """
        ...
    @property
    def handle(self) -> JobHandle:
        """The job's handle, for `anyqpu.resume`; it contains no credential."""
        ...
    @property
    def layouts(self) -> tuple[tuple[int, ...], ...]:
        """The device's qubits on which those of each program start, for a job with `transpile`; otherwise empty."""
        ...
    def refresh(self) -> Job:
        """Return the job as it is now; one request."""
        ...
    def wait(
        self,
        *,
        timeout: float | None = None,
        queue_timeout: float | None = None,
        run_timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Job], object] | None = None,
        cancel_remote: bool = False,
    ) -> Job:
        """Wait until the job has ended, and return it in its final state, whatever that is.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the remote job keeps running. None: no limit.
            queue_timeout: The same for the time until it runs.
            run_timeout: The same from the first poll that finds it running.
            poll: The polling policy.
            on_update: Called with the job at the first poll and at each change of its status.
            cancel_remote: Cancel the remote job, once, when this wait times out or is cancelled.

        Raises:
            WaitTimeoutError: A limit was reached.
            UnexpectedStatusError: The job stays in a status that this version does not know.
            AnyQPUError: Polling failed permanently, or for too long.
        """
        ...
    def result(
        self,
        *,
        timeout: float | None = None,
        queue_timeout: float | None = None,
        run_timeout: float | None = None,
        poll: PollPolicy | None = None,
    ) -> Result:
        """Wait for the job's result and return it. Arguments and errors are those of `wait`, and:

        Raises:
            JobFailedError, JobCancelledError, JobTimedOutError: The job did not complete.
            ResultError: There is no result, or it cannot be read.
        """
        ...
    def cancel(self) -> Job:
        """Request cancellation, and return the job as it is then."""
        ...
    def events(self, *, timeout: float | None = None, poll: PollPolicy | None = None) -> Iterator[Job]:
        """Iterate over the job as it is now and at each change of its status, until it has ended."""
        ...

"""Jobs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Protocol

from anyqpu._tracebacks import SHORT_TRACEBACKS
from anyqpu.errors import ValidationError
from anyqpu.model.attached import Attached, keep_client
from anyqpu.model.handle import JobHandle
from anyqpu.model.polling import PollPolicy
from anyqpu.model.result import Result
from anyqpu.model.serialize import Serializable
from anyqpu.model.status import FailureKind, JobStatus
from anyqpu.model.unread import set_class, stages_of

TRANSPILED = "transpiled"
"""The part of `Job.decode` that says how the programs were transpiled."""


@dataclass(frozen=True, slots=True)
class JobFailure(Serializable):
    """The reason of a job's failure, as far as the provider gives it.

    Attributes:
        code: The provider's own code, or that of the maker whose machine it passed the job on to.
    """

    kind: FailureKind
    messages: tuple[str, ...] = ()
    code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitOptions:
    """Limits of a wait, in seconds (None: no limit), and its polling.

    Attributes:
        timeout: The limit from the first poll to the end.
        queue_timeout: The limit until the job runs.
        run_timeout: The limit while it runs.
        poll: The polling policy; None is the client's.
    """

    timeout: float | None = None
    queue_timeout: float | None = None
    run_timeout: float | None = None
    poll: PollPolicy | None = None

    def __post_init__(self) -> None:
        for name in ("timeout", "queue_timeout", "run_timeout"):
            value: Any = getattr(self, name)
            if value is None:
                continue
            if isinstance(value, bool) or not isinstance(value, int | float) or not value >= 0:
                raise ValidationError(f"invalid {name} {value!r}: expected a number of seconds from 0", fields=(name,))
            if isinstance(value, int) and value >= 2**63:
                # It does not fit a float, and has too many digits for a message.
                raise ValidationError(f"invalid {name}: expected a number of seconds below 2**63", fields=(name,))
        if self.poll is not None and not isinstance(self.poll, PollPolicy):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValidationError(
                f"invalid poll: expected a PollPolicy, not {type(self.poll).__name__}", fields=("poll",)
            )


class JobActions(Protocol):
    """The client's methods that a job calls."""

    @property
    def profile(self) -> str | None:
        """The profile of the configuration file that the client uses."""
        ...

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose jobs these are."""
        ...

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one."""
        ...

    async def refresh_job(self, job: Job) -> Job:
        """Return the job as it is now."""
        ...

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """Wait for the job, and return it in its final state."""
        ...

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """Wait for the result, and return it."""
        ...

    async def cancel_job(self, job: Job) -> Job:
        """Request cancellation, and return the job."""
        ...

    def events_of_job(self, job: Job, options: WaitOptions) -> AsyncIterator[Job]:
        """Iterate over the job at each change of its status."""
        ...


class _LazyFields(Attached["JobActions"]):
    """A slot for the function that maps the fields of a listed job when the first of them is used."""

    __slots__ = ("_read",)


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Job(_LazyFields):
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
    status_recognized: bool = True
    status_message: str | None = None
    name: str | None = None
    native_id: str | None = None
    session_id: str | None = None
    progress: float | None = None
    queue_position: int | None = None
    shots: int | None = None
    created_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    execution_time: timedelta | None = None
    tags: tuple[str, ...] = ()
    dedup_key: str | None = None
    failure: JobFailure | None = None
    input_format: str | None = None
    kind: str = "job"
    decode: Mapping[str, Any] = field(default_factory=dict[str, Any], repr=False, compare=False)
    raw: Any = field(default=None, repr=False, compare=False)
    _actions: InitVar[JobActions | None] = None
    _repr_names: ClassVar[tuple[str, ...]] = (
        "id",
        "status",
        "device_id",
        "queue_position",
        "progress",
        "failure",
        "provider",
        "name",
        "shots",
        "created_at",
    )
    _get_with: ClassVar[str] = "client.attach(job.handle), client.resume(job.handle) or anyqpu.resume(job.handle)"

    @staticmethod
    def listed(id: str, raw: Any, actions: JobActions, read: JobMapping, raw_status: str) -> Job:
        """Return a job whose fields are mapped from `raw` by `read` when one of them is first used."""
        job: Any = _new(_Draft)
        job.id = id
        job.raw = raw
        job.raw_status = raw_status
        job._attached = actions
        job._read = read
        set_class(job, _Unread)
        return job  # type: ignore[no-any-return]

    @property
    def key(self) -> str | None:
        """The idempotency key of the submit: yours, or the one that was made up; None if another program submitted it.

        Where a provider has no field for a key, only the client that submitted the job has it, and its handle.
        """
        return self.dedup_key

    @property
    def handle(self) -> JobHandle:
        """The job's handle, for `anyqpu.resume`; it contains no credential."""
        origin = self._origin
        return JobHandle(
            self.provider,
            self.id,
            self.kind,
            session_id=self.session_id,
            profile=origin.profile,
            created_at=self.created_at,
            dedup_key=self.dedup_key,
            account=origin.account,
            base_url=origin.base_url,
            decode=self.decode,
        )

    @property
    def layouts(self) -> tuple[tuple[int, ...], ...]:
        """The device's qubits on which those of each program start, for a job with `transpile`; otherwise empty."""
        programs: Any = self.decode.get(TRANSPILED)
        try:
            return tuple(tuple(map(int, program["layout"])) for program in programs or ())
        except (KeyError, TypeError, ValueError):  # a handle from elsewhere
            return ()

    async def refresh(self) -> Job:
        """Return the job as it is now; one request."""
        return await self._client.refresh_job(self)

    async def wait(
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
        options = WaitOptions(timeout=timeout, queue_timeout=queue_timeout, run_timeout=run_timeout, poll=poll)
        with SHORT_TRACEBACKS:
            return await self._client.wait_for_job(self, options, on_update=on_update, cancel_remote=cancel_remote)

    async def result(
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
        options = WaitOptions(timeout=timeout, queue_timeout=queue_timeout, run_timeout=run_timeout, poll=poll)
        with SHORT_TRACEBACKS:
            return await self._client.result_of_job(self, options)

    async def cancel(self) -> Job:
        """Request cancellation, and return the job as it is then."""
        return await self._client.cancel_job(self)

    def events(self, *, timeout: float | None = None, poll: PollPolicy | None = None) -> AsyncIterator[Job]:
        """Iterate over the job as it is now and at each change of its status, until it has ended."""
        return self._client.events_of_job(self, WaitOptions(timeout=timeout, poll=poll))


class JobMapping(Protocol):
    """Maps what a provider sent to the fields of a job."""

    def __call__(self, raw: Any, job: Any, /) -> object:
        """Set all fields but the identifier, `raw` and `raw_status`, which are set already."""
        ...


keep_client(Job)
_Draft, _Unread = stages_of(Job)
_new = object.__new__

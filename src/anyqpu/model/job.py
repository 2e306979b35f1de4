"""A job: what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import InitVar, dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from anyqpu.errors import ValidationError
from anyqpu.model.attached import Attached, attached
from anyqpu.model.handle import JobHandle
from anyqpu.model.polling import PollPolicy
from anyqpu.model.result import Result
from anyqpu.model.status import FailureKind, JobStatus


@dataclass(frozen=True, slots=True)
class JobFailure:
    """Why a job failed, as far as the cloud says."""

    kind: FailureKind
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitOptions:
    """How long and how often to look; times are seconds, None is no limit.

    Attributes:
        timeout: From the first look to the end.
        queue_timeout: While the job has not begun to run.
        run_timeout: While it runs.
        poll: How often to look; None is what the client does.
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
                # It cannot be turned into a float, and its digits may be too many to show.
                raise ValidationError(f"invalid {name}: expected a number of seconds below 2**63", fields=(name,))
        if self.poll is not None and not isinstance(self.poll, PollPolicy):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise ValidationError(
                f"invalid poll: expected a PollPolicy, not {type(self.poll).__name__}", fields=("poll",)
            )


class JobActions(Protocol):
    """What a job asks of the client that it came from."""

    @property
    def profile(self) -> str | None:
        """The profile of the user's configuration file that the client was made with."""
        ...

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now."""
        ...

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """The job in its final state."""
        ...

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """The result, waited for."""
        ...

    async def cancel_job(self, job: Job) -> Job:
        """The job after it was asked to be cancelled."""
        ...

    def events_of_job(self, job: Job, options: WaitOptions) -> AsyncIterator[Job]:
        """The job at each change of its status."""
        ...


class _Later(Attached["JobActions"]):
    """Has room for the function that reads the fields of a listed job when the first of them is used."""

    __slots__ = ("_read",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(_Later):
    """A job as it was when it was last looked at; `refresh` and `wait` return a newer one.

    None means that the cloud does not say.

    Attributes:
        native_id: The job's identifier at the hardware's maker, where a cloud passes jobs on.
        status: One word for all clouds; `raw_status` is the cloud's own.
        status_recognized: False if this version of anyqpu does not know the cloud's word.
        status_message: What the cloud says about the status.
        progress: From 0 to 1.
        queue_position: Jobs ahead of this one.
        created_at: All times are aware, in UTC.
        execution_time: Time on the device.
        dedup_key: The key under which this library submitted it; None if something else did.
        failure: Why it failed, if it did.
        kind: `job`, or what else is awaited in the same way: `process`, `workload`.
        decode: What it takes to read its result and the cloud does not keep; it travels in the handle.
        raw: The cloud's own description, as a generated model.
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
    _get_with: ClassVar[str] = "client.resume(job.handle) or anyqpu.resume(job.handle)"

    @staticmethod
    def listed(
        id: str, raw: Any, actions: JobActions, read: Callable[[Any, JobActions], Job], *, raw_status: str
    ) -> Job:
        """Return a job of which most fields may never be used; `read` makes it of `raw` when one of them is."""
        job = object.__new__(Job)
        _set_id(job, id)
        _set_raw(job, raw)
        _set_actions(job, actions)
        _set_raw_status(job, raw_status)
        _set_read(job, read)
        return job

    if not TYPE_CHECKING:  # a type checker would take it to mean that a job has any attribute

        def __getattr__(self, name: str) -> Any:
            # Called where a field has no value yet.
            if name not in Job.__slots__:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self)
            job = object.__getattribute__(self, "_read")(self.raw, self._attached)
            for each in Job.__slots__:
                object.__setattr__(self, each, getattr(job, each))
            return getattr(self, name)

    @property
    def handle(self) -> JobHandle:
        """The job's address, for `anyqpu.resume`; holds no credential."""
        return JobHandle(
            self.provider,
            self.id,
            self.kind,
            session_id=self.session_id,
            profile=self._attached.profile if self._attached is not None else None,
            created_at=self.created_at,
            dedup_key=self.dedup_key,
            decode=self.decode,
        )

    async def refresh(self) -> Job:
        """The job as it is now; one request."""
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
        """The job once it will not change any more, in whatever state that is.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the remote job goes on. None: no limit.
            queue_timeout: The same, for the time until it runs.
            run_timeout: The same, from when it was first seen running.
            poll: How often to look.
            on_update: Called with the job at the first look and at each change of its status.
            cancel_remote: Also cancel the remote job, once, when this wait times out or is cancelled.

        Raises:
            WaitTimeoutError: A limit was reached.
            UnexpectedStatusError: The job stays in a status that this version does not know.
            AnyQPUError: Looking at it failed, for a reason that does not pass or for too long.
        """
        options = WaitOptions(timeout=timeout, queue_timeout=queue_timeout, run_timeout=run_timeout, poll=poll)
        return await self._client.wait_for_job(self, options, on_update=on_update, cancel_remote=cancel_remote)

    async def result(
        self,
        *,
        timeout: float | None = None,
        queue_timeout: float | None = None,
        run_timeout: float | None = None,
        poll: PollPolicy | None = None,
    ) -> Result:
        """What the job gave back, waiting for it if it still runs. Arguments and errors are those of `wait`, and:

        Raises:
            JobFailedError, JobCancelledError, JobTimedOutError: The job ended otherwise.
            ResultError: There is no result, or it cannot be read.
        """
        options = WaitOptions(timeout=timeout, queue_timeout=queue_timeout, run_timeout=run_timeout, poll=poll)
        return await self._client.result_of_job(self, options)

    async def cancel(self) -> Job:
        """Ask the cloud to cancel the job; returns it as it is then."""
        return await self._client.cancel_job(self)

    def events(self, *, timeout: float | None = None, poll: PollPolicy | None = None) -> AsyncIterator[Job]:
        """The job now and at each change of its status, until it will not change any more."""
        return self._client.events_of_job(self, WaitOptions(timeout=timeout, poll=poll))


attached(Job)
# A frozen class cannot set its fields in the usual way, and `object.__setattr__` looks each up by its name.
_set_id, _set_raw, _set_raw_status = (vars(Job)[name].__set__ for name in ("id", "raw", "raw_status"))
_set_actions = vars(Attached)["_attached"].__set__
_set_read = vars(_Later)["_read"].__set__

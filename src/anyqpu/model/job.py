"""A job: what is known of it, and what can be done with it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from anyqpu.model.handle import JobHandle
from anyqpu.model.result import Result
from anyqpu.model.status import FailureKind, JobStatus


@dataclass(frozen=True, slots=True)
class JobFailure:
    """Why a job failed, as far as the cloud says."""

    kind: FailureKind
    messages: tuple[str, ...] = ()


class JobActions(Protocol):
    """What a job asks of the client that it came from."""

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now."""
        ...

    async def wait_for_job(
        self, job: Job, *, timeout: float | None, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """The job in its final state."""
        ...

    async def result_of_job(self, job: Job, *, timeout: float | None) -> Result:
        """The result, waited for."""
        ...

    async def cancel_job(self, job: Job) -> Job:
        """The job after it was asked to be cancelled."""
        ...

    def events_of_job(self, job: Job, *, timeout: float | None) -> AsyncIterator[Job]:
        """The job at each change of its status."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
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
        failure: Why it failed, if it did.
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
    failure: JobFailure | None = None
    input_format: str | None = None
    raw: Any = field(default=None, repr=False, compare=False)
    _actions: JobActions | None = field(default=None, repr=False, compare=False)

    @property
    def handle(self) -> JobHandle:
        """The job's address, for `anyqpu.resume`; holds no credential."""
        return JobHandle(self.provider, self.id)

    async def refresh(self) -> Job:
        """The job as it is now; one request."""
        return await self._client.refresh_job(self)

    async def wait(
        self,
        *,
        timeout: float | None = None,
        on_update: Callable[[Job], object] | None = None,
        cancel_remote: bool = False,
    ) -> Job:
        """The job once it will not change any more, in whatever state that is.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the remote job goes on. None: no limit.
            on_update: Called with the job at the first look and at each change of its status.
            cancel_remote: Also cancel the remote job when this wait times out or is cancelled.
        """
        return await self._client.wait_for_job(self, timeout=timeout, on_update=on_update, cancel_remote=cancel_remote)

    async def result(self, *, timeout: float | None = None) -> Result:
        """What the job gave back, waiting for it if it still runs.

        Args:
            timeout: Seconds after which `WaitTimeoutError` is raised; the remote job goes on. None: no limit.

        Raises:
            JobFailedError, JobCancelledError, JobTimedOutError: The job ended otherwise.
            ResultError: There is no result, or it cannot be read.
        """
        return await self._client.result_of_job(self, timeout=timeout)

    async def cancel(self) -> Job:
        """Ask the cloud to cancel the job; returns it as it is then."""
        return await self._client.cancel_job(self)

    def events(self, *, timeout: float | None = None) -> AsyncIterator[Job]:
        """The job now and at each change of its status, until it will not change any more."""
        return self._client.events_of_job(self, timeout=timeout)

    @property
    def _client(self) -> JobActions:
        if self._actions is None:
            raise RuntimeError("this job has no client: get it from one, with client.job(id)")
        return self._actions

    def __reduce__(self) -> tuple[Any, ...]:
        # A client holds connections and credentials; a pickled job travels without.
        values = {name: getattr(self, name) for name in self.__slots__ if name != "_actions"}
        return _rebuild, (values,)


def _rebuild(values: dict[str, Any]) -> Job:
    return Job(**values)

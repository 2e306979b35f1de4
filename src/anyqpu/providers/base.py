"""What the clients of all clouds have in common."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, ClassVar, Generic, Self, TypeVar

import anyio

from anyqpu.errors import AnyQPUError, WaitTimeoutError
from anyqpu.model.job import Job
from anyqpu.transport.client import Transport
from anyqpu.waiting import PollPolicy, Watch

R = TypeVar("R")


class BaseClient(Generic[R]):
    """A cloud, ready to be asked. Use it as `async with connect(...) as client`.

    Attributes:
        provider: The cloud's name.
        raw: Every operation of the cloud's API document, by its operationId in snake_case, awaited and typed.
    """

    provider: ClassVar[str]
    raw: R

    def __init__(self, transport: Transport, raw: R) -> None:
        self._transport = transport
        self.raw = raw

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close the connections. Jobs go on; closing again does nothing."""
        await self._transport.aclose()

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class JobEvents:
    """A job at each change of its status; ends with its final one, or with `WaitTimeoutError`."""

    def __init__(
        self, look: Callable[[Job], Awaitable[Job]], job: Job, *, policy: PollPolicy, timeout: float | None
    ) -> None:
        self._job = job
        self._timeout = timeout

        async def look_again() -> Job:
            return await look(self._job)

        self._watch = Watch(
            look_again,
            state=lambda seen: seen.raw_status,
            done=lambda seen: seen.status.is_terminal,
            policy=policy,
            timeout=timeout,
        )

    def __aiter__(self) -> JobEvents:
        return self

    async def __anext__(self) -> Job:
        try:
            self._job = await self._watch.__anext__()
        except TimeoutError as error:
            if isinstance(error, AnyQPUError):  # of one request, not of the wait
                raise
            handle = self._job.handle
            raise WaitTimeoutError(
                f"job {self._job.id} is still {self._job.status} after {self._timeout:g} s",
                handle=handle,
                last_status=self._job.status,
                provider=self._job.provider,
                hint=f"It goes on; its handle is {handle}",
            ) from error
        return self._job


class JobsClient(BaseClient[R]):
    """A client of a cloud that has jobs. What a job can do is done here; subclasses say how a job is looked at."""

    def __init__(self, transport: Transport, raw: R, *, poll: PollPolicy) -> None:
        super().__init__(transport, raw)
        self._poll = poll

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now."""
        raise NotImplementedError

    async def cancel_job(self, job: Job) -> Job:
        """Ask for the job to be cancelled; the job as it is then."""
        raise NotImplementedError

    async def _poll_job(self, job: Job) -> Job:
        """As `refresh_job`, where the cloud has a cheaper way to see whether anything changed."""
        return await self.refresh_job(job)

    def events_of_job(self, job: Job, *, timeout: float | None) -> JobEvents:
        """The job now and at each change of its status, until that is final."""
        return JobEvents(self._poll_job, job, policy=self._poll, timeout=timeout)

    async def wait_for_job(
        self, job: Job, *, timeout: float | None, on_update: Callable[[Job], Any] | None, cancel_remote: bool
    ) -> Job:
        """The job in its final state."""
        last = job
        finished = False
        try:
            if not job.status.is_terminal:
                async for last in self.events_of_job(job, timeout=timeout):
                    if on_update is not None:
                        on_update(last)
            finished = True
        finally:
            if cancel_remote and not finished:
                with anyio.CancelScope(shield=True):
                    await self.cancel_job(last)
        return last

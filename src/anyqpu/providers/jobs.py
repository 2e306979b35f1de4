"""Waiting for jobs, the same for every cloud."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio

from anyqpu.config.settings import Settings
from anyqpu.errors import AnyQPUError, UnexpectedStatusError, ValidationError, WaitTimeoutError
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.polling import PollPolicy
from anyqpu.model.result import Result
from anyqpu.model.status import JobStatus
from anyqpu.providers.base import BaseClient
from anyqpu.transport.client import Transport
from anyqpu.transport.hooks import StateEvent
from anyqpu.waiting import Clock, LoopClock, Phase, StatusUnknownError, WaitExpiredError, WaitLimits, Watch

R = TypeVar("R")

logger = logging.getLogger("anyqpu")
CANCEL_SECONDS = 30.0


def phase_of(job: Job) -> Phase:
    """Where a job is, for the one who waits. A status that the cloud itself calls unknown is known to be not final."""
    if job.status.is_terminal:
        return Phase.DONE
    if not job.status_recognized:
        return Phase.UNKNOWN
    return Phase.RUNNING if job.status in {JobStatus.RUNNING, JobStatus.CANCELLING} else Phase.QUEUED


class JobEvents:
    """A job at each change of its status; ends with its final one, or with an error that carries its handle."""

    def __init__(
        self,
        look: Callable[[Job], Awaitable[Job]],
        job: Job,
        options: WaitOptions,
        *,
        poll: PollPolicy,
        clock: Clock,
        tell: Callable[[Job], object],
    ) -> None:
        self._job = job
        self._tell = tell

        async def look_again() -> Job:
            return await look(self._job)

        self._watch = Watch(
            look_again,
            state=lambda seen: seen.raw_status,
            phase=phase_of,
            policy=options.poll or poll,
            limits=WaitLimits(options.timeout, options.queue_timeout, options.run_timeout),
            clock=clock,
            name=str(job.handle),
        )

    def __aiter__(self) -> JobEvents:
        return self

    async def __anext__(self) -> Job:
        details: dict[str, Any]
        try:
            self._job = await self._watch.__anext__()
        except WaitExpiredError as error:
            limit, details = error, self._details()
        except StatusUnknownError as error:
            word, details = str(error), self._details()
            raise UnexpectedStatusError(
                f"job {self._job.id} stays in status {word!r}, which this version of anyqpu does not know",
                job_status=word,
                **details,
            ) from None
        else:
            self._tell(self._job)
            return self._job
        raise WaitTimeoutError(
            f"job {self._job.id} is still {self._job.status} after the {limit.limit} of {limit.seconds:g} s",
            last_status=self._job.status,
            **details,
        )

    def _details(self) -> dict[str, Any]:
        handle = self._job.handle
        return {"handle": handle, "provider": self._job.provider, "hint": f"It goes on; its handle is {handle}"}


class JobsClient(BaseClient[R]):
    """A client of a cloud that has jobs. What a job can do is done here; subclasses say how a job is looked at."""

    def __init__(
        self, transport: Transport, raw: R, settings: Settings, *, poll: PollPolicy, clock: Clock | None = None
    ) -> None:
        super().__init__(transport, raw, settings)
        self._poll = poll
        self._clock: Clock = clock or LoopClock()
        self._devices: dict[str, Device] = {}

    async def submit(self, *arguments: Any, **options: Any) -> Job:
        """Submit a program."""
        raise NotImplementedError

    async def device(self, id: str) -> Device:
        """A device by its identifier."""
        raise NotImplementedError

    async def _look_up(self, id: str) -> Device:
        """As `device`, where the cloud has a cheaper way to see what it takes."""
        return await self.device(id)

    async def _target(self, device: str | Device) -> Device:
        """A device to submit to, from memory if it was asked for before."""
        if isinstance(device, Device):
            return device
        if device not in self._devices:
            self._devices[device] = await self._look_up(device)
        return self._devices[device]

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now."""
        raise NotImplementedError

    async def job(self, id: str) -> Job:
        """A job by its identifier."""
        raise NotImplementedError

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """What a job gave back, waited for."""
        raise NotImplementedError

    async def resume(self, handle: JobHandle | str) -> Job:
        """The job that a handle stands for, which another process may have made.

        Raises:
            ValidationError: The text is no handle, or one of another cloud.
            NotFoundError: There is no such job, or not for these credentials.
        """
        parsed = handle if isinstance(handle, JobHandle) else JobHandle.parse(handle)
        if parsed.provider != self.provider or parsed.kind != "job":
            raise ValidationError(f"{parsed} is no handle of a job at {self.provider}", fields=("handle",))
        return await self.job(parsed.id)

    async def cancel_job(self, job: Job) -> Job:
        """Ask for the job to be cancelled; the job as it is then."""
        raise NotImplementedError

    async def _poll_job(self, job: Job) -> Job:
        """As `refresh_job`, where the cloud has a cheaper way to see whether anything changed."""
        return await self.refresh_job(job)

    def events_of_job(self, job: Job, options: WaitOptions) -> JobEvents:
        """The job now and at each change of its status, until that is final."""
        return JobEvents(self._poll_job, job, options, poll=self._poll, clock=self._clock, tell=self._tell)

    def _tell(self, job: Job) -> None:
        event = StateEvent(provider=job.provider, id=job.id, status=job.status, raw_status=job.raw_status)
        self._transport.hooks.on_state(event)

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """The job in its final state."""
        last, finished = job, job.status.is_terminal
        try:
            if not finished:
                async for last in self.events_of_job(job, options):
                    if on_update is not None:
                        on_update(last)
            finished = True
        finally:
            if cancel_remote and not finished:
                await self._cancel_whatever_happens(last)
        return last

    async def _cancel_whatever_happens(self, job: Job) -> None:
        """Send exactly one cancel, even if the task that sends it is cancelled, and cancelled again."""

        async def send() -> None:
            with anyio.move_on_after(CANCEL_SECONDS, shield=True):
                try:
                    await self._send_cancel(job)
                except AnyQPUError as error:
                    logger.warning("job %s may still run: its cancel failed (%s)", job.handle, type(error).__name__)

        # A task of its own: asyncio's own cancellation, unlike anyio's, breaks into a shield.
        async with anyio.create_task_group() as group:
            group.start_soon(send)

    async def _send_cancel(self, job: Job) -> None:
        """The one request that cancels a job."""
        await self.cancel_job(job)

"""Waiting for jobs, the same for every cloud."""

from __future__ import annotations

import logging
import math
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import anyio
import anyio.lowlevel

from anyqpu._lazy import LazyModule
from anyqpu.errors import (
    AnyQPUError,
    JobCancelledError,
    JobError,
    JobFailedError,
    JobTimedOutError,
    NotReadyError,
    ResultNotAvailableError,
    UnexpectedStatusError,
    ValidationError,
    WaitTimeoutError,
)
from anyqpu.paging import paginate
from anyqpu.providers.arguments import checked_object
from anyqpu.providers.base import BaseClient
from anyqpu.providers.memory import DEVICE_SECONDS, Memory
from anyqpu.transport import exchange, submit
from anyqpu.transport.arguments import builder
from anyqpu.transport.hooks import StateEvent
from anyqpu.waiting import (
    AT_ONCE,
    BatchPoller,
    BatchResult,
    Clock,
    LoopClock,
    Phase,
    StatusUnknownError,
    WaitExpiredError,
    WaitLimits,
    Watch,
)

if TYPE_CHECKING:
    from anyqpu.config.settings import Settings
    from anyqpu.model import cost, status
    from anyqpu.model import device as devices
    from anyqpu.model import handle as handles
    from anyqpu.model import job as jobs
    from anyqpu.model.cost import CostEstimate
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job, WaitOptions
    from anyqpu.model.polling import PollPolicy
    from anyqpu.model.result import Result
    from anyqpu.paging import Pager
    from anyqpu.transport.client import Transport
    from anyqpu.transport.submit import Search
else:
    cost, devices, handles, jobs, status = (
        LazyModule(f"anyqpu.model.{name}") for name in ("cost", "device", "handle", "job", "status")
    )

R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger("anyqpu")
CANCEL_SECONDS = 30.0
# A job may be complete a moment before its result is there.
RESULT_LAG = 30.0
# How many jobs a cloud lists at once.
LIST_SIZE = 100
# Pages to read in vain, at most.
SPARE_PAGES = 20


def phase_of(job: Job) -> Phase:
    """Where a job is, for the one who waits. A status that the cloud itself calls unknown is known to be not final."""
    if job.status.is_terminal:
        return Phase.DONE
    if not job.status_recognized:
        return Phase.UNKNOWN
    return Phase.RUNNING if job.status in {status.JobStatus.RUNNING, status.JobStatus.CANCELLING} else Phase.QUEUED


def by_session(jobs: Mapping[str, Job]) -> dict[str | None, list[str]]:
    """The identifiers of jobs, by their session: those of sessions with several, and under None all others."""
    sessions: dict[str | None, list[str]] = {}
    for id, job in jobs.items():
        sessions.setdefault(job.session_id, []).append(id)
    others = [id for session, ids in sessions.items() if session is None or len(ids) == 1 for id in ids]
    found = {session: ids for session, ids in sessions.items() if len(ids) > 1}
    found.pop(None, None)
    return found | {None: others} if others else found


async def find_in(pager: Pager[Job], wanted: Collection[str], listed: BatchResult[Job]) -> None:
    """Add those jobs of a list that are wanted; gives up after some more pages than they would fill, or than it found.

    A page that has one of them costs no more than looking at that one alone.
    """
    left = set(wanted)
    pages, read, least = pager.pages(), 0, math.ceil(len(left) / LIST_SIZE)
    # They may be far back; looking for them in vain is dear, but not as dear as looking at each by itself from now on.
    spare = min(SPARE_PAGES, len(left) // 2)
    while left and read < spare + max(least, len(wanted) - len(left)):
        page = await anext(pages, None)
        if page is None:
            break
        read += 1
        found = {job.id: job for job in page.items if job.id in left}
        listed.found.update(found)
        left -= found.keys()
    listed.requests += read


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
        poller: BatchPoller[Job],
        tell: Callable[[Job], object],
    ) -> None:
        self._job = job
        self._tell = tell
        self._subscriber = subscriber = poller.subscriber(job.id, job)

        async def look_again() -> Job:
            return await subscriber.look(look)

        self._watch = Watch(
            look_again,
            state=lambda seen: seen.raw_status,
            phase=phase_of,
            policy=options.poll or poll,
            limits=WaitLimits(options.timeout, options.queue_timeout, options.run_timeout),
            clock=clock,
            sleep=subscriber.sleep,
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
        finally:
            self._subscriber.rest()
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

    _make_raw: ClassVar[Callable[..., Any]]
    """The generated client; it takes what sends its requests and what makes its pagers."""

    def __init__(
        self,
        transport: Transport,
        *,
        settings: Settings,
        poll: PollPolicy,
        clock: Clock | None = None,
        search: Search | None = None,
    ) -> None:
        raw = self._make_raw(transport.call, build=builder(self.provider), pager=paginate)
        super().__init__(transport, raw, settings)
        self._poll = poll
        self._clock: Clock = clock or LoopClock()
        self._search = search
        self._devices: Memory[Device] = Memory(self._clock, seconds=DEVICE_SECONDS)
        self._beginning = anyio.Semaphore(AT_ONCE, fast_acquire=True)
        self._poller: BatchPoller[Job] = BatchPoller(
            self._list_waiting, self._list_cost, state=lambda job: job.raw_status, clock=self._clock
        )

    # What a cloud says of itself

    @abstractmethod
    async def submit(self, *arguments: Any, **options: Any) -> Job:
        """Submit a program, or a list of several as one job where the cloud can."""

    @abstractmethod
    async def device(self, id: str) -> Device:
        """A device by its identifier."""

    @abstractmethod
    async def job(self, id: str) -> Job:
        """A job by its identifier."""

    @abstractmethod
    async def cancel_job(self, job: Job) -> Job:
        """Ask for the job to be cancelled; the job as it is then."""

    @abstractmethod
    async def _result_of(self, job: Job) -> Result:
        """The result of a job that is complete; raises `NotReadyError` while it is not there."""

    async def refresh_job(self, job: Job) -> Job:
        """The job as it is now."""
        return await self.job(job.id)

    async def _look_up(self, id: str) -> Device:
        """As `device`, where the cloud has a cheaper way to see what it takes."""
        return await self.device(id)

    async def _poll_job(self, job: Job) -> Job:
        """As `refresh_job`, where the cloud has a cheaper way to see whether anything changed."""
        return await self.refresh_job(job)

    async def _list_waiting(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """Those of the jobs that list calls find, as they are now, for less than a request each."""
        return BatchResult()

    def _list_cost(self, jobs: Mapping[str, Job]) -> float:
        """How many requests `_list_waiting` takes at best; the number of jobs where there is nothing to be gained."""
        return math.inf

    async def _failure_of(self, job: Job) -> JobError:
        """The error for a job that did not complete, with what the cloud says of the reason."""
        reasons = "; ".join(job.failure.messages) if job.failure else ""
        kind = JobTimedOutError if job.status is status.JobStatus.TIMED_OUT else JobFailedError
        return self._job_error(kind, job, reasons or job.status_message or f"the job ended as {job.raw_status}")

    def _job_error(self, kind: type[JobError], job: Job, message: str) -> JobError:
        return kind(message, handle=job.handle, job_status=job.status, provider=self.provider)

    async def _send_once(
        self,
        send: Callable[[], Awaitable[T]],
        find: Callable[[str, datetime], Awaitable[T | None]] | None,
        *,
        key: str,
        timeout: float | None = None,
        hint: str | None = None,
    ) -> T:
        """Send what costs money once; see `submit_once`. Without a timeout it has the total time of a call."""
        limit = self._transport.timeouts.total if timeout is None else timeout
        return await submit.submit_once(
            send, find, key=key, provider=self.provider, search=self._search, timeout=limit, hint=hint
        )

    # What follows from it

    async def _target(self, device: str | Device) -> Device:
        """Return a device to submit to, from memory if it was looked up within the last minutes."""
        if not isinstance(device, str):
            return checked_object(device, devices.Device, "device", self.provider)
        return await self._devices.look_up(device, lambda: self._look_up(device))

    async def estimate_cost(
        self,
        device: str | Device,
        *,
        shots: int = 0,
        circuits: int = 1,
        duration: timedelta | None = None,
    ) -> CostEstimate:
        """What a job would cost by the prices that the device says: `circuits` of `shots` each, or a session.

        No request but the one for the device. `total` is None where a cloud says no prices.

        Args:
            device: Where it would run.
            shots: Of each circuit.
            circuits: How many circuits there are.
            duration: How long the session would last, where a device is paid by the hour.
        """
        # Before any request: without prices nothing is calculated.
        cost.estimate(None, shots=shots, circuits=circuits, duration=duration)
        target = await self._target(device)
        return cost.estimate(target.pricing, shots=shots, circuits=circuits, duration=duration)

    async def resume(self, handle: JobHandle | str) -> Job:
        """The job that a handle stands for, which another process may have made.

        Raises:
            ValidationError: The text is not a handle, or one of another cloud.
            NotFoundError: There is no such job, or not for these credentials.
        """
        parsed = handles.JobHandle.parse(handle) if isinstance(handle, str) else handle
        checked_object(parsed, handles.JobHandle, "handle", self.provider)
        if parsed.provider != self.provider:
            raise ValidationError(f"invalid handle for {self.provider}: {parsed}", fields=("handle",))
        return await self._resume(parsed)

    async def _resume(self, handle: JobHandle) -> Job:
        if handle.kind != "job":
            raise ValidationError(f"{self.provider} has nothing of the kind {handle.kind!r}", fields=("handle",))
        return await self.job(handle.id)

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """What a job gave back, waited for; also for a moment after it is complete, if the result is late."""
        self._check_wait(job, options)
        began = self._clock.now()
        ended = await self.wait_for_job(job, options, on_update=None, cancel_remote=False)
        if ended.status is status.JobStatus.CANCELLED:
            raise self._job_error(JobCancelledError, ended, "the job was cancelled")
        left = None if options.timeout is None else max(0.0, options.timeout - (self._clock.now() - began))
        try:
            # The rest of the time is for what is left: the reason of a failure, the download, the decoding.
            with self._clock.limit(left):
                if ended.status is not status.JobStatus.COMPLETED:
                    raise await self._failure_of(ended)
                return await self._result_or_late(ended, options)
        except AnyQPUError:
            raise
        except TimeoutError:
            pass
        raise WaitTimeoutError(
            f"job {ended.id} is {ended.status.value}, but its result was not there in time",
            handle=ended.handle,
            last_status=ended.status,
            provider=self.provider,
            hint=f"Get it with a longer timeout; its handle is {ended.handle}",
        )

    async def _result_or_late(self, job: Job, options: WaitOptions) -> Result:
        """The result; if the job is complete a moment before its result is there, that moment is waited for."""
        since = self._clock.now()
        policy = options.poll or self._poll
        while True:
            try:
                return await self._result_of(job)
            except NotReadyError as error:
                late = error
            waited = self._clock.now() - since
            if waited >= RESULT_LAG:
                break
            await self._clock.sleep(min(policy.interval(waited, at_least=late.retry_after), RESULT_LAG - waited))
        raise ResultNotAvailableError(
            f"job {job.id} is complete, but {RESULT_LAG:g} s later there is no result",
            provider=self.provider,
            operation=late.operation,
            status_code=late.status_code,
            request_id=late.request_id,
            hint="Ask again later",
        )

    def _check_wait(self, job: Job, options: WaitOptions) -> None:
        hint = "client.job(id) returns the job of an identifier"
        checked_object(job, jobs.Job, "job", self.provider, hint=hint)
        checked_object(options, jobs.WaitOptions, "options", self.provider)

    def events_of_job(self, job: Job, options: WaitOptions) -> JobEvents:
        """The job now and at each change of its status, until that is final."""
        self._check_wait(job, options)
        return JobEvents(
            self._poll_job,
            job,
            options,
            poll=self._poll,
            clock=self._clock,
            poller=self._poller,
            tell=self._tell,
        )

    def _tell(self, job: Job) -> None:
        event = StateEvent(provider=job.provider, id=job.id, status=job.status, raw_status=job.raw_status)
        self._transport.hooks.on_state(event)

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """The job in its final state."""
        self._transport.check_usable()
        # Of a thousand waits that begin at once, some go on in each turn of the event loop, so that it is not held.
        self._check_wait(job, options)
        async with self._beginning:
            await anyio.lowlevel.checkpoint()
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
            with anyio.move_on_after(CANCEL_SECONDS, shield=True), exchange.send_once():
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

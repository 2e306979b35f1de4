"""Wait for jobs, share their polls, and fetch their results: what a `Job` calls on the client that it came from."""

from __future__ import annotations

import logging
import shlex
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio
import anyio.lowlevel

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_object, checked_several
from anyqpu.core.many_jobs import ManyJobs, remembered
from anyqpu.errors import (
    AnyQPUError,
    Hint,
    JobCancelledError,
    JobError,
    JobFailedError,
    JobTimedOutError,
    NotReadyError,
    ResultNotAvailableError,
    WaitTimeoutError,
)
from anyqpu.transport import exchange
from anyqpu.transport.hooks import StateEvent
from anyqpu.waiting import AT_ONCE, WOKEN, BatchPoller, BatchResult, Phase, Poll, Subject, WaitLimits, poll_until

if TYPE_CHECKING:
    from anyqpu.core.adapter import Adapter
    from anyqpu.core.context import AnyContext
    from anyqpu.core.results import program_order
    from anyqpu.model import job as jobs
    from anyqpu.model import status
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job, JobActions, WaitOptions
    from anyqpu.model.result import Result
else:
    program_order = LazyModule("anyqpu.core.results.program_order")
    jobs, status = LazyModule("anyqpu.model.job"), LazyModule("anyqpu.model.status")

logger = logging.getLogger("anyqpu")
# Seconds in which the one cancel of a wait that was given up has to be sent.
CANCEL_SECONDS = 30.0
# Statuses with which providers refuse to cancel what has ended.
ENDED_ALREADY = frozenset({400, 409, 410, 412, 422})
# Seconds for which a job may be complete before its result is there.
RESULT_LAG = 30.0


def phase_of(job: Job) -> Phase:
    """Return what a job's status means for a wait."""
    if job.status.is_terminal:
        return Phase.DONE
    # A status that the provider itself calls unknown is recognized, and not final.
    if not job.status_recognized:
        return Phase.UNKNOWN
    return Phase.RUNNING if job.status in {status.JobStatus.RUNNING, status.JobStatus.CANCELLING} else Phase.QUEUED


class JobRunner:
    """What the jobs of one client call: they are waited for, cancelled and refreshed here.

    Attributes:
        context: What the parts of the client share.
        adapter: The operations of the provider.
        many: Its jobs, refreshed together.
    """

    def __init__(
        self, make_context: Callable[[JobActions], AnyContext], make_adapter: Callable[[AnyContext], Adapter[Any]]
    ) -> None:
        self.context = context = make_context(self)
        self.adapter = adapter = make_adapter(context)
        self.many = ManyJobs(adapter)
        self._own_sessions = context.own_sessions
        # Pages of the last list for waits.
        self._pages: dict[object, Any] = {}
        self._starting = anyio.Semaphore(WOKEN, fast_acquire=True)
        self._poller: BatchPoller[Job] = BatchPoller(
            self._list_many, adapter.list_cost, state=_raw_status, clock=context.clock, is_same=self._is_same
        )

    @property
    def profile(self) -> str | None:
        """The profile of the user's configuration file that the client was made with."""
        return self.context.settings.profile

    @property
    def account(self) -> Mapping[str, str]:
        """The settings that say whose jobs these are."""
        return self.context.account

    @property
    def base_url(self) -> str | None:
        """The address of the provider's API, where it is not the usual one."""
        return self.context.base_url

    async def saw(self, job: Job) -> Job:
        """Return a job; if it has ended, the session that was opened for it may end too."""
        return await self._own_sessions.saw(job)

    async def resumed(self, handle: JobHandle) -> Job:
        """Return the job that a handle stands for, as it is now."""
        return await self.saw(remembered(await self.adapter.resume(handle), handle.decode))

    async def refresh_job(self, job: Job) -> Job:
        """Return a job as it is now."""
        return await self.saw(remembered(await self.adapter.refresh(job), job.decode))

    async def refresh_jobs(self, jobs: Sequence[Job], *, return_errors: bool) -> list[Job | AnyQPUError]:
        """Return jobs as they are now: from lists where these take fewer requests, and one by one what they lack."""
        jobs = checked_several(jobs, "jobs", self.context.provider)
        for number, job in enumerate(jobs, 1):
            self._check_job(job)
            if not number % AT_ONCE:
                # Thousands at once would block the event loop.
                await anyio.lowlevel.checkpoint()
        return await self.many.refresh(jobs, return_errors=return_errors)

    async def cancel_job(self, job: Job) -> Job:
        """Cancel a job and return it as it is then; one that has ended is returned as it is."""
        self._check_job(job)
        if job.status.is_terminal:
            return job
        try:
            cancelled = await self.adapter.cancel(job)
        except AnyQPUError as error:
            # It may have ended before the request arrived, which some providers refuse.
            if error.status_code not in ENDED_ALREADY:
                raise
            current = await self.refresh_job(job)
            if not current.status.is_terminal:
                raise
            return current
        try:
            return remembered(cancelled or await self.adapter.refresh(job), job.decode)
        finally:
            await self._own_sessions.gave_up(job)

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """Return a job in its final state."""
        self.context.transport.check_usable()
        self._check(job, options)
        # Of a thousand waits that start at once, a few continue in each iteration of the event loop.
        async with self._starting:
            await anyio.lowlevel.checkpoint()
        last, finished = job, job.status.is_terminal
        try:
            if finished:
                await self.saw(job)
            else:
                async for last in self.events_of_job(job, options, only_changes=on_update is None):
                    if on_update is not None:
                        on_update(last)
            finished = True
        finally:
            if not self._poller.subscribers:
                self._pages = {}
            if cancel_remote and not finished:
                await self._cancel_shielded(last)
        return last

    def events_of_job(self, job: Job, options: WaitOptions, *, only_changes: bool = False) -> AsyncIterator[Job]:
        """Iterate over a job now and at each change of its status, until that is final.

        With `only_changes` the job itself is returned as long as its status is the same.
        """
        self._check(job, options)
        context = self.context
        subscriber = self._poller.subscriber(job.id, job, only_changes=only_changes)
        subject = _JobWait(self, job, options)
        return Poll(
            partial(subscriber.poll, self.adapter.poll),
            subject,
            policy=options.poll or context.poll,
            limits=WaitLimits(options.timeout, options.queue_timeout, options.run_timeout),
            clock=context.clock,
            sleep=subscriber.sleep,
            on_change=self._report,
            on_pause=subscriber.rest,
            finish=subject.finish,
        )

    async def _list_many(self, jobs: Mapping[str, Job]) -> BatchResult[Job]:
        """List jobs that are waited for; those of which the waits learn nothing are not read."""
        listed = BatchResult["Job"](is_same=self._poller.is_known, pages=self._pages)
        listed = await self.adapter.list_many(jobs, listed)
        self._pages = listed.pages or {}
        return listed

    def _is_same(self, job: Job, older: Job) -> bool:
        """Whether a wait learns nothing from a job that it did not know from an older one."""
        is_same = job.raw_status == older.raw_status and job.status is older.status
        return is_same and self.adapter.estimate(job) is None

    def _time_left(self, options: WaitOptions) -> Callable[[], float | None]:
        """Return a function that returns the seconds left of a wait that begins now."""
        clock, timeout = self.context.clock, options.timeout
        if timeout is None:
            return lambda: None
        end = clock.now() + timeout
        return lambda: max(0.0, end - clock.now())

    def _report(self, job: Job) -> None:
        """Call the hook for a change of a job's status."""
        event = StateEvent(provider=job.provider, id=job.id, status=job.status, raw_status=job.raw_status)
        self.context.transport.hooks.on_state(event)

    async def result_of_job(self, job: Job, options: WaitOptions) -> Result:
        """Return the result of a job, waited for."""
        self._check(job, options)
        left = self._time_left(options)
        # A provider may not keep a late result beyond the end of the session.
        async with self._own_sessions.held(job, left):
            if job.status.is_terminal:
                ended = await self.saw(job)
            else:
                ended = await self.wait_for_job(job, options, on_update=None, cancel_remote=False)
            return await self._result_of(ended, options, left())

    async def _result_of(self, ended: Job, options: WaitOptions, left: float | None) -> Result:
        """Return the result of a job that has ended, within the seconds that are left."""
        if ended.status is status.JobStatus.CANCELLED:
            raise _job_error(JobCancelledError, ended, "the job was cancelled")
        try:
            # The rest of the time is for the reason of a failure, the download and the decoding.
            with self.context.clock.limit(left):
                if ended.status is not status.JobStatus.COMPLETED:
                    raise failure_error(await self.adapter.failure(ended))
                return await self._result_or_late(ended, options)
        except AnyQPUError:
            raise
        except TimeoutError:
            pass
        raise WaitTimeoutError(
            f"job {ended.id} is {ended.status.value}, but its result was not there in time",
            handle=ended.handle,
            last_status=ended.status,
            provider=ended.provider,
            hint=Hint(
                f"Fetch it with a longer timeout; its handle is {ended.handle}",
                f"Fetch it with `anyqpu job result {shlex.quote(str(ended.handle))}` and a longer --timeout",
            ),
        )

    async def _result_or_late(self, job: Job, options: WaitOptions) -> Result:
        """Return the result; poll for it while a job that is complete has none yet."""
        try:
            # It is there, but for few jobs: without a poll, which takes more time than it takes to decode it.
            return _in_order(await self.adapter.result(job), job)
        except AnyQPUError as error:
            if not error.retryable and not isinstance(error, NotReadyError):
                raise
            first: AnyQPUError | None = error
        late: NotReadyError | None = None

        async def fetch() -> Result | None:
            nonlocal first, late
            earlier, first = first, None
            try:
                if earlier is not None:
                    raise earlier
                return await self.adapter.result(job)
            except NotReadyError as error:
                late = error
                return None

        subject = Subject["Result | None"](
            name=f"result of job {job.id}",
            state=lambda result: result is not None,
            phase=lambda result: Phase.QUEUED if result is None else Phase.DONE,
        )
        try:
            result = await poll_until(
                fetch,
                subject,
                policy=options.poll or self.context.poll,
                clock=self.context.clock,
                timeout=RESULT_LAG,
            )
        except WaitTimeoutError:
            if late is None:
                raise
        else:
            assert result is not None  # noqa: S101  # a poll that is done has one
            return _in_order(result, job)
        raise ResultNotAvailableError(
            f"job {job.id} is complete, but {RESULT_LAG:g} s later there is no result",
            provider=job.provider,
            operation=late.operation,
            status_code=late.status_code,
            request_id=late.request_id,
            hint="Fetch it again later",
        )

    def _check(self, job: Job, options: WaitOptions) -> None:
        self._check_job(job)
        checked_object(options, jobs.WaitOptions, "options", self.context.provider)

    def _check_job(self, job: Job) -> None:
        hint = "client.job(id) returns the job of an identifier"
        checked_object(job, jobs.Job, "job", self.context.provider, hint=hint)

    async def _cancel_shielded(self, job: Job) -> None:
        """Send exactly one cancel, even if the task that sends it is cancelled, and cancelled again."""

        async def send() -> None:
            with anyio.move_on_after(CANCEL_SECONDS, shield=True), exchange.send_once():
                try:
                    await self.adapter.cancel(job)
                    await self._own_sessions.gave_up(job)
                except AnyQPUError as error:
                    logger.warning("job %s may still run: its cancel failed (%s)", job.handle, type(error).__name__)

        # A task of its own: asyncio's own cancellation, unlike anyio's, breaks into a shield.
        async with anyio.create_task_group() as group:
            group.start_soon(send)


def _raw_status(job: Job) -> str:
    return job.raw_status


class _JobWait:
    """One wait for a job, as the subject of its polls: one small object, since there may be ten thousand."""

    __slots__ = ("_end", "_job", "_runner")

    phase = staticmethod(phase_of)
    state = staticmethod(_raw_status)
    raw_status = None

    def __init__(self, runner: JobRunner, job: Job, options: WaitOptions) -> None:
        self._runner = runner
        self._job = job
        self._end = None if options.timeout is None else runner.context.clock.now() + options.timeout

    @property
    def name(self) -> str:
        """Name in errors and in the log."""
        return f"job {self._job.id}"

    def status(self, job: Job) -> object:
        """Return the status in errors."""
        return job.status

    def retry_after(self, job: Job) -> None:
        """Return None: the policy decides."""

    def estimate(self, job: Job) -> tuple[float, float] | None:
        """Return the seconds in which the provider expects the end."""
        return self._runner.adapter.estimate(job)

    def details(self, last: Job | None) -> Mapping[str, Any]:
        """Return the fields of errors."""
        handle = remembered(last or self._job, self._job.decode).handle
        state = "the job is still running; resume it with"
        hint = Hint(f"{state} handle {handle}", f"{state} `anyqpu resume {shlex.quote(str(handle))}`")
        return {"handle": handle, "provider": self._job.provider, "hint": hint}

    async def finish(self, job: Job) -> Job:
        """Return a job that has changed; a session that was opened for it ends before its end is reported."""
        clock = self._runner.context.clock
        left = None if self._end is None else max(0.0, self._end - clock.now())
        return await self._runner.context.own_sessions.saw(remembered(job, self._job.decode), within=left)


def failure_error(job: Job) -> JobError:
    """Return the error for a job that did not complete, with the provider's reasons."""
    reasons = "; ".join(job.failure.messages) if job.failure else ""
    kind = JobTimedOutError if job.status is status.JobStatus.TIMED_OUT else JobFailedError
    return _job_error(kind, job, reasons or job.status_message or f"the job ended as {job.raw_status}")


def _in_order(result: Result, job: Job) -> Result:
    """Return a result with the bits and programs in the order of what was submitted, before it was transpiled."""
    programs = job.decode.get(jobs.TRANSPILED)
    return result if programs is None else program_order.in_program_order(result, programs)


def _job_error(kind: type[JobError], job: Job, message: str) -> JobError:
    code = job.failure.code if job.failure else None
    return kind(message, handle=job.handle, job_status=job.status, provider=job.provider, code=code)

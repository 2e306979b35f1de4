"""Waiting for jobs, the same for every cloud."""

from __future__ import annotations

import logging
import math
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from anyqpu._lazy import LazyModule
from anyqpu.core import submit
from anyqpu.core.arguments import checked_object
from anyqpu.core.base import BaseClient
from anyqpu.core.job_runner import JobRunner
from anyqpu.core.memory import DEVICE_SECONDS, Memory
from anyqpu.errors import ValidationError
from anyqpu.paging import paginate
from anyqpu.transport.arguments import builder
from anyqpu.waiting import BatchResult, Clock, LoopClock

if TYPE_CHECKING:
    from anyqpu.config.settings import Settings
    from anyqpu.core.submit import Search
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
    from anyqpu.transport.client import Transport
else:
    cost, devices, handles, jobs, status = (
        LazyModule(f"anyqpu.model.{name}") for name in ("cost", "device", "handle", "job", "status")
    )

R = TypeVar("R")
T = TypeVar("T")

logger = logging.getLogger("anyqpu")


class _Legacy:
    """The adapter of a client whose provider is not one package yet."""

    def __init__(self, client: Any) -> None:
        self.poll, self.cancel = client._poll_job, client._send_cancel
        self.list_many, self.list_cost = client._list_waiting, client._list_cost
        self.result, self.failure = client._result_of, client._failed


class JobsClient(BaseClient[R]):
    """A client of a cloud that has jobs. What a job can do is done here; subclasses say how a job is looked at."""

    _make_raw: ClassVar[Callable[..., Any]]
    """The generated client; it takes what sends its requests."""

    def __init__(
        self,
        spec: Any,
        transport: Transport,
        settings: Settings,
        *,
        poll: PollPolicy,
        clock: Clock | None = None,
        search: Search | None = None,
    ) -> None:
        super().__init__(
            transport, self._make_raw(transport.call, build=builder(self.provider), pager=paginate), settings
        )
        self._poll = poll
        self._clock: Clock = clock or LoopClock()
        self._search = search
        self._devices: Memory[Device] = Memory(self._clock, seconds=DEVICE_SECONDS)
        self._waits = JobRunner(lambda jobs: cast("Any", self), lambda context: cast("Any", _Legacy(self)))

    @property
    def transport(self) -> Transport:
        """As a context has it."""
        return self._transport

    @property
    def clock(self) -> Clock:
        """As a context has it."""
        return self._clock

    @property
    def poll(self) -> PollPolicy:
        """As a context has it."""
        return self._poll

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
            send,
            find,
            key=key,
            provider=self.provider,
            search=self._search,
            clock=self._clock,
            timeout=limit,
            hint=hint,
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
        """Return the result of a job, waited for; the same as `job.result()`."""
        return await self._waits.result_of_job(job, options)

    def events_of_job(self, job: Job, options: WaitOptions) -> Any:
        """Iterate over a job at each change of its status; the same as `job.events()`."""
        return self._waits.events_of_job(job, options)

    async def wait_for_job(
        self, job: Job, options: WaitOptions, *, on_update: Callable[[Job], object] | None, cancel_remote: bool
    ) -> Job:
        """Return a job in its final state; the same as `job.wait()`."""
        return await self._waits.wait_for_job(job, options, on_update=on_update, cancel_remote=cancel_remote)

    async def _failed(self, job: Job) -> Job:
        return job

    async def _send_cancel(self, job: Job) -> None:
        """The one request that cancels a job."""
        await self.cancel_job(job)

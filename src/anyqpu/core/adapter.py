"""What a provider's code does for the common client: the operations behind the common verbs."""

from __future__ import annotations

import math
from abc import ABCMeta, abstractmethod
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Literal, NoReturn, Protocol, TypeVar

from anyqpu._lazy import LazyModule
from anyqpu.core.checks import check_device, no_device
from anyqpu.core.keys import content_among, sent_tags
from anyqpu.core.submit import find_all_among, find_among
from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError
from anyqpu.waiting import BatchResult

if TYPE_CHECKING:
    from anyqpu.core import native
    from anyqpu.core.context import Context
    from anyqpu.core.own_sessions import Lease
    from anyqpu.model import device as devices
    from anyqpu.model import job as job_model
    from anyqpu.model import status
    from anyqpu.model.calibration import Calibration, Topology
    from anyqpu.model.device import Device
    from anyqpu.model.handle import JobHandle
    from anyqpu.model.job import Job
    from anyqpu.model.money import Money
    from anyqpu.model.native import NativeForm, TranspileOptions
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.reservation import AvailableSlot, Reservation
    from anyqpu.model.result import Result
    from anyqpu.model.session import Session
    from anyqpu.paging import Pager
    from anyqpu.transport.send_guard import BeforeSend
else:
    native = LazyModule("anyqpu.core.native")
    devices = LazyModule("anyqpu.model.device")
    job_model, status = LazyModule("anyqpu.model.job"), LazyModule("anyqpu.model.status")

R = TypeVar("R")
T = TypeVar("T")
Recovery = Literal["find", "resend", "unknown"]
"""What to do about a submit that was interrupted: find its key, send it again with the key, or leave it to the user."""


@dataclass(slots=True, kw_only=True, eq=False)
class Submission:
    """The arguments of one `submit`, as the caller gave them, and what is made of them on the way.

    Attributes:
        own_key: The caller's key; None: a key is made up.
        key: Key by which the job can be found, the caller's or one that is made up when the arguments are checked; sent
            where the provider has a field for one.
        content: Digest of what is submitted, where the key is the caller's; sent beside the key.
        timeout: Seconds for the whole call; None: the total time of a call for the request.
        transpile: How to transpile the program, which is done before `prepare`.
        max_cost: The most that it may cost; None: the limit of the client.
        before_send: The caller's hook before the request is sent.
        options: What this provider's `submit` takes besides, in a form of the provider's own.
    """

    program: ProgramSource | Sequence[ProgramSource] | None
    device: str | Device
    own_key: str | None = None
    key: str = ""
    content: str | None = None
    shots: int | None = None
    name: str | None = None
    tags: Sequence[str] = ()
    session: str | Session | None = None
    timeout: float | None = None
    max_cost: Money | None = None
    before_send: BeforeSend | None = None
    parameters: Mapping[str, object] | None = None
    transpile: bool | int | TranspileOptions = False
    options: Any = None

    def tags_to_send(self, tags: Sequence[str] | None = None) -> list[str]:
        """Return the tags, or other ones in their place, with the key, for a provider whose field for it is a tag."""
        return sent_tags(self.tags if tags is None else tags, self.key, self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A submit that is ready to be sent: everything was checked, converted and uploaded.

    Attributes:
        send: Sends the request, once.
        find: Finds the job by its key among those made since a time, such as `Adapter.find`; None where this job has no
            field for a key.
        hint: What to do about an unknown outcome, instead of looking for the key.
        timeout: Seconds for the request and the search; None: those of the submission.
        lease: The job's use of a session that submits opened; None where it runs in none, or in the caller's own.
    """

    send: Callable[[], Awaitable[Job]]
    find: Callable[[str, datetime], Awaitable[Job | None]] | None = None
    hint: str | None = None
    timeout: float | None = None
    lease: Lease | None = None


class SessionAdapter(Protocol):
    """Sessions of a provider."""

    async def open(self, device: str | Device, *, tags: Sequence[str] = ()) -> Session:
        """Open a session on a device; sent once."""
        ...

    async def get(self, id: str) -> Session:
        """Return a session by its identifier."""
        ...

    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Session]:
        """List sessions, newest first where the provider has an order."""
        ...

    def jobs(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """List the jobs of a session."""
        ...

    async def drain(self, session: Session) -> Session:
        """Let a session take no more jobs; those that it has finish."""
        ...

    async def close(self, session: Session) -> None:
        """End a session."""
        ...


class ReservationAdapter(Protocol):
    """Reservations of a provider."""

    def list(
        self, device: str | Device | None = None, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Reservation]:
        """List reservations, newest first where the provider has an order."""
        ...

    async def get(self, id: str) -> Reservation:
        """Return a reservation by its identifier."""
        ...

    async def refresh(self, reservation: Reservation) -> Reservation:
        """Return a reservation as it is now."""
        ...

    async def reserve(
        self, device: str | Device, *, start: datetime, end: datetime, notes: str | None = None
    ) -> Reservation:
        """Reserve time on a device; sent once."""
        ...

    async def cancel(self, reservation: str | Reservation) -> Reservation:
        """Give reserved time back."""
        ...


class Adapter(Generic[R], metaclass=ABCMeta):
    """The operations behind the common verbs, for one client. A provider subclasses it once.

    What is not abstract has a default that fits a provider which lacks it.

    Attributes:
        context: What the parts of the client share.
        raw: The generated client.
        kinds: Kinds of jobs, as handles have them.
        key_window: How far back a submit with a key of the caller's looks for a job with that key; None: as far as
            lists go. For a provider that cannot filter its list by key.
    """

    kinds: ClassVar[frozenset[str]] = frozenset({"job"})
    key_window: ClassVar[timedelta | None] = None

    def __init__(self, context: Context[R]) -> None:
        self.context = context
        self.raw = context.raw

    @cached_property
    def sessions(self) -> SessionAdapter | None:
        """Sessions; None where the provider has none."""
        return None

    @cached_property
    def reservations(self) -> ReservationAdapter | None:
        """Reservations; None where the provider has none."""
        return None

    async def check_credentials(self) -> str:
        """Send one small request that needs the credentials; return what it reads, such as `its jobs`."""
        await self.devices(page_size=1).first()
        return "its devices"

    # Devices

    @abstractmethod
    def devices(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Device]:
        """List the devices that these credentials may use."""

    @abstractmethod
    async def device(self, id: str) -> Device:
        """Return a device by its identifier; raise `NotFoundError` with the nearest name for an unknown one."""

    async def of_device(self, id: str, response: Awaitable[T]) -> T:
        """Return a response about a device; raise `NotFoundError` with the nearest name for an unknown one."""
        try:
            return await response
        except NotFoundError as error:
            missing = error
        try:
            ids = [device.id async for device in self.devices()]
        except AnyQPUError:
            ids = [id]
        if id in ids:
            # The device exists, but not what was requested of it.
            raise missing
        raise no_device(
            id,
            ids,
            provider=self.context.provider,
            operation=missing.operation,
            status_code=missing.status_code,
            request_id=missing.request_id,
            body=missing.body,
        ) from missing

    async def look_up(self, id: str) -> Device:
        """Return a device as far as a submit needs it, where that takes fewer requests than `device`."""
        return await self.device(id)

    async def target(self, device: str | Device) -> Device:
        """Return a device to submit to; it is remembered for some minutes."""
        check_device(device, self.context.provider)
        if isinstance(device, devices.Device):
            return device
        return await self.context.devices.look_up(device, lambda: self.look_up(device))

    def idle_limit(self, device: Device) -> timedelta | None:
        """Return after which idle time a session that `submit` opens on a device ends; None where it opens none."""
        return None

    async def calibration(self, device: str | Device) -> Calibration | None:
        """Return how well a device works; None if the provider has no calibration of it."""
        self.context.unsupported("calibration")

    async def topology(self, device: str | Device) -> Topology | None:
        """Return the qubits or traps of a device and their couplings; None if the provider does not say.

        Raises:
            NotFoundError: There is no such device.
        """
        await self.target(device)
        return None

    async def native_form(self, device: Device) -> NativeForm:
        """Return what programs consist of that run on a device as they are, for a transpiler.

        Raises:
            UnsupportedOperationError: It is not known.
        """
        native.refuse(device, "has no native gates that are known")

    def find_slots(
        self,
        device: str | Device,
        *,
        start: datetime,
        duration: timedelta | float,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[AvailableSlot]:
        """List windows that can be reserved, the earliest first."""
        self.context.unsupported("find_slots")

    # Jobs

    @abstractmethod
    async def prepare(self, submission: Submission) -> Prepared:
        """Check a submission, convert and upload its programs, and return what sends it.

        Arguments are checked before the first request.
        """

    @abstractmethod
    async def job(self, id: str) -> Job:
        """Return a job by its identifier."""

    def jobs(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Job]:
        """List jobs, newest first."""
        self.context.unsupported("job_listing")

    async def find(self, key: str, since: datetime | None) -> Job | None:
        """Find the job with a key, as far back as a time, or as lists go; here, in the list of jobs."""
        if not self.context.capabilities.find:
            self.context.unsupported("find")
        return await find_among(
            self.jobs(),
            since=since,
            is_ours=lambda job: job.dedup_key == key,
            created_at=lambda job: job.created_at,
        )

    async def recovery(self, device: str, options: Mapping[str, Any]) -> Recovery:
        """Return what to do about a submit with these arguments that was interrupted: see `Recovery`."""
        return "find" if self.context.capabilities.find else "unknown"

    async def find_many(self, keys: Collection[str], since: datetime | None) -> dict[str, Job]:
        """Find the jobs with keys in one pass over the list of jobs, as far back as `find` does."""
        return await find_all_among(
            self.jobs(), keys, since=since, key_of=lambda job: job.dedup_key, created_at=lambda job: job.created_at
        )

    def content_of(self, job: Job) -> str | None:
        """Return the digest that a job was submitted with; None where it is not known."""
        return content_among(getattr(job.raw, "tags", None))

    def adopt(self, job: Job, submission: Submission) -> Job:
        """Return a job that was found by its key, with what the provider does not store and the submission says."""
        return job

    async def refresh(self, job: Job) -> Job:
        """Return a job as it is now."""
        return await self.job(job.id)

    async def poll(self, job: Job) -> Job:
        """Return a job as it is now, where there is a cheaper request than that of `refresh`."""
        return await self.refresh(job)

    def estimate(self, job: Job) -> tuple[float, float] | None:
        """Return the seconds in which the provider expects a job to end, at least and at most; None: it does not say.

        As of the poll that returned the job; the next poll follows by them.
        """
        return None

    async def list_many(self, jobs: Mapping[str, Job], listed: BatchResult[Job] | None = None) -> BatchResult[Job]:
        """Return those of the jobs that list requests find, for less than one request each; `listed` gets them."""
        return BatchResult() if listed is None else listed

    def list_cost(self, jobs: Mapping[str, Job]) -> float:
        """Return how many requests `list_many` takes at best; infinity where lists cannot serve."""
        return math.inf

    @abstractmethod
    async def result(self, job: Job) -> Result:
        """Return the result of a completed job; raise `NotReadyError` while it is not there."""

    async def failure(self, job: Job) -> Job:
        """Return a job that failed with the reasons that the provider gives."""
        return job

    async def cancel(self, job: Job) -> Job | None:
        """Send the one request that cancels a job; return the job if the response has it."""
        self.context.unsupported("cancel")

    async def delete(self, job: Job) -> None:
        """Delete a job with its results."""
        self.context.unsupported("delete")

    async def resume(self, handle: JobHandle) -> Job:
        """Return the job that a handle of this provider stands for."""
        return await self.job(handle.id)

    def attach(self, handle: JobHandle) -> Job:
        """Return the job that a handle of this provider stands for, as far as the handle describes it; no request.

        Its status is unknown, which a wait takes for a status that is not final.
        """
        return job_model.Job(
            provider=self.context.provider,
            id=handle.id,
            kind=handle.kind,
            device_id=None,
            status=status.JobStatus.UNKNOWN,
            raw_status="",
            session_id=handle.session_id,
            created_at=handle.created_at,
            dedup_key=handle.dedup_key,
            decode=dict(handle.decode),
            _actions=self.context.jobs,
        )

    def check_kind(self, handle: JobHandle) -> None:
        """Raise `ValidationError` for a handle of a kind that this provider does not have."""
        if handle.kind not in self.kinds:
            self.refuse_handle(f"invalid handle: {self.context.provider} has no {handle.kind!r:.80}")

    def refuse_handle(self, problem: str, hint: str | None = None) -> NoReturn:
        """Raise `ValidationError` for a handle."""
        raise ValidationError(problem, provider=self.context.provider, fields=("handle",), hint=hint)

    def close(self) -> None:
        """Close connections that are not those of the context's transport."""

"""Sessions as blocks, the same for every cloud that has something like them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import anyio

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_texts, shown
from anyqpu.core.checks import check_device
from anyqpu.errors import AnyQPUError, ValidationError

if TYPE_CHECKING:
    from anyqpu.model import cost as costs
    from anyqpu.model import job as jobs
    from anyqpu.model.capabilities import Capabilities
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job, WaitOptions
    from anyqpu.model.money import Pricing
    from anyqpu.model.program import ProgramSource
    from anyqpu.model.session import OnExit, Session
else:
    costs = LazyModule("anyqpu.model.cost")
    jobs = LazyModule("anyqpu.model.job")

R = TypeVar("R")

ENDING = frozenset({"closing", "closed", "failed"})

logger = logging.getLogger("anyqpu")

CHOICES = ("drain", "cancel", "leave")
# Leaving a block because it was cancelled must still release the session, but not for ever.
CLEANUP_SECONDS = 60.0


def may_end(session: Session) -> bool:
    """Whether a session has an end still to come."""
    return session.status.value not in ENDING


def with_end(session: Session, *, idle: timedelta | None, pricing: Pricing | None, now: datetime) -> Session:
    """Return a session with the time at which it ends by itself at the latest, and what it costs at most until then.

    Args:
        session: A session that has not ended.
        idle: Idle time after which it ends.
        pricing: Prices of its device.
        now: The present time.
    """
    ends = [] if session.expires_at is None else [session.expires_at]
    if idle is not None and session.waiting_jobs == 0 and session.started_at is not None:
        # Providers do not say when the last job ended: at the latest now.
        ends.append((now if session.finished_jobs else session.started_at) + idle)
    if not ends:
        return session
    left, cost = max(min(ends) - now, timedelta(0)), None
    if pricing is not None and pricing.per_hour is not None:
        cost = costs.estimate(pricing, circuits=0, duration=left).total
    return replace(session, ends_at=min(ends), may_still_cost=cost)


class SessionOwner(Protocol):
    """The methods of a client that a session's block calls."""

    @property
    def capabilities(self) -> Capabilities:
        """What the provider can do."""
        ...

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    @property
    def submit(self) -> Callable[..., Awaitable[Job]]:
        """Submits a program, with `device=` and `session=`."""
        ...

    @property
    def open_session(self) -> Callable[..., Awaitable[Session]]:
        """Opens a session on a device."""
        ...

    async def wait_for_job(self, job: Job, options: WaitOptions, *, on_update: Any, cancel_remote: bool) -> Job:
        """A job in its final state."""
        ...

    async def cancel_job(self, job: Job) -> Job:
        """A job after it was asked to be cancelled."""
        ...

    async def drain_session(self, session: Session) -> Session:
        """The session, which takes no more jobs."""
        ...

    async def close_session(self, session: Session) -> None:
        """End a session; what runs in it finishes if the cloud lets it."""
        ...


class SessionBlock:
    """`async with client.session(device=...) as session:` opens a session, and releases it at the end.

    What happens to its jobs then is `on_exit`: with `drain` they finish, and the block ends when they have; with
    `cancel` they are cancelled; with `leave` the session and its jobs keep running, and cost money.
    """

    def __init__(self, owner: SessionOwner, device: str | Device, on_exit: OnExit, **options: Any) -> None:
        if not isinstance(on_exit, str) or on_exit not in CHOICES:  # pyright: ignore[reportUnnecessaryIsInstance]
            problem = f"on_exit is one of {', '.join(CHOICES)}, not {shown(on_exit)}"
            raise ValidationError(problem, provider=owner.provider, fields=("on_exit",))
        check_device(device, owner.provider)
        checked_texts(options.get("tags", ()), "tags", owner.provider)
        self._owner = owner
        self._device = device
        self._on_exit = on_exit
        self._options = options
        self._session: Session | None = None
        self.jobs: list[Job] = []
        """The jobs that were submitted through this block."""

    @property
    def session(self) -> Session:
        """The session, as it was when it was opened."""
        if self._session is None:
            raise ValidationError("the session is not open", hint="Use it inside its `async with`")
        return self._session

    @property
    def id(self) -> str:
        """The session's identifier."""
        return self.session.id

    async def submit(self, program: ProgramSource | Sequence[ProgramSource], **options: Any) -> Job:
        """Submit a program to this session; the options are those of the client's `submit`, without the device."""
        job = await self._owner.submit(program, device=self._device, session=self.id, **options)
        self.jobs.append(job)
        return job

    async def __aenter__(self) -> SessionBlock:
        name = self._device if isinstance(self._device, str) else getattr(self._device, "id", self._device)
        self._session = await self._owner.open_session(name, **self._options)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._on_exit == "leave":
            return
        if kind is None:
            await self._release()
            return
        # Whatever ended the block, cancellation too, is what the caller is to see.
        with anyio.move_on_after(CLEANUP_SECONDS, shield=True):
            try:
                await self._release()
            except AnyQPUError as problem:
                logger.warning("session %s may still be open: %s", self.id, problem)

    async def _release(self) -> None:
        if self._on_exit == "cancel":
            for job in self.jobs:
                await self._cancel(job)
        else:
            # Without it the jobs are awaited all the same, and the session is closed when they have finished.
            if self._owner.capabilities.drain:
                await self._owner.drain_session(self.session)
            for job in self.jobs:
                await self._owner.wait_for_job(job, jobs.WaitOptions(), on_update=None, cancel_remote=False)
        await self._owner.close_session(self.session)

    async def _cancel(self, job: Job) -> None:
        try:
            await self._owner.cancel_job(job)
        except AnyQPUError as problem:
            # One that is over cannot be cancelled, and need not be.
            logger.info("job %s was not cancelled: %s", job.handle, problem)

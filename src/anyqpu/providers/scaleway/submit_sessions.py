"""The session that a submit runs in: the caller's own, or one that submits open and share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from anyqpu.core.keys import new_key
from anyqpu.core.memory import Memory
from anyqpu.core.own_sessions import Lease
from anyqpu.core.shared_session import SessionCalls
from anyqpu.core.submit_timeout import time_to_open, time_to_prepare
from anyqpu.errors import (
    AnyQPUError,
    ConflictError,
    Hint,
    NotFoundError,
    SubmissionUnknownError,
    ValidationError,
    WaitTimeoutError,
)
from anyqpu.model.polling import PollPolicy
from anyqpu.model.session import SUBMIT_TAG, Session

if TYPE_CHECKING:
    from anyqpu.model.device import Device
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter

T = TypeVar("T")

# Idle time after which a session that submits open ends by itself. Neither Scaleway's document nor its platforms have
# a minimum; a submit sends its job within seconds after the session has started.
IDLE = timedelta(seconds=60)
# A starting session is polled at least this often, in shares of the idle time, which runs from its start.
POLL_SHARE = 0.25
# Seconds for which a session of the caller's, seen to take jobs, is not looked up again.
READY_SECONDS = 30.0


class SubmitSessions:
    """Finds or opens the session of a submit."""

    def __init__(self, adapter: ScalewayAdapter) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._own = adapter.context.own_sessions
        self._ready: Memory[Session] = Memory(adapter.context.clock, seconds=READY_SECONDS)

    async def open(self, target: Device, model: str | None) -> Lease:
        """Return a lease of the session that submits to a platform share.

        Args:
            target: The platform.
            model: Model of the session, which only jobs with the same one share.

        Raises:
            WaitTimeoutError: It did not start in time.
            ConflictError: It ended before it took jobs.
            SubmissionUnknownError: It may be open.
        """
        sessions = self._adapter.sessions
        key, began = new_key(), datetime.now(UTC)

        async def open_session() -> Session:
            try:
                return await sessions.open(target, tags=(SUBMIT_TAG,), max_idle=IDLE, deduplication_id=key, model=model)
            except ValidationError as error:
                if "max_idle_duration" in error.fields:
                    # The platform has a minimum that it does not publish. A longer time costs more than estimated.
                    longer = f"above {IDLE.total_seconds():g} s, and submit to it"
                    error.hint = Hint(
                        f"Open a session with max_idle= {longer}",
                        f"Open a session with an idle limit {longer} with --session",
                    )
                raise
            except SubmissionUnknownError as error:
                error.hint = (
                    f"No job was submitted. A session with the key {key} may be open on {target.name}; "
                    f"it ends after {IDLE.total_seconds():g} s idle"
                )
                raise

        calls = SessionCalls(
            open=open_session,
            find=lambda: sessions.find(key, began, target),
            wait=self._wait,
            get=lambda session: sessions.fetch(session.id),
            close=sessions.close,
        )
        name = f"the session on {target.name}"
        return await self._limited(
            partial(self._own.join, (target.id, model), calls, idle=IDLE), time_to_open(), lambda: (name, None)
        )

    async def named(self, session: str | Session, target: Device) -> tuple[Session, Lease | None]:
        """Return a session that the caller names, once it takes jobs, and its lease if submits opened it.

        Raises:
            ValidationError: It is on another platform.
            WaitTimeoutError: It did not start in time.
            ConflictError: It has ended.
        """
        id = session if isinstance(session, str) else session.id
        last: Session | None = None

        def seen(now: Session) -> None:
            nonlocal last
            last = now

        async def fetch() -> Session:
            held = await self._adapter.sessions.fetch(id)
            _check_device(held, target)
            self._adapter.platforms.put(held.id, target.id)
            return held if held.accepts_jobs else await self._adapter.sessions.wait(held, on_update=seen)

        async def ready() -> tuple[Session, Lease | None]:
            lease = await self._own.join_by_id(id)
            if lease is None:
                return await self._ready.look_up(f"{id} {target.id}", fetch), None
            try:
                _check_device(lease.session, target)
            except BaseException:
                await lease.release()
                raise
            return lease.session, lease

        return await self._limited(
            ready, time_to_prepare(), lambda: (f"session {id}", None if last is None else last.status)
        )

    def forget(self, id: str) -> None:
        """Look a session up again when a submit next names it."""
        self._ready.discard(lambda session: session.id == id)

    def refused(self, id: str, lease: Lease | None, error: ConflictError | NotFoundError) -> None:
        """Explain the refusal of a job, if it is its session's fault."""
        if isinstance(error, NotFoundError) and id not in error.message:
            return
        self.forget(id)
        if lease is not None:
            lease.retire()
        if id in error.message:
            own = "The session that was opened for it has ended; submit again, which opens another one"
            error.hint = "Open another session" if lease is None else own

    async def _wait(self, session: Session) -> Session:
        if session.accepts_jobs:
            return session
        policy = _at_most(self._context.poll, POLL_SHARE * IDLE.total_seconds())
        return await self._adapter.sessions.wait(session, poll=policy)

    async def _limited(
        self, ready: Callable[[], Awaitable[T]], limit: float | None, last: Callable[[], tuple[str, Any]]
    ) -> T:
        """Wait for a session within the seconds that the submit has for it."""
        try:
            with self._context.clock.limit(limit):
                return await ready()
        except TimeoutError as error:
            if isinstance(error, AnyQPUError):
                raise
        name, status = last()
        raise WaitTimeoutError(
            f"{name} is still {status or 'starting'} after {limit:.3g} s",
            last_status=status,
            provider="scaleway",
            operation="GetSession",
            hint="No job was submitted; give a longer timeout",
        )


def _check_device(held: Session, target: Device) -> None:
    if held.device_id not in {None, target.id}:
        problem = f"session {held.id} is not on {target.name}"
        raise ValidationError(problem, provider="scaleway", fields=("session", "device"))


@dataclass(frozen=True, slots=True)
class _AtMost(PollPolicy):
    """A policy with a longest interval."""

    usual: PollPolicy = PollPolicy()  # noqa: RUF009  # frozen
    longest: float = 0.0

    def interval(self, elapsed: float, *, at_least: float | None = None) -> float:
        return min(self.usual.interval(elapsed, at_least=at_least), max(self.longest, at_least or 0.0))


def _at_most(policy: PollPolicy, longest: float) -> PollPolicy:
    same = {field.name: getattr(policy, field.name) for field in fields(PollPolicy)}
    return _AtMost(**same, usual=policy, longest=longest)

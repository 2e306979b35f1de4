"""Sessions on Scaleway's platforms."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.api.sessions import create_session, terminate_session
from anyqpu_raw.scaleway.models import CreateSessionBody, ListSessionsResponse, UpdateSessionBody
from anyqpu_raw.scaleway.models import Session as RawSession

from anyqpu.core import budget
from anyqpu.core.changes import made
from anyqpu.core.keys import new_key
from anyqpu.core.reading import is_empty, read_each
from anyqpu.core.sessions import may_end, with_end
from anyqpu.core.submit import find_among
from anyqpu.core.values import texts
from anyqpu.errors import AnyQPUError, ConflictError, Hint
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.model.session import Session, SessionStatus
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.requirements import BookingDemand, check_demand, not_past
from anyqpu.transport.arguments import builder
from anyqpu.waiting import Phase, Subject, poll_until

if TYPE_CHECKING:
    from anyqpu.model.job import Job
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter

Duration = float | timedelta
# Seconds; a `timedelta` cannot hold much more.
LONGEST = 1e9
STARTED = {SessionStatus.ACTIVE, SessionStatus.CLOSING, SessionStatus.CLOSED}


def shortest_of(max_idle: Duration | None, max_duration: Duration | None) -> timedelta | None:
    """Return the length of a session that is not closed and gets no job; None without one of the limits."""
    limits = {"max_idle": max_idle, "max_duration": max_duration}
    seconds = [mapping.seconds(limit, name) for name, limit in limits.items() if limit is not None]
    return timedelta(seconds=min(*seconds, LONGEST)) if seconds else None


class ScalewaySessions:
    """Sessions on platforms."""

    def __init__(self, adapter: ScalewayAdapter) -> None:
        self._adapter = adapter
        self._context = adapter.context
        self._raw = adapter.raw

    def session_of(self, raw: RawSession) -> Session:
        """Return the common form of a session, and remember its platform and booking."""
        session = mapping.session_of(raw)
        self._adapter.platforms.put(session.id, session.device_id)
        if session.reservation_id is not None:
            self._adapter.booked.put(session.reservation_id, (session.id, session.device_id))
        return session

    def _sessions_of(self, sessions: Iterable[RawSession]) -> Sequence[Session]:
        return read_each("scaleway", sessions, self.session_of)

    async def open(
        self,
        device: str | Device,
        *,
        tags: Sequence[str] = (),
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        parameters: str | None = None,
        model: str | None = None,
        booking: BookingDemand | None = None,
        deduplication_id: str | None = None,
    ) -> Session:
        """Open a session (CreateSession)."""
        target = await self._adapter.target(device)
        if booking is not None:
            check_demand(booking, target, self._context.clock.wall())
            # A booked session must not end before its time for lack of jobs.
            max_duration = booking.duration if max_duration is None else max_duration
            max_idle = booking.duration if max_idle is None else max_idle
        key = deduplication_id or new_key()
        body = CreateSessionBody(
            project_id=self._adapter.project(),
            platform_id=target.id,
            deduplication_id=key,
            tags=list(tags),
        )
        if name is not None:
            body.name = name
        if max_duration is not None:
            body.max_duration = mapping.spell(max_duration, "max_duration")
        if max_idle is not None:
            body.max_idle_duration = mapping.spell(max_idle, "max_idle")
        if parameters is not None:
            body.parameters = parameters
        if model is not None:
            body.model_id = model
        if booking is not None:
            body.booking_demand = booking.body()

        async def send() -> Session:
            # The same deduplication_id gives the same session, so this may be sent again.
            raw = await self._context.transport.call(
                create_session.OPERATION,
                builder("scaleway")(create_session.OPERATION, create_session.build_request, body=body),
                create_session.parse_response,
                idempotent=True,
            )
            return self.session_of(raw)

        return await self._context.send_once(send, partial(self.find, target=target), key=key)

    async def find(self, key: str, since: datetime, target: Device) -> Session | None:
        """Find the session with a key, among those opened on a platform since a time (ListSessions)."""
        return await find_among(
            self._list(self._sessions_of, device=target),
            since=since,
            is_ours=lambda session: session.dedup_key == key,
            created_at=lambda session: session.created_at,
        )

    async def get(self, id: str) -> Session:
        """Return a session by its identifier, with its end and cost (GetSession; GetPlatform for an unknown price)."""
        return await self._with_end(await self.fetch(id))

    async def fetch(self, id: str) -> Session:
        """Return a session by its identifier, without what follows from prices (GetSession)."""
        return self.session_of(await self._raw.get_session(id))

    async def _with_end(self, session: Session) -> Session:
        """Return a session with its end and cost (GetPlatform, unless its platform is remembered)."""
        if not may_end(session):
            return session
        pricing = None
        # What a session is does not depend on its price.
        with contextlib.suppress(AnyQPUError):
            if session.device_id is not None:
                pricing = budget.pricing_of(self._context, await self._adapter.target(session.device_id))
        idle = mapping.idle_limit_of(session.raw)
        return with_end(session, idle=idle, pricing=pricing, now=self._context.clock.wall())

    def list(
        self,
        *,
        device: str | Device | None = None,
        tags: Sequence[str] = (),
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Session]:
        """List the project's sessions, newest first, perhaps those on a platform or with tags (ListSessions).

        Their ends and costs need the prices of their platforms (GetPlatform, unless they are remembered).
        """

        async def with_ends(sessions: Iterable[RawSession]) -> Iterable[Session]:
            return [await self._with_end(session) for session in self._sessions_of(sessions)]

        return self._list(with_ends, device=device, tags=tags, page_size=page_size, resume_token=resume_token)

    def _list(
        self,
        to_items: Callable[[Any], Iterable[Session] | Awaitable[Iterable[Session]]],
        *,
        device: str | Device | None = None,
        tags: Sequence[str] = (),
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Session]:
        filters: dict[str, Any] = {"project_id": self._adapter.project(), "order_by": "created_at_desc"}
        if tags:
            filters["tags"] = [*tags]

        async def fetch(**position: Any) -> ListSessionsResponse:
            if device is not None:
                filters["platform_id"] = (await self._adapter.target(device)).id
            return await self._raw.list_sessions(**filters, **position)

        return paginate(
            fetch,
            pages.LIST_SESSIONS,
            to_items=to_items,
            page_size=page_size,
            resume_token=resume_token,
        )

    def jobs(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """List the jobs of a session, newest first (ListJobs)."""
        return self._adapter.jobs(session=session, page_size=page_size, resume_token=resume_token)

    async def update(
        self,
        session: Session,
        *,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] | None = None,
    ) -> Session:
        """Change a session; what is None stays as it is (UpdateSession). Durations are seconds or `timedelta`.

        Raises:
            ConflictError: It has ended, and its durations cannot be changed.
        """
        body = UpdateSessionBody()
        if name is not None:
            body.name = name
        if tags is not None:
            body.tags = list(tags)
        if max_duration is not None:
            body.max_duration = mapping.spell(max_duration, "max_duration")
        if max_idle is not None:
            body.max_idle_duration = mapping.spell(max_idle, "max_idle")
        raw = await self._raw.update_session(session.id, body=body)
        # A success without a body, which the document does not list, says nothing of the session.
        self._adapter.submits.forget(session.id)
        return await self.get(session.id) if is_empty(raw) else await self._with_end(self.session_of(raw))

    async def wait(
        self,
        session: Session,
        *,
        timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Session], object] | None = None,
    ) -> Session:
        """Return a session once it takes jobs (GetSession); with a booking that is when its window begins (GetBooking).

        Args:
            session: The session.
            timeout: Seconds; None: no limit.
            poll: How often to poll.
            on_update: Called at the first poll and at each change of its status.

        Raises:
            WaitTimeoutError: The time is over; the session keeps running, and costs.
            ConflictError: It has ended.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """

        policy = poll or self._context.poll
        if session.reservation_id is not None and session.status not in STARTED:
            with contextlib.suppress(AnyQPUError):
                start = mapping.start_of(await self._raw.get_booking(session.reservation_id))
                policy = not_past(policy, start, self._context.clock.wall)
        subject = Subject[Session](
            name=f"session {session.id}",
            state=lambda seen: seen.raw_status,
            phase=_phase,
            status=lambda seen: seen.status,
            details=lambda seen: {
                "provider": "scaleway",
                "operation": "GetSession",
                "hint": Hint(
                    "The session keeps running, and costs: end it with close_session",
                    f"The session keeps running, and costs: `anyqpu sessions close scaleway:{session.id}` ends it",
                ),
            },
        )
        last = await poll_until(
            partial(self.fetch, session.id),
            subject,
            policy=policy,
            clock=self._context.clock,
            timeout=timeout,
            on_update=on_update,
        )
        if last.status is not SessionStatus.ACTIVE:
            message = mapping.message_in(last.raw)
            raise ConflictError(
                f"session {session.id} is {last.status}" + (f": {message}" if message else ""),
                provider="scaleway",
                operation="GetSession",
                hint="Open another one",
            )
        return await self._with_end(last)

    def access(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[str]:
        """List what you may do with a session, such as `full` or `read_job_result` (ListSessionAcls).

        Rights are given in Scaleway's IAM; this API only lists them.
        """
        return paginate(
            partial(self._raw.list_session_acls, session if isinstance(session, str) else session.id),
            pages.LIST_SESSION_ACLS,
            to_items=texts,
            page_size=page_size,
            resume_token=resume_token,
        )

    async def drain(self, session: Session) -> Session:
        """Return the session as it is; Scaleway cannot keep new jobs out of a session that runs."""
        return session

    async def close(self, session: Session) -> None:
        """End a session; jobs and bookings that it still has are cancelled (TerminateSession)."""
        self._adapter.submits.forget(session.id)
        # An ended session stays as it is, so this may be sent again.
        await made(
            self._context.transport.call(
                terminate_session.OPERATION,
                builder("scaleway")(terminate_session.OPERATION, terminate_session.build_request, session.id),
                terminate_session.parse_response,
                idempotent=True,
            )
        )

    async def delete(self, session: Session) -> None:
        """Delete a session with its jobs and their results (DeleteSession)."""
        self._adapter.submits.forget(session.id)
        await self._raw.delete_session(session.id)
        self._context.own_sessions.ended(session.id)


def _phase(session: Session) -> Phase:
    if session.status in STARTED:
        return Phase.DONE
    return Phase.QUEUED if session.status_recognized else Phase.UNKNOWN

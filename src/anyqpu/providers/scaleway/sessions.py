"""Sessions of Scaleway Quantum as a Service."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from anyqpu_raw.scaleway.api.sessions import create_session
from anyqpu_raw.scaleway.models import (
    CreateSessionBody,
    ListSessionAclsResponse,
    ListSessionsResponse,
    UpdateSessionBody,
)
from anyqpu_raw.scaleway.models import Session as RawSession

from anyqpu.core.reading import elements_of, is_empty, page_of, read_each
from anyqpu.core.sessions import SessionBlock
from anyqpu.core.submit import find_among, new_key
from anyqpu.core.values import given, texts
from anyqpu.core.waits import wait_until
from anyqpu.errors import AnyQPUError, ConflictError
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.model.session import OnExit, Session, SessionStatus
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.demands import BookingDemand, check_demand, not_past
from anyqpu.providers.scaleway.platforms import PAGE_SIZE, ScalewayPlatforms
from anyqpu.transport.arguments import builder

Duration = float | timedelta
STARTED = {SessionStatus.ACTIVE, SessionStatus.CLOSING, SessionStatus.CLOSED}


class ScalewaySessions(ScalewayPlatforms):
    """The part of the client that deals with sessions on platforms."""

    def _session_of(self, raw: RawSession) -> Session:
        session = mapping.session_of(raw)
        self._platforms.put(session.id, session.device_id)
        if session.reservation_id is not None:
            self._booked.put(session.reservation_id, (session.id, session.device_id))
        return session

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        model: str | None = None,
        booking: BookingDemand | None = None,
    ) -> SessionBlock:
        """A session as a block (CreateSession, TerminateSession). It is billed from its start to its end.

        Terminating a session cancels the jobs in it; so with `drain` the block waits for those that it submitted.

        Args:
            device: The platform it is on.
            on_exit: Whether its jobs finish, are cancelled, or go on with the session when the block ends.
            name: For your own use.
            max_duration: Seconds, or a `timedelta`, after which it ends by itself; without it what the cloud sets (59
                minutes), or the length of the booking.
            max_idle: Seconds without a job after which it ends by itself.
            tags: For your own use.
            parameters: What the platform takes besides, as text.
            model: Identifier of the model that jobs run which bring none.
            booking: A window for which the platform is booked; the session starts when that does.
        """
        options = {"name": name, "max_duration": max_duration, "max_idle": max_idle, "parameters": parameters}
        return SessionBlock(self, device, on_exit, tags=tags, model=model, booking=booking, **options)

    async def open_session(
        self,
        device: str | Device,
        *,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        model: str | None = None,
        booking: BookingDemand | None = None,
        deduplication_id: str | None = None,
    ) -> Session:
        """A session that stays until it is terminated or its time is over; `session` is the safer way (CreateSession).

        Args:
            deduplication_id: If a session with it is starting or running, that one is returned as it is, whatever the
                other arguments say. Without it a new one is made up, so that a lost answer never costs a second
                session. The other arguments are those of `session`.

        Raises:
            SubmissionUnknownError: The session may be open, but was not found.
            ValidationError: Something is not acceptable, or the platform's rules do not allow the booking; nothing was
                opened if `status_code` is None.
            ReservationUnavailableError: The time is booked already.
            PermissionDeniedError: A quota is exhausted.
        """
        target = await self._target(device)
        if booking is not None:
            check_demand(booking, target, self._clock.wall())
            # What is booked shall not end before its time for want of a job.
            max_duration = booking.duration if max_duration is None else max_duration
            max_idle = booking.duration if max_idle is None else max_idle
        key = deduplication_id or new_key()
        body = CreateSessionBody(
            project_id=self._project(),
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
            raw = await self._transport.call(
                create_session.OPERATION,
                builder(self.provider)(create_session.OPERATION, create_session.build_request, body=body),
                create_session.parse_response,
                idempotent=True,
            )
            return self._session_of(raw)

        async def find(key: str, since: datetime) -> Session | None:
            return await find_among(
                self.sessions(device=target),
                since=since,
                is_ours=lambda session: session.dedup_key == key,
                created_at=lambda session: session.created_at,
            )

        return await self._send_once(send, find, key=key)

    async def get_session(self, id: str) -> Session:
        """A session by its identifier (GetSession)."""
        return self._session_of(await self.raw.get_session(id))

    def sessions(
        self, *, device: str | Device | None = None, tags: Sequence[str] = (), page_size: int = PAGE_SIZE
    ) -> Pager[Session]:
        """The project's sessions, newest first, perhaps only those on a platform or with these tags (ListSessions)."""
        project = self._project()

        async def fetch(number: int) -> ListSessionsResponse:
            filters: dict[str, Any] = {} if device is None else {"platform_id": (await self._target(device)).id}
            if tags:
                filters["tags"] = list(tags)
            page = await self.raw.list_sessions(
                project_id=project, page=number, page_size=page_size, order_by="created_at_desc", **filters
            )
            return page_of(self.provider, page, "sessions")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: read_each(self.provider, page.sessions, self._session_of),
            total=lambda page: given(page.total_count),
            identity=lambda session: session.id,
        )

    async def update_session(
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
        raw = await self.raw.update_session(session.id, body=body)
        # A success without a body, which the document does not list, says nothing of the session.
        return await self.get_session(session.id) if is_empty(raw) else self._session_of(raw)

    async def wait_for_session(
        self,
        session: Session,
        *,
        timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Session], object] | None = None,
    ) -> Session:
        """A session once it takes jobs (GetSession). One with a booking does not before that begins (GetBooking).

        Args:
            session: The session.
            timeout: Seconds; None: no limit.
            poll: How often to look.
            on_update: Called at the first look and at each change of its status.

        Raises:
            WaitTimeoutError: `timeout` seconds went by; the session goes on, and costs.
            ConflictError: It has ended.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """

        async def look() -> Session:
            return await self.get_session(session.id)

        policy = poll or self._poll
        if session.reservation_id is not None and session.status not in STARTED:
            with contextlib.suppress(AnyQPUError):
                start = mapping.start_of(await self.raw.get_booking(session.reservation_id))
                policy = not_past(policy, start, self._clock.wall)
        last: Session = await wait_until(
            look,
            done=lambda seen: seen.status in STARTED,
            status=lambda seen: seen.status,
            raw_status=lambda seen: seen.raw_status,
            recognized=lambda seen: seen.status_recognized,
            policy=policy,
            clock=self._clock,
            name=f"session {session.id}",
            timeout=timeout,
            on_update=on_update,
            provider=self.provider,
            operation="GetSession",
            hint="It goes on, and costs: terminate it with close_session",
        )
        if last.status is not SessionStatus.ACTIVE:
            message = mapping.message_in(last.raw)
            raise ConflictError(
                f"session {session.id} is {last.status}" + (f": {message}" if message else ""),
                provider=self.provider,
                operation="GetSession",
                hint="Open another one",
            )
        return last

    def session_access(self, session: str | Session, *, page_size: int = PAGE_SIZE) -> Pager[str]:
        """What you may do with a session, such as `full` or `read_job_result` (ListSessionAcls).

        Rights are given in Scaleway's IAM; this API only says them.
        """
        id = session if isinstance(session, str) else session.id

        async def fetch(number: int) -> ListSessionAclsResponse:
            page = await self.raw.list_session_acls(id, page=number, page_size=page_size)
            return page_of(self.provider, page, "acls")

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: texts(elements_of(self.provider, page.acls)),
            total=lambda page: given(page.total_count),
            identity=lambda right: right,
        )

    async def drain_session(self, session: Session) -> Session:
        """The session as it is; no request: Scaleway cannot keep new jobs out of a session that runs."""
        return session

    async def close_session(self, session: Session) -> None:
        """End a session; jobs and bookings that it still has are cancelled (TerminateSession)."""
        await self.raw.terminate_session(session.id)

    async def delete_session(self, session: Session) -> None:
        """Delete a session with its jobs and their results (DeleteSession)."""
        await self.raw.delete_session(session.id)

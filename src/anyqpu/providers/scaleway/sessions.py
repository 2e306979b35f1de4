"""Platforms and sessions of Scaleway Quantum as a Service."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from anyqpu_raw.scaleway.api.sessions import create_session
from anyqpu_raw.scaleway.client import RawClient
from anyqpu_raw.scaleway.models import (
    CreateSessionBody,
    ListPlatformsResponse,
    ListSessionsResponse,
    UpdateSessionBody,
)

from anyqpu.errors import ConfigError, ConflictError, ValidationError, WaitTimeoutError
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.model.session import OnExit, Session, SessionStatus
from anyqpu.paging import Pager, numbered
from anyqpu.providers.checks import no_device
from anyqpu.providers.jobs import JobsClient
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.sessions import SessionBlock
from anyqpu.providers.values import given
from anyqpu.transport.submit import new_key
from anyqpu.waiting import Phase, WaitExpiredError, WaitLimits, Watch

PAGE_SIZE = 50
Duration = float | timedelta


class ScalewaySessions(JobsClient[RawClient]):
    """The part of the client that deals with platforms and with sessions on them."""

    # Platforms

    def devices(self, *, page_size: int = PAGE_SIZE) -> Pager[Device]:
        """All platforms (ListPlatforms)."""

        async def fetch(number: int) -> ListPlatformsResponse:
            return await self.raw.list_platforms(page=number, page_size=page_size)

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: [mapping.device_of(each) for each in given(page.platforms) or ()],
            total=lambda page: given(page.total_count),
            identity=lambda device: device.id,
        )

    async def device(self, id: str) -> Device:
        """A platform by its identifier or its name, such as `EMU-AER-16C-128M` (GetPlatform, ListPlatforms).

        Raises:
            NotFoundError: There is none; the hint has the nearest name.
        """
        if not id:
            raise ValidationError(
                "a device is a text such as 'EMU-AER-16C-128M'", provider=self.provider, fields=("device",)
            )
        if _is_uuid(id):
            return mapping.device_of(await self.raw.get_platform(id))
        devices = await self.devices().collect()
        found = [device for device in devices if device.name == id]
        if found:
            return found[0]
        raise no_device(id, [device.name for device in devices], provider=self.provider, operation="ListPlatforms")

    # Sessions

    def _project(self) -> str:
        project = self.settings.get_value("project_id")
        if project is None:
            raise ConfigError(
                "Scaleway needs a project",
                provider=self.provider,
                hint="Give project_id= to connect, or set SCW_DEFAULT_PROJECT_ID",
            )
        return project

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
    ) -> SessionBlock:
        """A session as a block (CreateSession, TerminateSession). It is billed from its start to its end.

        Terminating a session cancels the jobs in it; so with `drain` the block waits for those that it submitted.

        Args:
            device: The platform it is on.
            on_exit: Whether its jobs finish, are cancelled, or go on with the session when the block ends.
            name: For your own use.
            max_duration: Seconds after which it ends by itself; without it what the cloud sets (59 minutes).
            max_idle: Seconds without a job after which it ends by itself.
            tags: For your own use.
            parameters: What the platform takes besides, as text.
        """
        options = {"name": name, "max_duration": max_duration, "max_idle": max_idle, "parameters": parameters}
        return SessionBlock(self, device, on_exit, tags=tags, **options)

    async def open_session(
        self,
        device: str | Device,
        *,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        deduplication_id: str | None = None,
    ) -> Session:
        """A session that stays until it is terminated or its time is over; `session` is the safer way (CreateSession).

        Args:
            deduplication_id: If a session with it is starting or running, that one is returned as it is, whatever the
                other arguments say. Without it a new one is made up, so that a lost answer never costs a second
                session. The other arguments are those of `session`.
        """
        target = await self._target(device)
        body = CreateSessionBody(
            project_id=self._project(),
            platform_id=target.id,
            deduplication_id=deduplication_id or new_key(),
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
        # The same deduplication_id gives the same session, so this may be sent again.
        raw = await self._transport.call(
            create_session.OPERATION,
            create_session.build_request(body=body),
            create_session.parse_response,
            idempotent=True,
        )
        return mapping.session_of(raw)

    async def get_session(self, id: str) -> Session:
        """A session by its identifier (GetSession)."""
        return mapping.session_of(await self.raw.get_session(id))

    def sessions(self, *, device: str | Device | None = None, page_size: int = PAGE_SIZE) -> Pager[Session]:
        """The project's sessions, newest first, perhaps only those on a platform (ListSessions)."""
        project = self._project()

        async def fetch(number: int) -> ListSessionsResponse:
            filters: Mapping[str, Any] = {} if device is None else {"platform_id": (await self._target(device)).id}
            return await self.raw.list_sessions(
                project_id=project, page=number, page_size=page_size, order_by="created_at_desc", **filters
            )

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda page: [mapping.session_of(each) for each in given(page.sessions) or ()],
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
        """Change a session; what is None stays as it is (UpdateSession). Durations are seconds."""
        body = UpdateSessionBody()
        if name is not None:
            body.name = name
        if tags is not None:
            body.tags = list(tags)
        if max_duration is not None:
            body.max_duration = mapping.spell(max_duration, "max_duration")
        if max_idle is not None:
            body.max_idle_duration = mapping.spell(max_idle, "max_idle")
        return mapping.session_of(await self.raw.update_session(session.id, body=body))

    async def wait_for_session(
        self, session: Session, *, timeout: float | None = None, poll: PollPolicy | None = None
    ) -> Session:
        """A session once it takes jobs (GetSession).

        Raises:
            WaitTimeoutError: `timeout` seconds went by; the session goes on, and costs.
            ConflictError: It has ended.
        """

        async def look() -> Session:
            return await self.get_session(session.id)

        watch = Watch(
            look,
            state=lambda seen: seen.raw_status,
            phase=_phase,
            policy=poll or self._poll,
            limits=WaitLimits(timeout),
            clock=self._clock,
            name=f"session {session.id}",
        )
        last = session
        try:
            async for seen in watch:
                last = seen
        except WaitExpiredError as error:
            raise WaitTimeoutError(
                f"session {session.id} is still {last.status} after {error.seconds:g} s",
                last_status=last.status,
                provider=self.provider,
                operation="GetSession",
                hint="It goes on, and costs: terminate it with close_session",
            ) from None
        if last.status is not SessionStatus.ACTIVE:
            message = given(last.raw.progress_message) if last.raw is not None else None
            raise ConflictError(
                f"session {session.id} is {last.status}" + (f": {message}" if message else ""),
                provider=self.provider,
                operation="GetSession",
                hint="Open another one",
            )
        return last

    async def drain_session(self, session: Session) -> Session:
        """The session as it is: Scaleway cannot keep new jobs out of a session that runs."""
        return session

    async def close_session(self, session: Session) -> None:
        """End a session; jobs and bookings that it still has are cancelled (TerminateSession)."""
        await self.raw.terminate_session(session.id)

    async def delete_session(self, session: Session) -> None:
        """Delete a session with its jobs and their results (DeleteSession)."""
        await self.raw.delete_session(session.id)


def _phase(session: Session) -> Phase:
    if session.status in {SessionStatus.ACTIVE, SessionStatus.CLOSING, SessionStatus.CLOSED}:
        return Phase.DONE
    return Phase.QUEUED if session.status_recognized else Phase.UNKNOWN


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True

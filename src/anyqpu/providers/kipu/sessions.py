"""Sessions and workloads of Kipu Quantum Hub."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Literal, cast

from anyqpu_raw.kipu import models
from anyqpu_raw.kipu.client import RawClient

from anyqpu._lazy import LazyModule
from anyqpu.core.jobs import JobsClient
from anyqpu.core.sessions import SessionBlock
from anyqpu.core.submit import SKEW, find_among, has_key, new_key
from anyqpu.core.values import given
from anyqpu.paging import Pager, numbered, single

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.model.calibration import Workload
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.session import OnExit, Session, SessionStatus
    from anyqpu.providers.kipu import mapping
else:
    reading = LazyModule("anyqpu.core.reading")
    mapping = LazyModule("anyqpu.providers.kipu.mapping")

PAGE_SIZE = 50
NEWEST = ("created_at,desc",)


class KipuSessions(JobsClient[RawClient]):
    """The part of the client that deals with sessions."""

    def session(
        self,
        *,
        device: str | Device,
        on_exit: OnExit = "drain",
        mode: Literal["batch", "dedicated"] = "batch",
        ttl: float | timedelta | None = None,
        tags: Sequence[str] = (),
    ) -> SessionBlock:
        """A session as a block (createSession, updateSessionState, closeSession); not every backend has them.

        Args:
            device: Where its jobs run.
            on_exit: Whether its jobs finish, are cancelled, or go on with the session when the block ends.
            mode: Whether its jobs share the backend in batches or have it to themselves.
            ttl: Seconds after which it ends by itself.
            tags: For your own use.
        """
        return SessionBlock(self, device, on_exit, mode=mode, ttl=ttl, tags=tags)

    async def open_session(
        self,
        device: str,
        *,
        mode: Literal["batch", "dedicated"] = "batch",
        ttl: float | timedelta | None = None,
        tags: Sequence[str] = (),
    ) -> Session:
        """A session that stays until it is closed or its time is over; `session` is the safer way (createSession).

        It is sent once. Where the response is lost, the session is searched for by a key among its tags.

        Raises:
            SubmissionUnknownError: The session may be open, but was not found.
        """
        target = await self._target(device)
        key = new_key()
        request = models.CreateSessionRequest(
            backend_id=target.id,
            mode=models.SessionMode(mode),
            provider=models.Provider(target.cloud or ""),
            tags=[*tags, key],
        )
        if ttl is not None:
            request.ttl = round(ttl.total_seconds() if isinstance(ttl, timedelta) else ttl)

        async def send() -> Session:
            return mapping.session_of(await self.raw.create_session(body=request))

        return await self._send_once(send, self._find_session, key=key)

    async def _find_session(self, key: str, since: datetime) -> Session | None:
        """Find the session with a key, among those made since (getWorkloads, getSession)."""
        found: list[models.Session] = []

        async def is_ours(entry: Workload) -> bool:
            if entry.kind != "session" or (entry.created_at is not None and entry.created_at < since - SKEW):
                return False
            # The list does not have the tags.
            raw = await self.raw.get_session(entry.id)
            if has_key(raw.tags, key):
                found.append(raw)
            return bool(found)

        await find_among(
            self._workloads(PAGE_SIZE, NEWEST),
            since=since,
            is_ours=is_ours,
            created_at=lambda entry: entry.created_at,
        )
        return mapping.session_of(found[0]) if found else None

    async def get_session(self, id: str) -> Session:
        """A session by its identifier (getSession)."""
        return mapping.session_of(await self.raw.get_session(id))

    def sessions(self, *, page_size: int = PAGE_SIZE) -> Pager[Session]:
        """All sessions, as the list of jobs and sessions has them (getWorkloads); `get_session` knows more of one."""

        async def fetch(number: int) -> models.PageResponseWorkloadResponse:
            return await self.raw.get_workloads(page=number, size=page_size)

        # Jobs are on these pages too: they count for the end of the list, and are left out.
        everything = numbered(
            fetch,
            first=0,
            size=page_size,
            items=_sessions_and_ids,
            total=lambda page: given(page.total_elements),
            pages=lambda page: given(page.total_pages),
            identity=lambda entry: entry if isinstance(entry, str) else entry.id,
            keep=lambda entry: not isinstance(entry, str),
        )
        return cast("Pager[Session]", everything)

    async def session_status(self, session: Session) -> SessionStatus:
        """Where a session stands now, for less than `get_session` costs (getSessionStatus)."""
        found = await self.raw.get_session_status(session.id)
        return mapping.session_status_of(mapping.status_in(found))

    async def drain_session(self, session: Session) -> Session:
        """Let a session take no more jobs; those it has finish (updateSessionState)."""
        return await self._accept_jobs(session, False)

    async def reopen_session(self, session: Session) -> Session:
        """Let a session that drains take jobs again (updateSessionState)."""
        return await self._accept_jobs(session, True)

    async def _accept_jobs(self, session: Session, accept: bool) -> Session:
        body = models.SessionStateUpdateRequest(accept_jobs=accept)
        raw = await self.raw.update_session_state(session.id, body=body)
        # A success without a body, which the document does not list, says nothing of the session.
        return await self.get_session(session.id) if reading.is_empty(raw) else mapping.session_of(raw)

    async def close_session(self, session: Session) -> None:
        """End a session; jobs that it has finish (closeSession)."""
        await self.raw.close_session(session.id)

    def session_jobs(self, session: Session) -> Pager[Job]:
        """The jobs of a session (getSessionJobs)."""
        return self._jobs_in(session.id)

    def _jobs_in(self, session_id: str) -> Pager[Job]:
        async def fetch() -> list[models.Job]:
            return await self.raw.get_session_jobs(session_id)

        return single(fetch, items=lambda jobs: mapping.listed(jobs, self))

    def workloads(self, *, page_size: int = PAGE_SIZE) -> Pager[Workload]:
        """Jobs and sessions in one list (getWorkloads)."""
        return self._workloads(page_size)

    def _workloads(self, page_size: int, sort: Sequence[str] | None = None) -> Pager[Workload]:
        async def fetch(number: int) -> models.PageResponseWorkloadResponse:
            page = await self.raw.get_workloads(page=number, size=page_size, sort=sort)
            return reading.page_of("kipu", page, "content")

        return numbered(
            fetch,
            first=0,
            size=page_size,
            items=lambda page: reading.read_each("kipu", page.content, mapping.workload_of),
            total=lambda page: given(page.total_elements),
            pages=lambda page: given(page.total_pages),
            identity=lambda workload: workload.id,
        )


def _sessions_and_ids(page: models.PageResponseWorkloadResponse) -> list[Session | str]:
    return reading.read_each("kipu", reading.page_of("kipu", page, "content").content, _session_or_id)


def _session_or_id(raw: models.WorkloadResponse) -> Session | str:
    """Return the session that an entry of the list of workloads is, or the identifier of a job."""
    return mapping.session_in(raw) if mapping.is_session(raw) else mapping.workload_of(raw).id

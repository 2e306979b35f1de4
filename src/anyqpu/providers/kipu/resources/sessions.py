"""Sessions of Kipu Quantum Hub, and the list of jobs and sessions together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Literal, cast

from anyqpu_raw._core import UNSET
from anyqpu_raw.kipu import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.core.keys import has_key, new_key, sent_tags, tag_of
from anyqpu.core.submit import SKEW, find_among
from anyqpu.core.values import or_none
from anyqpu.paging import Pager, paginate

if TYPE_CHECKING:
    from anyqpu.core import reading
    from anyqpu.model.calibration import Workload
    from anyqpu.model.device import Device
    from anyqpu.model.job import Job
    from anyqpu.model.session import Session
    from anyqpu.providers.kipu import mapping
    from anyqpu.providers.kipu.adapter import KipuAdapter
else:
    reading = LazyModule("anyqpu.core.reading")
    mapping = LazyModule("anyqpu.providers.kipu.mapping")

NEWEST = ("created_at,desc",)
ORIGINS = {"own": "STANDALONE", "service_execution": "SERVICE_EXECUTION"}


class KipuSessions:
    """Sessions on backends."""

    def __init__(self, adapter: KipuAdapter) -> None:
        self._target = adapter.target
        self._context = adapter.context
        self._raw = adapter.raw

    async def open(
        self,
        device: str | Device,
        *,
        tags: Sequence[str] = (),
        mode: Literal["batch", "dedicated"] = "batch",
        ttl: float | timedelta | None = None,
    ) -> Session:
        """Open a session (createSession)."""
        target = await self._target(device)
        key = new_key()
        request = models.CreateSessionRequest(
            backend_id=target.id,
            mode=models.SessionMode(mode),
            provider=models.Provider(target.cloud or ""),
            tags=sent_tags(tags, key),
            metadata={mapping.KEY: tag_of(key)},
        )
        if ttl is not None:
            request.ttl = round(ttl.total_seconds() if isinstance(ttl, timedelta) else ttl)

        async def send() -> Session:
            return mapping.session_of(await self._raw.create_session(body=request))

        return await self._context.send_once(send, self._find, key=key)

    async def _find(self, key: str, since: datetime) -> Session | None:
        """Find the session with a key, among those made since (getWorkloads, getSession)."""
        sessions: list[models.Session] = []

        async def is_ours(entry: Workload) -> bool:
            if entry.kind != "session" or (entry.created_at is not None and entry.created_at < since - SKEW):
                return False
            # The list does not have the tags.
            raw = await self._raw.get_session(entry.id)
            if has_key(raw.tags, key) or (or_none(raw.metadata) or {}).get(mapping.KEY) == tag_of(key):
                sessions.append(raw)
            return bool(sessions)

        await find_among(
            self.workloads(kind="session"), since=since, is_ours=is_ours, created_at=lambda entry: entry.created_at
        )
        return mapping.session_of(sessions[0]) if sessions else None

    async def get(self, id: str) -> Session:
        """Return a session by its identifier (getSession)."""
        return mapping.session_of(await self._raw.get_session(id))

    def list(self, *, page_size: int | None = None, resume_token: str | None = None) -> Pager[Session]:
        """List sessions as the list of jobs and sessions has them, newest first (getWorkloads)."""
        # On the pages of older servers jobs are too: they count for the end of the list, and are left out.
        everything = paginate(
            partial(self._raw.get_workloads, sort=NEWEST, type_="SESSION"),
            pages.GET_WORKLOADS,
            to_items=lambda entries: reading.read_each("kipu", entries, _session_or_id),
            page_size=page_size,
            resume_token=resume_token,
            keep=lambda entry: not isinstance(entry, str),
            name="sessions",
        )
        return cast("Pager[Session]", everything)

    def workloads(
        self,
        *,
        kind: Literal["job", "session"] | None = None,
        status: Sequence[str] = (),
        cloud: Sequence[str] = (),
        device: Sequence[str] = (),
        tags: Sequence[str] = (),
        origin: Literal["own", "service_execution"] | None = None,
        service_execution: str | None = None,
        page_size: int | None = None,
        resume_token: str | None = None,
    ) -> Pager[Workload]:
        """List jobs and sessions, newest first (getWorkloads)."""
        fetch = partial(
            self._raw.get_workloads,
            sort=NEWEST,
            type_=UNSET if kind is None else kind.upper(),
            status=list(status) or UNSET,
            provider=list(cloud) or UNSET,
            backend_id=list(device) or UNSET,
            tag=list(tags) or UNSET,
            origin=UNSET if origin is None else ORIGINS[origin],
            service_execution_id=UNSET if service_execution is None else service_execution,
        )
        return paginate(
            fetch,
            pages.GET_WORKLOADS,
            to_items=lambda entries: reading.read_each("kipu", entries, mapping.workload_of),
            page_size=page_size,
            resume_token=resume_token,
            # Servers before version 3 do not filter; what this one filters by is in each entry.
            keep=lambda entry: kind is None or entry.kind == kind,
        )

    def jobs(
        self, session: str | Session, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Job]:
        """List the jobs of a session (getSessionJobs)."""
        id = session if isinstance(session, str) else session.id
        return paginate(
            partial(self._raw.get_session_jobs, id),
            pages.GET_SESSION_JOBS,
            to_items=lambda jobs: mapping.listed(jobs, self._context.jobs),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def drain(self, session: Session) -> Session:
        """Let a session take no more jobs; those that it has finish (updateSessionState)."""
        return await self.accept_jobs(session, accept=False)

    async def accept_jobs(self, session: Session, *, accept: bool) -> Session:
        """Let a session take jobs or not (updateSessionState)."""
        body = models.SessionStateUpdateRequest(accept_jobs=accept)
        raw = await self._raw.update_session_state(session.id, body=body)
        # A success without a body, which the document does not list, says nothing of the session.
        return await self.get(session.id) if reading.is_empty(raw) else mapping.session_of(raw)

    async def close(self, session: Session) -> None:
        """End a session; jobs that it has finish (closeSession)."""
        await self._raw.close_session(session.id)


def _session_or_id(raw: models.WorkloadResponse) -> Session | str:
    """Return the session that an entry of the list of workloads is, or the identifier of a job."""
    return mapping.session_in(raw) if mapping.is_session(raw) else mapping.workload_of(raw).id

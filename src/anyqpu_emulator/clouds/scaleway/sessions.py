"""Sessions: a platform reserved for a series of jobs."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from . import errors, fields
from .auth import Auth
from .bookings import book
from .listing import Orders, Selection, listing
from .platforms import find_platform
from .records import SessionRecord
from .store import Store

DEFAULT_DURATION = 59 * 60.0
_ORDERS: Orders[SessionRecord] = {
    "name": lambda session: session.name,
    "created_at": attrgetter("number"),
    "started_at": lambda session: session.up_at,
}


class SessionHandlers(Handlers[Store, Auth]):
    """Seven operations."""

    def _find(self, request: Request) -> SessionRecord:
        return self.store.session(request.path_params["session_id"])

    @handles("ListSessions")
    async def _list(self, request: Request) -> Response:
        selection = Selection(request, self.store.sessions.values()).tagged(attrgetter("tags"))
        selection.where("project_id", attrgetter("project_id")).where("platform_id", attrgetter("platform.id"))
        orders: Orders[SessionRecord] = {**_ORDERS, "status": self.store.session_status}
        return listing(request, "sessions", selection.records, self._view, orders=orders)

    @handles("CreateSession")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        project_id = fields.required(body, "project_id")
        deduplication_id = body.get("deduplication_id") or ""
        demand = body.get("booking_demand")
        # Before the search for a live session: between that and the new session no other request may be handled.
        zone = await fields.zone(demand or {}, "time_zone")
        if deduplication_id and (existing := self._live_session(project_id, deduplication_id)):
            # As it is: name, durations and platform of this request are ignored.
            return json_response(self._view(existing))
        platform = find_platform(fields.required(body, "platform_id"))
        name: str | None = body.get("name")
        tags = fields.tags(body) or []
        max_idle, max_duration = fields.duration(body, "max_idle_duration"), fields.duration(body, "max_duration")
        model_id, parameters = body.get("model_id") or None, body.get("parameters")
        if model_id is not None:
            self.store.model(model_id)
        # Last, since it reserves.
        booking = book(self.store, platform, project_id, demand, zone) if demand is not None else None
        # By default, a booked session lasts as long as it is booked.
        usual = max(DEFAULT_DURATION, booking.finish - booking.start) if booking else DEFAULT_DURATION
        now = self.store.now()
        up_at = now + self.store.context.scheduler.start_delay
        record = SessionRecord(
            created_at=now,
            updated_at=now,
            platform=platform,
            project_id=project_id,
            name=name or "",
            max_idle=max_idle or usual,
            max_duration=max_duration or usual,
            tags=tags,
            deduplication_id=deduplication_id,
            model_id=model_id,
            parameters=parameters,
            up_at=max(up_at, booking.start) if booking else up_at,
            booking=booking,
        )
        record.name = record.name or f"qs-{record.id[:8]}"
        self.store.sessions[record.id] = record
        return json_response(self._view(record, "starting"))

    def _live_session(self, project_id: str, deduplication_id: str) -> SessionRecord | None:
        for session in self.store.sessions.values():
            same = session.deduplication_id == deduplication_id and session.project_id == project_id
            if same and self.store.live(session):
                return session
        return None

    @handles("GetSession")
    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self._find(request)))

    @handles("UpdateSession")
    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        body = request.state.body
        name, tags = body.get("name"), fields.tags(body)
        max_idle, max_duration = fields.duration(body, "max_idle_duration"), fields.duration(body, "max_duration")
        status = self.store.session_status(record)
        if (max_idle or max_duration) and status not in ("starting", "running"):
            raise errors.wrong_state("session", record.id, status)
        record.name = record.name if name is None else name
        record.tags = record.tags if tags is None else tags
        record.max_idle = max_idle or record.max_idle
        record.max_duration = max_duration or record.max_duration
        record.updated_at = self.store.now()
        return json_response(self._view(record))

    @handles("TerminateSession")
    async def _terminate(self, request: Request) -> Response:
        # An ended session stays as it is: clients terminate twice to be sure.
        record = self._find(request)
        if not self.store.live(record):
            return json_response(self._view(record))
        self.store.end(record, self.store.now())
        return json_response(self._view(record, "stopping"))

    @handles("DeleteSession")
    async def _delete(self, request: Request) -> Response:
        self.store.purge(self._find(request))
        return Response(status_code=204)

    @handles("ListSessionAcls")
    async def _acls(self, request: Request) -> Response:
        # Every caller owns all sessions.
        self._find(request)
        return listing(request, "acls", ["full"], str, orders={"access": str})

    def _view(self, record: SessionRecord, status: str | None = None) -> dict[str, Any]:
        """Return `Session` of the published schema; `status` overrides the present status."""
        store = self.store
        status = store.session_status(record) if status is None else status
        ended = record.ended_at
        started = None if status == "starting" or (ended is not None and ended < record.up_at) else record.up_at
        return {
            "id": record.id,
            "name": record.name,
            "platform_id": record.platform.id,
            "created_at": store.stamp(record.created_at),
            "started_at": store.stamp(started),
            "updated_at": store.stamp(record.updated_at),
            "terminated_at": store.stamp(store.stopped_at(record)) if status == "stopped" else None,
            "max_idle_duration": fields.spell_duration(record.max_idle),
            "max_duration": fields.spell_duration(record.max_duration),
            "waiting_job_count": len(record.open_jobs),
            "finished_job_count": record.closed_jobs,
            "status": status,
            "project_id": record.project_id,
            "tags": record.tags,
            "deduplication_id": record.deduplication_id,
            "origin_type": "customer",
            "origin_id": None,
            "progress_message": record.end_message,
            "booking_id": record.booking.id if record.booking else None,
            "model_id": record.model_id,
            "parameters": record.parameters,
        }

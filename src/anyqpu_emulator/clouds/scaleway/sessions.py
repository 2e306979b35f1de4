"""Sessions: a platform reserved for a series of jobs."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from . import errors, fields
from .bookings import book
from .platforms import find_platform
from .records import SessionRecord
from .room import Orders, Query, Room, listing

DEFAULT_DURATION = 59 * 60.0
_ORDERS: Orders[SessionRecord] = {
    "name": lambda session: session.name,
    "created_at": attrgetter("number"),
    "started_at": lambda session: session.up_at,
}
_FILTERS = {"project_id": attrgetter("project_id"), "platform_id": attrgetter("platform.id")}


class SessionRoutes(Room):
    """Seven operations."""

    def routes(self) -> list[BaseRoute]:
        """From creation to deletion."""
        return [
            self.guarded("GET", "/sessions", self._list),
            self.guarded("POST", "/sessions", self._create),
            self.guarded("GET", "/sessions/{id}", self._get),
            self.guarded("PATCH", "/sessions/{id}", self._update),
            self.guarded("DELETE", "/sessions/{id}", self._delete),
            self.guarded("GET", "/sessions/{id}/acls", self._acls),
            self.guarded("POST", "/sessions/{id}/terminate", self._terminate),
        ]

    def _find(self, request: Request) -> SessionRecord:
        return self.store.session(request.path_params["id"])

    async def _list(self, request: Request) -> Response:
        query = Query(request)
        found = query.selected(self.store.sessions.values(), _FILTERS, attrgetter("tags"))
        orders: Orders[SessionRecord] = {**_ORDERS, "status": self.store.session_status}
        return listing(query, "sessions", found, self._view, orders=orders, default="created_at_desc")

    async def _create(self, request: Request) -> Response:
        body = await fields.read_body(request)
        project_id = fields.required(body, "project_id")
        deduplication_id = fields.text(body, "deduplication_id") or ""
        demand = fields.mapping(body, "booking_demand")
        # Before the twin is looked for: no other request may come in between that and the new session.
        zone = await fields.zone(demand or {}, "time_zone")
        if deduplication_id and (twin := self._live_twin(project_id, deduplication_id)):
            # As it is: name, durations and platform of this request count for nothing.
            return json_response(self._view(twin))
        platform = find_platform(fields.required(body, "platform_id"))
        name, tags = fields.text(body, "name"), fields.tags(body) or []
        max_idle, max_duration = fields.duration(body, "max_idle_duration"), fields.duration(body, "max_duration")
        model_id, parameters = fields.text(body, "model_id") or None, fields.text(body, "parameters")
        if model_id is not None:
            self.store.model(model_id)
        # Last, since it reserves.
        booking = book(self.store, platform, project_id, demand, zone) if demand is not None else None
        # A booked session lasts as long as it is booked, if nobody says otherwise.
        usual = max(DEFAULT_DURATION, booking.finish - booking.start) if booking else DEFAULT_DURATION
        now = self.store.now()
        up_at = now + self.store.house.scheduler.start_delay
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

    def _live_twin(self, project_id: str, deduplication_id: str) -> SessionRecord | None:
        for session in self.store.sessions.values():
            same = session.deduplication_id == deduplication_id and session.project_id == project_id
            if same and self.store.live(session):
                return session
        return None

    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self._find(request)))

    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        body = await fields.read_body(request)
        name, tags = fields.text(body, "name"), fields.tags(body)
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

    async def _terminate(self, request: Request) -> Response:
        # What has ended stays as it is: clients terminate once more to be sure.
        record = self._find(request)
        if not self.store.live(record):
            return json_response(self._view(record))
        self.store.end(record, self.store.now())
        return json_response(self._view(record, "stopping"))

    async def _delete(self, request: Request) -> Response:
        self.store.purge(self._find(request))
        return Response(status_code=204)

    async def _acls(self, request: Request) -> Response:
        # Whoever knows a session here owns it.
        self._find(request)
        return listing(Query(request), "acls", ["full"], str, orders={"access": str}, default="access_asc")

    def _view(self, record: SessionRecord, status: str | None = None) -> dict[str, Any]:
        """`Session` of the published schema; `status` is what it was a moment ago."""
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

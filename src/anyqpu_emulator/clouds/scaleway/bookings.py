"""Bookings: the rules by which a session may reserve a platform, and their operations."""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from . import errors, fields
from .auth import Auth
from .catalogue import Platform
from .fields import TimeZone
from .listing import Orders, Selection, listing
from .records import BookingRecord
from .store import Store

# Clients send "now" as the start, and requests take time to arrive.
_GRACE = 60.0
_DAY, _WEEK = 86400.0, 7 * 86400.0


def book(store: Store, platform: Platform, project_id: str, demand: Mapping[str, Any], zone: TimeZone) -> BookingRecord:
    """Reserve a platform for a session's `booking_demand`. Raises the cloud's error if that is not possible."""
    rules = platform.bookable
    if rules is None:
        raise errors.invalid("booking_demand", "constraint", f"{platform.name} cannot be booked")
    description = demand.get("description") or ""
    start = store.monotonic(fields.instant(demand, "started_at", zone.info))
    finish = store.monotonic(fields.instant(demand, "finished_at", zone.info))
    now = store.now()
    if not rules.min_duration <= finish - start <= rules.max_duration:
        allowed = f"{fields.spell_duration(rules.min_duration)} to {fields.spell_duration(rules.max_duration)}"
        raise errors.invalid("finished_at", "constraint", f"a booking lasts {allowed}")
    if start < now - _GRACE:
        raise errors.invalid("started_at", "constraint", "must not be in the past")
    if start > now + rules.max_ahead:
        ahead = fields.spell_duration(rules.max_ahead)
        raise errors.invalid("started_at", "constraint", f"must be at most {ahead} from now")
    others = [one for one in store.bookings.values() if one.platform is platform and one.cancelled_at is None]
    for other in others:
        if start < other.finish and other.start < finish:
            message = f"{platform.name} is booked from {store.stamp(other.start)} to {store.stamp(other.finish)}"
            raise errors.taken("booking", other.id, message)
    own = [other for other in others if other.project_id == project_id]
    wall = store.context.scheduler.wall
    # Counted from 1970, in UTC: which day it is must not depend on the caller.
    for span, resource, limit in (
        (_DAY, "bookings_per_day", rules.per_day),
        (_WEEK, "bookings_per_week", rules.per_week),
    ):
        current = sum(wall(other.start) // span == wall(start) // span for other in own)
        if current >= limit:
            raise errors.quota(resource, limit, current, project_id)
    record = BookingRecord(
        created_at=now,
        updated_at=now,
        platform=platform,
        project_id=project_id,
        start=start,
        finish=finish,
        description=description,
        time_zone=zone.name,
    )
    store.bookings[record.id] = record
    return record


class BookingHandlers(Handlers[Store, Auth]):
    """Three operations. Bookings are made by creating a session."""

    def _find(self, request: Request) -> BookingRecord:
        booking_id: str = request.path_params["booking_id"]
        booking = self.store.bookings.get(booking_id.lower())
        if booking is None:
            raise errors.not_found("booking", booking_id)
        return booking

    @handles("ListBookings")
    async def _list(self, request: Request) -> Response:
        for session in list(self.store.sessions.values()):
            # A session that has run idle gives its booking back.
            self.store.live(session)
        selection = Selection(request, self.store.bookings.values())
        selection.where("project_id", attrgetter("project_id")).where("platform_id", attrgetter("platform.id"))
        orders: Orders[BookingRecord] = {"created_at": attrgetter("number"), "started_at": attrgetter("start")}
        return listing(request, "bookings", selection.records, self._view, orders=orders)

    @handles("GetBooking")
    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self._find(request)))

    @handles("UpdateBooking")
    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        description = request.state.body.get("description")
        if description is not None:
            record.description = description
            record.updated_at = self.store.now()
        return json_response(self._view(record))

    def _view(self, record: BookingRecord) -> dict[str, Any]:
        """`Booking` of the published schema."""
        return {
            "id": record.id,
            "created_at": self.store.stamp(record.created_at),
            "started_at": self.store.stamp(record.start),
            "updated_at": self.store.stamp(record.updated_at),
            "finished_at": self.store.stamp(record.finish),
            "status": self.store.booking_status(record),
            "description": record.description,
            "progress_message": "",
            "time_zone": record.time_zone,
        }

"""Bookings: the rules by which a session may reserve a platform, and the routes to look at them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from . import errors, fields
from .catalogue import Platform
from .fields import TimeZone
from .records import BookingRecord
from .room import Orders, Query, Room, listing
from .store import Store

# A client takes "now" as the beginning, and its request a moment to arrive.
_GRACE = 60.0
_DAY, _WEEK = 86400.0, 7 * 86400.0


def book(store: Store, platform: Platform, project_id: str, demand: Mapping[str, Any], zone: TimeZone) -> BookingRecord:
    """Reserve a platform as a session's `booking_demand` asks, or raise what is against it."""
    rules = platform.bookable
    if rules is None:
        raise errors.invalid("booking_demand", "constraint", f"{platform.name} cannot be booked")
    description = fields.text(demand, "description") or ""
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
    wall = store.house.scheduler.wall
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


class BookingRoutes(Room):
    """Three operations. Bookings are made by creating a session."""

    def routes(self) -> list[BaseRoute]:
        """Look at them, and say what they are for."""
        return [
            self.guarded("GET", "/bookings", self._list),
            self.guarded("GET", "/bookings/{id}", self._get),
            self.guarded("PATCH", "/bookings/{id}", self._update),
        ]

    def _find(self, request: Request) -> BookingRecord:
        booking_id: str = request.path_params["id"]
        found = self.store.bookings.get(booking_id.lower())
        if found is None:
            raise errors.not_found("booking", booking_id)
        return found

    async def _list(self, request: Request) -> Response:
        query = Query(request)
        for session in list(self.store.sessions.values()):
            # A session that has run idle gives its booking back.
            self.store.live(session)
        found = [
            booking
            for booking in self.store.bookings.values()
            if query.matches("project_id", booking.project_id) and query.matches("platform_id", booking.platform.id)
        ]
        orders: Orders[BookingRecord] = {"created_at": lambda one: one.number, "started_at": lambda one: one.start}
        return listing(query, "bookings", found, self._view, orders=orders, default="created_at_desc")

    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self._find(request)))

    async def _update(self, request: Request) -> Response:
        record = self._find(request)
        description = fields.text(await fields.read_body(request), "description")
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

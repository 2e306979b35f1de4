"""Bookings: Scaleway's platforms reserved for a session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from anyqpu_raw.scaleway import pages
from anyqpu_raw.scaleway.models import Booking, ListBookingsResponse, UpdateBookingBody

from anyqpu.core.checks import checked_window
from anyqpu.core.reading import is_empty, read_each
from anyqpu.errors import AnyQPUError, Hint, NotFoundError, UnexpectedResponseError
from anyqpu.model.device import Device
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus
from anyqpu.model.session import Session
from anyqpu.paging import Pager, paginate
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.requirements import BookingDemand
from anyqpu.providers.scaleway.resources.sessions import Duration, ScalewaySessions

if TYPE_CHECKING:
    from anyqpu.providers.scaleway.adapter import ScalewayAdapter


class ScalewayBookings:
    """Bookings of platforms. A booking belongs to a session, and is made with it."""

    def __init__(self, adapter: ScalewayAdapter, sessions: ScalewaySessions) -> None:
        self._adapter = adapter
        self._sessions = sessions
        self._raw = adapter.raw
        self._clock = adapter.context.clock

    def list(
        self, device: str | Device | None = None, *, page_size: int | None = None, resume_token: str | None = None
    ) -> Pager[Reservation]:
        """List the project's bookings, newest first, perhaps only those of a platform (ListBookings).

        A booking says neither its platform nor its session: `device_id` is that of `device`, or as `session_id` what
        this client has seen; `session_of` finds the session of any.
        """
        filters: dict[str, Any] = {"project_id": self._adapter.project(), "order_by": "created_at_desc"}

        async def fetch(**position: Any) -> ListBookingsResponse:
            if device is not None:
                filters["platform_id"] = (await self._adapter.target(device)).id
            return await self._raw.list_bookings(**filters, **position)

        return paginate(
            fetch,
            pages.LIST_BOOKINGS,
            to_items=lambda bookings: read_each("scaleway", bookings, self._reservation_of, filters.get("platform_id")),
            page_size=page_size,
            resume_token=resume_token,
        )

    async def get(self, id: str) -> Reservation:
        """Return a booking by its identifier (GetBooking); raises `NotFoundError` if it does not exist."""
        return self._reservation_of(await self._raw.get_booking(id))

    async def refresh(self, reservation: Reservation) -> Reservation:
        """Return a booking as it is now (GetBooking)."""
        return await self.get(reservation.id)

    def _reservation_of(self, raw: Booking, device_id: str | None = None) -> Reservation:
        reservation = mapping.reservation_of(raw, now=self._clock.wall(), session_id=None, device_id=device_id)
        session, platform = self._adapter.booked.get(reservation.id) or (None, None)
        return replace(reservation, session_id=session, device_id=platform or device_id)

    async def reserve(
        self,
        device: str | Device | AvailableSlot,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
        time_zone: str | None = None,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        model: str | None = None,
        deduplication_id: str | None = None,
    ) -> Reservation:
        """Book a platform by opening a session for that time (CreateSession, GetBooking)."""
        target, begins, ends = checked_window(device, start, end, notes, "scaleway")
        demand = BookingDemand(begins, ends, notes, time_zone)
        session = await self._sessions.open(
            target,
            name=name,
            max_duration=max_duration,
            max_idle=max_idle,
            tags=tags,
            parameters=parameters,
            model=model,
            deduplication_id=deduplication_id,
            booking=demand,
        )
        if session.reservation_id is None:
            raise UnexpectedResponseError(
                f"session {session.id} has no booking",
                provider="scaleway",
                operation="CreateSession",
                hint=Hint(
                    "It is open, and may cost: end it with close_session, or see it with get_session",
                    f"It is open, and may cost: `anyqpu sessions close scaleway:{session.id}` ends it",
                ),
            )
        try:
            return await self.get(session.reservation_id)
        except AnyQPUError:
            # The booking exists all the same, and its identifier must not be lost.
            return Reservation(
                provider="scaleway",
                id=session.reservation_id,
                device_id=session.device_id,
                status=ReservationStatus.UNKNOWN,
                start=begins.astimezone(UTC),
                end=ends.astimezone(UTC),
                session_id=session.id,
                description=notes,
                time_zone=time_zone,
            )

    async def update(self, reservation: str | Reservation, *, description: str) -> Reservation:
        """Change the description of a booking (UpdateBooking); its time cannot be changed."""
        id = reservation if isinstance(reservation, str) else reservation.id
        raw = await self._raw.update_booking(id, body=UpdateBookingBody(description=description))
        # A success without a body, which the document does not list, says nothing of the booking.
        return await self.get(id) if is_empty(raw) else self._reservation_of(raw)

    async def session_of(self, reservation: str | Reservation) -> Session:
        """Return the session of a booking (GetSession if this client has seen it, ListSessions otherwise).

        Raises:
            NotFoundError: None of the project's sessions has it.
        """
        id = reservation if isinstance(reservation, str) else reservation.id
        session_id = None if isinstance(reservation, str) else reservation.session_id
        session_id = session_id or (self._adapter.booked.get(id) or (None, None))[0]
        if session_id is not None:
            return await self._sessions.get(session_id)
        async for session in self._sessions.list():
            if session.reservation_id == id:
                return session
        raise NotFoundError(
            f"no session of this project has the booking {id}", provider="scaleway", operation="ListSessions"
        )

    async def cancel(self, reservation: str | Reservation) -> Reservation:
        """Give booked time back by ending its session, which cancels its jobs (TerminateSession, GetBooking).

        `booking_rules.max_cancellation` of the device says until when that is allowed.

        Raises:
            NotFoundError: There is no such booking, or no session that has it.
        """
        session = await self.session_of(reservation)
        await self._sessions.close(session)
        return await self.get(reservation if isinstance(reservation, str) else reservation.id)

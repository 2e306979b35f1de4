"""Bookings of Scaleway Quantum as a Service: platforms reserved for a session."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Literal

from anyqpu_raw.scaleway.models import Booking, ListBookingsResponse, UpdateBookingBody

from anyqpu.core.reading import is_empty, page_of, read_each
from anyqpu.core.values import given
from anyqpu.core.waits import wait_until
from anyqpu.errors import AnyQPUError, ConflictError, NotFoundError, UnexpectedResponseError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.polling import PollPolicy
from anyqpu.model.reservation import Reservation, ReservationStatus
from anyqpu.model.session import Session
from anyqpu.paging import Pager, numbered
from anyqpu.providers.scaleway import mapping
from anyqpu.providers.scaleway.demands import BookingDemand, not_past
from anyqpu.providers.scaleway.platforms import PAGE_SIZE
from anyqpu.providers.scaleway.sessions import Duration, ScalewaySessions

Until = Literal["confirmed", "start"]
GRANTED = {ReservationStatus.CONFIRMED, ReservationStatus.ACTIVE, ReservationStatus.COMPLETED}
# Booked, and neither refused nor begun yet.
OPEN = {ReservationStatus.PENDING, ReservationStatus.UNKNOWN}


class ScalewayBookings(ScalewaySessions):
    """The part of the client that deals with bookings. A booking belongs to a session, and is made with it."""

    def reservations(self, device: str | Device | None = None, *, page_size: int = PAGE_SIZE) -> Pager[Reservation]:
        """The project's bookings, newest first, perhaps only those of a platform (ListBookings).

        A booking says neither its platform nor its session: `device_id` is that of `device`, or as `session_id` what
        this client has seen; `session_of` finds the session of any.
        """
        project = self._project()

        async def fetch(number: int) -> tuple[ListBookingsResponse, str | None]:
            target = None if device is None else (await self._target(device)).id
            filters: dict[str, Any] = {} if target is None else {"platform_id": target}
            page = await self.raw.list_bookings(
                project_id=project, page=number, page_size=page_size, order_by="created_at_desc", **filters
            )
            return page_of(self.provider, page, "bookings"), target

        return numbered(
            fetch,
            first=1,
            size=page_size,
            items=lambda found: read_each(self.provider, found[0].bookings, self._reservation_of, found[1]),
            total=lambda found: given(found[0].total_count),
            identity=lambda reservation: reservation.id,
        )

    async def reservation(self, id: str) -> Reservation:
        """A booking by its identifier (GetBooking); raises `NotFoundError` if there is none."""
        return self._reservation_of(await self.raw.get_booking(id))

    def _reservation_of(self, raw: Booking, device_id: str | None = None) -> Reservation:
        reservation = mapping.reservation_of(raw, now=self._clock.wall(), session_id=None, device_id=device_id)
        session, platform = self._booked.get(reservation.id) or (None, None)
        return replace(reservation, session_id=session, device_id=platform or device_id)

    async def reserve(
        self,
        device: str | Device,
        *,
        start: datetime,
        end: datetime,
        description: str | None = None,
        time_zone: str | None = None,
        name: str | None = None,
        max_duration: Duration | None = None,
        max_idle: Duration | None = None,
        tags: Sequence[str] = (),
        parameters: str | None = None,
        model: str | None = None,
        deduplication_id: str | None = None,
    ) -> Reservation:
        """Book a platform by opening a session for that time (CreateSession, GetBooking).

        Submit to it with `session=reservation.session_id`; such a job waits until the session runs. The session lasts
        as long as the window, idle or not, unless `max_duration` and `max_idle` say otherwise.

        Args:
            device: A platform with `is_bookable`; `booking_rules` has its rules, which are looked at first.
            start: When the window begins, with a time zone.
            end: When it ends.
            description: For people.
            time_zone: The zone that people think of it in, such as `Europe/Paris`; UTC if None.
            name: Of the session, as the arguments after it, which are those of `open_session`; durations are seconds
                or `timedelta`.
            deduplication_id: If a session with it is starting or running, its booking is returned as it is, and
                nothing is booked. Without it a new one is made up, so that a lost answer never books twice.

        Raises:
            ValidationError: The device cannot be booked so; nothing was sent if `status_code` is None.
            ReservationUnavailableError: The time is taken.
            PermissionDeniedError: There are too many bookings on that day or in that week.
        """
        demand = BookingDemand(start, end, description, time_zone)
        session = await self.open_session(
            device,
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
                provider=self.provider,
                operation="CreateSession",
                hint="It is open, and may cost: end it with close_session, or look at it with get_session",
            )
        try:
            return await self.reservation(session.reservation_id)
        except AnyQPUError:
            # It is made all the same, and must not be lost from sight.
            return Reservation(
                provider=self.provider,
                id=session.reservation_id,
                device_id=session.device_id,
                status=ReservationStatus.UNKNOWN,
                start=start.astimezone(UTC),
                end=end.astimezone(UTC),
                session_id=session.id,
                description=description,
                time_zone=time_zone,
            )

    async def update_reservation(self, reservation: str | Reservation, *, description: str) -> Reservation:
        """Change what a booking is said to be for (UpdateBooking); its time cannot be changed."""
        id = reservation if isinstance(reservation, str) else reservation.id
        raw = await self.raw.update_booking(id, body=UpdateBookingBody(description=description))
        # A success without a body, which the document does not list, says nothing of the booking.
        return await self.reservation(id) if is_empty(raw) else self._reservation_of(raw)

    async def session_of(self, reservation: str | Reservation) -> Session:
        """The session of a booking (GetSession if this client has seen it, ListSessions otherwise).

        Raises:
            NotFoundError: None of the project's sessions has it.
        """
        id = reservation if isinstance(reservation, str) else reservation.id
        known = None if isinstance(reservation, str) else reservation.session_id
        known = known or (self._booked.get(id) or (None, None))[0]
        if known is not None:
            return await self.get_session(known)
        async for session in self.sessions():
            if session.reservation_id == id:
                return session
        raise NotFoundError(
            f"no session of this project has the booking {id}", provider=self.provider, operation="ListSessions"
        )

    async def cancel_reservation(self, reservation: str | Reservation) -> Reservation:
        """Give booked time back by ending its session, which cancels its jobs (TerminateSession, GetBooking).

        `booking_rules.max_cancellation` of the device says until when that is allowed.

        Raises:
            NotFoundError: There is no such booking, or no session that has it.
        """
        session = await self.session_of(reservation)
        await self.close_session(session)
        return await self.reservation(reservation if isinstance(reservation, str) else reservation.id)

    async def wait_for_reservation(
        self,
        reservation: str | Reservation,
        *,
        until: Until = "confirmed",
        timeout: float | None = None,
        poll: PollPolicy | None = None,
        on_update: Callable[[Reservation], object] | None = None,
    ) -> Reservation:
        """A booking once it is granted, or once its time has come (GetBooking).

        Args:
            reservation: The booking, or its identifier.
            until: `confirmed` or `start`.
            timeout: Seconds; None: no limit.
            poll: How often to look.
            on_update: Called at the first look and at each change of its status.

        Raises:
            WaitTimeoutError: `timeout` seconds went by; the booking stays.
            ConflictError: It was cancelled or refused.
            UnexpectedStatusError: It stays in a status that this version does not know.
        """
        if until not in {"confirmed", "start"}:
            raise ValidationError(f"until is confirmed or start, not {until!r}", fields=("until",))
        id = reservation if isinstance(reservation, str) else reservation.id
        pending = OPEN if until == "confirmed" else OPEN | {ReservationStatus.CONFIRMED}

        async def look() -> Reservation:
            return await self.reservation(id)

        policy = poll or self._poll
        if until == "start":
            seen = reservation if isinstance(reservation, Reservation) else await look()
            policy = not_past(policy, seen.start, self._clock.wall)
        last: Reservation = await wait_until(
            look,
            done=lambda seen: seen.status not in pending,
            status=lambda seen: seen.status,
            raw_status=lambda seen: seen.raw_status,
            recognized=lambda seen: seen.status_recognized,
            policy=policy,
            clock=self._clock,
            name=f"booking {id}",
            timeout=timeout,
            on_update=on_update,
            provider=self.provider,
            operation="GetBooking",
        )
        if last.status not in GRANTED:
            message = mapping.message_in(last.raw)
            raise ConflictError(
                f"booking {id} is {last.status}" + (f": {message}" if message else ""),
                provider=self.provider,
                operation="GetBooking",
                hint="Reserve another time",
            )
        return last

"""Reservations: time on a processor, booked beforehand."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from anyqpu_raw.rigetti.models import (
    CreateReservationRequest,
    FindAvailableReservationsResponse,
    ListReservationsResponse,
)
from anyqpu_raw.rigetti.models import Reservation as RawReservation

from anyqpu.core.arguments import checked_flag, checked_text, is_one_of, shown
from anyqpu.core.changes import changed
from anyqpu.core.checks import check_timeout
from anyqpu.core.reading import odd_response
from anyqpu.core.submit import within_timeout
from anyqpu.errors import AnyQPUError, ConflictError, NotFoundError, ValidationError, WaitTimeoutError
from anyqpu.model.device import Device
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus
from anyqpu.paging import Pager, by_token
from anyqpu.providers.rigetti import mapping
from anyqpu.providers.rigetti.endpoints import RigettiEndpoints, account_header
from anyqpu.providers.rigetti.filters import F, Field, Filter, Order, filter_text, order_text
from anyqpu.providers.rigetti.processors import PAGE_SIZE
from anyqpu.providers.rigetti.records import AccountType

logger = logging.getLogger("anyqpu")

# How far the cloud's clock may be behind ours.
SKEW = timedelta(seconds=60)
# Seconds between two looks whether a reservation that is waited for was cancelled: longer while it is far away.
CHECK = 60.0
CHECKS_LEFT = 10

OrderBy = str | Order | Field | Iterable[str | Order | Field]


class RigettiReservations(RigettiEndpoints):
    """The part of the client that deals with reservations."""

    _wall: Callable[[], datetime]

    def reservations(
        self,
        *,
        filter: Filter | str | None = None,
        order: OrderBy | None = None,
        show_deleted: bool = False,
        group: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        page_size: int = PAGE_SIZE,
        resume_token: str | None = None,
    ) -> Pager[Reservation]:
        """One's reservations, or those of a group (ListReservations, ListGroupReservations).

        Args:
            filter: Such as `(F.start_time >= now) & (F.device == "Aspen-9")`, or text in the cloud's own language.
            order: Such as `F.start_time.desc()`, or several of these.
            show_deleted: Those that were cancelled, too.
            group: The name of a group, all of whose reservations are listed.
            account_id: For whom to ask: a user's id, or the name of a group. None: whom the client acts for.
            account_type: Which of the two that is.
            page_size: How many to ask for at once.
            resume_token: Of a pager of the same list.

        Raises:
            ValidationError: The filter or the order is none.
        """
        kind = account_header(account_id, account_type)
        wanted, sorted_by = filter_text(filter), order_text(order)
        if group is not None:
            mapping.needed(group, "group", "my-group")
            if kind is not None:
                raise ValidationError(
                    "give group, or account_id and account_type", provider=self.provider, fields=("group",)
                )
        mapping.page_options(page_size, resume_token)
        deleted = "true" if checked_flag(show_deleted, "show_deleted", self.provider) else "false"

        async def fetch(token: str | None) -> ListReservationsResponse:
            if group is not None:
                return await self.raw.list_group_reservations(
                    group,
                    filter_=wanted,
                    order=sorted_by,
                    show_deleted=deleted,
                    page_size=page_size,
                    page_token=token,
                )
            return await self.raw.list_reservations(
                filter_=wanted,
                order=sorted_by,
                show_deleted=deleted,
                page_size=page_size,
                page_token=token,
                x_qcs_account_id=account_id,
                x_qcs_account_type=kind,
            )

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "reservations", self._reservation_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda reservation: reservation.id,
            name="ListReservations",
        )

    async def reservation(self, id: str | int) -> Reservation:
        """A reservation of one's own by its identifier, looked for in the list of all (ListReservations).

        Raises:
            NotFoundError: There is none, or not for whom the client acts.
        """
        wanted = str(_number(id))
        async for each in self.reservations(show_deleted=True, order=F.created_time.desc()):
            if each.id == wanted:
                return each
        raise _no_reservation(wanted)

    def find_slots(
        self,
        device: str | Device,
        *,
        start: datetime,
        duration: timedelta | float,
        page_size: int = PAGE_SIZE,
        resume_token: str | None = None,
    ) -> Pager[AvailableSlot]:
        """Windows that can be reserved, the earliest first (FindAvailableReservations).

        Args:
            device: The processor.
            start: The earliest beginning, with a time zone.
            duration: How long, as a `timedelta` or in seconds.
            page_size: How many to ask for at once. The list is long: take `first()`, or leave the loop.
            resume_token: Of a pager of the same list.

        Raises:
            ValidationError: Something is not acceptable, or there is no such processor.
        """
        id, earliest = self._id(device), mapping.time_to_send(start, "start")
        length = mapping.go_duration(duration, "duration")
        mapping.page_options(page_size, resume_token)

        async def fetch(token: str | None) -> FindAvailableReservationsResponse:
            return await self.raw.find_available_reservations(
                quantum_processor_id=id,
                start_time_from=earliest,
                duration=length,
                page_size=page_size,
                page_token=token,
            )

        return by_token(
            fetch,
            items=lambda page: mapping.each_of(page, "available_reservations", mapping.slot_of),
            next_token=mapping.next_token,
            resume_token=resume_token,
            identity=lambda slot: (slot.device_id, slot.start, slot.end),
            name="FindAvailableReservations",
        )

    @within_timeout
    async def reserve(
        self,
        slot: AvailableSlot | str | Device,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        timeout: float | None = None,
    ) -> Reservation:
        """Reserve time on a processor (CreateReservation). It costs money, and is sent once.

        Where the answer is lost, the reservation is looked for by its processor and times (ListReservations).

        Args:
            slot: What `find_slots` found; or a processor, with `start` and `end`.
            start: When it begins, with a time zone.
            end: When it ends.
            notes: For your own use.
            account_id: Who pays: a user's id, or the name of a group. None: whom the client acts for.
            account_type: Which of the two that is.
            timeout: Seconds for the whole call. The last quarter, at most 5 s, is kept for finding the reservation
                where its response is lost.

        Raises:
            ReservationUnavailableError: The time is taken.
            PaymentRequiredError: The account's balance does not cover it.
            ValidationError: Something is not acceptable; nothing was reserved.
            SubmissionUnknownError: It may be reserved or not.
        """
        check_timeout(timeout, self.provider)
        device, begins, ends = self._window(slot, start, end)
        kind = account_header(account_id, account_type)
        body = CreateReservationRequest(quantum_processor_id=device, start_time=begins, end_time=ends)
        if notes is not None:
            body.notes = checked_text(notes, "notes", "calibration run", self.provider)
        if account_id is not None and kind is not None:
            body.account_id, body.account_type = account_id, kind

        async def send() -> Reservation:
            return self._reservation_of(await self.raw.create_reservation(body=body))

        async def find(key: str, since: datetime) -> Reservation | None:
            # Nobody else can hold the same time, so what fits and is new is ours.
            wanted = (F.start_time == begins) & (F.end_time == ends) & (F.device == device)
            async for each in self.reservations(filter=wanted, account_id=account_id, account_type=account_type):
                fits = (each.device_id, each.start, each.end) == (device, begins, ends)
                new = each.created_at is not None and each.created_at >= since - SKEW
                if fits and new and each.status is not ReservationStatus.CANCELLED:
                    return each
            return None

        key = f"{device} {begins.isoformat()}/{ends.isoformat()}"
        return await self._send_once(send, find, key=key, timeout=timeout)

    def _window(
        self, slot: AvailableSlot | str | Device, start: datetime | None, end: datetime | None
    ) -> tuple[str, datetime, datetime]:
        if isinstance(slot, AvailableSlot):
            if start is not None or end is not None:
                raise ValidationError(
                    "a slot has its own start and end", provider=self.provider, fields=("start", "end")
                )
            device, start, end = slot.device_id, slot.start, slot.end
        else:
            device = self._id(slot)
        if start is None or end is None:
            raise ValidationError(
                "a reservation needs start and end",
                provider=self.provider,
                fields=("start", "end"),
                hint="Or give a slot that find_slots found",
            )
        begins, ends = mapping.time_to_send(start, "start"), mapping.time_to_send(end, "end")
        if begins >= ends:
            raise ValidationError(
                f"end is later than start; {ends.isoformat()} is not later than {begins.isoformat()}",
                provider=self.provider,
                fields=("start", "end"),
            )
        return device, begins, ends

    async def cancel_reservation(self, reservation: Reservation | str | int) -> Reservation:
        """Give reserved time back, with its price (DeleteReservation); the reservation as it is then.

        Raises:
            NotFoundError: There is no such reservation.
            PermissionDeniedError: It has begun, or is somebody else's.
        """
        id = reservation.id if isinstance(reservation, Reservation) else reservation
        number = _number(id)

        async def fetch() -> Reservation:
            return await self.reservation(number)

        return await changed(self.raw.delete_reservation(number), self._reservation_of, fetch)

    async def wait_for_reservation(
        self,
        reservation: Reservation | str | int,
        *,
        until: Literal["start", "end"] = "start",
        timeout: float | None = None,
    ) -> Reservation:
        """A reservation once its time has come, or is over (ListReservations).

        It waits by the clock, and looks now and then whether the reservation was cancelled.

        Args:
            reservation: The reservation, or its identifier.
            until: Wait for its start, or for its end.
            timeout: Seconds; None: as long as it takes.

        Raises:
            WaitTimeoutError: `timeout` seconds went by.
            ConflictError: It was cancelled.
            NotFoundError: There is none.
        """
        check_timeout(timeout, self.provider)
        if not is_one_of(until, ("start", "end")):
            raise ValidationError(
                f"until is 'start' or 'end', not {shown(until)}", provider=self.provider, fields=("until",)
            )
        last = reservation if isinstance(reservation, Reservation) else await self.reservation(reservation)
        try:
            with self._clock.limit(timeout):
                while True:
                    last = await self._again(last)
                    if last.status is ReservationStatus.CANCELLED:
                        raise ConflictError(
                            f"reservation {last.id} was cancelled",
                            provider=self.provider,
                            operation="ListReservations",
                            hint="Find another slot with find_slots",
                        )
                    moment = last.start if until == "start" else last.end
                    if moment is None:
                        raise odd_response(self.provider, f"reservation {last.id} has no {until}")
                    left = (moment - self._wall()).total_seconds()
                    if left <= 0:
                        return last
                    await self._clock.sleep(min(left, max(CHECK, left / CHECKS_LEFT)))
        except AnyQPUError:
            raise
        except TimeoutError:
            raise WaitTimeoutError(
                f"reservation {last.id} is still {last.status} after {timeout or 0:g} s",
                last_status=last.status,
                provider=self.provider,
                operation="ListReservations",
                hint=f"It is from {last.start} to {last.end}",
            ) from None

    async def _again(self, known: Reservation) -> Reservation:
        """The reservation as it is now; as it was, by the clock, where looking fails for a reason that passes."""
        raw = known.raw
        account = known.account
        if not isinstance(raw, RawReservation) or known.start is None or known.end is None or account is None:
            return await self.reservation(known.id)
        wanted = (F.start_time == known.start) & (F.end_time == known.end)
        listed = self.reservations(
            filter=wanted,
            show_deleted=True,
            account_id=account,
            account_type="group" if str(raw.account_type) == "group" else "user",
        )
        try:
            async for each in listed:
                if each.id == known.id:
                    return each
        except AnyQPUError as error:
            if not error.retryable:
                raise
            logger.info("looking at reservation %s failed (%s); going on", known.id, type(error).__name__)
            return mapping.reservation_of(raw, self._wall())
        raise _no_reservation(known.id)

    def _reservation_of(self, raw: Any) -> Reservation:
        return mapping.reservation_of(raw, self._wall())


def _number(id: str | int) -> int:
    if isinstance(id, int) and not isinstance(id, bool) and 0 <= id < 2**63:
        return id
    if isinstance(id, str) and id.isascii() and id.isdecimal() and len(id) < 20:
        return int(id)
    raise ValidationError(
        f"a reservation's id is a number such as 42, not {shown(id)}",
        provider=mapping.PROVIDER,
        fields=("reservation",),
    )


def _no_reservation(id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no reservation {id}, or not for this account",
        provider=mapping.PROVIDER,
        operation="ListReservations",
    )

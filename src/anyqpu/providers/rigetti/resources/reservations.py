"""Reservations: time on a processor, booked beforehand."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from anyqpu_raw.rigetti import models, pages

from anyqpu._lazy import LazyModule
from anyqpu.core.arguments import checked_flag, shown
from anyqpu.core.changes import changed
from anyqpu.core.checks import check_timeout, checked_window
from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError
from anyqpu.model.reservation import AvailableSlot, Reservation, ReservationStatus
from anyqpu.paging import Pager, paginate
from anyqpu.providers.rigetti import filters
from anyqpu.providers.rigetti.arguments import (
    PROVIDER,
    account_type_to_send,
    checked_id,
    device_id,
    time_to_send,
)
from anyqpu.providers.rigetti.filters import F, Field, Filter, Order

if TYPE_CHECKING:
    from anyqpu_raw.rigetti.client import RawClient

    from anyqpu.core import reading
    from anyqpu.core.context import Context
    from anyqpu.model.device import Device
    from anyqpu.providers.rigetti import mapping
    from anyqpu.providers.rigetti.records import AccountType
else:
    reading = LazyModule("anyqpu.core.reading")
    mapping = LazyModule("anyqpu.providers.rigetti.mapping")

logger = logging.getLogger("anyqpu")

# How far Rigetti's clock may be behind ours.
SKEW = timedelta(seconds=60)

OrderBy = str | Order | Field | Iterable[str | Order | Field]


class RigettiReservations:
    """Reservations of the account that the client acts for, or of another one."""

    def __init__(self, context: Context[RawClient]) -> None:
        self._context = context
        self._raw = context.raw
        self._is_listed_only = False

    def list(
        self,
        device: str | Device | None = None,
        *,
        page_size: int | None = None,
        resume_token: str | None = None,
        filter: Filter | str | None = None,
        order: OrderBy | None = None,
        show_deleted: bool = False,
        group: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
    ) -> Pager[Reservation]:
        """List reservations of an account, or those of a group (ListReservations, ListGroupReservations)."""
        kind = account_type_to_send(account_id, account_type)
        query: dict[str, Any] = {
            "filter_": filters.filter_text(filter, None if device is None else F.device == device_id(device)),
            "order": filters.order_text(F.created_time.desc() if order is None else order),
            "show_deleted": "true" if checked_flag(show_deleted, "show_deleted", PROVIDER) else "false",
        }
        if group is None:
            fetch = partial(self._raw.list_reservations, **query, x_qcs_account_id=account_id, x_qcs_account_type=kind)
        else:
            if kind is not None:
                raise ValidationError(
                    "give group, or account_id and account_type", provider=PROVIDER, fields=("group",)
                )
            fetch = partial(self._raw.list_group_reservations, checked_id(group, "group", "my-group"), **query)
        return paginate(
            fetch,
            pages.LIST_RESERVATIONS,
            to_items=lambda reservations: reading.read_each(PROVIDER, reservations, self._reservation_of),
            page_size=page_size,
            resume_token=resume_token,
            name="ListReservations",
        )

    async def get(self, id: str | int) -> Reservation:
        """Return a reservation by its identifier (GetReservation, on servers of 2022 ListReservations).

        Raises:
            NotFoundError: It does not exist.
            PermissionDeniedError: It belongs to others.
        """
        number = _number(id)
        read = await self._read(number)
        if read is not None:
            return read
        async for reservation in self.list(show_deleted=True):
            if reservation.id == str(number):
                self._is_listed_only = True
                return reservation
        raise _no_reservation(str(number))

    async def _read(self, number: int) -> Reservation | None:
        """Return a reservation; None if it does not exist, or the server has reservations in lists only.

        The path is older than the operation: a server of 2022 has it for DELETE, and refuses the method.
        """
        if self._is_listed_only:
            return None
        try:
            return self._reservation_of(await self._raw.get_reservation(number))
        except AnyQPUError as error:
            # The login has a status of its own.
            if error.operation != "GetReservation" or error.status_code not in {404, 405, 501}:
                raise
            self._is_listed_only = error.status_code != 404
            return None

    async def refresh(self, reservation: Reservation) -> Reservation:
        """Return a reservation as it is now (GetReservation, on servers of 2022 ListReservations).

        Where the request fails for a reason that passes, it is returned as it was, and its status goes by the clock.
        """
        raw, start, end, account = reservation.raw, reservation.start, reservation.end, reservation.account
        if not isinstance(raw, models.Reservation) or start is None or end is None or account is None:
            return await self.get(reservation.id)
        kind: AccountType = "group" if str(raw.account_type) == "group" else "user"
        window = (F.start_time == start) & (F.end_time == end)
        try:
            read = await self._read(_number(reservation.id))
            if read is not None:
                return read
            async for listed in self.list(filter=window, show_deleted=True, account_id=account, account_type=kind):
                if listed.id == reservation.id:
                    self._is_listed_only = True
                    return listed
        except AnyQPUError as error:
            if not error.retryable:
                raise
            logger.info("polling reservation %s failed (%s); going by the clock", reservation.id, type(error).__name__)
            return self._reservation_of(raw)
        raise _no_reservation(reservation.id)

    async def reserve(
        self,
        device: str | Device | AvailableSlot,
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        notes: str | None = None,
        account_id: str | None = None,
        account_type: AccountType | None = None,
        timeout: float | None = None,
    ) -> Reservation:
        """Reserve time on a processor (CreateReservation); sent once, and searched for (ListReservations)."""
        check_timeout(timeout, PROVIDER)
        id, begins, ends = window_of(device, start, end, notes)
        kind = account_type_to_send(account_id, account_type)
        body = models.CreateReservationRequest(quantum_processor_id=id, start_time=begins, end_time=ends)
        if notes is not None:
            body.notes = notes
        if account_id is not None and kind is not None:
            body.account_id, body.account_type = account_id, kind

        async def send() -> Reservation:
            return self._reservation_of(await self._raw.create_reservation(body=body))

        async def find(key: str, since: datetime) -> Reservation | None:
            # A window can be reserved only once, so a new reservation of it is ours.
            window = (F.start_time == begins) & (F.end_time == ends) & (F.device == id)
            async for listed in self.list(filter=window, account_id=account_id, account_type=account_type):
                fits = (listed.device_id, listed.start, listed.end) == (id, begins, ends)
                is_new = listed.created_at is not None and listed.created_at >= since - SKEW
                if fits and is_new and listed.status is not ReservationStatus.CANCELLED:
                    return listed
            return None

        key = f"{id} {begins.isoformat()}/{ends.isoformat()}"
        return await self._context.send_once(send, find, key=key, timeout=timeout)

    async def cancel(self, reservation: Reservation | str | int) -> Reservation:
        """Give reserved time back, with its price (DeleteReservation); return the reservation as it is then.

        One that was cancelled before is returned as it is.

        Raises:
            NotFoundError: There is no such reservation.
            PermissionDeniedError: It has begun, or belongs to others.
        """
        if isinstance(reservation, Reservation) and reservation.status is ReservationStatus.CANCELLED:
            return reservation
        number = _number(reservation.id if isinstance(reservation, Reservation) else reservation)
        return await changed(self._raw.delete_reservation(number), self._reservation_of, partial(self.get, number))

    def _reservation_of(self, raw: Any) -> Reservation:
        return mapping.reservation_of(raw, self._context.clock.wall())


def window_of(
    device: str | Device | AvailableSlot, start: datetime | None, end: datetime | None, notes: str | None
) -> tuple[str, datetime, datetime]:
    """Return processor, start and end of a reservation; raise `ValidationError`."""
    if not isinstance(device, AvailableSlot) and (start is None or end is None):
        raise ValidationError(
            "a reservation needs start and end",
            provider=PROVIDER,
            fields=("start", "end"),
            hint="Or give a slot that find_slots returned",
        )
    processor, begins, ends = checked_window(device, start, end, notes, PROVIDER)
    return device_id(processor), time_to_send(begins, "start"), time_to_send(ends, "end")


def _number(id: object) -> int:
    if isinstance(id, int) and not isinstance(id, bool) and 0 <= id < 2**63:
        return id
    if isinstance(id, str) and id.isascii() and id.isdecimal() and len(id) < 20:
        return int(id)
    raise ValidationError(
        f"a reservation's id is a number such as 42, not {shown(id)}",
        provider=PROVIDER,
        fields=("reservation",),
    )


def _no_reservation(id: str) -> NotFoundError:
    return NotFoundError(
        f"there is no reservation {id}, or not for this account", provider=PROVIDER, operation="GetReservation"
    )

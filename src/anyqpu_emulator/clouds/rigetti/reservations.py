"""Reservations: time on a processor, booked by the minute and paid from an account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import PROCESSORS, Processor
from .errors import QcsError, invalid
from .fields import body_time, duration, go_duration, needed_text, stamp
from .filters import Value, mentions, parse, sort
from .paging import page, token, window
from .store import Account, Reservation, Store, account_of, group_account, price_of

_LONGEST = timedelta(hours=24)
_AHEAD = timedelta(days=366)
# FindAvailableReservations offers starts on the quarter of an hour, for a week.
_GRID = timedelta(minutes=15)
_OFFERS = 7 * 24 * 4


class ReservationHandlers(Handlers[Store, Auth]):
    """Reservations and the times that are free."""

    @handles("ListReservations")
    async def _list(self, request: Request) -> Response:
        return self._page(request, account_of(self.store, request, {}))

    @handles("ListGroupReservations")
    async def _list_group(self, request: Request) -> Response:
        return self._page(request, group_account(self.store, request.path_params["groupName"]))

    def _page(self, request: Request, account: Account) -> Response:
        query = request.state.query
        text = query.get("filter", "")
        test = parse(text)
        everything = query["showDeleted"] == "true" or mentions(text, "cancelled")
        rows = [
            (row, record)
            for record in self.store.reservations.values()
            if record.account == account and (everything or not record.cancelled) and test(row := _row(record))
        ]
        ordered = sort(rows, query.get("order", ""))
        return page(request, "reservations", [record.view() for record in ordered])

    @handles("CreateReservation")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        name, notes = needed_text(body, "quantumProcessorId"), body.get("notes")
        start, end = body_time(body, "startTime"), body_time(body, "endTime")
        processor = PROCESSORS.get(name)
        if processor is None:
            raise invalid(f"there is no quantum processor {name!r}", "body", "quantumProcessorId")
        now = self.store.now()
        if not now <= start <= now + _AHEAD:
            raise invalid("startTime should be in the future, within a year", "body", "startTime")
        if not timedelta(0) < end - start <= _LONGEST:
            raise invalid("endTime should be after startTime, by a day at most", "body", "endTime")
        account = account_of(self.store, request, body)
        return json_response(self.store.reserve(account, processor, start, end, notes).view(), 201)

    @handles("GetReservation")
    async def _get(self, request: Request) -> Response:
        return json_response(self._record(request).view())

    @handles("DeleteReservation")
    async def _delete(self, request: Request) -> Response:
        record = self._record(request)
        if record.start <= self.store.now() and not record.cancelled:
            raise QcsError(403, "a reservation that has begun cannot be cancelled")
        self.store.cancel(record)
        return json_response(record.view())

    def _record(self, request: Request) -> Reservation:
        number = request.path_params["reservationId"]
        is_number = number.isascii() and number.isdigit() and len(number) <= 15
        record = self.store.reservations.get(str(int(number))) if is_number else None
        if record is None:
            raise QcsError(404, f"there is no reservation {number!r}")
        return record

    @handles("FindAvailableReservations")
    async def _find(self, request: Request) -> Response:
        query = request.state.query
        name: str = query["quantumProcessorId"]
        processor = PROCESSORS.get(name)
        if processor is None:
            raise invalid(f"there is no quantum processor {name!r}", "query", "quantumProcessorId")
        begin: datetime = query["startTimeFrom"]
        length = duration(query["duration"])
        if length is None or not timedelta(seconds=1) <= length <= _LONGEST:
            raise invalid("duration should be like 15m or 1h30m, up to 24h", "query", "duration")
        now = self.store.now()
        if begin > now + _AHEAD:
            raise invalid("startTimeFrom should be within a year", "query", "startTimeFrom")
        start, size = window(request)
        first = _on_grid(max(begin, now))
        offers: list[dict[str, Any]] = []
        # The token counts steps of the grid, so that a reservation made meanwhile shifts nothing.
        while start < _OFFERS and len(offers) < size:
            at = first + start * _GRID
            start += 1
            if self.store.free(processor, at, at + length):
                offers.append(_offer(processor, at, length))
        following = token(start) if start < _OFFERS else ""
        return json_response({"availableReservations": offers, "nextPageToken": following})


def _on_grid(when: datetime) -> datetime:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    return epoch + -((epoch - when) // _GRID) * _GRID


def _offer(processor: Processor, start: datetime, length: timedelta) -> dict[str, Any]:
    return {
        "quantumProcessorId": processor.id,
        "startTime": stamp(start),
        "endTime": stamp(start + length),
        "duration": go_duration(length),
        "price": price_of(processor, length),
    }


def _row(record: Reservation) -> dict[str, Value]:
    return {
        "startTime": record.start,
        "endTime": record.end,
        "createdTime": record.created,
        "price": record.price,
        "quantumProcessorId": record.processor.id,
        "cancelled": record.cancelled,
    }

"""Reservations on the emulated Rigetti: found, booked once, cancelled, waited for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import anyio
import httpx
import pytest

import anyqpu
from anyqpu import Search, errors
from anyqpu.model.money import Money
from anyqpu.model.reservation import ReservationStatus
from anyqpu.providers.rigetti import F, RigettiClient
from anyqpu.testing import EmulatedClouds
from anyqpu_emulator import Emulator
from tests.support.server import Seen, ServerResponse, serving

from .conftest import DEVICE, Requests

pytestmark = pytest.mark.anyio

HOUR = timedelta(hours=1)


def tomorrow() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) + timedelta(days=1)


async def test_a_slot_is_found_booked_listed_and_given_back(rigetti: RigettiClient) -> None:
    slot = await rigetti.find_slots(DEVICE, start=tomorrow(), duration=15 * 60).first()
    assert slot is not None
    assert (slot.duration, slot.price) == (timedelta(minutes=15), Money(Decimal("60.00"), "USD"))
    before = await rigetti.balance()
    booked = await rigetti.reserve(slot, notes="for the paper")
    assert (booked.start, booked.end, booked.price, booked.device_id) == (slot.start, slot.end, slot.price, DEVICE)
    assert (booked.status, booked.description) == (ReservationStatus.CONFIRMED, "for the paper")
    assert (await rigetti.balance()).amount == before.amount - 60
    assert await rigetti.reservations(filter=F.device == DEVICE).collect() == [booked]
    assert await rigetti.reservations(filter=(F.price > 6000) | (F.device == "Aspen-M-3")).collect() == []
    assert await rigetti.reservation(booked.id) == booked
    again = await rigetti.find_slots(DEVICE, start=slot.start, duration=timedelta(minutes=15)).first()
    assert again is not None
    assert again.start >= slot.end
    cancelled = await rigetti.cancel_reservation(booked)
    assert (cancelled.status, cancelled.raw_status) == (ReservationStatus.CANCELLED, "cancelled")
    assert await rigetti.balance() == before
    assert await rigetti.reservations().collect() == []
    assert [reservation.id async for reservation in rigetti.reservations(show_deleted=True)] == [booked.id]


async def test_time_that_is_taken_and_time_that_cannot_be_paid(rigetti: RigettiClient) -> None:
    start = tomorrow()
    await rigetti.reserve(DEVICE, start=start, end=start + HOUR)
    with pytest.raises(errors.ReservationUnavailableError):
        await rigetti.reserve(DEVICE, start=start, end=start + HOUR)
    with pytest.raises(errors.PaymentRequiredError, match="Add credit"):
        await rigetti.reserve("Aspen-M-3", start=start, end=start + 20 * HOUR)
    assert len(await rigetti.reservations().collect()) == 1


async def test_a_group_pays(rigetti: RigettiClient) -> None:
    start = tomorrow()
    booked = await rigetti.reserve(
        DEVICE, start=start, end=start + HOUR, account_id="emulator-lab", account_type="group"
    )
    assert booked.account == "emulator-lab"
    assert await rigetti.reservations().collect() == []
    [listed] = await rigetti.reservations(group="emulator-lab", order=F.start_time.desc()).collect()
    [same] = await rigetti.reservations(account_id="emulator-lab", account_type="group").collect()
    assert listed == same == booked
    assert (await rigetti.balance(group="emulator-lab")).amount == 2500 - 240
    with pytest.raises(errors.PermissionDeniedError):
        await rigetti.reservations(group="other-lab").collect()


async def test_many_are_read_page_by_page_in_order(rigetti: RigettiClient) -> None:
    start = tomorrow()
    for number in (2, 0, 1):
        await rigetti.reserve(DEVICE, start=start + number * HOUR, end=start + (number + 1) * HOUR)
    pager = rigetti.reservations(order=[F.device, F.start_time.desc()], page_size=1)
    assert [slot.start async for slot in pager] == [start + number * HOUR for number in (2, 1, 0)]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no zone": ({"start": datetime(2026, 1, 1)}, "start has no time zone.*tzinfo=UTC"),
    "backwards": ({"end": tomorrow() - HOUR}, "end must be later than start"),
    "empty": ({"end": tomorrow()}, "end must be later than start"),
    "no end": ({"end": None}, "needs start and end.*find_slots"),
    "no device": ({"device": ""}, "a Device or its identifier"),
    "no time": ({"start": "2026-01-01"}, "start is a datetime"),
    "half an account": ({"account_id": "emulator-lab"}, "belong together"),
    "no timeout": ({"timeout": 0}, "timeout is in seconds"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
async def test_bad_input_is_refused_before_anything_is_sent(
    rigetti: RigettiClient, change: dict[str, Any], message: str
) -> None:
    options: dict[str, Any] = {"device": DEVICE, "start": tomorrow(), "end": tomorrow() + HOUR} | change
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await rigetti.reserve(options.pop("device"), **options)
    assert caught.value.status_code is None


async def test_more_bad_input(rigetti: RigettiClient) -> None:
    for duration in (0, -5, float("nan"), float("inf"), True, timedelta(0), "15m"):
        with pytest.raises(errors.ValidationError, match="duration is more than 0 s"):
            rigetti.find_slots(DEVICE, start=tomorrow(), duration=duration)  # type: ignore[arg-type]
    with pytest.raises(errors.ValidationError, match="no time zone"):
        rigetti.find_slots(DEVICE, start=datetime(2026, 1, 1), duration=60)
    slot = await rigetti.find_slots(DEVICE, start=tomorrow(), duration=60).first()
    assert slot is not None
    with pytest.raises(errors.ValidationError, match="its own start and end"):
        await rigetti.reserve(slot, start=tomorrow())
    for wrong in ("x", "", "-1", True):
        with pytest.raises(errors.ValidationError, match="a number such as 42"):
            await rigetti.cancel_reservation(wrong)
    with pytest.raises(errors.NotFoundError):
        await rigetti.cancel_reservation(999)
    with pytest.raises(errors.NotFoundError, match="no reservation 999"):
        await rigetti.reservation("999")
    with pytest.raises(errors.ValidationError, match="until must be"):
        await rigetti.wait_for_reservation("1", until="never")  # type: ignore[arg-type]
    with pytest.raises(errors.ValidationError, match="group, or account_id"):
        rigetti.reservations(group="a", account_id="b", account_type="user")


class Losing:
    """Passes requests on to an emulator, and replaces the response to a booking."""

    def __init__(self, after: ServerResponse | None = None, before: ServerResponse | None = None) -> None:
        self.emulator = Emulator(speed="instant")
        self.inner = httpx.AsyncClient(transport=httpx.ASGITransport(self.emulator.app), base_url="http://e/rigetti")
        self.after, self.before, self.bookings = after, before, 0

    async def __call__(self, seen: Seen) -> ServerResponse:
        books = seen.method == "POST" and seen.path.endswith("/reservations")
        self.bookings += books
        if books and self.before is not None:
            return self.before
        kept = {name: value for name, value in seen.headers.items() if name not in {"host", "content-length"}}
        response = await self.inner.request(seen.method, seen.target, headers=kept, content=seen.body)
        if books and self.after is not None:
            return self.after
        return ServerResponse(response.status_code, response.content, {"content-type": "application/json"})

    async def close(self) -> None:
        await self.inner.aclose()
        await anyio.to_thread.run_sync(self.emulator.close)


LOST = {
    "drop": ServerResponse(drop=True),
    "500": ServerResponse(500),
    "503": ServerResponse(503),
    "cut": ServerResponse(201, b"{cut off"),
}


async def book(losing: Losing) -> tuple[Any, list[Any]]:
    async with serving(losing) as server:
        client: RigettiClient = anyqpu.connect(
            "rigetti", base_url=server.url, access_token="emulator", search=Search(tries=2, pause=0.01)
        )
        async with client as rigetti:
            outcome: Any
            try:
                outcome = await rigetti.reserve(DEVICE, start=tomorrow(), end=tomorrow() + HOUR)
            except errors.AnyQPUError as error:
                outcome = error
            listed = await rigetti.reservations().collect()
    await losing.close()
    assert losing.bookings == 1
    return outcome, listed


@pytest.mark.parametrize("after", LOST.values(), ids=LOST)
async def test_a_reservation_whose_response_is_lost_is_found(anyio_backend: str, after: ServerResponse) -> None:
    outcome, listed = await book(Losing(after=after))
    assert listed == [outcome]


@pytest.mark.parametrize("before", LOST.values(), ids=LOST)
async def test_a_booking_that_may_not_have_arrived_is_not_repeated(anyio_backend: str, before: ServerResponse) -> None:
    outcome, listed = await book(Losing(before=before))
    assert isinstance(outcome, errors.SubmissionUnknownError)
    assert outcome.dedup_key.startswith(DEVICE)
    assert listed == []


async def test_the_time_of_a_reservation_comes_and_goes(rigetti: RigettiClient) -> None:
    start = datetime.now(UTC) + timedelta(seconds=0.4)
    booked = await rigetti.reserve(DEVICE, start=start, end=start + timedelta(seconds=0.4))
    active = await rigetti.wait_for_reservation(booked, until="start", timeout=10)
    assert active.status is ReservationStatus.ACTIVE
    over = await rigetti.wait_for_reservation(booked.id, until="end", timeout=10)
    assert over.status is ReservationStatus.COMPLETED
    assert datetime.now(UTC) >= start + timedelta(seconds=0.4)


async def test_waiting_for_days_takes_few_polls(clouds: EmulatedClouds) -> None:
    requests = Requests()
    async with clouds.connect("rigetti", hooks=requests) as rigetti:
        start = clouds.now + timedelta(days=3)
        booked = await rigetti.reserve(DEVICE, start=start, end=start + HOUR)
        active = await rigetti.wait_for_reservation(booked, until="start")
        assert active.status is ReservationStatus.ACTIVE
        assert start <= clouds.now < start + timedelta(minutes=1)
    assert 10 < requests.count["GetReservation"] < 150
    assert requests.count["ListReservations"] == 0


@pytest.mark.parametrize("status", [404, 405, 501])
async def test_a_server_of_2022_has_a_reservation_in_its_list(anyio_backend: str, status: int) -> None:
    start = tomorrow()
    raw = {
        "id": 7, "accountId": "a", "accountType": "user", "userId": "u", "quantumProcessorId": DEVICE,
        "startTime": start.isoformat(), "endTime": (start + HOUR).isoformat(), "createdTime": start.isoformat(),
        "price": 1,
    }  # fmt: skip

    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"reservations": [raw]}) if seen.path.endswith("s") else ServerResponse(status)

    async with serving(respond) as server:
        retry = anyqpu.RetryPolicy(attempts=1)
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="emulator", retry=retry) as rigetti:
            assert (await rigetti.reservation(7)).start == start
            assert (await rigetti.reservation("7")).start == start
            with pytest.raises(errors.NotFoundError, match="no reservation 8"):
                await rigetti.reservation(8)
    once = ["/v1/reservations/7"]
    assert [seen.path for seen in server.seen if not seen.path.endswith("s")] == once


async def test_a_login_that_is_not_found_is_not_a_missing_reservation(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"error": "invalid_client"}, 404)

    async with serving(respond) as server:
        credentials = {"client_id": "c", "client_secret": "s", "auth_url": server.url}
        async with anyqpu.connect("rigetti", base_url=server.url, **credentials) as rigetti:
            with pytest.raises(errors.AnyQPUError) as caught:
                await rigetti.reservation(7)
    assert caught.value.operation == "token"
    assert not [seen.path for seen in server.seen if "reservations" in seen.path]


async def test_the_reservation_of_others_is_not_searched_for(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"code": "access_forbidden", "message": "it is not yours"}, 403)

    async with serving(respond) as server:
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="emulator") as rigetti:
            with pytest.raises(errors.PermissionDeniedError, match="not yours"):
                await rigetti.reservation(7)
    assert len(server.seen) == 1


async def test_a_reservation_that_is_cancelled_is_not_waited_for(clouds: EmulatedClouds) -> None:
    requests = Requests()
    async with clouds.connect("rigetti", hooks=requests) as rigetti:
        start = clouds.now + timedelta(days=3)
        booked = await rigetti.reserve(DEVICE, start=start, end=start + HOUR)

        async def cancel(_: Any) -> None:
            await rigetti.cancel_reservation(booked)

        async with anyio.create_task_group() as group:
            with pytest.raises(errors.ConflictError, match="is cancelled"):
                await rigetti.wait_for_reservation(
                    booked,
                    until="start",
                    on_update=lambda seen: (
                        group.start_soon(cancel, seen) if seen.status is ReservationStatus.CONFIRMED else None
                    ),
                )
        assert clouds.now < start - timedelta(days=1)


async def test_a_reservation_of_a_group_is_waited_for(clouds: EmulatedClouds) -> None:
    """It is not in the list of the client's own account."""
    async with clouds.connect("rigetti") as rigetti:
        start = clouds.now + timedelta(hours=1)
        account: dict[str, Any] = {"account_id": "emulator-lab", "account_type": "group"}
        booked = await rigetti.reserve(DEVICE, start=start, end=start + HOUR, **account)
        assert (await rigetti.wait_for_reservation(booked, until="end")).status is ReservationStatus.COMPLETED
        assert clouds.now >= start + HOUR


async def test_reservations_of_a_processor_are_listed_newest_first(rigetti: RigettiClient) -> None:
    start = tomorrow()
    for number in (1, 2, 0):
        await rigetti.reserve(DEVICE, start=start + number * HOUR, end=start + (number + 1) * HOUR)
    await rigetti.reserve("Aspen-M-3", start=start, end=start + HOUR / 4)
    own = await rigetti.reservations(DEVICE).collect()
    assert [slot.start for slot in own] == [start + number * HOUR for number in (0, 2, 1)]
    late = await rigetti.reservations(DEVICE, filter=(F.start_time >= start + HOUR) | (F.price > 10**6)).collect()
    assert [slot.start for slot in late] == [start + 2 * HOUR, start + HOUR]
    text = await rigetti.reservations(DEVICE, filter=str(F.start_time < start + HOUR)).collect()
    assert [slot.start for slot in text] == [start]


async def test_a_wait_for_a_reservation_has_an_end(rigetti: RigettiClient) -> None:
    start = tomorrow()
    booked = await rigetti.reserve(DEVICE, start=start, end=start + HOUR)
    with pytest.raises(errors.WaitTimeoutError, match=r"still confirmed after the timeout of 1 s") as caught:
        await rigetti.wait_for_reservation(booked, until="start", timeout=1.0)
    assert caught.value.last_status is ReservationStatus.CONFIRMED


@pytest.mark.parametrize("year", [2022, 2026])
async def test_a_wait_survives_failures_that_pass(anyio_backend: str, year: int) -> None:
    start = datetime.now(UTC) + timedelta(seconds=0.2)
    raw = {
        "id": 1, "accountId": "a", "accountType": "robot", "userId": "u", "quantumProcessorId": DEVICE,
        "startTime": start.isoformat(), "endTime": (start + HOUR).isoformat(), "createdTime": start.isoformat(),
        "price": 1, "createdBy": "new field",
    }  # fmt: skip

    sent: list[str] = []

    async def respond(seen: Seen) -> ServerResponse:
        sent.append(seen.path)
        if year == 2022:
            if seen.path.endswith("/1"):
                return ServerResponse(405)
            return ServerResponse(503) if "filter" in seen.target else ServerResponse.of_json({"reservations": [raw]})
        return ServerResponse.of_json(raw) if len(sent) == 1 else ServerResponse(503)

    async with serving(respond) as server:
        retry = anyqpu.RetryPolicy(attempts=1)
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="emulator", retry=retry) as rigetti:
            active = await rigetti.wait_for_reservation("1", until="start", timeout=5)
    assert (active.status, active.raw.account_type) == (ReservationStatus.ACTIVE, "robot")
    # The old server is requested for the newer operation once.
    assert sent.count("/v1/reservations/1") == (1 if year == 2022 else len(sent))

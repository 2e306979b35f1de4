"""Reserving a platform: what its rules say, what is booked, and the waits for it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import anyio
import pytest
from hypothesis import given
from hypothesis import strategies as some

import anyqpu
from anyqpu import PollPolicy, RetryPolicy, SessionStatus, errors
from anyqpu.model.reservation import ReservationStatus
from anyqpu.providers.scaleway import BookingDemand, ScalewayClient
from anyqpu.providers.scaleway.requirements import not_past
from tests.emulator.pasqal.helpers import FLIP
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.test_submit import Between

pytestmark = pytest.mark.anyio

FRESNEL = "QPU-FRESNEL-100PQ"
AER = "EMU-AER-16C-128M"
HOUR = timedelta(hours=1)


def tomorrow() -> datetime:
    return (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)


async def test_the_rules_of_a_platform_are_data(scaleway: ScalewayClient) -> None:
    fresnel = await scaleway.device(FRESNEL)
    assert fresnel.is_bookable is True
    rules = fresnel.booking_rules
    assert rules is not None
    assert (rules.min_duration, rules.max_duration) == (timedelta(minutes=5), timedelta(hours=6))
    assert (rules.min_notice, rules.max_notice, rules.max_cancellation) == (None, timedelta(days=30), None)
    assert (rules.max_per_day, rules.max_per_week) == (3, 10)


async def test_a_booking_is_made_changed_found_and_given_back(scaleway: ScalewayClient) -> None:
    start = tomorrow()
    booked = await scaleway.reserve(
        FRESNEL, start=start, end=start + HOUR, description="mine", time_zone="Europe/Paris", name="s", tags=["t"]
    )
    fresnel = await scaleway.device(FRESNEL)
    assert (booked.start, booked.end, booked.duration) == (start, start + HOUR, HOUR)
    assert (booked.description, booked.time_zone, booked.device_id) == ("mine", "Europe/Paris", fresnel.id)
    granted = await scaleway.wait_for_reservation(booked, timeout=30)
    assert (granted.status, granted.raw_status) == (ReservationStatus.CONFIRMED, "validated")
    session = await scaleway.session_of(booked.id)
    assert (session.id, session.reservation_id, session.status) == (
        booked.session_id,
        booked.id,
        SessionStatus.STARTING,
    )
    assert (session.raw.max_duration, session.raw.max_idle_duration, session.tags) == ("3600s", "3600s", ("t",))
    assert (await scaleway.update_reservation(booked, description="yours")).description == "yours"
    assert [reservation.id async for reservation in scaleway.reservations()] == [booked.id]
    assert [reservation.id async for reservation in scaleway.reservations(FRESNEL, page_size=1)] == [booked.id]
    assert await scaleway.reservations(AER).collect() == []
    ended = await scaleway.cancel_reservation(booked)
    assert ended.status is ReservationStatus.CANCELLED
    assert (await scaleway.get_session(session.id)).accepts_jobs is False
    with pytest.raises(errors.ConflictError, match=r"reservation .* is cancelled"):
        await scaleway.wait_for_reservation(booked, timeout=30)


async def test_a_client_that_has_not_seen_the_session_looks_for_it(anyio_backend: str) -> None:
    between = Between()
    async with serving(between) as server:
        async with anyqpu.connect("scaleway", emulator=server.url) as one:
            booked = await one.reserve(FRESNEL, start=tomorrow(), end=tomorrow() + HOUR)
            await one.open_session(AER)
        async with anyqpu.connect("scaleway", emulator=server.url) as other:
            read = await other.reservation(booked.id)
            assert (read.session_id, read.device_id) == (None, None)
            assert [reservation.device_id async for reservation in other.reservations(FRESNEL)] == [booked.device_id]
            assert (await other.cancel_reservation(read)).status is ReservationStatus.CANCELLED
            assert (await other.reservation(booked.id)).session_id == booked.session_id
            with pytest.raises(errors.NotFoundError, match="no session of this project has the booking nosuch"):
                await other.cancel_reservation("nosuch")
    await between.close()


async def test_a_booking_that_begins_now_is_active_and_runs_jobs(scaleway: ScalewayClient) -> None:
    now = datetime.now(UTC)
    booked = await scaleway.reserve(FRESNEL, start=now, end=now + HOUR)
    seen: list[Any] = []
    begun = await scaleway.wait_for_reservation(booked.id, until="start", timeout=30, on_update=seen.append)
    assert begun.status is ReservationStatus.ACTIVE
    assert seen[-1] == begun
    job = await scaleway.submit(FLIP, device=FRESNEL, shots=5, session=booked.session_id)
    assert (await job.result(timeout=30)).counts == {"1": 5}


async def test_a_session_as_a_block_can_be_booked(scaleway: ScalewayClient) -> None:
    now = datetime.now(UTC)
    async with scaleway.session(device=FRESNEL, booking=BookingDemand(now, now + HOUR)) as session:
        assert session.session.reservation_id is not None
    ended = await scaleway.reservation(session.session.reservation_id)
    assert ended.status is ReservationStatus.CANCELLED


async def test_a_wait_for_a_start_that_is_far_away_ends_with_its_timeout(scaleway: ScalewayClient) -> None:
    booked = await scaleway.reserve(FRESNEL, start=tomorrow(), end=tomorrow() + HOUR)
    with pytest.raises(errors.WaitTimeoutError, match="still confirmed") as caught:
        await scaleway.wait_for_reservation(booked, until="start", timeout=1.0)
    assert caught.value.last_status is ReservationStatus.CONFIRMED
    with pytest.raises(errors.ValidationError, match="until must be 'confirmed', 'start' or 'end'"):
        await scaleway.wait_for_reservation(booked, until="begin")  # type: ignore[arg-type]


async def test_the_same_deduplication_id_books_once(scaleway: ScalewayClient) -> None:
    options: dict[str, Any] = {"start": tomorrow(), "end": tomorrow() + HOUR, "deduplication_id": "one"}
    first = await scaleway.reserve(FRESNEL, **options)
    assert (await scaleway.reserve(FRESNEL, **options)).id == first.id
    with pytest.raises(errors.ReservationUnavailableError, match="is booked from"):
        await scaleway.reserve(FRESNEL, start=options["start"], end=options["end"])
    for hours in (2, 4):
        start = options["start"].replace(hour=0, minute=0) + timedelta(days=1, hours=hours)
        await scaleway.reserve(FRESNEL, start=start, end=start + HOUR)


BAD: dict[str, tuple[timedelta, timedelta, str]] = {
    "too short": (HOUR, timedelta(minutes=4), "for 0:05:00 or longer, not for 0:04:00"),
    "too long": (HOUR, timedelta(hours=7), "at most 6:00:00"),
    "too far ahead": (timedelta(days=40), HOUR, "at most 30 days, 0:00:00 ahead"),
    "over already": (timedelta(hours=-3), HOUR, "for the past"),
    "ends first": (HOUR, -HOUR, "end must be later than start"),
}


@pytest.mark.parametrize(("ahead", "length", "message"), BAD.values(), ids=BAD)
async def test_what_the_rules_forbid_is_refused_before_anything_is_opened(
    scaleway: ScalewayClient, ahead: timedelta, length: timedelta, message: str
) -> None:
    start = datetime.now(UTC) + ahead
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await scaleway.reserve(FRESNEL, start=start, end=start + length)
    assert caught.value.status_code is None
    assert await scaleway.sessions().collect() == []


async def test_what_cannot_be_booked_and_naive_times_are_refused(scaleway: ScalewayClient) -> None:
    with pytest.raises(errors.ValidationError, match="AER-16C-128M cannot be booked"):
        await scaleway.reserve(AER, start=tomorrow(), end=tomorrow() + HOUR)
    naive = datetime.now()
    with pytest.raises(errors.ValidationError, match="start has no time zone"):
        await scaleway.reserve(FRESNEL, start=naive, end=naive + HOUR)
    assert await scaleway.sessions().collect() == []


@given(ahead=some.floats(0.1, 10**6), elapsed=some.floats(0, 10**6))
def test_a_wait_does_not_sleep_past_the_start_of_its_booking(ahead: float, elapsed: float) -> None:
    policy = PollPolicy(floor=0.05, jitter=0)
    start = datetime.now(UTC) + timedelta(seconds=ahead)
    assert not_past(policy, start).interval(elapsed) <= max(ahead, 0.05)
    assert not_past(policy, start).interval(elapsed) <= policy.interval(elapsed)
    assert not_past(policy, datetime.now(UTC) - timedelta(seconds=1)).interval(elapsed) < 2
    assert not_past(policy, start - timedelta(days=40)).interval(elapsed) == policy.interval(elapsed)
    assert not_past(policy, None) is policy


@given(hours=some.integers(-12, 14), days=some.integers(2, 20))
def test_a_time_in_any_zone_is_sent_as_that_moment(hours: int, days: int) -> None:
    zone = timezone(timedelta(hours=hours))
    start = datetime.now(zone) + timedelta(days=days)
    sent = json.loads(json.dumps(BookingDemand(start, start + HOUR).body().to_dict(), default=str))
    assert datetime.fromisoformat(sent["started_at"]) == start
    assert "description" not in sent


async def test_a_booking_is_not_lost_from_sight_when_it_cannot_be_looked_at(anyio_backend: str) -> None:
    class Blind(Between):
        async def __call__(self, seen: Seen) -> ServerResponse:
            return ServerResponse(403) if "/bookings/" in seen.path else await super().__call__(seen)

    between = Blind()
    start = tomorrow()
    async with serving(between) as server, anyqpu.connect("scaleway", emulator=server.url) as scaleway:
        booked = await scaleway.reserve(FRESNEL, start=start, end=start + HOUR, description="d")
        assert (booked.status, booked.start, booked.description) == (ReservationStatus.UNKNOWN, start, "d")
        assert booked.session_id == (await scaleway.session_of(booked)).id
    await between.close()


def responding_with(body: dict[str, Any]) -> Any:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json(body)

    return respond


@pytest.mark.parametrize("word", ["waiting", "validating", "unknown_status"])
async def test_a_booking_that_is_not_granted_yet_is_waited_for(anyio_backend: str, word: str) -> None:
    async with serving(responding_with({"id": "b", "status": word})) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            with pytest.raises(errors.WaitTimeoutError, match="reservation b is still") as caught:
                await scaleway.wait_for_reservation("b", timeout=1.0)
            assert caught.value.last_status in {ReservationStatus.PENDING, ReservationStatus.UNKNOWN}


@pytest.mark.parametrize(("word", "message"), [("error", "is failed: no atoms"), ("cancelling", "is cancelling")])
async def test_a_booking_that_is_refused_is_an_error(anyio_backend: str, word: str, message: str) -> None:
    body = {"id": "b", "status": word, "progress_message": "no atoms", "started_at": None, "finished_at": None}
    async with serving(responding_with(body)) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            with pytest.raises(errors.ConflictError, match=message):
                await scaleway.wait_for_reservation("b", timeout=5)


async def test_a_word_that_is_not_known_ends_the_wait(anyio_backend: str) -> None:
    poll = PollPolicy(floor=0.01, growth=0, max_unknown=2)
    async with serving(responding_with({"id": "b", "status": "pondering"})) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url, poll=poll)
        async with client as scaleway:
            with anyio.fail_after(30), pytest.raises(errors.UnexpectedStatusError, match="status 'pondering'"):
                await scaleway.wait_for_reservation("b")
            seen = await scaleway.reservation("b")
            assert (seen.status, seen.raw_status, seen.status_recognized) == (
                ReservationStatus.UNKNOWN,
                "pondering",
                False,
            )


async def test_a_session_without_its_booking_is_an_error_that_names_it(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        if seen.path.endswith("/platforms"):
            return ServerResponse.of_json(
                {"platforms": [{"id": "p", "name": "QPU", "is_bookable": True}], "total_count": 1}
            )
        return ServerResponse.of_json({"id": "s", "status": "starting", "platform_id": "p"})

    async with serving(respond) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url, retry=RetryPolicy(backoff=0.001))
        async with client as scaleway:
            with pytest.raises(errors.UnexpectedResponseError, match="session s has no booking"):
                await scaleway.reserve("QPU", start=tomorrow(), end=tomorrow() + HOUR)

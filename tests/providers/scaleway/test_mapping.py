"""Scaleway's money, durations and times."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from anyqpu_raw.scaleway.models import Booking, Platform
from anyqpu_raw.scaleway.models import Job as RawJob
from anyqpu_raw.scaleway.models import Money as RawMoney
from anyqpu_raw.scaleway.models import Process as RawProcess
from anyqpu_raw.scaleway.models import Session as RawSession
from hypothesis import given
from hypothesis import strategies as some

from anyqpu import DeviceStatus, JobStatus, Money, SessionStatus
from anyqpu.errors import ValidationError
from anyqpu.model.job import JobActions
from anyqpu.model.reservation import ReservationStatus
from anyqpu.providers.scaleway import mapping

NO_ACTIONS: JobActions = None  # type: ignore[assignment]


@given(units=some.integers(-(2**63), 2**63 - 1), nanos=some.integers(0, 999_999_999))
def test_money_is_exact(units: int, nanos: int) -> None:
    money = mapping.money(RawMoney.from_dict({"currency_code": "EUR", "units": units, "nanos": nanos}))
    assert money is not None
    assert Fraction(money.amount) == units + Fraction(nanos, 10**9)


def test_units_may_be_text_and_a_missing_price_gives_none() -> None:
    assert mapping.money(RawMoney.from_dict({"currency_code": "EUR", "units": "12", "nanos": 500_000_000})) == Money(
        Decimal("12.5"), "EUR"
    )
    assert mapping.money(None) is None
    assert mapping.money(RawMoney.from_dict({"units": 3})) is None
    device = mapping.device_of(Platform.from_dict({"id": "p", "price_per_hour": None}))
    assert device.pricing is not None
    assert device.pricing.per_hour is None


def test_money_adds_within_a_currency_only() -> None:
    euro = Money(Decimal("1.10"), "EUR")
    assert euro + euro * 2 == Money(Decimal("3.30"), "EUR")
    assert euro < euro * 2
    assert str(euro) == "1.10 EUR"
    assert str(mapping.money(RawMoney.from_dict({"currency_code": "EUR", "units": 4500}))) == "4500 EUR"
    with pytest.raises(ValidationError, match="EUR and USD"):
        euro + Money(Decimal(1), "USD")


@given(some.floats(min_value=1e-6, max_value=1e8))
def test_durations_come_back_as_they_were_given(seconds: float) -> None:
    duration = mapping.duration(mapping.spell(timedelta(seconds=seconds), "max_duration"))
    assert duration == timedelta(seconds=seconds)


@given(seconds=some.integers(0, 10**8), nanos=some.integers(0, 999_999))
def test_durations_and_times_may_come_as_seconds_and_billionths(seconds: int, nanos: int) -> None:
    fields = {"seconds": str(seconds), "nanos": nanos * 1000}
    span = timedelta(seconds=seconds, microseconds=nanos)
    assert mapping.duration(fields) == span
    assert mapping.parse_time(fields) == datetime(1970, 1, 1, tzinfo=UTC) + span


def test_what_the_examples_of_the_document_say_is_read() -> None:
    body = {
        "id": "s",
        "status": "running",
        "waiting_job_count": "0",
        "finished_job_count": "7",
        "tags": {"value": ["a"]},
        "started_at": {"seconds": "1700000000", "nanos": 0},
        "terminated_at": {"seconds": "-62135596800", "nanos": 0},
        "max_duration": {"seconds": "3600", "nanos": 0},
    }
    session = mapping.session_of(RawSession.from_dict(body))
    assert (session.waiting_jobs, session.finished_jobs, session.tags) == (0, 7, ("a",))
    assert session.started_at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert session.closed_at is None
    assert session.expires_at == session.started_at + timedelta(hours=1)


@pytest.mark.parametrize("value", [{"seconds": "x"}, {"seconds": 10**20}, {"seconds": [1]}, "later", 5])
def test_an_invalid_time_gives_none(value: object) -> None:
    assert mapping.parse_time(value) is None
    assert mapping.duration(value) is None
    assert mapping.number("x") is None
    assert mapping.number(value=True) is None


@given(some.datetimes(min_value=datetime(2026, 1, 1), timezones=some.just(UTC)))
def test_a_granted_booking_is_what_the_clock_says(now: datetime) -> None:
    window = {"started_at": "2026-06-01T00:00:00Z", "finished_at": "2026-06-02T00:00:00Z"}
    raw = Booking.from_dict({"id": "b", "status": "validated", **window})
    reservation = mapping.reservation_of(raw, now=now, session_id=None, device_id=None)
    assert reservation.start is not None
    assert reservation.end is not None
    begun, over = now >= reservation.start, now >= reservation.end
    wanted = ReservationStatus.COMPLETED if over else ReservationStatus.ACTIVE if begun else ReservationStatus.CONFIRMED
    assert (reservation.status, reservation.raw_status) == (wanted, "validated")


@pytest.mark.parametrize(("progress", "wanted"), [(0.5, 0.5), (1, 1.0), (7, 1.0), (-1, 0.0), (True, None), ("x", None)])
def test_progress_is_a_share(progress: object, wanted: float | None) -> None:
    process = mapping.process_of(
        RawProcess.from_dict({"id": "p", "status": "running", "progress": progress}), NO_ACTIONS
    )
    assert process.progress == wanted


@pytest.mark.parametrize("text", ["", "59m", "s", "1e5s", "9" * 20 + "s", None])
def test_an_invalid_duration_gives_none(text: str | None) -> None:
    assert mapping.duration(text) is None


def test_the_year_one_means_never() -> None:
    assert mapping.parse_time(datetime(1, 1, 1, tzinfo=UTC)) is None


def test_unknown_words_are_kept() -> None:
    job = mapping.job_of(
        RawJob.from_dict({"id": "j", "status": "thinking", "parameters": "{no json"}), NO_ACTIONS, None
    )
    assert (job.status, job.raw_status, job.status_recognized, job.shots) == (
        JobStatus.UNKNOWN,
        "thinking",
        False,
        None,
    )
    session = mapping.session_of(RawSession.from_dict({"id": "s", "status": "napping", "tags": None}))
    assert (session.status, session.status_recognized, session.accepts_jobs) == (SessionStatus.UNKNOWN, False, None)
    device = mapping.device_of(Platform.from_dict({"id": "p", "availability": "perhaps", "technology": "spin"}))
    assert (device.status, device.raw_status, device.accepting_jobs) == (DeviceStatus.UNKNOWN, "perhaps", None)

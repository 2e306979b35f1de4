"""Estimates: exact sums of published prices, and no number without prices."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import Money, Pricing, ReservationStatus
from anyqpu.errors import ValidationError
from anyqpu.model.cost import estimate
from anyqpu.model.reservation import status_by_clock


def euros(text: str) -> Money:
    return Money(Decimal(text), "EUR")


def test_circuits_and_shots_are_counted() -> None:
    pricing = Pricing(per_circuit=euros("0.30"), per_shot=euros("0.00035"))
    cost = estimate(pricing, shots=1000, circuits=3)
    assert cost.total == euros("1.95000")
    assert [(line.what, line.quantity, line.unit) for line in cost.lines] == [
        ("circuits", 3, "circuit"),
        ("shots", 3000, "shot"),
    ]
    assert not cost.exact


def test_a_session_is_paid_by_the_hour() -> None:
    cost = estimate(Pricing(per_hour=euros("3.60")), duration=timedelta(minutes=5))
    assert cost.total is not None
    assert cost.total == euros("0.30")


def test_a_repeating_decimal_of_an_hour_is_rounded() -> None:
    cost = estimate(Pricing(per_hour=euros("4500")), duration=timedelta(minutes=10))
    assert str(cost.total) == "750.00 EUR"
    assert cost.total is not None
    assert cost.total.to_dict()["amount"] == "750.00"
    # A tenth of a cent an hour for a second: 0.001 / 3600 = 2.78e-7 EUR.
    tiny = estimate(Pricing(per_hour=euros("0.001")), duration=timedelta(seconds=1)).total
    assert str(tiny) == "0.000000277778 EUR"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("4500", "4500 EUR"),
        ("1000.00", "1000.00 EUR"),
        ("0.00035000", "0.00035 EUR"),
        ("0.00000000", "0.00 EUR"),
        ("-1.5", "-1.5 EUR"),
        ("1E+3", "1000 EUR"),
    ],
)
def test_an_amount_is_written_without_zeros_that_say_nothing(amount: str, text: str) -> None:
    assert str(euros(amount)) == text


def test_without_a_duration_the_total_of_a_session_is_unknown() -> None:
    cost = estimate(Pricing(per_hour=euros("3.60"), per_shot=euros("0.01")), shots=100)
    assert cost.total is None
    assert cost.reason_unknown == "a session costs 3.60 EUR an hour, and its duration is unknown"
    assert [line.amount for line in cost.lines] == [euros("1.00")]


@pytest.mark.parametrize("pricing", [None, Pricing(), Pricing(model="token")])
def test_no_price_is_not_free(pricing: Pricing | None) -> None:
    cost = estimate(pricing, shots=100)
    assert cost.total is None
    assert cost.reason_unknown == "the provider publishes no prices for this device"


def test_negative_numbers_are_refused() -> None:
    with pytest.raises(ValidationError, match="cannot be negative"):
        estimate(Pricing(), shots=-1)


MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("pricing", "options", "minimum"),
    [
        # 4,500 EUR an hour are 75 EUR a minute.
        (Pricing(per_hour=euros("4500")), {"idle": MINUTE}, "75"),
        # 75 EUR, two circuits of 0.30 EUR, and 2 times 1,000 shots of 0.01 EUR: 75 + 0.60 + 20.
        (
            Pricing(per_hour=euros("4500"), per_circuit=euros("0.30"), per_shot=euros("0.01")),
            {"idle": MINUTE, "circuits": 2, "shots": 1000},
            "95.60",
        ),
        # In a session of the user's own, only the job: two circuits of 0.30 EUR.
        (
            Pricing(per_hour=euros("4500"), per_circuit=euros("0.30")),
            {"idle": MINUTE, "circuits": 2, "in_session": True},
            "0.60",
        ),
        (Pricing(per_hour=euros("4500")), {"in_session": True}, "0"),
        # Jobs of 100 and 200 shots: two circuits of 0.30 EUR and 300 shots of 0.01 EUR.
        (Pricing(per_circuit=euros("0.30"), per_shot=euros("0.01")), {"circuits": 2, "all_shots": 300}, "3.60"),
        # The length of a longer session does not change the shortest one.
        (Pricing(per_hour=euros("4500")), {"idle": MINUTE, "duration": timedelta(hours=2)}, "75"),
        # Nothing runs, and nothing is paid by the hour.
        (Pricing(per_circuit=euros("0.30"), per_shot=euros("0.01")), {"circuits": 0}, "0"),
        (Pricing(per_circuit=euros("0.30"), per_shot=euros("0.01")), {"shots": 0}, "0.30"),
        # Free: each price is 0.
        (Pricing(per_hour=euros("0"), per_circuit=euros("0"), per_shot=euros("0")), {"idle": MINUTE, "shots": 9}, "0"),
        (Pricing(per_hour=euros("0")), {"shots": 9}, "0"),
        # A job costs at least its shots, also where the price of its session is not published.
        (Pricing(per_shot=euros("0.01")), {"idle": MINUTE, "shots": 100}, "1"),
        # No price, no minimum.
        (None, {"shots": 100}, None),
        (Pricing(model="token"), {"shots": 100}, None),
        # The session is not known to be free.
        (Pricing(per_shot=euros("0")), {"idle": MINUTE, "shots": 100}, None),
        # How long a job runs is unknown where there are no sessions.
        (Pricing(per_hour=euros("4500")), {"shots": 100}, None),
        (Pricing(per_hour=euros("1"), per_shot=Money(1, "USD")), {"shots": 100}, None),
    ],
)
def test_the_lowest_possible_cost(pricing: Pricing | None, options: dict[str, Any], minimum: str | None) -> None:
    assert estimate(pricing, **options).minimum == (None if minimum is None else euros(minimum))


@given(st.integers(0, 10**6), st.integers(0, 86_400_000_000))
def test_a_minimum_is_exact_but_for_a_rounding_far_below_a_cent(cents: int, microseconds: int) -> None:
    hour = Money(Decimal(cents).scaleb(-2), "EUR")
    minimum = estimate(Pricing(per_hour=hour), idle=timedelta(microseconds=microseconds)).minimum
    assert minimum is not None
    exact = Fraction(cents, 100) * Fraction(microseconds, 3_600_000_000)
    assert abs(Fraction(minimum.amount) - exact) <= Fraction(1, 10**12)


def test_prices_in_two_currencies_have_no_sum() -> None:
    cost = estimate(Pricing(per_circuit=euros("1"), per_shot=Money(1, "USD")), shots=1)
    assert (cost.total, cost.minimum) == (None, None)
    assert cost.reason_unknown == "the prices are in several currencies: EUR, USD"


@given(st.datetimes(timezones=st.just(UTC)), st.timedeltas(timedelta(seconds=1), timedelta(days=9)))
def test_a_reservation_is_what_its_window_says(start: datetime, length: timedelta) -> None:
    try:
        end = start + length
        before, after = start - length, end + length
    except OverflowError:
        return
    assert status_by_clock(start, end, before) is ReservationStatus.CONFIRMED
    assert status_by_clock(start, end, start) is ReservationStatus.ACTIVE
    assert status_by_clock(start, end, end) is ReservationStatus.COMPLETED
    assert status_by_clock(start, end, after).is_terminal

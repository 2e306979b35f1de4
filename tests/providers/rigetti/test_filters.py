"""Filters and orders: what is written is what the cloud reads."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu import errors
from anyqpu.model.money import Money
from anyqpu.providers.rigetti import F
from anyqpu.providers.rigetti.filters import Field, Filter, filter_text, order_text
from anyqpu_emulator.clouds.rigetti.filters import parse, sort

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
ROW: dict[str, Any] = {
    "startTime": NOON,
    "endTime": NOON + timedelta(hours=1),
    "createdTime": NOON - timedelta(days=1),
    "price": 500,
    "quantumProcessorId": "Aspen-9",
    "cancelled": False,
}


def test_what_it_looks_like() -> None:
    text = str((F.start_time >= NOON) & (F.device == "Aspen-9"))
    assert text == 'startTime >= "2026-01-31T12:00:00Z" AND quantumProcessorId = "Aspen-9"'
    assert str((F.price > 5) & ((F.price < 7) | (F.cancelled == True))) == (  # noqa: E712
        "price > 5 AND (price < 7 OR cancelled = true)"
    )
    assert str(F.price <= Money(Decimal("12.34"), "USD")) == "price <= 1234"
    assert str(F.named("duration") >= timedelta(minutes=15)) == 'duration >= "900s"'
    assert str(F.start_time == NOON.astimezone(timezone(timedelta(hours=2)))) == 'startTime = "2026-01-31T12:00:00Z"'
    assert order_text([F.device, F.start_time.desc()]) == "quantumProcessorId, startTime DESC"
    assert (order_text(F.price), order_text(F.price.asc()), order_text(None)) == ("price", "price", None)
    assert (filter_text(None), filter_text("price > 5"), order_text("price DESC")) == (None, "price > 5", "price DESC")


FIELDS: list[tuple[str, Field, st.SearchStrategy[Any]]] = [
    ("startTime", F.start_time, st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))),
    ("quantumProcessorId", F.device, st.text(max_size=20)),
    ("price", F.price, st.integers(0, 10**9)),
    ("cancelled", F.cancelled, st.booleans()),
]
SIGNS = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
}


@st.composite
def comparisons(draw: st.DrawFn) -> tuple[Filter, bool]:
    """A comparison, and what Python says of it for ROW."""
    name, field, values = draw(st.sampled_from(FIELDS))
    value = draw(values | st.just(ROW[name]))
    sign = draw(st.sampled_from([*SIGNS]))
    return SIGNS[sign](field, value), SIGNS[sign](ROW[name], value)


conditions = st.recursive(
    comparisons(),
    lambda inner: st.tuples(st.sampled_from("&|"), inner, inner).map(
        lambda it: (
            (it[1][0] & it[2][0], it[1][1] and it[2][1])
            if it[0] == "&"
            else (it[1][0] | it[2][0], it[1][1] or it[2][1])
        )
    ),
    max_leaves=8,
)


@given(conditions)
def test_the_cloud_reads_what_python_says(condition: tuple[Filter, bool]) -> None:
    filter, expected = condition
    assert parse(str(filter))(ROW) is expected


def test_orders_are_read() -> None:
    rows = [({**ROW, "price": price}, price) for price in (3, 1, 2)]
    assert sort(rows, order_text(F.price.desc()) or "") == [3, 2, 1]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: F.start_time > datetime(2026, 1, 31), "has no time zone"),
        (lambda: F.start_time > "2026-01-31", "an aware datetime"),
        (lambda: F.device == 5, "compared with a text"),
        (lambda: F.price > True, "whole cents"),
        (lambda: F.price > 1.5, "whole cents"),
        (lambda: F.price > Money(Decimal("0.001"), "USD"), "whole cents"),
        (lambda: F.price > Money(Decimal(1), "EUR"), "USD"),
        (lambda: F.cancelled == 1, "True or False"),
        (lambda: F.named("x") > math.inf, "compared with a time"),
        (lambda: F.named("a b"), "a field has a name"),
        (lambda: (F.price > 1) & True, "joined with a filter"),
        (lambda: filter_text(True), "a filter is such as"),
        (lambda: order_text([5]), "an order is such as"),  # type: ignore[list-item]
    ],
)
def test_what_is_wrong_is_refused(wrong: Any, message: str) -> None:
    with pytest.raises(errors.ValidationError, match=message):
        wrong()


def test_python_cannot_join_them_by_its_own_words() -> None:
    with pytest.raises(TypeError, match=r"& and \|"):
        _ = (F.price > 1) and (F.price < 2)

"""Times in responses, with and without a zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from anyqpu.core.values import milliseconds, parse_time, parse_times

NOON = datetime(2030, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2030-01-31T12:00:00Z",
        "2030-01-31T12:00:00",
        "2030-01-31 12:00:00",
        "2030-01-31T12:00:00.000000",
        "2030-01-31T14:00:00+02:00",
        # As long as a time without zone in whole seconds.
        "2030-01-31T14:00+02",
        "20300131T1400+02:00",
        "2030-01-31T12:00",
        NOON,
        NOON.replace(tzinfo=None),
    ],
)
def test_a_time_is_in_utc(text: Any) -> None:
    time = parse_time(text)
    assert time == NOON
    assert time.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "exactly 19 letters.",
        "0001-01-01 00:00:00",
        "9999-12-31T23:59:59Z",
        5,
        None,
        [],
        "2030-13-31 12:00:00",
    ],
)
def test_anything_else_is_not_a_time(text: Any) -> None:
    assert parse_time(text) is None


@pytest.mark.parametrize(
    ("number", "duration"),
    [
        (0, timedelta()),
        (1234, timedelta(seconds=1, milliseconds=234)),
        (10**12 - 1, timedelta(days=11574, seconds=6399, milliseconds=999)),
        (10**12, timedelta(seconds=10**9)),
        (1234.5, timedelta(seconds=1, milliseconds=234, microseconds=500)),
        (-1, None),
        (10**18, None),
        (True, None),
        ("5", None),
    ],
)
def test_milliseconds(number: Any, duration: timedelta | None) -> None:
    assert milliseconds(number) == duration


@pytest.mark.parametrize("place", [0, 1, 2])
@pytest.mark.parametrize(
    "other", ["2030-01-31T14:00+02", "2030-01-31T12:00:00Z", "0001-01-01 00:00:00", "soon", None, 5]
)
def test_three_times_are_read_as_one_is(place: int, other: Any) -> None:
    texts: list[Any] = ["2030-01-31 12:00:00"] * 3
    assert parse_times(*texts) == (NOON, NOON, NOON)
    texts[place] = other
    assert parse_times(*texts) == tuple(map(parse_time, texts))
    assert parse_times(*texts)[place - 1] == NOON

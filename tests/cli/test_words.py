"""Input and output for people: times, durations, tables, and the paths of `anyqpu api`."""

from __future__ import annotations

import inspect
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest

from anyqpu.core.registry import own_providers
from anyqpu.errors import ValidationError
from anyqpu.model.money import Pricing
from anyqpu_cli.api import argument_name, find_operation
from anyqpu_cli.devices import format_price
from anyqpu_cli.tables import table
from anyqpu_cli.target import did_you_mean
from anyqpu_cli.times import format_duration, format_time, parse_duration, parse_time

NOW = datetime(2030, 1, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("90", 90), ("90s", 90), ("15m", 900), ("1h30m", 5400), ("1h 30m", 5400), ("2d", 172800), ("0.5h", 1800)],
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_duration(text) == timedelta(seconds=seconds)


@pytest.mark.parametrize("text", ["", "soon", "-5m", "5x", "h"])
def test_invalid_durations(text: str) -> None:
    with pytest.raises(ValidationError, match="is not a valid duration"):
        parse_duration(text)


def test_times() -> None:
    assert parse_time("now", NOW) == NOW
    assert parse_time("in 2h", NOW) == parse_time("+2h", NOW) == NOW + timedelta(hours=2)
    assert parse_time("2030-01-31T13:00+01:00") == NOW
    assert parse_time("2030-01-31T12:00Z") == NOW
    local = parse_time("2030-01-31 12:00")
    assert local == datetime(2030, 1, 31, 12).astimezone()
    with pytest.raises(ValidationError, match="is not a valid time"):
        parse_time("tomorrow")


@pytest.mark.parametrize(
    ("away", "words"),
    [
        (timedelta(minutes=12), "(in 12 min)"),
        (timedelta(minutes=-3), "(3 min ago)"),
        (timedelta(0), "(now)"),
        (timedelta(hours=2, minutes=5), "(in 2 h 5 min)"),
        (timedelta(days=3, hours=1), "(in 3 d 1 h)"),
        (timedelta(days=30), "(in 30 d)"),
    ],
)
def test_a_time_is_said_by_the_clock_and_from_here(away: timedelta, words: str) -> None:
    said = format_time(NOW + away, NOW)
    assert said.endswith(words)
    assert said.startswith(f"{(NOW + away).astimezone():%Y-%m-%d %H:%M}")
    assert format_time(None) == "-"


def test_a_minute_is_not_sixty_seconds_nor_an_hour_sixty_minutes() -> None:
    assert format_duration(timedelta(seconds=59.6)) == "1 min"
    assert format_duration(timedelta(minutes=59, seconds=40)) == "1 h"


def test_times_from_here_are_on_the_minute() -> None:
    assert parse_time("in 1h", NOW + timedelta(seconds=1)) == NOW + timedelta(hours=1, minutes=1)


def test_what_others_named_does_nothing_to_a_terminal() -> None:
    assert table(("NAME",), [("a\x1b[2Jb",)]) == "NAME\na?[2Jb"


def test_a_table_lines_up() -> None:
    lines = table(("NAME", "N"), [("a", 1), ("long", None), ("b", 100)], right=("N",)).splitlines()
    assert lines == ["NAME    N", "a       1", "long    -", "b     100"]


def test_prices_that_are_not_said_are_not_free() -> None:
    assert format_price(None) is None
    assert format_price(Pricing(model="token")) == "token"


def test_the_nearest_word_or_all() -> None:
    assert did_you_mean("KIPO", own_providers()) == "Did you mean 'kipu'?"
    assert did_you_mean("zzz", own_providers()) == f"There are {', '.join(own_providers())}"


@pytest.mark.parametrize("provider", own_providers())
def test_every_operation_is_reached_by_its_method_and_path(provider: str) -> None:
    operations = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    raw = import_module(f"anyqpu_raw.{provider}.client").RawClient
    for operation in operations.values():
        path = re.sub(r"\{(\w+)\}", r"the-\1", operation.path)
        name, places = find_operation(provider, operation.method, path)
        assert name == operation.name
        signature = inspect.signature(getattr(raw, name)).parameters
        for place, text in places.items():
            assert text == f"the-{place}"
            assert argument_name(place, signature) in signature

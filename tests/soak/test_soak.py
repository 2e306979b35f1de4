"""The verdict of the soak test: what counts as growth."""

from __future__ import annotations

import math
import random

import pytest

from tests.soak import __main__ as soak
from tests.soak.probe import Sample, Tally, least
from tests.soak.trend import trend_of


def test_a_rising_series_by_hand() -> None:
    # Of ten rising points all 45 pairs go up; the variance is 10 * 9 * 25 / 18 = 125.
    trend = trend_of(range(10), [2.0 * n for n in range(10)])
    assert trend.growth == 18.0
    assert trend.z == pytest.approx(44 / math.sqrt(125))
    assert not trend.is_flat(tolerance=17.0)
    assert trend.is_flat(tolerance=18.0)


def test_ties_take_from_the_variance() -> None:
    # 1 1 2 2: four of six pairs go up, none down; the variance is (4*3*13 - 2 * 2*1*9) / 18 = 120 / 18.
    trend = trend_of(range(4), [1, 1, 2, 2])
    assert trend.z == pytest.approx(3 / math.sqrt(120 / 18))
    assert trend_of(range(4), [5, 5, 5, 5]).z == 0.0


def test_an_outlier_does_not_make_a_trend() -> None:
    values = [10.0] * 30
    values[20] = 500.0
    assert trend_of(range(30), values).growth == 0.0


def test_noise_is_flat_and_a_leak_in_noise_is_not() -> None:
    chance = random.Random(7)
    noise = [100 + chance.gauss(0, 5) for _ in range(30)]
    assert trend_of(range(30), noise).is_flat(3.0)
    assert not trend_of(range(30), [value + n for n, value in enumerate(noise)]).is_flat(3.0)


def test_a_window_is_its_least() -> None:
    samples = [Sample(1.0, 9, 20, 3, 80.0, 1000), Sample(2.0, 5, 30, 4, 81.0, 900)]
    assert least(samples) == Sample(2.0, 5, 20, 3, 80.0, 900)


@pytest.mark.parametrize("kind", ["tasks", "descriptors", "threads", "rss", "blocks"])
def test_each_kind_of_leak_is_named(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    flat = {"tasks": 10, "descriptors": 20, "threads": 3, "rss": 80.0, "blocks": 400_000}
    step = {"rss": 1.0, "blocks": 5_000}.get(kind, 1)
    windows = [Sample(float(n), **{**flat, kind: flat[kind] + n * step}) for n in range(30)]  # type: ignore[arg-type]
    assert soak.verdict("asyncio", windows) == [f"{kind} on asyncio"]
    assert soak.verdict("trio", [Sample(float(n), **flat) for n in range(30)]) == []  # type: ignore[arg-type]
    assert f"{kind:12}" in capsys.readouterr().out


def test_percentiles_are_those_since_the_last_report() -> None:
    record = Tally()
    for milliseconds in range(1, 101):
        record.note(milliseconds / 1000, ValueError() if milliseconds == 3 else None)
    assert record.percentiles() == (51.0, 100.0)
    assert record.percentiles() == (0.0, 0.0)
    assert (record.calls, dict(record.errors)) == (100, {"ValueError": 1})

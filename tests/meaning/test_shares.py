"""The statistics by which counts are judged: right ones pass, a phase that is a little wrong does not."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
import pytest

from tests.meaning.shares import Outcome, bound, distance, judged, table


def shares(phase: float) -> dict[str, float]:
    """One qubit after two half turns about axes that are a phase apart."""
    return {"0": math.sin(phase / 2) ** 2, "1": math.cos(phase / 2) ** 2}


def counts(exact: Mapping[str, float], shots: int, rng: np.random.Generator) -> dict[str, int]:
    return dict(zip(exact, rng.multinomial(shots, list(exact.values())).tolist(), strict=True))


@pytest.mark.parametrize("shots", [100, 2_000, 20_000])
@pytest.mark.parametrize("outcomes", [2, 8, 64])
def test_right_counts_pass(shots: int, outcomes: int) -> None:
    rng = np.random.default_rng(outcomes * shots)
    exact = {format(place, "06b"): float(share) for place, share in enumerate(rng.dirichlet(np.ones(outcomes)))}
    assert all(distance(counts(exact, shots, rng), exact) <= bound(exact, shots) for _ in range(200))


def test_a_wrong_phase_is_noticed() -> None:
    rng = np.random.default_rng(1)
    made = counts(shares(1.3), 20_000, rng)
    assert judged("suite", "route", "program", made, shares(1.3)).verdict == "right"
    assert judged("suite", "route", "program", made, shares(1.2)).verdict == "wrong"


def test_distance_is_half_the_sum_of_differences() -> None:
    assert distance({"0": 1, "1": 3}, {"0": 0.5, "1": 0.5}) == 0.25
    assert distance({"0": 5}, {"1": 1.0}) == 1
    # One certain outcome has no spread: only the deviation that the odds allow.
    assert bound({"0": 1.0}, 1000, odds=math.exp(-2)) == pytest.approx(1 / math.sqrt(1000))


def test_a_table_names_what_is_not_right() -> None:
    rows = [Outcome("s", "r", "one", "right", ""), Outcome("s", "r", "two", "refused", "no XY")]
    lines = list(table(rows))
    assert lines[1].split() == ["r", "2", "1", "0", "1"]
    assert lines[2:] == ["  refused on r: two: no XY"]

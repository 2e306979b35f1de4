"""A small part of `make test-fleet`: workers are killed and stopped, and no job is lost or sent twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fleet_chaos.chaos import Chaos, Workers, control, emulator, kill_often, stop_and_take_over, workers
from tests.support.postgres import SERVER

# Far more than the cloud needs for a request that was sent by a worker when it was killed.
SETTLE = 0.5
QUICK = ({"drop": "before", "probability": 0.05}, {"drop": "after", "probability": 0.05})


@pytest.fixture(scope="module")
def forks() -> Iterator[Workers]:
    with workers() as forks:
        yield forks


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with emulator() as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """The address of an emulator without jobs."""
    control(server, "/reset", {})
    return server


def test_kills_under_faults_lose_and_double_nothing(forks: Workers, url: str, tmp_path: Path) -> None:
    chaos = Chaos(forks, url, str(tmp_path / "ledger.sqlite"), settle=SETTLE)
    chaos.inject(QUICK)
    counts = kill_often(chaos, 60, 4, seed=2)
    assert (counts.submitted, counts.kills) == (60, 4)
    assert counts.faults > 0
    assert counts.is_good, counts


def test_without_the_look_up_jobs_are_doubled(forks: Workers, url: str, tmp_path: Path) -> None:
    """The control of the test above."""
    chaos = Chaos(forks, url, str(tmp_path / "ledger.sqlite"), settle=SETTLE, control="look-up")
    chaos.plan(12)
    chaos.run(*chaos.at("before sent", 6))
    counts = chaos.finish()
    assert counts.kills == 1
    assert counts.doubled > 0


@pytest.mark.parametrize("rule", [None, "check"])
def test_a_worker_that_was_stopped_sends_nothing_after_a_takeover(forks: Workers, url: str, rule: str | None) -> None:
    """Between two writes of a request; the control does not check the lease there, and doubles a job."""
    with SERVER.schema() as database:
        chaos = Chaos(forks, url, database, settle=SETTLE, control=rule)
        counts = stop_and_take_over(chaos, 6, "later write", 1)
    assert counts.stops == 1
    assert counts.lost == 0
    assert (counts.doubled > 0) is (rule is not None)

"""The benchmark writes what it measured in the form that was agreed. No time is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.bench import simulated, waits
from scripts.bench.report import GOALS, Curve, Row, table, write
from scripts.bench.run import TINY


def test_rows_become_json_and_a_table(tmp_path: Path) -> None:
    rows = [Row("extra", 1234.5, "µs"), Row("call_cpu_c1", 300.04, "µs", 600.0, 0.5), Row("wait_10000", 12.0, "%")]
    write(rows, tmp_path / "bench.json")
    write([Row("extra", 2.0, "µs")], tmp_path / "bench.json")
    assert json.loads((tmp_path / "bench.json").read_text()) == {
        "extra": {"value": 2.0, "unit": "µs", "baseline": None, "ratio": None, "goal": None},
        "call_cpu_c1": {"value": 300.0, "unit": "µs", "baseline": 600.0, "ratio": 0.5, "goal": 0.6},
        "wait_10000": {"value": 12.0, "unit": "%", "baseline": None, "ratio": None, "goal": 10},
    }
    lines = table(rows).splitlines()
    assert lines[2].startswith("| `call_cpu_c1`")
    assert lines[2].endswith("| met |")
    assert lines[3].endswith("| ≤ 10 % | missed |")
    assert Curve("Costs", ("n", "µs"), [("1", 2.0)]).text().endswith("| 1 | 2 |")


def test_the_simulated_rows_are_measured(tmp_path: Path) -> None:
    rows, _ = waits._simulated(TINY)
    write(rows, tmp_path / "bench.json")
    written = json.loads((tmp_path / "bench.json").read_text())
    assert {"wait_vs_optimum", "wait_1000_requests", "wait_1000_limited"} <= written.keys() & GOALS.keys()
    assert all(each["value"] > 0 and each["ratio"] > 0 for each in written.values())


@pytest.mark.parametrize("requests", [10.0, 30.0])
def test_no_schedule_is_better_than_the_optimum(requests: float) -> None:
    """Requests times lateness, of evenly spread looks and of the optimum, as the known bound has it."""
    assert 65 < requests * simulated.Optimum().at_requests(requests) < 95

"""The benchmark writes what it measured in the form that was agreed. No time is asserted."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from scripts.bench import __main__ as bench
from scripts.bench import ledger, page, simulated, summary, waits
from scripts.bench.report import GOALS, Curve, Row, table, write
from scripts.bench.run import TINY


def test_rows_become_json_and_a_table(tmp_path: Path) -> None:
    rows = [Row("extra", 1234.5, "µs"), Row("call_cpu_c1", 300.04, "µs", 600.0, 0.5), Row("wait_10000", 12.0, "%")]
    write(rows, tmp_path / "bench.json")
    write([Row("extra", 2.0, "µs")], tmp_path / "bench.json")
    assert json.loads((tmp_path / "bench.json").read_text()) == {
        "extra": {"value": 2.0, "unit": "µs", "baseline": None, "ratio": None, "goal": None},
        "call_cpu_c1": {"value": 300.0, "unit": "µs", "baseline": 600.0, "ratio": 0.5, "goal": 0.6},
        "wait_10000": {"value": 12.0, "unit": "%", "baseline": None, "ratio": None, "goal": 4},
    }
    lines = table(rows).splitlines()
    assert lines[2].startswith("| `call_cpu_c1`")
    assert lines[2].endswith("| met |")
    assert lines[3].endswith("| ≤ 4 % | missed |")
    assert Curve("Costs", ("n", "µs"), lines=[("1", 2.0)]).text().endswith("| 1 | 2 |")


def test_the_simulated_rows_are_measured(tmp_path: Path) -> None:
    rows, _ = waits._simulated(TINY)
    write(rows, tmp_path / "bench.json")
    written = json.loads((tmp_path / "bench.json").read_text())
    assert {"wait_vs_optimum", "wait_1000_requests", "wait_1000_limited"} <= written.keys() & GOALS.keys()
    assert all(row["value"] > 0 and row["ratio"] > 0 for row in written.values())


def test_a_ledger_is_measured_in_both_stores() -> None:
    measured = ledger.measure(TINY)
    assert {row.name for row in measured.rows} == set(ledger.NAMES) <= GOALS.keys()
    [curve] = measured.curves
    assert [line[:2] for line in curve.lines] == [("sqlite", 100), ("postgres", 100)]
    assert all(len(line) == len(curve.head) and min(map(float, line[2:])) >= 0 for line in curve.lines)


def test_a_run_is_put_into_the_page_with_its_curves(tmp_path: Path) -> None:
    curve = Curve("Costs by callers", ("callers", "ours", "theirs"), "µs", lines=[("1", 2.0, 5.0), ("100", 3.0, 50.0)])
    rows = [Row("wait_10000", 3.5, "%"), Row("wait_10000_memory", 123.4, "MB")]
    run = {"machine": "a computer", "seconds": {"calls": 120.0}, "curves": [asdict(curve)]}
    run["rows"] = [asdict(row) for row in rows]
    saved = json.loads(json.dumps(run))
    assert page.curve_of(saved["curves"][0]) == curve
    empty = f"before\n{page.SHORT_BEGIN}\nold\n{page.SHORT_END}\n{page.BEGIN}\nold\n{page.END}\nafter\n"
    text = page.written(empty, saved, {curve.title: "costs.svg"})
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert "old" not in text
    assert "a computer; 2 minutes." in text
    sentence = "- **Ten thousand waits** take 3.5 % of a core and 123 MB."
    assert text.index(sentence) < text.index("a computer")
    # The run lacks the rows of all other sentences.
    assert text.count("- **") == 1
    assert "| `wait_10000` | 3.5 % |  |  | ≤ 4 % | met |" in text
    assert "![Costs by callers](assets/costs.svg)\n\n**Costs by callers**" in text
    page.draw(curve, tmp_path / "costs.svg")
    page.draw(replace(curve, axis=None), tmp_path / "panels.svg")
    assert "</svg>" in (tmp_path / "costs.svg").read_text()
    assert (tmp_path / "panels.svg").stat().st_size > 5000


def test_the_page_is_written_from_full_runs_only() -> None:
    with pytest.raises(SystemExit, match="not a full one"):
        page.write_docs({"is_full": False})
    with pytest.raises(SystemExit):
        bench.main(["waits", "--write-docs"])


def test_every_number_of_a_sentence_is_measured() -> None:
    """Goals are for rows, and groups name theirs; a sentence about another row would silently be left out."""
    measured = set(GOALS).union(*(group.NAMES for group in bench.GROUPS.values()))
    others = {"page_parse_all_read"}
    for sentence in summary.SENTENCES:
        assert summary.rows_of(sentence) <= measured | others, sentence


@pytest.mark.parametrize("requests", [10.0, 30.0])
def test_no_schedule_is_better_than_the_optimum(requests: float) -> None:
    """Requests times lateness, of evenly spread looks and of the optimum, as the known bound has it."""
    assert 65 < requests * simulated.Optimum().at_requests(requests) < 95

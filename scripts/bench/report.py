"""Measured rows, their baselines and goals."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """An upper limit; `of` names its subject: the ratio to the baseline, or the value itself."""

    most: float
    of: str = "ratio"


# Other rows are measured for comparison.
GOALS = {
    "call_cpu_c1": Goal(0.60),
    "call_cpu_c128": Goal(0.14),
    "call_cpu_c1000": Goal(0.25),
    "call_cpu_fast_c128": Goal(0.070),
    "own_part_c128": Goal(35, "value"),
    "job_overhead": Goal(1.05),
    "page_parse": Goal(2.5),
    "page_parse_all_read": Goal(4.6),
    "bytes_per_job": Goal(1400, "value"),
    "import_top": Goal(15, "value"),
    "import_first_call": Goal(1.30),
    "client_open": Goal(1, "value"),
    "convert": Goal(0.5, "value"),
    "loop_gap_200": Goal(8, "value"),
    "loop_gap_200_busy": Goal(8, "value"),
    "loop_gap_200_busy_p99": Goal(3, "value"),
    "wait_vs_optimum": Goal(1.15),
    "wait_1000_requests": Goal(0.05),
    "wait_1000_requests_by_pages": Goal(0.05),
    "wait_1000_limited": Goal(1.0, "value"),
    "wait_10000": Goal(4, "value"),
    "wait_10000_memory": Goal(130, "value"),
    "download": Goal(1.05),
    "download_busy": Goal(1.05),
    "download_memory": Goal(30, "value"),
    "grpc_gap_20mb_cpu": Goal(10, "value"),
    "emulator_rps": Goal(1.5),
    "emulator_list": Goal(20, "value"),
    "cli_help": Goal(150, "value"),
    "ledger_plan_sqlite": Goal(7, "value"),
    "ledger_plan_postgres": Goal(18, "value"),
    "ledger_begin_sqlite": Goal(10, "value"),
    "ledger_begin_postgres": Goal(10, "value"),
    "fleet_job": Goal(1.5, "value"),
    "fleet_gap_10000": Goal(10, "value"),
    "fleet_memory_10000": Goal(79, "value"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `baseline` is in the same unit; None without a comparison."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None without a goal."""
        goal = GOALS.get(self.name)
        if goal is None:
            return None
        measured = self.value if goal.of == "value" else self.ratio
        return measured is not None and measured <= goal.most

    def as_json(self) -> dict[str, Any]:
        goal = GOALS.get(self.name)
        numbers = {"value": self.value, "baseline": self.baseline, "ratio": self.ratio}
        rounded = {name: None if number is None else float(f"{number:.4g}") for name, number in numbers.items()}
        return {
            "value": rounded["value"],
            "unit": self.unit,
            "baseline": rounded["baseline"],
            "ratio": rounded["ratio"],
            "goal": None if goal is None else goal.most,
        }


@dataclass(frozen=True, slots=True)
class Curve:
    """A table of growing costs, with a title.

    Attributes:
        axis: What all columns but the first have in common, such as `CPU, µs`; None where each is drawn by itself.
        is_drawn: Whether its first column has numbers against which the others can be drawn.
    """

    title: str
    head: tuple[str, ...]
    axis: str | None = None
    is_drawn: bool = True
    lines: list[tuple[float | str, ...]] = field(default_factory=list)

    def text(self) -> str:
        """Return the curve as Markdown."""
        lines = [f"**{self.title}**", "", _line(self.head), _line(["---:"] * len(self.head))]
        return "\n".join([*lines, *(_line([_number(value) for value in line]) for line in self.lines)])


def table(rows: Iterable[Row]) -> str:
    """Return rows as Markdown: those with goals first, in the order of the goals."""
    order = list(GOALS)
    ordered = sorted(rows, key=lambda row: order.index(row.name) if row.name in GOALS else len(order))
    lines = [_line(("name", "value", "baseline", "ratio", "goal", "")), _line(("---", *["---:"] * 4, "---"))]
    for row in ordered:
        goal = GOALS.get(row.name)
        wanted = "" if goal is None else f"≤ {goal.most:g}" + ("" if goal.of == "ratio" else f" {row.unit}")
        word = {True: "met", False: "missed", None: ""}[row.met]
        baseline = "" if row.baseline is None else f"{_number(row.baseline)} {row.unit}"
        ratio = "" if row.ratio is None else f"{row.ratio:.3f}"
        lines.append(_line((f"`{row.name}`", f"{_number(row.value)} {row.unit}", baseline, ratio, wanted, word)))
    return "\n".join(lines)


def write(rows: Iterable[Row], to: Path) -> None:
    """Add the rows to those of earlier runs in the file."""
    saved: dict[str, Any] = json.loads(to.read_text()) if to.exists() else {}
    saved.update((row.name, row.as_json()) for row in rows)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(json.dumps(saved, indent=2) + "\n")


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _number(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"

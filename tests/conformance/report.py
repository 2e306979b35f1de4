"""The report of a run: cells, how many were as promised, and each violation once by its kind."""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from collections.abc import Mapping

from tests.conformance import rows
from tests.conformance.cells import Violation
from tests.conformance.running import Outcome

PLACE = re.compile(r"\(([\w/.]+:\d+)\)")
SHOWN = 3


def text(outcome: Outcome, seconds: float) -> str:
    """The whole report."""
    broken = {violation.cell for violation in outcome.violations}
    lines = []
    groups: dict[str, list[Violation]] = defaultdict(list)
    levels = {fault.name: fault.level for fault in rows.faults().values()}
    for violation in outcome.violations:
        groups[_kind(violation, levels)].append(violation)
    for kind, members in sorted(groups.items(), key=lambda item: -len({one.cell for one in item[1]})):
        cells = sorted({one.cell for one in members})
        lines.append(f"{len(cells):6} cells  {kind}")
        for one in _examples(members):
            lines.append(f"              {one.cell}: {one.detail[:400]}")
        lines.append(f"              {command(members[0].cell)}")
    lines.append(f"cells        {outcome.cells}")
    lines.append(f"as promised  {outcome.cells - len(broken)}")
    lines.append(f"violations   {len(broken)}, of {len(groups)} kinds")
    lines.append(f"time         {seconds:.0f} s")
    return "\n".join(lines)


def command(cell: str) -> str:
    """The command line that repeats a cell."""
    row, _, fault = cell.partition(" × ")
    return f"python -m tests.conformance --processes 1 --row {shlex.quote(row)} --fault {shlex.quote(fault)}"


def _kind(violation: Violation, levels: Mapping[str, str]) -> str:
    place = PLACE.search(violation.detail)
    if violation.kind.startswith("raw ") and place:
        return f"{violation.kind} at {place[1]}"
    return f"{violation.kind} [{levels.get(violation.cell.partition(' × ')[2], '?')}]"


def _examples(members: list[Violation]) -> list[Violation]:
    chosen: dict[str, Violation] = {}
    for one in members:
        chosen.setdefault(one.cell, one)
    return list(chosen.values())[:SHOWN]

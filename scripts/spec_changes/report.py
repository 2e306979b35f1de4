"""The report of a comparison: for a terminal, as Markdown, and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from scripts.spec_changes.compare import Level
from scripts.spec_changes.impact import Impact, as_data, level_of

TITLES = {
    Level.MAJOR: "Breaks callers (major)",
    Level.MINOR: "New, or may be received (minor)",
    Level.PATCH: "Breaks nothing (patch)",
}
MOST_METHODS = 6


def as_text(impacts: Sequence[Impact]) -> str:
    """Return the report with one change on a line."""
    return _render(impacts, title="{}\n", bullet="  ", code="{}")


def as_markdown(impacts: Sequence[Impact]) -> str:
    """Return the report for a pull request."""
    return _render(impacts, title="### {}\n", bullet="- ", code="`{}`")


def as_json(impacts: Sequence[Impact], **more: Any) -> str:
    """Return the report for programs; `more` is added as it is."""
    level = level_of(impacts)
    whole = {"level": level.name.lower() if level else None, "changes": [as_data(impact) for impact in impacts], **more}
    return json.dumps(whole, indent=2, default=str) + "\n"


def summary(impacts: Sequence[Impact]) -> str:
    """Return one line: changes by level, and how many need a decision."""
    if not impacts:
        return "no difference that matters to a program"
    counts = Counter(impact.change.level for impact in impacts)
    parts = [f"{counts[level]} {level.name.lower()}" for level in reversed(Level) if counts[level]]
    open_points = sum(impact.needs_decision for impact in impacts)
    return f"{len(impacts)} changes: {', '.join(parts)}; {open_points} need a decision"


def _render(impacts: Sequence[Impact], *, title: str, bullet: str, code: str) -> str:
    lines = [summary(impacts), ""]
    for level in reversed(Level):
        some = [impact for impact in impacts if impact.change.level is level]
        if not some:
            continue
        lines.append(title.format(TITLES[level]))
        lines += [bullet + _line(impact, code) for impact in some]
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _line(impact: Impact, code: str) -> str:
    change = impact.change
    text = f"{change.kind}: {code.format(change.where)}"
    if change.subject:
        text += f" {code.format(change.subject)}"
    if change.detail:
        text += f" ({change.detail})"
    if impact.methods:
        named = ", ".join(code.format(name) for name in impact.methods[:MOST_METHODS])
        more = len(impact.methods) - MOST_METHODS
        text += f"; touches {named}" + (f" and {more} more" if more > 0 else "")
    if impact.unclassified:
        text += f"; NOT CLASSIFIED: {', '.join(impact.unclassified)}"
    if impact.uncovered:
        text += "; NO METHOD"
    return text

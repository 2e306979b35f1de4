"""The table that the suite prints, and which goals are missed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from tests.meaning.cases import Verdict

REFUSED_2 = 0.02
RIGHT_3 = 0.90
_HEAD = ("route", "programs", "right", "wrong", "refused", "refused %", "2 refused %", "3 right %", "unjudged")


def table(verdicts: Iterable[Verdict]) -> list[str]:
    """Lines of text, one per route."""
    rows = [_HEAD, *(_row(route, group) for route, group in _by_route(verdicts).items())]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = [
        "  ".join(cell.ljust(width) if place == 0 else cell.rjust(width) for place, (cell, width) in enumerate(pairs))
        for pairs in (list(zip(row, widths, strict=True)) for row in rows)
    ]
    return [*lines, "", *_notes()]


def markdown(verdicts: Iterable[Verdict]) -> list[str]:
    """The same as a table of Markdown."""
    rows = [_row(route, group) for route, group in _by_route(verdicts).items()]
    head = ["| " + " | ".join(_HEAD) + " |", "|---|" + "---:|" * (len(_HEAD) - 1)]
    return [*head, *("| " + " | ".join(row) + " |" for row in rows)]


def missed(verdicts: Iterable[Verdict]) -> list[str]:
    """The goals that are not met, as sentences."""
    lines: list[str] = []
    for route, group in _by_route(verdicts).items():
        wrong = sum(verdict.verdict == "wrong" for verdict in group)
        if wrong:
            lines.append(f"{route}: {wrong} wrong, none allowed")
        share = _refused2(group)
        if share is not None and share > REFUSED_2:
            lines.append(f"{route}: {share:.1%} of OpenQASM 2 measured at the end refused, at most {REFUSED_2:.0%}")
        right = _right3(group)
        if right is not None and right < RIGHT_3:
            lines.append(f"{route}: {right:.1%} of OpenQASM 3 that Qiskit reads right, at least {RIGHT_3:.0%}")
    return lines


def _notes() -> Sequence[str]:
    return (
        "2 refused %: valid OpenQASM 2 measured at the end only",
        "3 right %: OpenQASM 3 that Qiskit reads and the route's languages can express",
        "unjudged: no independent reader could judge; in no other column",
    )


def _by_route(verdicts: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    routes: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        routes[f"{verdict.suite} / {verdict.route}"].append(verdict)
    return dict(sorted(routes.items()))


def _row(route: str, verdicts: Sequence[Verdict]) -> tuple[str, ...]:
    count = {
        name: sum(verdict.verdict == name for verdict in verdicts) for name in ("right", "wrong", "refused", "unjudged")
    }
    total = sum(count.values()) - count["unjudged"]
    return (
        route,
        str(total),
        *(str(count[name]) for name in ("right", "wrong", "refused")),
        _percent(count["refused"] / total if total else None),
        _percent(_refused2(verdicts)),
        _percent(_right3(verdicts)),
        str(count["unjudged"]),
    )


def _refused2(verdicts: Sequence[Verdict]) -> float | None:
    plain = [verdict for verdict in verdicts if verdict.language == "openqasm2" and verdict.group == "end"]
    return sum(verdict.verdict == "refused" for verdict in plain) / len(plain) if plain else None


def _right3(verdicts: Sequence[Verdict]) -> float | None:
    plain = [
        verdict
        for verdict in verdicts
        if verdict.language == "openqasm3"
        and verdict.group in ("end", "control")
        and verdict.readable
        and verdict.verdict != "unjudged"
    ]
    return sum(verdict.verdict == "right" for verdict in plain) / len(plain) if plain else None


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1%}"

"""Compare counts with the exact distribution that they should come from."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Literal

ODDS = 1e-9
"""How often right counts are called wrong, at most."""

Verdict = Literal["right", "wrong", "refused"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one program on one route."""

    suite: str
    route: str
    program: str
    verdict: Verdict
    detail: str

    @property
    def line(self) -> str:
        """The outcome as one line of JSON."""
        return json.dumps(asdict(self))


def distance(measured: Mapping[str, float], exact: Mapping[str, float]) -> float:
    """Total variation: half the sum of the differences of the shares, 0 to 1."""
    totals = sum(measured.values()), sum(exact.values())
    keys = {*measured, *exact}
    return sum(abs(measured.get(key, 0) / totals[0] - exact.get(key, 0) / totals[1]) for key in keys) / 2


def bound(exact: Mapping[str, float], shots: int, odds: float = ODDS) -> float:
    """The distance that right counts exceed with a probability of at most `odds`.

    The mean distance is at most half the sum of the standard deviations of the shares, sqrt(p (1 - p) / shots). One
    shot moves it by at most 1 / shots, so by McDiarmid's inequality it exceeds its mean by t with a probability of at
    most exp(-2 shots t^2).
    """
    mean = sum(math.sqrt(max(0.0, share * (1 - share)) / shots) for share in exact.values()) / 2
    return mean + math.sqrt(math.log(1 / odds) / (2 * shots))


def judged(
    suite: str,
    route: str,
    program: str,
    counts: Mapping[str, int],
    exact: Mapping[str, float],
    *,
    allowance: float = 0.0,
) -> Outcome:
    """Judge counts; `allowance` is for what the judge itself computes inexactly."""
    apart, most = distance(counts, exact), bound(exact, sum(counts.values())) + allowance
    detail = f"distance {apart:.4f}, at most {most:.4f} for {sum(counts.values())} shots"
    return Outcome(suite, route, program, "right" if apart <= most else "wrong", detail)


def report(outcomes: Iterable[Outcome], control: Callable[[], Outcome]) -> int:
    """Print all outcomes and a table; 1 if one is wrong, or if the control, which is wrong on purpose, is not."""
    endings: list[Outcome] = []
    for outcome in outcomes:
        endings.append(outcome)
        print(outcome.line, flush=True)
    print("\n".join(table(endings)))
    noticed = control()
    print(f"control, wrong on purpose: {noticed.verdict}, {noticed.detail}")
    return int(noticed.verdict != "wrong" or any(outcome.verdict == "wrong" for outcome in endings))


def table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """One line per route, and one for each program that is wrong or refused."""
    rows: dict[str, dict[str, int]] = {}
    named: list[str] = []
    for outcome in outcomes:
        row = rows.setdefault(outcome.route, dict.fromkeys(("programs", "right", "wrong", "refused"), 0))
        row["programs"] += 1
        row[outcome.verdict] += 1
        if outcome.verdict != "right":
            named.append(f"  {outcome.verdict} on {outcome.route}: {outcome.program}: {outcome.detail}")
    yield f"{'route':<28} programs  right  wrong  refused"
    for route, row in rows.items():
        yield f"{route:<28} {row['programs']:8d} {row['right']:6d} {row['wrong']:6d} {row['refused']:8d}"
    yield from named

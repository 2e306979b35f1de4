"""Sizes and results shared by all groups."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.bench.report import Curve, Row


@dataclass(frozen=True, slots=True)
class Size:
    """Amount of work. `tiny` is for tests."""

    rounds: int = 5
    calls: int = 1000
    small: bool = False
    tiny: bool = False


FULL = Size()
QUICK = Size(rounds=3, calls=400, small=True)
TINY = Size(rounds=1, calls=20, small=True, tiny=True)


@dataclass(frozen=True, slots=True)
class Found:
    """Rows and curves of a group."""

    rows: list[Row]
    curves: list[Curve] = field(default_factory=list)

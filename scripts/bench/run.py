"""What every group of rows has in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from scripts.bench.report import Curve, Row


@dataclass(frozen=True, slots=True)
class Size:
    """How much to do. `tiny` is for the test that it works at all."""

    rounds: int = 5
    calls: int = 1000
    small: bool = False
    tiny: bool = False


FULL = Size()
QUICK = Size(rounds=3, calls=400, small=True)
TINY = Size(rounds=1, calls=20, small=True, tiny=True)


@dataclass(frozen=True, slots=True)
class Found:
    """What a group measured."""

    rows: list[Row]
    curves: list[Curve] = field(default_factory=list)

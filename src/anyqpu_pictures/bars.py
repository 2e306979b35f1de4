"""Histograms as text, and the choice of keys that a chart shows."""

from __future__ import annotations

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from anyqpu_pictures.words import plain

EIGHTHS = " ▏▎▍▌▋▊▉"

N = TypeVar("N", int, float)


@dataclass(frozen=True, slots=True)
class Shown:
    """The keys with their own bar, largest first, and the sum of the others.

    Attributes:
        folded: The number of keys that share the last bar.
        rest: The sum of their values.
    """

    bars: list[tuple[str, float]]
    folded: int
    rest: float


def largest(values: Mapping[str, N], rows: int) -> Shown:
    """Return the `rows` largest values; equal ones in the order of their keys."""
    if len(values) <= rows:
        return Shown(sorted(values.items(), key=lambda item: (-item[1], item[0])), 0, 0)
    kept = heapq.nsmallest(rows, values.items(), key=lambda item: (-item[1], item[0]))
    return Shown(list(kept), len(values) - len(kept), sum(values.values()) - sum(value for _, value in kept))


def histogram(counts: Mapping[str, int], *, width: int, rows: int) -> str:
    """See `anyqpu_pictures.histogram`."""
    if not any(counts.values()):
        return "(no counts)"
    shots = sum(counts.values())
    shown = largest(counts, rows)
    lines = [(plain(key), count, bar(count / shots, width)) for key, count in shown.bars]
    if shown.rest:
        lines.append(("others", shown.rest, f"({shown.folded} keys)"))
    key_width = max(len(key) for key, _, _ in lines)
    number_width = max(len(str(count)) for _, count, _ in lines)
    return "\n".join(
        f"  {key:>{key_width}} {count:>{number_width}}  {count / shots:>6.1%}  {picture}".rstrip()
        for key, count, picture in lines
    )


def bar(share: float, width: int) -> str:
    """Return a bar, `width` characters for a share of 1, to an eighth of a character."""
    full, eighths = divmod(round(share * width * 8), 8)
    return "█" * full + (EIGHTHS[eighths] if eighths else "")

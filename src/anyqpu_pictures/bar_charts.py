"""Bar charts of counts, shares and photons. They need the extra `plot`."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from anyqpu.model.counts import BitOrder, Counts
from anyqpu_pictures.bars import largest
from anyqpu_pictures.canvas import (
    FILL,
    MONO,
    OTHERS,
    SMALL,
    AnyAxes,
    figure_of,
    inches,
    inked,
    letters,
    paper,
    quiet,
    rows_that_fit,
    say,
)

Sort = Literal["count", "key"]

WIDTH = 6.4
LINE = 0.2
"""The width of a figure and the height of a bar, in inches."""
_MARGIN = 1.15
LONGEST_KEY = 29
# The longest bar of the other keys, as a multiple of the longest bar of a key.
_CUT = 1.25
# The width of a character is about half the font size.
_LETTER = SMALL * 0.56 / 72
_LABELS = 60
_ORDERS = {
    BitOrder.MSB_LEFT: "bits, bit 0 rightmost",
    BitOrder.LSB_LEFT: "bits, bit 0 leftmost",
    BitOrder.NATIVE_REGISTER: "sites, in the order of the register",
    BitOrder.UNKNOWN: "bits, order unknown",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """The content of a panel of bars.

    Attributes:
        values: The values by key.
        keys: A description of the keys, with their order.
        unit: The unit of the values.
        notes: The text at the end of a bar, by its key; the value if omitted.
        whole: Whether the other keys get a bar: counts and shares have a sum, selected amplitudes do not.
    """

    values: Mapping[str, float]
    keys: str
    unit: str
    notes: Mapping[str, str] | None = None
    whole: bool = True


def of_counts(counts: Counts) -> Bars:
    """Return the content of a panel of counts."""
    return Bars(values=counts, keys=keys_of(counts), unit=f"counts of {counts.shots} shots")


def keys_of(counts: Counts) -> str:
    """Return what the characters of a key stand for, as far as known."""
    said = _ORDERS[counts.order]
    labels = ", ".join(counts.bit_labels or ())
    return f"{said}: {labels}" if labels and len(labels) <= _LABELS else said


def plot_counts(counts: Counts, *, sort: Sort, rows: int, ax: AnyAxes) -> Figure:
    """See `anyqpu_pictures.plot_counts`."""
    bars = of_counts(counts)
    if ax is None:
        figure, (ax,) = paper(WIDTH, height_of(bars, rows))
        draw(ax, bars, sort=sort, rows=rows)
        return inked(figure)
    draw(ax, bars, sort=sort, rows=min(rows, rows_that_fit(ax) - 1), beside=True)
    return figure_of(ax)


def height_of(bars: Bars, rows: int) -> float:
    """Return the height in inches that a panel needs for its bars."""
    return _MARGIN + LINE * max(2, lines_of(bars, rows))


def lines_of(bars: Bars, rows: int) -> int:
    """Return the number of bars of a panel."""
    return min(len(bars.values), rows + 1)


def draw(ax: AnyAxes, bars: Bars, *, sort: Sort, rows: int, slots: int = 0, beside: bool = False) -> None:
    """Draw horizontal bars, whose keys do not overlap whatever their length.

    `slots` is the number of bars of the largest panel, for equal thickness; `beside` is for axes that may have a title.
    """
    if not bars.values:
        say(ax, "(nothing was measured)")
        return
    shown = largest(bars.values, max(1, rows))
    kept = sorted(shown.bars) if sort == "key" else shown.bars
    notes = bars.notes or {}
    lines = [(letters(key, LONGEST_KEY), value, notes.get(key) or number(value), FILL) for key, value in kept]
    cut = False
    if shown.folded:
        # Their sum may be 0, or a rounding error.
        rest = max(shown.rest, 0) if bars.whole else 0
        note = f"{number(rest)}, {shown.folded} keys" if bars.whole else f"{shown.folded} keys not shown"
        # Drawn in full, this bar would make all others too short.
        longest_bar = _CUT * max(value for _, value in shown.bars)
        cut = rest > longest_bar > 0
        lines.append(("others", longest_bar if cut else rest, f"{note}, cut short" if cut else note, OTHERS))
    places = range(len(lines))
    drawn = ax.barh(places, [value for _, value, _, _ in lines], height=0.72, color=[colour for *_, colour in lines])
    if cut:
        _tear(drawn[-1])
    ax.bar_label(drawn, labels=[note for _, _, note, _ in lines], padding=4, fontsize=SMALL)
    ax.set_yticks(places, [key for key, *_ in lines], fontsize=SMALL, fontfamily=MONO)
    ax.set_ylim(max(len(lines), slots) - 0.4, -0.6)
    whole = all(isinstance(value, int) for value in bars.values.values())
    wide = max(1.0, inches(ax)[0] - _LETTER * max(0, max(len(key) for key, *_ in lines) - 8))
    # Space for the notes at the ends of the bars.
    ends = (value / max(0.3, 1 - _LETTER * (len(note) + 2) / wide) for _, value, note, _ in lines)
    ax.set_xlim(0, max(ends) or 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10], integer=whole))
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=SMALL)
    ax.set_xlabel(bars.unit, fontsize=SMALL)
    _caption(ax, bars, beside=beside)
    quiet(ax, keep=("bottom",))


def _tear(bar: Any) -> None:
    """Mark a bar as cut short."""
    bar.set(hatch="////", edgecolor="white", linewidth=0, gid="cut short")


def _caption(ax: AnyAxes, bars: Bars, *, beside: bool) -> None:
    """Draw the description of the keys: above the bars, or beside them in given axes, which may have a title."""
    long = max(len(key) for key in bars.values)
    parts = [bars.keys, *([f"{long} characters, their middle left out"] if long > LONGEST_KEY else [])]
    wide, high = (int(length / _LETTER) for length in inches(ax))
    if beside and max(map(len, parts)) <= high:
        ax.set_ylabel("\n".join(map(letters, parts)), fontsize=SMALL)
        return
    words = "\n".join(line for part in parts for line in textwrap.wrap(letters(part), max(24, wide)))
    ax.text(0, 1.01, words, fontsize=SMALL, ha="left", va="bottom", transform=ax.transAxes, gid="keys")


def number(value: float) -> str:
    """Return an integer in full, and any other number with four digits."""
    return str(value) if isinstance(value, int) else f"{value:.4g}"

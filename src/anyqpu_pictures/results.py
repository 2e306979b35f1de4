"""Figures of results, with a panel for each circuit. They need the extra `plot`."""

from __future__ import annotations

import cmath
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.figure import Figure

from anyqpu.errors import ValidationError
from anyqpu.model.records import squared_magnitude
from anyqpu.model.result import Result, ResultItem, ResultKind
from anyqpu_pictures.bar_charts import WIDTH, Bars, Sort, draw, height_of, lines_of, number, of_counts
from anyqpu_pictures.canvas import (
    FILL,
    INK,
    SMALL,
    AnyAxes,
    AnyFigure,
    figure_of,
    inked,
    letters,
    paper,
    quiet,
    rows_that_fit,
    say,
)

PANELS = 12
"""The most panels of a figure; the title says how many circuits there are."""
_MODES = "photons in each mode, mode 0 first"
_SITES = "sites of the register: g ground, r Rydberg, e empty"
_BITS = "bits, bit 0 rightmost"


@dataclass(frozen=True, slots=True)
class Panel:
    """The content of one pair of axes: bars, expectation values, or a text."""

    title: str
    bars: Bars | None = None
    means: Sequence[tuple[int, ResultItem]] = ()
    words: str = ""


def plot_result(result: Result, *, sort: Sort, rows: int, ax: AnyAxes) -> Figure:
    """See `anyqpu_pictures.plot_result`."""
    panels = list(_panels(result))
    if ax is not None:
        if len(panels) != 1:
            problem = f"ax was given for a result with {len(panels)} panels"
            raise ValidationError(problem, fields=("ax",), hint="Omit ax=, or plot result.items[i].counts")
        _draw(ax, panels[0], sort=sort, rows=min(rows, rows_that_fit(ax) - 1), beside=True)
        return figure_of(ax)
    drawn = panels[:PANELS]
    columns = 1 if len(drawn) < 2 else 2 if len(drawn) < 7 else 3
    lines = -(-len(drawn) // columns)
    # Panels side by side are narrower, with the same font size.
    rows = rows if columns == 1 else min(rows, 16)
    slots = max((lines_of(panel.bars, rows) for panel in drawn if panel.bars), default=0)
    tallest = max(height_of(panel.bars, rows) if panel.bars else 2.4 if panel.means else 1.2 for panel in drawn)
    width, height = WIDTH if columns == 1 else 4.6 * columns, tallest + (0.3 if len(drawn) > 1 else 0)
    figure, axes = paper(width, height * lines, rows=lines, columns=columns)
    for panel_axes, panel in zip(axes, drawn, strict=False):
        _draw(panel_axes, panel, sort=sort, rows=rows, slots=slots)
        if len(panels) > 1:
            # Above the description of the keys, which a neighbouring panel may have.
            panel_axes.set_title(panel.title, fontsize=SMALL + 1, loc="left", pad=20 if slots else 6)
    for axis in axes[len(drawn) :]:
        axis.remove()
    if len(panels) > len(drawn):
        title: AnyFigure = figure
        title.suptitle(f"the first {len(drawn)} of {len(panels)}", fontsize=SMALL + 1)
    return inked(figure)


def _draw(ax: AnyAxes, panel: Panel, *, sort: Sort, rows: int, slots: int = 0, beside: bool = False) -> None:
    if panel.bars is not None:
        draw(ax, panel.bars, sort=sort, rows=rows, slots=slots, beside=beside)
    elif panel.means:
        _expectations(ax, panel.means)
    else:
        say(ax, panel.words)


def _panels(result: Result) -> Iterator[Panel]:
    means = [
        (place, item)
        for place, item in enumerate(result.items)
        if item.success and item.kind is ResultKind.EXPECTATION and item.expectation is not None
    ]
    for place, item in enumerate(result.items):
        title = f"circuit {place}"
        if not item.success:
            yield Panel(title, words=f"failed: {letters(item.error or 'the cloud does not say why')}")
        elif means and item is means[0][1]:
            yield Panel("expectation values" if len(means) > 1 else title, means=means)
        elif item.counts is None and item.registers:
            for name, counts in item.registers.items():
                yield Panel(f"{title}, register {letters(name, 30)}", of_counts(counts))
        elif not any(item is member for _, member in means):
            bars = _bars(item)
            yield Panel(title, bars, words="" if bars else "anyqpu does not read this form:\nit is in result.raw")
    if not result.items:
        yield Panel("", words="(no results)")


def _bars(item: ResultItem) -> Bars | None:
    if item.counts is not None:
        return of_counts(item.counts)
    if item.probabilities is not None:
        return Bars(values=item.probabilities, keys=_BITS, unit="probability")
    if item.fock is not None:
        return Bars(values=item.fock, keys=_MODES, unit=f"counts of {sum(item.fock.values())} shots")
    if item.samples is not None:
        seen = Counter(item.samples)
        return Bars(values=seen, keys=_sampled(seen), unit=f"counts of {len(item.samples)} shots")
    if item.statevector is not None:
        width = max(1, (len(item.statevector) - 1).bit_length())
        values = {f"{place:0{width}b}": amplitude for place, amplitude in enumerate(item.statevector) if amplitude}
        return _amplitudes(values, whole=True)
    return _amplitudes(item.amplitudes, whole=False) if item.amplitudes is not None else None


def _amplitudes(values: Mapping[str, complex], *, whole: bool) -> Bars:
    squares = {key: squared_magnitude(value) for key, value in values.items()}
    return Bars(
        values=squares,
        keys=_BITS,
        unit="|amplitude|²",
        notes={key: f"{number(squares[key])}  {_phase(value)}" for key, value in values.items()},
        whole=whole,
    )


def _phase(value: complex) -> str:
    """Return a phase in parts of π; empty for an amplitude of 0."""
    if not value:
        return ""
    parts = round(cmath.phase(value) / math.pi, 3)
    return "phase 0" if parts == 0 else "phase π" if abs(parts) == 1 else f"phase {parts:+.3g} π"


def _sampled(seen: Mapping[str, int]) -> str:
    letters_used = set("".join(seen))
    if "|" in letters_used:
        return _MODES
    return _SITES if letters_used & set("gre") else "bits, as the cloud orders them"


def _expectations(ax: AnyAxes, means: Sequence[tuple[int, ResultItem]]) -> None:
    for has_deviation, marker, words in ((True, "o", "with standard deviation"), (False, "D", "deviation unknown")):
        points = [(place, item) for place, item in means if (item.deviation is not None) is has_deviation]
        if points:
            ax.errorbar(
                [place for place, _ in points],
                [item.expectation or 0.0 for _, item in points],
                yerr=[item.deviation or 0.0 for _, item in points] if has_deviation else None,
                fmt=marker,
                color=FILL,
                mfc=FILL if has_deviation else "white",
                ecolor=INK,
                capsize=4,
                label=words,
            )
    places = [place for place, _ in means]
    ax.set_xlim(min(places) - 0.6, max(places) + 0.6)
    ax.set_xticks(places if len(places) <= 16 else places[:: -(-len(places) // 16)])
    ax.set_xlabel("circuit", fontsize=SMALL)
    ax.set_ylabel("expectation value", fontsize=SMALL)
    ax.tick_params(labelsize=SMALL)
    ax.axhline(0, color="#CCCCCC", linewidth=0.8, zorder=0)
    ax.margins(y=0.2)
    ax.legend(fontsize=SMALL, frameon=False, loc="best")
    quiet(ax)

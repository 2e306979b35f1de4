"""What all figures share: paper, colours, and letters that are only letters. It needs the extra `plot`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, TypeAlias

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from anyqpu.pictures.words import shortened, shown

# Told apart by those who do not see red and green as others do (the colours are Okabe and Ito's), and in grey.
FILL, OTHERS, PALE, INK, WARN = "#0072B2", "#9A9A9A", "#BFD9EA", "#222222", "#D55E00"
SMALL = 9.0
"""Size of letters in points."""
MONO = "DejaVu Sans Mono"
"""Comes with matplotlib."""


AnyAxes: TypeAlias = Any
AnyFigure: TypeAlias = Any
"""Those of matplotlib, whose types leave keyword arguments open: a strict checker takes such methods for unknown."""


class Picture(Figure):
    """A figure that a notebook shows by itself, also where nothing of `matplotlib.pyplot` was imported."""

    def _repr_png_(self) -> bytes:
        paper = io.BytesIO()
        canvas: Any = FigureCanvasAgg(self)
        canvas.print_png(paper)
        return paper.getvalue()


def paper(width: float, height: float, *, rows: int = 1, columns: int = 1) -> tuple[Figure, list[AnyAxes]]:
    """A white figure of so many inches, and its axes from left to right, row by row."""
    figure = Picture(figsize=(width, height), facecolor="white", layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.08))
    axes: Any = figure.subplots(rows, columns, squeeze=False)
    return figure, list(axes.flat)


def figure_of(ax: AnyAxes) -> Figure:
    """The figure that axes are in, whatever parts it is made of."""
    figure: Any = ax.figure
    while getattr(figure, "figure", figure) is not figure:
        figure = figure.figure
    return figure  # type: ignore[no-any-return]


def letters(value: object, length: int = 200) -> str:
    """A text from elsewhere as matplotlib writes it down: no links, and a dollar sign begins no formula."""
    return shortened(shown(value), length).replace("$", r"\$")


def inches(ax: AnyAxes) -> tuple[float, float]:
    """Width and height of axes, as they are now."""
    box = ax.get_window_extent().transformed(figure_of(ax).dpi_scale_trans.inverted())
    return abs(box.width), abs(box.height)


def rows_that_fit(ax: AnyAxes, size: float = SMALL) -> int:
    """How many lines of letters stand below each other in axes without touching."""
    return max(2, int(inches(ax)[1] * 72 / (size * 1.35)))


def quiet(ax: AnyAxes, *, keep: Sequence[str] = ("left", "bottom")) -> None:
    """Only the lines around axes that say something."""
    for name, spine in ax.spines.items():
        spine.set_visible(name in keep)


def say(ax: AnyAxes, text: str) -> None:
    """Words where a picture would be."""
    quiet(ax, keep=())
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(0.5, 0.5, text, ha="center", va="center", wrap=True, fontsize=SMALL, transform=ax.transAxes)

"""The common parts of figures: canvas, colours, safe text. They need the extra `plot`."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, TypeAlias

from matplotlib import font_manager, rcParams
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from anyqpu_pictures.words import shortened, shown

# Okabe and Ito's colours, which are distinct without red-green vision, and in grey.
FILL, OTHERS, PALE, INK, WARN = "#0072B2", "#9A9A9A", "#BFD9EA", "#222222", "#D55E00"
SMALL = 9.0
"""Font size in points."""
MONO = "DejaVu Sans Mono"
"""A font that matplotlib contains."""
LIGHT = "#FEFEFE"
"""For text on dark colours; not white, which `inked` takes for the text of a dark style."""

# matplotlib's types are incomplete for a strict checker.
_fonts_of: Any = font_manager


AnyAxes: TypeAlias = Any
AnyFigure: TypeAlias = Any
"""matplotlib's classes, whose methods have keyword arguments without types."""


class Picture(Figure):
    """A figure that a notebook displays without `matplotlib.pyplot`."""

    def _repr_png_(self) -> bytes:
        paper = io.BytesIO()
        canvas: Any = FigureCanvasAgg(self)
        canvas.print_png(paper)
        return paper.getvalue()


def paper(width: float, height: float, *, rows: int = 1, columns: int = 1) -> tuple[Figure, list[AnyAxes]]:
    """Return a white figure of a size in inches, and its axes row by row."""
    figure = Picture(figsize=(width, height), facecolor="white", layout=ConstrainedLayoutEngine(w_pad=0.1, h_pad=0.08))
    axes: Any = figure.subplots(rows, columns, squeeze=False)
    for ax in axes.flat:
        # The user's style may have a dark background or a grid.
        ax.set_facecolor("white")
        ax.grid(False)
    return figure, list(axes.flat)


def inked(figure: AnyFigure) -> Figure:
    """Return the figure with dark text and lines, whatever the user's style."""
    by_style = {to_hex(rcParams[name]) for name in ("text.color", "axes.labelcolor", "xtick.color", "ytick.color")}
    for ax in figure.axes:
        ax.tick_params(which="both", color=INK, labelcolor=INK)
        for spine in ax.spines.values():
            spine.set_edgecolor(INK)
    for text in figure.findobj(Text):
        if to_hex(text.get_color()) in by_style:
            text.set_color(INK)
    return figure  # type: ignore[no-any-return]


def figure_of(ax: AnyAxes) -> Figure:
    """Return the figure that contains the axes, directly or in a subfigure."""
    figure: Any = ax.figure
    while getattr(figure, "figure", figure) is not figure:
        figure = figure.figure
    return figure  # type: ignore[no-any-return]


def letters(value: object, length: int = 200) -> str:
    """Return text from a provider in a form that matplotlib draws literally.

    Links are removed, dollar signs escaped, and characters that the fonts lack replaced by question marks.
    """
    text = shortened(shown(value), length)
    if not text.isascii():
        fonts = _fonts(tuple(_fonts_of.FontProperties().get_family()))
        text = "".join(
            character if any(font.get_char_index(ord(character)) for font in fonts) else "?" for character in text
        )
    return text.replace("$", r"\$")


@lru_cache(maxsize=4)
def _fonts(families: tuple[str, ...]) -> list[Any]:
    """Return the fonts of the user's font families, as matplotlib finds them."""
    named = [_fonts_of.findfont(_fonts_of.FontProperties(family=[family])) for family in families]
    return [_fonts_of.get_font(path) for path in named]


def inches(ax: AnyAxes) -> tuple[float, float]:
    """Return the width and height of axes."""
    box = ax.get_window_extent().transformed(figure_of(ax).dpi_scale_trans.inverted())
    return abs(box.width), abs(box.height)


def rows_that_fit(ax: AnyAxes, size: float = SMALL) -> int:
    """Return the number of text lines that fit in axes."""
    return max(2, int(inches(ax)[1] * 72 / (size * 1.35)))


def quiet(ax: AnyAxes, *, keep: Sequence[str] = ("left", "bottom")) -> None:
    """Hide the border lines of axes that are not in `keep`."""
    for name, spine in ax.spines.items():
        spine.set_visible(name in keep)


def say(ax: AnyAxes, text: str) -> None:
    """Draw a text instead of a chart."""
    quiet(ax, keep=())
    ax.set_xticks([])
    ax.set_yticks([])
    ax.text(0.5, 0.5, text, ha="center", va="center", wrap=True, fontsize=SMALL, transform=ax.transAxes)

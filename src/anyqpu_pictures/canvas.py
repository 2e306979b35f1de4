"""What all figures share: paper, colours, and letters that are only letters. It needs the extra `plot`."""

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

# Told apart by those who do not see red and green as others do (the colours are Okabe and Ito's), and in grey.
FILL, OTHERS, PALE, INK, WARN = "#0072B2", "#9A9A9A", "#BFD9EA", "#222222", "#D55E00"
SMALL = 9.0
"""Size of letters in points."""
MONO = "DejaVu Sans Mono"
"""Comes with matplotlib."""
LIGHT = "#FEFEFE"
"""For letters on something dark; not white, which letters of a dark style have (see `inked`)."""

# Its functions have types that a strict checker does not take.
_fonts_of: Any = font_manager


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
    for ax in axes.flat:
        # Some people have a style with a dark background, or with grids.
        ax.set_facecolor("white")
        ax.grid(False)
    return figure, list(axes.flat)


def inked(figure: AnyFigure) -> Figure:
    """The finished figure, of ours, with dark letters and lines where a style made them light."""
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
    """The figure that axes are in, whatever parts it is made of."""
    figure: Any = ax.figure
    while getattr(figure, "figure", figure) is not figure:
        figure = figure.figure
    return figure  # type: ignore[no-any-return]


def letters(value: object, length: int = 200) -> str:
    """A text from elsewhere as matplotlib writes it down.

    It has no links, a dollar sign begins no formula, and what the fonts lack is a question mark: matplotlib would warn.
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
    """The fonts of the families that the user has chosen, as matplotlib does."""
    named = [_fonts_of.findfont(_fonts_of.FontProperties(family=[family])) for family in families]
    return [_fonts_of.get_font(path) for path in named]


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

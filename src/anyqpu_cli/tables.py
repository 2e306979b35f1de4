"""Tables of text, in colour on a terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TextIO

from anyqpu_pictures.words import plain

__all__ = ["GAP", "cell_text", "coloured", "cut", "plain", "table", "text_width"]

# Between two columns.
GAP = "  "

# ANSI codes by status: good, in progress, bad, over.
COLOURS = {
    **dict.fromkeys(("online", "completed", "active", "confirmed", "ok"), "32"),
    **dict.fromkeys(("limited", "paused", "queued", "running", "pending", "starting", "idle", "draining"), "33"),
    **dict.fromkeys(("offline", "retired", "failed", "timed_out", "maintenance", "refused"), "31"),
    **dict.fromkeys(("cancelled", "cancelling", "closed", "closing", "unknown"), "2"),
}


def table(head: Sequence[str], rows: Sequence[Sequence[object]], *, right: Sequence[str] = ()) -> str:
    """Return a table; the columns in `right` are aligned to the right, and None is a dash."""
    texts = [[cell_text(cell) for cell in row] for row in rows]
    widths = [max(text_width(row[place]) for row in [list(head), *texts]) for place in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        spaces = (" " * (width - text_width(cell)) for cell, width in zip(cells, widths, strict=True))
        padded = (
            space + cell if name in right else cell + space
            for cell, space, name in zip(cells, spaces, head, strict=True)
        )
        return GAP.join(padded).rstrip()

    lines = [line(head), *map(line, texts)]
    if not coloured(sys.stdout):
        return "\n".join(lines)
    return "\n".join([f"\x1b[1m{lines[0]}\x1b[0m", *map(_colour_states, lines[1:])])


def cell_text(cell: object) -> str:
    """Return the text of a cell; None is a dash."""
    return "-" if cell is None else plain(cell)


def text_width(text: str) -> int:
    """Return the number of columns of a terminal that a text takes; some characters take two."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def cut(text: str, width: int) -> str:
    """Return a text that takes at most `width` columns, with an ellipsis where its end is cut off."""
    if text_width(text) <= width:
        return text
    while text and text_width(text) > width - 1:
        text = text[:-1]
    return text.rstrip(" ,") + "…"


def coloured(stream: TextIO) -> bool:
    """Whether a stream takes colour codes."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _colour_states(line: str) -> str:
    words = line.split(" ")
    return " ".join(f"\x1b[{COLOURS[word]}m{word}\x1b[0m" if word in COLOURS else word for word in words)

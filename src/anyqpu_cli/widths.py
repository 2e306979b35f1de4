"""The width of the terminal, and text that fits it."""

from __future__ import annotations

import shutil
import sys
import textwrap

# Columns of text where the output is not a terminal.
WIDTH = 100


def terminal_width() -> int | None:
    """Return the width of the terminal that standard output is; None if it is a file or a pipe."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def wrapped(line: str, indent: int = 0) -> str:
    """Return a line wrapped for the terminal, with further lines indented; unchanged for a file or a pipe."""
    width = terminal_width()
    return line if width is None else _wrap(line, width, indent)


def text_columns() -> int:
    """Return the width of text that is wrapped in a file or a pipe too."""
    return shutil.get_terminal_size((WIDTH, 24)).columns


def wrapped_to(line: str, indent: int = 0) -> str:
    """Return a line wrapped, with further lines indented, also for a file or a pipe."""
    return _wrap(line, text_columns(), indent)


def _wrap(line: str, width: int, indent: int) -> str:
    # Paths and identifiers stay whole, so that they can be copied.
    lines = textwrap.wrap(line, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines)

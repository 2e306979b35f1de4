"""The parts of HTML tables for notebooks.

They use the colours and fonts of the page, light or dark, have no script and load nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from html import escape

from anyqpu_pictures.words import shortened, shown

LENGTH = 200
"""The most characters of a text."""
TABLE_STYLE = "border-collapse:collapse;margin:2px 0"
Fact = tuple[str, object]
# Medium colours, visible on black and on white.
_LINE = "#88888855"
_COLOURS = {
    **dict.fromkeys(("online", "completed", "active", "confirmed"), "#2E8B57"),
    **dict.fromkeys(("offline", "retired", "failed", "timed_out"), "#C8501E"),
}


def text(value: object, length: int = LENGTH) -> str:
    """Return a value as escaped text, without links and control characters, shortened to a length."""
    return escape(shortened(shown(value), length))


def card(heading: str, facts: Iterable[Fact], body: str = "") -> str:
    """Return a block with a heading in HTML, a table of the facts that have a value, and a body in HTML."""
    rows = "".join(
        f'<tr><th style="text-align:left;font-weight:normal;opacity:.7;padding:1px 12px 1px 0">{escape(name)}</th>'
        f'<td style="text-align:left;padding:1px 0">{cell(value)}</td></tr>'
        for name, value in facts
        if value is not None and value not in ("", ())
    )
    table = f'<table style="{TABLE_STYLE}">{rows}</table>' if rows else ""
    head = f'<div style="font-weight:bold">{heading}</div>'
    style = f"font:13px/1.4 system-ui,sans-serif;border-left:3px solid {_LINE};padding:2px 10px;margin:4px 0"
    return f'<div style="{style}">{head}{table}{body}</div>'


def cell(value: object) -> str:
    """Return a value as the HTML of a cell."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S} UTC"
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return text(value)


def title(kind: str, name: object, status: object = None) -> str:
    """Return the HTML of a heading: the kind of an object, its name, and its status with a coloured dot."""
    mark = "" if status is None else f" {state(status)}"
    return f'<span style="opacity:.7;font-weight:normal">{escape(kind)}</span> {text(name)}{mark}'


def state(status: object) -> str:
    """Return the HTML of a status: a dot in its colour, and the word."""
    colour = _COLOURS.get(str(status), "currentColor")
    return f'<span style="color:{colour}">●</span> {text(str(status).replace("_", " "))}'

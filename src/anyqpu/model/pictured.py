"""Displays of the model's objects, from the package `anyqpu_pictures`, which is imported when one is used.

`anyqpu_pictures` imports the model; this is the only way back, so that neither imports the other at the top.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import Enum
from importlib import import_module
from typing import Any, ClassVar, cast

from anyqpu.errors import without_queries

# A `repr` fits two lines of 100 columns.
LONGEST, LONGEST_TEXT, MOST_ITEMS = 200, 72, 3


def pictures() -> Any:
    """Import the package."""
    return import_module("anyqpu_pictures")


class HtmlRepr:
    """A mixin: the HTML table that a notebook displays."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = pictures().html(self)
        return html


class ShortRepr:
    """A mixin for dataclasses: a `repr` of the most important fields that have a value, on at most two lines.

    Control characters are escaped, and the queries of links are removed, since they may contain a signature.
    """

    __slots__ = ()
    _repr_names: ClassVar[tuple[str, ...]]
    """The attributes, the most important first. One that the class lacks is left out."""

    def __repr__(self) -> str:
        begin, end = f"{type(self).__name__}(", "...)"
        parts: list[str] = []
        left = LONGEST - len(begin) - len(end)
        for name in self._repr_names:
            value = getattr(self, name, None)
            if value is None or value == ():
                continue
            part = f"{name}={short(value)}, "
            if len(part) > left:
                break
            parts.append(part)
            left -= len(part)
        return f"{begin}{''.join(parts)}{end}"


def short(value: object) -> str:
    """Return a value as it is shown in a short `repr`: texts are cut in the middle, and long collections counted."""
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        text = without_queries(value)
        if len(text) > LONGEST_TEXT:
            text = f"{text[: LONGEST_TEXT // 2]}…{text[-LONGEST_TEXT // 2 + 1 :]}"
        return repr(text)
    if isinstance(value, datetime):
        return repr(value.isoformat(timespec="seconds").replace("+00:00", "Z"))
    if isinstance(value, timedelta):
        return f"{value.total_seconds():g} s"
    if isinstance(value, tuple | list | dict):
        items = cast("Collection[Any]", value)
        if len(items) > MOST_ITEMS or isinstance(value, dict):
            return f"<{len(items)} item{'' if len(items) == 1 else 's'}>"
        inner = ", ".join(map(short, items))
        return f"({inner},)" if len(items) == 1 else f"({inner})"
    text = repr(value)
    # A number, or an object of ours with a `repr` of its own.
    return text if len(text) <= LONGEST // 2 else f"<{type(value).__name__}>"

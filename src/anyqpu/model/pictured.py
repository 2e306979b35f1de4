"""Displays of the model's objects, from the package `anyqpu_pictures`, which is imported when one is used.

`anyqpu_pictures` imports the model; this is the only way back, so that neither imports the other at the top.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any


def pictures() -> Any:
    """Import the package."""
    return import_module("anyqpu_pictures")


class HtmlRepr:
    """A mixin: the HTML table that a notebook displays."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = pictures().html(self)
        return html

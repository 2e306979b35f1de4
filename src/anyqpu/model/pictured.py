"""Displays of the model's objects, from the package `anyqpu_pictures`, which is imported when one is used."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def pictures() -> Any:
    """Import the package. It imports the model, and nothing else of the model imports it."""
    return import_module("anyqpu_pictures")


class HtmlRepr:
    """A mixin: the HTML table that a notebook displays."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = pictures().html(self)
        return html

"""The one place where the model reaches its pictures, and only when one is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import Any


def pictures() -> Any:
    """The room `anyqpu_pictures`, which knows the model; the model does not know it."""
    return import_module("anyqpu_pictures")


class HtmlRepr:
    """What a notebook shows as a small table of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        html: str = pictures().html(self)
        return html

"""Lists of the model's objects."""

from __future__ import annotations

from typing import TypeVar

from anyqpu.model.pictured import HtmlRepr

T = TypeVar("T")


class Items(list[T], HtmlRepr):
    """A list that a notebook displays as a table, and whose `repr` has a line for each item."""

    def __repr__(self) -> str:
        if len(self) < 2:
            return super().__repr__()
        return "[\n" + "".join(f"  {item!r},\n" for item in self) + "]"

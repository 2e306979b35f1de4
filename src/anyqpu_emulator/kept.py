"""Records that say when they change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Kept:
    """Base of mutable records: setting an attribute is told. What changes inside a list or dict is not."""

    __slots__ = ("_tell",)

    def watch(self, tell: Callable[[], object]) -> None:
        """Call this at every change from now on."""
        object.__setattr__(self, "_tell", tell)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        tell = getattr(self, "_tell", None)
        if tell is not None:
            tell()

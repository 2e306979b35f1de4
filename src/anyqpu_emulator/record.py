"""Mutable records that notify their table of changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Record:
    """Base of mutable records: setting an attribute notifies the table. Changes inside a list or dict do not."""

    __slots__ = ("_notify",)

    def on_change(self, notify: Callable[[], object]) -> None:
        """Call `notify` at every change from now on."""
        object.__setattr__(self, "_notify", notify)

    def __setattr__(self, name: str, value: Any) -> None:
        object.__setattr__(self, name, value)
        notify = getattr(self, "_notify", None)
        if notify is not None:
            notify()

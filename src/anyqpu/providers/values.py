"""Reading the fields of generated models."""

from __future__ import annotations

from typing import Any, TypeVar

from anyqpu_raw._core import Unset

T = TypeVar("T")


def given(value: T | Unset | None) -> T | None:
    """The value, or None where the cloud did not send one."""
    return None if isinstance(value, Unset) else value


def text(value: Any) -> str | None:
    """The word of an enum, or None where the cloud did not send one."""
    known = given(value)
    return None if known is None else str(known)

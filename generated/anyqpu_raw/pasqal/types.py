"""Shared types, under the name that generated clients usually have for them."""

from .._core import UNSET, Unset

__all__ = ["UNSET", "Unset"]

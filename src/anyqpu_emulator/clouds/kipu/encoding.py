"""Results as JSON, written in pieces: one long call of the encoder would keep all other threads waiting."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping
from typing import Any

from anyqpu_emulator.shapes import is_list, is_object

PIECE = 4096


class Pieces:
    """A long list as an iterable of shorter ones, to be encoded piece by piece."""

    def __init__(self, lists: Iterable[list[Any]]) -> None:
        """Take the shorter lists, none of them empty."""
        self.lists = lists


def encode(result: Mapping[str, Any] | list[Any]) -> bytes:
    """Return the JSON of a result, in one line."""
    return _text(result).encode()


def _text(value: Any) -> str:
    if isinstance(value, Pieces):
        return "[" + ", ".join(json.dumps(piece)[1:-1] for piece in value.lists) + "]"
    if is_object(value):
        if len(value) <= PIECE:
            return "{" + ", ".join(f"{json.dumps(key)}: {_text(item)}" for key, item in value.items()) + "}"
        # So many keys are outcomes, whose values are plain.
        items = iter(value.items())
        parts = iter(lambda: dict(itertools.islice(items, PIECE)), {})
        return "{" + ", ".join(json.dumps(part)[1:-1] for part in parts) + "}"
    if is_list(value) and any(is_object(item) for item in value):
        return "[" + ", ".join(_text(item) for item in value) + "]"
    return json.dumps(value)

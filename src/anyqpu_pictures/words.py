"""Text from providers, made safe for display."""

from __future__ import annotations

import re

_LINK = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://\S+")
_ELLIPSIS = "…"


def plain(value: object) -> str:
    """Return a value as text without control characters, which could steer a terminal."""
    text = str(value)
    return text if text.isprintable() else "".join(character if character.isprintable() else "?" for character in text)


def shown(value: object) -> str:
    """Return the same without links, since a signed link gives access to its target."""
    return _LINK.sub("(link)", plain(value))


def shortened(text: str, length: int) -> str:
    """Return a text shortened in the middle to a length."""
    if len(text) <= length:
        return text
    tail = (length - 1) // 2
    return text[: length - 1 - tail] + _ELLIPSIS + text[len(text) - tail :]

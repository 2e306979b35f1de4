"""Texts that came from elsewhere, made fit to be shown."""

from __future__ import annotations

import re

_LINK = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]*://\S+")
_ELLIPSIS = "…"


def plain(value: object) -> str:
    """A value as text that does nothing to a terminal: names come from elsewhere."""
    text = str(value)
    return text if text.isprintable() else "".join(character if character.isprintable() else "?" for character in text)


def shown(value: object) -> str:
    """The same without links: one that a cloud signed opens what it leads to."""
    return _LINK.sub("(link)", plain(value))


def shortened(text: str, length: int) -> str:
    """A text of at most so many characters; what is left out is in its middle."""
    if len(text) <= length:
        return text
    tail = (length - 1) // 2
    return text[: length - 1 - tail] + _ELLIPSIS + text[len(text) - tail :]

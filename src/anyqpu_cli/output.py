"""All that the command line prints goes through here: text from servers must not steer a terminal."""

from __future__ import annotations

import json
import math
import sys
import unicodedata
from collections.abc import Callable
from typing import Any, cast

from anyqpu.errors import UnexpectedResponseError


def show(text: object = "", *, coloured: bool = False, flush: bool = False) -> None:
    """Print text on standard output; control characters other than line breaks are shown as escapes.

    Args:
        coloured: The text has our own colours in it, and what came from elsewhere is escaped already.
        flush: Whether it must be seen at once.
    """
    print(text if coloured else escaped(str(text)), flush=flush)


def tell(text: object) -> None:
    """Print text on standard error, escaped in the same way."""
    print(escaped(str(text)), file=sys.stderr)


def show_json(value: object, *, line: bool = False, default: Callable[[Any], Any] | None = None) -> None:
    """Print a value as JSON; `line` is for one that is followed by others."""
    print(json_text(value, line=line, default=default), flush=line)


def write(text: str) -> None:
    """Write a piece of JSON or of our own text, without a line break at its end."""
    sys.stdout.write(text)


def show_bytes(content: bytes) -> None:
    """Write bytes as they are where they go into a file or a pipe, and as escaped text on a terminal."""
    if sys.stdout.isatty():
        show(content.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def escaped(text: str) -> str:
    """Return a text whose control characters are shown as escapes; line breaks, tabs and spaces stay."""
    text = text.replace("\r\n", "\n")
    if text.isprintable():
        return text
    return "".join(each if _is_harmless(each) else each.encode("unicode_escape").decode("ascii") for each in text)


def json_text(value: object, *, line: bool = False, default: Callable[[Any], Any] | None = None) -> str:
    """Return a value as JSON of printable ASCII; numbers that JSON does not have, such as NaN, are null.

    Raises:
        UnexpectedResponseError: The value is nested too deeply.
    """
    indent = None if line else 2
    try:
        try:
            text = json.dumps(value, indent=indent, allow_nan=False, default=default)
        except ValueError:
            text = json.dumps(_finite(value), indent=indent, default=default)
    except RecursionError:
        text = None
    if text is None:
        raise UnexpectedResponseError("the response is nested too deeply to be printed")
    # The one control character of ASCII that JSON lets through.
    return text.replace("\x7f", "\\u007f")


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in cast("dict[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in cast("list[Any]", value)]
    return value

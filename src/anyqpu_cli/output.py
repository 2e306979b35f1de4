"""All output of the command line. Control characters are escaped: text from servers cannot steer a terminal."""

from __future__ import annotations

import json
import math
import os
import sys
import unicodedata
from collections.abc import Callable
from typing import Any, cast

from anyqpu.errors import UnexpectedResponseError
from anyqpu_cli import outcome


def show(text: object = "", *, coloured: bool = False, flush: bool = False) -> None:
    """Print text on standard output; control characters other than line breaks are escaped.

    Args:
        coloured: The text has our own colour codes, and text from elsewhere in it is escaped already.
        flush: Print it at once.
    """
    print(text if coloured else escaped(str(text)), flush=flush)


def print_stderr(text: object, *, end: str = "\n") -> None:
    """Print text on standard error, escaped in the same way, and at once."""
    print(escaped(str(text)), file=sys.stderr, end=end, flush=True)


def print_stderr_json(value: object) -> None:
    """Print a value on standard error as one line of JSON, and at once."""
    print(json_text(value, line=True), file=sys.stderr, flush=True)


def show_json(value: object, *, line: bool = False, default: Callable[[Any], Any] | None = None) -> None:
    """Print a value as JSON; `line` puts it on one line, for output of several."""
    print(json_text(value, line=line, default=default), flush=line)


def write(text: str) -> None:
    """Write JSON or our own text without a line break at its end."""
    sys.stdout.write(text)


def show_bytes(content: bytes) -> None:
    """Write bytes unchanged to a file or a pipe, and as escaped text to a terminal."""
    if sys.stdout.isatty():
        show(content.decode("utf-8", "replace"))
    else:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def discard_stdout() -> int:
    """Discard further output, since the reader of the pipe has exited, and return the exit code for that."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return outcome.BROKEN_PIPE


def escaped(text: str) -> str:
    """Return a text with its control characters escaped; line breaks, tabs and spaces stay."""
    text = text.replace("\r\n", "\n")
    if text.isprintable():
        return text
    return "".join(
        character if _is_harmless(character) else character.encode("unicode_escape").decode("ascii")
        for character in text
    )


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
    # The one control character of ASCII that JSON does not escape.
    return text.replace("\x7f", "\\u007f")


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in "\n\t" or unicodedata.category(character) == "Zs"


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in cast("dict[Any, Any]", value).items()}
    if isinstance(value, list | tuple):
        return [_finite(item) for item in cast("list[Any]", value)]
    return value

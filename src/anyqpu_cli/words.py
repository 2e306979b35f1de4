"""Errors and hints in the words of the command line."""

from __future__ import annotations

from typing import Any

from anyqpu.errors import AnyQPUError, Hint

# Options of `connect` in the library's messages, and the options of the command line that they come from.
OPTION_NAMES = (
    ("verify='system'", "--cacert system"),
    ("option verify", "--cacert"),
    ("option proxy", "--proxy"),
    ("option max_cost", "--max-cost"),
    ("max_cost", "--max-cost"),
)


def error_text(error: AnyQPUError) -> str:
    """Return an error in one line, with its hint for the command line."""
    return _in_options(error.with_hint(hint_text(error.hint)))


def _in_options(text: str) -> str:
    for argument, option in OPTION_NAMES:
        text = text.replace(argument, option)
    return text


def error_record(error: AnyQPUError) -> dict[str, Any]:
    """Return the error's `to_dict()`, in the words of the command line."""
    record: dict[str, Any] = error.to_dict() | {"hint": hint_text(error.hint)}
    for key in ("message", "hint"):
        if isinstance(text := record[key], str):
            record[key] = _in_options(text)
    return record


def hint_text(hint: str | None) -> str | None:
    """Return a hint as the command line says it; None without one."""
    return (hint.command_line if isinstance(hint, Hint) else hint) or None

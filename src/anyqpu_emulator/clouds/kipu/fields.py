"""Reading fields of a request: what is wrong, where, and what would be right. Null counts as absent.

The clouds' own clients send every optional key, with null where nothing is meant, and keys that the published
document does not have; neither is an error.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, overload

from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.shapes import is_list, is_object


def required(body: Mapping[str, Any], key: str) -> Any:
    """A value that must be there."""
    value = body.get(key)
    if value is None:
        raise ProblemError(400, f"{key} is missing")
    return value


def text(body: Mapping[str, Any], key: str) -> str | None:
    """A text, or None."""
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise ProblemError(400, f"{key} should be a text, not {_kind(value)}")
    return value


def integer(body: Mapping[str, Any], key: str) -> int | None:
    """A whole number, or None. Booleans are not numbers here."""
    value = body.get(key)
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise ProblemError(400, f"{key} should be a whole number, not {_kind(value)}")
    return value


def mapping(body: Mapping[str, Any], key: str) -> dict[str, Any]:
    """An object; empty if absent."""
    value: Any = body.get(key)
    if value is not None and not is_object(value):
        raise ProblemError(400, f"{key} should be an object, not {_kind(value)}")
    return value or {}


def tags(body: Mapping[str, Any]) -> list[str] | None:
    """A list of texts without repetitions, or None."""
    value: Any = body.get("tags")
    if value is None:
        return None
    if not is_list(value) or not all(isinstance(tag, str) for tag in value):
        raise ProblemError(400, "tags should be a list of texts")
    return list(dict.fromkeys(value))


@overload
def choice(body: Mapping[str, Any], key: str, options: Sequence[str], default: str) -> str: ...
@overload
def choice(body: Mapping[str, Any], key: str, options: Sequence[str], default: None) -> str | None: ...
def choice(body: Mapping[str, Any], key: str, options: Sequence[str], default: str | None) -> str | None:
    """One of several words, in whatever case."""
    value = text(body, key)
    if value is None:
        return default
    for option in options:
        if value.casefold() == option.casefold():
            return option
    raise ProblemError(400, f"{key} should be one of {', '.join(options)}, not {value!r}")


def identifier(value: str) -> str | None:
    """The usual spelling of a UUID; None if it is none."""
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return None


def _kind(value: Any) -> str:
    names = {"bool": "a boolean", "int": "a number", "float": "a number", "str": "a text"}
    names |= {"list": "a list", "dict": "an object"}
    return names[type(value).__name__]

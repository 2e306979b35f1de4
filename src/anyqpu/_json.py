"""Values of the model and of errors in types that JSON has."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import cache
from numbers import Integral, Real
from types import NoneType
from typing import Any, cast

VERSION = 1
"""The version of the form that `to_dict` returns, under the key `v`. Added keys do not change it."""


PLAIN = frozenset((NoneType, bool, str, int))
"""Types whose values JSON has as they are."""


def json_value(value: Any) -> Any:
    """Return a value in JSON's types.

    A time is RFC 3339, a duration a number of seconds, an exact decimal a text, a complex number `[real, imaginary]`.
    A number that JSON does not have, such as NaN, is None; an object of another type is its text.
    """
    # Most values are plain, or hold others; to compare patterns takes some microseconds for each.
    kind = value.__class__
    if kind in PLAIN:
        return value
    if kind is dict:
        return {key if key.__class__ is str else str(json_value(key)): json_value(item) for key, item in value.items()}
    if kind is tuple or kind is list:
        return [json_value(item) for item in value]
    to_json: Callable[[], Any] | None = getattr(value, "_to_json", None)
    return _converted(value) if to_json is None else to_json()


def _converted(value: Any) -> Any:
    match value:
        case Enum():
            return json_value(value.value)
        case None | bool() | str():
            return value
        case Integral():
            return int(value)
        case Decimal():
            return f"{value:f}"
        case Real():
            return float(value) if math.isfinite(value) else None
        case complex():
            return [json_value(value.real), json_value(value.imag)]
        case datetime():
            return value.isoformat().replace("+00:00", "Z")
        case timedelta():
            return value.total_seconds()
        case Mapping():
            items = cast("Mapping[Any, Any]", value).items()
            return {str(json_value(key)): json_value(item) for key, item in items}
        case list() | tuple() | set() | frozenset():
            return [json_value(item) for item in cast("Sequence[Any]", value)]
        case _:
            return json_fields(value) if is_dataclass(value) else str(value)


def json_fields(value: Any) -> dict[str, Any]:
    """Return the fields of a dataclass by their keys in JSON, and then its derived values; `raw` is left out."""
    return {key: json_value(getattr(value, name)) for key, name in _names(value.__class__)}


@cache
def _names(kind: type[Any]) -> tuple[tuple[str, str], ...]:
    """Return the keys in JSON of a dataclass, and the names of their attributes."""
    keys: Mapping[str, str] = getattr(kind, "_json_keys", {})
    derived: Sequence[str] = getattr(kind, "_json_derived", ())
    names = [field.name for field in fields(kind) if field.name != "raw"]
    return tuple((keys.get(name, name), name) for name in (*names, *derived))

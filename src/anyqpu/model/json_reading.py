"""Objects of the model from dictionaries of JSON types, by the types of their fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from anyqpu.errors import ValidationError


def read_value(kind: Any, value: Any, where: str) -> Any:
    """Return a value of a type, such as `tuple[int, ...]`; raises `ValidationError` where it is of another type."""
    if kind is Any:
        return value
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        rest = next(part for part in inner if part is not NoneType)
        return None if value is None else read_value(rest, value, where)
    if origin is tuple:
        return _tuple(inner, value, where)
    if origin is not None and issubclass(origin, Mapping):
        return {
            read_value(inner[0], key, where): read_value(inner[1], item, f"{where}.{key}")
            for key, item in _checked(Mapping, value, where).items()
        }
    if is_dataclass(kind):
        read: Callable[[Any, str], Any] = getattr(kind, "_from_json", None) or partial(read_fields, cast("Any", kind))
        return read(_checked(Mapping, value, where), where)
    if issubclass(kind, Enum):
        return _member(kind, value, where)
    return _SCALARS[kind](value, where)


@cache
def plan(kind: type[Any]) -> tuple[tuple[str, str, Any, bool], ...]:
    """Return the name, key in JSON, type and necessity of each field of a dataclass."""
    hints = get_type_hints(kind)
    keys: Mapping[str, str] = getattr(kind, "_json_keys", {})
    return tuple(
        (
            field.name,
            keys.get(field.name, field.name),
            hints[field.name],
            field.default is MISSING and field.default_factory is MISSING,
        )
        for field in fields(kind)
        if field.name != "raw"
    )


def read_fields(kind: type[Any], data: Mapping[str, Any], where: str) -> Any:
    """Return an object of a dataclass from its fields in JSON; raises `ValidationError` as `from_dict` does."""
    values: dict[str, Any] = {}
    for name, key, hint, required in plan(cast("Any", kind)):
        if key in data:
            values[name] = read_value(hint, data[key], f"{where}.{key}")
        elif required:
            raise ValidationError(f"invalid {where}: {key} is missing", fields=(key,))
    return kind(**values)


def _tuple(inner: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    items = _checked(list | tuple, value, where)
    kinds = [inner[0]] * len(items) if inner[-1] is Ellipsis else inner
    if len(kinds) != len(items):
        raise _invalid(where, f"a list of {len(kinds)}", value)
    return tuple(
        read_value(kind, item, f"{where}[{at}]") for at, (kind, item) in enumerate(zip(kinds, items, strict=True))
    )


def _member(kind: type[Enum], value: Any, where: str) -> Enum:
    """The member of an enumeration; `unknown` for a value that only later releases have."""
    try:
        return kind(value)
    except ValueError:
        if isinstance(value, str) and "UNKNOWN" in kind.__members__:
            return kind["UNKNOWN"]
        raise _invalid(where, f"one of {', '.join(str(member.value) for member in kind)}", value) from None


def _checked(kind: Any, value: Any, where: str) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        expected = {Mapping: "a dictionary", str: "a text", bool: "true or false", int: "a whole number"}
        raise _invalid(where, expected.get(kind, "a list"), value)
    return value


def _number(value: Any, where: str) -> float:
    if value is None:
        return float("nan")
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _invalid(where, "a number", value)
    return float(value)


def _complex(value: Any, where: str) -> complex:
    real, imaginary = _tuple((float, float), value, where)
    return complex(real, imaginary)


def _converted(kind: str, convert: Callable[[Any], Any], accepted: Any) -> Callable[[Any, str], Any]:
    def read(value: Any, where: str) -> Any:
        try:
            if isinstance(value, accepted) and not isinstance(value, bool):
                return convert(value)
        except (ValueError, OverflowError, InvalidOperation):
            pass
        raise _invalid(where, kind, value)

    return read


_SCALARS: Mapping[Any, Callable[[Any, str], Any]] = {
    **{kind: partial(_checked, kind) for kind in (str, bool, int)},
    float: _number,
    complex: _complex,
    datetime: _converted("a time such as 2030-01-31T12:00:00Z", datetime.fromisoformat, str),
    timedelta: _converted("a number of seconds", lambda value: timedelta(seconds=value), int | float),
    Decimal: _converted("a decimal number as text", Decimal, str),
}


def _invalid(where: str, expected: str, value: Any) -> ValidationError:
    shown = repr(value)
    shown = shown if len(shown) <= 60 else f"{shown[:59]}…"
    return ValidationError(f"invalid {where}: expected {expected}, not {shown}", fields=(where,))

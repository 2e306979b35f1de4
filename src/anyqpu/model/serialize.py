"""Conversion of the model's objects to dictionaries of JSON types, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache, partial
from types import NoneType, UnionType
from typing import Any, ClassVar, Self, Union, cast, get_args, get_origin, get_type_hints

from anyqpu._json import VERSION, json_fields
from anyqpu.errors import ValidationError


class JsonForm:
    """A class with `to_dict` and `from_dict`; pydantic and FastAPI use them to write, validate and document it."""

    __slots__ = ()
    _json_more: ClassVar[Mapping[str, Any]] = {}
    """Types of the keys that a class writes besides its fields."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from anyqpu.model.schema import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        from anyqpu.model.schema import json_schema

        return json_schema(cls)


class Serializable(JsonForm):
    """A dataclass with `to_dict` and `from_dict`, which follow the types of its fields."""

    __slots__ = ()
    _json_keys: ClassVar[Mapping[str, str]] = {
        "device_id": "device",
        "session_id": "session",
        "reservation_id": "reservation",
    }
    """Keys in JSON of the fields whose key is not their name."""
    _json_derived: ClassVar[tuple[str, ...]] = ()
    """Attributes that are not fields: written for readers, and ignored when read back."""

    def to_dict(self) -> dict[str, Any]:
        """Return the object in JSON types, as the command line prints it with `--json`.

        Times are RFC 3339, durations are seconds, amounts of money exact texts with their currency, complex numbers
        `[real, imaginary]`. `v` is the version of this form. The client and `raw` are left out. A number that JSON
        does not have, such as NaN, is None.
        """
        return {"v": VERSION, **json_fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the object that `to_dict` was called on, without its client and `raw`. Unknown keys are ignored.

        Raises:
            ValidationError: A field is missing or of another type, or the form is of a later version.
        """
        return cast("Self", read_fields(cls, check_version(cls, data), cls.__name__))


def check_version(kind: type[Any], data: Any) -> Mapping[str, Any]:
    """Return a dictionary of a version that is known; raises `ValidationError` for anything else."""
    if not isinstance(data, Mapping):
        raise ValidationError(f"invalid {kind.__name__}: expected a dictionary, not {type(data).__name__}")
    mapping = cast("Mapping[str, Any]", data)
    if (version := mapping.get("v", VERSION)) != VERSION:
        raise ValidationError(
            f"invalid {kind.__name__}: the version {str(version)[:20]!r} is not supported",
            hint=f"This release of anyqpu reads version {VERSION}",
        )
    return mapping


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

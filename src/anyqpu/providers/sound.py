"""Make the static types of a response true: fields of another type than documented are left out.

Generated models keep whatever a server sends. `sound` returns the same model if every field has its documented type,
and otherwise a copy without the odd values, each counted as drift. What reads a sound model needs no checks of its
own: `model.shots` is a whole number, `UNSET`, or None where the document allows null.
"""

from __future__ import annotations

import ast
import copy
import inspect
import math
from collections.abc import Callable, Collection
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, cast

from anyqpu_raw._core import UNSET, ApiModel, Unset

from anyqpu import drift

T = TypeVar("T")

# Longer integers fit no field of any document, and cannot be turned into text or time.
LARGEST = 2**64
_ODD = object()
_SCALARS = {"str", "int", "float", "bool", "datetime", "date"}

Fit = Callable[[Any], Any]
"""Returns a value of the documented type, the same one if it fits; `UNSET` if it stands for nothing, else `_ODD`."""


def sound(model: T, *, as_sent: Collection[str] = ()) -> T:
    """Return the model, or a copy without the values that have another type than the document says.

    Numbers must be finite, integers at most 64 bits long, texts valid Unicode. A null that the document does not allow
    is read as a field that was not sent. What is not a generated model is returned as it is.

    Args:
        model: What a provider sent.
        as_sent: Attributes that are left alone, because their reader understands more types than the document names.
    """
    if not isinstance(model, ApiModel):
        return model
    fitting: Any = None
    for name, key, fit in _plan(type(model)):
        value = getattr(model, name)
        found = fit(value)
        if found is value or name in as_sent:
            continue
        if fitting is None:
            fitting = copy.copy(model)
        if found is _ODD:
            note_type(cast("type[ApiModel]", type(model)), key)
            found = UNSET
        setattr(fitting, name, found)
    return model if fitting is None else cast("T", fitting)


def note_type(model: type[ApiModel], key: str) -> None:
    """Count a field of another type than documented."""
    parts = model.__module__.split(".")
    drift.note(parts[1] if len(parts) > 1 else parts[0], "type", model.__name__, key)


@cache
def _plan(model: type[Any]) -> tuple[tuple[str, str, Fit], ...]:
    """(attribute, JSON key, check) of each field."""
    types: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        types |= inspect.get_annotations(base)
    return tuple((name, key, _fit_of(str(types.get(name, "Any")), model, key)) for name, key in model.FIELDS)


def _fit_of(annotation: str, model: type[ApiModel], key: str) -> Fit:
    return _compiled(ast.parse(f"({annotation})", mode="eval").body, model, key)


def _members(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return _members(node.left) + _members(node.right)
    return [node]


def _compiled(node: ast.expr, model: type[ApiModel], key: str) -> Fit:
    """A check for one annotation, such as `list[Job] | None | Unset`."""
    names: set[str] = set()
    items: list[Fit] = []
    values: list[Fit] = []
    nullable = False
    for member in _members(node):
        match member:
            case ast.Constant(value=None):
                nullable = True
            case ast.Subscript(value=ast.Name(id="list"), slice=element):
                items.append(_compiled(element, model, key))
            case ast.Subscript(value=ast.Name(id="dict"), slice=ast.Tuple(elts=[_, element])):
                values.append(_compiled(element, model, key))
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(attr=name):
                names.add(name)
            case _:
                names.add("Any")
    if "Any" in names:
        return _anything
    others = frozenset(names - _SCALARS - {"Unset"})
    scalars = frozenset(names & _SCALARS)

    def fit(value: Any) -> Any:
        if value is None:
            return None if nullable else UNSET
        match value:
            case Unset():
                return value
            case Enum():
                return value if type(value).__name__ in others or "str" in scalars else _ODD
            case ApiModel():
                return sound(value) if type(value).__name__ in others else _ODD
            case list():
                return _elements(cast("list[Any]", value), items, model, key)
            case dict():
                return _values(cast("dict[Any, Any]", value), values, model, key)
            case _:
                return _scalar(value, scalars)

    return fit


def _anything(value: Any) -> Any:
    return value


def _scalar(value: Any, allowed: frozenset[str]) -> Any:
    found: Any = _ODD
    match value:
        case bool():
            found = value if "bool" in allowed else _ODD
        case str() if "str" in allowed:
            found = value if value.isascii() or _is_unicode(value) else _ODD
        case int() if "int" in allowed or "float" in allowed:
            found = value if -LARGEST < value < LARGEST else _ODD
        case float() if math.isfinite(value):
            if "float" in allowed:
                found = value
            elif "int" in allowed and value.is_integer() and -LARGEST < value < LARGEST:
                # JSON does not tell 12.0 from 12.
                found = int(value)
        case datetime() if "datetime" in allowed:
            # The zero value of Go's times, year 1, stands for "never".
            found = value if value.year > 1 else UNSET
        case date() if "date" in allowed and not isinstance(value, datetime):
            found = value
        case _:
            pass
    return found


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _elements(value: list[Any], fits: list[Fit], model: type[ApiModel], key: str) -> Any:
    if not fits:
        return _ODD
    found = [_first(fits, element) for element in value]
    if all(new is old for new, old in zip(found, value, strict=True)):
        return value
    if any(element is _ODD or element is UNSET for element in found):
        note_type(model, f"{key}[]")
    return [element for element in found if element is not _ODD and element is not UNSET]


def _values(value: dict[Any, Any], fits: list[Fit], model: type[ApiModel], key: str) -> Any:
    if not fits:
        return _ODD
    found = {name: _first(fits, element) for name, element in value.items()}
    if all(found[name] is element for name, element in value.items()):
        return value
    if any(element is _ODD or element is UNSET for element in found.values()):
        note_type(model, f"{key}[]")
    return {name: element for name, element in found.items() if element is not _ODD and element is not UNSET}


def _first(fits: list[Fit], value: Any) -> Any:
    """The value as the first alternative that takes it has it."""
    for fit in fits:
        found = fit(value)
        if found is not _ODD:
            return found
    return _ODD

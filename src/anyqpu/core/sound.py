"""Make the static types of a response true: fields of another type than documented are left out.

Generated models keep whatever a server sends. `sound` returns the same model if every field has its documented type,
and otherwise a copy without the odd values, each counted as drift. What reads a sound model needs no checks of its
own: `model.shots` is a whole number, `UNSET`, or None where the document allows null.
"""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeVar, cast

from anyqpu_raw._core import UNSET, ApiModel, Unset

from anyqpu import drift
from anyqpu.core.usual import FIRST_YEAR, LAST_YEAR, UsualCheck, annotations_of, is_unicode, kinds_of, members_of

T = TypeVar("T")

# Longer integers fit no field of any document, and cannot be turned into text or time.
LARGEST = 2**64
_ODD = object()
_SCALARS = {"str", "int", "float", "bool", "datetime", "date"}

Fit = Callable[[Any], Any]
"""Returns a value of the documented type, the same one if it fits; `UNSET` if it stands for nothing, else `_ODD`."""


@dataclass(slots=True)
class _Plan:
    """How a model is checked: all its fields at once, then, where that is not enough, one after another."""

    fits: Callable[[Any], bool]
    """Returns whether all fields without parts fit, as far as a quick check can say."""
    with_parts: tuple[tuple[str, str, Fit], ...]
    """Those of `fields` that `fits` leaves out: models, and lists of them."""
    fields: tuple[tuple[str, str, Fit], ...]
    """(attribute, JSON key, check) of each field."""


def sound(model: T, *, as_sent: Collection[str] = ()) -> T:
    """Return the model, or a copy without the values that have another type than the document says.

    Numbers must be finite, integers at most 64 bits long, texts valid Unicode. A null that the document does not allow
    is read as a field that was not sent, and so is a time in the first or last year of the calendar. What is not a
    generated model is returned as it is.

    Args:
        model: What a provider sent.
        as_sent: Attributes that are left alone, because their reader understands more types than the document names.
    """
    subject: Any = model
    try:
        if subject._fits:
            return model
    except AttributeError:
        # Not a model, or one that was not made from what a server sent.
        if not isinstance(model, ApiModel):
            return model
    plan = _plans.get(model.__class__)
    if plan is None:
        plan = _plans[model.__class__] = _new_plan(model.__class__)
    try:
        fields = plan.with_parts if plan.fits(model) else plan.fields
    except TypeError:
        # A field that is not a text is among the texts.
        fields = plan.fields
    return _checked(model, fields, as_sent) if fields else model


def _checked(model: T, fields: tuple[tuple[str, str, Fit], ...], as_sent: Collection[str]) -> T:
    """Check one field after another."""
    fitting: Any = None
    for name, key, fit in fields:
        if name in as_sent:
            continue
        value = getattr(model, name)
        fitted = fit(value)
        if fitted is value:
            continue
        if fitting is None:
            fitting = copy.copy(model)
        if fitted is _ODD:
            note_type(model.__class__, key)
            fitted = UNSET
        setattr(fitting, name, fitted)
    return model if fitting is None else fitting


def note_type(model: type[Any], key: str) -> None:
    """Count a field of another type than documented."""
    parts = model.__module__.split(".")
    drift.note(parts[1] if len(parts) > 1 else parts[0], "type", model.__name__, key)


def _new_plan(model: type[Any]) -> _Plan:
    annotations = annotations_of(model)
    fields = tuple(
        (name, key, _compiled(node, model, key)) for (name, key), node in zip(model.FIELDS, annotations, strict=True)
    )
    check = UsualCheck(model)
    with_parts: list[tuple[str, str, Fit]] = []
    for field, annotation in zip(fields, annotations, strict=True):
        kinds = kinds_of(annotation)
        nulls = ("UNSET", "None") if "None" in kinds else ("UNSET",)
        if not check.add(kinds - {"None", "Unset"}, "v", nulls, first=f"(v := m.{field[0]})"):
            with_parts.append(field)
    fits: Callable[[Any], bool] = eval(f"lambda m: {check.expression()}", check.names)  # noqa: S307
    return _Plan(fits, tuple(with_parts), fields)


_plans: dict[type[Any], _Plan] = {}


def _is_short(value: int) -> bool:
    return -LARGEST < value < LARGEST


def _compiled(node: ast.expr, model: type[Any], key: str) -> Fit:
    """A check for one annotation, such as `list[Job] | None | Unset`."""
    names: set[str] = set()
    items: list[Fit] = []
    values: list[Fit] = []
    nullable = False
    for member in members_of(node):
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
                of_type = type(value).__name__ in others or "str" in scalars
                return value if of_type and _scalar(value, {"str", "int"}) is value else _ODD
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


def _scalar(value: Any, allowed: Collection[str]) -> Any:
    result: Any = _ODD
    match value:
        case bool():
            result = value if "bool" in allowed else _ODD
        case str() if "str" in allowed:
            result = value if is_unicode(value) else _ODD
        case int() if "int" in allowed or "float" in allowed:
            result = value if _is_short(value) else _ODD
        case float() if math.isfinite(value):
            if "float" in allowed:
                result = value
            elif "int" in allowed and value.is_integer() and -LARGEST < value < LARGEST:
                # In JSON 12.0 and 12 are the same number.
                result = int(value)
        case datetime() if "datetime" in allowed:
            result = value if FIRST_YEAR < value.year < LAST_YEAR else UNSET
        case date() if "date" in allowed and not isinstance(value, datetime):
            result = value
        case _:
            pass
    return result


def _elements(value: list[Any], fits: list[Fit], model: type[Any], key: str) -> Any:
    if not fits:
        return _ODD
    elements = [_first(fits, element) for element in value]
    if all(new is old for new, old in zip(elements, value, strict=True)):
        return value
    if any(element is _ODD or element is UNSET for element in elements):
        note_type(model, f"{key}[]")
    return [element for element in elements if element is not _ODD and element is not UNSET]


def _values(value: dict[Any, Any], fits: list[Fit], model: type[Any], key: str) -> Any:
    if not fits:
        return _ODD
    values = {name: _first(fits, element) for name, element in value.items()}
    if all(values[name] is element for name, element in value.items()):
        return value
    if any(element is _ODD or element is UNSET for element in values.values()):
        note_type(model, f"{key}[]")
    return {name: element for name, element in values.items() if element is not _ODD and element is not UNSET}


def _first(fits: list[Fit], value: Any) -> Any:
    """The value as the first alternative that takes it has it."""
    for fit in fits:
        fitted = fit(value)
        if fitted is not _ODD:
            return fitted
    return _ODD

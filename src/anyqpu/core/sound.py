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
import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from types import ModuleType
from typing import Any, TypeVar, cast

from anyqpu_raw._core import UNSET, ApiModel, Unset

from anyqpu import drift

T = TypeVar("T")

# Longer integers fit no field of any document, and cannot be turned into text or time.
LARGEST = 2**64
_ODD = object()
_SCALARS = {"str", "int", "float", "bool", "datetime", "date"}
# Servers write "never" as the first or the last year of the calendar; arithmetic with those overflows.
_FIRST_YEAR, _LAST_YEAR = 1, 9999

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
    plan = _plans.get(model.__class__)
    if plan is None:
        if not isinstance(model, ApiModel):
            return model
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
    types: dict[str, str] = {}
    for base in reversed(model.__mro__):
        types |= inspect.get_annotations(base)
    annotations = [ast.parse(f"({types.get(name, 'Any')})", mode="eval").body for name, _ in model.FIELDS]
    fields = tuple(
        (name, key, _compiled(node, model, key)) for (name, key), node in zip(model.FIELDS, annotations, strict=True)
    )
    check = _QuickCheck(model)
    with_parts = tuple(field for field, node in zip(fields, annotations, strict=True) if not check.add(field[0], node))
    return _Plan(check.compiled(), with_parts, fields)


_plans: dict[type[Any], _Plan] = {}


def _members(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return _members(node.left) + _members(node.right)
    return [node]


# Expressions that are true for most values `v` of a type, whose class is that of the type.
_QUICK = {
    # The interpreter compares whole numbers of up to 30 bits in a fraction of the time.
    "int": f"{-(2**30)} < v < {2**30}",
    "float": "isfinite(v)",
    "bool": "True",
    "datetime": f"{_FIRST_YEAR} < v.year < {_LAST_YEAR}",
    "date": "True",
    "dict[str, Any]": "True",
}


class _QuickCheck:
    """Builds the expression that is true if fields fit, for most values that do.

    A loop over the fields takes four times as long. Texts are joined, which fails for values of another type.
    """

    def __init__(self, model: type[Any]) -> None:
        self._model = model
        self._texts: list[str] = []
        self._others: list[str] = []
        self._names: dict[str, Any] = {
            "UNSET": UNSET,
            "date": date,
            "datetime": datetime,
            "is_unicode": is_unicode,
            "isfinite": math.isfinite,
        }

    def add(self, name: str, annotation: ast.expr) -> bool:
        """Add a field; return false if it has parts, such as another model."""
        kinds = {ast.unparse(member) for member in _members(annotation)}
        missing = "(v is UNSET or v is None)" if "None" in kinds else "v is UNSET"
        kinds -= {"None", "Unset"}
        value = f"(v := m.{name})"
        if "Any" in kinds:
            return True
        if kinds == {"str"}:
            self._texts.append(f"'' if {missing.replace('v', value, 1)} else v")
        elif kinds == {"list[str]"}:
            self._texts.append(f"''.join(v) if {value}.__class__ is list else '' if {missing} else None")
        elif kinds <= _QUICK.keys():
            checks = [f"v.__class__ is {kind.partition('[')[0]} and {_QUICK[kind]}" for kind in sorted(kinds)]
            if "float" in kinds and "int" not in kinds:
                checks.append(f"v.__class__ is int and {_QUICK['int']}")
            self._others.append(f"({' or '.join([*checks, missing])})".replace("v", value, 1))
        elif len(kinds) == 1 and (words := _enum_of(kinds.pop(), self._model)):
            self._names[f"words_{name}"] = words
            self._texts.append(f"v if {value}.__class__ is words_{name} else '' if {missing} else None")
        else:
            return False
        return True

    def compiled(self) -> Callable[[Any], bool]:
        """Return the check; it raises `TypeError` where a value that is not a text is in the place of one."""
        joined = f"((texts := ''.join(({', '.join(self._texts)},))).isascii() or is_unicode(texts))"
        checks = [*([joined] if self._texts else []), *self._others]
        check: Callable[[Any], bool] = eval(f"lambda m: {' and '.join(checks) or True}", self._names)  # noqa: S307
        return check


def _enum_of(name: str, model: type[Any]) -> type[Enum] | None:
    """The enum of words that an annotation names: models import the modules of those that they refer to."""
    for module in vars(sys.modules[model.__module__]).values():
        words = getattr(module, name, None) if isinstance(module, ModuleType) else None
        if isinstance(words, type) and issubclass(words, Enum) and issubclass(words, str):
            return words
    return None


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded; JSON may hold half of a surrogate pair, which cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_short(value: int) -> bool:
    return -LARGEST < value < LARGEST


def _compiled(node: ast.expr, model: type[Any], key: str) -> Fit:
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
            result = value if _FIRST_YEAR < value.year < _LAST_YEAR else UNSET
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

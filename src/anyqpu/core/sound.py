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
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from enum import Enum
from operator import attrgetter, itemgetter
from types import ModuleType, NoneType
from typing import Any, NamedTuple, TypeVar, cast

from anyqpu_raw._core import UNSET, ApiModel, Unset

from anyqpu import drift

T = TypeVar("T")

# Longer integers fit no field of any document, and cannot be turned into text or time.
LARGEST = 2**64
_MOST_ALIKE = 200
_ODD = object()
_SCALARS = {"str", "int", "float", "bool", "datetime", "date"}
# Servers write "never" as the first or the last year of the calendar; arithmetic with those overflows.
_FIRST_YEAR, _LAST_YEAR = 1, 9999

Fit = Callable[[Any], Any]
"""Returns a value of the documented type, the same one if it fits; `UNSET` if it stands for nothing, else `_ODD`."""
Quick = Mapping[type, Callable[[Any], bool] | None]
"""A quick check for the type of a value, which accepts most values that fit; None: all values of the type fit."""


class _Plan(NamedTuple):
    """How a model is checked: all its fields at once, then those that need a closer look."""

    values: Callable[[Any], tuple[Any, ...]]
    quick: tuple[Quick, ...]
    fields: tuple[tuple[str, str, Fit], ...]
    """(attribute, JSON key, check) of each field."""
    alike: dict[tuple[type, ...], _Alike]
    """The checks of models that came before, by the types of their fields."""


class _Alike(NamedTuple):
    """The quick checks of all models whose fields have the same types."""

    has_quick: bool
    """Whether each field has a quick check."""
    texts: Callable[[tuple[Any, ...]], tuple[str, ...]] | None
    others: tuple[tuple[int, Callable[[Any], bool]], ...]

    def fits(self, values: tuple[Any, ...]) -> bool:
        """Return whether all fields fit, as far as quick checks can say."""
        if not self.has_quick or (self.texts is not None and not "".join(self.texts(values)).isascii()):
            return False
        return all(check(values[place]) for place, check in self.others)


def _alike(plan: _Plan, types: tuple[type, ...]) -> _Alike:
    checks = [quick.get(kind, _odd) for kind, quick in zip(types, plan.quick, strict=True)]
    texts = [place for place, check in enumerate(checks) if check is str.isascii]
    others = [(place, check) for place, check in enumerate(checks) if check is not None and check is not str.isascii]
    return _Alike(_odd not in checks, itemgetter(*texts) if texts else None, tuple(others))


def _odd(_: Any) -> bool:
    return False


def sound(model: T, *, as_sent: Collection[str] = ()) -> T:
    """Return the model, or a copy without the values that have another type than the document says.

    Numbers must be finite, integers at most 64 bits long, texts valid Unicode. A null that the document does not allow
    is read as a field that was not sent, and so is a time in the first or last year of the calendar. What is not a
    generated model is returned as it is.

    Args:
        model: What a provider sent.
        as_sent: Attributes that are left alone, because their reader understands more types than the document names.
    """
    if not isinstance(model, ApiModel):
        return model
    plan = _plan(cast("type[Any]", model.__class__))
    values = plan.values(model)
    types = tuple(map(type, values))
    alike = plan.alike.get(types)
    if alike is None and len(plan.alike) < _MOST_ALIKE:
        alike = plan.alike[types] = _alike(plan, types)
    # Models with fields of the same types are checked with two or three calls.
    if alike is not None and alike.fits(values):
        return model
    return cast("T", _checked(model, plan, values, as_sent))


def _checked(model: ApiModel, plan: _Plan, values: tuple[Any, ...], as_sent: Collection[str]) -> ApiModel:
    """Check one field after another."""
    fitting: Any = None
    place = -1
    for value, quick in zip(values, plan.quick, strict=True):
        place += 1
        try:
            fits = quick[value.__class__]
        except KeyError:
            pass
        else:
            if fits is None or fits(value):
                continue
        name, key, fit = plan.fields[place]
        if name in as_sent:
            continue
        fitted = fit(value)
        if fitted is value:
            continue
        if fitting is None:
            fitting = copy.copy(model)
        if fitted is _ODD:
            note_type(cast("type[Any]", model.__class__), key)
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
    names = [name for name, _ in model.FIELDS]
    annotations = [ast.parse(f"({types.get(name, 'Any')})", mode="eval").body for name in names]

    def one_by_one(instance: Any) -> tuple[Any, ...]:
        return tuple(getattr(instance, name) for name in names)

    return _Plan(
        # Many times faster, but it returns a tuple for two names and more only.
        attrgetter(*names) if len(names) > 1 else one_by_one,
        tuple(_quick(node, model) for node in annotations),
        tuple(
            (name, key, _compiled(node, model, key))
            for (name, key), node in zip(model.FIELDS, annotations, strict=True)
        ),
        {},
    )


_plans: dict[type[Any], _Plan] = {}


def _plan(model: type[Any]) -> _Plan:
    plan = _plans.get(model)
    if plan is None:
        plan = _plans[model] = _new_plan(model)
    return plan


def _members(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BinOp):
        return _members(node.left) + _members(node.right)
    return [node]


def _quick(node: ast.expr, model: type[Any]) -> Quick:
    checks: dict[type, Callable[[Any], bool] | None] = {Unset: None}
    for member in _members(node):
        match ast.unparse(member):
            case "None":
                checks[NoneType] = None
            case "bool":
                checks[bool] = None
            case "str":
                checks[str] = str.isascii
            case "int":
                checks[int] = _is_short
            case "float":
                checks[float] = math.isfinite
                checks.setdefault(int, _is_short)
            case "list[str]":
                checks[list] = _are_ascii
            case "dict[str, Any]":
                checks[dict] = None
            case name:
                words = _enum_of(name, model)
                if words is not None:
                    checks[words] = str.isascii
    return checks


def _enum_of(name: str, model: type[Any]) -> type[Enum] | None:
    """The enum of words that an annotation names: models import the modules of those that they refer to."""
    for module in vars(sys.modules[model.__module__]).values():
        words = getattr(module, name, None) if isinstance(module, ModuleType) else None
        if isinstance(words, type) and issubclass(words, Enum) and issubclass(words, str):
            return words
    return None


def _is_short(value: int) -> bool:
    return -LARGEST < value < LARGEST


def _are_ascii(values: list[Any]) -> bool:
    try:
        return "".join(values).isascii()
    except TypeError:
        return False


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


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded; JSON may hold half of a surrogate pair, which cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


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

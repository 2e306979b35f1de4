"""Whether the fields of a value have the types that its class documents."""

from __future__ import annotations

import collections.abc
import dataclasses
import typing
from datetime import datetime
from functools import cache
from types import UnionType
from typing import Any

MOST_ELEMENTS = 50


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The type of each public field; without those whose type is known to type checkers only."""
    names = [field.name for field in dataclasses.fields(kind) if not field.name.startswith("_") and field.name != "raw"]
    space = _everything()
    hints: dict[str, Any] = {}
    for name in names:
        owner = next(class_ for class_ in kind.__mro__ if name in vars(class_).get("__annotations__", {}))
        try:
            hints[name] = eval(vars(owner)["__annotations__"][name], {**vars(typing), **space, **_module(owner)})
        except NameError:
            continue
    return hints


def _module(kind: type) -> dict[str, Any]:
    import sys

    return dict(vars(sys.modules[kind.__module__]))


@cache
def _everything() -> dict[str, Any]:
    import anyqpu.model.calibration
    import anyqpu.model.counts
    import anyqpu.model.money
    import anyqpu.model.reservation
    import anyqpu.model.result

    classes: dict[str, Any] = {}
    for module in (
        anyqpu.model.calibration,
        anyqpu.model.counts,
        anyqpu.model.money,
        anyqpu.model.reservation,
        anyqpu.model.result,
    ):
        classes |= {name: class_ for name, class_ in vars(module).items() if isinstance(class_, type)}
    return classes


def misfit(value: Any) -> tuple[str, str] | None:
    """The first field that is not of its type, and what it is; None if all are."""
    kind = type(value)
    for name, hint in hints_of(kind).items():
        held = getattr(value, name)
        if not fits(held, hint):
            return f"{kind.__name__}.{name} is of another type", f": {_words(held)}"
        if isinstance(held, datetime) and held.tzinfo is None:
            return f"{kind.__name__}.{name} is a datetime without zone", ""
    return None


def _words(value: Any) -> str:
    if isinstance(value, tuple | list) and value:
        return f"a {type(value).__name__} of {type(value[0]).__name__}"
    return f"a {type(value).__name__}"


def fits(value: Any, hint: Any) -> bool:
    """Whether a value is of a type."""
    if hint is None:
        return value is None
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin is not None:
        return _fits_generic(value, origin, arguments)
    if hint is Any or not isinstance(hint, type):
        return True
    if isinstance(value, bool):
        return hint in (bool, object)
    return isinstance(value, int | float) if hint is float else isinstance(value, hint)


def _fits_generic(value: Any, origin: Any, arguments: tuple[Any, ...]) -> bool:
    if origin in (typing.Union, UnionType):
        return any(fits(value, argument) for argument in arguments)
    if origin is typing.Literal:
        return value in arguments
    if not isinstance(value, origin):
        return False
    if issubclass(origin, collections.abc.Mapping):
        some = list(value.items())[:MOST_ELEMENTS]
        return all(fits(key, arguments[0]) and fits(element, arguments[1]) for key, element in some)
    if origin is tuple and arguments[-1] is not Ellipsis:
        return len(value) == len(arguments) and all(map(fits, value, arguments))
    if issubclass(origin, collections.abc.Collection):
        return all(fits(element, arguments[0]) for element in list(value)[:MOST_ELEMENTS])
    return True

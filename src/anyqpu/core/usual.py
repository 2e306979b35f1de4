"""Checks and readers of models, compiled from the documented types of their fields.

Most objects that a server sends fit their document. One expression finds that out in a fraction of the time that a loop
over the fields takes, and a function that is made for the keys of most objects reads and checks an object at once.
"""

from __future__ import annotations

import ast
import inspect
import math
import sys
from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from operator import itemgetter
from types import ModuleType
from typing import Any, cast

from anyqpu_raw._core import UNSET, UsualReader, decode_date, decode_datetime, set_reader_compiler

# Servers write "never" as the first or the last year of the calendar; arithmetic with those overflows.
FIRST_YEAR, LAST_YEAR = 1, 9999
# Expressions that are true for most values `v` of a type, whose class is that of the type.
_USUAL = {
    # The interpreter compares whole numbers of up to 30 bits in a fraction of the time.
    "int": f"{-(2**30)} < v < {2**30}",
    "float": "isfinite(v)",
    "bool": "True",
    "datetime": f"{FIRST_YEAR} < v.year < {LAST_YEAR}",
    "date": "True",
    "dict[str, Any]": "True",
}
_DECODERS = {"datetime": decode_datetime, "date": decode_date}


def is_unicode(text: str) -> bool:
    """Whether a text can be encoded; JSON may hold half of a surrogate pair, which cannot."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def annotations_of(model: Any) -> list[ast.expr]:
    """Return the documented type of each field of a model, in the order of `FIELDS`."""
    types: dict[str, str] = {}
    for base in reversed(model.__mro__):
        types |= inspect.get_annotations(base)
    return [ast.parse(f"({types.get(name, 'Any')})", mode="eval").body for name, _ in model.FIELDS]


def members_of(annotation: ast.expr) -> list[ast.expr]:
    """Return the members of a union; any other type is its own only one."""
    if isinstance(annotation, ast.BinOp):
        return members_of(annotation.left) + members_of(annotation.right)
    return [annotation]


def kinds_of(annotation: ast.expr) -> set[str]:
    """Return the members of a union as they are written."""
    return {ast.unparse(member) for member in members_of(annotation)}


def words_of(kinds: set[str], model: Any) -> type[Enum] | None:
    """Return the enum of words that a type is; models import the modules of the classes that they refer to."""
    if len(kinds) != 1:
        return None
    (name,) = kinds
    for module in vars(sys.modules[model.__module__]).values():
        words = getattr(module, name, None) if isinstance(module, ModuleType) else None
        if isinstance(words, type) and issubclass(words, Enum) and issubclass(words, str):
            return words
    return None


class UsualCheck:
    """Builds the expression that is true if values fit their documented types, for most values that do.

    Texts are joined, which raises `TypeError` for values of another type.
    """

    def __init__(self, model: Any) -> None:
        self._model = model
        self._texts: list[str] = []
        self._others: list[str] = []
        self.names: dict[str, Any] = {
            **{"UNSET": UNSET, "date": date, "datetime": datetime},
            **{"is_unicode": is_unicode, "isfinite": math.isfinite},
        }
        """The values of the names in the expression."""

    def add(self, kinds: set[str], value: str, nulls: tuple[str, ...], *, first: str | None = None) -> bool:
        """Add a value; return false if it has parts, such as another model.

        Args:
            kinds: Its documented types.
            value: The variable that has it.
            nulls: What it may be instead: `UNSET` and `None`.
            first: An expression that sets the variable; None where it is set.
        """
        first = first or value
        is_null = " or ".join(f"{value} is {null}" for null in nulls) or "False"
        if "Any" in kinds:
            return True
        if kinds == {"str"}:
            self._texts.append(f"'' if {is_null.replace(value, first, 1)} else {value}" if nulls else first)
        elif kinds == {"list[str]"}:
            self._texts.append(f"''.join({value}) if {first}.__class__ is list else '' if {is_null} else None")
        elif kinds <= _USUAL.keys():
            checks = [f"v.__class__ is {kind.partition('[')[0]} and {_USUAL[kind]}" for kind in sorted(kinds)]
            if "float" in kinds and "int" not in kinds:
                checks.append(f"v.__class__ is int and {_USUAL['int']}")
            usual = " or ".join(checks).replace("v.", f"{value}.").replace("(v)", f"({value})")
            usual = usual.replace("< v <", f"< {value} <")
            self._others.append(f"({usual} or {is_null})".replace(value, first, 1))
        elif words := words_of(kinds, self._model):
            name = f"words{len(self.names)}"
            self.names[name] = words
            self._texts.append(f"{value} if {first}.__class__ is {name} else '' if {is_null} else None")
        else:
            return False
        return True

    def require(self, condition: str) -> None:
        """Add a condition."""
        self._others.append(condition)

    def expression(self) -> str:
        """Return the expression; it raises `TypeError` where a value that is not a text is in the place of one."""
        joined = f"((texts := ''.join(({', '.join(self._texts)},))).isascii() or is_unicode(texts))"
        return " and ".join([*([joined] if self._texts else []), *self._others]) or "True"


def compiled_reader(model: Any, source: Mapping[str, Any]) -> UsualReader | None:
    """Return a function that reads objects with the keys of `source`; None where that does not pay.

    The function is for objects of as many keys. It returns None for other keys, and for values that do not fit.
    """
    check = UsualCheck(model)
    keys: list[str] = []
    decoded: list[str] = []
    stored: list[str] = []
    for (name, key), annotation in zip(model.FIELDS, annotations_of(model), strict=True):
        if key not in source:
            stored.append(f"{name} = UNSET")
            continue
        value, types = f"v{len(keys)}", kinds_of(annotation)
        keys.append(key)
        null = "None" if types & {"None", "Any"} else "UNSET"
        may_be_null, kinds = null == "None" or key not in model.REQUIRED, types - {"None", "Unset"}
        stored.append(f"{name} = UNSET if {value} is None else {value}" if null == "UNSET" else f"{name} = {value}")
        if words := words_of(kinds, model):
            # Words that the document does not have, which are reported, are not usual.
            nulls = {None: None} if may_be_null else {}
            check.names[f"read_{value}"] = {**{word.value: word for word in words}, **nulls}
            decoded.append(f"{value} = read_{value}[{value}]")
            continue
        if len(kinds) == 1 and (decode := _DECODERS.get(*kinds)):
            check.names[f"read_{value}"] = decode
            decoded.append(f"{value} = None if {value} is None else read_{value}({value})")
        if not check.add(kinds, value, ("None",) if may_be_null else ()):
            if not may_be_null or source[key] is not None:
                return None
            check.require(f"{value} is None")
    if len(keys) < 2 or len(keys) != len(source):
        return None
    lines = [
        "def read(model_class, source):",
        "    try:",
        f"        {', '.join(f'v{number}' for number in range(len(keys)))} = values(source)",
        *(f"        {line}" for line in decoded),
        f"        if not ({check.expression()}):",
        "            return None",
        "    except (KeyError, TypeError):",
        "        return None",
        "    model = new(model_class)",
        *(f"    model.{line}" for line in [*stored, "_extra = None", "_fits = True"]),
        "    return model",
    ]
    names: dict[str, Any] = {**check.names, "values": itemgetter(*keys), "new": object.__new__}
    exec("\n".join(lines), names)  # noqa: S102
    return cast("UsualReader", names["read"])


set_reader_compiler(compiled_reader)

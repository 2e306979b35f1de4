"""Values of a parametrised sequence: numbers, variables, and arithmetic on them, element by element."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, ProgramTooLargeError, UnsupportedProgramError

_DEEPEST = 200
_LONGEST = 100_000
_LATEST = 1e15
_MOST_WORK = 5_000_000
"""Elements that all expressions of a sequence compute together: a second of work."""

_UNARY: dict[str, Callable[[float], float]] = {
    "neg": lambda x: -x,
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": round,
    "sqrt": math.sqrt,
    "exp": math.exp,
    "log2": math.log2,
    "log": math.log,
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "tanh": math.tanh,
}
_BINARY: dict[str, Callable[[float, float], float]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "mod": lambda x, y: x % y,
    "pow": math.pow,
}


class Values:
    """The variables of a sequence with the values that a job gives them."""

    def __init__(self, declared: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """`declared` is the sequence's own list; a job may give a list or, for one element, a number.

        Raises:
            InvalidProgramError: A value is not a number, or a variable has another number of elements.
        """
        self._values: dict[str, list[float]] = {}
        self._declared = set(declared)
        self._work = 0
        for name, details in declared.items():
            value = values.get(name)
            if value is not None:
                self._values[name] = _assigned(name, details if is_object(details) else {}, value)

    def number(self, value: Any, label: str) -> float:
        """Return a single number."""
        numbers = self.numbers(value, label)
        if len(numbers) != 1:
            raise InvalidProgramError(f"{label} should be one number, not {len(numbers)}")
        return numbers[0]

    def index(self, value: Any, label: str) -> int:
        """Return a single whole number; computed ones may be off by rounding."""
        number = self.number(value, label)
        if abs(number - round(number)) > 1e-6:
            raise InvalidProgramError(f"{label} should be a whole number, not {number!r}")
        return round(number)

    def duration(self, value: Any, label: str) -> int:
        """Return nanoseconds; as in Pulser, a part of a nanosecond is cut off."""
        number = self.number(value, label)
        if abs(number) > _LATEST:
            raise InvalidProgramError(f"{label}: {number:g} ns is not a duration that any device has")
        return int(number)

    def numbers(self, value: Any, label: str, depth: int = 0) -> list[float]:
        """Return a list of numbers; a single number is a list of one."""
        if depth > _DEEPEST:
            raise InvalidProgramError(f"{label}: the expression is nested too deeply, beyond {_DEEPEST} levels")
        if is_list(value):
            if len(value) > _LONGEST:
                raise ProgramTooLargeError(f"{label}: a list of {len(value)} numbers; {_LONGEST} are computed")
            self._spend(len(value), label)
            return [self.number(item, label) if is_object(item) else _finite(item, label) for item in value]
        if not is_object(value):
            return [_finite(value, label)]
        if "variable" in value:
            return self._variable(value["variable"], label)
        return self._expression(value, label, depth)

    def _variable(self, name: Any, label: str) -> list[float]:
        if not isinstance(name, str) or name not in self._declared:
            raise InvalidProgramError(f"{label}: the variable {name!r} is not declared in the sequence")
        if name not in self._values:
            raise InvalidProgramError(f"{label}: the job gives no value for the variable {name!r}")
        return self._values[name]

    def _expression(self, node: Mapping[str, Any], label: str, depth: int) -> list[float]:
        kind = node.get("expression")
        left = self.numbers(node.get("lhs"), label, depth + 1)
        try:
            if isinstance(kind, str) and kind in _UNARY:
                self._spend(len(left), label)
                return [_finite(_UNARY[kind](x), label) for x in left]
            right = self.numbers(node.get("rhs"), label, depth + 1)
            self._spend(max(len(left), len(right)), label)
            if kind == "index":
                return [left[_place(place, len(left), label)] for place in right]
            if isinstance(kind, str) and kind in _BINARY:
                return [_finite(_BINARY[kind](x, y), label) for x, y in _pairs(left, right, label)]
        except (ArithmeticError, ValueError) as error:
            raise InvalidProgramError(f"{label}: cannot compute {kind!r}: {error}") from None
        raise UnsupportedProgramError(f"{label}: the expression {kind!r} is not known")

    def _spend(self, elements: int, label: str) -> None:
        self._work += elements
        if self._work > _MOST_WORK:
            raise ProgramTooLargeError(f"{label}: the sequence's expressions have more than {_MOST_WORK} elements")


def _assigned(name: str, details: Mapping[str, Any], value: Any) -> list[float]:
    """The elements of a variable: as many as are declared, and whole ones where it is declared `int`."""
    items: list[Any] = value if is_list(value) else [value]
    label = f"the variable {name!r}"
    declared = details.get("value")
    if is_list(declared) and len(declared) != len(items):
        raise InvalidProgramError(f"{label} has {len(declared)} elements, and {len(items)} are given")
    if len(items) > _LONGEST:
        raise ProgramTooLargeError(f"{label}: a list of {len(items)} numbers; {_LONGEST} are computed")
    numbers = [_finite(item, label) for item in items]
    return [float(int(number)) for number in numbers] if details.get("type") == "int" else numbers


def _pairs(left: list[float], right: list[float], label: str) -> list[tuple[float, float]]:
    if len(left) == 1:
        left = left * len(right)
    if len(right) == 1:
        right = right * len(left)
    if len(left) != len(right):
        raise InvalidProgramError(f"{label}: lists of {len(left)} and {len(right)} numbers do not go together")
    return list(zip(left, right, strict=True))


def _place(value: float, size: int, label: str) -> int:
    """An index, which counts from the end where it is negative."""
    if value != int(value) or not -size <= value < size:
        raise InvalidProgramError(f"{label}: the index {value:g} is not one of {size} elements")
    return int(value)


def _finite(value: Any, label: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InvalidProgramError(f"{label} should be a number, not {spelled(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InvalidProgramError(f"{label} should be finite")
    return number


def spelled(value: Any) -> str:
    """Return what a JSON value is, in JSON's words: for messages."""
    if value is None:
        return "null or missing"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "a list" if is_list(value) else "an object" if is_object(value) else f"{value!r:.40}"

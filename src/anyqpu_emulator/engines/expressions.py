"""Values of a parametrised sequence: numbers, variables, and arithmetic on them, element by element."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from anyqpu_emulator.shapes import is_list, is_object

from .errors import InvalidProgramError, UnsupportedProgramError

_DEEPEST = 50
_LONGEST = 100_000

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

    def __init__(self, declared: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """`declared` is the sequence's own list; a job may give a list or, for one element, a number."""
        self._values: dict[str, list[float]] = {}
        self._declared = set(declared)
        for name in declared:
            value = given.get(name)
            if value is not None:
                items: list[Any] = value if is_list(value) else [value]
                self._values[name] = [_finite(item, f"the variable {name!r}") for item in items]

    def number(self, value: Any, what: str) -> float:
        """A single number."""
        numbers = self.numbers(value, what)
        if len(numbers) != 1:
            raise InvalidProgramError(f"{what} should be one number, not {len(numbers)}")
        return numbers[0]

    def integer(self, value: Any, what: str) -> int:
        """A single whole number; computed ones may be off by rounding."""
        number = self.number(value, what)
        if abs(number - round(number)) > 1e-6:
            raise InvalidProgramError(f"{what} should be a whole number, not {number!r}")
        return round(number)

    def numbers(self, value: Any, what: str, depth: int = 0) -> list[float]:
        """A list of numbers; a lone number is a list of one."""
        if depth > _DEEPEST:
            raise InvalidProgramError(f"{what}: the expression is nested too deeply")
        if is_list(value):
            if len(value) > _LONGEST:
                raise InvalidProgramError(f"{what}: a list of {len(value)} numbers is too long")
            return [self.number(item, what) if is_object(item) else _finite(item, what) for item in value]
        if not is_object(value):
            return [_finite(value, what)]
        if "variable" in value:
            return self._variable(value["variable"], what)
        return self._expression(value, what, depth)

    def _variable(self, name: Any, what: str) -> list[float]:
        if not isinstance(name, str) or name not in self._declared:
            raise InvalidProgramError(f"{what}: the variable {name!r} is not declared in the sequence")
        if name not in self._values:
            raise InvalidProgramError(f"{what}: the job gives no value for the variable {name!r}")
        return self._values[name]

    def _expression(self, node: Mapping[str, Any], what: str, depth: int) -> list[float]:
        kind = node.get("expression")
        left = self.numbers(node.get("lhs"), what, depth + 1)
        try:
            if isinstance(kind, str) and kind in _UNARY:
                return [_finite(_UNARY[kind](x), what) for x in left]
            right = self.numbers(node.get("rhs"), what, depth + 1)
            if kind == "index":
                return [left[_place(place, what)] for place in right]
            if isinstance(kind, str) and kind in _BINARY:
                return [_finite(_BINARY[kind](x, y), what) for x, y in _pairs(left, right, what)]
        except (ArithmeticError, ValueError, IndexError) as error:
            raise InvalidProgramError(f"{what}: cannot compute {kind!r}: {error}") from None
        raise UnsupportedProgramError(f"{what}: the expression {kind!r} is not known")


def _pairs(left: list[float], right: list[float], what: str) -> list[tuple[float, float]]:
    if len(left) == 1:
        left = left * len(right)
    if len(right) == 1:
        right = right * len(left)
    if len(left) != len(right):
        raise InvalidProgramError(f"{what}: lists of {len(left)} and {len(right)} numbers do not go together")
    return list(zip(left, right, strict=True))


def _place(value: float, what: str) -> int:
    if value != int(value) or value < 0:
        raise InvalidProgramError(f"{what}: an index should be 0 or a positive whole number, not {value!r}")
    return int(value)


def _finite(value: Any, what: str) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InvalidProgramError(f"{what} should be a number, not {type(value).__name__}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise InvalidProgramError(f"{what} should be finite")
    return number

"""Built-in functions and constants of OpenQASM 3 (specification, "Mathematical functions")."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from .operators import Binary, binary, real_power
from .types import FLOAT, INT, UINT, ArrayType, Scalar, Type, TypeMismatchError, bits_of, conversion, radians

CONSTANTS = {
    "pi": math.pi,
    "π": math.pi,
    "tau": 2 * math.pi,
    "τ": 2 * math.pi,
    "euler": math.e,
    "ℇ": math.e,
}
_REAL: dict[str, Callable[[float], float]] = {
    "arccos": math.acos,
    "arcsin": math.asin,
    "arctan": math.atan,
    # Results of these two are floats in the specification's table.
    "ceiling": lambda value: float(math.ceil(value)),
    "floor": lambda value: float(math.floor(value)),
    "cos": math.cos,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "tan": math.tan,
}
_TWO = ("mod", "pow", "rotl", "rotr")
NAMES: dict[int, frozenset[str]] = {
    2: frozenset(("cos", "exp", "ln", "sin", "sqrt", "tan")),
    3: frozenset((*_REAL, *_TWO, "popcount")) - {"ln"},
}
"""The names of functions in each version; `sizeof` is not among them: it takes a type, not a value."""


def function(name: str, of: Sequence[Type]) -> tuple[Scalar, Callable[..., Any]]:
    """A built-in function for arguments of these types. Raises TypeMismatchError where it has none."""
    wanted = 2 if name in _TWO else 1
    if len(of) != wanted:
        raise TypeMismatchError(f"{name} takes {wanted} argument{'s' if wanted > 1 else ''}, not {len(of)}")
    scalars: list[Scalar] = []
    for one in of:
        if isinstance(one, ArrayType):
            raise TypeMismatchError(f"{name} does not apply to {one}")
        scalars.append(one)
    first = scalars[0]
    if name == "popcount":
        if first.kind not in ("bit", "uint"):
            raise TypeMismatchError(f"popcount needs bits or an unsigned integer, not {first}")
        return UINT, _popcount
    if name == "mod":
        return binary("%", first, scalars[1])
    if name == "pow":
        return _power(first, scalars[1])
    if name in ("rotl", "rotr"):
        return _rotation(name, first, scalars[1])
    return FLOAT, _real(name, first)


def _popcount(value: int) -> int:
    return int(value).bit_count()


def _real(name: str, of: Scalar) -> Callable[[Any], float]:
    number, compute = radians(of), _REAL[name]

    def call(value: Any) -> float:
        try:
            return compute(number(value))
        except (ValueError, OverflowError):
            raise TypeMismatchError(f"{name}({number(value):g}) has no finite value") from None

    return call


def _power(base: Scalar, exponent: Scalar) -> Binary:
    if base.kind in ("int", "uint") and exponent.kind in ("int", "uint"):
        return binary("**", base, exponent)
    first, second = radians(base), radians(exponent)
    return FLOAT, lambda a, b: real_power(first(a), second(b))


def _rotation(name: str, of: Scalar, places: Scalar) -> Binary:
    if of.kind not in ("bit", "uint") or (of.width is None and of.kind != "bit"):
        raise TypeMismatchError(f"{name} needs bits with a size, not {of}")
    conversion(places, INT)
    width = of.width or 1
    sign = 1 if name == "rotl" else -1

    def rotate(value: int, count: Any) -> int:
        left = sign * int(count) % width
        return bits_of(value << left | value >> (width - left), width)

    return of, rotate

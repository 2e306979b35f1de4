"""Classical types of OpenQASM 3 and the conversions between them (specification, "Types and Casting").

A value is kept as Python's int (integers, bits, angles of a given size as multiples of 2π/2ⁿ), float (also angles
without a size, in radians) or bool.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

TAU = 2 * math.pi


@dataclass(frozen=True, slots=True)
class Scalar:
    """bool, int, uint, float, angle, bit or duration; `width` None is the type without a size."""

    kind: str
    width: int | None = None

    def __str__(self) -> str:
        return self.kind if self.width is None else f"{self.kind}[{self.width}]"


@dataclass(frozen=True, slots=True)
class ArrayType:
    """An array; values are flat tuples, the last dimension running fastest."""

    element: Scalar
    dimensions: tuple[int, ...]

    def __str__(self) -> str:
        return f"array[{self.element}, {', '.join(map(str, self.dimensions))}]"


Type: TypeAlias = Scalar | ArrayType

BOOL = Scalar("bool")
BIT = Scalar("bit")
INT = Scalar("int")
UINT = Scalar("uint")
FLOAT = Scalar("float")
ANGLE = Scalar("angle")
DURATION = Scalar("duration")
NUMBERS = ("bool", "int", "uint", "float", "angle", "bit")


class TypeMismatchError(Exception):
    """What types do not allow; the message is in the user's terms."""


class NotComputedError(Exception):
    """What is allowed and has no value here; the message names it."""


class TooWideError(Exception):
    """A number with more bits than the limit."""


def default(of: Type) -> Any:
    """The value of a variable that has none yet. The specification leaves it open; here it is zero."""
    if isinstance(of, ArrayType):
        return (default(of.element),) * math.prod(of.dimensions)
    return 0.0 if of.kind == "float" or of == ANGLE else False if of.kind == "bool" else 0


def bits_of(value: int, width: int) -> int:
    """The lowest bits of an integer, as an unsigned one."""
    return value & ((1 << width) - 1)


def signed(value: int, width: int) -> int:
    """An integer in two's complement."""
    value &= (1 << width) - 1
    return value - (1 << width) if value >> (width - 1) else value


def radians(of: Scalar) -> Callable[[Any], float]:
    """From a number of this type to a float; an angle is in radians."""
    if of.kind == "angle" and of.width is not None:
        step = TAU / (1 << of.width)
        return lambda value: value * step
    if of.kind == "duration":
        raise TypeMismatchError("a duration cannot be used as a number")
    if of.kind == "bit" and of.width not in (None, 1):
        raise TypeMismatchError(f"{of} cannot be used as a number; cast it, as in uint[{of.width}](…)")
    return float


def wrap(of: Scalar) -> Callable[[int], int] | None:
    """What brings an integer into the range of an integer type; None where there is no size."""
    if of.width is None:
        return None
    width = of.width
    if of.kind == "int":
        return lambda value: signed(value, width)
    return lambda value: bits_of(value, width)


def to_angle(value: float, width: int | None) -> int | float:
    """An angle from radians, modulo 2π."""
    if not math.isfinite(value):
        raise TypeMismatchError("an angle cannot be infinite")
    if width is None:
        return value % TAU
    return round(math.remainder(value, TAU) / TAU * (1 << width)) % (1 << width)


def _resize(value: int, old: int, new: int) -> int:
    """An angle with another size: zeros are added, or the lowest bits are cut off."""
    return value << (new - old) if new >= old else value >> (old - new)


def _to_integer(target: Scalar) -> Callable[[Any], int]:
    limit = wrap(target)

    def convert(value: Any) -> int:
        if isinstance(value, float) and not math.isfinite(value):
            raise TypeMismatchError(f"{value} cannot become an integer")
        number = int(value)
        if limit is not None:
            return limit(number)
        return number if target.kind == "int" or number >= 0 else bits_of(number, 64)

    return convert


def conversion(source: Type, target: Type) -> Callable[[Any], Any] | None:
    """The function that converts values, or None where they stay as they are.

    Raises TypeMismatchError where the types cannot be converted.
    """
    if source == target:
        return None
    if isinstance(source, ArrayType) or isinstance(target, ArrayType):
        return _array_conversion(source, target)
    refused = TypeMismatchError(f"{source} cannot become {target}")
    if (source.kind == "duration") != (target.kind == "duration"):
        raise refused
    match target.kind:
        case "duration":
            return None
        case "bool":
            return bool
        case "int" | "uint":
            if source.kind == "angle":
                raise refused
            return _to_integer(target)
        case "float":
            if source.kind == "bit":
                raise TypeMismatchError(f"{source} cannot become {target}; cast it to an integer first")
            return radians(source)
        case "bit":
            return _to_bits(source, target, refused)
        case _:
            return _to_angle(source, target, refused)


def _array_conversion(source: Type, target: Type) -> Callable[[Any], Any] | None:
    if not isinstance(source, ArrayType) or not isinstance(target, ArrayType) or source.dimensions != target.dimensions:
        raise TypeMismatchError(f"{source} cannot become {target}")
    element = conversion(source.element, target.element)
    return None if element is None else lambda values: tuple(element(value) for value in values)


def _to_bits(source: Scalar, target: Scalar, refused: TypeMismatchError) -> Callable[[Any], int] | None:
    width = 1 if target.width is None else target.width
    if source.kind == "bit":
        if (source.width or 1) != width:
            raise refused
        return None
    if source.kind == "bool":
        if width != 1:
            raise refused
        return int
    if source.kind == "float" or source == ANGLE:
        raise refused
    if source.kind == "angle":
        old = source.width or 0
        return lambda value: _resize(value, old, width)
    if target.width is None:
        return lambda value: int(value != 0) if value in (0, 1) else bits_of(value, 1)
    return lambda value: bits_of(value, width)


def _to_angle(source: Scalar, target: Scalar, refused: TypeMismatchError) -> Callable[[Any], Any]:
    width = target.width
    if source.kind == "bit":
        if width is None:
            raise refused
        old, new = source.width or 1, width
        return lambda value: _resize(value, old, new)
    if source.kind == "angle" and source.width is not None and width is not None:
        before, after = source.width, width
        return lambda value: _resize(value, before, after)
    number = radians(source)
    return lambda value: to_angle(number(value), width)

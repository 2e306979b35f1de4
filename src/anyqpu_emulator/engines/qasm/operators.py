"""Operators of OpenQASM 3: from the types of the operands to the type of the result and the function that computes it.

Integers divide as integers, towards zero, as in C. OpenQASM 2 has reals only, which need nothing of their own.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any, TypeAlias

from .limits import MAX_WIDTH
from .types import (
    ANGLE,
    BOOL,
    FLOAT,
    INT,
    TAU,
    UINT,
    ArrayType,
    NotComputedError,
    Scalar,
    TooWideError,
    Type,
    TypeMismatchError,
    bits_of,
    conversion,
    radians,
    to_angle,
    wrap,
)

Unary: TypeAlias = tuple[Scalar, Callable[[Any], Any]]
Binary: TypeAlias = tuple[Scalar, Callable[[Any, Any], Any]]

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_BITWISE: dict[str, Callable[[int, int], int]] = {
    "&": lambda a, b: a & b,
    "|": lambda a, b: a | b,
    "^": lambda a, b: a ^ b,
}
_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def unary(op: str, of: Type) -> Unary:
    """`-`, `~` or `!` before a value of this type."""
    if isinstance(of, ArrayType):
        raise TypeMismatchError(f"'{op}' does not apply to {of}")
    if op == "!":
        return BOOL, operator.not_
    if op == "-":
        return _negative(of)
    if of.kind == "bool":
        return BOOL, operator.not_
    if of.kind in ("bit", "uint", "int", "angle") and (of.width is not None or of.kind == "bit"):
        width = of.width or 1
        if of.kind == "int":
            return of, operator.invert
        return of, lambda value: bits_of(~value, width)
    raise TypeMismatchError(f"'~' needs a type with a size, not {of}")


def _negative(of: Scalar) -> Unary:
    if of.kind == "duration":
        return of, lambda value: value
    if of.kind == "angle":
        width = of.width
        if width is None:
            return of, lambda value: -value % TAU
        return of, lambda value: bits_of(-value, width)
    if of.kind == "float":
        return of, operator.neg
    if of.kind == "uint" and of.width is not None:
        width = of.width
        return of, lambda value: bits_of(-value, width)
    if of.kind in ("int", "uint", "bool") or of == Scalar("bit"):
        return (of if of.kind == "int" else INT), lambda value: -int(value)
    raise TypeMismatchError(f"'-' does not apply to {of}; cast it, as in int[{of.width}](…)")


def binary(op: str, left: Type, right: Type) -> Binary:
    """An operator between values of these types.

    The function raises TypeMismatchError for values that have no result (division by zero) and TooWideError.
    """
    if isinstance(left, ArrayType) or isinstance(right, ArrayType):
        raise TypeMismatchError(f"'{op}' does not apply to {left if isinstance(left, ArrayType) else right}")
    if op in ("&&", "||"):
        first, second = _truth(left), _truth(right)
        if op == "&&":
            return BOOL, lambda a, b: first(a) and second(b)
        return BOOL, lambda a, b: first(a) or second(b)
    if "duration" in (left.kind, right.kind):
        return _of_durations(op, left, right)
    if op in _COMPARISONS:
        return BOOL, _comparison(op, left, right)
    if op in _BITWISE:
        return _bitwise(op, left, right)
    if op in ("<<", ">>"):
        return _shift(op, left, right)
    return _arithmetic(op, left, right)


def _truth(of: Scalar) -> Callable[[Any], bool]:
    conversion(of, BOOL)
    return bool


def _of_durations(op: str, left: Scalar, right: Scalar) -> Binary:
    """Durations have no effect on outcomes here, so their sums are not computed, and nothing may depend on them."""
    both = left.kind == right.kind
    if (op in ("+", "-") and both) or (op == "*" and not both) or (op == "/" and right.kind != "duration"):
        return Scalar("duration"), lambda _a, _b: 0.0
    if both and (op in _COMPARISONS or op == "/"):
        raise NotComputedError("comparisons and quotients of durations, whose values are not known here")
    raise TypeMismatchError(f"'{op}' does not apply to {left} and {right}")


# ---- comparisons


def _comparison(op: str, left: Scalar, right: Scalar) -> Callable[[Any, Any], bool]:
    compare = _COMPARISONS[op]
    if "angle" in (left.kind, right.kind):
        if left.kind == right.kind == "angle" and left.width == right.width:
            return compare
        first, second = radians(left), radians(right)
        return lambda a, b: compare(first(a), second(b))
    for one, other in ((left, right), (right, left)):
        if one.kind == "bit" and (one.width or 1) > 1 and other.kind in ("bool", "float"):
            raise TypeMismatchError(f"'{op}' between {left} and {right}; compare a register with an integer")
    if op in ("==", "!="):
        for sized, constant, swapped in ((left, right, False), (right, left, True)):
            if sized.kind == "int" and sized.width is not None and constant == INT:
                return _same_bits(op, sized.width, swapped)
    return compare


def _same_bits(op: str, width: int, swapped: bool) -> Callable[[Any, Any], bool]:
    """An int[n] against a plain integer: 3 and -1 are the same int[2].

    The specification's own example (qec.qasm) compares int[2] of two bits with 3.
    """
    lowest, highest, equal = -(1 << (width - 1)), 1 << width, op == "=="

    def compare(a: int, b: int) -> bool:
        value, constant = (b, a) if swapped else (a, b)
        same = lowest <= constant < highest and bits_of(value, width) == bits_of(constant, width)
        return same == equal

    return compare


# ---- bits


def _bitwise(op: str, left: Scalar, right: Scalar) -> Binary:
    function = _BITWISE[op]
    kinds = {left.kind, right.kind}
    if "float" in kinds or ANGLE in (left, right):
        raise TypeMismatchError(f"'{op}' needs bits or integers, not {left} and {right}")
    if kinds == {"bool"}:
        return BOOL, function
    if kinds in ({"bit"}, {"angle"}):
        if (left.width or 1) != (right.width or 1):
            raise TypeMismatchError(f"'{op}' needs two operands of the same size, not {left} and {right}")
        return left, function
    if "angle" in kinds:
        raise TypeMismatchError(f"'{op}' does not apply to {left} and {right}")
    if "bit" in kinds:
        of, other = (left, right) if left.kind == "bit" else (right, left)
        if other.kind == "bool" and (of.width or 1) > 1:
            raise TypeMismatchError(f"'{op}' does not apply to {left} and {right}")
        width = of.width or 1
        return of, lambda a, b: bits_of(function(int(a), int(b)), width)
    result = _integer(left, right)
    limit = wrap(result)
    if limit is None:
        return result, lambda a, b: function(int(a), int(b))
    return result, lambda a, b: limit(function(int(a), int(b)))


def _shift(op: str, left: Scalar, right: Scalar) -> Binary:
    if right.kind not in ("int", "uint", "bool", "bit") or left.kind in ("bool", "float") or left == ANGLE:
        raise TypeMismatchError(f"'{op}' does not apply to {left} and {right}")
    width = 1 if left == Scalar("bit") else left.width
    limit = wrap(left) if width is not None else None

    def shift(value: int, places: int) -> int:
        if places < 0:
            raise TypeMismatchError(f"'{op}' by {places}: a shift cannot be negative")
        if op == ">>":
            return value >> min(places, MAX_WIDTH + 1)
        if width is None:
            return _bounded(value.bit_length() + places, lambda: value << places)
        moved = bits_of(value << min(places, width), width)
        return limit(moved) if limit is not None else moved

    return left, shift


# ---- arithmetic


def _integer(left: Scalar, right: Scalar) -> Scalar:
    """The type of a result of two integers: signed where one is, with a size where both have one."""
    kind = "uint" if left.kind == right.kind == "uint" else "int"
    sized = [of for of in (left, right) if of.kind in ("int", "uint")]
    if len(sized) == 2 and left.width is not None and right.width is not None:
        return Scalar(kind, max(left.width, right.width))
    return Scalar(kind)


def _bounded(bits: int, compute: Callable[[], int]) -> int:
    if bits > MAX_WIDTH:
        raise TooWideError(f"an integer of about {bits} bits is more than the limit of {MAX_WIDTH}")
    return compute()


def _arithmetic(op: str, left: Scalar, right: Scalar) -> Binary:
    for of in (left, right):
        if of.kind == "bit" and of.width is not None:
            raise TypeMismatchError(f"'{op}' does not apply to {of}; cast it, as in uint[{of.width}](…)")
    kinds = {left.kind, right.kind}
    if "angle" in kinds and "float" not in kinds:
        angle_result = _of_angles(op, left, right)
        if angle_result is not None:
            return angle_result
    if kinds & {"float", "angle"}:
        return _of_reals(op, left, right)
    result = _integer(left, right)
    if op == "**":
        return _integer_power(result)
    limit = wrap(result)
    function = {"/": _divide, "%": _remainder}.get(op) or _checked(op)
    if limit is None:
        return result, lambda a, b: function(int(a), int(b))
    return result, lambda a, b: limit(function(int(a), int(b)))


def _checked(op: str) -> Callable[[int, int], int]:
    function = _ARITHMETIC[op]
    if op != "*":
        return lambda a, b: _bounded(max(a.bit_length(), b.bit_length()), lambda: function(a, b))
    return lambda a, b: _bounded(a.bit_length() + b.bit_length(), lambda: a * b)


def _divide(a: int, b: int) -> int:
    if b == 0:
        raise TypeMismatchError("division by zero")
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def _remainder(a: int, b: int) -> int:
    return a - b * _divide(a, b)


def _integer_power(result: Scalar) -> Binary:
    def power(base: int, exponent: int) -> int:
        base, exponent = int(base), int(exponent)
        if exponent < 0:
            raise TypeMismatchError(
                f"the power of an integer by the negative integer {exponent}; write {base}.0 ** {exponent}"
            )
        size = 1 if abs(base) < 2 else exponent * (abs(base).bit_length() - 1) + 1
        return _bounded(size, lambda: base ** (exponent if abs(base) > 1 else exponent & 1 or min(exponent, 2)))

    limit = wrap(result)
    return result, (power if limit is None else lambda a, b: limit(power(a, b)))


def _of_angles(op: str, left: Scalar, right: Scalar) -> Binary | None:
    """What stays an angle: sums of angles, and angles times or divided by integers. None for the rest."""
    both = left.kind == right.kind
    if both and op in ("+", "-"):
        if left.width is None or right.width is None:
            first, second, function = radians(left), radians(right), _ARITHMETIC[op]
            return ANGLE, lambda a, b: to_angle(function(first(a), second(b)), None)
        width = max(left.width, right.width)
        ups, downs, add = width - left.width, width - right.width, _ARITHMETIC[op]
        return Scalar("angle", width), lambda a, b: bits_of(add(a << ups, b << downs), width)
    if both and op == "/" and left.width == right.width and left.width is not None:
        return UINT, _divide
    angle, number = (left, right) if left.kind == "angle" else (right, left)
    if both or number.kind not in ("int", "uint") or op not in ("*", "/") or (op == "/" and right.kind == "angle"):
        return None
    return angle, _scaled(op, angle.width, swapped=left.kind != "angle")


def _scaled(op: str, width: int | None, *, swapped: bool) -> Callable[[Any, Any], Any]:
    def scale(a: Any, b: Any) -> Any:
        angle, number = (b, a) if swapped else (a, b)
        if op == "*":
            return to_angle(angle * number, None) if width is None else bits_of(angle * number, width)
        if number == 0:
            raise TypeMismatchError("division by zero")
        return to_angle(angle / number, None) if width is None else bits_of(_divide(angle, number), width)

    return scale


def _of_reals(op: str, left: Scalar, right: Scalar) -> Binary:
    first, second = radians(left), radians(right)
    function = {"/": _real_divide, "%": _real_remainder, "**": real_power}.get(op) or _ARITHMETIC[op]

    def compute(a: Any, b: Any) -> float:
        value = function(first(a), second(b))
        if not math.isfinite(value):
            raise TypeMismatchError(f"'{op}' has no finite result here")
        return float(value)

    return FLOAT, compute


def _real_divide(a: float, b: float) -> float:
    if b == 0:
        raise TypeMismatchError("division by zero")
    return a / b


def _real_remainder(a: float, b: float) -> float:
    if b == 0:
        raise TypeMismatchError("division by zero")
    return math.fmod(a, b)


def real_power(a: float, b: float) -> float:
    """A real power; one that is complex, infinite or undefined is refused."""
    try:
        value = a**b
    except (OverflowError, ZeroDivisionError):
        raise TypeMismatchError(f"{a:g} to the power {b:g} has no finite value") from None
    if isinstance(value, complex):
        raise TypeMismatchError(f"{a:g} to the power {b:g} is not a real number")
    return float(value)

"""Values of constant expressions, by the rules of OpenQASM 2 or 3.

OpenQASM 2 has only real numbers. OpenQASM 3 divides integers to an integer, towards zero as C does, and has
bit strings. Angles keep their sign and are not reduced to one turn, as in Qiskit's importer.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, cast

from anyqpu_programs.limits import Limits
from anyqpu_programs.problems import InvalidError, NoFormError, TooLargeError


class BitString(NamedTuple):
    """Classical bits; bit 0 is the least significant of `value`."""

    width: int
    value: int


Value: TypeAlias = "int | float | bool | BitString | list[Value]"


class RuntimeBitsError(Exception):
    """The value of an expression depends on bits that are known only at run time."""

    def __init__(self, bits: Sequence[int]) -> None:
        super().__init__(bits)
        self.bits = tuple(bits)


class Names(Protocol):
    """The lookup of names in expressions."""

    def read(self, name: str, line: int | None) -> Value:
        """Return the value of a name; raises `RuntimeBitsError` for unknown bits."""
        ...

    def read_bit(self, name: str, index: Callable[[], Value], line: int | None) -> Value | None:
        """Return the value of an element of a bit register; None if the name is something else."""
        ...

    def name(self, written: str) -> str:
        """Return a name as the program has it."""
        ...

    def call(self, node: Any, line: int | None) -> Value:
        """Return the value of a subroutine."""
        ...

    def size_of(self, name: str, dimension: int, line: int | None) -> int:
        """Return the length of an array or register."""
        ...


CONSTANTS: Mapping[str, float] = {
    **{"pi": math.pi, "π": math.pi, "tau": math.tau, "τ": math.tau, "euler": math.e, "ℇ": math.e}
}
_REAL: Mapping[str, Callable[[float], float]] = {
    **{"sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "sqrt": math.sqrt},
    **{"arcsin": math.asin, "arccos": math.acos, "arctan": math.atan, "log": math.log},
}
_OF_2: Mapping[str, Callable[[float], float]] = {
    **{"sin": math.sin, "cos": math.cos, "tan": math.tan, "exp": math.exp, "ln": math.log, "sqrt": math.sqrt},
    # Qiskit's reader accepts these too.
    **{"asin": math.asin, "acos": math.acos, "atan": math.atan},
}
_COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    **{"==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
}
_BITWISE: Mapping[str, Callable[[int, int], int]] = {
    **{"&": lambda left, right: left & right, "|": lambda left, right: left | right},
    "^": lambda left, right: left ^ right,
}


def line_of(node: Any, offset: int = 0) -> int | None:
    """Return the line of a syntax tree node, from 1."""
    return None if node.span is None else int(node.span.start_line) + offset


class Evaluator:
    """Computes expressions of one language version."""

    def __init__(self, version: int, names: Names, limits: Limits) -> None:
        """`version` is the major version of OpenQASM."""
        self._names = names
        self._limits = limits
        self._two = version == 2
        self.offset = 0

    def number(self, node: Any, noun: str) -> float:
        """Return the value of an expression as a real number."""
        value = self.value(node)
        if isinstance(value, BitString | list):
            raise InvalidError(f"{noun} should be a number", line_of(node, self.offset))
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise InvalidError(f"{noun} should be a finite number", line_of(node, self.offset))
        return number

    def integer(self, node: Any, noun: str) -> int:
        """Return the value of an expression as an integer."""
        value = self.value(node)
        if isinstance(value, float) and value.is_integer() and self._two:
            value = int(value)
        if not isinstance(value, int):
            raise InvalidError(f"{noun} should be an integer", line_of(node, self.offset))
        return int(value)

    def value(self, node: Any) -> Value:
        """Return the value of an expression; raises a `ProgramProblem` or `RuntimeBitsError`."""
        line = line_of(node, self.offset)
        try:
            return self._bounded(self._value(node, line), line)
        except (ArithmeticError, ValueError) as error:
            reason = "a division by zero" if isinstance(error, ZeroDivisionError) else "a value outside its domain"
            raise InvalidError(f"an expression has {reason}", line) from None
        except TypeError:
            raise InvalidError("an expression mixes incompatible values", line) from None

    def _value(self, node: Any, line: int | None) -> Value:
        match type(node).__name__:
            case "IntegerLiteral":
                return self._literal(int(node.value), line)
            case "FloatLiteral":
                return float(node.value)
            case "BooleanLiteral":
                return bool(node.value)
            case "BitstringLiteral":
                return BitString(int(node.width), int(node.value))
            case "Identifier":
                return self._names.read(node.name, line)
            case "UnaryExpression":
                return self._unary(node.op.value, self.value(node.operand))
            case "BinaryExpression":
                return self._binary(node, line)
            case "FunctionCall":
                return self._function(node, line)
            case "Cast":
                return self.cast(self.value(node.operand), node.type, line)
            case "IndexExpression":
                return self._indexed(node, line)
            case "ArrayLiteral":
                return [self.value(value) for value in node.values]
            case kind:
                raise NoFormError(f"it has {_NAMES.get(kind, 'an unknown expression')}", line)

    def _literal(self, value: int, line: int | None) -> int | float:
        """Return an integer literal; in OpenQASM 2 it is a real number, which matters for large ones."""
        if value.bit_length() > self._limits.integer_bits // 4:
            raise InvalidError("a number has too many digits", line)
        return float(value) if self._two and value > 2**53 else value

    def _unary(self, sign: str, value: Value) -> Value:
        if sign == "!":
            return not _truth(value)
        if isinstance(value, list):
            raise TypeError
        if sign == "~":
            if isinstance(value, BitString):
                return BitString(value.width, ~value.value & ((1 << value.width) - 1))
            return not value if isinstance(value, bool) else ~_whole(value)
        if isinstance(value, BitString):
            raise TypeError
        return -value

    def _binary(self, node: Any, line: int | None) -> Value:
        sign: str = node.op.value
        left = self.value(node.lhs)
        if sign in ("&&", "||"):
            decided = _truth(left) is (sign == "||")
            return _truth(left) if decided else _truth(self.value(node.rhs))
        right = self.value(node.rhs)
        if sign in _COMPARE:
            return _COMPARE[sign](*_comparable(left, right))
        if sign in _BITWISE:
            return _bitwise(_BITWISE[sign], left, right)
        if sign in ("<<", ">>"):
            return self._shifted(sign, left, right, line)
        return self._arithmetic(sign, _plain(left), _plain(right), line)

    def _arithmetic(self, sign: str, left: float, right: float, line: int | None) -> int | float:
        whole = isinstance(left, int) and isinstance(right, int) and not self._two
        match sign:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "/":
                return _divided(int(left), int(right)) if whole else left / right
            case "%":
                return int(left) - int(right) * _divided(int(left), int(right)) if whole else math.fmod(left, right)
            case _:
                return self._power(left, right, line, whole=whole)

    def _power(self, left: float, right: float, line: int | None, *, whole: bool) -> int | float:
        if not whole or right < 0:
            return math.pow(left, right)
        if abs(left) > 1 and int(left).bit_length() * right > 4 * self._limits.integer_bits:
            raise TooLargeError(f"an integer has more than {self._limits.integer_bits:,} bits", line)
        return int(int(left) ** int(right))

    def _shifted(self, sign: str, left: Value, right: Value, line: int | None) -> Value:
        places = _whole(right)
        if places < 0:
            raise InvalidError("a shift is by a negative number of places", line)
        if places > self._limits.integer_bits:
            raise TooLargeError(f"a shift is by more than {self._limits.integer_bits:,} places", line)
        number = left.value if isinstance(left, BitString) else _whole(left)
        moved = number << places if sign == "<<" else number >> places
        return BitString(left.width, moved & ((1 << left.width) - 1)) if isinstance(left, BitString) else moved

    def _function(self, node: Any, line: int | None) -> Value:
        name: str = self._names.name(node.name.name)
        functions = _OF_2 if self._two else _REAL
        if name in functions:
            return functions[name](_plain(self._arguments(node, 1, line)[0]))
        if self._two:
            raise InvalidError(f"the function {name!r} is not defined", line)
        match name:
            case "floor" | "ceiling":
                number = _plain(self._arguments(node, 1, line)[0])
                return math.floor(number) if name == "floor" else math.ceil(number)
            case "mod":
                left, right = (_plain(argument) for argument in self._arguments(node, 2, line))
                return self._arithmetic("%", left, right, line)
            case "pow":
                left, right = (_plain(argument) for argument in self._arguments(node, 2, line))
                return self._arithmetic("**", left, right, line)
            case "popcount":
                value = self._arguments(node, 1, line)[0]
                return (value.value if isinstance(value, BitString) else _whole(value)).bit_count()
            case "rotl" | "rotr":
                bits, places = self._arguments(node, 2, line)
                return _rotated(bits, _whole(places) * (1 if name == "rotl" else -1))
            case "sizeof":
                return self._size_of(node, line)
            case "real" | "imag":
                raise NoFormError("it has complex numbers", line)
            case _:
                return self._names.call(node, line)

    def _size_of(self, node: Any, line: int | None) -> int:
        if type(node.arguments[0]).__name__ != "Identifier":
            raise InvalidError("'sizeof' takes the name of an array", line)
        dimension = self.integer(node.arguments[1], "a dimension") if len(node.arguments) > 1 else 0
        return self._names.size_of(node.arguments[0].name, dimension, line)

    def _arguments(self, node: Any, count: int, line: int | None) -> list[Value]:
        if len(node.arguments) != count:
            raise InvalidError(f"{node.name.name!r} takes {count} arguments, not {len(node.arguments)}", line)
        return [self.value(argument) for argument in node.arguments]

    def cast(self, value: Value, kind: Any, line: int | None) -> Value:
        """Convert a value to a type of the language; raises `InvalidError` for an invalid conversion."""
        name = type(kind).__name__
        if name == "ArrayType":
            if not isinstance(value, list):
                raise InvalidError("an array is made of something else", line)
            return [
                self.cast(element, kind.base, line) if not isinstance(element, list) else element for element in value
            ]
        if isinstance(value, list):
            raise InvalidError("an array is used as a single value", line)
        size = getattr(kind, "size", None)
        width = None if size is None else self.integer(size, "the width of a type")
        if width is not None and not 0 < width <= self._limits.integer_bits:
            raise TooLargeError(f"a type has {width} bits, and the limit is {self._limits.integer_bits}", line)
        match name:
            case "BoolType":
                return _truth(value)
            case "FloatType" | "AngleType":
                return float(_plain(value))
            case "IntType" | "UintType":
                return _wrapped(int(_plain(value)), width, signed=name == "IntType")
            case "BitType" if width is None:
                return _truth(value)
            case "BitType":
                number = value.value if isinstance(value, BitString) else int(_plain(value))
                return BitString(width or 1, number & ((1 << (width or 1)) - 1))
            case _:
                raise NoFormError(f"it has {_NAMES.get(name, 'an unknown type')}", line)

    def _indexed(self, node: Any, line: int | None) -> Value:
        node_index: Any = node.index
        index = cast("list[Any]", node_index) if isinstance(node_index, list) else list[Any]()
        if not index or any(type(part).__name__ == "Range" for part in index):
            raise NoFormError("it takes a slice of a value", line)
        if type(node.collection).__name__ == "Identifier" and len(index) == 1:
            bit = self._names.read_bit(node.collection.name, lambda: self.value(index[0]), line)
            if bit is not None:
                return bit
        value = self.value(node.collection)
        for part in index:
            place = self.integer(part, "an index")
            if isinstance(value, list):
                if not -len(value) <= place < len(value):
                    raise InvalidError(f"the index {place} is outside of the array", line)
                value = value[place]
            else:
                value = _bit_of(value, place, line)
        return value

    def _bounded(self, value: Value, line: int | None) -> Value:
        if isinstance(value, int) and value.bit_length() > self._limits.integer_bits:
            raise TooLargeError(f"an integer has more than {self._limits.integer_bits:,} bits", line)
        return value


_NAMES = {
    **{"DurationLiteral": "a duration", "DurationOf": "a duration", "ImaginaryLiteral": "complex numbers"},
    **{"HardwareQubit": "a qubit in an expression", "MeasureExpression": "a measurement in an expression"},
    **{"ComplexType": "complex numbers", "DurationType": "a duration", "StretchType": "a stretch"},
    **{"ArrayReferenceType": "a reference to an array", "QuantumCall": "a measurement by a calibration"},
}


def _truth(value: Value) -> bool:
    if isinstance(value, list):
        raise TypeError
    return bool(value.value) if isinstance(value, BitString) else bool(value)


def _plain(value: Value) -> int | float:
    if isinstance(value, list):
        raise TypeError
    return value.value if isinstance(value, BitString) else value


def _whole(value: Value) -> int:
    if not isinstance(value, int | BitString):
        raise TypeError
    return value.value if isinstance(value, BitString) else int(value)


def _comparable(left: Value, right: Value) -> tuple[Any, Any]:
    return _plain(left), _plain(right)


def _bitwise(compute: Callable[[int, int], int], left: Value, right: Value) -> Value:
    result = compute(_whole(left), _whole(right))
    widths = [operand.width for operand in (left, right) if isinstance(operand, BitString)]
    if widths:
        return BitString(max(widths), result & ((1 << max(widths)) - 1))
    return bool(result) if isinstance(left, bool) and isinstance(right, bool) else result


def _rotated(bits: Value, places: int) -> Value:
    if not isinstance(bits, BitString):
        raise TypeError
    left = places % bits.width
    moved = (bits.value << left) | (bits.value >> (bits.width - left))
    return BitString(bits.width, moved & ((1 << bits.width) - 1))


def _bit_of(value: Value, place: int, line: int | None) -> bool:
    width = value.width if isinstance(value, BitString) else None
    if isinstance(value, float) or not -(width or 0) <= place < (width or 4096):
        raise InvalidError(f"the index {place} is outside of the value", line)
    return bool(_whole(value) >> (place if place >= 0 else place + (width or 0)) & 1)


def _divided(left: int, right: int) -> int:
    quotient = abs(left) // abs(right)
    return quotient if (left < 0) == (right < 0) else -quotient


def _wrapped(value: int, width: int | None, *, signed: bool) -> int:
    """Return a number wrapped to the width of its type, if the type has one."""
    if width is None:
        return value
    value &= (1 << width) - 1
    return value - (1 << width) if signed and value >> (width - 1) else value

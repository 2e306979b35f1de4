"""Operands of statements: registers, elements, slices, sets, aliases and physical qubits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from anyqpu_programs.problems import InvalidError, TooLargeError
from anyqpu_programs.scope import Bits, Qubits, Scopes
from anyqpu_programs.values import Evaluator, line_of

_Register = TypeVar("_Register", Qubits, Bits)
_LONGEST_RANGE = 1_000_000


def selected(register: _Register, name: str, indices: Sequence[Any], values: Evaluator, line: int | None) -> _Register:
    """Return the elements of a register at the indices."""
    for index in indices:
        if register.single:
            raise InvalidError(f"{name!r} is a single {_noun(register)} and has no elements", line)
        elements = cast("list[Any]", index) if isinstance(index, list) else [index]
        if len(elements) != 1:
            raise InvalidError(f"{name!r} has one dimension", line)
        element, size = elements[0], len(register.at)
        kind = type(element).__name__
        if kind == "IntegerLiteral":
            places, single = [int(element.value)], True
        elif kind == "Range":
            places, single = numbers(element, size, values, line), False
        elif kind == "DiscreteSet":
            places, single = [values.integer(value, "an index") for value in element.values], False
        else:
            places, single = [values.integer(element, "an index")], True
        for place in places:
            if not -size <= place < size:
                noun = _noun(register)
                raise InvalidError(f"{name}[{place}] does not exist: {name!r} has {size} {noun}s", line)
        register = type(register)(tuple(register.at[place] for place in places), single)
    return register


def numbers(node: Any, size: int | None, values: Evaluator, line: int | None) -> list[int]:
    """Return the integers of a range, its end included; `size` completes ranges of indices."""
    step = 1 if node.step is None else values.integer(node.step, "a step")
    if step == 0:
        raise InvalidError("a range has a step of 0", line)
    ends = [None if end is None else values.integer(end, "an end of a range") for end in (node.start, node.end)]
    if size is None and None in ends:
        raise InvalidError("a range needs both of its ends", line)
    if size is not None:
        default = (0, size - 1) if step > 0 else (size - 1, 0)
        ends = [default[place] if end is None else end + size * (end < 0) for place, end in enumerate(ends)]
    start, end = ends
    if start is None or end is None:
        raise InvalidError("a range needs both of its ends", line)
    indices = range(start, end + (1 if step > 0 else -1), step)
    if len(indices) > _LONGEST_RANGE:
        raise TooLargeError(f"a range has {len(indices):,} numbers, and the limit is {_LONGEST_RANGE:,}", line)
    return list(indices)


def alias(node: Any, scopes: Scopes, values: Evaluator) -> Qubits | Bits:
    """Return the qubits or bits on the right side of `let`."""
    line = line_of(node, values.offset)
    match type(node).__name__:
        case "Identifier":
            entity = scopes.find(node.name)
            if not isinstance(entity, Qubits | Bits):
                raise InvalidError(f"{node.name!r} is not a register", line)
            return entity
        case "HardwareQubit":
            return scopes.qubits(node.name, line)
        case "IndexExpression":
            indices = [node.index]
            name = getattr(node.collection, "name", "the register")
            named = alias(node.collection, scopes, values)
            if isinstance(named, Qubits):
                return selected(named, str(name), indices, values, line)
            return selected(named, str(name), indices, values, line)
        case "Concatenation":
            left, right = alias(node.lhs, scopes, values), alias(node.rhs, scopes, values)
            if type(left) is not type(right):
                raise InvalidError("qubits and bits are put into one register", line)
            joined = type(left)(left.at + right.at, single=False)
            if len(set(joined.at)) != len(joined.at):
                raise InvalidError(f"a {_noun(joined)} is in a register twice", line)
            return joined
        case _:
            raise InvalidError("'let' takes registers, slices and their concatenation", line)


def broadcast(operands: Sequence[Qubits], noun: str, line: int | None) -> list[tuple[int, ...]]:
    """Return the qubits of each application of a gate, broadcast over registers."""
    sizes = sorted({len(operand.at) for operand in operands if not operand.single})
    if not sizes:
        calls = [tuple(operand.at[0] for operand in operands)]
    elif len(sizes) > 1:
        raise InvalidError(f"{noun} is applied to registers of {sizes[0]} and {sizes[-1]} qubits", line)
    else:
        columns = [operand.at * sizes[0] if operand.single else operand.at for operand in operands]
        calls = list(zip(*columns, strict=True))
    for qubits in calls:
        if len(set(qubits)) != len(qubits):
            raise InvalidError(f"{noun} is applied to a qubit twice", line)
    return calls


def _noun(register: Qubits | Bits) -> str:
    return "qubit" if isinstance(register, Qubits) else "bit"

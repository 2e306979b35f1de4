"""Conditions on measured bits, as sets of integers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from anyqpu_programs.circuit import Condition
from anyqpu_programs.problems import NoFormError, TooLargeError
from anyqpu_programs.scope import Bits, Scopes, Table
from anyqpu_programs.values import BitString, Evaluator, RuntimeBitsError, Value, line_of

_MOST_BITS = 12


def where(table: Table, holds: Callable[[Value], bool]) -> Condition:
    """Return the condition that `holds` is true of the value."""
    return Condition(table.bits, frozenset(place for place, value in enumerate(table.values) if holds(value)))


def condition(node: Any, scopes: Scopes, values: Evaluator) -> bool | Condition:
    """Return whether an expression is true: a bool, or a condition on bits.

    Raises `TooLargeError` if it depends on more than a dozen bits other than by one comparison.
    """
    compared = _register_compared(node, scopes, values)
    if compared is not None:
        return compared
    table = tabulated(node, scopes, values)
    if isinstance(table, Table):
        return where(table, truth)
    return truth(table)


def truth(value: Value) -> bool:
    """Return whether a value counts as true."""
    return bool(value.value) if isinstance(value, BitString) else bool(value)


def tabulated(node: Any, scopes: Scopes, values: Evaluator) -> Value | Table:
    """Return the value of an expression, or a table by the bits that it depends on."""
    try:
        return values.value(node)
    except RuntimeBitsError as error:
        bits = list(dict.fromkeys(error.bits))
    line = line_of(node, values.offset)
    before = scopes.assumed
    try:
        while True:
            if len(bits) > _MOST_BITS:
                raise TooLargeError(f"an expression depends on more than {_MOST_BITS} measured bits", line)
            try:
                return scopes.table(tuple(bits), list(_rows(node, bits, scopes, values)))
            except RuntimeBitsError as error:
                # An expression may read further bits depending on those read so far.
                more = [bit for bit in error.bits if bit not in bits]
                if not more:
                    raise NoFormError("an expression depends on a measurement", line) from None
                bits += more
    finally:
        scopes.assumed = before


def _rows(node: Any, bits: list[int], scopes: Scopes, values: Evaluator) -> Iterable[Value]:
    before = scopes.assumed
    for number in range(1 << len(bits)):
        scopes.assumed = {**before, **{bit: bool(number >> place & 1) for place, bit in enumerate(bits)}}
        yield values.value(node)


def _register_compared(node: Any, scopes: Scopes, values: Evaluator) -> bool | Condition | None:
    """Return `c == 5` or `c != 5` for a register of any size, as OpenQASM 2 writes them; else None."""
    if type(node).__name__ != "BinaryExpression" or node.op.value not in ("==", "!="):
        return None
    for one, other in ((node.lhs, node.rhs), (node.rhs, node.lhs)):
        register = scopes.find(one.name) if type(one).__name__ == "Identifier" else None
        if not isinstance(register, Bits) or len(set(register.at)) != len(register.at):
            continue
        try:
            scopes.number(register.at)
            return None
        except RuntimeBitsError:
            pass
        try:
            value = values.value(other)
        except RuntimeBitsError:
            return None
        number = value.value if isinstance(value, BitString) else value
        if isinstance(number, int):
            negated = node.op.value == "!="
            # A number outside the register's range is never its value.
            holds = 0 <= number < 1 << len(register.at)
            return Condition(register.at, frozenset((int(number),)), negated) if holds else negated
    return None

"""Classical values while a circuit runs: where they are, and expressions that are computed from them.

Classical bits are one integer, bit 0 the least significant; variables that measured bits have a part in are kept by
number. Every history of outcomes has its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

HIDDEN_BITS = 1 << 14
"""The number of the first classical bit that is not part of an outcome: bits inside blocks and subroutines."""


class Memory(Protocol):
    """What an expression is evaluated on."""

    bits: int
    values: dict[int, Any]


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that is known before the circuit runs."""

    value: Any


@dataclass(frozen=True, slots=True)
class Variable:
    """The value in a numbered place."""

    slot: int


@dataclass(frozen=True, slots=True)
class Bits:
    """`width` classical bits from `start` on, read as an unsigned integer."""

    start: int
    width: int


@dataclass(frozen=True, slots=True)
class Apply:
    """A function of other expressions; `depth` is how many of these are inside each other."""

    function: Callable[..., Any]
    arguments: tuple[Node, ...]
    depth: int


Node: TypeAlias = Constant | Variable | Bits | Apply


def apply(function: Callable[..., Any], *arguments: Node) -> Node:
    """The expression `function(*arguments)`, evaluated at once where all arguments are known."""
    if all(isinstance(argument, Constant) for argument in arguments):
        return Constant(function(*(argument.value for argument in arguments if isinstance(argument, Constant))))
    depth = 1 + max(argument.depth if isinstance(argument, Apply) else 0 for argument in arguments)
    return Apply(function, arguments, depth)


def evaluate(node: Node, memory: Memory) -> Any:
    """The value of an expression."""
    if isinstance(node, Bits):
        return (memory.bits >> node.start) & ((1 << node.width) - 1)
    if isinstance(node, Constant):
        return node.value
    if isinstance(node, Variable):
        return memory.values[node.slot]
    return node.function(*[evaluate(argument, memory) for argument in node.arguments])


def bits_read(node: Node) -> set[int]:
    """The classical bits that an expression depends on."""
    if isinstance(node, Bits):
        return set(range(node.start, node.start + node.width))
    if isinstance(node, Apply):
        return {bit for argument in node.arguments for bit in bits_read(argument)}
    return set()


def variables_read(node: Node) -> set[int]:
    """The numbers of the variables that an expression depends on."""
    if isinstance(node, Variable):
        return {node.slot}
    if isinstance(node, Apply):
        return {slot for argument in node.arguments for slot in variables_read(argument)}
    return set()

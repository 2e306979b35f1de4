"""A program as a circuit: gates, measurements and conditions on numbered qubits and bits.

Qubits and classical bits are numbered from 0 over all registers, in order of declaration.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Gate(NamedTuple):
    """A gate by its name in `gates.BASES`, applied where every control is 1. Angles are in radians."""

    name: str
    angles: tuple[float, ...]
    targets: tuple[int, ...]
    controls: tuple[int, ...] = ()

    @property
    def qubits(self) -> tuple[int, ...]:
        """The qubits in the order of a gate call, controls first."""
        return self.controls + self.targets


class Measure(NamedTuple):
    """A measurement of a qubit into a bit; `bit` is None where the outcome is discarded."""

    qubit: int
    bit: int | None


class Reset(NamedTuple):
    """A reset of a qubit to 0."""

    qubit: int


class Barrier(NamedTuple):
    """A barrier for compilers, which changes no outcome."""

    qubits: tuple[int, ...]


class SetBit(NamedTuple):
    """An assignment of a constant to a bit."""

    bit: int
    value: bool


class Condition(NamedTuple):
    """The condition that `bits`, as an integer with `bits[0]` least significant, is (not) one of `values`."""

    bits: tuple[int, ...]
    values: frozenset[int]
    negated: bool = False

    def matching(self) -> list[int]:
        """Return the integers for which the condition holds, in ascending order."""
        if not self.negated:
            return sorted(self.values)
        return [value for value in range(1 << len(self.bits)) if value not in self.values]


class If(NamedTuple):
    """A branch on measured bits. `line` is its line in the program, from 1."""

    condition: Condition
    then: tuple[Step, ...]
    otherwise: tuple[Step, ...] = ()
    line: int | None = None


Step: TypeAlias = Gate | Measure | Reset | Barrier | SetBit | If


@dataclass(frozen=True, slots=True)
class Circuit:
    """Registers with their sizes, in order of declaration, and the steps of the program.

    `hidden_bits` come after the registers' bits: the program declares them in blocks, so they are not in its result.
    A qubit register whose name begins with `$` is a physical qubit.
    """

    qubits: dict[str, int]
    bits: dict[str, int]
    steps: tuple[Step, ...]
    hidden_bits: int = 0
    helpers: int = 0
    """The number of helper qubits that a conversion added after the registers; they start as 0."""
    measures: bool = True
    """Whether the program has a measurement. Without one, all qubits are measured, as simulators do."""

    @property
    def num_qubits(self) -> int:
        """The number of qubits, helpers included."""
        return sum(self.qubits.values()) + self.helpers

    @property
    def num_bits(self) -> int:
        """The number of bits of the result."""
        return sum(self.bits.values())


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """Yield all steps, including those in conditional blocks."""
    for step in steps:
        yield step
        if isinstance(step, If):
            yield from walk(step.then)
            yield from walk(step.otherwise)


def qubits_of(step: Step) -> frozenset[int]:
    """Yield the qubits that a step and its nested steps act on; none for barriers."""
    match step:
        case Gate():
            return frozenset(step.qubits)
        case Measure() | Reset():
            return frozenset((step.qubit,))
        case If():
            return frozenset(qubit for inner in (*step.then, *step.otherwise) for qubit in qubits_of(inner))
        case _:
            return frozenset()


def bits_written(step: Step) -> frozenset[int]:
    """Yield the bits that a step and its nested steps write."""
    match step:
        case Measure():
            return frozenset() if step.bit is None else frozenset((step.bit,))
        case SetBit():
            return frozenset((step.bit,))
        case If():
            return frozenset(bit for inner in (*step.then, *step.otherwise) for bit in bits_written(inner))
        case _:
            return frozenset()


def bits_read(step: Step) -> frozenset[int]:
    """Return the bits on which the conditions of a step and its nested steps depend."""
    if not isinstance(step, If):
        return frozenset()
    inner = frozenset(bit for nested in (*step.then, *step.otherwise) for bit in bits_read(nested))
    return inner | frozenset(step.condition.bits)

"""The one circuit model that every front end (OpenQASM, IonQ, IQM) translates to and the simulator runs.

Qubits and classical bits are numbered from 0 over all registers, in order of declaration.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from .gates import Matrix

COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Register:
    """A named group of classical bits, at `start … start + size - 1` of the whole."""

    name: str
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Gate:
    """A unitary on `targets`, applied where every qubit of `controls` is 1.

    The first target is the most significant bit of the matrix index, as in textbooks.
    """

    matrix: Matrix
    targets: tuple[int, ...]
    controls: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Phase:
    """A global phase in radians: unobservable, but part of a state vector."""

    angle: float


@dataclass(frozen=True, slots=True)
class Measure:
    """Project a qubit and store the outcome in a classical bit; `bit` None throws it away."""

    qubit: int
    bit: int | None


@dataclass(frozen=True, slots=True)
class Reset:
    """Bring a qubit to 0."""

    qubit: int


@dataclass(frozen=True, slots=True)
class If:
    """Choose by comparing classical bits, read as an integer whose least significant bit is `bits[0]`."""

    bits: tuple[int, ...]
    comparison: str
    value: int
    then: tuple[Operation, ...]
    otherwise: tuple[Operation, ...] = ()

    def holds(self, memory: int) -> bool:
        """Evaluate the condition on all classical bits, given as one integer, bit 0 the least significant."""
        number = sum(((memory >> bit) & 1) << place for place, bit in enumerate(self.bits))
        return COMPARISONS[self.comparison](number, self.value)


Operation: TypeAlias = Gate | Phase | Measure | Reset | If


@dataclass(frozen=True, slots=True)
class Circuit:
    """A whole program. `initial_bits` holds the classical bits at the start, bit 0 the least significant."""

    num_qubits: int
    registers: tuple[Register, ...]
    operations: tuple[Operation, ...]
    initial_bits: int = 0

    @property
    def num_bits(self) -> int:
        """How many classical bits there are."""
        return sum(register.size for register in self.registers)

    @property
    def measures(self) -> bool:
        """Whether any outcome is stored in a classical bit."""
        return any(isinstance(op, Measure) and op.bit is not None for op in walk(self.operations))

    def measured_everywhere(self, register: str = "meas") -> Circuit:
        """The same circuit with qubit i measured into bit i at its end, replacing all registers."""
        ends = tuple(Measure(qubit, qubit) for qubit in range(self.num_qubits))
        whole = (Register(register, 0, self.num_qubits),)
        return Circuit(self.num_qubits, whole, self.operations + ends)


def walk(operations: tuple[Operation, ...]) -> Iterator[Operation]:
    """Every operation, those inside conditional blocks included."""
    for op in operations:
        yield op
        if isinstance(op, If):
            yield from walk(op.then)
            yield from walk(op.otherwise)


def qubits_of(op: Operation) -> set[int]:
    """The qubits that an operation, or anything inside it, acts on."""
    if isinstance(op, Gate):
        return {*op.targets, *op.controls}
    if isinstance(op, Measure | Reset):
        return {op.qubit}
    if isinstance(op, If):
        return {qubit for inner in (*op.then, *op.otherwise) for qubit in qubits_of(inner)}
    return set()


def bits_of(op: Operation) -> set[int]:
    """The classical bits that an operation, or anything inside it, reads or writes."""
    if isinstance(op, Measure):
        return set() if op.bit is None else {op.bit}
    if isinstance(op, If):
        return {*op.bits, *(bit for inner in (*op.then, *op.otherwise) for bit in bits_of(inner))}
    return set()

"""Circuits too wide for a state vector of numpy: Qiskit's Aer samples them, where it is installed (extra `qiskit`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from . import extras, gate_error
from .circuit import Channel, Circuit, Gate, If, Measure, Operation, Phase, Reset, bits_of
from .errors import ProgramTooLargeError, UnsupportedProgramError
from .memory import Node, bits_read, evaluate, variables_read

MAX_QUBITS = 200
"""Even of those that Aer needs no state vector for."""
_MOST_BITS = 6
"""In a condition: it is handed over as the list of the values that fulfil it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """`then` where the bits, the first one lowest, are one of the values."""

    bits: tuple[int, ...]
    values: frozenset[int]
    then: tuple[Plain, ...]
    otherwise: tuple[Plain, ...]


Plain: TypeAlias = Gate | Phase | Measure | Reset | Channel | Choice


@dataclass(frozen=True, slots=True)
class PlainCircuit:
    """A circuit without anything that is computed from measured bits but choices, so that it can be handed over.

    Qubits are those that are used, and bits are numbered without gaps; the first `width` of them are the outcome.
    """

    num_qubits: int
    num_bits: int
    width: int
    operations: tuple[Plain, ...]
    initial_bits: int
    measured: frozenset[int]


def sample(circuit: Circuit, shots: int, seed: int, stopped: Callable[[], bool]) -> list[int]:
    """The classical bits of each shot, bit 0 the least significant.

    Raises ProgramTooLargeError, naming the extra, where there is no Aer.
    """
    used = circuit.used_qubits
    most = f"the circuit acts on {len(used)} qubits; this emulator computes up to"
    if not extras.installed("qiskit"):
        advice = extras.advice("qiskit", "Qiskit's Aer computes wider ones")
        raise ProgramTooLargeError(f"{most} 20. {advice}")
    if len(used) > MAX_QUBITS:
        raise ProgramTooLargeError(f"{most} {MAX_QUBITS}")
    values: list[int] = extras.apart("aer:sample", plain(circuit), shots, seed, gate_error.chance(), stopped=stopped)
    return values


def plain(circuit: Circuit) -> PlainCircuit:
    """A circuit as Aer is given it. Raises UnsupportedProgramError, which names what it cannot be given."""
    used = circuit.used_qubits
    qubits = {qubit: place for place, qubit in enumerate(used)}
    width = circuit.num_bits
    bits = {bit: bit for bit in range(width)}
    for op in circuit.operations:
        for bit in sorted(bits_of(op)):
            bits.setdefault(bit, len(bits))
    operations = _plain(circuit.operations, qubits, bits, circuit.initial_bits)
    return PlainCircuit(len(used), len(bits), width, operations, circuit.initial_bits, frozenset(circuit.measured_bits))


def _plain(
    operations: tuple[Operation, ...], qubits: Mapping[int, int], bits: Mapping[int, int], initial: int
) -> tuple[Plain, ...]:
    rows: list[Plain] = []
    for op in operations:
        match op:
            case Gate():
                targets = tuple(qubits[qubit] for qubit in op.targets)
                rows.append(Gate(op.matrix, targets, tuple(qubits[qubit] for qubit in op.controls)))
            case Phase():
                rows.append(op)
            case Channel():
                rows.append(Channel(tuple(qubits[qubit] for qubit in op.qubits), op.paulis, op.decay))
            case Measure():
                rows.append(Measure(qubits[op.qubit], None if op.bit is None else bits[op.bit]))
            case Reset():
                rows.append(Reset(qubits[op.qubit]))
            case If():
                then, otherwise = (_plain(body, qubits, bits, initial) for body in (op.then, op.otherwise))
                read = sorted(bits_read(op.condition))
                if variables_read(op.condition) or any(initial >> bit & 1 for bit in read if bit in range(len(bits))):
                    raise _refused("conditions on variables")
                if len(read) > _MOST_BITS:
                    raise _refused(f"conditions on more than {_MOST_BITS} bits")
                values = frozenset(value for value in range(1 << len(read)) if _holds(op.condition, read, value))
                rows.append(Choice(tuple(bits[bit] for bit in read), values, then, otherwise))
            case _:
                raise _refused("variables, loops and jumps that measured bits decide")
    return tuple(rows)


def _refused(label: str) -> UnsupportedProgramError:
    return UnsupportedProgramError(f"{label} are not computed in a circuit this wide")


@dataclass(slots=True)
class _Bits:
    """A memory in which only some bits are set."""

    bits: int
    values: dict[int, object]


def _holds(condition: Node, read: list[int], value: int) -> bool:
    memory = sum((value >> place & 1) << bit for place, bit in enumerate(read))
    return bool(evaluate(condition, _Bits(memory, {})))

"""Circuits on Qiskit's Aer. Called in a process of its own, see `extras`.

Aer takes the cheap way of stabilizers where all gates are Clifford gates that it knows by name, so matrices get their
names back where they have one.
"""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np

from .circuit import Channel, Gate, Measure, Reset
from .errors import ProgramTooLargeError, UnsupportedProgramError
from .gates import GATES, Matrix
from .wide import Choice, Plain, PlainCircuit

_MEMORY = 2048
"""Megabytes of a state vector, 27 qubits; beyond that, Aer uses a matrix product state."""
_STATE_VECTOR = 27
_LARGEST_MATRIX = 6
_NAMES = ("x", "y", "z", "swap")
# Names of a gate by itself and under one and two controls, where Aer has one.
_CONTROLLED = {
    "x": ("x", "cx", "ccx"),
    "y": ("y", "cy"),
    "z": ("z", "cz", "ccz"),
    "swap": ("swap", "cswap"),
}


def sample(circuit: PlainCircuit, shots: int, seed: int, gate_error: float) -> list[int]:
    """The classical bits of each shot, bit 0 the least significant."""
    simulator: Any = importlib.import_module("qiskit_aer").AerSimulator
    qiskit: Any = importlib.import_module("qiskit")
    made = qiskit.QuantumCircuit(circuit.num_qubits, max(1, circuit.num_bits))
    writer = _Writer(made, gate_error)
    writer.write(circuit.operations)
    outcome: Any = None
    for method in _methods(circuit, writer.clifford):
        engine = simulator(method=method, seed_simulator=seed, max_memory_mb=_MEMORY)
        outcome = engine.run(made, shots=shots, memory=True).result()
        if outcome.success:
            others = circuit.initial_bits & ~sum(1 << bit for bit in circuit.measured)
            mask = (1 << circuit.width) - 1
            return [int(key, 16) & mask | others for key in outcome.data(0).get("memory", ["0x0"] * shots)]
    status = getattr(outcome.results[0], "status", outcome.status) if outcome.results else outcome.status
    raise ProgramTooLargeError(f"Aer cannot compute the circuit: {status}")


def _methods(circuit: PlainCircuit, clifford: bool) -> tuple[str, ...]:
    """Methods in the order in which they are tried: Aer's own choice leaves out the matrix product state."""
    if clifford:
        return ("stabilizer",)
    wide = "matrix_product_state"
    return ("statevector", wide) if circuit.num_qubits <= _STATE_VECTOR else (wide,)


def _cliffords() -> list[tuple[Matrix, tuple[str, ...]]]:
    """The 24 Clifford gates of one qubit, up to a phase, as words in h and s."""
    shortest: list[tuple[Matrix, tuple[str, ...]]] = [(np.eye(2, dtype=np.complex128), ())]
    for matrix, word in shortest:
        for name in ("h", "s"):
            longer = GATES[name].build() @ matrix
            if not any(_same(longer, seen) for seen, _ in shortest):
                shortest.append((longer, (*word, name)))
    return shortest


def _same(one: Matrix, other: Matrix) -> bool:
    """Whether two unitaries are equal up to a phase."""
    return one.shape == other.shape and bool(abs(abs(np.vdot(one, other)) - len(one)) < 1e-9)


class _Writer:
    def __init__(self, made: Any, gate_error: float) -> None:
        self.made = made
        self.clifford = True
        self.words = _cliffords()
        self.error: Any = None
        if gate_error:
            noise: Any = importlib.import_module("qiskit_aer.noise")
            paulis = [("I", 1 - gate_error), *((name, gate_error / 3) for name in "XYZ")]
            self.error = noise.pauli_error(paulis).to_instruction()

    def write(self, operations: tuple[Plain, ...]) -> None:
        """Append all of them."""
        for op in operations:
            if isinstance(op, Gate):
                self.gate(op)
                for qubit in (*op.controls, *op.targets) if self.error is not None else ():
                    self.made.append(self.error, [qubit])
            elif isinstance(op, Measure):
                if op.bit is not None:
                    self.made.measure(op.qubit, op.bit)
            elif isinstance(op, Reset):
                self.made.reset(op.qubit)
            elif isinstance(op, Channel):
                self.channel(op)
            elif isinstance(op, Choice):
                self.branch(op)

    def channel(self, op: Channel) -> None:
        """Noise. Aer's first qubit is the last letter of a Pauli operator."""
        noise: Any = importlib.import_module("qiskit_aer.noise")
        if op.decay:
            self.clifford = False
            error: Any = noise.amplitude_damping_error(op.decay)
        else:
            rest = max(0.0, 1 - sum(chance for _letters, chance in op.paulis))
            identity = ("I" * len(op.qubits), rest)
            error = noise.pauli_error([identity, *((letters[::-1], chance) for letters, chance in op.paulis)])
        self.made.append(error.to_instruction(), list(op.qubits))

    def gate(self, op: Gate) -> None:
        """One gate, by the name that Aer has for it, else as a matrix."""
        for name in _NAMES:
            names = _CONTROLLED[name]
            # Under control a phase matters.
            if len(op.controls) < len(names) and np.array_equal(op.matrix.round(9), GATES[name].build()):
                getattr(self.made, names[len(op.controls)])(*op.controls, *op.targets)
                self.clifford &= len(op.controls) + len(op.targets) <= 2
                return
        if not op.controls:
            for clifford, word in self.words:
                if _same(op.matrix, clifford):
                    for name in word:
                        getattr(self.made, name)(op.targets[0])
                    return
        self.matrix(op)

    def matrix(self, op: Gate) -> None:
        """Qiskit's first qubit is the index's least significant bit, ours the most."""
        self.clifford = False
        count = len(op.controls) + len(op.targets)
        if count > _LARGEST_MATRIX:
            raise UnsupportedProgramError(f"a gate on {count} qubits is not computed in a circuit this wide")
        whole = np.eye(2**count, dtype=np.complex128)
        whole[-len(op.matrix) :, -len(op.matrix) :] = op.matrix
        self.made.unitary(whole, [*reversed(op.targets), *reversed(op.controls)])

    def branch(self, op: Choice, fixed: int = 0, place: int = 0) -> None:
        """A choice by one bit after another; the bits before `place` have the values in `fixed`."""
        if place == len(op.bits):
            self.write(op.then if fixed in op.values else op.otherwise)
            return
        # Each of the two bodies may change the bit, so there is one test for both.
        with self.made.if_test((self.made.clbits[op.bits[place]], 1)) as otherwise:
            self.branch(op, fixed | 1 << place, place + 1)
        with otherwise:
            self.branch(op, fixed, place + 1)

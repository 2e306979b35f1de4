"""Circuits too wide for a state vector of numpy: Qiskit's Aer samples them, where it is installed (extra `qiskit`)."""

from __future__ import annotations

from collections.abc import Callable

from . import extras, gate_error
from .circuit import Circuit
from .errors import ProgramTooLargeError

MAX_QUBITS = 200
"""Even of those that Aer needs no state vector for."""


def sample(circuit: Circuit, shots: int, seed: int, stopped: Callable[[], bool]) -> list[int]:
    """The classical bits of each shot, bit 0 the least significant.

    Raises ProgramTooLargeError, naming the extra, where there is no Aer.
    """
    most = f"the circuit acts on {circuit.num_qubits} qubits; this emulator computes up to"
    if not extras.installed("qiskit"):
        advice = extras.advice("qiskit", "Qiskit's Aer computes wider ones")
        raise ProgramTooLargeError(f"{most} 20. {advice}")
    if circuit.num_qubits > MAX_QUBITS:
        raise ProgramTooLargeError(f"{most} {MAX_QUBITS}")
    found: list[int] = extras.apart("aer:sample", circuit, shots, seed, gate_error.chance(), stopped=stopped)
    return found

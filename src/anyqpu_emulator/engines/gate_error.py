"""Errors of gates: after each gate, each of its qubits suffers X, Y or Z by the same small chance.

As with errors of readout, the chance belongs to the emulator and is around a computation.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

from .circuit import Channel, Circuit, Gate, walk
from .errors import ProgramTooLargeError
from .gates import GATES, Matrix

PAULIS: tuple[Matrix, ...] = tuple(GATES[name].build() for name in "xyz")
"""Which of them it is, is as likely for each."""
_CHANCE: ContextVar[float] = ContextVar("gate_error", default=0.0)
_MOST_SECONDS = 60.0
# What a gate takes on a small state, and for each amplitude, in seconds; measured, and generous.
_PER_GATE, _PER_AMPLITUDE = 2e-5, 2e-8


@contextmanager
def gate_error(chance: float) -> Generator[None]:
    """Circuits that are sampled inside, in this thread, have gates that go wrong by this chance."""
    token = _CHANCE.set(chance)
    try:
        yield
    finally:
        _CHANCE.reset(token)


def chance() -> float:
    """By which chance a qubit of a gate goes wrong; 0 for perfect gates."""
    return _CHANCE.get()


def split(shots: int, rng: np.random.Generator) -> list[int]:
    """Of so many shots, those that stay right, and those that suffer each of `PAULIS`."""
    wrong = int(rng.binomial(shots, chance()))
    which = rng.multinomial(wrong, [1 / 3] * 3).tolist() if wrong else [0, 0, 0]
    return [shots - wrong, *which]


def check(circuit: Circuit, shots: int, qubits: int) -> None:
    """Raise ProgramTooLargeError where errors would make too many different histories, each a state of its own.

    `qubits` is how many the circuit acts on.
    """
    gates = [op for op in walk(circuit.operations) if isinstance(op, Gate)]
    places = sum(len(gate.targets) + len(gate.controls) for gate in gates)
    channels = [op for op in walk(circuit.operations) if isinstance(op, Channel)]
    events = places * chance() + sum(op.decay + sum(share for _letters, share in op.paulis) for op in channels)
    histories = 1 + min(float(shots), shots * events)
    seconds = histories * (len(gates) + len(channels)) * (_PER_GATE + _PER_AMPLITUDE * 2**qubits)
    if events and seconds > _MOST_SECONDS:
        cause, less = (
            (f"a gate error of {chance():g}", "a smaller --gate-error") if chance() else ("noise", "no --noise")
        )
        raise ProgramTooLargeError(
            f"{shots} shots of {len(gates)} gates on {qubits} qubits with {cause} "
            f"would take about {seconds:.0f} seconds; take fewer shots, qubits or gates, or {less}"
        )

"""The state-vector simulator: the state of a circuit, and samples of its outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from . import gate_error, wide
from .circuit import Circuit, Gate, Measure, Operation, Phase, SetBits, Store, bits_of, leaves, qubits_of
from .errors import InvalidProgramError, ProgramTooLargeError, StoppedError, UnsupportedProgramError
from .machine import Branch, compiled, evolve
from .memory import Constant
from .readout import misread
from .state import State, apply

__all__ = ["MAX_QUBITS", "Samples", "State", "apply", "final_state", "sample"]

MAX_QUBITS = 20
"""Beyond this a state needs tens of megabytes and a circuit minutes, more than an emulator should take."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Samples:
    """Outcomes: `values[slots[i]]` are the classical bits of shot i, bit 0 the least significant."""

    width: int
    values: list[int]
    slots: NDArray[np.intp]

    def counts(self) -> dict[str, int]:
        """How often each bit string was seen; bit 0 on the right, keys in ascending order."""
        totals = np.bincount(self.slots, minlength=len(self.values))
        return {self._text(self.values[i]): int(totals[i]) for i in sorted(range(len(totals)), key=self._key)}

    def memory(self) -> list[str]:
        """One bit string per shot, in the order of the shots; bit 0 on the right."""
        texts = [self._text(value) for value in self.values]
        return [texts[slot] for slot in self.slots]

    def _key(self, slot: int) -> int:
        return self.values[slot]

    def _text(self, value: int) -> str:
        return format(value, f"0{self.width}b") if self.width else ""


def final_state(circuit: Circuit, *, stopped: Callable[[], bool] = _never) -> State:
    """The state before the measurements at the end, flat, qubit 0 the least significant bit of the index.

    Raises InvalidProgramError where an outcome controls the circuit: there is no single final state.
    """
    body, _ends = _split(circuit.operations)
    state = _ground(circuit.num_qubits)
    for op in body:
        _check(stopped)
        if isinstance(op, Gate | Phase):
            evolve(state, op)
        elif not isinstance(op, SetBits | Store) or not isinstance(op.value, Constant):
            raise InvalidProgramError(
                "a circuit that measures or resets before its end has no single final state; sample it instead"
            )
    return state.reshape(-1)


def sample(circuit: Circuit, shots: int, rng: np.random.Generator, *, stopped: Callable[[], bool] = _never) -> Samples:
    """Run a circuit `shots` times.

    Qubits that no operation touches are left out of the state, so a wide register of which few qubits are
    used is cheap. Measurements that nothing depends on are sampled together at the end. At any other
    measurement all shots are split between its two outcomes by a binomial draw, which has the distribution of
    running each shot by itself and costs one state per distinct history instead of one per shot. Errors of gates
    split the shots in the same way. What acts on more than `MAX_QUBITS` is for Aer, where that is installed.
    """
    measured = circuit.measured_bits
    used = circuit.used_qubits
    if len(used) > MAX_QUBITS:
        samples = _outside(circuit, shots, rng, stopped)
        return Samples(samples.width, *misread(samples.values, samples.slots, measured, rng, circuit.misread))
    gate_error.check(circuit, shots, len(used))
    place = {qubit: axis for axis, qubit in enumerate(used)}
    body, ends = _split(circuit.operations)
    code = compiled(body, place)
    collected = _Collector((1 << circuit.num_bits) - 1)
    # Continuing with the smaller half keeps the list of waiting states short: at most log2(shots).
    waiting = [Branch(_ground(len(used)), 0, circuit.initial_bits, shots)]
    while waiting:
        branch = waiting.pop()
        waiting.extend(branch.run(code, place, rng, lambda: _check(stopped)))
        _sample_ends(branch, [Measure(place[op.qubit], op.bit) for op in ends], rng, collected)
    samples = collected.finish(circuit.num_bits, rng)
    return Samples(samples.width, *misread(samples.values, samples.slots, measured, rng, circuit.misread))


def _outside(circuit: Circuit, shots: int, rng: np.random.Generator, stopped: Callable[[], bool]) -> Samples:
    try:
        values = wide.sample(circuit, shots, int(rng.integers(2**31)), stopped)
    except UnsupportedProgramError as error:
        raise UnsupportedProgramError(f"{_too_wide(len(circuit.used_qubits))}; {error}") from None
    seen, slots = np.unique(np.array(values, dtype=object), return_inverse=True)
    return Samples(circuit.num_bits, seen.tolist(), slots.reshape(-1))


def _too_wide(num_qubits: int) -> str:
    return f"the circuit acts on {num_qubits} qubits; this emulator computes up to {MAX_QUBITS}"


def _check(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise StoppedError("the computation was stopped")


def _ground(num_qubits: int) -> State:
    if num_qubits > MAX_QUBITS:
        raise ProgramTooLargeError(_too_wide(num_qubits))
    state = np.zeros((2,) * num_qubits, dtype=np.complex128)
    state[(0,) * num_qubits] = 1
    return state


def _split(operations: tuple[Operation, ...]) -> tuple[tuple[Operation, ...], list[Measure]]:
    """Separate the measurements that can wait for the end: nothing later touches their qubit or their bit.

    In a circuit that measured bits can end early, none can.
    """
    if leaves(operations):
        return operations, []
    body: list[Operation] = []
    ends: list[Measure] = []
    qubits: set[int] = set()
    bits: set[int] = set()
    for op in reversed(operations):
        if isinstance(op, Measure) and op.qubit not in qubits and op.bit not in bits:
            ends.append(op)
            continue
        qubits |= qubits_of(op)
        bits |= bits_of(op)
        body.append(op)
    return tuple(reversed(body)), ends[::-1]


@dataclass(slots=True)
class _Collector:
    """Gathers outcomes of branches; equal bit strings share a slot. Bits outside of the mask are not part of them."""

    mask: int
    slots: dict[int, int] = field(default_factory=dict[int, int])
    pieces: list[NDArray[np.intp]] = field(default_factory=list[NDArray[np.intp]])

    def slot(self, value: int) -> int:
        value &= self.mask
        return self.slots.setdefault(value, len(self.slots))

    def finish(self, width: int, rng: np.random.Generator) -> Samples:
        draws = np.concatenate(self.pieces) if self.pieces else np.zeros(0, dtype=np.intp)
        if len(self.pieces) > 1:
            # Branches come one after another; shots of a device do not.
            draws = rng.permutation(draws)
        return Samples(width, list(self.slots), draws)


def _sample_ends(branch: Branch, ends: list[Measure], rng: np.random.Generator, collected: _Collector) -> None:
    stored = [(op.qubit, op.bit) for op in ends if op.bit is not None]
    if not stored:
        slot = collected.slot(branch.bits)
        collected.pieces.append(np.full(branch.shots, slot, dtype=np.intp))
        return
    qubits = sorted({qubit for qubit, _bit in stored})
    others = tuple(branch.state.ndim - 1 - q for q in range(branch.state.ndim) if q not in set(qubits))
    # Axes that stay are in descending order of qubits: the lowest measured qubit is an index's lowest bit.
    weights: NDArray[np.float64] = np.sum(np.abs(branch.state) ** 2, axis=others).reshape(-1)
    edges: NDArray[np.float64] = np.cumsum(weights)
    points: NDArray[np.float64] = rng.random(branch.shots) * edges[-1]
    draws = np.digitize(points, edges)
    drawn, inverse = np.unique(np.minimum(draws, len(edges) - 1), return_inverse=True)
    place = {qubit: index for index, qubit in enumerate(qubits)}
    moves = [(place[qubit], bit) for qubit, bit in stored]
    slots = np.empty(len(drawn), dtype=np.intp)
    for row, index in enumerate(drawn.tolist()):
        value = branch.bits
        for source, bit in moves:
            value = (value & ~(1 << bit)) | (((index >> source) & 1) << bit)
        slots[row] = collected.slot(value)
    collected.pieces.append(slots[inverse.reshape(-1)])

"""The state-vector simulator.

A state of n qubits is an array of n axes of length two; qubit q is axis n-1-q, so that flattened, qubit 0 is
the least significant bit of an index. Gates work on views of that array and never build a 2^n matrix: a gate
costs one pass over the state, and two qubits under control touch a quarter of it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from . import gate_error, wide
from .circuit import Circuit, Gate, If, Measure, Operation, Phase, Reset, bits_of, qubits_of, walk
from .errors import InvalidProgramError, ProgramTooLargeError, StoppedError, UnsupportedProgramError
from .gates import Matrix
from .readout import misread

State: TypeAlias = NDArray[np.complex128]

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

    Raises InvalidProgramError where an outcome decides how the circuit goes on: there is no one final state.
    """
    body, _ends = _split(circuit.operations)
    if any(isinstance(op, Measure | Reset | If) for op in walk(body)):
        raise InvalidProgramError(
            "a circuit that measures or resets before its end has no single final state; sample it instead"
        )
    state = _ground(circuit.num_qubits)
    for op in body:
        _check(stopped)
        state = _evolve(state, op)
    return state.reshape(-1)


def sample(circuit: Circuit, shots: int, rng: np.random.Generator, *, stopped: Callable[[], bool] = _never) -> Samples:
    """Run a circuit `shots` times.

    Qubits that no operation touches are left out of the state, so a wide register of which few qubits are
    used is cheap. Measurements that nothing depends on are sampled together at the end. At any other
    measurement all shots are split between its two outcomes by a binomial draw, which has the distribution of
    running each shot by itself and costs one state per distinct history instead of one per shot. Errors of gates
    split the shots in the same way. What acts on more than `MAX_QUBITS` is for Aer, where that is installed.
    """
    measured = {op.bit for op in walk(circuit.operations) if isinstance(op, Measure) and op.bit is not None}
    circuit = _compact(circuit)
    if circuit.num_qubits > MAX_QUBITS:
        found = _outside(circuit, shots, rng, stopped)
        return Samples(found.width, *misread(found.values, found.slots, measured, rng))
    gate_error.check(circuit, shots)
    body, ends = _split(circuit.operations)
    code = _flatten(body)
    collected = _Collector()
    # Going on with the smaller half keeps the list of waiting states short: at most log2(shots).
    waiting = [_Branch(_ground(circuit.num_qubits), 0, circuit.initial_bits, shots)]
    while waiting:
        branch = waiting.pop()
        while branch.at < len(code):
            _check(stopped)
            waiting.extend(branch.step(code[branch.at], rng))
        _sample_ends(branch, ends, rng, collected)
    found = collected.finish(circuit.num_bits, rng)
    return Samples(found.width, *misread(found.values, found.slots, measured, rng))


def _outside(circuit: Circuit, shots: int, rng: np.random.Generator, stopped: Callable[[], bool]) -> Samples:
    try:
        values = wide.sample(circuit, shots, int(rng.integers(2**31)), stopped)
    except UnsupportedProgramError as error:
        raise UnsupportedProgramError(f"{_too_wide(circuit.num_qubits)}; {error}") from None
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


def _compact(circuit: Circuit) -> Circuit:
    used = sorted({qubit for op in circuit.operations for qubit in qubits_of(op)})
    if len(used) == circuit.num_qubits:
        return circuit
    place = {qubit: index for index, qubit in enumerate(used)}

    def move(op: Operation) -> Operation:
        if isinstance(op, Gate):
            return Gate(op.matrix, tuple(place[q] for q in op.targets), tuple(place[q] for q in op.controls))
        if isinstance(op, Measure):
            return Measure(place[op.qubit], op.bit)
        if isinstance(op, Reset):
            return Reset(place[op.qubit])
        if isinstance(op, If):
            then, otherwise = tuple(map(move, op.then)), tuple(map(move, op.otherwise))
            return If(op.bits, op.comparison, op.value, then, otherwise)
        return op

    return Circuit(len(used), circuit.registers, tuple(map(move, circuit.operations)), circuit.initial_bits)


def _split(operations: tuple[Operation, ...]) -> tuple[tuple[Operation, ...], list[Measure]]:
    """Separate the measurements that can wait for the end: nothing later touches their qubit or their bit."""
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


@dataclass(frozen=True, slots=True)
class _Jump:
    """Go to `target`, or only if the condition does not hold."""

    target: int
    unless: If | None = None


_Code: TypeAlias = list[Gate | Phase | Measure | Reset | _Jump]


def _flatten(operations: tuple[Operation, ...]) -> _Code:
    """Blocks become jumps, so that the place where a branch goes on is one number."""
    code: _Code = []

    def add(ops: tuple[Operation, ...]) -> None:
        for op in ops:
            if not isinstance(op, If):
                code.append(op)
                continue
            decision = len(code)
            code.append(_Jump(0, op))
            add(op.then)
            leave = len(code)
            code.append(_Jump(0))
            code[decision] = _Jump(len(code), op)
            add(op.otherwise)
            code[leave] = _Jump(len(code))

    add(operations)
    return code


@dataclass(slots=True)
class _Branch:
    """All shots that share one history of outcomes."""

    state: State
    at: int
    bits: int
    shots: int

    def step(self, op: Gate | Phase | Measure | Reset | _Jump, rng: np.random.Generator) -> list[_Branch]:
        """Do one operation; return the other half where it split the shots."""
        self.at += 1
        if isinstance(op, _Jump):
            if op.unless is None or not op.unless.holds(self.bits):
                self.at = op.target
            return []
        if isinstance(op, Measure | Reset):
            return self._project(op, rng)
        self.state = _evolve(self.state, op)
        if gate_error.chance() and isinstance(op, Gate):
            return self._disturb((*op.controls, *op.targets), rng)
        return []

    def _disturb(self, qubits: tuple[int, ...], rng: np.random.Generator) -> list[_Branch]:
        """After a gate, split the shots by the errors that they suffer. Goes on with the fewest; they end soonest."""
        branches: list[_Branch] = [self]
        for qubit in qubits:
            for branch in tuple(branches):
                right, *wrong = gate_error.split(branch.shots, rng)
                for shots, pauli in zip(wrong, gate_error.PAULIS, strict=True):
                    if shots and (right or shots < branch.shots):
                        branches.append(branch._erring(shots, pauli, qubit))
                        branch.shots -= shots
                    elif shots:
                        apply(branch.state, pauli, (qubit,))
        last = min(branches, key=lambda branch: branch.shots)
        self.state, last.state = last.state, self.state
        self.shots, last.shots = last.shots, self.shots
        return sorted((branch for branch in branches if branch is not self), key=lambda branch: -branch.shots)

    def _erring(self, shots: int, pauli: Matrix, qubit: int) -> _Branch:
        state = self.state.copy()
        apply(state, pauli, (qubit,))
        return _Branch(state, self.at, self.bits, shots)

    def _project(self, op: Measure | Reset, rng: np.random.Generator) -> list[_Branch]:
        axis = self.state.ndim - 1 - op.qubit
        one = float(np.sum(np.abs(_take(self.state, {axis: 1})) ** 2))
        zero = float(np.sum(np.abs(_take(self.state, {axis: 0})) ** 2))
        ones = int(rng.binomial(self.shots, min(1.0, one / (zero + one))))
        shots = (self.shots - ones, ones)
        smaller = 0 if shots[0] and (shots[0] <= shots[1] or not shots[1]) else 1
        others: list[_Branch] = []
        if shots[1 - smaller]:
            other = _Branch(self.state.copy(), self.at, self.bits, shots[1 - smaller])
            other._collapse(op, axis, 1 - smaller, (zero, one)[1 - smaller])
            others.append(other)
        self.shots = shots[smaller]
        self._collapse(op, axis, smaller, (zero, one)[smaller])
        return others

    def _collapse(self, op: Measure | Reset, axis: int, outcome: int, probability: float) -> None:
        kept, lost = _take(self.state, {axis: outcome}), _take(self.state, {axis: 1 - outcome})
        kept /= math.sqrt(probability)
        if isinstance(op, Reset):
            if outcome == 1:
                lost[...] = kept
                kept[...] = 0
            else:
                lost[...] = 0
            return
        lost[...] = 0
        if op.bit is not None:
            self.bits = (self.bits & ~(1 << op.bit)) | (outcome << op.bit)


@dataclass(slots=True)
class _Collector:
    """Gathers outcomes of branches; equal bit strings share a slot."""

    slots: dict[int, int] = field(default_factory=dict[int, int])
    pieces: list[NDArray[np.intp]] = field(default_factory=list[NDArray[np.intp]])

    def slot(self, value: int) -> int:
        return self.slots.setdefault(value, len(self.slots))

    def finish(self, width: int, rng: np.random.Generator) -> Samples:
        draws = np.concatenate(self.pieces) if self.pieces else np.zeros(0, dtype=np.intp)
        if len(self.pieces) > 1:
            # Branches come one after another; shots of a device do not.
            draws = rng.permutation(draws)
        return Samples(width, list(self.slots), draws)


def _sample_ends(branch: _Branch, ends: list[Measure], rng: np.random.Generator, collected: _Collector) -> None:
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
    found, inverse = np.unique(np.minimum(draws, len(edges) - 1), return_inverse=True)
    place = {qubit: index for index, qubit in enumerate(qubits)}
    moves = [(place[qubit], bit) for qubit, bit in stored]
    slots = np.empty(len(found), dtype=np.intp)
    for row, index in enumerate(found.tolist()):
        value = branch.bits
        for source, bit in moves:
            value = (value & ~(1 << bit)) | (((index >> source) & 1) << bit)
        slots[row] = collected.slot(value)
    collected.pieces.append(slots[inverse.reshape(-1)])


def _take(state: State, fixed: dict[int, int]) -> State:
    """A view of the amplitudes where the given axes have the given values."""
    return state[(*(fixed.get(axis, slice(None)) for axis in range(state.ndim)), ...)]


def _evolve(state: State, op: Operation) -> State:
    if isinstance(op, Phase):
        state *= np.exp(1j * op.angle)
    elif isinstance(op, Gate):
        apply(state, op.matrix, op.targets, op.controls)
    else:
        raise TypeError(f"{type(op).__name__} is not unitary")
    return state


def apply(state: State, matrix: Matrix, targets: tuple[int, ...], controls: tuple[int, ...] = ()) -> None:
    """Apply a matrix to the target qubits, in place, where all control qubits are 1.

    `state` has one axis of length two per qubit. The first target is the matrix index's most significant bit.
    """
    top = state.ndim - 1
    fixed = {top - control: 1 for control in controls}
    axes = [top - target for target in targets]
    size = len(matrix)
    slices = [
        _take(state, fixed | {axis: (row >> (len(axes) - 1 - i)) & 1 for i, axis in enumerate(axes)})
        for row in range(size)
    ]
    rows, columns = np.nonzero(matrix)
    if len(rows) == size and len(set(columns.tolist())) == size:
        _permute(slices, rows.tolist(), columns.tolist(), [complex(v) for v in matrix[rows, columns]])
        return
    old = [part.copy() for part in slices]
    scratch = np.empty_like(old[0])
    for row in range(size):
        np.multiply(old[0], matrix[row, 0], out=slices[row])
        for column in range(1, size):
            if matrix[row, column] != 0:
                np.multiply(old[column], matrix[row, column], out=scratch)
                slices[row] += scratch


def _permute(slices: list[State], rows: list[int], columns: list[int], values: list[complex]) -> None:
    """One entry per row and column (X, Z, CX, SWAP, phases …): move and scale, without sums."""
    moved = {column: slices[column].copy() for row, column in zip(rows, columns, strict=True) if row != column}
    for row, column, value in zip(rows, columns, values, strict=True):
        if row != column:
            np.multiply(moved[column], value, out=slices[row])
        elif value != 1:
            slices[row] *= value

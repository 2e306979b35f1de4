"""A circuit as a list of steps, and branches that go through it: all shots with one history of outcomes.

Blocks become jumps, so that the position of a branch is one number, and qubits become axes of the state.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np

from . import gate_error
from .circuit import (
    Block,
    Channel,
    Computed,
    Gate,
    If,
    Leave,
    Loop,
    Mark,
    Measure,
    Operation,
    Phase,
    Reset,
    SetBits,
    Store,
)
from .errors import ProgramTooLargeError
from .gates import Matrix
from .memory import Node, evaluate
from .state import State, apply, part


@dataclass(frozen=True, slots=True)
class _Jump:
    """Go to `target`; with a condition, only if that does not hold."""

    target: int
    unless: Node | None = None


@dataclass(frozen=True, slots=True)
class _Count:
    """Count an iteration of a loop; with `limit` None, begin to count."""

    loop: int
    limit: int | None = None
    line: int = 0


_MOST_ITERATIONS = 100_000
"""Of all loops together, in one shot: loops inside of loops have a limit each."""

Step: TypeAlias = Gate | Phase | Measure | Reset | Channel | SetBits | Store | Computed | _Jump | _Count
Quantum: TypeAlias = Gate | Phase | Measure | Reset | Channel


def compiled(operations: tuple[Operation, ...], place: Mapping[int, int]) -> list[Step]:
    """The steps of operations, on the axes that `place` gives qubits."""
    code: list[Step] = []
    # For each label, the jumps that leave it.
    leaving: dict[int, list[int]] = {}

    def add(ops: Iterable[Operation]) -> None:
        for op in ops:
            if isinstance(op, If):
                decision = len(code)
                code.append(_Jump(0, op.condition))
                add(op.then)
                if op.otherwise:
                    leave = len(code)
                    code.append(_Jump(0))
                    code[decision] = _Jump(len(code), op.condition)
                    add(op.otherwise)
                    code[leave] = _Jump(len(code))
                else:
                    code[decision] = _Jump(len(code), op.condition)
            elif isinstance(op, Block):
                add(op.body)
                close(op.label)
            elif isinstance(op, Loop):
                code.append(_Count(op.label))
                start = len(code)
                code.append(_Count(op.label, op.limit, op.line))
                add(op.body)
                code.append(_Jump(start))
                close(op.label)
            elif isinstance(op, Leave):
                leaving.setdefault(op.label, []).append(len(code))
                code.append(_Jump(0))
            elif isinstance(op, SetBits | Store | Computed):
                code.append(op)
            elif not isinstance(op, Mark):
                code.append(on_axes(op, place))

    def close(label: int) -> None:
        for jump in leaving.pop(label, ()):
            code[jump] = _Jump(len(code))

    add(operations)
    close(0)
    return code


def on_axes(op: Quantum, place: Mapping[int, int]) -> Quantum:
    """An operation on the axes of its qubits."""
    if isinstance(op, Gate):
        return Gate(op.matrix, tuple(place[q] for q in op.targets), tuple(place[q] for q in op.controls))
    if isinstance(op, Measure):
        return Measure(place[op.qubit], op.bit)
    if isinstance(op, Channel):
        return Channel(tuple(place[q] for q in op.qubits), op.paulis, op.decay)
    return Reset(place[op.qubit]) if isinstance(op, Reset) else op


@dataclass(slots=True)
class Branch:
    """All shots that share one history of outcomes."""

    state: State
    at: int
    bits: int
    shots: int
    values: dict[int, Any] = field(default_factory=dict[int, Any])
    counts: dict[int, int] = field(default_factory=dict[int, int])
    pending: list[Quantum] = field(default_factory=list[Quantum])
    iterations: int = 0

    def copy(self, shots: int) -> Branch:
        """The same history for other shots, with a state of its own."""
        return Branch(
            self.state.copy(),
            self.at,
            self.bits,
            shots,
            dict(self.values),
            dict(self.counts),
            list(self.pending),
            self.iterations,
        )

    def run(
        self, code: list[Step], place: Mapping[int, int], rng: np.random.Generator, check: Callable[[], None]
    ) -> Iterable[Branch]:
        """Go through the rest of the steps; gives the other halves wherever shots are split."""
        while self.pending or self.at < len(code):
            check()
            if self.pending:
                yield from self._quantum(self.pending.pop(0), rng)
                continue
            step = code[self.at]
            self.at += 1
            if isinstance(step, Gate | Phase | Measure | Reset | Channel):
                yield from self._quantum(step, rng)
            elif isinstance(step, _Jump):
                if step.unless is None or not evaluate(step.unless, self):
                    self.at = step.target
            elif isinstance(step, SetBits):
                mask = (1 << step.width) - 1
                value = int(evaluate(step.value, self)) & mask
                self.bits = (self.bits & ~(mask << step.start)) | (value << step.start)
            elif isinstance(step, Store):
                self.values[step.slot] = evaluate(step.value, self)
            elif isinstance(step, _Count):
                self._count(step)
            else:
                self.pending = [on_axes(op, place) for op in step.operations(self)]

    def _count(self, step: _Count) -> None:
        if step.limit is None:
            self.counts[step.loop] = 0
            return
        self.counts[step.loop] += 1
        self.iterations += 1
        if self.counts[step.loop] > step.limit:
            raise ProgramTooLargeError(
                f"the loop ran more than {step.limit} times in one shot, which is the limit", line=step.line
            )
        if self.iterations > _MOST_ITERATIONS:
            raise ProgramTooLargeError(
                f"the loops ran more than {_MOST_ITERATIONS} times in one shot, which is the limit", line=step.line
            )

    def _quantum(self, op: Quantum, rng: np.random.Generator) -> list[Branch]:
        if isinstance(op, Measure | Reset):
            return self._project(op, rng)
        if isinstance(op, Channel):
            return self._decay(op, rng) if op.decay else self._flip(op, rng)
        evolve(self.state, op)
        if gate_error.chance() and isinstance(op, Gate):
            return self._disturb((*op.controls, *op.targets), rng)
        return []

    def _disturb(self, qubits: tuple[int, ...], rng: np.random.Generator) -> list[Branch]:
        """After a gate, split the shots by their errors. The smallest part continues first, since it ends soonest."""
        branches: list[Branch] = [self]
        for qubit in qubits:
            for branch in tuple(branches):
                right, *wrong = gate_error.split(branch.shots, rng)
                for shots, pauli in zip(wrong, gate_error.PAULIS, strict=True):
                    if shots and (right or shots < branch.shots):
                        branches.append(branch._erring(shots, pauli, qubit))
                        branch.shots -= shots
                    elif shots:
                        apply(branch.state, pauli, (qubit,))
        return self._smallest_first(branches)

    def _smallest_first(self, branches: list[Branch]) -> list[Branch]:
        """Keep the fewest shots in this branch; returns the others."""
        last = min(branches, key=lambda branch: branch.shots)
        self.state, last.state = last.state, self.state
        self.shots, last.shots = last.shots, self.shots
        return sorted((branch for branch in branches if branch is not self), key=lambda branch: -branch.shots)

    def _flip(self, op: Channel, rng: np.random.Generator) -> list[Branch]:
        """Split the shots by the Pauli operators that they suffer."""
        chances = [chance for _letters, chance in op.paulis]
        drawn = rng.multinomial(self.shots, [*chances, max(0.0, 1 - sum(chances))]).tolist()
        branches: list[Branch] = [self]
        for (letters, _chance), shots in zip(op.paulis, drawn[:-1], strict=True):
            if not shots:
                continue
            branch = self if shots == self.shots else self.copy(shots)
            for letter, qubit in zip(letters, op.qubits, strict=True):
                if letter != "I":
                    apply(branch.state, gate_error.PAULIS["XYZ".index(letter)], (qubit,))
            if branch is self:
                break
            self.shots -= shots
            branches.append(branch)
        return self._smallest_first(branches)

    def _decay(self, op: Channel, rng: np.random.Generator) -> list[Branch]:
        """Split the shots by whether a qubit in 1 fell to 0; not having fallen makes 0 likelier too."""
        axis = self.state.ndim - 1 - op.qubits[0]
        one, zero = (float(np.sum(np.abs(part(self.state, {axis: value})) ** 2)) for value in (1, 0))
        fallen = int(rng.binomial(self.shots, min(1.0, op.decay * one / (zero + one))))
        branches: list[Branch] = [self]
        if 0 < fallen < self.shots:
            branches.append(self.copy(fallen))
            self.shots -= fallen
        for branch in branches:
            ground, excited = part(branch.state, {axis: 0}), part(branch.state, {axis: 1})
            if fallen and branch is branches[-1]:
                ground[...] = excited / math.sqrt(one)
                excited[...] = 0
            else:
                left = zero + one * (1 - op.decay)
                ground /= math.sqrt(left)
                excited *= math.sqrt((1 - op.decay) / left)
        return self._smallest_first(branches)

    def _erring(self, shots: int, pauli: Matrix, qubit: int) -> Branch:
        other = self.copy(shots)
        apply(other.state, pauli, (qubit,))
        return other

    def _project(self, op: Measure | Reset, rng: np.random.Generator) -> list[Branch]:
        axis = self.state.ndim - 1 - op.qubit
        one = float(np.sum(np.abs(part(self.state, {axis: 1})) ** 2))
        zero = float(np.sum(np.abs(part(self.state, {axis: 0})) ** 2))
        ones = int(rng.binomial(self.shots, min(1.0, one / (zero + one))))
        shots = (self.shots - ones, ones)
        smaller = 0 if shots[0] and (shots[0] <= shots[1] or not shots[1]) else 1
        others: list[Branch] = []
        if shots[1 - smaller]:
            other = self.copy(shots[1 - smaller])
            other._collapse(op, axis, 1 - smaller, (zero, one)[1 - smaller])
            others.append(other)
        self.shots = shots[smaller]
        self._collapse(op, axis, smaller, (zero, one)[smaller])
        return others

    def _collapse(self, op: Measure | Reset, axis: int, outcome: int, probability: float) -> None:
        kept, lost = part(self.state, {axis: outcome}), part(self.state, {axis: 1 - outcome})
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


def evolve(state: State, op: Gate | Phase) -> None:
    """Apply a gate or a phase, in place."""
    if isinstance(op, Phase):
        state *= np.exp(1j * op.angle)
    else:
        apply(state, op.matrix, op.targets, op.controls)

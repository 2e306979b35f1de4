"""Noise of a device: errors of readout and gates, and relaxation of qubits that wait.

A gate's error is its average infidelity r, as randomized benchmarking measures it. After the gate its qubits suffer a
Pauli operator, each as likely: r/2 for each of 3 on one qubit, r/12 for each of 15 on two. Benchmarks contain the
relaxation during a gate, so T1 and T2 act on qubits only while they wait for others or are delayed: gates run as early
as possible. Channels are amplitude damping by 1 - exp(-t/T1) and a phase flip with (1 - exp(-t/Tphi))/2, where
1/Tphi = 1/T2 - 1/(2 T1).
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from typing import TypeAlias

from .circuit import Block, Channel, Circuit, If, Loop, Mark, Measure, Operation, qubits_of, walk
from .native import Native

Numbers: TypeAlias = tuple[int, ...]

# Instructions without operations of their own.
_PAUSES = ("barrier", "delay")


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseModel:
    """A device's noise, by the numbers of its qubits.

    `readout` has the probabilities that 0 and 1 are reported wrongly. `errors` are average infidelities by gate and
    qubits in ascending order, where an empty name stands for other gates; gates on other qubits have the median of
    those on as many qubits, and those of `free` have none. `t1`, `t2` and `seconds`, by gate, are in seconds.
    """

    readout: Mapping[int, tuple[float, float]] = field(default_factory=dict[int, tuple[float, float]])
    errors: Mapping[tuple[str, Numbers], float] = field(default_factory=dict[tuple[str, Numbers], float])
    free: frozenset[str] = frozenset()
    t1: Mapping[int, float] = field(default_factory=dict[int, float])
    t2: Mapping[int, float] = field(default_factory=dict[int, float])
    seconds: Mapping[str, float] = field(default_factory=dict[str, float])

    def noisy(self, circuit: Circuit) -> Circuit:
        """Return a marked circuit with the device's noise instead of its marks."""
        typical = {
            size: median(sized)
            for size in (1, 2)
            if (sized := [error for (_name, numbers), error in self.errors.items() if len(numbers) == size])
        }
        changed = circuit.changed(lambda operations: tuple(_Pass(self, circuit, typical).run(operations)))
        measured = {op.bit: op.qubit for op in walk(circuit.operations) if isinstance(op, Measure)}
        misread = {
            bit: self.readout[circuit.number(qubit)]
            for bit, qubit in measured.items()
            if bit is not None and circuit.number(qubit) in self.readout
        }
        return replace(changed, misread=misread)


class _Pass:
    """One list of operations, and when each of its qubits is free."""

    def __init__(self, model: NoiseModel, circuit: Circuit, typical: Mapping[int, float]) -> None:
        self.model = model
        self.circuit = circuit
        self.typical = typical
        self.free_at: dict[int, float] = {}

    def run(self, operations: tuple[Operation, ...]) -> Iterator[Operation]:
        """The operations of a mark stand before it; several marks may follow operations that belong together."""
        pending: list[Operation] = []
        for is_mark, group in itertools.groupby(operations, lambda op: isinstance(op, Mark)):
            if not is_mark:
                for op in group:
                    if isinstance(op, If | Block | Loop):
                        yield from pending
                        pending = []
                        yield from self._wait(sorted(qubits_of(op)))
                        yield op
                    else:
                        pending.append(op)
                continue
            marks = [op for op in group if isinstance(op, Mark)]
            count = next((place for place, mark in enumerate(marks) if mark.name in _PAUSES), len(marks))
            for mark in marks[:count]:
                yield from self._wait(mark.qubits)
            yield from pending
            pending = []
            for mark in marks[:count]:
                yield from self._after(mark)
            for mark in marks[count:]:
                yield from self._wait(mark.qubits)
                yield from self._after(mark)
        yield from pending

    def _wait(self, qubits: tuple[int, ...] | list[int]) -> Iterator[Channel]:
        """Let qubits relax until all of them are free."""
        start = max((self.free_at.get(qubit, 0.0) for qubit in qubits), default=0.0)
        for qubit in qubits:
            # A qubit to which nothing was done yet is in its ground state.
            if qubit in self.free_at:
                yield from self._relax(qubit, start - self.free_at[qubit])
            self.free_at[qubit] = start

    def _after(self, mark: Mark) -> Iterator[Channel]:
        if mark.name == "barrier":
            return
        if mark.name == "delay":
            for qubit in mark.qubits:
                yield from self._relax(qubit, mark.seconds)
                self.free_at[qubit] += mark.seconds
            return
        for qubit in mark.qubits:
            self.free_at[qubit] += self.model.seconds.get(mark.name, 0.0)
        if mark.name in ("measure", "reset") or mark.name in self.model.free:
            return
        numbers = tuple(sorted(self.circuit.number(qubit) for qubit in mark.qubits))
        errors = self.model.errors
        typical = self.typical.get(len(numbers), 0.0)
        if error := errors.get((mark.name, numbers), errors.get(("", numbers), typical)):
            yield depolarizing(mark.qubits, error)

    def _relax(self, qubit: int, seconds: float) -> Iterator[Channel]:
        number = self.circuit.number(qubit)
        t1, t2 = self.model.t1.get(number, math.inf), self.model.t2.get(number, math.inf)
        if seconds <= 0:
            return
        if t1 < math.inf:
            yield Channel((qubit,), decay=1 - math.exp(-seconds / t1))
        # T2 is at most twice T1; what is measured may be beyond that.
        rate = 1 / t2 - 1 / (2 * t1)
        if rate > 0:
            yield Channel((qubit,), (("Z", (1 - math.exp(-seconds * rate)) / 2),))


def depolarizing(qubits: Numbers, infidelity: float) -> Channel:
    """The depolarizing channel with this average infidelity."""
    dimension = 2 ** len(qubits)
    letters = ["".join(word) for word in itertools.product("IXYZ", repeat=len(qubits))][1:]
    # Of average infidelity r, the Pauli operators' probabilities add up to r (d + 1) / d.
    share = min(1.0, infidelity * (dimension + 1) / dimension) / len(letters)
    return Channel(qubits, tuple((word, share) for word in letters))


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a device demands of a program and does to its results; `Native` and `NoiseModel` or None."""

    native: Native | None = None
    noise: NoiseModel | None = None

    @property
    def marks(self) -> bool:
        """Whether circuits need marks."""
        return self.native is not None or self.noise is not None

    def applied(self, circuit: Circuit) -> Circuit:
        """Return a marked circuit as the device runs it. Raises NotNativeError."""
        if self.native is not None:
            self.native.check(circuit)
        return circuit.unmarked() if self.noise is None else self.noise.noisy(circuit)

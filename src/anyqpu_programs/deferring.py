"""Moving measurements to the end of a circuit, for machines that measure once, at the end.

By the principle of deferred measurement the outcomes stay what they are, exactly: an outcome that is needed later is
copied to a helper qubit by a CNOT, a reset goes on with a fresh qubit, and a condition becomes controls. Each helper
begins as 0 and is used for one purpose only.
"""

from __future__ import annotations

from collections.abc import Iterable

from anyqpu_programs.circuit import Barrier, Circuit, Gate, If, Measure, Reset, SetBit, Step, qubits_of
from anyqpu_programs.problems import NoFormError, TooLargeError

_MOST_BRANCHES = 64
"""Values of its bits that one condition is written out for."""


def deferred(circuit: Circuit, limit: int) -> Circuit:
    """The same circuit with gates first and then one measurement for every bit, in order of the bits.

    Bits that are never measured get a qubit of their own, which stays 0, so that results have the program's width.

    Raises:
        NoFormError: A measurement or reset depends on a measured bit.
        TooLargeError: More than `limit` qubits would be needed.
    """
    return _Deferring(circuit, limit).circuit()


class _Deferring:
    def __init__(self, circuit: Circuit, limit: int) -> None:
        self._circuit = circuit
        self._limit = limit
        self._count = circuit.num_qubits
        # The qubit that stands for each qubit of the program, and the one that holds each bit.
        self._at = list(range(circuit.num_qubits))
        self._holds: dict[int, int] = {}
        self._used: set[int] = set()
        self._gates: list[Step] = []
        self._goes_on = _goes_on(circuit.steps)

    def circuit(self) -> Circuit:
        steps = self._circuit.steps
        for place, step in enumerate(steps):
            self._step(step, place)
        bits = range(self._circuit.num_bits)
        ends = [Measure(self._holder(bit), bit) for bit in bits]
        helpers = self._count - self._circuit.num_qubits + self._circuit.helpers
        return Circuit(self._circuit.qubits, self._circuit.bits, (*self._gates, *ends), helpers=helpers)

    def _fresh(self, line: int | None = None) -> int:
        if self._count >= self._limit:
            raise TooLargeError(f"measuring at the end takes more than {self._limit:,} qubits", line)
        self._count += 1
        return self._count - 1

    def _holder(self, bit: int) -> int:
        """The qubit that holds a bit; a bit that nothing was put into is a qubit in 0."""
        if bit not in self._holds:
            self._holds[bit] = self._fresh()
        return self._holds[bit]

    def _step(self, step: Step, place: int) -> None:
        match step:
            case Gate(name, angles, targets, controls):
                self._add(Gate(name, angles, self._moved(targets), self._moved(controls)))
            case Barrier(qubits):
                self._gates.append(Barrier(self._moved(qubits)))
            case Measure(qubit, bit):
                self._measure(qubit, bit, place)
            case Reset(qubit):
                # A qubit that nothing was done to is 0 already.
                if self._at[qubit] in self._used:
                    self._at[qubit] = self._fresh()
            case SetBit(bit, value):
                self._holds[bit] = self._fresh()
                if value:
                    self._add(Gate("x", (), (self._holds[bit],)))
            case If():
                self._branch(step)

    def _add(self, gate: Gate) -> None:
        self._used.update(gate.qubits)
        self._gates.append(gate)

    def _moved(self, qubits: Iterable[int]) -> tuple[int, ...]:
        return tuple([self._at[qubit] for qubit in qubits])

    def _measure(self, qubit: int, bit: int | None, place: int) -> None:
        at = self._at[qubit]
        if place not in self._goes_on:
            # The qubit itself holds the outcome.
            if bit is not None:
                self._holds[bit] = at
                self._used.add(at)
            return
        helper = self._fresh()
        self._add(Gate("x", (), (helper,), (at,)))
        if bit is not None:
            self._holds[bit] = helper

    def _branch(self, step: If) -> None:
        condition = step.condition
        bits = condition.bits
        if len(bits) > 12 and (condition.negated or step.otherwise):
            raise NoFormError(f"a condition depends on {len(bits)} measured bits", step.line)
        chosen = condition.matching() if len(bits) <= 12 else sorted(condition.values)
        others = [value for value in range(1 << len(bits)) if value not in chosen] if step.otherwise else []
        for values, block in ((chosen, step.then), (others, step.otherwise)):
            if len(values) > _MOST_BRANCHES:
                raise NoFormError(f"a condition holds for {len(values)} values of the measured bits", step.line)
            for value in values if block else ():
                self._under(block, bits, value, step.line)

    def _under(self, block: tuple[Step, ...], bits: tuple[int, ...], value: int, line: int | None) -> None:
        """The gates of a block, controlled by the qubits that hold the bits."""
        holders = tuple(self._holder(bit) for bit in bits)
        flips = [Gate("x", (), (holder,)) for place, holder in enumerate(holders) if not value >> place & 1]
        for flip in flips:
            self._add(flip)
        for gate in _gates(block, line):
            targets, controls = self._moved(gate.targets), self._moved(gate.controls)
            if set(holders) & {*targets, *controls}:
                raise NoFormError("a gate depends on a measurement of its own qubit", line)
            self._add(Gate(gate.name, gate.angles, targets, (*holders, *controls)))
        for flip in flips:
            self._add(flip)


def _gates(block: tuple[Step, ...], line: int | None) -> Iterable[Gate]:
    for step in block:
        if isinstance(step, Gate):
            yield step
        elif not isinstance(step, Barrier):
            what = "a condition" if isinstance(step, If) else "a measurement, reset or assignment"
            raise NoFormError(f"{what} depends on a measurement", line)


def _goes_on(steps: tuple[Step, ...]) -> set[int]:
    """The places of measurements whose qubit is used again before it is reset."""
    found: set[int] = set()
    used: set[int] = set()
    for place in reversed(range(len(steps))):
        step = steps[place]
        if isinstance(step, Reset):
            used.discard(step.qubit)
            continue
        if isinstance(step, Measure) and step.qubit in used:
            found.add(place)
        used |= qubits_of(step)
    return found

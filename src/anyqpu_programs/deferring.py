"""Deferred measurement, for machines that measure once, at the end.

By the principle of deferred measurement the distribution of outcomes is unchanged: an outcome that is needed later is
copied to a helper qubit by a CNOT, a reset continues with a new qubit, and a condition becomes controls. Each helper
starts as 0 and has one purpose.
"""

from __future__ import annotations

from collections.abc import Iterable

from anyqpu_programs.circuit import Barrier, Circuit, Gate, If, Measure, Reset, SetBit, Step, qubits_of
from anyqpu_programs.problems import NoFormError, TooLargeError

_MOST_VALUES = 64
"""The most values of its bits for one condition."""
_MOST_BITS = 12
_MOST_CONTROLS = 3
_INSIDE = -1
"""The position of steps in a block, whose measurements are always copied."""


def deferred(circuit: Circuit, limit: int) -> Circuit:
    """Return the circuit with all gates first, and then one measurement for every bit, in order of the bits.

    Bits that are never measured get a separate qubit, which stays 0, so that results have the program's width.

    Raises:
        NoFormError: A condition depends on too many bits.
        TooLargeError: More than `limit` qubits would be needed.
    """
    return _Deferring(circuit, limit).circuit()


class _Deferring:
    def __init__(self, circuit: Circuit, limit: int) -> None:
        self._circuit = circuit
        self._limit = limit
        self._count = circuit.num_qubits
        # The present qubit of each qubit of the program, and the qubit that holds each bit.
        self._at = list(range(circuit.num_qubits))
        self._holds: dict[int, int] = {}
        self._used: set[int] = set()
        self._gates: list[Step] = []
        self._reused = _reused(circuit.steps)

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
        """Return the qubit that holds a bit; for a bit without a value, a qubit in 0."""
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
                # An unused qubit is 0 already.
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
        if place != _INSIDE and place not in self._reused:
            # The measured qubit holds the outcome.
            if bit is not None:
                self._holds[bit] = at
                self._used.add(at)
            return
        helper = self._fresh()
        self._add(Gate("x", (), (helper,), (at,)))
        if bit is not None:
            self._holds[bit] = helper

    # -- conditions -----------------------------------------------------------------

    def _branch(self, step: If, outer: int | None = None) -> None:
        """Write both blocks of a branch, each controlled by a qubit that is 1 if the block is taken."""
        decided = self._decided(step, outer)
        if isinstance(decided, bool):
            self._block(step.then if decided else step.otherwise, outer)
            return
        chosen, when = decided
        if step.then:
            self._controlled(step.then, chosen, when)
        if not step.otherwise:
            return
        if outer is not None:
            # Within a branch, the other block is the rest of that branch.
            rest = self._fresh(step.line)
            self._flip(rest, (outer,))
            self._flip(rest, (chosen,))
            chosen, when = rest, False
        self._controlled(step.otherwise, chosen, not when)

    def _decided(self, step: If, outer: int | None) -> bool | tuple[int, bool]:
        """Return the qubit with the value of a condition and the value for true; a bool where it is known."""
        bits = [bit for bit in step.condition.bits if bit in self._holds]
        values = self._values(step, bits)
        if not values:
            return False
        if not bits or len(values) == 1 << len(bits):
            return True
        holders = tuple(self._holds[bit] for bit in bits)
        if len(bits) == 1 and outer is None and all(map(_is_unitary, (*step.then, *step.otherwise))):
            return holders[0], values[0] == 1
        if len(values) > _MOST_VALUES:
            raise NoFormError(f"a condition holds for {len(values)} values of the measured bits", step.line)
        chosen = self._fresh(step.line)
        more = () if outer is None else (outer,)
        for value in values:
            flips = [holder for place, holder in enumerate(holders) if not value >> place & 1]
            for flip in flips:
                self._flip(flip)
            self._flip(chosen, self._together(holders + more, step.line))
            for flip in flips:
                self._flip(flip)
        return chosen, True

    def _values(self, step: If, bits: list[int]) -> list[int]:
        """Return the values of the written bits for which a condition holds; all other bits are 0."""
        places = [step.condition.bits.index(bit) for bit in bits]
        rest = ~sum(1 << place for place in places)
        listed = {
            sum((value >> place & 1) << at for at, place in enumerate(places))
            for value in step.condition.values
            if not value & rest
        }
        if not step.condition.negated:
            return sorted(listed)
        if len(bits) > _MOST_BITS:
            raise NoFormError(f"a condition depends on {len(bits)} measured bits", step.line)
        return [value for value in range(1 << len(bits)) if value not in listed]

    def _together(self, controls: tuple[int, ...], line: int | None) -> tuple[int, ...]:
        """Return at most the wanted number of controls, which are all 1 if the given ones are."""
        while len(controls) > _MOST_CONTROLS:
            both = self._fresh(line)
            self._flip(both, controls[:2])
            controls = (*controls[2:], both)
        return controls

    def _flip(self, qubit: int, controls: tuple[int, ...] = ()) -> None:
        self._add(Gate("x", (), (qubit,), controls))

    def _controlled(self, block: tuple[Step, ...], control: int, when: bool) -> None:
        if not when:
            self._flip(control)
        self._block(block, control)
        if not when:
            self._flip(control)

    def _block(self, block: tuple[Step, ...], control: int | None) -> None:
        for step in block:
            if control is None:
                self._step(step, _INSIDE)
            else:
                self._under(step, control)

    def _under(self, step: Step, control: int) -> None:
        """Write a step that is taken if the control is 1."""
        match step:
            case Gate(name, angles, targets, controls):
                self._add(Gate(name, angles, self._moved(targets), (control, *self._moved(controls))))
            case Measure(qubit, bit):
                helper = self._fresh()
                self._flip(helper, (control, self._at[qubit]))
                if bit is not None:
                    self._put(bit, helper, control)
            case SetBit(bit, value):
                helper = self._fresh()
                if value:
                    self._flip(helper, (control,))
                self._put(bit, helper, control)
            case Reset(qubit):
                # Swapped with a qubit in 0 that is not used again.
                self._add(Gate("swap", (), (self._at[qubit], self._fresh()), (control,)))
            case If():
                self._branch(step, control)
            case _:
                pass

    def _put(self, bit: int, helper: int, control: int) -> None:
        """Move a bit to a helper qubit; if the control is 0, the bit keeps its value."""
        before = self._holds.get(bit)
        if before is not None:
            self._flip(control)
            self._flip(helper, (control, before))
            self._flip(control)
        self._holds[bit] = helper


def _is_unitary(step: Step) -> bool:
    return isinstance(step, Gate | Barrier)


def _reused(steps: tuple[Step, ...]) -> set[int]:
    """Return the positions of measurements whose qubit is used again before a reset."""
    qubits: set[int] = set()
    used: set[int] = set()
    for place in reversed(range(len(steps))):
        step = steps[place]
        if isinstance(step, Reset):
            used.discard(step.qubit)
            continue
        if isinstance(step, Measure) and step.qubit in used:
            qubits.add(place)
        used |= qubits_of(step)
    return qubits

"""What a device that stands for hardware runs, and the check of a circuit against it."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from .circuit import Circuit, If, Loop, Mark, walk
from .errors import EngineError

_TOLERANCE = 1e-9
_MOST_NEIGHBOURS = 6
# Phases of the whole state are not instructions of a device.
_IGNORED = ("gphase",)


class NotNativeError(EngineError):
    """The program is correct, but is not in the form that the device runs."""

    code = "NOT_NATIVE"


@dataclass(frozen=True, slots=True)
class Angles:
    """Angles that a gate takes: multiples of `step`, from `least` to `most`; None for no limit."""

    step: float | None = None
    least: float | None = None
    most: float | None = None

    def allow(self, angle: float | None) -> bool:
        """Return whether the gate takes an angle, in radians; None is one that is not known before the run."""
        if angle is None:
            return False
        if self.step is not None and abs(angle / self.step - round(angle / self.step)) > _TOLERANCE:
            return False
        return (self.least is None or angle >= self.least - _TOLERANCE) and (
            self.most is None or angle <= self.most + _TOLERANCE
        )

    def __str__(self) -> str:
        limits = [f"from {_degrees(self.least)}"] if self.least is not None else []
        limits += [f"up to {_degrees(self.most)}"] if self.most is not None else []
        step = [f"multiples of {_degrees(self.step)}"] if self.step is not None else []
        return " ".join([*step, *limits])


@dataclass(frozen=True, slots=True, kw_only=True)
class Native:
    """The native form of a device.

    `gates` and `others` (measurements and the like) are instructions by name. `pairs` are coupled qubits, in ascending
    order; None where all are. `must_measure` refuses programs that measure nothing.
    """

    device: str
    gates: tuple[str, ...]
    others: tuple[str, ...]
    qubits: Collection[int]
    pairs: frozenset[tuple[int, int]] | None = None
    angles: Mapping[str, Angles] = field(default_factory=dict[str, Angles])
    must_measure: bool = False
    code: str = NotNativeError.code

    def check(self, circuit: Circuit) -> None:
        """Raise NotNativeError for the first instruction of a marked circuit that the device does not run."""
        for op in walk(circuit.operations):
            if isinstance(op, Mark):
                self._check(op, circuit)
            elif isinstance(op, If) and "if_else" not in self.others:
                raise self._error("", "a condition on measured bits", self._runs())
            elif isinstance(op, Loop) and "while_loop" not in self.others:
                raise self._error(f"line {op.line}", "a loop that measured bits decide", self._runs())
        # Without numbers, the circuit's qubits are numbered as the device's, which may have gaps.
        if circuit.numbers and circuit.num_qubits > len(self.qubits):
            reason = f"{self.device} has {len(self.qubits)}"
            raise self._error("", f"the program has {circuit.num_qubits} qubits", reason)
        if self.must_measure and not circuit.measures:
            raise self._error("", "the program measures nothing", f"{self.device} runs programs with a measurement")

    def _check(self, mark: Mark, circuit: Circuit) -> None:
        if mark.name in _IGNORED:
            return
        where = f"{mark.name} on {', '.join(circuit.name(qubit) for qubit in mark.qubits)}"
        if mark.name not in self.gates and mark.name not in self.others:
            raise self._error(mark.place, where, self._runs())
        numbers = tuple(circuit.number(qubit) for qubit in mark.qubits)
        for number, qubit in zip(numbers, mark.qubits, strict=True):
            if number not in self.qubits:
                raise self._error(mark.place, where, f"{self.device} has no qubit {circuit.name(qubit)}")
        if mark.name not in self.gates:
            return
        if self.pairs is not None and len(numbers) == 2 and tuple(sorted(numbers)) not in self.pairs:
            raise self._error(mark.place, where, self._uncoupled(*numbers))
        allowed = self.angles.get(mark.name)
        if allowed is not None and not allowed.allow(mark.angles[0] if mark.angles else None):
            angle = mark.angles[0] if mark.angles else None
            label = "an angle that is computed during the run" if angle is None else f"the angle {angle:.6g}"
            raise self._error(mark.place, where, f"{label}; {self.device} takes {allowed} for {mark.name}")

    def _runs(self) -> str:
        return f"{self.device} runs {', '.join((*self.gates, *self.others))}"

    def _uncoupled(self, first: int, second: int) -> str:
        pairs = self.pairs or frozenset()
        near = sorted({other for pair in pairs if first in pair for other in pair} - {first})
        listed = ", ".join(map(str, near[:_MOST_NEIGHBOURS])) or "none"
        return f"{self.device} does not couple qubits {first} and {second}; {first} is coupled with {listed}"

    def _error(self, place: str, where: str, reason: str) -> NotNativeError:
        here = f"{place}: " if place else ""
        error = NotNativeError(f"{here}{where}: {reason}; transpile the program")
        error.code = self.code
        return error


def _degrees(angle: float | None) -> str:
    parts = (angle or 0.0) / math.pi
    return f"{parts:g} pi" if parts else "0"

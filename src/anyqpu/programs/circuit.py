"""A program written out: gates on numbered qubits, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import accumulate

from anyqpu.errors import ValidationError
from anyqpu.programs.gates import DEFINITIONS

Place = tuple[str, int]
"""A register and a number in it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A gate by its name in `gates.KNOWN`; angles in radians, controls before targets."""

    name: str
    angles: tuple[float, ...]
    qubits: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measurement of a qubit; `bit` is None where the outcome is not kept."""

    qubit: Place
    bit: Place | None


@dataclass(frozen=True, slots=True)
class Reset:
    """A qubit is put to 0."""

    qubit: Place


@dataclass(frozen=True, slots=True)
class Barrier:
    """Nothing is moved across it; it changes no outcome."""

    qubits: tuple[Place, ...]


Step = Gate | Measure | Reset | Barrier


@dataclass(frozen=True, slots=True)
class Circuit:
    """Registers with their sizes, in the order of their declaration, and what is done to them."""

    qubits: dict[str, int]
    bits: dict[str, int]
    steps: tuple[Step, ...]

    def lowered(self, target: Collection[str]) -> Circuit:
        """The same circuit with the gates of a target only."""
        steps: list[Step] = []
        for step in self.steps:
            steps.extend(_lower(step, target) if isinstance(step, Gate) else [step])
        return Circuit(self.qubits, self.bits, tuple(steps))


def _lower(gate: Gate, target: Collection[str]) -> Iterator[Gate]:
    if gate.name in target:
        yield gate
        return
    for name, angles, places in DEFINITIONS[gate.name](*gate.angles):
        yield from _lower(Gate(name, angles, tuple(gate.qubits[place] for place in places)), target)


def sampled_once(circuit: Circuit, refuse: Callable[[str], ValidationError]) -> dict[Place, int]:
    """The number of each qubit, where a circuit measures at its end only: that of the bit which it is measured into.

    Qubits that are not measured come after those that are. For languages that know no classical bits, or whose
    results go by qubit.

    Raises what `refuse` makes of the reason why the outcome would be another.
    """
    first = dict(zip(circuit.bits, accumulate(circuit.bits.values(), initial=0), strict=False))
    numbers: dict[Place, int] = {}
    for step in circuit.steps:
        match step:
            case Reset():
                raise refuse("it resets a qubit")
            case Measure(qubit, bit):
                if bit is None:
                    raise refuse(f"it measures {_name(qubit)} and keeps no outcome")
                if qubit in numbers:
                    raise refuse(f"it measures {_name(qubit)} twice")
                numbers[qubit] = first[bit[0]] + bit[1]
            case Gate(_, _, qubits):
                measured = [qubit for qubit in qubits if qubit in numbers]
                if measured:
                    raise refuse(f"it goes on with {_name(measured[0])} after measuring it")
            case Barrier():
                pass
    places = sorted(numbers.values())
    if not places:
        raise refuse("it measures nothing")
    if places != list(range(sum(circuit.bits.values()))):
        raise refuse("some bits are measured twice or never")
    for register, size in circuit.qubits.items():
        for index in range(size):
            numbers.setdefault((register, index), len(numbers))
    return numbers


def _name(place: Place) -> str:
    return f"{place[0]}[{place[1]}]"

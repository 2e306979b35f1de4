"""IQM's native circuits: instructions `prx`, `cz`, `measure` … on named qubits.

Two spellings are in use: `locus` with `args.angle` and `args.phase` in radians, and `qubits` with `angle_t`
and `phase_t` in full turns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anyqpu_emulator.shapes import is_list, is_object

from .circuit import Circuit, Gate, Mark, Measure, Operation, Register, Reset
from .errors import InvalidProgramError, UnsupportedProgramError
from .gates import GATES, prx

_IGNORED = ("barrier", "delay")
_SPELLED = {"phased_rx": "prx", "measurement": "measure"}
# Names of qubits begin with 1, numbers with 0.
_NAME = re.compile(r"QB([1-9][0-9]{0,5})")


@dataclass(frozen=True, slots=True)
class NativeCircuit:
    """A circuit, and the measurement keys in the order of its classical registers."""

    name: str
    circuit: Circuit
    keys: tuple[str, ...]


def parse(program: Mapping[str, Any], *, marks: bool = False, unknown: bool = False) -> NativeCircuit:
    """Translate one entry of `circuits`; `marks` puts marks into the circuit.

    `unknown` leaves unknown instructions, and that nothing is measured, to those who check the marks.

    Raises InvalidProgramError, naming the place of the instruction, or UnsupportedProgramError.
    """
    instructions = program.get("instructions")
    if not is_list(instructions):
        raise InvalidProgramError("a circuit needs a list of 'instructions'")
    reader = _Reader(marks=marks, unknown=unknown)
    for place, item in enumerate(instructions):
        reader.add(item, f"instructions[{place}]")
    if not reader.registers and not unknown:
        raise InvalidProgramError("the circuit measures nothing; add 'measure' instructions")
    matches = [_NAME.fullmatch(name) for name in reader.qubits]
    circuit = Circuit(
        len(reader.qubits),
        tuple(reader.registers),
        tuple(reader.operations),
        names=tuple(reader.qubits),
        numbers=tuple(-1 if match is None else int(match[1]) - 1 for match in matches),
    )
    return NativeCircuit(str(program.get("name")), circuit, tuple(r.name for r in reader.registers))


class _Reader:
    def __init__(self, *, marks: bool, unknown: bool) -> None:
        self.marks = marks
        self.unknown = unknown
        self.qubits: dict[str, int] = {}
        self.registers: list[Register] = []
        self.operations: list[Operation] = []
        self.num_bits = 0

    def add(self, item: Any, here: str) -> None:
        if not is_object(item):
            raise InvalidProgramError(f"{here} should be an object with 'name', 'qubits' (or 'locus') and 'args'")
        name, args = item.get("name"), item.get("args", {})
        if args is None:
            args = dict[str, Any]()
        if not is_object(args):
            raise InvalidProgramError(f"{here}: args should be an object")
        if name in _IGNORED:
            self.mark(name, tuple(self.qubits[qubit] for qubit in _names(item) if qubit in self.qubits), here)
            return
        qubits = self.locus(item, here)
        match name:
            case "prx" | "phased_rx":
                self.wants(qubits, 1, here)
                self.operations.append(Gate(prx(_angle(args, "angle", here), _angle(args, "phase", here)), qubits))
            case "cz":
                self.wants(qubits, 2, here)
                self.operations.append(Gate(GATES["cz"].build(), qubits[1:], qubits[:1]))
            case "reset":
                self.operations.extend(Reset(qubit) for qubit in qubits)
            case "measure" | "measurement":
                self.measure(qubits, args, here)
            case _ if self.unknown:
                pass
            case _:
                raise UnsupportedProgramError(f"{here}: this emulator does not know the IQM instruction {name!r}")
        self.mark(_SPELLED.get(str(name), str(name)), qubits, here)

    def mark(self, name: str, qubits: tuple[int, ...], here: str) -> None:
        if self.marks:
            rows = [(qubit,) for qubit in qubits] if name == "measure" else [qubits]
            self.operations.extend(Mark(name, row, here) for row in rows)

    def locus(self, entry: dict[str, Any], here: str) -> tuple[int, ...]:
        items = _names(entry)
        if not items:
            raise InvalidProgramError(f"{here} needs 'qubits' (or 'locus'), a list of names such as 'QB1'")
        if len(set(items)) != len(items):
            raise InvalidProgramError(f"{here} names a qubit twice: {items}")
        return tuple(self.qubits.setdefault(item, len(self.qubits)) for item in items)

    def wants(self, qubits: tuple[int, ...], number: int, here: str) -> None:
        if len(qubits) != number:
            raise InvalidProgramError(f"{here} acts on {number} qubits, not {len(qubits)}")

    def measure(self, qubits: tuple[int, ...], args: dict[str, Any], here: str) -> None:
        key = args.get("key")
        if not isinstance(key, str) or not key:
            raise InvalidProgramError(f"{here}: measure needs args.key, a text")
        if any(register.name == key for register in self.registers):
            raise InvalidProgramError(f"{here}: the measurement key {key!r} is used twice")
        self.registers.append(Register(key, self.num_bits, len(qubits)))
        self.operations.extend(Measure(qubit, self.num_bits + i) for i, qubit in enumerate(qubits))
        self.num_bits += len(qubits)


def _names(entry: Mapping[str, Any]) -> list[str]:
    names = entry.get("locus") or entry.get("qubits")
    return [str(name) for name in names] if is_list(names) else []


def _angle(args: dict[str, Any], name: str, here: str) -> float:
    radians, turns = args.get(name), args.get(name + "_t")
    value = radians if turns is None else turns
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise InvalidProgramError(f"{here}: prx needs {name} (radians) or {name}_t (full turns), a number")
    return float(value) if turns is None else 2 * math.pi * float(value)

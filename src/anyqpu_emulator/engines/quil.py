"""Quil (https://quil-lang.github.io), parsed by the `quil` package and run as a circuit.

Straight-line programs only: classical instructions, jumps and pulses are refused by name. Every measurement with
a target gets a classical bit of its own, in the order of the program; `QuilProgram.readouts` says which is which.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from quil import QuilError
from quil.instructions import Gate as QuilGate
from quil.instructions import GateDefinition as QuilGateDefinition
from quil.instructions import GateModifier, GateSpecification, Instruction, Qubit
from quil.program import Program

from .circuit import Circuit, Gate, Mark, Measure, Operation, Register, Reset
from .errors import EngineError, InvalidProgramError, UnsupportedProgramError
from .gates import GATES, Matrix, matrix

_NAMES = {
    **{name: name.lower() for name in ("I", "X", "Y", "Z", "H", "S", "T", "RX", "RY", "RZ", "PHASE")},
    **{name: name.lower() for name in ("CNOT", "CZ", "CPHASE", "SWAP", "ISWAP", "PSWAP", "XY", "CCNOT", "CSWAP")},
    **{f"CPHASE{place}": f"cphaseshift{place}" for place in ("00", "01", "10")},
}
# The parser and the evaluator recurse without a limit, and running out of stack ends the whole process.
_MAX_NESTING = 64
_MAX_LINE = 8192
_CHAIN = re.compile(r"(?:-\s*){16}|(?:\^[^\^\n]*){32}|(?:(?:CONTROLLED|DAGGER|FORKED)\s+){16}")
_MAX_DEFINED_QUBITS = 4
# Of a first word such as RX(pi/2), all but the name.
_WORD = re.compile(r"\(.*")
_IGNORED = (Instruction.Pragma, Instruction.Fence, Instruction.Delay, Instruction.Nop)


@dataclass(frozen=True, slots=True)
class Region:
    """Declared memory: its type in upper case (BIT, REAL, …) and its length."""

    kind: str
    length: int


@dataclass(frozen=True, slots=True)
class Readout:
    """A measurement that is kept: where it goes (`ro[0]`), and the qubit."""

    target: str
    region: str
    qubit: int


@dataclass(frozen=True, slots=True)
class QuilProgram:
    """A program that parses; its parameters are still open."""

    body: tuple[Instruction, ...]
    definitions: Mapping[str, QuilGateDefinition]
    regions: Mapping[str, Region]
    readouts: tuple[Readout, ...]
    qubits: frozenset[int]
    lines: tuple[int | None, ...] = ()

    def circuit(self, memory: Mapping[str, Sequence[float]] | None = None, *, marks: bool = False) -> Circuit:
        """The circuit for these values of declared memory; what is not given is zero. `marks` puts marks into it.

        Raises InvalidProgramError or UnsupportedProgramError.
        """
        values = {name: [0.0] * region.length for name, region in self.regions.items()}
        for name, numbers in (memory or {}).items():
            if name not in values:
                raise InvalidProgramError(f"the program declares no memory {name!r}")
            if len(numbers) > len(values[name]):
                raise InvalidProgramError(f"{name} has {len(values[name])} entries, not {len(numbers)}")
            values[name][: len(numbers)] = [float(value) for value in numbers]
        return _Translation(self, values, marks=marks).circuit()

    def check_qubits(self, available: Collection[int], device: str) -> None:
        """Raise InvalidProgramError, with the line, for a qubit that a device does not have."""
        for instruction, line in zip(self.body, self.lines, strict=True):
            with _at(line):
                for qubit in _qubits(instruction):
                    if qubit not in available:
                        raise InvalidProgramError(f"{device} has no qubit {qubit}")


def parse(text: str) -> QuilProgram:
    """Read a program. Raises InvalidProgramError or UnsupportedProgramError, for all but its gates."""
    _guard(text)
    program = _parsed(text)
    regions = {
        name: Region(declaration.size.data_type.to_quil(), declaration.size.length)
        for name, declaration in program.declarations.items()
    }
    if sum(region.length for region in regions.values()) > 100_000:
        raise UnsupportedProgramError("the program declares more memory than this emulator takes")
    readouts: list[Readout] = []
    qubits: set[int] = set()
    body = tuple(program.body_instructions)
    lines = _lines(text, body)
    for place, instruction in enumerate(body):
        with _at(lines[place]):
            qubits.update(_qubits(instruction))
            readout = _readout(instruction, regions)
        if readout is not None:
            readouts.append(readout)
    return QuilProgram(body, dict(program.gate_definitions), regions, tuple(readouts), frozenset(qubits), lines)


def _readout(instruction: Instruction, regions: Mapping[str, Region]) -> Readout | None:
    """Return where a measurement's outcome goes; None for other instructions, and for one that is not kept."""
    if not isinstance(instruction, Instruction.Measurement) or instruction._0.target is None:
        return None
    target = instruction._0.target
    region = regions.get(target.name)
    if region is None or target.index >= region.length:
        raise InvalidProgramError(f"{instruction.to_quil()}: there is no {target.to_quil()}")
    if region.kind not in ("BIT", "INTEGER"):
        raise InvalidProgramError(f"{instruction.to_quil()}: {target.name} is {region.kind}, not BIT")
    return Readout(target.to_quil(), target.name, _qubit(instruction._0.qubit))


def _qubits(instruction: Instruction) -> list[int]:
    """Return the qubits of a gate or a measurement."""
    if isinstance(instruction, Instruction.Gate):
        return [_qubit(qubit) for qubit in instruction._0.qubits]
    return [_qubit(instruction._0.qubit)] if isinstance(instruction, Instruction.Measurement) else []


@contextmanager
def _at(line: int | None) -> Generator[None]:
    """Put the line into the message of an error."""
    try:
        yield
    except EngineError as error:
        if line is None:
            raise
        raise error.within(f"line {line}: ") from None


class _Translation:
    """One program with its memory, on the way to a circuit."""

    def __init__(self, program: QuilProgram, memory: Mapping[str, Sequence[float]], *, marks: bool) -> None:
        self._program = program
        self._marks = marks
        self._memory = memory
        self._operations: list[Operation] = []
        self._bits = 0

    def circuit(self) -> Circuit:
        for place, instruction in enumerate(self._program.body):
            if isinstance(instruction, Instruction.Halt):
                break
            line = self._program.lines[place]
            with _at(line):
                self._add(instruction)
            if self._marks:
                self._mark(instruction, line)
        size = max(self._program.qubits, default=-1) + 1
        bits = len(self._program.readouts)
        return Circuit(size, (Register("readout", 0, bits),) if bits else (), tuple(self._operations))

    def _add(self, instruction: Instruction) -> None:
        if isinstance(instruction, Instruction.Gate):
            self._operations.append(self._gate(instruction._0))
        elif isinstance(instruction, Instruction.Measurement):
            bit = None
            if instruction._0.target is not None:
                bit, self._bits = self._bits, self._bits + 1
            self._operations.append(Measure(_qubit(instruction._0.qubit), bit))
        elif isinstance(instruction, Instruction.Reset):
            qubit = instruction._0.qubit
            which = sorted(self._program.qubits) if qubit is None else [_qubit(qubit)]
            # At the very beginning, where programs usually have it, everything is zero anyway.
            if self._operations:
                self._operations.extend(Reset(number) for number in which if number in self._program.qubits)
        elif not isinstance(instruction, _IGNORED):
            raise UnsupportedProgramError(f"this emulator does not run {instruction.to_quil_or_debug()!r}")

    def _mark(self, instruction: Instruction, line: int | None) -> None:
        place = "" if line is None else f"line {line}"
        if isinstance(instruction, Instruction.Gate):
            gate = instruction._0
            name = " ".join([*(str(modifier.to_quil_or_debug()) for modifier in gate.modifiers), gate.name])
            # Angles that depend on memory are known only to those who execute the program.
            angles = [_fixed(parameter) for parameter in gate.parameters]
            self._operations.append(Mark(name, tuple(map(_qubit, gate.qubits)), place, tuple(angles)))
        elif isinstance(instruction, Instruction.Measurement):
            self._operations.append(Mark("MEASURE", (_qubit(instruction._0.qubit),), place))

    def _gate(self, gate: QuilGate) -> Gate:
        where = gate.to_quil()
        qubits = tuple(_qubit(qubit) for qubit in gate.qubits)
        if len(set(qubits)) != len(qubits):
            raise InvalidProgramError(f"{where}: the qubits should differ")
        if GateModifier.FORKED in gate.modifiers:
            raise UnsupportedProgramError(f"{where}: this emulator does not run FORKED gates")
        controls = gate.modifiers.count(GateModifier.CONTROLLED)
        values = [self._real(parameter, where) for parameter in gate.parameters]
        built, own = self._build(gate.name, values, where)
        if gate.modifiers.count(GateModifier.DAGGER) % 2:
            built = built.conj().T
        if len(qubits) != controls + own.bit_length() - 1 + _controls(gate.name, self._program):
            raise InvalidProgramError(f"{where}: {gate.name} does not act on {len(qubits)} qubits")
        targets = own.bit_length() - 1
        return Gate(built, qubits[-targets:], qubits[:-targets])

    def _build(self, name: str, values: list[float], where: str) -> tuple[Matrix, int]:
        """The matrix on the targets and its size."""
        definition = self._program.definitions.get(name)
        if definition is not None:
            built = self._defined(definition, values, where)
            return built, len(built)
        standard = GATES.get(_NAMES.get(name, ""))
        if standard is None:
            raise UnsupportedProgramError(f"{where}: this emulator does not know the gate {name}")
        if len(values) != standard.params:
            raise InvalidProgramError(f"{where}: {name} takes {standard.params} parameters, not {len(values)}")
        return standard.build(*values), 1 << standard.targets

    def _defined(self, definition: QuilGateDefinition, values: list[float], where: str) -> Matrix:
        if len(values) != len(definition.parameters):
            raise InvalidProgramError(f"{where}: {definition.name} takes {len(definition.parameters)} parameters")
        specification = definition.specification
        if isinstance(specification, GateSpecification.Permutation):
            order = specification._0
            if sorted(order) != list(range(len(order))):
                raise InvalidProgramError(f"DEFGATE {definition.name}: not a permutation")
            built = np.eye(len(order), dtype=np.complex128)[order]
        elif isinstance(specification, GateSpecification.Matrix):
            variables = {name: complex(value) for name, value in zip(definition.parameters, values, strict=True)}
            rows = [[self._value(item, where, variables) for item in row] for row in specification._0]
            if not rows or any(len(row) != len(rows) for row in rows):
                raise InvalidProgramError(f"DEFGATE {definition.name}: the matrix should be square")
            built = matrix(rows)
        else:
            raise UnsupportedProgramError(f"DEFGATE {definition.name}: only matrices and permutations are run")
        size = len(built)
        if size < 2 or size & (size - 1) or size > 1 << _MAX_DEFINED_QUBITS:
            raise UnsupportedProgramError(
                f"DEFGATE {definition.name}: 1 to {_MAX_DEFINED_QUBITS} qubits, not {size} rows"
            )
        if not np.allclose(built @ built.conj().T, np.eye(size), atol=1e-6):
            raise InvalidProgramError(f"DEFGATE {definition.name}: the matrix is not unitary")
        return built

    def _real(self, parameter: Any, where: str) -> float:
        value = self._value(parameter, where, {})
        if abs(value.imag) > 1e-9:
            raise InvalidProgramError(f"{where}: an angle should be real, not {value}")
        return value.real

    def _value(self, expression: Any, where: str, variables: Mapping[str, complex]) -> complex:
        try:
            value = complex(expression.evaluate(variables, self._memory))
        except (QuilError, ValueError) as error:
            raise InvalidProgramError(f"{where}: {error}") from None
        if not np.isfinite(value):
            raise InvalidProgramError(f"{where}: a parameter is not a finite number")
        return value


def _lines(text: str, body: Sequence[Instruction]) -> tuple[int | None, ...]:
    """The line of each instruction: the parser keeps their order, and not where they are."""
    numbers: list[int | None] = []
    lines = [line.partition("#")[0].split(";") for line in text.splitlines()]
    words = [(number, part.split()) for number, parts in enumerate(lines, start=1) for part in parts]
    keyed = [(number, _WORD.sub("", parts[0]), parts[-1]) for number, parts in words if parts]
    place = 0
    for instruction in body:
        spelled = instruction.to_quil_or_debug().split()
        first, last = _WORD.sub("", spelled[0]), spelled[-1]
        at = next((i for i in range(place, len(keyed)) if keyed[i][1] == first and keyed[i][2] == last), None)
        numbers.append(None if at is None else keyed[at][0])
        place = place if at is None else at + 1
    return tuple(numbers)


def _fixed(parameter: Any) -> float | None:
    """An angle that does not depend on memory."""
    try:
        return float(complex(parameter.evaluate({}, {})).real)
    except (QuilError, ValueError):
        return None


def _controls(name: str, program: QuilProgram) -> int:
    """Controls that a gate has by its own definition, as CNOT."""
    return 0 if name in program.definitions else GATES[_NAMES[name]].controls


def _qubit(qubit: Qubit) -> int:
    if isinstance(qubit, Qubit.Fixed):
        return qubit._0
    raise InvalidProgramError(f"a qubit should be a number, not {qubit.to_quil_or_debug()}")


def _guard(text: str) -> None:
    depth = deepest = 0
    for character in text:
        depth = depth + 1 if character == "(" else depth - 1 if character == ")" else depth
        deepest = max(deepest, depth)
    if deepest > _MAX_NESTING or _CHAIN.search(text) or any(len(line) > _MAX_LINE for line in text.splitlines()):
        raise UnsupportedProgramError("an expression or a line is longer or deeper than this emulator takes")


def _parsed(text: str) -> Program:
    try:
        return Program.parse(text)
    except QuilError as error:
        raise InvalidProgramError(str(error)) from None
    except BaseException as error:
        # A defect of the parser surfaces as a PanicException, which does not derive from Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise InvalidProgramError("the program does not parse") from None

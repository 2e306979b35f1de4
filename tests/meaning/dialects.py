"""Small readers of Braket's dialect and of IonQ's JSON, for what conversions write and the suite generates.

They share nothing with the client or the emulator: gates are matrices from Amazon's and IonQ's documentation.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from tests.meaning.matrices import BRAKET, IONQ, Matrix, apply, controlled, outcomes

_MOST_QUBITS = 20
_DECLARED = re.compile(r"(bit|qubit)(?:\[(\d+)\])?\s+(\w+)")
_MEASURED = re.compile(r"(.+?)\s*=\s*measure\s+(.+)")
_CALL = re.compile(
    r"((?:(?:ctrl|negctrl|inv|pow)(?:\([^@]*\))?\s*@\s*)*)(\w+)\s*(?:\((.*)\))?(?:\s+([^()]+))?", re.DOTALL
)
_NAMES = {"pi": math.pi, "sin": math.sin, "cos": math.cos, "sqrt": math.sqrt, "__builtins__": {}}


class UnreadableError(Exception):
    """A program with what these readers do not know."""


class TooWideError(Exception):
    """A program on more qubits than these readers compute."""


class _Registers:
    """Qubits and bits by name; numbers count through all registers in the order of declaration."""

    def __init__(self) -> None:
        self.places: dict[str, list[int]] = {}
        self.totals = {"bit": 0, "qubit": 0}

    def declare(self, kind: str, size: int, name: str) -> None:
        first = self.totals[kind]
        self.places[name] = list(range(first, first + size))
        self.totals[kind] += size

    def at(self, operand: str, kind: str = "qubit") -> list[int]:
        operand = operand.strip()
        match = re.fullmatch(r"(\w+)(?:\[(-?\d+)(?::(-?\d+))?\])?", operand)
        if re.fullmatch(r"\$\d+", operand):
            number = int(operand[1:])
            self.totals["qubit"] = max(self.totals["qubit"], number + 1)
            return [number]
        if not match or match[1] not in self.places:
            raise UnreadableError(f"operand {operand!r}")
        places = self.places[match[1]]
        if match[2] is None:
            return places
        if match[3] is not None:
            return places[int(match[2]) : int(match[3]) + 1]
        return [places[int(match[2])]]


def braket(text: str) -> dict[str, float]:
    """The distribution of a program in Braket's dialect that measures at the end."""
    registers = _Registers()
    gates: list[tuple[Matrix, list[int]]] = []
    measured: dict[int, int] = {}
    code = re.sub(r"//[^\n]*|/\*.*?\*/", " ", text, flags=re.DOTALL)
    for statement in (part.strip() for part in code.split(";")):
        if not statement or re.match(r"OPENQASM\s+3", statement) or statement.startswith("barrier"):
            continue
        if match := _DECLARED.fullmatch(statement):
            registers.declare(match[1], int(match[2] or 1), match[3])
        elif match := _MEASURED.fullmatch(statement):
            bits, qubits = registers.at(match[1], "bit"), registers.at(match[2])
            measured |= dict(zip(bits, qubits, strict=True))
        elif match := _CALL.fullmatch(statement):
            _call(match, registers, gates, set(measured.values()))
        else:
            raise UnreadableError(statement)
    size = registers.totals["qubit"]
    if size > _MOST_QUBITS:
        raise TooWideError(f"{size} qubits")
    return outcomes(_final(size, gates), measured, registers.totals["bit"])


def _call(
    call: re.Match[str], registers: _Registers, gates: list[tuple[Matrix, list[int]]], measured: set[int]
) -> None:
    modifiers, name, angles, operands = call.groups()
    values = [float(eval(angle, _NAMES)) for angle in angles.split(",")] if angles else []
    if name == "gphase":
        matrix = np.array([[np.exp(1j * values[0])]])
    elif name in BRAKET:
        matrix = BRAKET[name](*values)
    else:
        raise UnreadableError(f"gate {name!r}")
    for modifier in reversed([item.strip() for item in modifiers.split("@") if item.strip()]):
        word, _, argument = modifier.partition("(")
        number = float(eval(argument.rstrip(")"), _NAMES)) if argument else 1.0
        if word == "inv":
            matrix = matrix.conj().T
        elif word == "pow":
            matrix = _power(matrix, number)
        else:
            for _ in range(int(number)):
                matrix = controlled(matrix, int(word == "ctrl"))
    places = [registers.at(operand) for operand in operands.split(",")] if operands else []
    length = max(map(len, places), default=1)
    for index in range(length):
        qubits = [place[index] if len(place) > 1 else place[0] for place in places]
        if set(qubits) & measured:
            raise UnreadableError("a gate after a measurement")
        if 2 ** len(qubits) != len(matrix):
            raise UnreadableError(f"{name} on {len(qubits)} qubits")
        gates.append((matrix, qubits))


def _power(matrix: Matrix, exponent: float) -> Matrix:
    if exponent == int(exponent):
        return np.linalg.matrix_power(matrix, int(exponent))
    values, vectors = np.linalg.eig(matrix)
    return vectors @ np.diag(np.exp(exponent * np.log(values.astype(complex)))) @ np.linalg.inv(vectors)


def ionq(program: str) -> dict[str, float]:
    """The distribution over all qubits of IonQ's JSON: it measures each of them, qubit 0 rightmost."""
    content: Mapping[str, Any] = json.loads(program)
    size = int(content["qubits"])
    if size > _MOST_QUBITS:
        raise TooWideError(f"{size} qubits")
    if content.get("gateset", "qis") != "qis":
        raise UnreadableError(f"gate set {content['gateset']!r}")
    gates: list[tuple[Matrix, list[int]]] = []
    for gate in content["circuit"]:
        fields = {"gate", "target", "targets", "control", "controls", "rotation"}
        if unknown := set(gate) - fields:
            raise UnreadableError(f"fields {sorted(unknown)}")
        name = gate["gate"]
        controls = gate.get("controls", [gate["control"]] if "control" in gate else [])
        targets = gate.get("targets", [gate["target"]] if "target" in gate else [])
        if name == "cnot":
            name = "x"
        if name not in IONQ:
            raise UnreadableError(f"gate {name!r}")
        matrix = IONQ[name](*([gate["rotation"]] if "rotation" in gate else []))
        for _ in controls:
            matrix = controlled(matrix)
        gates.append((matrix, [*controls, *targets]))
    return outcomes(_final(size, gates), {place: place for place in range(size)}, size)


def _final(size: int, gates: list[tuple[Matrix, list[int]]]) -> Matrix:
    state = np.zeros(2**size, dtype=complex)
    state[0] = 1
    for matrix, places in gates:
        state = apply(state, matrix, places) if places else state * matrix[0, 0]
    return state

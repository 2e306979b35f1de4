"""Names of registers and the form of gates in a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping

from anyqpu_programs.circuit import Circuit, Gate
from anyqpu_programs.lowering import Names

At = Callable[[int], str]
"""The text of an operand, by the number of a qubit or bit."""


def operands(registers: Mapping[str, int], names: Mapping[str, str], helpers: str = "", more: int = 0) -> list[str]:
    """Return all elements of the registers as operands, and then those of a register of helpers."""
    texts = [
        names[name] if names[name].startswith("$") else f"{names[name]}[{index}]"
        for name, size in registers.items()
        for index in range(size)
    ]
    return texts + [f"{helpers}[{index}]" for index in range(more)]


def renamed(registers: Iterable[str], allowed: re.Pattern[str], taken: frozenset[str]) -> dict[str, str]:
    """Return names of registers that a language allows; allowed names stay."""
    originals = list(registers)
    names: dict[str, str] = {}
    for name in originals:
        new = name
        if not allowed.fullmatch(name) or name in taken:
            new = "r_" + re.sub(r"[^A-Za-z0-9_]", "", name)
        while new in names.values() or (new != name and (new in originals or new in taken)):
            new += "_"
        names[name] = new
    return names


def unused(word: str, names: Iterable[str]) -> str:
    """Return a name that no register has."""
    taken_names = set(names)
    while word in taken_names:
        word += "_"
    return word


def gate_text(gate: Gate, names: Names, at: At) -> str:
    """Return a gate call without its semicolon."""
    angles = f"({', '.join(repr(angle) for angle in gate.angles)})" if gate.angles else ""
    return f"{names[gate.name, len(gate.controls)]}{angles} {', '.join(map(at, gate.qubits))}"


def qubit_names(circuit: Circuit) -> list[str]:
    """Return the names of all registers, qubits first."""
    return [*circuit.qubits, *circuit.bits]

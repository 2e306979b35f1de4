"""OpenQASM 2, with the gates of the original qelib1.inc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate

from anyqpu_programs.circuit import (
    Barrier,
    Circuit,
    Condition,
    Gate,
    If,
    Measure,
    Reset,
    SetBit,
    Step,
    bits_written,
    qubits_of,
)
from anyqpu_programs.lowering import Count, Names, lowered
from anyqpu_programs.problems import NoFormError
from anyqpu_programs.writing.words import gate_text, operands, qubit_names, renamed, unused

GATES: Names = {
    **{(name, 0): name for name in ("x", "y", "z", "h", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "id")},
    **{("p", 0): "u1", ("u", 0): "u3", ("x", 1): "cx", ("y", 1): "cy", ("z", 1): "cz", ("h", 1): "ch"},
    **{("rz", 1): "crz", ("p", 1): "cu1", ("x", 2): "ccx"},
}
_ALLOWED = re.compile(r"[a-z][A-Za-z0-9_]*", re.ASCII)
_TAKEN = frozenset(
    {
        "qreg",
        "creg",
        "gate",
        "opaque",
        "if",
        "barrier",
        "measure",
        "reset",
        "include",
        "pi",
        "u2",
        "cu3",
        "u0",
        "u",
        "p",
    }
    | {"sin", "cos", "tan", "exp", "ln", "sqrt", "sx", "sxdg", "swap", "cswap", "crx", "cry", "cp", "csx", "cu", "rxx"}
    | {"rzz", "rccx", "rc3x", "c3x", "c3sqrtx", "c4x", *GATES.values()}
)
_MOST_VALUES = 64


def qasm2(circuit: Circuit, count: Count) -> str:
    """Return the text of a circuit.

    Raises:
        NoFormError: A condition has no form in `if(c==n)`, or bits are declared in a block.
    """
    if circuit.hidden_bits:
        raise NoFormError("it declares bits in a block or subroutine and measures into them")
    circuit = _with_helpers(lowered(circuit, GATES, count))
    names = renamed(qubit_names(circuit), _ALLOWED, _TAKEN)
    helper = unused("helper", names.values())
    qubits, bits = operands(circuit.qubits, names, helper, circuit.helpers), operands(circuit.bits, names)
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";']
    lines += [f"qreg {names[name]}[{size}];" for name, size in circuit.qubits.items()]
    lines += [f"qreg {helper}[{circuit.helpers}];"] if circuit.helpers else []
    lines += [f"creg {names[name]}[{size}];" for name, size in circuit.bits.items()]
    writer = _Writer(circuit, names, qubits, bits)
    lines += [line for step in circuit.steps for line in writer.lines(step)]
    return "\n".join(lines) + "\n"


def _with_helpers(circuit: Circuit) -> Circuit:
    """Return the circuit without discarded outcomes and constant assignments, which OpenQASM 2 lacks.

    A discarded outcome is a CNOT onto a helper qubit that is not used again. A constant is measured from a helper.
    """
    used: set[int] = set()
    needed: set[int] = set()
    for place in reversed(range(len(circuit.steps))):
        step = circuit.steps[place]
        if isinstance(step, Measure) and step.bit is None and step.qubit in used:
            needed.add(place)
        used |= qubits_of(step)
    steps: list[Step] = []
    helper = circuit.num_qubits
    for place, step in enumerate(circuit.steps):
        if isinstance(step, Measure) and step.bit is None:
            if place in needed:
                steps.append(Gate("x", (), (helper,), (step.qubit,)))
                helper += 1
        else:
            steps += _plain((step,), helper)
            helper += any(isinstance(inner, SetBit) for inner in _inner(step))
    return replace(circuit, steps=tuple(steps), helpers=circuit.helpers + helper - circuit.num_qubits)


def _inner(step: Step) -> Iterator[Step]:
    yield step
    if isinstance(step, If):
        for inner in (*step.then, *step.otherwise):
            yield from _inner(inner)


def _plain(steps: tuple[Step, ...], helper: int) -> list[Step]:
    lines: list[Step] = []
    for step in steps:
        match step:
            case SetBit(bit, value):
                lines += [Reset(helper), *([Gate("x", (), (helper,))] if value else []), Measure(helper, bit)]
            case Measure(_, None):
                raise NoFormError("an outcome is discarded in a branch that depends on a measurement")
            case If(condition, then, otherwise, line):
                lines.append(If(condition, tuple(_plain(then, helper)), tuple(_plain(otherwise, helper)), line))
            case _:
                lines.append(step)
    return lines


class _Writer:
    def __init__(self, circuit: Circuit, names: dict[str, str], qubits: list[str], bits: list[str]) -> None:
        self._qubits, self._bits = qubits, bits
        starts = accumulate(circuit.bits.values(), initial=0)
        self._registers = [
            (names[name], start, size) for (name, size), start in zip(circuit.bits.items(), starts, strict=False)
        ]

    def lines(self, step: Step) -> Iterator[str]:
        match step:
            case Gate():
                yield f"{gate_text(step, GATES, self._qubits.__getitem__)};"
            case Measure(qubit, bit) if bit is not None:
                yield f"measure {self._qubits[qubit]} -> {self._bits[bit]};"
            case Reset(qubit):
                yield f"reset {self._qubits[qubit]};"
            case Barrier(qubits):
                yield f"barrier {', '.join(self._qubits[qubit] for qubit in qubits)};"
            case If():
                yield from self._conditional(step)
            case _:
                raise AssertionError(f"{step} is written otherwise")

    def _conditional(self, step: If) -> Iterator[str]:
        """Write an `if` for each statement and each value of the register for which the condition holds."""
        name, start, size = self._register(step)
        for wanted, block in ((True, step.then), (False, step.otherwise)):
            if not block:
                continue
            values = self._values(step.condition, start, size, step.line, wanted=wanted)
            statements = list(self._inside(block, (name, start, size), values, step.line))
            changes = any(bits_written(inner) & set(range(start, start + size)) for inner in block)
            if changes and (len(statements) > 1 or (step.then and step.otherwise)):
                raise NoFormError("a branch writes into the register that it depends on", step.line)
            yield from statements

    def _inside(
        self, block: tuple[Step, ...], register: tuple[str, int, int], values: list[int], line: int | None
    ) -> Iterator[str]:
        name, start, size = register
        for inner in block:
            if isinstance(inner, If):
                if self._register(inner) != register:
                    raise NoFormError("a condition depends on two registers", line)
                for wanted, steps in ((True, inner.then), (False, inner.otherwise)):
                    if steps:
                        both = self._values(inner.condition, start, size, inner.line, wanted=wanted)
                        yield from self._inside(steps, register, [value for value in values if value in both], line)
            elif not isinstance(inner, Barrier):
                for value in values:
                    yield from (f"if({name}=={value}) {text}" for text in self.lines(inner))

    def _register(self, step: If) -> tuple[str, int, int]:
        bits = step.condition.bits
        for name, start, size in self._registers:
            if all(start <= bit < start + size for bit in bits):
                return name, start, size
        raise NoFormError("a condition depends on several registers", step.line)

    def _values(self, condition: Condition, start: int, size: int, line: int | None, *, wanted: bool) -> list[int]:
        """Return the values of the whole register for which a condition holds, or does not hold."""
        bits, values, negated = condition
        if bits == tuple(range(start, start + size)) and negated is not wanted:
            return sorted(values)
        if size > 12:
            raise NoFormError(f"a condition depends on some of the {size} bits of a register", line)
        matching = [
            value
            for value in range(1 << size)
            if (sum((value >> (bit - start) & 1) << place for place, bit in enumerate(bits)) in values)
            is (negated is not wanted)
        ]
        if len(matching) > _MOST_VALUES:
            raise NoFormError(f"a condition holds for {len(matching)} values of a register", line)
        return matching

"""OpenQASM 3, with the gates of stdgates.inc and in the constructs that Qiskit's importer reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
)
from anyqpu_programs.lowering import Count, Names, lowered
from anyqpu_programs.names import IN_STDGATES
from anyqpu_programs.problems import NoFormError
from anyqpu_programs.source import package
from anyqpu_programs.values import CONSTANTS
from anyqpu_programs.writing.words import gate_text, operands, qubit_names, renamed, unused

GATES: Names = {
    **{(name, 0): name for name in ("x", "y", "z", "h", "s", "sdg", "t", "tdg", "sx", "rx", "ry", "rz", "p", "id")},
    **{("u", 0): "U", ("swap", 0): "swap", ("x", 1): "cx", ("y", 1): "cy", ("z", 1): "cz", ("h", 1): "ch"},
    **{("p", 1): "cp", ("rx", 1): "crx", ("ry", 1): "cry", ("rz", 1): "crz", ("x", 2): "ccx", ("swap", 1): "cswap"},
}
_ALLOWED = re.compile(r"[A-Za-z_][A-Za-z0-9_]*|\$\d+", re.ASCII)
_FUNCTIONS = {
    *("arccos", "arcsin", "arctan", "ceiling", "cos", "exp", "floor", "log", "mod", "popcount", "pow", "real"),
    *("imag", "rotl", "rotr", "sin", "sqrt", "tan", "sizeof", "durationof"),
}
_MOST_VALUES = 64


def qasm3(circuit: Circuit, count: Count) -> str:
    """Return the text of a circuit.

    Raises:
        NoFormError: Bits are declared in a block, since they would become part of the result.
    """
    if circuit.hidden_bits:
        raise NoFormError("it declares bits in a block or subroutine and measures into them")
    circuit = lowered(circuit, GATES, count)
    taken = frozenset({*package().lexer.KEYWORDS, *IN_STDGATES, *CONSTANTS, *_FUNCTIONS, "U", "opaque"})
    names = renamed(qubit_names(circuit), _ALLOWED, taken)
    helper = unused("helper", names.values())
    qubits, bits = operands(circuit.qubits, names, helper, circuit.helpers), operands(circuit.bits, names)
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";']
    lines += [f"qubit[{size}] {names[name]};" for name, size in circuit.qubits.items() if not name.startswith("$")]
    lines += [f"qubit[{circuit.helpers}] {helper};"] if circuit.helpers else []
    lines += [f"bit[{size}] {names[name]};" for name, size in circuit.bits.items()]
    starts = accumulate(circuit.bits.values(), initial=0)
    whole = {
        tuple(range(start, start + size)): names[name]
        for (name, size), start in zip(circuit.bits.items(), starts, strict=False)
    }
    writer = _Writer(qubits, bits, whole)
    lines += [line for step in circuit.steps for line in writer.lines(step, "")]
    return "\n".join(lines) + "\n"


class _Writer:
    def __init__(self, qubits: list[str], bits: list[str], whole: dict[tuple[int, ...], str]) -> None:
        self._qubits, self._bits, self._whole = qubits, bits, whole

    def lines(self, step: Step, indent: str) -> Iterator[str]:
        match step:
            case Gate():
                yield f"{indent}{gate_text(step, GATES, self._qubits.__getitem__)};"
            case Measure(qubit, bit):
                target = "" if bit is None else f"{self._bits[bit]} = "
                yield f"{indent}{target}measure {self._qubits[qubit]};"
            case Reset(qubit):
                yield f"{indent}reset {self._qubits[qubit]};"
            case Barrier(qubits):
                yield f"{indent}barrier {', '.join(self._qubits[qubit] for qubit in qubits)};"
            case SetBit(bit, value):
                yield f"{indent}{self._bits[bit]} = {'true' if value else 'false'};"
            case If():
                yield from self._conditional(step, indent)

    def _conditional(self, step: If, indent: str) -> Iterator[str]:
        condition, then, otherwise, line = step
        simple = self._simple(condition)
        if simple is not None:
            # Some readers do not support `!=`.
            blocks = (otherwise, then) if condition.negated else (then, otherwise)
            yield from self._if(simple, *blocks, indent)
            return
        if len(condition.bits) > 12:
            raise NoFormError(f"a condition depends on {len(condition.bits)} measured bits", line)
        chosen = condition.matching()
        others = [value for value in range(1 << len(condition.bits)) if value not in chosen]
        if max(len(chosen) if then else 0, len(others) if otherwise else 0) > _MOST_VALUES:
            raise NoFormError("a condition holds for too many values of the measured bits", line)
        written = {bit for inner in (*then, *otherwise) for bit in bits_written(inner)}
        if written & set(condition.bits):
            yield from self._if(self._expression(condition.bits, chosen), then, otherwise, indent)
            return
        for values, block in ((chosen, then), (others, otherwise)):
            for value in values if block else ():
                yield from self._nested(condition.bits, value, block, indent)

    def _simple(self, condition: Condition) -> str | None:
        """Return a comparison of a register with an integer, or a single bit, without a negation."""
        bits, values, _ = condition
        if len(values) != 1:
            return None
        value = next(iter(values))
        if bits in self._whole:
            return f"{self._whole[bits]} == {value}"
        return f"{'' if value else '!'}{self._bits[bits[0]]}" if len(bits) == 1 else None

    def _nested(self, bits: tuple[int, ...], value: int, block: tuple[Step, ...], indent: str) -> Iterator[str]:
        """Return nested conditions, one for each bit, since some readers do not support `&&`."""
        if bits in self._whole:
            yield from self._if(f"{self._whole[bits]} == {value}", block, (), indent)
            return
        for depth, bit in enumerate(bits):
            sign = "" if value >> depth & 1 else "!"
            yield f"{indent}{'  ' * depth}if ({sign}{self._bits[bit]}) {{"
        for inner in block:
            yield from self.lines(inner, indent + "  " * len(bits))
        for depth in reversed(range(len(bits))):
            yield f"{indent}{'  ' * depth}}}"

    def _expression(self, bits: tuple[int, ...], values: list[int]) -> str:
        def one(value: int) -> str:
            return " && ".join(
                f"{'' if value >> place & 1 else '!'}{self._bits[bit]}" for place, bit in enumerate(bits)
            )

        return " || ".join(f"({one(value)})" for value in values) or "false"

    def _if(self, condition: str, then: tuple[Step, ...], otherwise: tuple[Step, ...], indent: str) -> Iterator[str]:
        yield f"{indent}if ({condition}) {{"
        for inner in then:
            yield from self.lines(inner, indent + "  ")
        if otherwise:
            yield f"{indent}}} else {{"
            for inner in otherwise:
                yield from self.lines(inner, indent + "  ")
        yield f"{indent}}}"

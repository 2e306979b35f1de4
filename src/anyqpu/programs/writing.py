"""Circuits in the languages that clouds take."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu.programs.circuit import Barrier, Circuit, Gate, Measure, Place, Reset, sampled_once
from anyqpu.programs.gates import STDGATES

Refuse = Callable[[str], ValidationError]

_COMMON = ("x", "y", "z", "h", "s", "sdg", "t", "tdg", "rx", "ry", "rz", "cx")
# Names in the language by ours: the original qelib1.inc has no more.
_QASM2 = {name: name for name in (*_COMMON, "id", "u2", "u3", "cy", "cz", "ch", "crz", "ccx")} | {
    "p": "u1",
    "cp": "cu1",
}
_QASM3 = {name: name for name in STDGATES - {"CX", "phase", "cphase", "u1"}}
_BRAKET = {name: name for name in (*_COMMON, "cy", "cz", "swap", "iswap", "cswap")} | {
    **{"id": "i", "sdg": "si", "tdg": "ti", "sx": "v", "sxdg": "vi", "p": "phaseshift"},
    **{"cx": "cnot", "cp": "cphaseshift", "ccx": "ccnot"},
}
_IONQ = {name: name for name in (*_COMMON, "swap")} | {
    **{"sdg": "si", "tdg": "ti", "sx": "v", "sxdg": "vi", "cx": "cnot"}
}
_QASM2_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")
# Words that mean something else in OpenQASM 2.
_TAKEN = {"qreg", "creg", "gate", "opaque", "if", "barrier", "measure", "reset", "pi", *_QASM2.values()}


def qasm2(circuit: Circuit, refuse: Refuse) -> Program:
    """OpenQASM 2, with the gates of the original qelib1.inc."""
    names = _Names([*circuit.qubits, *circuit.bits])
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";']
    lines += [f"qreg {names[name]}[{size}];" for name, size in circuit.qubits.items()]
    lines += [f"creg {names[name]}[{size}];" for name, size in circuit.bits.items()]

    def measured(qubit: str, bit: str | None) -> str:
        if bit is None:
            raise refuse("it measures a qubit and keeps no outcome")
        return f"measure {qubit} -> {bit};"

    lines += _lines(circuit.lowered(_QASM2), _QASM2, names, measured)
    return Program("\n".join(lines) + "\n", ProgramFormat.OPENQASM2)


def qasm3(circuit: Circuit, refuse: Refuse) -> Program:
    """OpenQASM 3, with the gates of stdgates.inc."""
    names = {name: name for name in (*circuit.qubits, *circuit.bits)}
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";']
    lines += [f"qubit[{size}] {name};" for name, size in circuit.qubits.items()]
    lines += [f"bit[{size}] {name};" for name, size in circuit.bits.items()]
    lines += _lines(
        circuit.lowered(_QASM3),
        _QASM3,
        names,
        lambda qubit, bit: f"measure {qubit};" if bit is None else f"{bit} = measure {qubit};",
    )
    return Program("\n".join(lines) + "\n", ProgramFormat.OPENQASM3)


def braket(circuit: Circuit, refuse: Refuse) -> Program:
    """Braket's dialect. Its results go by qubit, so qubits are numbered as the bits that they are measured into."""
    numbers = sampled_once(circuit, refuse)
    bits = sum(circuit.bits.values())
    lines = ["OPENQASM 3.0;", f"bit[{bits}] b;", f"qubit[{len(numbers)}] q;"]
    lines += [
        f"{_call(_BRAKET, step)} {', '.join(f'q[{numbers[qubit]}]' for qubit in step.qubits)};"
        for step in circuit.lowered(_BRAKET).steps
        if isinstance(step, Gate)
    ]
    lines += [f"b[{bit}] = measure q[{bit}];" for bit in range(bits)]
    return Program("\n".join(lines) + "\n", ProgramFormat.BRAKET_QASM3)


def ionq(circuit: Circuit, refuse: Refuse) -> Program:
    """IonQ's JSON. It measures all qubits at the end, so every qubit has to be measured, and has its bit's number."""
    numbers = sampled_once(circuit, refuse)
    if len(numbers) != sum(circuit.bits.values()):
        raise refuse("it does not measure all qubits, and IonQ does")
    gates: list[dict[str, Any]] = []
    for step in circuit.lowered(_IONQ).steps:
        if isinstance(step, Gate):
            targets = [numbers[qubit] for qubit in step.qubits]
            gate: dict[str, Any] = {"gate": _IONQ[step.name]}
            if step.name == "cx":
                gate |= {"control": targets[0], "target": targets[1]}
            elif len(targets) == 1:
                gate["target"] = targets[0]
            else:
                gate["targets"] = targets
            if step.angles:
                gate["rotation"] = step.angles[0]
            gates.append(gate)
    program = {"gateset": "qis", "qubits": len(numbers), "circuit": gates}
    return Program(json.dumps(program), ProgramFormat.IONQ_JSON)


def _call(names: Mapping[str, str], gate: Gate) -> str:
    angles = f"({', '.join(repr(angle) for angle in gate.angles)})" if gate.angles else ""
    return names[gate.name] + angles


def _lines(
    circuit: Circuit, gates: Mapping[str, str], names: Mapping[str, str], measured: Callable[[str, str | None], str]
) -> list[str]:
    def at(place: Place) -> str:
        return f"{names[place[0]]}[{place[1]}]"

    lines: list[str] = []
    for step in circuit.steps:
        match step:
            case Gate(_, _, qubits):
                lines.append(f"{_call(gates, step)} {', '.join(map(at, qubits))};")
            case Measure(qubit, bit):
                lines.append(measured(at(qubit), None if bit is None else at(bit)))
            case Reset(qubit):
                lines.append(f"reset {at(qubit)};")
            case Barrier(qubits):
                lines.append(f"barrier {', '.join(map(at, qubits))};")
    return lines


class _Names(dict[str, str]):
    """Registers' names as OpenQASM 2 allows them: a small letter first."""

    def __init__(self, names: list[str]) -> None:
        super().__init__()
        for name in names:
            new = name
            if not _QASM2_NAME.fullmatch(name) or name in _TAKEN:
                new = "r_" + re.sub(r"\W", "_", name)
            while new in self.values() or (new != name and new in names):
                new += "_"
            self[name] = new

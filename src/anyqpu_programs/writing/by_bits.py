"""Languages of machines whose results are indexed by qubit: Braket's dialect and IonQ's JSON.

Measurements are at the end, and qubits have the numbers of the bits into which they are measured, so that counts have
the usual order.
"""

from __future__ import annotations

import json
from typing import Any

from anyqpu_programs.circuit import Circuit, Gate, Measure, Reset
from anyqpu_programs.deferring import deferred
from anyqpu_programs.lowering import Count, Names, lowered

_COMMON = ("x", "y", "z", "h", "s", "t", "rx", "ry", "rz", "swap")
_BRAKET: Names = {
    **{(name, 0): name for name in (*_COMMON, "iswap")},
    **{("id", 0): "i", ("sdg", 0): "si", ("tdg", 0): "ti", ("sx", 0): "v", ("sxdg", 0): "vi", ("p", 0): "phaseshift"},
    **{("x", 1): "cnot", ("y", 1): "cy", ("z", 1): "cz", ("p", 1): "cphaseshift", ("x", 2): "ccnot"},
    ("swap", 1): "cswap",
}
_IONQ: Names = {
    **{(name, 0): name for name in _COMMON},
    **{("sdg", 0): "si", ("tdg", 0): "ti", ("sx", 0): "v", ("sxdg", 0): "vi", ("x", 1): "cnot"},
}


def braket(circuit: Circuit, count: Count, limit: int) -> str:
    """Return the circuit in Braket's dialect; the measured qubits are the program's bits, without helpers."""
    gates, bits, qubits = _numbered(circuit, _BRAKET, count, limit)
    lines = ["OPENQASM 3.0;", f"bit[{bits}] b;", f"qubit[{qubits}] q;"]
    touched = {qubit for gate in gates for qubit in gate.qubits}
    for gate in gates:
        angles = f"({', '.join(repr(angle) for angle in gate.angles)})" if gate.angles else ""
        name = _BRAKET[gate.name, len(gate.controls)]
        lines.append(f"{name}{angles} {', '.join(f'q[{qubit}]' for qubit in gate.qubits)};")
    # Braket counts only qubits with gates.
    lines += [f"i q[{qubit}];" for qubit in range(qubits) if qubit not in touched]
    lines += [f"b[{bit}] = measure q[{bit}];" for bit in range(bits)]
    return "\n".join(lines) + "\n"


def ionq(circuit: Circuit, count: Count, limit: int) -> tuple[str, int | None]:
    """Return IonQ's JSON, which measures all qubits, and the number of the program's bits among them; None for all."""
    gates, bits, qubits = _numbered(circuit, _IONQ, count, limit)
    steps: list[dict[str, Any]] = []
    for gate in gates:
        step: dict[str, Any] = {"gate": _IONQ[gate.name, len(gate.controls)]}
        if gate.controls:
            step |= {"control": gate.controls[0], "target": gate.targets[0]}
        elif len(gate.targets) == 1:
            step["target"] = gate.targets[0]
        else:
            step["targets"] = list(gate.targets)
        if gate.angles:
            step["rotation"] = gate.angles[0]
        steps.append(step)
    program = {"gateset": "qis", "qubits": qubits, "circuit": steps}
    return json.dumps(program), None if bits == qubits else bits


def _numbered(circuit: Circuit, names: Names, count: Count, limit: int) -> tuple[list[Gate], int, int]:
    """Return the gates on qubits numbered by bits, helpers last, and the numbers of bits and of qubits."""
    if not circuit.measures:
        # Without a measurement, all qubits are measured, as simulators do.
        kept = tuple(step for step in circuit.steps if isinstance(step, Gate | Reset | Measure))
        ends = tuple(Measure(qubit, qubit) for qubit in range(circuit.num_qubits))
        circuit = Circuit(circuit.qubits, {"meas": circuit.num_qubits}, kept + ends)
    circuit = lowered(deferred(circuit, limit), names, count)
    numbers: dict[int, int] = {}
    for step in circuit.steps:
        if isinstance(step, Measure) and step.bit is not None:
            numbers[step.qubit] = step.bit
    bits = len(numbers)
    gates = [step for step in circuit.steps if isinstance(step, Gate)]
    for gate in gates:
        for qubit in gate.qubits:
            numbers.setdefault(qubit, len(numbers))

    def at(qubits: tuple[int, ...]) -> tuple[int, ...]:
        return tuple([numbers[qubit] for qubit in qubits])

    placed = [Gate(name, angles, at(targets), at(controls)) for name, angles, targets, controls in gates]
    return placed, bits, len(numbers)

"""Native programs as text: circuits of native gates, in which nothing is left to convert."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyqpu.errors import Hint, ValidationError
from anyqpu.model.native import NativeForm, Register
from anyqpu.model.program import Program, ProgramFormat

# Gates that stdgates.inc does not have, in those that it has. Up to a global phase.
_DEFINITIONS: Mapping[str, str] = {
    "r": "gate r(theta, phi) a { U(theta, phi - pi/2, pi/2 - phi) a; }",
    "sxdg": "gate sxdg a { s a; h a; s a; }",
    "rxx": "gate rxx(theta) a, b { h a; h b; cx a, b; rz(theta) b; cx a, b; h a; h b; }",
    "ryy": "gate ryy(theta) a, b { rx(pi/2) a; rx(pi/2) b; cx a, b; rz(theta) b; cx a, b; rx(-pi/2) a; rx(-pi/2) b; }",
    "rzz": "gate rzz(theta) a, b { cx a, b; rz(theta) b; cx a, b; }",
    "iswap": "gate iswap a, b { s a; s b; h a; cx a, b; cx b, a; h b; }",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a native circuit: qubits by their numbers on the device, and the bit of a measurement."""

    name: str
    angles: tuple[float, ...]
    qubits: tuple[int, ...]
    bit: tuple[Register, int] | None = None


def program_of(circuit: Any, form: NativeForm, registers: Sequence[Register]) -> Program:
    """Return the text of a circuit of native gates; raises `ValidationError` for any other gate."""
    operations = list(_operations(circuit, form, registers))
    match form.language:
        case ProgramFormat.IQM_JSON:
            text = _iqm(operations, registers)
        case ProgramFormat.QUIL:
            text = _quil(operations, registers)
        case _:
            size = None if form.couplings is not None else max(form.qubits) + 1
            text = _openqasm(operations, registers, min(size, circuit.num_qubits) if size else None)
    return Program(text, form.language)


def _operations(circuit: Any, form: NativeForm, registers: Sequence[Register]) -> Iterator[Operation]:
    coupled = None if form.couplings is None else {frozenset(pair) for pair in form.couplings}
    place = {qubit: form.qubits[index] for index, qubit in enumerate(circuit.qubits)}
    measured: set[int] = set()
    for item in circuit.data:
        name, qubits = item.operation.name, tuple(place[qubit] for qubit in item.qubits)
        if name == "measure":
            index = circuit.find_bit(item.clbits[0]).index
            if index in measured:
                raise ValidationError(f"the program measures twice into bit {index}")
            measured.add(index)
            yield Operation("measure", (), qubits, _bit(registers, index))
        elif name == "barrier" or (name == "reset" and form.resets):
            yield Operation(name, (), qubits)
        elif name in form.gates:
            sites = form.gates[name]
            allowed = coupled if sites is None else {frozenset(site) for site in sites}
            if len(qubits) > 1 and allowed is not None and frozenset(qubits) not in allowed:
                pairs = " and ".join(map(str, qubits))
                raise ValidationError(
                    f"{name} acts on the qubits {pairs}, which are not coupled on {form.device}", hint=_HINT
                )
            yield Operation(name, tuple(map(float, item.operation.params)), qubits)
        elif name not in {"delay", "id"}:
            natives = ", ".join(form.gates)
            raise ValidationError(
                f"{name} on {', '.join(map(str, qubits))} is not native to {form.device}, which has {natives}",
                hint=_HINT,
            )


_HINT = Hint(
    "Transpile the circuit first: qiskit.transpile(circuit, backend), or submit(..., transpile=True)",
    "Submit it with --transpile",
)


def _bit(registers: Sequence[Register], index: int) -> tuple[Register, int]:
    for register in registers:
        if index < register.size:
            return register, index
        index -= register.size
    raise AssertionError  # each bit is in a register


def _openqasm(operations: Sequence[Operation], registers: Sequence[Register], virtual: int | None) -> str:
    """OpenQASM 3 on physical qubits, or on `virtual` ones where all are coupled."""
    defined = sorted({operation.name for operation in operations} & _DEFINITIONS.keys())
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";', *(_DEFINITIONS[name] for name in defined)]
    lines += [] if virtual is None else [f"qubit[{virtual}] q;"]
    lines += [f"bit[{register.size}] {register.native_name};" for register in registers if register.size]
    for operation in operations:
        qubits = [f"${qubit}" if virtual is None else f"q[{qubit}]" for qubit in operation.qubits]
        if operation.bit is not None:
            register, index = operation.bit
            lines.append(f"{register.native_name}[{index}] = measure {qubits[0]};")
        else:
            angles = f"({', '.join(map(repr, operation.angles))})" if operation.angles else ""
            lines.append(f"{operation.name}{angles} {', '.join(qubits)};")
    return "\n".join(lines) + "\n"


def _iqm(operations: Sequence[Operation], registers: Sequence[Register]) -> str:
    """IQM's circuits: angles in full turns, qubits from `QB1`, measurement keys as Qiskit on IQM has them."""
    instructions: list[dict[str, Any]] = []
    for operation in operations:
        arguments: dict[str, Any] = {}
        if operation.bit is not None:
            register, index = operation.bit
            arguments["key"] = f"{register.native_name}_{register.size}_{registers.index(register)}_{index}"
        elif operation.name == "r":
            angle, phase = operation.angles
            arguments = {"angle_t": angle / math.tau, "phase_t": phase / math.tau}
        instructions.append(
            {
                "name": "prx" if operation.name == "r" else operation.name,
                "qubits": [f"QB{qubit + 1}" for qubit in operation.qubits],
                "args": arguments,
            }
        )
    return json.dumps({"circuits": [{"name": "circuit", "instructions": instructions}]})


_QUIL = {"sx": "RX(pi/2)", "x": "RX(pi)", "cz": "CZ", "iswap": "ISWAP", "reset": "RESET"}


def _quil(operations: Sequence[Operation], registers: Sequence[Register]) -> str:
    """Native Quil, with a region of memory for each register."""
    lines = [f"DECLARE {register.native_name} BIT[{register.size}]" for register in registers if register.size]
    for operation in operations:
        qubits = " ".join(map(str, operation.qubits))
        if operation.bit is not None:
            register, index = operation.bit
            lines.append(f"MEASURE {qubits} {register.native_name}[{index}]")
        elif operation.name == "barrier":
            # The only one of Quil is a pragma for Rigetti's compiler, which is not used.
            continue
        elif operation.name in {"rz", "cp"}:
            lines.append(f"{'RZ' if operation.name == 'rz' else 'CPHASE'}({operation.angles[0]!r}) {qubits}")
        else:
            lines.append(f"{_QUIL[operation.name]} {qubits}")
    return "\n".join(lines) + "\n"

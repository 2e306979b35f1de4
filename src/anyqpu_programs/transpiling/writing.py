"""Native programs as text: circuits of native gates, in which nothing is left to convert."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from anyqpu.errors import Hint, ValidationError
from anyqpu.model.native import NativeForm, Register
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_programs.transpiling.expressions import condition_of

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


@dataclass(frozen=True, slots=True)
class Conditional:
    """Operations under a condition, in OpenQASM 3, and those where it does not hold."""

    condition: str
    then: Operations
    otherwise: Operations


Operations: TypeAlias = "tuple[Operation | Conditional, ...]"


def program_of(circuit: Any, form: NativeForm, registers: Sequence[Register]) -> Program:
    """Return the text of a circuit of native gates; raises `ValidationError` for any other gate."""
    operations = tuple(_Reader(circuit, form, registers).operations())
    match form.language:
        case ProgramFormat.IQM_JSON:
            text = _iqm([*_plain(operations)], registers)
        case ProgramFormat.QUIL:
            text = _quil([*_plain(operations)], registers)
        case ProgramFormat.BRAKET_QASM3:
            text = _verbatim([*_plain(operations)], registers, form.names)
        case _:
            size = None if form.couplings is not None else max(form.qubits) + 1
            text = _openqasm(operations, registers, min(size, circuit.num_qubits) if size else None)
    return Program(text, form.language)


class _Reader:
    """The operations of a circuit, in which each bit is in one register."""

    def __init__(self, circuit: Any, form: NativeForm, registers: Sequence[Register]) -> None:
        self._circuit, self._form = circuit, form
        self._coupled = None if form.couplings is None else {frozenset(pair) for pair in form.couplings}
        self._measured: set[Any] = set()
        self._places: dict[Any, tuple[Register, int]] = {
            bit: (register, index)
            for own, register in zip(circuit.cregs, registers, strict=True)
            for index, bit in enumerate(own)
        }

    def operations(self) -> Iterator[Operation | Conditional]:
        """The circuit's operations; raises `ValidationError` for one that is not native."""
        qubits = {qubit: self._form.qubits[index] for index, qubit in enumerate(self._circuit.qubits)}
        return self._all(self._circuit, qubits, {bit: bit for bit in self._circuit.clbits})

    def _all(
        self, circuit: Any, place: Mapping[Any, int], outer: Mapping[Any, Any]
    ) -> Iterator[Operation | Conditional]:
        """`place` has the numbers of a block's qubits, `outer` the bits of the whole circuit for those of a block."""
        form = self._form
        for item in circuit.data:
            name, qubits = item.operation.name, tuple(place[qubit] for qubit in item.qubits)
            if name == "measure":
                bit = outer[item.clbits[0]]
                if bit in self._measured and not form.conditions:
                    index = self._circuit.find_bit(bit).index
                    raise ValidationError(f"the program measures twice into bit {index}")
                self._measured.add(bit)
                yield Operation("measure", (), qubits, self._places[bit])
            elif name == "if_else" and form.conditions:
                bits = [outer[bit] for bit in item.clbits]
                blocks = [
                    tuple(
                        self._all(
                            block,
                            dict(zip(block.qubits, qubits, strict=True)),
                            dict(zip(block.clbits, bits, strict=True)),
                        )
                    )
                    for block in item.operation.blocks
                ]
                condition = condition_of(item.operation.condition, lambda value: self._name(value, outer))
                yield Conditional(condition, blocks[0], blocks[1] if len(blocks) > 1 else ())
            elif name == "barrier" or (name == "reset" and form.resets):
                yield Operation(name, (), qubits)
            elif name in form.gates:
                self._check_coupled(name, qubits)
                yield Operation(name, tuple(map(float, item.operation.params)), qubits)
            elif name not in {"delay", "id"}:
                natives = ", ".join(form.gates)
                raise ValidationError(
                    f"{name} on {', '.join(map(str, qubits))} is not native to {form.device}, which has {natives}",
                    hint=_HINT,
                )

    def _name(self, value: Any, outer: Mapping[Any, Any]) -> str:
        """Return the native name of a bit or a register of a condition."""
        if value in outer:
            register, index = self._places[outer[value]]
            return f"{register.native_name}[{index}]"
        places = [self._places[outer[bit]] for bit in value]
        register = places[0][0]
        if places != [(register, index) for index in range(register.size)]:
            raise ValidationError(f"the program has a condition on {value.name}, which is a part of a register")
        return register.native_name

    def _check_coupled(self, name: str, qubits: tuple[int, ...]) -> None:
        sites = self._form.gates[name]
        allowed = self._coupled if sites is None else {frozenset(site) for site in sites}
        if len(qubits) > 1 and allowed is not None and frozenset(qubits) not in allowed:
            pairs = " and ".join(map(str, qubits))
            raise ValidationError(
                f"{name} acts on the qubits {pairs}, which are not coupled on {self._form.device}", hint=_HINT
            )


_HINT = Hint(
    "Transpile the circuit first: qiskit.transpile(circuit, backend), or submit(..., transpile=True)",
    "Submit it with --transpile",
)


def _openqasm(operations: Operations, registers: Sequence[Register], virtual: int | None) -> str:
    """OpenQASM 3 on physical qubits, or on `virtual` ones where all are coupled."""
    defined = sorted({operation.name for operation in _plain(operations)} & _DEFINITIONS.keys())
    lines = ["OPENQASM 3.0;", 'include "stdgates.inc";', *(_DEFINITIONS[name] for name in defined)]
    lines += [] if virtual is None else [f"qubit[{virtual}] q;"]
    lines += [f"bit[{register.size}] {register.native_name};" for register in registers if register.size]
    return "\n".join([*lines, *_statements(operations, "$" if virtual is None else "q")]) + "\n"


def _plain(operations: Operations) -> Iterator[Operation]:
    """All operations, also under conditions."""
    for operation in operations:
        if isinstance(operation, Operation):
            yield operation
        else:
            yield from (*_plain(operation.then), *_plain(operation.otherwise))


def _statements(operations: Operations, register: str) -> Iterator[str]:
    """Statements of OpenQASM 3, on physical qubits where the register is `$`."""
    for operation in operations:
        if isinstance(operation, Conditional):
            yield f"if ({operation.condition}) {{"
            yield from (f"  {line}" for line in _statements(operation.then, register))
            if operation.otherwise:
                yield "} else {"
                yield from (f"  {line}" for line in _statements(operation.otherwise, register))
            yield "}"
            continue
        qubits = [f"${qubit}" if register == "$" else f"{register}[{qubit}]" for qubit in operation.qubits]
        if operation.bit is not None:
            classical, index = operation.bit
            yield f"{classical.native_name}[{index}] = measure {qubits[0]};"
        else:
            angles = f"({', '.join(map(repr, operation.angles))})" if operation.angles else ""
            yield f"{operation.name}{angles} {', '.join(qubits)};"


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


def _verbatim(operations: Sequence[Operation], registers: Sequence[Register], names: Mapping[str, str]) -> str:
    """Braket's OpenQASM 3, with all gates in a verbatim box, and the measurements after it in one register."""
    # Braket reports one register; no native name is `b`.
    starts = {
        id(register): sum(before.size for before in registers[:place]) for place, register in enumerate(registers)
    }
    lines = ["OPENQASM 3.0;", f"bit[{sum(register.size for register in registers)}] b;"]
    ends: dict[int, str] = {}
    # By which each qubit has been turned around Z, where the device has no gate for it.
    frames: dict[int, float] = {}
    lines += ["#pragma braket verbatim", "box {"]
    for operation in operations:
        name, qubits = operation.name, operation.qubits
        if operation.bit is None and name == "barrier":
            continue
        if early := [qubit for qubit in qubits if qubit in ends]:
            raise ValidationError(
                f"{name} acts on qubit {early[0]} after its measurement, and Braket measures at the end of a program",
                hint="Measure each qubit once, at the end",
            )
        if operation.bit is not None:
            register, index = operation.bit
            ends[qubits[0]] = f"b[{starts[id(register)] + index}] = measure ${qubits[0]};"
        elif name == "rz" and names["rz"] == "gpi2":
            frames[qubits[0]] = frames.get(qubits[0], 0.0) + operation.angles[0]
        else:
            own = names[name]
            angles = operation.angles
            if own in {"gpi", "gpi2"}:
                angles = (math.remainder(-frames.get(qubits[0], 0.0), math.tau),)
            elif own == "rx":
                angles = (math.pi / 2 if name == "sx" else math.pi,)
            written = f"({', '.join(map(repr, angles))})" if angles else ""
            lines.append(f"{own}{written} {', '.join(f'${qubit}' for qubit in qubits)};")
    return "\n".join([*lines, "}", *ends.values()]) + "\n"

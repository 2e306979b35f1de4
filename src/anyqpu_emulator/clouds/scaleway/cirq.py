"""Cirq's JSON to a circuit, and samples to the result that Cirq reads."""

from __future__ import annotations

import functools
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from anyqpu_emulator.engines.circuit import Circuit, Gate, Mark, Measure, Operation, Register, Reset
from anyqpu_emulator.engines.errors import InvalidProgramError, UnsupportedProgramError
from anyqpu_emulator.engines.gates import Matrix, matrix
from anyqpu_emulator.engines.statevector import Samples
from anyqpu_emulator.shapes import is_list, is_object

_X, _Y, _Z = matrix([[0, 1], [1, 0]]), matrix([[0, -1j], [1j, 0]]), matrix([[1, 0], [0, -1]])
_H = matrix([[1, 1], [1, -1]]) / math.sqrt(2)
_SWAP = matrix([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])


def _kron(one: Matrix, two: Matrix) -> Matrix:
    return matrix(np.kron(one, two).tolist())


def _controlled(inner: Matrix, controls: int = 1) -> Matrix:
    whole = np.eye(len(inner) * 2**controls, dtype=np.complex128)
    whole[-len(inner) :, -len(inner) :] = inner
    return whole


# Gates that are their own inverse: all powers follow from the gate.
_INVOLUTIONS: Mapping[str, Matrix] = {
    **dict.fromkeys(("XPowGate", "_PauliX"), _X),
    **dict.fromkeys(("YPowGate", "_PauliY"), _Y),
    **dict.fromkeys(("ZPowGate", "_PauliZ"), _Z),
    "HPowGate": _H,
    "CXPowGate": _controlled(_X),
    "CZPowGate": _controlled(_Z),
    "SwapPowGate": _SWAP,
    "CCXPowGate": _controlled(_X, 2),
    "CCZPowGate": _controlled(_Z, 2),
    "CSwapGate": _controlled(_SWAP),
    "XXPowGate": _kron(_X, _X),
    "YYPowGate": _kron(_Y, _Y),
    "ZZPowGate": _kron(_Z, _Z),
}
# IQM's names of what Cirq calls otherwise; powers of X, and of X turned around Z, are its PRX.
_NATIVE: Mapping[str, str] = {
    **dict.fromkeys(("PhasedXPowGate", "XPowGate", "YPowGate", "_PauliX", "_PauliY", "Rx", "Ry"), "r"),
    "CZPowGate": "cz",
    "MeasurementGate": "measure",
    "ResetChannel": "reset",
    "IdentityGate": "id",
}
_ROTATIONS: Mapping[str, Matrix] = {"Rx": _X, "Ry": _Y, "Rz": _Z}


@dataclass(frozen=True, slots=True)
class CirqCircuit:
    """A circuit with one register per measurement key; `inverted` are the bits whose outcome is inverted."""

    circuit: Circuit
    inverted: frozenset[int]


def parse(text: str, *, marks: bool = False) -> CirqCircuit:
    """Read a `cirq.Circuit`; `marks` puts marks into it. Errors name what is not computed."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidProgramError(f"the Cirq circuit is not JSON: {error}") from None
    if not is_object(value) or value.get("cirq_type") not in ("Circuit", "FrozenCircuit"):
        raise InvalidProgramError("a Cirq circuit should be a JSON object whose cirq_type is Circuit")
    reader = _Reader()
    for place, layer in enumerate(_items(value, "moments")):
        for operation in _items(layer, "operations"):
            reader.read(operation)
            if marks:
                reader.mark(operation, f"moments[{place}]")
    if not reader.registers:
        raise InvalidProgramError("the Cirq circuit measures nothing")
    names = tuple(reader.qubits)
    numbers = tuple(_number_of(json.loads(name)) for name in names)
    registers, operations = tuple(reader.registers), tuple(reader.operations)
    circuit = Circuit(len(names), registers, operations, names=tuple(map(str, numbers)), numbers=numbers)
    return CirqCircuit(circuit, frozenset(reader.inverted))


def result(program: CirqCircuit, samples: Samples) -> dict[str, Any]:
    """Return the content of a `cirq.ResultDict`: the packed bits of all shots per key, its first qubit first."""
    width = program.circuit.num_bits
    rows = [[(value >> bit & 1) ^ (bit in program.inverted) for bit in range(width)] for value in samples.values]
    bits: NDArray[np.uint8] = np.array(rows, dtype=np.uint8)[samples.slots]
    records: dict[str, Any] = {}
    for register in program.circuit.registers:
        records[register.name] = _record(bits[:, register.start : register.start + register.size])
    # Cirq reads null as "no parameters".
    return {"params": None, "records": records}


def bit_by_bit(circuit: Circuit, samples: Samples) -> dict[str, Any]:
    """The same for a circuit of OpenQASM: a key for each bit, as Cirq names them, the last bit first."""
    records: dict[str, Any] = {}
    for register in reversed(circuit.registers):
        for place in reversed(range(register.size)):
            values = [[value >> (register.start + place) & 1] for value in samples.values]
            bits: NDArray[np.uint8] = np.array(values, dtype=np.uint8)[samples.slots]
            records[f"{register.name}_{place}"] = _record(bits)
    return {"params": None, "records": records}


def _record(bits: NDArray[np.uint8]) -> dict[str, Any]:
    """The bits of one key, shots × qubits."""
    return {
        "packed_digits": np.packbits(bits.reshape(-1)).tobytes().hex(),
        "binary": True,
        "dtype": "int8",
        "shape": [len(bits), 1, bits.shape[1]],
    }


class _Reader:
    def __init__(self) -> None:
        self.qubits: dict[str, int] = {}
        self.registers: list[Register] = []
        self.operations: list[Operation] = []
        self.inverted: set[int] = set()

    def read(self, value: Any) -> None:
        operation = value if is_object(value) else {}
        while operation.get("cirq_type") == "TaggedOperation" and is_object(operation.get("sub_operation")):
            operation = operation["sub_operation"]
        if operation.get("cirq_type") == "SingleQubitPauliStringGateOperation":
            # `cirq.X(qubit)` has this form, as do Y and Z.
            operation = {
                "cirq_type": "GateOperation",
                "gate": operation.get("pauli"),
                "qubits": [operation.get("qubit")],
            }
        gate = operation.get("gate")
        if operation.get("cirq_type") != "GateOperation" or not is_object(gate):
            raise UnsupportedProgramError(f"this emulator does not compute Cirq's {operation.get('cirq_type')}")
        qubits = tuple(self._qubit(qubit) for qubit in _items(operation, "qubits"))
        if not qubits or len(set(qubits)) != len(qubits):
            raise InvalidProgramError(f"{gate.get('cirq_type')} should act on different qubits")
        match gate.get("cirq_type"):
            case "MeasurementGate":
                self._measure(gate, qubits)
            case "ResetChannel":
                self.operations += [Reset(qubit) for qubit in qubits]
            case "IdentityGate":
                return
            case name:
                unitary = _unitary(str(name), gate)
                if len(unitary) != 2 ** len(qubits):
                    raise InvalidProgramError(f"{name} does not act on {len(qubits)} qubits")
                self.operations.append(Gate(unitary, qubits))

    def mark(self, value: Any, place: str) -> None:
        """Say which of IQM's instructions an operation is, if it is one; the same operations may come in any form."""
        operation = value
        while operation.get("cirq_type") == "TaggedOperation":
            operation = operation["sub_operation"]
        pauli = operation.get("cirq_type") == "SingleQubitPauliStringGateOperation"
        gate = operation["pauli"] if pauli else operation["gate"]
        qubits = tuple(map(self._qubit, [operation["qubit"]] if pauli else operation["qubits"]))
        name = _NATIVE.get(gate["cirq_type"], gate["cirq_type"])
        if name == "cz" and gate.get("exponent", 1.0) not in (1, -1):
            name = "CZPowGate"
        rows = [(qubit,) for qubit in qubits] if name == "measure" else [qubits]
        self.operations.extend(Mark(name, row, place) for row in rows)

    def _qubit(self, value: Any) -> int:
        """Number qubits in order of appearance; Cirq's results identify them by key only."""
        name = json.dumps(value, sort_keys=True)
        return self.qubits.setdefault(name, len(self.qubits))

    def _measure(self, gate: Mapping[str, Any], qubits: tuple[int, ...]) -> None:
        key = gate.get("key")
        if not isinstance(key, str):
            raise InvalidProgramError("a measurement should have a text as its key")
        if any(register.name == key for register in self.registers):
            raise UnsupportedProgramError(f"this emulator measures each key once; {key!r} is there twice")
        start = sum(register.size for register in self.registers)
        self.registers.append(Register(key, start, len(qubits)))
        mask: Any = gate.get("invert_mask")
        flags: list[Any] = mask if is_list(mask) else []
        self.inverted |= {start + place for place, flag in enumerate(flags[: len(qubits)]) if flag}
        self.operations += [Measure(qubit, start + place) for place, qubit in enumerate(qubits)]


def _number_of(qubit: Any) -> int:
    """The number of a `cirq.LineQubit`; -1 for others."""
    number = qubit.get("x") if is_object(qubit) and qubit.get("cirq_type") == "LineQubit" else None
    return number if isinstance(number, int) and not isinstance(number, bool) else -1


def _items(value: Any, key: str) -> list[Any]:
    items: Any = value.get(key) if is_object(value) else None
    if not is_list(items):
        raise InvalidProgramError(f"{key} should be a list")
    return items


def _number(gate: Mapping[str, Any], key: str, default: float) -> float:
    value = gate.get(key, default)
    if not isinstance(value, int | float) or isinstance(value, bool) or not abs(value) < 1e9:
        raise UnsupportedProgramError(f"{gate.get('cirq_type')}: {key} should be a number; resolve parameters first")
    return float(value)


def _power(base: Matrix, exponent: float, shift: float) -> Matrix:
    """The power of a gate that is its own inverse, as Cirq has it: with a phase of `shift` half turns per power."""
    identity = np.eye(len(base), dtype=np.complex128)
    turned = (identity + base) / 2 + np.exp(1j * math.pi * exponent) * (identity - base) / 2
    return matrix((np.exp(1j * math.pi * shift * exponent) * turned).tolist())


def _unitary(name: str, gate: Mapping[str, Any]) -> Matrix:
    number = functools.partial(_number, gate)
    if name in _INVOLUTIONS:
        return _power(_INVOLUTIONS[name], number("exponent", 1.0), number("global_shift", 0.0))
    if name in _ROTATIONS:
        return _power(_ROTATIONS[name], number("rads", 0.0) / math.pi, -0.5)
    if name == "PhasedXPowGate":
        power = number("phase_exponent", 0.0)
        middle = _power(_X, number("exponent", 1.0), number("global_shift", 0.0))
        return matrix((_power(_Z, power, 0) @ middle @ _power(_Z, -power, 0)).tolist())
    if name == "PhasedXZGate":
        power = number("axis_phase_exponent", 0.0)
        middle = _power(_X, number("x_exponent", 0.0), 0) @ _power(_Z, -power, 0)
        return matrix((_power(_Z, number("z_exponent", 0.0) + power, 0) @ middle).tolist())
    if name == "ISwapPowGate":
        angle, shift = number("exponent", 1.0) * math.pi / 2, number("global_shift", 0.0)
        cos, sin = math.cos(angle), 1j * math.sin(angle)
        whole = matrix([[1, 0, 0, 0], [0, cos, sin, 0], [0, sin, cos, 0], [0, 0, 0, 1]])
        return matrix((np.exp(2j * angle * shift) * whole).tolist())
    raise UnsupportedProgramError(f"this emulator does not compute Cirq's {name}")

"""Results in each backend's own shape and bit order. Inside, classical bit 0 is the rightmost character."""

from __future__ import annotations

import base64
import io
import re
import uuid
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from anyqpu_emulator.engines.circuit import Circuit, Measure, Register, walk
from anyqpu_emulator.engines.errors import InvalidProgramError
from anyqpu_emulator.engines.iqm import NativeCircuit
from anyqpu_emulator.engines.statevector import Samples, State

from .catalogue import Backend
from .encoding import PIECE, Pieces

_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_MEASURES_PHYSICAL = re.compile(r"\b([A-Za-z_]\w*)\s*(?:\[\s*(\d{1,7})\s*\]\s*)?=\s*measure\s*\$(\d{1,7})\b")


def qsim_sample(samples: Samples, num_qubits: int) -> dict[str, Any]:
    """Big-endian: classical bit 0 is the leftmost character."""
    counts = {key[::-1]: count for key, count in samples.counts().items()}
    return {"counts": counts, "metadata": {"num_qubits": num_qubits}}


def analog(
    filling: Sequence[int], shots: Sequence[str], program: Mapping[str, Any], backend: Backend
) -> dict[str, Any]:
    """Braket's result of an analog program: after the light, an atom in the Rydberg state is gone from its site."""

    def after(shot: str) -> list[int]:
        excited = iter(shot)
        return [1 if filled and next(excited) == "0" else 0 for filled in filling]

    measured = {shot: after(shot) for shot in set(shots)}
    header = "braket.task_result."
    return {
        "braketSchemaHeader": {"name": f"{header}analog_hamiltonian_simulation_task_result", "version": "1"},
        "taskMetadata": {
            "braketSchemaHeader": {"name": f"{header}task_metadata", "version": "1"},
            "id": f"arn:aws:braket:::quantum-task/{uuid.uuid4()}",
            "shots": len(shots),
            "deviceId": backend.internal_id,
        },
        "measurements": [
            {
                "shotMetadata": {"shotStatus": "Success"},
                "shotResult": {"preSequence": list(filling), "postSequence": measured[shot]},
            }
            for shot in shots
        ],
        "additionalMetadata": {
            "action": {"braketSchemaHeader": {"name": "braket.ir.ahs.program", "version": "1"}, **program},
            "queraMetadata": {
                "braketSchemaHeader": {"name": f"{header}quera_metadata", "version": "1"},
                "numSuccessfulShots": len(shots),
            },
        },
    }


def qsim_statevector(state: State, num_qubits: int) -> dict[str, Any]:
    """Pairs of real and imaginary part; qubit 0 is the most significant bit of the index."""
    flat = _big_endian(state, num_qubits)

    def pairs() -> Iterator[list[Any]]:
        for start in range(0, len(flat), PIECE):
            piece = flat[start : start + PIECE]
            yield np.column_stack((piece.real, piece.imag)).tolist()

    return {"statevector": Pieces(pairs()), "metadata": {"num_qubits": num_qubits}}


def qsim_amplitudes(state: State, num_qubits: int, bitstrings: list[str]) -> dict[str, Any]:
    """Return the amplitudes of bit strings, qubit 0 leftmost."""
    flat = _big_endian(state, num_qubits)
    amplitudes: dict[str, list[float]] = {}
    for bits in bitstrings:
        if len(bits) != num_qubits:
            raise InvalidProgramError(f"the bit string {bits!r} should have {num_qubits} bits, one per qubit")
        value = complex(flat[int(bits, 2)])
        amplitudes[bits] = [value.real, value.imag]
    return {"amplitudes": amplitudes, "metadata": {"num_qubits": num_qubits}}


def _big_endian(state: State, num_qubits: int) -> State:
    return state.reshape((2,) * num_qubits).transpose().reshape(-1)


def qudora(samples: Samples) -> dict[str, Any]:
    """Little-endian: classical bit 0 is the rightmost character, in `memory` too."""
    memory = samples.memory()
    parts = (memory[start : start + PIECE] for start in range(0, len(memory), PIECE))
    return {"counts": samples.counts(), "memory": Pieces(parts)}


def braket(samples: Samples, circuit: Circuit, source: str, backend: Backend) -> dict[str, Any]:
    """Amazon Braket's gate model result, version 1."""
    return {
        "braketSchemaHeader": _header("gate_model_task_result"),
        **_measured(samples, circuit, source),
        "taskMetadata": {
            "braketSchemaHeader": _header("task_metadata"),
            "id": f"arn:aws:braket:::quantum-task/{uuid.uuid4()}",
            "shots": len(samples.slots),
            "deviceId": backend.internal_id,
            "status": "COMPLETED",
        },
        "additionalMetadata": _additional(source),
    }


def braket_set(runs: list[tuple[str, Circuit, Samples]], backend: Backend) -> dict[str, Any]:
    """Amazon Braket's result of several programs, a program set, version 1, in the order of the programs."""
    programs = [
        {
            "braketSchemaHeader": _header("program_result"),
            "executableResults": [
                {
                    "braketSchemaHeader": _header("program_set_executable_result"),
                    "inputsIndex": 0,
                    **_measured(samples, circuit, source, number=int),
                }
            ],
            "source": {"braketSchemaHeader": {"name": "braket.ir.openqasm.program", "version": "1"}, "source": source},
            "additionalMetadata": _additional(source),
        }
        for source, circuit, samples in runs
    ]
    shots = [len(samples.slots) for _, _, samples in runs]
    return {
        "braketSchemaHeader": _header("program_set_task_result"),
        "programResults": programs,
        "taskMetadata": {
            "braketSchemaHeader": _header("program_set_task_metadata"),
            "id": f"arn:aws:braket:::quantum-task/{uuid.uuid4()}",
            "deviceId": backend.internal_id,
            "requestedShots": sum(shots),
            "successfulShots": sum(shots),
            "programMetadata": [{"executables": [{}]} for _ in runs],
            "status": "COMPLETED",
            "totalFailedExecutables": 0,
        },
    }


def _header(name: str) -> dict[str, str]:
    return {"name": f"braket.task_result.{name}", "version": "1"}


def _additional(source: str) -> dict[str, Any]:
    action = {"braketSchemaHeader": {"name": "braket.ir.openqasm.program", "version": "1"}, "source": source}
    return {"braketSchemaHeader": _header("additional_metadata"), "action": action}


def _measured(
    samples: Samples, circuit: Circuit, source: str, *, number: type[str] | type[int] = str
) -> dict[str, Any]:
    """Return the measurements, whose columns are classical bits, bit 0 first, and the qubits that they are of.

    Braket orders columns as the program measures; programs measure in the order of bits. `number` is what a bit is
    written as: Kipu passes on texts for one program; for several, Braket's schema has numbers.
    """
    measured = {op.bit: op.qubit for op in walk(circuit.operations) if isinstance(op, Measure) and op.bit is not None}
    # Bits inside blocks and subroutines have higher numbers than those of the outcome.
    bits = sorted(bit for bit in measured if bit < circuit.num_bits)
    measured |= _physical(source, circuit)
    rows = [[number((value >> bit) & 1) for bit in bits] for value in samples.values]
    slots: list[int] = samples.slots.tolist()
    parts = ([rows[s] for s in slots[start : start + PIECE]] for start in range(0, len(slots), PIECE))
    return {"measurements": Pieces(parts), "measuredQubits": [measured[bit] for bit in bits]}


def _physical(source: str, circuit: Circuit) -> dict[int, int]:
    """Return the physical qubit, such as `$3`, that each bit is measured from."""
    starts = {register.name: register.start for register in circuit.registers}
    matches = _MEASURES_PHYSICAL.findall(_COMMENT.sub(" ", source))
    return {starts[name] + int(bit or 0): int(qubit) for name, bit, qubit in matches if name in starts}


def iqm(runs: list[tuple[NativeCircuit, Samples]]) -> dict[str, Any]:
    """One entry per circuit; characters in the order of `measurement_keys`."""
    return {
        "measurement_counts": [
            {
                "counts": {key[::-1]: count for key, count in samples.counts().items()},
                "measurement_keys": list(native.keys),
            }
            for native, samples in runs
        ]
    }


def ibm(runs: list[tuple[Circuit, Samples]]) -> dict[str, Any]:
    """Qiskit Runtime's PrimitiveResult, one BitArray per classical register, bit 0 rightmost."""
    pub_results = [
        _typed("SamplerPubResult", {"data": _data_bin(circuit, samples), "metadata": {"circuit_metadata": {}}})
        for circuit, samples in runs
    ]
    return _typed("PrimitiveResult", {"pub_results": pub_results, "metadata": {"version": 2}})


def _typed(name: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"__type__": name, "__value__": value}


def _data_bin(circuit: Circuit, samples: Samples) -> dict[str, Any]:
    """Return one bit array per register: counts for one, shots for several, which keep registers correlated.

    Both forms were captured from Kipu; which one it chooses when is inferred.
    """
    if len(circuit.registers) == 1:
        [register] = circuit.registers
        arrays = {register.name: _bit_array({"counts": samples.counts()}, register)}
    else:
        arrays = {register.name: _bit_array(_shots_of(register, samples), register) for register in circuit.registers}
    names = [register.name for register in circuit.registers]
    return _typed("DataBin", {"field_names": names, "shape": [], "fields": arrays})


def _bit_array(array: dict[str, Any], register: Register) -> dict[str, Any]:
    return _typed("BitArray", {"array": array, "num_bits": register.size})


def _shots_of(register: Register, samples: Samples) -> dict[str, Any]:
    """A numpy file of one row per shot, most significant byte first, compressed and in base64."""
    width = -(-register.size // 8)
    mask = (1 << register.size) - 1
    values = [(value >> register.start & mask).to_bytes(width, "big") for value in samples.values]
    rows = np.frombuffer(b"".join(values), dtype=np.uint8).reshape(len(values), width)
    file = io.BytesIO()
    np.save(file, rows[samples.slots], allow_pickle=False)
    packed = base64.b64encode(zlib.compress(file.getvalue())).decode()
    return {"__type__": "ndarray", "__value__": packed}

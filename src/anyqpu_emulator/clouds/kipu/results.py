"""Results in each backend's own shape and bit order. Inside, classical bit 0 is the rightmost character."""

from __future__ import annotations

import base64
import io
import itertools
import json
import re
import uuid
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from anyqpu_emulator.engines.circuit import Circuit, Measure, Register, walk
from anyqpu_emulator.engines.errors import InvalidProgramError
from anyqpu_emulator.engines.iqm import NativeCircuit
from anyqpu_emulator.engines.statevector import Samples, State
from anyqpu_emulator.shapes import is_object

from .catalogue import Backend

_PIECE = 4096
_COMMENT = re.compile(r"//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_MEASURES_PHYSICAL = re.compile(r"\b([A-Za-z_]\w*)\s*(?:\[\s*(\d{1,7})\s*\]\s*)?=\s*measure\s*\$(\d{1,7})\b")


class Pieces:
    """A long list as an iterable of shorter ones, to be encoded piece by piece."""

    def __init__(self, lists: Iterable[list[Any]]) -> None:
        """Take the shorter lists, none of them empty."""
        self.lists = lists


def encode(result: Mapping[str, Any]) -> bytes:
    """JSON, written in pieces: one long call of the encoder would keep all other threads waiting."""
    entries = (f"{json.dumps(key)}: {_encode_value(value)}" for key, value in result.items())
    return ("{" + ", ".join(entries) + "}").encode()


def _encode_value(value: Any) -> str:
    if isinstance(value, Pieces):
        return "[" + ", ".join(json.dumps(piece)[1:-1] for piece in value.lists) + "]"
    if is_object(value) and len(value) > _PIECE:
        items = iter(value.items())
        parts = iter(lambda: dict(itertools.islice(items, _PIECE)), {})
        return "{" + ", ".join(json.dumps(part)[1:-1] for part in parts) + "}"
    return json.dumps(value)


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
        for start in range(0, len(flat), _PIECE):
            piece = flat[start : start + _PIECE]
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
    parts = (memory[start : start + _PIECE] for start in range(0, len(memory), _PIECE))
    return {"counts": samples.counts(), "memory": Pieces(parts)}


def braket(samples: Samples, circuit: Circuit, source: str, backend: Backend) -> dict[str, Any]:
    """Amazon Braket's gate model result, version 1. Columns are classical bits, bit 0 first.

    Braket orders columns as the program measures; programs measure in the order of bits.
    """
    measured = {op.bit: op.qubit for op in walk(circuit.operations) if isinstance(op, Measure) and op.bit is not None}
    # Bits inside blocks and subroutines have higher numbers than those of the outcome.
    bits = sorted(bit for bit in measured if bit < circuit.num_bits)
    measured |= _physical(source, circuit)
    rows = [[str((value >> bit) & 1) for bit in bits] for value in samples.values]
    slots: list[int] = samples.slots.tolist()
    parts = ([rows[s] for s in slots[start : start + _PIECE]] for start in range(0, len(slots), _PIECE))
    return {
        "braketSchemaHeader": {"name": "braket.task_result.gate_model_task_result", "version": "1"},
        "measurements": Pieces(parts),
        "measuredQubits": [measured[bit] for bit in bits],
        "taskMetadata": {
            "braketSchemaHeader": {"name": "braket.task_result.task_metadata", "version": "1"},
            "id": f"arn:aws:braket:::quantum-task/{uuid.uuid4()}",
            "shots": len(slots),
            "deviceId": backend.internal_id,
            "status": "COMPLETED",
        },
        "additionalMetadata": {
            "braketSchemaHeader": {"name": "braket.task_result.additional_metadata", "version": "1"},
            "action": {
                "braketSchemaHeader": {"name": "braket.ir.openqasm.program", "version": "1"},
                "source": source,
            },
        },
    }


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

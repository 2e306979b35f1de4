"""Circuits as Cirq writes them, results as it reads them."""

from __future__ import annotations

import base64
import json
import zlib

import numpy as np
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.scaleway import cirq
from anyqpu_emulator.engines.errors import EngineError
from anyqpu_emulator.engines.statevector import sample

from .support import DATA, finished, new_model, new_session, results, scaleway, submit

BELL = json.loads((DATA / "qio_bell.json").read_text(encoding="utf-8"))["program_cirq_CIRQ_JSON_NONE"]


def op(gate: str, *qubits: int, **more: object) -> dict:
    lines = [{"cirq_type": "LineQubit", "x": qubit} for qubit in qubits]
    return {"cirq_type": "GateOperation", "gate": {"cirq_type": gate, **more}, "qubits": lines}


def measure(key: str, *qubits: int, mask: tuple[bool, ...] = ()) -> dict:
    return op("MeasurementGate", *qubits, key=key, num_qubits=len(qubits), invert_mask=list(mask))


def text(*operations: dict) -> str:
    moments = [{"cirq_type": "Moment", "operations": [operation]} for operation in operations]
    return json.dumps({"cirq_type": "Circuit", "moments": moments})


def outcomes(record: dict) -> np.ndarray:
    """The bits, shots × qubits."""
    shots, instances, width = record["shape"]
    assert instances == 1
    packed = np.frombuffer(bytes.fromhex(record["packed_digits"]), dtype=np.uint8)
    return np.unpackbits(packed)[: shots * width].reshape(shots, width)


def run(source: str, shots: int = 4000) -> dict[str, np.ndarray]:
    program = cirq.parse(source)
    outcome = cirq.result(program, sample(program.circuit, shots, np.random.default_rng(1)))
    return {key: outcomes(record) for key, record in outcome["records"].items()}


@pytest.mark.parametrize(("pauli", "bit"), [("_PauliX", 1), ("_PauliY", 1), ("_PauliZ", 0)])
def test_paulis_on_a_qubit_are_operations_of_their_own(pauli: str, bit: int) -> None:
    """What Cirq writes for `cirq.X(qubit)`."""
    line = {"cirq_type": "LineQubit", "x": 0}
    gate = {"cirq_type": pauli, "exponent": 1.0, "global_shift": 0.0}
    operation = {"cirq_type": "SingleQubitPauliStringGateOperation", "pauli": gate, "qubit": line}
    assert (run(text(operation, measure("m", 0)), 10)["m"] == bit).all()


@pytest.mark.anyio
async def test_bell(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        session = await new_session(client, "EMU-QSIM-16C-128M")
        job = (await submit(client, session["id"], await new_model(client, {"programs": [BELL]}), shots=1000))["id"]
        assert (await finished(client, job))["status"] == "completed"
        wrapper = json.loads((await results(client, job))[0])
    assert wrapper["serialization_format"] == 1
    outcome = json.loads(zlib.decompress(base64.b64decode(wrapper["serialization"])))
    bits = outcomes(outcome["records"]["m"])
    assert bits.shape == (1000, 2)
    assert (bits[:, 0] == bits[:, 1]).all()
    assert abs(bits[:, 0].mean() - 0.5) < 0.1


def test_keys_order_and_inversion() -> None:
    measured = run(text(op("_PauliX", 5), measure("a", 3, 5), measure("b", 5, 4, mask=(True, True))))
    assert measured["a"][0].tolist() == [0, 1]
    assert measured["b"][0].tolist() == [0, 1]


# Circuits on qubits 0, 1, 2 and how likely a 1 on qubit 0, 1, 2 is.
CASES = [
    ([op("XPowGate", 0, exponent=0.5, global_shift=0.0)], [0.5, 0, 0]),
    ([op("YPowGate", 0, exponent=1.0, global_shift=-0.5)], [1, 0, 0]),
    ([op("Rx", 0, rads=np.pi / 3)], [0.25, 0, 0]),
    ([op("Ry", 0, rads=np.pi)], [1, 0, 0]),
    ([op("HPowGate", 0), op("Rz", 0, rads=np.pi), op("HPowGate", 0)], [1, 0, 0]),
    ([op("HPowGate", 0), op("ZPowGate", 0, exponent=1 / 3), op("HPowGate", 0)], [0.25, 0, 0]),
    ([op("_PauliX", 0), op("CXPowGate", 0, 2, exponent=1.0)], [1, 0, 1]),
    ([op("_PauliX", 0), op("CXPowGate", 2, 0, exponent=1.0)], [1, 0, 0]),
    ([op("_PauliX", 0), op("HPowGate", 1), op("CZPowGate", 0, 1), op("HPowGate", 1)], [1, 1, 0]),
    ([op("_PauliX", 0), op("SwapPowGate", 0, 1)], [0, 1, 0]),
    ([op("_PauliX", 0), op("ISwapPowGate", 0, 1, exponent=1.0)], [0, 1, 0]),
    ([op("_PauliX", 0), op("ISwapPowGate", 0, 1, exponent=0.5)], [0.5, 0.5, 0]),
    ([op("_PauliX", 0), op("_PauliX", 1), op("CCXPowGate", 0, 1, 2)], [1, 1, 1]),
    ([op("_PauliX", 0), op("_PauliX", 1), op("CSwapGate", 0, 1, 2)], [1, 0, 1]),
    ([op("XXPowGate", 0, 1, exponent=1.0)], [1, 1, 0]),
    ([op("PhasedXPowGate", 0, phase_exponent=0.3, exponent=0.5)], [0.5, 0, 0]),
    ([op("PhasedXZGate", 0, x_exponent=1.0, z_exponent=0.2, axis_phase_exponent=0.1)], [1, 0, 0]),
    ([op("HPowGate", 0), op("PhasedXPowGate", 0, phase_exponent=0.5, exponent=0.5)], [1, 0, 0]),
    ([op("_PauliX", 0), op("ResetChannel", 0), op("IdentityGate", 0)], [0, 0, 0]),
]


@pytest.mark.parametrize(("operations", "expected"), CASES)
def test_gates(operations: list[dict], expected: list[float]) -> None:
    means = run(text(*operations, measure("m", 0, 1, 2)))["m"].mean(axis=0)
    assert means == pytest.approx(expected, abs=0.04)


def test_tags_are_looked_through() -> None:
    tagged = {"cirq_type": "TaggedOperation", "sub_operation": op("_PauliX", 0), "tags": ["t"]}
    assert run(text(tagged, measure("m", 0)))["m"].all()


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("{", "not JSON"),
        ("[]", "Circuit"),
        (text(op("_PauliX", 0)), "measures nothing"),
        (text(op("FSimGate", 0, 1, theta=1, phi=1)), "FSimGate"),
        (text(op("XPowGate", 0, exponent={"cirq_type": "sympy.Symbol", "name": "t"})), "resolve"),
        (text(op("CXPowGate", 0, 0)), "different qubits"),
        (text(op("CXPowGate", 0)), "1 qubits"),
        (text(measure("m", 0), measure("m", 1)), "twice"),
        (text(op("MeasurementGate", 0, key=1)), "key"),
        (text({"cirq_type": "CircuitOperation"}), "CircuitOperation"),
        ('{"cirq_type": "Circuit"}', "moments"),
        ('{"cirq_type": "Circuit", "moments": [1]}', "operations"),
    ],
)
def test_refused(source: str, words: str) -> None:
    with pytest.raises(EngineError, match=words):
        cirq.parse(source)

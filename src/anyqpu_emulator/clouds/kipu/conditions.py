"""What the backends that stand for hardware demand of programs, and the noise that they add."""

from __future__ import annotations

from typing import Any

from anyqpu_emulator.engines.noise import Conditions, NoiseModel

from .calibration import calibration_at
from .catalogue import NOISE, RULES, Backend
from .submission import Submission


def conditions_of(job: Submission) -> Conditions:
    """Return the conditions of a circuit on the job's backend."""
    backend, native = job.backend, None
    if job.strict and "native_gates" in RULES.of(backend.id):
        pairs = backend.pairs
        native = RULES.native(
            backend.id, backend.native_gates, backend.other_instructions, range(backend.qubit_count), pairs
        )
    return Conditions(native, None if job.noise_at is None else _noise(backend, job.noise_at))


def _noise(backend: Backend, instant: float) -> NoiseModel | None:
    """Return the noise of a backend as its calibration has it; None without one."""
    document = calibration_at(backend, instant)
    if document is None or backend.id not in NOISE:
        return None
    own, values = NOISE[backend.id], document["calibration"]
    qubits: list[dict[str, Any]] = values["qubits"]
    pairs: list[dict[str, Any]] = values["qubit_pairs"]
    # The calibration has one value for all gates on a qubit or a pair.
    errors: dict[tuple[str, tuple[int, ...]], float] = {
        ("", (q["qubit"],)): gate["error"] for q in qubits for gate in q["gates"].values()
    }
    for pair in pairs:
        errors |= {("", tuple(pair["qubits"])): gate["error"] for gate in pair["gates"].values()}
    return NoiseModel(
        readout={q["qubit"]: (q["readout_error"], q["readout_error"]) for q in qubits},
        errors=errors,
        free=frozenset(own["free"]),
        t1={q["qubit"]: q["t1_us"] * 1e-6 for q in qubits},
        t2={q["qubit"]: q["t2_us"] * 1e-6 for q in qubits},
        seconds=own["seconds"],
    )

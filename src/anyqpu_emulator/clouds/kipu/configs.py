"""`GET /backends/{id}/config`: the provider's own document, as its SDK reads it, with made-up values."""

from __future__ import annotations

from typing import Any

from anyqpu_emulator.data import read_json

from .calibration import calibration_at
from .catalogue import NOISE, Backend

# Documents that do not depend on a lattice. Lengths are in metres, frequencies in radians per second, times in seconds.
_DOCUMENTS: dict[str, dict[str, Any]] = read_json("clouds/kipu/native_configs.json")

_DOUBLES = ("cz", "rzz")


def native_config(backend: Backend, instant: float) -> dict[str, Any]:
    """Return the document of a backend at a time in seconds since 1970."""
    if backend.id in _DOCUMENTS:
        return _DOCUMENTS[backend.id]
    if backend.provider == "IQM":
        return _iqm(backend)
    if backend.provider == "IBM":
        return _ibm(backend, instant)
    return {
        "name": backend.internal_id,
        "qubit_count": backend.qubit_count,
        "max_shots": backend.max_shots,
        "gates": [*backend.native_gates, *backend.other_gates],
        "input_formats": backend.input_formats,
    }


def _iqm(backend: Backend) -> dict[str, Any]:
    names = [f"QB{number}" for number in range(1, backend.qubit_count + 1)]
    singles = [[name] for name in names]
    pairs = [[names[first], names[second]] for first, second in backend.pairs or ()]

    def gate(implementation: str, loci: list[list[str]]) -> dict[str, Any]:
        return {
            "implementations": {implementation: {"loci": loci}},
            "default_implementation": implementation,
            "override_default_implementation": {},
        }

    return {
        "calibration_set_id": "00000000-0000-0000-0000-000000000005",
        "qubits": names,
        "computational_resonators": [],
        "gates": {
            "prx": gate("drag_crf", singles),
            "cz": gate("tgss", pairs),
            "measure": gate("constant", singles),
        },
    }


def _ibm(backend: Backend, instant: float) -> dict[str, Any]:
    """Return IBM's configuration document, with the values of the calibration and the durations of the catalogue."""
    both_ways = [pair for a, b in backend.pairs or () for pair in ([a, b], [b, a])]
    gates = [_ibm_gate(name, backend.qubit_count, both_ways) for name in backend.native_gates]
    config = {
        "backend_name": backend.internal_id,
        "backend_version": "1.0.0",
        "online_date": "2024-10-15T00:00:00+00:00",
        "n_qubits": backend.qubit_count,
        "basis_gates": list(backend.native_gates),
        "coupling_map": both_ways,
        "simulator": False,
        "local": False,
        "conditional": True,
        "open_pulse": False,
        "memory": backend.memory,
        "max_shots": backend.max_shots,
        "max_experiments": 1,
        "meas_map": [list(range(backend.qubit_count))],
        "supported_instructions": [*backend.native_gates, *backend.other_instructions],
        "gates": gates,
        "processor_type": {"family": "Heron", "revision": "2"},
        "dt": 4e-9,
        "dtm": 4e-9,
        "rep_delay_range": [0.0, 500.0],
        "default_rep_delay": 250.0,
        "timing_constraints": {"acquire_alignment": 1, "granularity": 1, "min_length": 1, "pulse_alignment": 1},
    }
    return {"config": config, "properties": _ibm_properties(backend, instant)}


def _ibm_gate(name: str, qubits: int, pairs: list[list[int]]) -> dict[str, Any]:
    """Describe a gate on every qubit or every coupled pair."""
    parameters = ["theta"] if name in ("rx", "rz", "rzz") else []
    sites = pairs if name in _DOUBLES else [[qubit] for qubit in range(qubits)]
    names = "q0,q1" if name in _DOUBLES else "q"
    arguments = "(theta)" if parameters else ""
    definition = f"gate {name}{arguments} {names} {{ {name}{arguments} {names}; }}"
    return {"name": name, "parameters": parameters, "coupling_map": sites, "qasm_def": definition}


def _ibm_properties(backend: Backend, instant: float) -> dict[str, Any] | None:
    """Return what was measured of a backend; None without a calibration."""
    document = calibration_at(backend, instant)
    if document is None:
        return None
    date, own = document["calibrated_at"], NOISE[backend.id]
    seconds: dict[str, float] = own["seconds"]

    def values(*entries: tuple[str, str, float]) -> list[dict[str, Any]]:
        return [{"date": date, "name": name, "unit": unit, "value": value} for name, unit, value in entries]

    def gate(name: str, qubits: list[int], error: float) -> dict[str, Any]:
        length = round(seconds.get(name, 0.0) * 1e9, 3)
        measured = values(("gate_error", "", 0.0 if name in own["free"] else error), ("gate_length", "ns", length))
        return {"gate": name, "name": name + "_".join(map(str, qubits)), "qubits": qubits, "parameters": measured}

    readout = round(seconds["measure"] * 1e9, 3)
    qubits: list[dict[str, Any]] = document["calibration"]["qubits"]
    pairs: list[dict[str, Any]] = document["calibration"]["qubit_pairs"]
    doubles = [name for name in backend.native_gates if name in _DOUBLES]
    singles = [name for name in backend.native_gates if name not in _DOUBLES]
    return {
        "backend_name": backend.internal_id,
        "backend_version": "1.0.0",
        "last_update_date": date,
        "general": [],
        "qubits": [
            values(
                ("T1", "us", qubit["t1_us"]),
                ("T2", "us", qubit["t2_us"]),
                ("readout_error", "", qubit["readout_error"]),
                ("readout_length", "ns", readout),
            )
            for qubit in qubits
        ],
        "gates": [
            *(gate(name, [qubit["qubit"]], qubit["gates"]["sx"]["error"]) for name in singles for qubit in qubits),
            *(
                gate(name, ends, pair["gates"]["cz"]["error"])
                for name in doubles
                for pair in pairs
                for ends in (pair["qubits"], pair["qubits"][::-1])
            ),
        ],
    }

"""`GET /backends/{id}/config`: the provider's own document, as its SDK reads it, with made-up values."""

from __future__ import annotations

from typing import Any

from anyqpu_emulator.data import read_json

from .catalogue import Backend

# Documents that do not depend on a lattice. Lengths are in metres, frequencies in radians per second, times in seconds.
_DOCUMENTS: dict[str, dict[str, Any]] = read_json("clouds/kipu/native_configs.json")


def native_config(backend: Backend) -> dict[str, Any]:
    """Return the document of a backend."""
    if backend.id in _DOCUMENTS:
        return _DOCUMENTS[backend.id]
    if backend.provider == "IQM":
        return _iqm(backend)
    if backend.provider == "IBM":
        return _ibm(backend)
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


def _ibm(backend: Backend) -> dict[str, Any]:
    """Return IBM's configuration document. Its properties, which the emulator does not have, are optional."""
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
    return {"config": config, "properties": None}


def _ibm_gate(name: str, qubits: int, pairs: list[list[int]]) -> dict[str, Any]:
    """Describe a gate on every qubit or every coupled pair."""
    parameters = ["theta"] if name in ("rx", "rz", "rzz") else []
    sites = pairs if name in ("cz", "rzz") else [[qubit] for qubit in range(qubits)]
    names = "q0,q1" if name in ("cz", "rzz") else "q"
    arguments = "(theta)" if parameters else ""
    definition = f"gate {name}{arguments} {names} {{ {name}{arguments} {names}; }}"
    return {"name": name, "parameters": parameters, "coupling_map": sites, "qasm_def": definition}

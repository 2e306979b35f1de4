"""`GET /backends/{id}/config`: a provider's own document, as its SDK reads it; values are made up."""

from __future__ import annotations

from typing import Any

from .catalogue import Backend


def native_config(backend: Backend) -> dict[str, Any]:
    """The document of a backend."""
    if backend.id == "aws.quera.aquila":
        return _aquila()
    match backend.provider:
        case "AWS":
            return _braket_simulator(backend)
        case "IQM":
            return _iqm(backend)
        case "IBM":
            return _ibm(backend)
        case "QUANDELA":
            return _perceval_platform(backend)
        case _:
            return {
                "name": backend.internal_id,
                "qubit_count": backend.qubit_count,
                "max_shots": backend.max_shots,
                "gates": [*backend.native_gates, *backend.other_gates],
                "input_formats": list(backend.input_formats),
            }


def _header(name: str) -> dict[str, str]:
    return {"name": name, "version": "1"}


def _service(max_shots: int, price: float, unit: str) -> dict[str, Any]:
    return {
        "braketSchemaHeader": _header("braket.device_schema.device_service_properties"),
        "executionWindows": [{"executionDay": "Everyday", "windowStartHour": "00:00", "windowEndHour": "23:59:59"}],
        "shotsRange": [1, max_shots],
        "deviceCost": {"price": price, "unit": unit},
        "deviceDocumentation": {"imageUrl": "", "summary": "", "externalDocumentationUrl": ""},
        "deviceLocation": "emulator",
        "updatedAt": "2026-01-01T00:00:00",
    }


def _braket_simulator(backend: Backend) -> dict[str, Any]:
    action = "braket.ir.openqasm.program"
    probability = {"name": "Probability", "observables": None, "minShots": 1, "maxShots": backend.max_shots}
    return {
        "braketSchemaHeader": _header("braket.device_schema.simulators.gate_model_simulator_device_capabilities"),
        "service": _service(backend.max_shots, 0.075, "minute"),
        "action": {
            action: {
                "actionType": action,
                "version": ["1.0"],
                "supportedOperations": list(backend.other_gates),
                "supportedResultTypes": [probability],
                "supportsPartialVerbatimBox": False,
                "disabledQubitRewiringSupported": False,
            }
        },
        "deviceParameters": {},
        "paradigm": {
            "braketSchemaHeader": _header("braket.device_schema.simulators.gate_model_simulator_paradigm_properties"),
            "qubitCount": backend.qubit_count,
        },
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
    """IBM's own two documents; its properties, of which this emulator has none, may be missing."""
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
        "supported_instructions": [*backend.native_gates, "measure", "reset", "delay", "if_else"],
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
    """`name` on every qubit or every pair of coupled ones."""
    parameters = ["theta"] if name in ("rx", "rz", "rzz") else []
    places = pairs if name in ("cz", "rzz") else [[qubit] for qubit in range(qubits)]
    names = "q0,q1" if name in ("cz", "rzz") else "q"
    arguments = "(theta)" if parameters else ""
    definition = f"gate {name}{arguments} {names} {{ {name}{arguments} {names}; }}"
    return {"name": name, "parameters": parameters, "coupling_map": places, "qasm_def": definition}


def _perceval_platform(backend: Backend) -> dict[str, Any]:
    modes = {"max_mode_count": 24, "min_mode_count": 1, "max_photon_count": 12, "min_photon_count": 1}
    return {
        "id": backend.internal_id,
        "name": backend.internal_id,
        "type": "simulator",
        "status": "available",
        "specs": {
            "available_commands": ["probs", "sample_count", "samples"],
            "constraints": {**modes, "max_shots": backend.max_shots},
            "description": backend.description,
            "documentation": "",
            "parameters": {},
        },
        "perfs": {},
    }


def _aquila() -> dict[str, Any]:
    """SI units: metres, radians per second, seconds."""
    return {
        "braketSchemaHeader": _header("braket.device_schema.quera.quera_device_capabilities"),
        "service": _service(1000, 0.01, "shot"),
        "action": {"braket.ir.ahs.program": {"actionType": "braket.ir.ahs.program", "version": ["1"]}},
        "deviceParameters": {},
        "paradigm": {
            "braketSchemaHeader": _header("braket.device_schema.quera.quera_ahs_paradigm_properties"),
            "qubitCount": 256,
            "lattice": {
                "area": {"width": 7.5e-5, "height": 1.28e-4},
                "geometry": {
                    "spacingRadialMin": 4e-6,
                    "spacingVerticalMin": 2e-6,
                    "positionResolution": 1e-8,
                    "numberSitesMax": 256,
                },
            },
            "rydberg": {
                "c6Coefficient": 5.42e-24,
                "rydbergGlobal": {
                    "rabiFrequencyRange": [0.0, 1.58e7],
                    "detuningRange": [-1.25e8, 1.25e8],
                    "phaseRange": [-99.0, 99.0],
                    "timeResolution": 1e-9,
                    "timeDeltaMin": 5e-8,
                    "timeMin": 0.0,
                    "timeMax": 4e-6,
                },
            },
        },
    }

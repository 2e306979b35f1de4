"""What IBM's own document of a backend says besides Kipu's: `config` and `properties` of getBackendConfig.

The forms are those that qiskit-ibm-runtime 0.49.0 reads: `models/backend_configuration.py`, `backend_properties.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from anyqpu.core.sound import LARGEST
from anyqpu.core.values import finite

_UNITS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9}

Durations = Mapping[str, Mapping[tuple[int, ...], float]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts about a backend.

    Attributes:
        conditions: Whether it runs `if`: operations that depend on measured bits.
        durations: Of gates and measurements, in seconds.
    """

    conditions: bool = False
    durations: Durations = field(default_factory=dict[str, Any])


def facts_of(document: object) -> Facts:
    """Return what a document says; what has another form than IBM's says nothing."""
    fields = _object(document)
    instructions = _list(_object(fields.get("config")).get("supported_instructions"))
    properties = _object(fields.get("properties"))
    durations: dict[str, dict[tuple[int, ...], float]] = {}
    for name, qubits, seconds in (*_gates(properties), *_measurements(properties)):
        durations.setdefault(name, {})[qubits] = seconds
    return Facts("if_else" in instructions, durations)


def _gates(properties: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, ...], float]]:
    for gate in map(_object, _list(properties.get("gates"))):
        name, qubits = gate.get("gate"), _list(gate.get("qubits"))
        if isinstance(name, str) and qubits and all(_is_number(qubit) for qubit in qubits):
            for seconds in _seconds(gate.get("parameters"), "gate_length"):
                yield name, tuple(qubits), seconds


def _measurements(properties: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, ...], float]]:
    for number, values in enumerate(_list(properties.get("qubits"))):
        for seconds in _seconds(values, "readout_length"):
            yield "measure", (number,), seconds


def _seconds(values: object, wanted: str) -> Iterator[float]:
    for value in map(_object, _list(values)):
        unit, number = _UNITS.get(str(value.get("unit"))), finite(value.get("value"))
        if value.get("name") == wanted and unit is not None and number is not None and number >= 0:
            yield number * unit


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < LARGEST


def _object(value: object) -> dict[str, Any]:
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []

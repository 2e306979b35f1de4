"""Calibrations of the emulated QPUs: made-up values, new every hour, the same for the same hour.

With noise, results are computed from these.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from statistics import median
from typing import Any

from anyqpu_emulator.clock import utc

from .catalogue import Backend

_FIRST = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
_PERIOD = 3600


def calibration_at(backend: Backend, instant: float) -> dict[str, Any] | None:
    """Return the calibration at a time in seconds since 1970; None before the first one."""
    if not backend.calibrated or instant < _FIRST:
        return None
    calibrated_at = instant - instant % _PERIOD
    values = random.Random(f"{backend.id} {calibrated_at:.0f}")  # noqa: S311 - not a secret
    qubits = [_qubit(number, backend, values) for number in range(backend.qubit_count)]
    pairs: list[dict[str, Any]] = [
        {"qubits": sorted(pair), "gates": {"cz": _gate(values.uniform(0.002, 0.008))}} for pair in backend.pairs or ()
    ]
    single = _single(backend)
    return {
        "backend_id": backend.id,
        "calibrated_at": utc(calibrated_at).isoformat().replace("+00:00", "Z"),
        "calibration": {
            "type": "gate_based",
            "medians": {
                **{key: median(q[key] for q in qubits) for key in ("t1_us", "t2_us", "readout_error")},
                "gates": {
                    single: _gate(median(q["gates"][single]["error"] for q in qubits)),
                    "cz": _gate(median(pair["gates"]["cz"]["error"] for pair in pairs)),
                },
            },
            "qubits": qubits,
            "qubit_pairs": pairs,
        },
    }


def instants_between(backend: Backend, first: float, last: float) -> Sequence[float]:
    """Return the times of a backend's calibrations in an interval, both ends included, newest first."""
    begin = math.ceil(max(first, _FIRST) / _PERIOD)
    end = math.floor(last / _PERIOD)
    return range(end * _PERIOD, begin * _PERIOD - 1, -_PERIOD) if backend.calibrated else ()


def _single(backend: Backend) -> str:
    return "prx" if backend.provider == "IQM" else "sx"


def _qubit(number: int, backend: Backend, values: random.Random) -> dict[str, Any]:
    """Times in microseconds, errors as probabilities; IQM's qubits also have names, from QB1."""
    name = {"name": f"QB{number + 1}"} if backend.provider == "IQM" else {}
    return {
        "qubit": number,
        **name,
        "operational": True,
        "t1_us": round(values.uniform(30, 200), 3),
        "t2_us": round(values.uniform(10, 150), 3),
        "readout_error": round(values.uniform(0.005, 0.03), 6),
        "gates": {_single(backend): _gate(values.uniform(0.0002, 0.001))},
    }


def _gate(error: float) -> dict[str, Any]:
    return {"operational": True, "error": round(error, 6)}

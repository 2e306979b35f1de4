"""Good responses of each kind for the mappings of Kipu and Scaleway, and a check of the mapped objects."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from anyqpu_raw.kipu import models as kipu
from anyqpu_raw.scaleway import models as scaleway

from anyqpu.model.job import JobActions
from anyqpu.providers.kipu import figures
from anyqpu.providers.kipu import mapping as kipu_mapping
from anyqpu.providers.scaleway import mapping as scaleway_mapping
from anyqpu.providers.scaleway.resources import applications
from anyqpu.providers.scaleway.resources import models as scaleway_models

NO_CLIENT: JobActions = None  # type: ignore[assignment]
NOW = datetime(2025, 1, 2, 12, 0, tzinfo=UTC)
KIPU_TIME, SCALEWAY_TIME = "2025-01-02 12:00:00", "2025-01-02T12:00:00Z"


class Kind(NamedTuple):
    """A generated model, a good body of it, and what maps it."""

    model: Any
    body: Mapping[str, Any]
    read: Callable[[Any], Any]
    needs: frozenset[str] = frozenset({"id", "status"})
    """Keys that have to be texts, where the model has them."""


KINDS: Mapping[str, Kind] = {
    "kipu job": Kind(
        kipu.Job,
        {
            "id": "j1", "status": "RUNNING", "name": "n", "backend_id": "ibm.qpu.fez", "provider": "IBM",
            "provider_job_id": "x", "input_params": {}, "input_format": "OPEN_QASM_V3", "tags": ["a"],
            "created_at": KIPU_TIME, "started_at": KIPU_TIME, "ended_at": KIPU_TIME, "runtime": 1500, "shots": 10,
            "session_id": "s",
        },
        lambda raw: kipu_mapping.job_of(raw, NO_CLIENT),
    ),
    "kipu session": Kind(
        kipu.Session,
        {
            "id": "s1", "status": "OPEN", "backend_id": "b", "mode": "batch", "tags": ["a"], "created_at": KIPU_TIME,
            "started_at": KIPU_TIME, "closed_at": KIPU_TIME, "expires_at": KIPU_TIME, "usage_time_millis": 5,
        },
        kipu_mapping.session_of,
    ),
    "kipu workload": Kind(
        kipu.WorkloadResponse,
        {"id": "w1", "type": "SESSION", "status": "OPEN", "backend_id": "b", "created_at": KIPU_TIME},
        kipu_mapping.session_in,
    ),
    "kipu backend": Kind(
        kipu.Backend,
        {
            "id": "ibm.qpu.fez", "name": "fez", "display_name": "Fez", "type": "QPU", "technology": "SUPERCONDUCTING",
            "provider": "IBM", "hardware_provider": "IBM", "access_type": "PAY_PER_USE", "queue_size": 3,
            "has_calibration": True, "availability": [{"granularity": "DAILY", "start": "08:00", "end": "17:00"}],
            "documentation": {"description": "d", "location": "l", "url": "u"},
            "configuration": {
                "qubit_count": 156, "shots_range": {"min": 1, "max": 1000},
                "supported_input_formats": ["OPEN_QASM_V3"],
                "connectivity": {"fully_connected": False, "graph": {"0": ["1"], "1": ["0"]}},
            },
        },
        kipu_mapping.device_of,
    ),
    "kipu topology": Kind(
        kipu.Backend,
        {"id": "b", "configuration": {"qubit_count": 3, "connectivity": {"fully_connected": True}}},
        figures.topology_of,
        frozenset(),
    ),
    "kipu calibration": Kind(
        kipu.CalibrationResponse,
        {
            "backend_id": "b", "calibrated_at": SCALEWAY_TIME,
            "calibration": {
                "type": "gate_based", "qubits": [{"qubit": 0, "t1_us": 1.5, "gates": {"x": {"error": 0.1}}}],
                "qubit_pairs": [{"qubits": [0, 1], "gates": {"cz": {"error": 0.2}}}],
            },
        },
        lambda raw: kipu_mapping.calibration_of(raw, "device"),
    ),
    "scaleway job": Kind(
        scaleway.Job,
        {
            "id": "j1", "status": "running", "name": "n", "tags": ["a"], "session_id": "s",
            "created_at": SCALEWAY_TIME, "started_at": SCALEWAY_TIME, "job_duration": "1.5s",
            "progress_message": "m", "parameters": '{"shots": 10}', "model_id": "m",
        },
        lambda raw: scaleway_mapping.job_of(raw, NO_CLIENT, None),
    ),
    "scaleway process": Kind(
        scaleway.Process,
        {
            "id": "p1", "status": "running", "name": "n", "platform_id": "p", "tags": ["a"], "progress": 0.5,
            "created_at": SCALEWAY_TIME, "started_at": SCALEWAY_TIME, "finished_at": SCALEWAY_TIME,
            "progress_message": "m",
        },
        lambda raw: scaleway_mapping.process_of(raw, NO_CLIENT),
    ),
    "scaleway session": Kind(
        scaleway.Session,
        {
            "id": "s1", "status": "running", "platform_id": "p", "tags": ["a"], "created_at": SCALEWAY_TIME,
            "started_at": SCALEWAY_TIME, "terminated_at": SCALEWAY_TIME, "max_duration": "60s",
            "waiting_job_count": 1, "finished_job_count": 2, "booking_id": "b", "deduplication_id": "d",
        },
        scaleway_mapping.session_of,
    ),
    "scaleway booking": Kind(
        scaleway.Booking,
        {
            "id": "b1", "status": "validated", "created_at": SCALEWAY_TIME, "started_at": SCALEWAY_TIME,
            "finished_at": SCALEWAY_TIME, "description": "d", "time_zone": "UTC",
        },
        lambda raw: scaleway_mapping.reservation_of(raw, now=NOW, session_id=None, device_id=None),
    ),
    "scaleway platform": Kind(
        scaleway.Platform,
        {
            "id": "p1", "name": "QPU", "provider_name": "v", "backend_name": "aer", "type": "qpu",
            "technology": "superconducting", "availability": "available", "max_qubit_count": 5, "max_shot_count": 10,
            "max_circuit_count": 2, "is_bookable": True, "description": "d", "documentation_url": "u",
            "price_per_hour": {"currency_code": "EUR", "units": 3, "nanos": 5},
            "booking_requirement": {"min_duration": "60s", "max_booking_per_day": 2}, "metadata": "{}",
        },
        scaleway_mapping.device_of,
    ),
    "scaleway traps": Kind(
        scaleway.Platform, {"id": "p1", "metadata": '{"specs": "{}"}'}, scaleway_mapping.topology_of, frozenset()
    ),
    "scaleway model": Kind(
        scaleway.Model,
        {"id": "m1", "created_at": SCALEWAY_TIME, "url": "https://example.org/m", "project_id": "p"},
        scaleway_models.model_of,
    ),
    "scaleway application": Kind(
        scaleway.Application,
        {"id": "a1", "name": "vqe", "type": "vqe", "compatible_platform_ids": ["p"], "input_template": "{}"},
        applications.application_of,
    ),
}  # fmt: skip


def problems(value: Any, where: str = "it") -> list[str]:
    """The attributes of a value of the common model that have another type than they are annotated with."""
    if not dataclasses.is_dataclass(value):
        return []
    hints = typing.get_type_hints(type(value), include_extras=False, localns=_names(value))
    texts: list[str] = []
    for field in dataclasses.fields(value):
        inner = getattr(value, field.name)
        if not _fits(inner, hints[field.name]):
            texts.append(f"{where}.{field.name} is {inner!r:.60}, not {hints[field.name]}")
        for part in inner if isinstance(inner, tuple) else [inner]:
            texts += problems(part, f"{where}.{field.name}")
    return texts


def _names(value: Any) -> dict[str, Any]:
    # Names that modules import for type checkers alone.
    from anyqpu.model.calibration import Topology

    return {"Topology": Topology, **vars(typing)}


def _fits(value: Any, hint: Any) -> bool:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    fits = True
    if origin in {typing.Union, types.UnionType}:
        fits = any(_fits(value, argument) for argument in arguments)
    elif origin is tuple and arguments[-1] is Ellipsis:
        fits = isinstance(value, tuple) and all(_fits(part, arguments[0]) for part in value)
    elif origin is tuple:
        fits = isinstance(value, tuple) and len(value) == len(arguments) and all(map(_fits, value, arguments))
    elif hint is float:
        fits = isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")
    elif hint is int:
        fits = type(value) is int
    elif hint is str:
        fits = isinstance(value, str) and _is_unicode(value)
    elif hint is datetime:
        fits = isinstance(value, datetime) and value.tzinfo is UTC
    elif isinstance(origin, type):
        fits = isinstance(value, Mapping if issubclass(origin, Mapping) else Collection)
    elif hint is not Any:
        fits = isinstance(value, hint)
    return fits


def _is_unicode(text: str) -> bool:
    return text == text.encode("utf-8", "replace").decode()

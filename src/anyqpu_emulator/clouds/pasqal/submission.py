"""Batches and jobs as they are submitted."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from anyqpu_emulator.shapes import is_list, is_object

from .catalogue import DEVICES, Device
from .responses import invalid

Loc: TypeAlias = tuple[str | int, ...]

MAX_RUNS = 100_000
"""Per job: more bit strings would fill the memory."""
_DEFAULT_RUNS = 100
_MAX_JOBS = 1000


@dataclass(frozen=True, slots=True)
class JobSpec:
    """A submitted job. `runs` is the number in the request, `shots` the number that is computed."""

    runs: int | None
    shots: int
    variables: dict[str, Any] | None
    sequence: str | None


@dataclass(frozen=True, slots=True)
class BatchSpec:
    """A submitted batch. A `strict` one takes only sequences that were made for its device, if that is a QPU."""

    project_id: str
    device: Device
    sequence_builder: str | None
    configuration: dict[str, Any] | None = None
    backend_configuration: str | None = None
    webhook: str | None = None
    priority: float = 0
    open: bool = False
    tags: list[str] = field(default_factory=list[str])
    strict: bool = False

    @property
    def shots(self) -> int | None:
        """The shots in the backend configuration, which replace a job's `runs`."""
        if self.backend_configuration is None:
            return None
        return _configured_shots(self.backend_configuration)

    def closed(self) -> BatchSpec:
        """Return a copy that accepts no more jobs."""
        return replace(self, open=False)


def read_batch(body: Mapping[str, Any], project_id: str) -> tuple[BatchSpec, list[JobSpec]]:
    """Read a checked body: a batch and its first jobs. Raises a 422."""
    is_open, complete = body.get("open"), body.get("complete")
    if is_open is not None and complete is not None:
        raise invalid(("body", "__root__"), "open and complete should not both be given; complete is deprecated")
    sequence = body.get("sequence_builder")
    configuration: Any = body.get("configuration")
    spec = BatchSpec(
        project_id=project_id,
        device=_device(body, sequence),
        sequence_builder=sequence,
        configuration=configuration if is_object(configuration) else None,
        backend_configuration=body.get("backend_configuration"),
        webhook=body.get("webhook"),
        priority=body.get("priority") or 0,
        open=bool(is_open) if complete is None else not complete,
        tags=body.get("tags") or [],
    )
    jobs = read_jobs(body.get("jobs"), spec, ("body", "jobs"))
    if not jobs and not spec.open:
        raise invalid(("body", "jobs"), "a batch that is not open needs at least one job")
    return spec, jobs


def identifier(value: Any) -> str | None:
    """Return the usual spelling of a UUID; None for anything else."""
    try:
        return str(uuid.UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def read_jobs(values: list[dict[str, Any]] | None, batch: BatchSpec, loc: Loc) -> list[JobSpec]:
    """Read the jobs of a checked body. Raises a 422."""
    jobs = values or []
    if len(jobs) > _MAX_JOBS:
        raise invalid(loc, f"value is not a valid list of at most {_MAX_JOBS} jobs", "type_error.list")
    return [read_job(job, batch, (*loc, index)) for index, job in enumerate(jobs)]


def read_job(value: Mapping[str, Any], batch: BatchSpec, loc: Loc) -> JobSpec:
    """Read one job of a checked body. Raises a 422."""
    runs, variables, sequence = value.get("runs"), value.get("variables"), value.get("sequence")
    if runs is not None and runs < 1:
        raise invalid((*loc, "runs"), "ensure this value is greater than 0", "value_error.number.not_gt")
    if variables and sequence is not None:
        raise invalid((*loc, "__root__"), "a job has either a sequence or variables, not both")
    if sequence is None and batch.sequence_builder is None:
        raise invalid((*loc, "sequence"), "neither the batch nor the job has a sequence", "value_error.missing")
    configured = batch.shots
    if runs is None and configured is None and not batch.device.is_emulator:
        raise invalid((*loc, "runs"), "field required", "value_error.missing")
    shots = configured or runs or _DEFAULT_RUNS
    most = batch.device.max_runs or MAX_RUNS
    if shots > most:
        raise invalid((*loc, "runs"), f"ensure this value is less than {most + 1}", "value_error.number.not_lt")
    return JobSpec(runs, shots, variables, sequence)


def _device(body: Mapping[str, Any], sequence: str | None) -> Device:
    """Return the device in the body, else that of the sequence, else the free emulator."""
    for key in ("device_type", "emulator"):
        name = body.get(key)
        if name is not None:
            if name not in DEVICES:
                raise invalid(("body", key), f"there is no device {name!r}; permitted: {', '.join(DEVICES)}")
            return DEVICES[name]
    device = _object(sequence or "").get("device")
    name = device.get("name") if is_object(device) else None
    return DEVICES.get(name, DEVICES["EMU_FREE"]) if isinstance(name, str) else DEVICES["EMU_FREE"]


def _configured_shots(text: str) -> int:
    configuration = _object(text)
    observables = configuration.get("observables")
    wanted: list[Any] = [
        item.get("num_shots")
        for item in (observables if is_list(observables) else [])
        if is_object(item) and item.get("observable") == "bitstrings"
    ]
    for shots in [*wanted, configuration.get("default_num_shots"), _DEFAULT_RUNS]:
        if isinstance(shots, int) and not isinstance(shots, bool) and shots > 0:
            return shots
    return _DEFAULT_RUNS


def _object(text: str) -> dict[str, Any]:
    """Parse a JSON object; {} for anything else: an invalid sequence is reported as the job's error."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if is_object(value) else {}

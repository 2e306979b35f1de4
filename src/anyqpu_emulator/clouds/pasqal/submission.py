"""Reading a batch that somebody submits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anyqpu_emulator.shapes import is_list, is_object

from . import fields
from .answers import invalid
from .catalogue import DEVICES, Device
from .fields import Loc

MAX_RUNS = 100_000
"""Per job: bit strings of more shots than this help nobody and fill the memory."""
_DEFAULT_RUNS = 100
_MAX_JOBS = 1000


@dataclass(frozen=True, slots=True)
class JobSpec:
    """One job as wanted. `runs` is what was written, `shots` what will be done."""

    runs: int | None
    shots: int
    variables: dict[str, Any] | None
    sequence: str | None


@dataclass(frozen=True, slots=True)
class BatchSpec:
    """A batch as wanted."""

    project_id: str
    device: Device
    sequence_builder: str | None
    configuration: dict[str, Any] | None = None
    backend_configuration: str | None = None
    webhook: str | None = None
    priority: float = 0
    open: bool = False
    tags: list[str] = field(default_factory=list[str])

    @property
    def shots(self) -> int | None:
        """The shots that the backend configuration wants, before which a job's `runs` are a placeholder."""
        if self.backend_configuration is None:
            return None
        return _configured_shots(self.backend_configuration)

    def closed(self) -> BatchSpec:
        """The same, taking no jobs but those it is made with."""
        return replace(self, open=False)


def read_batch(body: Mapping[str, Any], project_id: str) -> tuple[BatchSpec, list[JobSpec]]:
    """A batch and its first jobs, or a 422."""
    is_open, complete = fields.boolean(body, "open"), fields.boolean(body, "complete")
    if is_open is not None and complete is not None:
        raise invalid(("body", "__root__"), "open and complete should not both be given; complete is deprecated")
    sequence = fields.text(body, "sequence_builder")
    configuration: Any = body.get("configuration")
    spec = BatchSpec(
        project_id=project_id,
        device=_device(body, sequence),
        sequence_builder=sequence,
        configuration=configuration if is_object(configuration) else None,
        backend_configuration=fields.text(body, "backend_configuration"),
        webhook=fields.text(body, "webhook"),
        priority=fields.number(body, "priority") or 0,
        open=bool(is_open) if complete is None else not complete,
        tags=fields.texts(body.get("tags"), ("body", "tags")),
    )
    jobs = read_jobs(body.get("jobs"), spec, ("body", "jobs"))
    if not jobs and not spec.open:
        raise invalid(("body", "jobs"), "a batch that is not open needs at least one job")
    return spec, jobs


def read_jobs(value: Any, batch: BatchSpec, loc: Loc) -> list[JobSpec]:
    """Jobs for a batch, or a 422."""
    if value is None:
        return []
    if not is_list(value) or len(value) > _MAX_JOBS:
        raise invalid(loc, f"value is not a valid list of at most {_MAX_JOBS} jobs", "type_error.list")
    return [read_job(item, batch, (*loc, place)) for place, item in enumerate(value)]


def read_job(value: Any, batch: BatchSpec, loc: Loc) -> JobSpec:
    """One job for a batch, or a 422."""
    if not is_object(value):
        raise invalid(loc, "value is not a valid dict", "type_error.dict")
    runs = fields.integer(value, "runs", loc)
    variables, sequence = fields.mapping(value, "variables", loc), fields.text(value, "sequence", loc)
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
    """The device that is named, else that for which the sequence was made, else the free emulator."""
    for key in ("device_type", "emulator"):
        name = fields.text(body, key)
        if name is not None:
            if name not in DEVICES:
                raise invalid(("body", key), f"there is no device {name!r}; permitted: {', '.join(DEVICES)}")
            return DEVICES[name]
    found = _object(sequence or "").get("device")
    name = found.get("name") if is_object(found) else None
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
    """What a text says if it is a JSON object; a broken sequence fails later, as the job's error."""
    try:
        value: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return value if is_object(value) else {}

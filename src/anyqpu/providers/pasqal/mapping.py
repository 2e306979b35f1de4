"""From Pasqal's models to the common ones."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from anyqpu_raw.pasqal.models import Batch, BatchSummary, BatchWithJobIds, BatchWithJobs, JobWithLogs
from anyqpu_raw.pasqal.models import Device as RawDevice
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.pasqal import states
from anyqpu.providers.values import given
from anyqpu.transport.submit import is_key, key_among

AnyBatch = Batch | BatchSummary | BatchWithJobIds | BatchWithJobs
FORMAT = "pulser_json"


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What a job does not say itself and its batch does."""

    device_id: str | None = None
    tags: tuple[str, ...] = ()
    sequence: str | None = None


def facts_of(raw: AnyBatch) -> BatchFacts:
    """What the jobs of a batch need to know of it; lists leave out the sequence."""
    sequence = None if isinstance(raw, BatchSummary) else given(raw.sequence_builder)
    return BatchFacts(given(raw.device_type), tuple(given(raw.tags) or ()), sequence)


def device_of(raw: RawDevice, specs: str | None = None) -> Device:
    """The common device; `average_queue_time` is in seconds. `specs` is its description by Pulser, as JSON."""
    limits = _object(specs)
    name = given(raw.device_type) or given(raw.name) or raw.id
    raw_status = str(raw.status)
    status = states.DEVICE.get(raw_status, DeviceStatus.UNKNOWN)
    up = None if status is DeviceStatus.UNKNOWN else status is DeviceStatus.ONLINE
    wait = given(raw.average_queue_time)
    emulator = given(raw.is_emulator)
    if emulator is None:
        emulator = name.startswith("EMU_")
    most_runs = limits.get("max_runs")
    return Device(
        id=name,
        provider="pasqal",
        name=name,
        vendor="pasqal",
        cloud="pasqal",
        kind=DeviceKind.SIMULATOR if emulator else DeviceKind.QPU,
        technology=Technology.NEUTRAL_ATOM,
        status=status,
        raw_status=raw_status,
        accepting_jobs=up,
        processing_jobs=up,
        num_qubits=given(raw.max_atom_num),
        shots_max=most_runs if isinstance(most_runs, int) else None,
        average_wait=None if wait is None else timedelta(seconds=wait),
        input_formats=(FORMAT,),
        description=given(raw.description),
        raw=raw,
    )


def session_of(raw: AnyBatch) -> Session:
    """An open batch as a session."""
    raw_status = str(raw.status)
    status = states.BATCH.get(raw_status, SessionStatus.UNKNOWN)
    is_open = given(raw.open_)
    if status in states.TAKES_JOBS and is_open is False:
        status = SessionStatus.DRAINING
    started, ended = given(raw.start_datetime), given(raw.end_datetime)
    tags = tuple(given(raw.tags) or ())
    return Session(
        provider="pasqal",
        id=raw.id,
        device_id=given(raw.device_type),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.BATCH,
        mode="batch",
        accepts_jobs=None if status is SessionStatus.UNKNOWN else status in states.TAKES_JOBS,
        created_at=given(raw.created_at),
        started_at=started,
        closed_at=ended,
        usage=_between(started, ended),
        tags=tuple(tag for tag in tags if not is_key(tag)),
        dedup_key=key_among(tags),
        raw=raw,
    )


def job_of(raw: RawJob | JobWithLogs, actions: JobActions, facts: BatchFacts) -> Job:
    """The common job. Tags and device are those of its batch."""
    started, ended = given(raw.start_timestamp), given(raw.end_timestamp)
    progress = given(raw.progress)
    errors = tuple(str(each) for each in given(raw.errors) or ())
    return Job(
        provider="pasqal",
        id=raw.id,
        device_id=facts.device_id,
        session_id=given(raw.batch_id),
        **status_fields(str(raw.status), errors),
        progress=None if progress is None else progress / 100,
        shots=given(raw.runs),
        created_at=given(raw.created_at),
        started_at=started,
        ended_at=ended,
        execution_time=_between(started, ended),
        tags=tuple(tag for tag in facts.tags if not is_key(tag)),
        dedup_key=key_among(facts.tags),
        input_format=FORMAT,
        raw=raw,
        _actions=actions,
    )


def status_fields(raw_status: str, errors: tuple[str, ...] = ()) -> dict[str, Any]:
    """The fields of `Job` that follow from Pasqal's word for its status."""
    status = states.JOB.get(raw_status, JobStatus.UNKNOWN)
    return {
        "status": status,
        "raw_status": raw_status,
        "status_recognized": raw_status in states.JOB,
        "failure": JobFailure(FailureKind.UNKNOWN, errors) if status is JobStatus.FAILED else None,
    }


def atoms_of(sequence: str | None) -> tuple[str, ...] | None:
    """The names of the atoms in a sequence's register, in its order; None if it does not list them."""
    register: Any = _object(sequence).get("register")
    if not isinstance(register, list):
        return None
    names = [cast("dict[str, Any]", atom).get("name") for atom in cast("list[Any]", register) if isinstance(atom, dict)]
    return tuple(str(name) for name in names) if names and None not in names else None


def _between(started: datetime | None, ended: datetime | None) -> timedelta | None:
    return ended - started if started is not None and ended is not None else None


def _object(text: str | None) -> dict[str, Any]:
    try:
        value: Any = json.loads(text or "null")
    except ValueError:
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}

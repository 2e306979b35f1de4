"""From Pasqal's models to the common ones."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from anyqpu_raw.pasqal.models import Batch as RawBatch
from anyqpu_raw.pasqal.models import (
    BatchSummary,
    BatchWithJobIds,
    BatchWithJobs,
    JobWithLogs,
    Workload,
    WorkloadWithResult,
    WorkloadWithResultLink,
)
from anyqpu_raw.pasqal.models import Device as RawDevice
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.model.batch import Batch, BatchActions
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.program import ProgramFormat
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.pasqal import states
from anyqpu.providers.values import given, text
from anyqpu.transport.submit import is_key, key_among

AnyBatch = RawBatch | BatchSummary | BatchWithJobIds | BatchWithJobs
AnyWorkload = Workload | WorkloadWithResult | WorkloadWithResultLink
FORMAT = "pulser_json"
WORKLOAD = "workload"


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """What a job does not say itself and its batch does."""

    device_id: str | None = None
    tags: tuple[str, ...] = ()
    atoms: tuple[str, ...] | None = None
    parent_id: str | None = None

    @property
    def dedup_key(self) -> str | None:
        """The key under which it was submitted; a batch that repeats another may have that one's tags, key and all."""
        return key_among(self.tags) if self.parent_id is None else None


UNSEEN = BatchFacts()


def facts_of(raw: AnyBatch) -> BatchFacts:
    """What the jobs of a batch need to know of it; lists leave out the sequence."""
    sequence = None if isinstance(raw, BatchSummary) else given(raw.sequence_builder)
    return BatchFacts(given(raw.device_type), tuple(given(raw.tags) or ()), atoms_of(sequence), given(raw.parent_id))


def device_of(raw: RawDevice, specs: str | None = None, queue_depth: int | None = None) -> Device:
    """The common device; `average_queue_time` is in seconds. `specs` is its description by Pulser, as JSON."""
    limits = object_in(specs)
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
        native_id=raw.id,
        queue_depth=queue_depth,
        average_wait=None if wait is None else timedelta(seconds=wait),
        input_formats=(FORMAT,),
        formats=(ProgramFormat.PULSER_JSON,),
        description=given(raw.description),
        supports_sessions=True,
        is_bookable=False,
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
    facts, counts = facts_of(raw), counts_of(given(raw.jobs_count_per_status))
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
        waiting_jobs=None if counts is None else counts.get(JobStatus.QUEUED, 0),
        finished_jobs=None if counts is None else sum(n for status, n in counts.items() if status.is_terminal),
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        raw=raw,
    )


def batch_of(raw: AnyBatch, actions: BatchActions, jobs: tuple[Job, ...] = ()) -> Batch:
    """The common batch."""
    facts, is_open = facts_of(raw), given(raw.open_)
    return Batch(
        provider="pasqal",
        id=raw.id,
        device_id=facts.device_id,
        **batch_status_fields(str(raw.status), given(raw.jobs_count_per_status)),
        open=is_open,
        jobs=jobs,
        jobs_count=len(jobs) if jobs else given(raw.jobs_count),
        priority=given(raw.priority),
        queue_priority=text(raw.queue_priority),
        parent_id=facts.parent_id,
        webhook=given(raw.webhook),
        created_at=given(raw.created_at),
        started_at=given(raw.start_datetime),
        ended_at=given(raw.end_datetime),
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        raw=raw,
        _actions=actions,
    )


def batch_status_fields(raw_status: str, counts: dict[str, int] | None) -> dict[str, Any]:
    """The fields of `Batch` that follow from Pasqal's word for its status, and from how many jobs are in which."""
    return {
        "status": states.BATCH_JOB.get(raw_status, JobStatus.UNKNOWN),
        "raw_status": raw_status,
        "status_recognized": raw_status in states.BATCH_JOB,
        "counts_per_status": counts_of(counts) or {},
    }


def counts_of(raw: dict[str, int] | None) -> dict[JobStatus, int] | None:
    """How many jobs are in which status; words without jobs are left out."""
    if not isinstance(raw, dict):
        return None
    counts: dict[JobStatus, int] = {}
    for word, number in raw.items():
        status = states.JOB.get(word, JobStatus.UNKNOWN)
        if number:
            counts[status] = counts.get(status, 0) + number
    return counts


def own_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """The tags without our key."""
    return tuple(tag for tag in tags if not is_key(tag))


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
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        input_format=FORMAT,
        raw=raw,
        _actions=actions,
    )


def jobs_in_order(raw: Iterable[RawJob], actions: JobActions, facts: BatchFacts) -> tuple[Job, ...]:
    """The jobs of a batch, in the order of their creation where the cloud says it."""
    ordered = sorted(raw, key=lambda each: given(each.creation_order) or 0)
    return tuple(job_of(each, actions, facts) for each in ordered)


def workload_of(raw: AnyWorkload, actions: JobActions) -> Job:
    """A workload as a job of the kind `workload`; its type is its name."""
    started, ended = given(raw.start_timestamp), given(raw.end_timestamp)
    return Job(
        provider="pasqal",
        id=raw.id,
        device_id=text(raw.backend),
        **status_fields(str(raw.status), tuple(str(each) for each in given(raw.errors) or ())),
        name=text(raw.workload_type),
        created_at=given(raw.created_at),
        started_at=started,
        ended_at=ended,
        execution_time=_between(started, ended),
        kind=WORKLOAD,
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
    register: Any = object_in(sequence).get("register")
    if not isinstance(register, list):
        return None
    names = [cast("dict[str, Any]", atom).get("name") for atom in cast("list[Any]", register) if isinstance(atom, dict)]
    return tuple(str(name) for name in names) if names and None not in names else None


def _between(started: datetime | None, ended: datetime | None) -> timedelta | None:
    return ended - started if started is not None and ended is not None else None


def object_in(text: str | None) -> dict[str, Any]:
    """The JSON object that a text holds; empty if it holds none."""
    try:
        value: Any = json.loads(text or "null")
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}

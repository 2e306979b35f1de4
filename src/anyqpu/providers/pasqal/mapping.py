"""Map Pasqal's models to the common ones.

Only identity and status are required; a field with an unexpected value is None, and kept in `raw`.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from anyqpu_raw._core import ApiModel
from anyqpu_raw.pasqal.models import Batch as RawBatch
from anyqpu_raw.pasqal.models import (
    BatchResultsLinks,
    BatchStatusInfo,
    BatchSummary,
    BatchWithJobIds,
    BatchWithJobs,
    JobStatusInfo,
    JobWithLogs,
    Workload,
    WorkloadWithResult,
    WorkloadWithResultLink,
)
from anyqpu_raw.pasqal.models import Device as RawDevice
from anyqpu_raw.pasqal.models import Job as RawJob

from anyqpu.core.keys import key_among, library_tags, own_tags, sent_tags
from anyqpu.core.reading import OddResponseError, identity, odd_response, read_each, reads, status_word
from anyqpu.core.results.forms import FormError, json_in
from anyqpu.core.sound import note_type
from anyqpu.core.values import between, count, or_none, parse_time_or_seconds, seconds, share, text, texts
from anyqpu.model.batch import Batch, BatchActions
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.program import ProgramFormat
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.pasqal import states

AnyBatch = RawBatch | BatchSummary | BatchWithJobIds | BatchWithJobs
AnyWorkload = Workload | WorkloadWithResult | WorkloadWithResultLink
PROVIDER = "pasqal"
FORMAT = "pulser_json"
WORKLOAD = "workload"
# The document says that times are ISO 8601; the service has sent seconds since 1970 as text, too.
TIMES = ("created_at", "updated_at", "start_timestamp", "end_timestamp", "start_datetime", "end_datetime")
_times_as_sent = reads(PROVIDER, as_sent=TIMES)


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """Fields that a job lacks and its batch has."""

    device_id: str | None = None
    tags: tuple[str, ...] = ()
    atoms: tuple[str, ...] | None = None
    parent_id: str | None = None

    @property
    def dedup_key(self) -> str | None:
        """The key under which it was submitted; a batch that repeats another may have the tags and key of that one."""
        return key_among(self.tags) if self.parent_id is None else None


UNSEEN = BatchFacts()


def id_of(raw: Any) -> str | None:
    """Return the identifier of a model as it was sent, which may be anything; None if it is not one."""
    id = getattr(raw, "id", None)
    return id if isinstance(id, str) and id else None


def batch_id_of(raw: Any) -> str | None:
    """Return the identifier of the batch that a job as it was sent belongs to; None if it has none."""
    id = getattr(raw, "batch_id", None)
    return id if isinstance(id, str) and id else None


@_times_as_sent
def facts_of(raw: AnyBatch) -> BatchFacts:
    """Return the facts of a batch that its jobs lack; lists leave out the sequence."""
    sequence = None if isinstance(raw, BatchSummary) else or_none(raw.sequence_builder)
    return BatchFacts(or_none(raw.device_type), texts(raw.tags), atoms_of(sequence), or_none(raw.parent_id))


@reads(PROVIDER)
def device_of(raw: RawDevice, specs: str | None = None, queue_depth: int | None = None) -> Device:
    """Return the common device; `specs` is its description by Pulser, as JSON."""
    limits = object_in(specs)
    native = identity(raw.id)
    name = or_none(raw.device_type) or or_none(raw.name) or native
    raw_status = status_word(raw.status)
    status = states.DEVICE.get(raw_status, DeviceStatus.UNKNOWN)
    up = None if status is DeviceStatus.UNKNOWN else status is DeviceStatus.ONLINE
    emulator = or_none(raw.is_emulator)
    if emulator is None:
        emulator = name.startswith("EMU_")
    return Device(
        id=name,
        provider=PROVIDER,
        name=name,
        vendor=PROVIDER,
        cloud=PROVIDER,
        kind=DeviceKind.SIMULATOR if emulator else DeviceKind.QPU,
        technology=Technology.NEUTRAL_ATOM,
        status=status,
        raw_status=raw_status,
        accepting_jobs=up,
        processing_jobs=up,
        num_qubits=count(raw.max_atom_num),
        shots_max=count(limits.get("max_runs")) or None,
        native_id=native,
        queue_depth=queue_depth,
        average_wait=seconds(raw.average_queue_time),
        input_formats=(FORMAT,),
        formats=(ProgramFormat.PULSER_JSON,),
        description=or_none(raw.description),
        supports_sessions=True,
        is_bookable=False,
        raw=raw,
    )


@_times_as_sent
def session_of(raw: AnyBatch) -> Session:
    """Return an open batch as a session."""
    raw_status = status_word(raw.status)
    status = states.BATCH.get(raw_status, SessionStatus.UNKNOWN)
    is_open = or_none(raw.open_)
    if status in states.TAKES_JOBS and is_open is False:
        status = SessionStatus.DRAINING
    started, ended = _time(raw, "start_datetime"), _time(raw, "end_datetime")
    facts, counts = facts_of(raw), counts_of(or_none(raw.jobs_count_per_status))
    return Session(
        provider=PROVIDER,
        id=identity(raw.id),
        device_id=or_none(raw.device_type),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.BATCH,
        mode="batch",
        accepts_jobs=None if status is SessionStatus.UNKNOWN else status in states.TAKES_JOBS,
        created_at=_time(raw, "created_at"),
        started_at=started,
        closed_at=ended,
        usage=between(started, ended),
        waiting_jobs=None if counts is None else counts.get(JobStatus.QUEUED, 0),
        finished_jobs=None if counts is None else sum(n for status, n in counts.items() if status.is_terminal),
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        raw=raw,
    )


@_times_as_sent
def batch_of(raw: AnyBatch, actions: BatchActions, jobs: tuple[Job, ...] = ()) -> Batch:
    """Return the common batch."""
    facts, is_open = facts_of(raw), or_none(raw.open_)
    return Batch(
        provider=PROVIDER,
        id=identity(raw.id),
        device_id=facts.device_id,
        **_batch_fields(status_word(raw.status), or_none(raw.jobs_count_per_status)),
        open=is_open,
        jobs=jobs,
        jobs_count=len(jobs) if jobs else count(raw.jobs_count),
        priority=or_none(raw.priority),
        queue_priority=text(raw.queue_priority),
        parent_id=facts.parent_id,
        webhook=or_none(raw.webhook),
        created_at=_time(raw, "created_at"),
        started_at=_time(raw, "start_datetime"),
        ended_at=_time(raw, "end_datetime"),
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        raw=raw,
        _actions=actions,
    )


@reads(PROVIDER)
def batch_with_status(raw: BatchStatusInfo, batch: Batch) -> Batch:
    """Return a batch, without its jobs, with its present status."""
    return replace(batch, jobs=(), **_batch_fields(status_word(raw.status), or_none(raw.jobs_count_per_status)))


def _batch_fields(raw_status: str, counts: dict[str, int] | None) -> dict[str, Any]:
    """Return the fields that follow from the status of a batch and the number of its jobs by status."""
    return {
        "status": states.BATCH_JOB.get(raw_status, JobStatus.UNKNOWN),
        "raw_status": raw_status,
        "status_recognized": raw_status in states.BATCH_JOB,
        "counts_per_status": counts_of(counts) or {},
    }


def counts_of(raw: dict[str, int] | None) -> dict[JobStatus, int] | None:
    """Return the number of jobs by status; statuses without jobs are left out."""
    if not isinstance(raw, dict):
        return None
    counts: dict[JobStatus, int] = {}
    for word, jobs in raw.items():
        if jobs > 0:
            status = states.JOB.get(word, JobStatus.UNKNOWN)
            counts[status] = counts.get(status, 0) + jobs
    return counts


def tags_in(raw: Any) -> tuple[str, ...]:
    """Return the tags of a batch as they were sent."""
    return texts(getattr(raw, "tags", None))


def retagged(tags: Sequence[str], key: str | None, raw: Any) -> list[str]:
    """Return a batch's new tags: those that are wanted, and the tags of this library that it has."""
    kept = library_tags(tags_in(raw)) if key else ()
    return [*own_tags(tags), *(kept or (sent_tags((), key) if key else ()))]


@_times_as_sent
def job_of(raw: RawJob | JobWithLogs, actions: JobActions, facts: BatchFacts) -> Job:
    """Return the common job. Tags and device are those of its batch."""
    started, ended = _time(raw, "start_timestamp"), _time(raw, "end_timestamp")
    return Job(
        provider=PROVIDER,
        id=identity(raw.id),
        device_id=facts.device_id,
        session_id=or_none(raw.batch_id) or None,
        **_job_fields(status_word(raw.status), texts(raw.errors)),
        progress=share(raw.progress),
        shots=count(raw.runs),
        created_at=_time(raw, "created_at"),
        started_at=started,
        ended_at=ended,
        execution_time=between(started, ended),
        tags=own_tags(facts.tags),
        dedup_key=facts.dedup_key,
        input_format=FORMAT,
        raw=raw,
        _actions=actions,
    )


def jobs_in_order(raw: Any, actions: JobActions, facts: BatchFacts) -> tuple[Job, ...]:
    """Return the jobs of a batch as they were sent, in the order of their creation where that is known."""
    return tuple(sorted(read_each(PROVIDER, raw, job_of, actions, facts), key=creation_order))


def creation_order(job: Job) -> int:
    """Return the place of a job among those of its batch; 0 where it is not known."""
    return count(getattr(job.raw, "creation_order", None)) or 0


@_times_as_sent
def workload_of(raw: AnyWorkload, actions: JobActions) -> Job:
    """Return a workload as a job of the kind `workload`; its type is its name."""
    started, ended = _time(raw, "start_timestamp"), _time(raw, "end_timestamp")
    return Job(
        provider=PROVIDER,
        id=identity(raw.id),
        device_id=text(raw.backend),
        **_job_fields(status_word(raw.status), texts(raw.errors)),
        name=text(raw.workload_type),
        created_at=_time(raw, "created_at"),
        started_at=started,
        ended_at=ended,
        execution_time=between(started, ended),
        kind=WORKLOAD,
        raw=raw,
        _actions=actions,
    )


@reads(PROVIDER)
def job_with_status(raw: JobStatusInfo, job: Job) -> Job:
    """Return a job with its present status."""
    return replace(job, **_job_fields(status_word(raw.status)))


def _job_fields(raw_status: str, errors: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return the fields of `Job` that follow from Pasqal's word for its status."""
    status = states.JOB.get(raw_status, JobStatus.UNKNOWN)
    return {
        "status": status,
        "raw_status": raw_status,
        "status_recognized": raw_status in states.JOB,
        "failure": JobFailure(FailureKind.UNKNOWN, errors) if status is JobStatus.FAILED else None,
    }


def atoms_of(sequence: str | None) -> tuple[str, ...] | None:
    """Return the names of the atoms in a sequence's register, in its order; None if it does not list them."""
    register: Any = object_in(sequence).get("register")
    if not isinstance(register, list):
        return None
    names = [cast("dict[str, Any]", atom).get("name") for atom in cast("list[Any]", register) if isinstance(atom, dict)]
    return tuple(str(name) for name in names) if names and None not in names else None


@reads(PROVIDER, as_sent=("jobs", "batches"))
def cancellation_of(raw: Any, name: str) -> tuple[Any, dict[str, str]]:
    """Return the cancelled elements as they were sent under a name, and errors of the others, by identifier."""
    if not isinstance(raw, ApiModel):
        raise OddResponseError("the response has no cancelled elements")
    return or_none(getattr(raw, name, None)), dict(or_none(getattr(raw, "errors", None)) or {})


@reads(PROVIDER)
def links_of(raw: BatchResultsLinks) -> tuple[dict[str, str], dict[str, str]]:
    """Return the links to the results of a batch, and errors of the other jobs, by job identifier."""
    return dict(or_none(raw.results_links) or {}), dict(or_none(raw.errors) or {})


@reads(PROVIDER)
def text_in(raw: Any, name: str) -> str | None:
    """Return an optional text of an object, such as a link; None where it is missing or empty.

    Raises:
        UnexpectedResponseError: What was sent is not an object of the kind that the document describes.
    """
    return or_none(getattr(raw, name)) or None


def list_in(raw: Any, name: str) -> Any:
    """Return a list of an object as it was sent, whose elements may be anything.

    Raises:
        UnexpectedResponseError: What was sent is not an object of the kind that the document describes.
    """
    if isinstance(raw, ApiModel):
        return getattr(raw, name)
    raise odd_response(PROVIDER, "an object was expected")


def _time(raw: Any, name: str) -> datetime | None:
    """Return a time in UTC; what cannot be read as one is None, and counted as drift."""
    value = or_none(getattr(raw, name, None))
    time = parse_time_or_seconds(value)
    if time is None and value is not None and not isinstance(value, datetime):
        note_type(cast("type[ApiModel]", type(raw)), name)
    return time


def object_in(text: str | None) -> dict[str, Any]:
    """Return the JSON object that a text holds; empty if it holds none."""
    value: Any = None
    with suppress(FormError):
        value = json_in(text)
    return cast("dict[str, Any]", value) if isinstance(value, dict) else {}

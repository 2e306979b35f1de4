"""From Kipu's models to the common ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from anyqpu_raw._core import UNSET
from anyqpu_raw.kipu.models import Job as RawJob
from anyqpu_raw.kipu.models import Session as RawSession
from anyqpu_raw.kipu.models import WorkloadResponse

from anyqpu._lazy import LazyModule
from anyqpu.core.keys import key_among, own_tags, tags_and_key
from anyqpu.core.reading import identity, job_at_once, listed_job, listed_jobs, maps_jobs, reads, status_word
from anyqpu.core.sound import sound
from anyqpu.core.values import count, milliseconds, or_none, parse_time, parse_times, seconds, text
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.money import Money, Pricing
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.kipu import states

if TYPE_CHECKING:
    from anyqpu_raw.kipu.models import (
        AvailabilityTimes,
        Backend,
        BackendStateInfo,
        CalibrationResponse,
        RuntimeMinutesAllowance,
    )

    from anyqpu.model import calibration, device, reservation
    from anyqpu.model.calibration import Calibration, Workload
    from anyqpu.model.device import Device
    from anyqpu.model.reservation import AvailabilityWindow
    from anyqpu.providers.kipu import figures, programs, records, several
    from anyqpu.providers.kipu.records import RuntimeAllowance
else:
    # What devices and lists of workloads need, and jobs do not.
    calibration, device, reservation = (
        LazyModule(f"anyqpu.model.{name}") for name in ("calibration", "device", "reservation")
    )
    figures, programs, records, several = (
        LazyModule(f"anyqpu.providers.kipu.{name}") for name in ("figures", "programs", "records", "several")
    )

# The entry of a session's metadata that has our key: newer servers take no tags of sessions (source: qhub-api 3.3.0).
KEY = "anyqpu-key"
# What is free costs nothing in any currency.
FREE = Pricing(per_shot=Money(0, "EUR"), model="free")
# Status, whether it is recognized, and the failure of a job, by Kipu's word for its status.
_STATUS_FIELDS: Mapping[str, tuple[JobStatus, bool, JobFailure | None]] = {
    word: (status, True, states.FAILURE.get(word)) for word, status in states.JOB.items()
}
_UNKNOWN_STATUS = (JobStatus.UNKNOWN, False, None)


@maps_jobs("kipu")
def _set_fields(raw: RawJob, job: Any) -> None:
    """Set the fields of the common job."""
    job.provider = "kipu"
    job.kind = "job"
    job.native_id = None if raw.provider_job_id is UNSET else raw.provider_job_id
    job.name = None if raw.name is UNSET else raw.name
    job.device_id = None if raw.backend_id is UNSET else raw.backend_id
    job.session_id = None if raw.session_id is UNSET else raw.session_id
    job.status, job.status_recognized, job.failure = _STATUS_FIELDS.get(job.raw_status, _UNKNOWN_STATUS)
    job.status_message = job.progress = job.queue_position = None
    job.shots = count(raw.shots)
    times = parse_times(raw.created_at, raw.started_at, raw.ended_at)
    job.created_at, job.started_at, job.ended_at = times
    # Most jobs have one of the two times that this may be.
    has_usage = raw.usage_time_millis is not UNSET or raw.usage_time_state is not UNSET
    job.execution_time = _execution_time(raw) if has_usage else milliseconds(raw.runtime)
    job.tags, job.dedup_key = tags_and_key(raw.tags) if isinstance(raw.tags, list) else ((), None)
    job.input_format = None if raw.input_format is UNSET else raw.input_format._value_  # pyright: ignore[reportPrivateUsage]
    job.decode = {}


def _execution_time(raw: RawJob | WorkloadResponse) -> timedelta | None:
    """The time on the machine: `usage_time_millis` since version 3 of the service, `runtime` of a job before.

    Both are milliseconds. A usage time that is not final yet is left out.
    """
    state, used = raw.usage_time_state, raw.usage_time_millis
    if state is not UNSET and not states.USAGE_IS_FINAL.get(text(state) or "", True):
        return None
    took = None if used is UNSET or used is None else milliseconds(used)
    return milliseconds(raw.runtime) if took is None and isinstance(raw, RawJob) else took


def with_reasons(job: Job, messages: tuple[str, ...], code: str | None) -> Job:
    """A job that failed, with what its result says of why."""
    kind = job.failure.kind if job.failure else FailureKind.UNKNOWN
    return replace(job, failure=JobFailure(kind, messages, code))


def listed(raws: Any, actions: JobActions) -> list[Job]:
    """The jobs of a list, which are read when one of their fields is used."""
    return listed_jobs(raws, "kipu", RawJob, actions, _set_fields)


def job_to_read(raw: Any, actions: JobActions) -> Job:
    """One job that is read when one of its fields is used."""
    return listed_job(raw, "kipu", RawJob, actions, _set_fields)


def job_of(raw: RawJob, actions: JobActions) -> Job:
    """The common job."""
    return job_at_once(raw, "kipu", RawJob, actions, _set_fields)


@reads("kipu")
def status_in(raw: Any) -> str:
    """The word in a response that has a status alone."""
    return status_word(raw.status)


def status_fields(raw_status: str) -> dict[str, Any]:
    """The fields of `Job` that follow from Kipu's word for its status."""
    status, is_recognized, failure = _STATUS_FIELDS.get(raw_status, _UNKNOWN_STATUS)
    return {"status": status, "raw_status": raw_status, "status_recognized": is_recognized, "failure": failure}


def session_status_of(raw_status: str) -> SessionStatus:
    """The common word for where a session stands."""
    return states.SESSION.get(raw_status, SessionStatus.UNKNOWN)


@reads("kipu")
def session_of(raw: RawSession) -> Session:
    """The common session; `usage_time_millis` is in milliseconds."""
    raw_status = status_word(raw.status)
    status = states.SESSION.get(raw_status, SessionStatus.UNKNOWN)
    tags = tuple(or_none(raw.tags) or ())
    key = (or_none(raw.metadata) or {}).get(KEY)
    return Session(
        provider="kipu",
        id=identity(raw.id),
        device_id=or_none(raw.backend_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.SESSION,
        mode=text(raw.mode),
        accepts_jobs=states.ACCEPTS_JOBS.get(status),
        created_at=parse_time(raw.created_at),
        started_at=parse_time(raw.started_at),
        closed_at=parse_time(raw.closed_at),
        expires_at=parse_time(raw.expires_at),
        ends_at=None if status.is_terminal else parse_time(raw.expires_at),
        usage=milliseconds(raw.usage_time_millis),
        tags=own_tags(tags),
        dedup_key=key_among((*tags, key) if isinstance(key, str) else tags),
        raw=raw,
    )


@reads("kipu")
def workload_of(raw: WorkloadResponse) -> Workload:
    """The common workload. Its status is a plain text, to be read according to its type."""
    kind = (text(raw.type_) or "").lower()
    raw_status = status_word(raw.status)
    table: Mapping[str, JobStatus | SessionStatus] = states.SESSION if kind == "session" else states.JOB
    return calibration.Workload(
        provider="kipu",
        id=identity(raw.id),
        kind=kind,
        device_id=or_none(raw.backend_id),
        status=table.get(raw_status, "unknown"),
        raw_status=raw_status,
        created_at=parse_time(raw.created_at),
        started_at=parse_time(raw.started_at),
        ended_at=parse_time(raw.ended_at),
        name=or_none(raw.name),
        tags=own_tags(or_none(raw.tags) or ()),
        execution_time=_execution_time(raw),
        raw=raw,
    )


def is_session(raw: Any) -> bool:
    """Whether an entry of the list of workloads is a session."""
    return isinstance(raw, WorkloadResponse) and text(raw.type_) == "SESSION"


@reads("kipu")
def session_in(raw: WorkloadResponse) -> Session:
    """The session that an entry of the list of workloads is; the list says less of it than the session itself."""
    entry = workload_of(raw)
    status = session_status_of(entry.raw_status)
    return Session(
        provider="kipu",
        id=entry.id,
        device_id=entry.device_id,
        status=status,
        raw_status=entry.raw_status,
        status_recognized=entry.raw_status in states.SESSION,
        accepts_jobs=states.ACCEPTS_JOBS.get(status),
        created_at=entry.created_at,
        started_at=entry.started_at,
        closed_at=entry.ended_at,
        mode=(text(raw.mode) or "").lower() or None,
        usage=milliseconds(raw.usage_time_millis),
        tags=entry.tags,
        dedup_key=key_among(or_none(raw.tags) or ()),
        raw=raw,
    )


@reads("kipu")
def allowance_of(raw: RuntimeMinutesAllowance) -> RuntimeAllowance:
    """Machine time that was paid in advance."""
    return records.RuntimeAllowance(
        id=or_none(raw.id),
        cloud=text(raw.provider),
        device_ids=tuple(or_none(raw.backend_ids) or ()),
        allocated=seconds(raw.allocated_seconds),
        consumed=seconds(raw.consumed_seconds),
        remaining=seconds(raw.remaining_seconds),
        limit_reached=or_none(raw.limit_reached),
        raw=raw,
    )


@reads("kipu")
def calibration_of(raw: CalibrationResponse, source: str) -> Calibration:
    """The common calibration."""
    effective_at = parse_time(raw.calibrated_at)
    data = or_none(raw.calibration) or {}
    return calibration.Calibration(
        provider="kipu",
        device_id=or_none(raw.backend_id),
        effective_at=effective_at,
        source=source,
        data=data,
        sites=figures.sites_of(data, effective_at),
        topology=figures.calibrated_topology(data),
        raw=raw,
    )


def _pricing(access: str) -> Pricing:
    model = access.lower().replace("-", "_")
    return FREE if model == "free" else Pricing(model=model)


def _window(raw: AvailabilityTimes) -> AvailabilityWindow:
    return reservation.AvailabilityWindow(
        granularity=(text(raw.granularity) or "").lower(), start=or_none(raw.start), end=or_none(raw.end)
    )


@reads("kipu")
def device_of(raw: Backend, state: BackendStateInfo | None = None) -> Device:
    """The common device. A listing does not say whether a backend is up; `state` does."""
    id, state = identity(raw.id), sound(state)
    configuration = or_none(raw.configuration)
    documentation = or_none(raw.documentation)
    shots = or_none(configuration.shots_range) if configuration else None
    raw_status = text(state.status) if state else None
    status = states.DEVICE.get(raw_status or "", DeviceStatus.UNKNOWN)
    queue = count(state.queue_size) if state else None
    formats = (or_none(configuration.supported_input_formats) or ()) if configuration else ()
    words = tuple(str(word) for word in formats)
    access = text(raw.access_type)
    return device.Device(
        id=id,
        provider="kipu",
        name=or_none(raw.display_name) or or_none(raw.name) or id,
        vendor=text(raw.hardware_provider),
        cloud=text(raw.provider),
        kind=states.KIND.get(text(raw.type_) or "", DeviceKind.UNKNOWN),
        technology=states.TECHNOLOGY.get(text(raw.technology) or "", Technology.UNKNOWN),
        status=status,
        raw_status=raw_status,
        accepting_jobs=states.ACCEPTING.get(status),
        processing_jobs=states.PROCESSING.get(status),
        num_qubits=count(configuration.qubit_count) if configuration else None,
        native_gates=figures.native_gates_of(configuration) if configuration else None,
        couplings=figures.couplings_of(configuration) if configuration else None,
        shots_min=count(shots.min_) if shots else None,
        shots_max=count(shots.max_) if shots else None,
        max_circuits=several.most_programs(id, configuration),
        queue_depth=queue if queue is not None else count(raw.queue_size),
        average_wait=seconds(state.queue_avg_time) if state else None,
        input_formats=words,
        formats=programs.formats_of(words),
        availability=tuple(_window(window) for window in or_none(raw.availability) or ()),
        pricing=_pricing(access) if access else None,
        has_calibration=or_none(raw.has_calibration),
        description=or_none(documentation.description) if documentation else None,
        location=or_none(documentation.location) if documentation else None,
        documentation_url=or_none(documentation.url) if documentation else None,
        raw=raw,
    )

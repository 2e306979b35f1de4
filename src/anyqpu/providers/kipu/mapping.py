"""From Kipu's models to the common ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from anyqpu_raw._core import Unset
from anyqpu_raw.kipu.models import AvailabilityTimes, Backend, BackendStateInfo, CalibrationResponse, WorkloadResponse
from anyqpu_raw.kipu.models import Job as RawJob
from anyqpu_raw.kipu.models import Session as RawSession

from anyqpu.model.calibration import Calibration, Workload
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.money import Pricing
from anyqpu.model.reservation import AvailabilityWindow
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.kipu import figures, states
from anyqpu.providers.kipu.programs import formats_of
from anyqpu.providers.values import given, text
from anyqpu.transport.submit import is_key, key_among


def moment(value: str | Unset | None) -> datetime | None:
    """Kipu's times: `YYYY-MM-DD HH:MM:SS` without a zone, meant as UTC (qhub-quantum reads them so)."""
    known = given(value)
    if known is None:
        return None
    try:
        parsed = datetime.fromisoformat(known)
    except ValueError:
        return None
    return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)


def job_of(raw: RawJob, actions: JobActions) -> Job:
    """The common job; `runtime` is in milliseconds."""
    raw_status = str(raw.status)
    runtime = given(raw.runtime)
    tags = tuple(given(raw.tags) or ())
    return Job(
        provider="kipu",
        id=raw.id,
        native_id=given(raw.provider_job_id),
        name=given(raw.name),
        device_id=given(raw.backend_id),
        session_id=given(raw.session_id),
        **status_fields(raw_status),
        shots=given(raw.shots),
        created_at=moment(raw.created_at),
        started_at=moment(raw.started_at),
        ended_at=moment(raw.ended_at),
        execution_time=None if runtime is None else timedelta(milliseconds=runtime),
        tags=tuple(tag for tag in tags if not is_key(tag)),
        dedup_key=key_among(tags),
        input_format=text(raw.input_format),
        raw=raw,
        _actions=actions,
    )


def with_reasons(job: Job, messages: tuple[str, ...]) -> Job:
    """A job that failed, with what its result says of why."""
    return replace(job, failure=JobFailure(job.failure.kind if job.failure else FailureKind.UNKNOWN, messages))


def listed(raws: Iterable[RawJob], actions: JobActions) -> list[Job]:
    """Jobs that are read when somebody looks at them."""
    return [Job.listed(raw.id, raw, actions, job_of, raw_status=str(raw.status)) for raw in raws]


def status_fields(raw_status: str) -> dict[str, Any]:
    """The fields of `Job` that follow from Kipu's word for its status."""
    return {
        "status": states.EVERY_JOB.get(raw_status, JobStatus.UNKNOWN),
        "raw_status": raw_status,
        "status_recognized": raw_status in states.EVERY_JOB,
        "failure": states.FAILURE.get(raw_status),
    }


def session_status_of(raw_status: str) -> SessionStatus:
    """The common word for where a session stands."""
    return states.EVERY_SESSION.get(raw_status, SessionStatus.UNKNOWN)


def session_of(raw: RawSession) -> Session:
    """The common session; `usage_time_millis` is in milliseconds."""
    raw_status = str(raw.status)
    status = states.EVERY_SESSION.get(raw_status, SessionStatus.UNKNOWN)
    usage = given(raw.usage_time_millis)
    tags = tuple(given(raw.tags) or ())
    return Session(
        provider="kipu",
        id=raw.id,
        device_id=given(raw.backend_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.EVERY_SESSION,
        mode=text(raw.mode),
        accepts_jobs=states.ACCEPTS_JOBS.get(status),
        created_at=moment(raw.created_at),
        started_at=moment(raw.started_at),
        closed_at=moment(raw.closed_at),
        expires_at=moment(raw.expires_at),
        usage=None if usage is None else timedelta(milliseconds=usage),
        tags=tuple(tag for tag in tags if not is_key(tag)),
        dedup_key=key_among(tags),
        raw=raw,
    )


def workload_of(raw: WorkloadResponse) -> Workload:
    """The common workload. Its status is a plain text, to be read according to its type."""
    kind = (text(raw.type_) or "").lower()
    raw_status = str(raw.status)
    table: Mapping[str, JobStatus | SessionStatus] = states.EVERY_SESSION if kind == "session" else states.EVERY_JOB
    return Workload(
        provider="kipu",
        id=raw.id,
        kind=kind,
        device_id=given(raw.backend_id),
        status=table.get(raw_status, "unknown"),
        raw_status=raw_status,
        created_at=moment(raw.created_at),
        started_at=moment(raw.started_at),
        ended_at=moment(raw.ended_at),
        raw=raw,
    )


def session_in(raw: WorkloadResponse) -> Session:
    """The session that an entry of the list of workloads is; the list says less of it than the session itself."""
    entry = workload_of(raw)
    status = SessionStatus(entry.status)
    return Session(
        provider="kipu",
        id=entry.id,
        device_id=entry.device_id,
        status=status,
        raw_status=entry.raw_status,
        status_recognized=entry.raw_status in states.EVERY_SESSION,
        accepts_jobs=states.ACCEPTS_JOBS.get(status),
        created_at=entry.created_at,
        started_at=entry.started_at,
        closed_at=entry.ended_at,
        raw=raw,
    )


def calibration_of(raw: CalibrationResponse, source: str) -> Calibration:
    """The common calibration."""
    measured = given(raw.calibrated_at)
    effective_at = measured if isinstance(measured, datetime) else None
    data = given(raw.calibration) or {}
    return Calibration(
        provider="kipu",
        device_id=given(raw.backend_id),
        effective_at=effective_at,
        source=source,
        data=data,
        sites=figures.sites_of(data, effective_at),
        topology=figures.calibrated_topology(data),
        raw=raw,
    )


def _window(raw: AvailabilityTimes) -> AvailabilityWindow:
    return AvailabilityWindow(
        granularity=(given(raw.granularity) or "").lower(), start=given(raw.start), end=given(raw.end)
    )


def device_of(raw: Backend, state: BackendStateInfo | None = None) -> Device:
    """The common device. A listing does not say whether a backend is up; `state` does."""
    configuration = given(raw.configuration)
    documentation = given(raw.documentation)
    shots = given(configuration.shots_range) if configuration else None
    raw_status = text(state.status) if state else None
    status = states.DEVICE.get(raw_status or "", DeviceStatus.UNKNOWN)
    queue = given(state.queue_size) if state else None
    wait = given(state.queue_avg_time) if state else None
    formats = (given(configuration.supported_input_formats) or ()) if configuration else ()
    words = tuple(str(each) for each in formats)
    access = text(raw.access_type)
    return Device(
        id=raw.id,
        provider="kipu",
        name=given(raw.display_name) or given(raw.name) or raw.id,
        vendor=text(raw.hardware_provider),
        cloud=text(raw.provider),
        kind=states.KIND.get(text(raw.type_) or "", DeviceKind.UNKNOWN),
        technology=states.TECHNOLOGY.get(text(raw.technology) or "", Technology.UNKNOWN),
        status=status,
        raw_status=raw_status,
        accepting_jobs=states.ACCEPTING.get(status),
        processing_jobs=states.PROCESSING.get(status),
        num_qubits=given(configuration.qubit_count) if configuration else None,
        shots_min=given(shots.min_) if shots else None,
        shots_max=given(shots.max_) if shots else None,
        queue_depth=queue if queue is not None else given(raw.queue_size),
        average_wait=None if wait is None else timedelta(seconds=wait),
        input_formats=words,
        formats=formats_of(words),
        availability=tuple(_window(each) for each in given(raw.availability) or ()),
        pricing=Pricing(model=access.lower().replace("-", "_")) if access else None,
        has_calibration=given(raw.has_calibration),
        description=given(documentation.description) if documentation else None,
        location=given(documentation.location) if documentation else None,
        documentation_url=given(documentation.url) if documentation else None,
        raw=raw,
    )

"""From Scaleway's models to the common ones."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Context, Decimal
from typing import Any, cast

from anyqpu_raw._core import Unset
from anyqpu_raw.scaleway.models import Job as RawJob
from anyqpu_raw.scaleway.models import Money as RawMoney
from anyqpu_raw.scaleway.models import Platform
from anyqpu_raw.scaleway.models import Session as RawSession

from anyqpu.errors import ValidationError
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.money import Money, Pricing
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.scaleway import qio, states
from anyqpu.providers.values import given, text
from anyqpu.transport.submit import is_key, key_among

# Enough for any 64-bit number of billionths.
_EXACT = Context(prec=40)
_SECONDS = re.compile(r"-?\d+(?:\.\d+)?s")


def moment(value: datetime | Unset | None) -> datetime | None:
    """A time; Scaleway's API sends the year 1 for "never"."""
    known = given(value)
    return None if known is None or known.year <= 1 else known


def duration(value: str | Unset | None) -> timedelta | None:
    """A duration such as `"2.5s"`; None where there is none, or none that can be read."""
    known = given(value)
    return timedelta(seconds=float(known[:-1])) if known and _SECONDS.fullmatch(known) else None


def spell(value: float | timedelta, name: str) -> str:
    """A duration as Scaleway takes it; numbers are seconds."""
    seconds = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(seconds, bool) or not 0 < seconds < float("inf"):
        raise ValidationError(f"{name} is more than 0 s, not {value!r}", provider="scaleway", fields=(name,))
    return f"{seconds:.9f}".rstrip("0").rstrip(".") + "s"


def money(value: RawMoney | Unset | None) -> Money | None:
    """An amount: whole units and billionths of one, of which the first may come as text; None where none is said."""
    known = given(value)
    currency = given(known.currency_code) if known else None
    if known is None or not currency:
        return None
    billionths = int(given(known.units) or 0) * 10**9 + int(given(known.nanos) or 0)
    return Money(Decimal(billionths).scaleb(-9).normalize(_EXACT), currency)


def device_of(raw: Platform) -> Device:
    """The common device. Scaleway says nothing of its queue, nor of calibrations."""
    raw_status = text(raw.availability)
    status = states.DEVICE.get(raw_status or "", DeviceStatus.UNKNOWN)
    usable = None if status is DeviceStatus.UNKNOWN else status in states.USABLE
    technology = states.TECHNOLOGY.get(text(raw.technology) or "", Technology.UNKNOWN)
    return Device(
        id=raw.id,
        provider="scaleway",
        name=given(raw.name) or raw.id,
        vendor=given(raw.provider_name),
        cloud="scaleway",
        kind=states.KIND.get(text(raw.type_) or "", DeviceKind.UNKNOWN),
        technology=technology,
        status=status,
        raw_status=raw_status,
        accepting_jobs=usable,
        processing_jobs=usable,
        num_qubits=given(raw.max_qubit_count),
        shots_max=given(raw.max_shot_count),
        input_formats=qio.formats_of(technology, given(raw.backend_name)),
        description=given(raw.description),
        documentation_url=given(raw.documentation_url),
        pricing=Pricing(
            per_hour=money(raw.price_per_hour),
            per_circuit=money(raw.price_per_circuit),
            per_shot=money(raw.price_per_shot),
        ),
        raw=raw,
    )


def session_of(raw: RawSession) -> Session:
    """The common session. It ends by itself `max_duration` after it started, or earlier if it is idle for long."""
    raw_status = str(raw.status)
    status = states.SESSION.get(raw_status, SessionStatus.UNKNOWN)
    started, longest = moment(raw.started_at), duration(raw.max_duration)
    ended = moment(raw.terminated_at)
    tags = tuple(given(raw.tags) or ())
    return Session(
        provider="scaleway",
        id=raw.id,
        device_id=given(raw.platform_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.SESSION,
        mode="dedicated",
        accepts_jobs=None if status is SessionStatus.UNKNOWN else status is SessionStatus.ACTIVE,
        created_at=moment(raw.created_at),
        started_at=started,
        closed_at=ended,
        expires_at=started + longest if started and longest else None,
        usage=ended - started if ended and started else None,
        tags=tags,
        dedup_key=given(raw.deduplication_id) or None,
        raw=raw,
    )


def job_of(raw: RawJob, actions: JobActions, device_id: str | None) -> Job:
    """The common job. Scaleway does not say on which platform a job is; `device_id` is that of its session."""
    raw_status = str(raw.status)
    status = states.JOB.get(raw_status, JobStatus.UNKNOWN)
    tags = tuple(given(raw.tags) or ())
    message = given(raw.progress_message) or None
    started, took = moment(raw.started_at), duration(raw.job_duration)
    failed = status is JobStatus.FAILED
    return Job(
        provider="scaleway",
        id=raw.id,
        name=given(raw.name),
        device_id=device_id,
        session_id=given(raw.session_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.JOB,
        status_message=message,
        shots=_shots(given(raw.parameters)),
        created_at=moment(raw.created_at),
        started_at=started,
        ended_at=started + took if started and took is not None and status.is_terminal else None,
        execution_time=took,
        tags=tuple(tag for tag in tags if not is_key(tag)),
        dedup_key=key_among(tags),
        failure=JobFailure(FailureKind.UNKNOWN, (message,) if message else ()) if failed else None,
        raw=raw,
        _actions=actions,
    )


def _shots(parameters: str | None) -> int | None:
    """The shots that a job was given, in the JSON of its parameters."""
    try:
        fields: Any = json.loads(parameters or "null")
    except ValueError:
        return None
    shots = cast("Mapping[str, Any]", fields).get("shots") if isinstance(fields, dict) else None
    return shots if isinstance(shots, int) and not isinstance(shots, bool) else None

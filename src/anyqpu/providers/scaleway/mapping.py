"""From Scaleway's models to the common ones."""

from __future__ import annotations

import contextlib
import json
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any, cast

from anyqpu_raw.scaleway.models import Booking, Platform, PlatformBookingRequirementType0
from anyqpu_raw.scaleway.models import Job as RawJob
from anyqpu_raw.scaleway.models import Money as RawMoney
from anyqpu_raw.scaleway.models import Process as RawProcess
from anyqpu_raw.scaleway.models import Session as RawSession

from anyqpu.core import values
from anyqpu.core.keys import library_tags, own_tags, sent_tags, tags_and_key
from anyqpu.core.programs.pulser_layouts import topology_in
from anyqpu.core.reading import identity, job_at_once, maps_jobs, reads, status_word
from anyqpu.core.values import or_none, text
from anyqpu.errors import ValidationError
from anyqpu.model.calibration import Topology
from anyqpu.model.device import Device
from anyqpu.model.job import Job, JobActions, JobFailure
from anyqpu.model.money import EXACT, Money, Pricing
from anyqpu.model.reservation import BookingRules, Reservation, ReservationStatus, status_by_clock
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import DeviceKind, DeviceStatus, FailureKind, JobStatus, Technology
from anyqpu.providers.scaleway import qio, states

# What a job is that runs an application.
PROCESS = "process"
LONGEST_MESSAGE = 1000
# Instructions of a target that are not gates.
_NOT_GATES = {"measure", "reset", "delay", "barrier"}
# Any 64-bit number.
_INTEGER = re.compile(r"-?[0-9]{1,20}")
_SECONDS = re.compile(r"-?\d+(?:\.\d+)?s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


# What Scaleway's API, its documents and its examples write in more ways than one; the functions below read them all.
TIMES = ("created_at", "started_at", "updated_at", "finished_at", "terminated_at")
_JOB = (*TIMES, "tags", "job_duration")
_SESSION = (*TIMES, "tags", "max_duration", "max_idle_duration", "waiting_job_count", "finished_job_count")
_PLATFORM = ("max_circuit_count", "price_per_hour", "price_per_circuit", "price_per_shot", "booking_requirement")


def parse_time(value: Any) -> datetime | None:
    """A time; Scaleway's API sends the year 1 for "never", and its examples write `{"seconds", "nanos"}` too."""
    sent = or_none(value)
    if isinstance(sent, dict):
        since = _span(cast("Mapping[str, Any]", sent))
        try:
            sent = None if since is None else _EPOCH + since
        except OverflowError:
            return None
    return values.parse_time(sent)


def duration(value: Any) -> timedelta | None:
    """A duration such as `"2.5s"` or `{"seconds": "2"}`; None if it is missing or cannot be read."""
    sent = or_none(value)
    if isinstance(sent, dict):
        return _span(cast("Mapping[str, Any]", sent))
    if not isinstance(sent, str) or not _SECONDS.fullmatch(sent):
        return None
    try:
        return timedelta(seconds=float(sent[:-1]))
    except OverflowError:
        return None


def _span(fields: Mapping[str, Any]) -> timedelta | None:
    """Seconds and billionths of one, of which the first may come as text."""
    try:
        return timedelta(seconds=int(fields.get("seconds") or 0), microseconds=int(fields.get("nanos") or 0) / 1000)
    except (TypeError, ValueError, OverflowError):
        return None


def number(value: Any) -> int | None:
    """A whole number from 0, which may come as text."""
    integer = _integer(value)
    return None if integer is None else values.count(integer)


def _integer(value: Any) -> int | None:
    sent = or_none(value)
    if isinstance(sent, str):
        return int(sent) if _INTEGER.fullmatch(sent) else None
    number = values.finite(sent)
    return int(number) if number is not None and number == int(number) else None


def tags_of(value: Any) -> tuple[str, ...]:
    """Tags: a list, or one that is wrapped as `{"value": […]}`."""
    sent = or_none(value)
    if isinstance(sent, dict):
        sent = cast("Mapping[str, Any]", sent).get("value")
    return values.texts(sent)


def seconds(value: float | timedelta, name: str) -> float:
    """Return a duration in seconds; raise `ValidationError` for one that is not above 0."""
    number = value.total_seconds() if isinstance(value, timedelta) else value
    if isinstance(number, bool) or not 0 < number < float("inf"):
        raise ValidationError(f"{name} is more than 0 s, not {value!r}", provider="scaleway", fields=(name,))
    return number


def spell(value: float | timedelta, name: str) -> str:
    """Return a duration as Scaleway takes it; numbers are seconds."""
    return f"{seconds(value, name):.9f}".rstrip("0").rstrip(".") + "s"


def money(value: Any) -> Money | None:
    """An amount: whole units and billionths of one, of which the first may come as text; None where none is said."""
    if not isinstance(value, RawMoney):
        return None
    currency = text(value.currency_code)
    units, nanos = (_integer(or_none(part) or 0) for part in (value.units, value.nanos))
    if not currency or units is None or nanos is None:
        return None
    # An amount or currency that cannot be is an unknown price.
    with contextlib.suppress(ValueError):
        exact = Money(f"{units * 10**9 + nanos}E-9", currency)
        return Money(exact.amount.normalize(EXACT), currency)
    return None


@reads("scaleway")
def topology_of(raw: Platform) -> Topology | None:
    """The traps of a platform of neutral atoms, as its metadata have them; None for all others."""
    return topology_in(specs_in(raw))


def specs_in(raw: Platform) -> dict[str, Any]:
    """What a platform of neutral atoms is like, in Pulser's words: JSON in the JSON of its metadata. Else empty."""
    return _object_in(_object_in(or_none(raw.metadata)).get("specs"))


def _object_in(text: Any) -> dict[str, Any]:
    try:
        fields: Any = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        fields = None
    return cast("dict[str, Any]", fields) if isinstance(fields, dict) else {}


@reads("scaleway", as_sent=_PLATFORM)
def device_of(raw: Platform) -> Device:
    """The common device. Scaleway says nothing of its queue, nor of calibrations."""
    id = identity(raw.id)
    raw_status = text(raw.availability)
    status = states.DEVICE.get(raw_status or "", DeviceStatus.UNKNOWN)
    usable = None if status is DeviceStatus.UNKNOWN else status in states.USABLE
    technology = states.TECHNOLOGY.get(text(raw.technology) or "", Technology.UNKNOWN)
    formats = qio.formats_of(technology, or_none(raw.backend_name))
    return Device(
        id=id,
        provider="scaleway",
        name=or_none(raw.name) or id,
        vendor=or_none(raw.provider_name),
        cloud="scaleway",
        kind=states.KIND.get(text(raw.type_) or "", DeviceKind.UNKNOWN),
        technology=technology,
        status=status,
        raw_status=raw_status,
        accepting_jobs=usable,
        processing_jobs=usable,
        num_qubits=values.count(raw.max_qubit_count),
        native_gates=_native_gates(raw),
        shots_max=values.count(raw.max_shot_count),
        max_circuits=number(raw.max_circuit_count) or None,
        input_formats=qio.words_of(formats),
        formats=formats,
        description=or_none(raw.description),
        documentation_url=or_none(raw.documentation_url),
        supports_sessions=True,
        is_bookable=or_none(raw.is_bookable),
        booking_rules=_rules(or_none(raw.booking_requirement)) if or_none(raw.is_bookable) else None,
        pricing=_pricing(raw),
        raw=raw,
    )


def _native_gates(raw: Platform) -> tuple[str, ...] | None:
    """The gates of the target in a platform's metadata, which Scaleway's own package for Qiskit reads."""
    target: Any = _object_in(or_none(raw.metadata))
    for name in ("qiskit", "target", "instructions"):
        target = cast("dict[str, Any]", target).get(name) if isinstance(target, dict) else None
    instructions = cast("list[Any]", target) if isinstance(target, list) else []
    names = [cast("dict[str, Any]", entry).get("name") for entry in instructions if isinstance(entry, dict)]
    return tuple(name for name in names if isinstance(name, str) and name not in _NOT_GATES) or None


def _pricing(raw: Platform) -> Pricing:
    hour, circuit, shot = money(raw.price_per_hour), money(raw.price_per_circuit), money(raw.price_per_shot)
    model = None if (hour, circuit, shot) == (None, None, None) else "pay_per_use"
    return Pricing(per_hour=hour, per_circuit=circuit, per_shot=shot, model=model)


def _rules(raw: Any) -> BookingRules | None:
    """The rules of a platform that can be booked; the API sends 0 for a rule that does not exist."""
    if not isinstance(raw, PlatformBookingRequirementType0):
        return None
    return BookingRules(
        min_duration=duration(raw.min_duration) or None,
        max_duration=duration(raw.max_duration) or None,
        min_notice=duration(raw.min_planification_duration) or None,
        max_notice=duration(raw.max_planification_duration) or None,
        max_cancellation=duration(raw.max_cancellation_duration) or None,
        max_per_day=number(raw.max_booking_per_day) or None,
        max_per_week=number(raw.max_booking_per_week) or None,
    )


@reads("scaleway", as_sent=_SESSION)
def session_of(raw: RawSession) -> Session:
    """The common session. It ends by itself `max_duration` after it started, or earlier if it is idle for long."""
    raw_status = status_word(raw.status)
    status = states.SESSION.get(raw_status, SessionStatus.UNKNOWN)
    started, longest = parse_time(raw.started_at), duration(raw.max_duration)
    ended = parse_time(raw.terminated_at)
    return Session(
        provider="scaleway",
        id=identity(raw.id),
        device_id=or_none(raw.platform_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.SESSION,
        mode="dedicated",
        accepts_jobs=None if status is SessionStatus.UNKNOWN else status is SessionStatus.ACTIVE,
        created_at=parse_time(raw.created_at),
        started_at=started,
        closed_at=ended,
        expires_at=_after(started, longest or None),
        usage=ended - started if ended and started else None,
        waiting_jobs=number(raw.waiting_job_count),
        finished_jobs=number(raw.finished_job_count),
        reservation_id=or_none(raw.booking_id) or None,
        tags=tags_of(raw.tags),
        dedup_key=or_none(raw.deduplication_id) or None,
        raw=raw,
    )


@reads("scaleway", as_sent=_SESSION)
def idle_limit_of(raw: RawSession) -> timedelta | None:
    """Return the idle time after which a session ends by itself."""
    return duration(raw.max_idle_duration) or None


@maps_jobs("scaleway", as_sent=_JOB)
def _set_fields(raw: RawJob, job: Any) -> None:
    """Set the fields of the common job, but for its device."""
    raw_status = job.raw_status
    status = states.JOB.get(raw_status, JobStatus.UNKNOWN)
    message = message_in(raw)
    started, took = parse_time(raw.started_at), duration(raw.job_duration)
    job.provider = "scaleway"
    job.kind = "job"
    job.name = or_none(raw.name)
    job.session_id = or_none(raw.session_id)
    job.status = status
    job.status_recognized = raw_status in states.JOB
    job.status_message = message
    job.shots = _shots(or_none(raw.parameters))
    job.created_at = parse_time(raw.created_at)
    job.started_at = started
    job.ended_at = _after(started, took) if status.is_terminal else None
    job.execution_time = took
    job.tags, job.dedup_key = tags_and_key(tags_of(raw.tags))
    failed = status is JobStatus.FAILED
    job.failure = JobFailure(FailureKind.UNKNOWN, (message,) if message else ()) if failed else None
    job.native_id = job.progress = job.queue_position = job.input_format = None
    job.decode = {}


def job_of(raw: RawJob, actions: JobActions, device_id: str | None) -> Job:
    """Return the common job.

    Scaleway does not say on which platform a job is; `device_id` is that of its session.
    """
    return job_at_once(raw, "scaleway", RawJob, actions, partial(set_job_fields, device_id=device_id))


def set_job_fields(raw: RawJob, job: Any, device_id: str | None) -> None:
    """Set the fields of the common job; see `job_of`."""
    job.device_id = device_id
    _set_fields(raw, job)


@reads("scaleway", as_sent=_JOB)
def process_of(raw: RawProcess, actions: JobActions) -> Job:
    """A run of an application, as a job of the kind `process`."""
    raw_status = status_word(raw.status)
    status = states.PROCESS.get(raw_status, JobStatus.UNKNOWN)
    tags, key = tags_and_key(tags_of(raw.tags))
    message = message_in(raw)
    started, ended = parse_time(raw.started_at), parse_time(raw.finished_at)
    failed = status is JobStatus.FAILED
    return Job(
        provider="scaleway",
        id=identity(raw.id),
        kind=PROCESS,
        name=or_none(raw.name),
        device_id=or_none(raw.platform_id),
        status=status,
        raw_status=raw_status,
        status_recognized=raw_status in states.PROCESS,
        status_message=message,
        progress=_share(or_none(raw.progress)),
        created_at=parse_time(raw.created_at),
        started_at=started,
        ended_at=ended,
        execution_time=ended - started if started and ended else None,
        tags=tags,
        dedup_key=key,
        failure=JobFailure(FailureKind.UNKNOWN, (message,) if message else ()) if failed else None,
        raw=raw,
        _actions=actions,
    )


@reads("scaleway", as_sent=TIMES)
def reservation_of(raw: Booking, *, now: datetime, session_id: str | None, device_id: str | None) -> Reservation:
    """The common reservation. A booking has neither its platform nor its session; whether it is active follows from
    its times and `now`.
    """
    raw_status = status_word(raw.status)
    status = states.BOOKING.get(raw_status, ReservationStatus.UNKNOWN)
    start, end = parse_time(raw.started_at), parse_time(raw.finished_at)
    return Reservation(
        provider="scaleway",
        id=identity(raw.id),
        device_id=device_id,
        status=status_by_clock(start, end, now) if status is ReservationStatus.CONFIRMED else status,
        raw_status=raw_status,
        status_recognized=raw_status in states.BOOKING,
        status_message=message_in(raw),
        start=start,
        end=end,
        created_at=parse_time(raw.created_at),
        session_id=session_id,
        description=or_none(raw.description) or None,
        time_zone=or_none(raw.time_zone) or None,
        raw=raw,
    )


def _after(start: datetime | None, span: timedelta | None) -> datetime | None:
    """The end of a span of time; None where that is not known, or in no calendar."""
    try:
        return None if start is None or span is None else start + span
    except OverflowError:
        return None


def message_in(raw: Any) -> str | None:
    """What a response says of its status, short enough to be shown."""
    message = text(getattr(raw, "progress_message", None))
    return message[:LONGEST_MESSAGE] if message else None


@reads("scaleway", as_sent=TIMES)
def start_of(raw: Booking) -> datetime | None:
    """When a booking begins."""
    return parse_time(raw.started_at)


@reads("scaleway")
def platform_of(raw: RawSession) -> str | None:
    """Which platform a session is on."""
    return text(raw.platform_id)


def _share(progress: Any) -> float | None:
    """Progress from 0 to 1."""
    share = values.finite(progress)
    return None if share is None else min(max(float(share), 0.0), 1.0)


def _shots(parameters: str | None) -> int | None:
    """The shots that a job was given, in the JSON of its parameters; Pulser calls them runs."""
    fields = _object_in(parameters)
    return values.count(fields.get("shots", fields.get("runs")))


def is_uuid(text: str) -> bool:
    """Return whether a text is an identifier of Scaleway's rather than a name."""
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


def retagged(tags: Sequence[str], key: str | None, sent: Any = None) -> list[str]:
    """Return a job's new tags: those that are wanted, and the tags of this library that it has.

    `sent` are its tags as they were sent; without them its key alone is kept.
    """
    kept = list(library_tags(tags_of(sent))) or (sent_tags((), key) if key else [])
    return [*own_tags(tags), *kept]

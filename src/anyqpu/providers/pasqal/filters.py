"""Filters of lists of jobs, batches and workloads, checked before any request."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, TypedDict

from anyqpu_raw.pasqal.models import JobOrigin, QueuePriority

from anyqpu.core.arguments import (
    checked_count,
    checked_flag,
    checked_object,
    checked_segment,
    checked_text,
    checked_texts,
    checked_time,
    shown,
    unknown_keywords,
)
from anyqpu.errors import ValidationError
from anyqpu.model.batch import Batch
from anyqpu.model.device import Device
from anyqpu.model.job import Job
from anyqpu.model.session import Session
from anyqpu.model.status import JobStatus
from anyqpu.providers.pasqal import states

PROVIDER = "pasqal"
_UUID = re.compile(r"[0-9a-fA-F]{8}(-?)(?:[0-9a-fA-F]{4}\1){3}[0-9a-fA-F]{12}")
Statuses = str | Collection[str]


class JobFilters(TypedDict, total=False):
    """Filters of jobs: all that are given must hold, and any of the values of one.

    Attributes:
        ids: Identifiers.
        id_starts_with: First characters of the identifier.
        project_ids: Projects; without it the client's own.
        user_ids: Users who submitted them.
        status: A `JobStatus` or Pasqal's own word, or several.
        min_runs: Fewest shots.
        max_runs: Most shots.
        with_errors: Only those that have errors, or only those that have none.
        origin: `CLIENT`, `AZURE`, `OVH` or `UNKNOWN`, or several.
        start_date: Started then or later; an aware time.
        end_date: Ended then or before; an aware time.
    """

    ids: Collection[str]
    id_starts_with: str
    project_ids: Collection[str]
    user_ids: Collection[str]
    status: Statuses
    min_runs: int
    max_runs: int
    with_errors: bool
    origin: Statuses
    start_date: datetime
    end_date: datetime


class BatchFilters(TypedDict, total=False):
    """Filters of batches: all that are given must hold, and any of the values of one.

    Attributes:
        ids: Identifiers.
        id_starts_with: First characters of the identifier.
        project_ids: Projects; without it the client's own.
        user_ids: Users who submitted them.
        device_types: Devices, such as `EMU_FREE`.
        status: A `JobStatus` or Pasqal's own word, or several.
        open: Only those that take jobs, or only those that do not.
        min_jobs: Fewest jobs.
        max_jobs: Most jobs.
        queue_priority: `LOW`, `MEDIUM`, `HIGH`, `CRITICAL` or `FREE`, or several.
        tag: A tag.
        start_date: Started then or later; an aware time.
        end_date: Ended then or before; an aware time.
    """

    ids: Collection[str]
    id_starts_with: str
    project_ids: Collection[str]
    user_ids: Collection[str]
    device_types: Collection[str]
    status: Statuses
    open: bool
    min_jobs: int
    max_jobs: int
    queue_priority: Statuses
    tag: str
    start_date: datetime
    end_date: datetime


class WorkloadFilters(TypedDict, total=False):
    """Filters of workloads: all that are given must hold, and any of the values of one.

    Attributes:
        ids: Identifiers.
        id_starts_with: First characters of the identifier.
        project_ids: Projects; without it the client's own.
        status: A `JobStatus` or Pasqal's own word, or several.
        start_date: Started then or later; an aware time.
        end_date: Ended then or before; an aware time.
    """

    ids: Collection[str]
    id_starts_with: str
    project_ids: Collection[str]
    status: Statuses
    start_date: datetime
    end_date: datetime


# Parameters of the operations that have other names than the filters.
_NAMES = {
    "ids": "id",
    "project_ids": "project_id",
    "user_ids": "user_id",
    "device_types": "device_type",
    "with_errors": "errors",
    "open": "open_",
}


def of_jobs(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of an operation for filters of jobs; raise `ValidationError` for other values."""
    return _parameters(filters, JobFilters, states.JOB, ("min_runs", "max_runs"))


def of_batches(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of an operation for filters of batches; raise `ValidationError` for other values."""
    return _parameters(filters, BatchFilters, states.BATCH_JOB, ("min_jobs", "max_jobs"))


def of_workloads(filters: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of an operation for filters of workloads; raise `ValidationError` for other values."""
    return _parameters(filters, WorkloadFilters, states.JOB, ())


def _parameters(
    filters: Mapping[str, Any], kind: type[Any], words: Mapping[str, JobStatus], bounds: tuple[str, ...]
) -> dict[str, Any]:
    names = set(kind.__annotations__)
    unknown = [name for name in filters if name not in names]
    if unknown:
        raise unknown_keywords(unknown, sorted(names), "this list")
    checked = {name: _checked(name, value, words) for name, value in filters.items() if value is not None}
    _check_order(checked, bounds)
    _check_order(checked, ("start_date", "end_date"))
    return {_NAMES.get(name, name): value for name, value in checked.items()}


def _checked(name: str, value: Any, words: Mapping[str, JobStatus]) -> Any:
    match name:
        case "ids" | "project_ids":
            return [checked_id(id, name) for id in _listed(value, name)]
        case "user_ids" | "device_types":
            return _listed(value, name)
        case "status":
            return _statuses(value, words)
        case "origin":
            return _words(value, name, JobOrigin)
        case "queue_priority":
            return _words(value, name, QueuePriority)
        case "start_date" | "end_date":
            return checked_time(value, name, PROVIDER)
        case "with_errors" | "open":
            return checked_flag(value, name, PROVIDER)
        case "id_starts_with" | "tag":
            return checked_text(value, name, "5904a9f2" if name == "id_starts_with" else "mine", PROVIDER)
        case _:
            return checked_count(value, name, PROVIDER)


def id_of(thing: object) -> object:
    """Return the identifier of a batch, session or job, and anything else as it is."""
    return getattr(thing, "id", thing)


def is_id(value: object) -> bool:
    """Return whether a value can be an identifier: Pasqal's are UUIDs."""
    return isinstance(value, str) and _UUID.fullmatch(value) is not None


def checked_id(value: object, name: str = "id") -> str:
    """Return an identifier; raise `ValidationError` for a value that cannot be one."""
    if not is_id(value):
        raise ValidationError(
            f"invalid identifier {shown(value)}",
            provider=PROVIDER,
            fields=(name,),
            hint="Pasqal's identifiers are UUIDs, such as 5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10",
        )
    return str(value)


def checked_tags(tags: object) -> list[str]:
    """Return tags without doubles, in order; raise `ValidationError` for anything else."""
    return list(dict.fromkeys(checked_texts(tags, "tags", PROVIDER)))


def checked_device(device: object) -> str:
    """Return the type of a device; raise `ValidationError` for anything else."""
    return checked_segment(device.id if isinstance(device, Device) else device, "device", "EMU_FREE", PROVIDER)


def _listed(value: Any, name: str) -> list[str]:
    texts = checked_texts(value, name, PROVIDER)
    if not texts:
        # Without a value the service lists all.
        raise ValidationError(f"{name} is empty, which would mean all", provider=PROVIDER, fields=(name,))
    return texts


def _several(value: Any, name: str) -> list[str]:
    return [value] if isinstance(value, str) else _listed(value, name)


def _statuses(value: Any, words: Mapping[str, JobStatus]) -> list[str]:
    """Return Pasqal's words for statuses, which may be common ones."""
    statuses: list[str] = []
    for status in _several(value, "status"):
        fitting = [word for word, common in words.items() if status == common.value or status.upper() == word]
        if not fitting:
            raise _not_among("status", status, [*words, *dict.fromkeys(common.value for common in words.values())])
        statuses += fitting
    return list(dict.fromkeys(statuses))


def _words(value: Any, name: str, kind: Iterable[str]) -> list[str]:
    valid = [str(word) for word in kind]
    words = [word.upper() for word in _several(value, name)]
    for word in words:
        if word not in valid:
            raise _not_among(name, word, valid)
    return words


def _not_among(name: str, value: str, valid: list[str]) -> ValidationError:
    return ValidationError(
        f"invalid {name} {shown(value)}", provider=PROVIDER, fields=(name,), hint=f"It is one of {', '.join(valid)}"
    )


def _check_order(filters: Mapping[str, Any], bounds: tuple[str, ...]) -> None:
    if bounds and all(name in filters for name in bounds) and filters[bounds[0]] > filters[bounds[1]]:
        raise ValidationError(f"{bounds[0]} is more than {bounds[1]}", provider=PROVIDER, fields=bounds)


def job_id(job: object) -> str:
    """Return the identifier of a job; raise `ValidationError` for anything else."""
    hint = "client.job(id) returns the job of an identifier"
    return checked_object(job, Job, "job", PROVIDER, hint=hint).id


def session_of(session: object) -> Session:
    """Return a session; raise `ValidationError` for anything else."""
    hint = "client.get_session(id) returns the session of an identifier"
    return checked_object(session, Session, "session", PROVIDER, hint=hint)


def batch_of(batch: object) -> Batch:
    """Return a batch; raise `ValidationError` for anything else."""
    hint = "client.get_batch(id) returns the batch of an identifier"
    return checked_object(batch, Batch, "batch", PROVIDER, hint=hint)

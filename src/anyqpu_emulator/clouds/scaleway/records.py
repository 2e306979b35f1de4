"""The cloud's records. Times are the clock's monotonic seconds."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from anyqpu_emulator.lifecycle import Job
from anyqpu_emulator.record import Record

from .catalogue import Application, Platform

# In order of creation, also of things created at the same instant.
_numbers = itertools.count()


def _new_id() -> str:
    return str(uuid.uuid4())


def _next_number() -> int:
    return next(_numbers)


def count_on(records: Iterable[NumberedRecord]) -> None:
    """Number later records higher than these."""
    global _numbers  # noqa: PLW0603 - the count belongs to the process
    _numbers = itertools.count(max([next(_numbers), *(record.number + 1 for record in records)]))


@dataclass(eq=False, slots=True, kw_only=True)
class NumberedRecord(Record):
    """Base of all records, numbered in order of creation."""

    created_at: float
    id: str = field(default_factory=_new_id)
    number: int = field(default_factory=_next_number)
    updated_at: float = 0.0


@dataclass(eq=False, slots=True, kw_only=True)
class ModelRecord(NumberedRecord):
    """A computation model: a text that jobs and sessions name by its id."""

    project_id: str
    payload: str


@dataclass(eq=False, slots=True, kw_only=True)
class BookingRecord(NumberedRecord):
    """A platform reserved from `start` to `finish`."""

    platform: Platform
    project_id: str
    start: float
    finish: float
    description: str
    time_zone: str
    cancelled_at: float | None = None


@dataclass(eq=False, slots=True, kw_only=True)
class JobRecord(NumberedRecord):
    """A submitted job."""

    job: Job
    session: SessionRecord
    name: str
    tags: list[str]
    circuit: dict[str, str | None]
    model_id: str | None
    parameters: str | None
    shots: int | None
    by_url: bool
    strict: bool = False
    noisy: bool = False


@dataclass(eq=False, slots=True, kw_only=True)
class SessionRecord(NumberedRecord):
    """A session. `up_at` is when it runs, `ended_at` when it began to stop, `idle_from` when its last job was over."""

    platform: Platform
    project_id: str
    name: str
    max_idle: float
    max_duration: float
    tags: list[str]
    deduplication_id: str
    model_id: str | None
    parameters: str | None
    up_at: float
    booking: BookingRecord | None = None
    ended_at: float | None = None
    end_message: str | None = None
    idle_from: float = 0.0
    open_jobs: list[JobRecord] = field(default_factory=list[JobRecord])
    closed_jobs: int = 0


@dataclass(eq=False, slots=True, kw_only=True)
class ProcessRecord(NumberedRecord):
    """A run of an application."""

    job: Job
    application: Application
    platform: Platform
    project_id: str
    name: str
    input: str
    tags: list[str]


@dataclass(frozen=True, slots=True)
class Link:
    """A download link: the content at a place of a record, until a time."""

    name: str
    owner: str
    place: int
    expires_at: float

"""Jobs and sessions."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request

from anyqpu_emulator.lifecycle import Job
from anyqpu_emulator.record import Record

from .catalogue import Backend
from .submission import Submission


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of a job or session: the request's organisation, and its service execution if any."""

    organisation: str
    service_execution_id: str | None

    @classmethod
    def of(cls, request: Request) -> Owner:
        """Read the headers of a request that creates something."""
        execution = request.headers.get("x-planqk-service-execution-id", "").strip().lower()
        return cls(organisation(request), execution or None)


def organisation(request: Request) -> str:
    """The organisation that a request speaks for; the personal account is the empty text."""
    return request.headers.get("x-organizationid", "").strip()


@dataclass(frozen=True, slots=True)
class JobRecord:
    """A submitted job."""

    job: Job
    submission: Submission
    owner: Owner

    @property
    def id(self) -> str:
        """The job's UUID."""
        return self.job.id


@dataclass(slots=True)
class SessionRecord(Record):
    """A session. Times are the clock's monotonic seconds."""

    backend: Backend
    mode: str
    ttl: int
    tags: list[str] | None
    metadata: dict[str, Any]
    sdk_provider: str
    owner: Owner
    created_at: float
    up_at: float
    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    draining: bool = False
    closed_at: float | None = None
    active_at: float = 0.0
    jobs: list[JobRecord] = field(default_factory=list[JobRecord])

    def end(self, now: float) -> float | None:
        """When it was closed or ran out; None if it is open."""
        if self.closed_at is not None:
            return self.closed_at
        expires = self.created_at + self.ttl
        return expires if now >= expires else None

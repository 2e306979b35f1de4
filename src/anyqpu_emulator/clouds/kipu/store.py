"""All jobs and sessions, and their views as JSON."""

from __future__ import annotations

import math
from typing import Any

from starlette.requests import Request

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.effects import labels
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.lifecycle import Job, State

from .programs import computation
from .records import JobRecord, Owner, SessionRecord, organisation
from .schema import JOBS, SESSIONS
from .submission import Submission

# A session without jobs for this long, in seconds, loses its priority.
_IDLE = 60.0
JOB_STATUS = {
    State.QUEUED: "PENDING",
    State.RUNNING: "RUNNING",
    State.COMPLETED: "COMPLETED",
    State.FAILED: "FAILED",
    State.CANCELLED: "CANCELLED",
}


class Store:
    """All records, and the views of them."""

    def __init__(self, context: AppContext) -> None:
        """Begin with the records of the state file."""
        self.context = context
        self._sessions = context.table(SESSIONS)
        self._jobs = context.table(JOBS)
        for record in self._jobs.values():
            if record.submission.session_id is not None:
                self._sessions[record.submission.session_id].jobs.append(record)

    # Jobs

    def submit(self, submission: Submission, owner: Owner, session: SessionRecord | None) -> JobRecord:
        """Start the computation and put the job in line."""
        line = session.id if session else submission.backend.id
        job = self.context.begin(f"kipu/{line}", lambda seed: computation(submission, seed))
        record = JobRecord(job, submission, owner)
        self._jobs[record.id] = record
        if session:
            session.jobs.append(record)
        return record

    def find_job(self, request: Request) -> JobRecord:
        """Return the job in the path. Raises a 404 for an unknown one, and for that of another owner."""
        job_id = request.path_params.get("jobId") or request.path_params["id"]
        record = self._jobs.get(job_id.lower())
        if record is None or not _visible(record.owner, request):
            raise ProblemError(404, f"there is no job {job_id!r}")
        return record

    def jobs_of(self, request: Request, service_execution_id: str | None = None) -> list[JobRecord]:
        """The caller's jobs, newest first; only those of one service execution if given."""
        caller = organisation(request)
        return [
            record
            for record in reversed(self._jobs.values())
            if record.owner.organisation == caller
            and service_execution_id in (None, record.owner.service_execution_id)
            and self.context.scheduler.is_listed(record.job)
        ]

    def job_view(self, record: JobRecord, state: State | None = None) -> dict[str, Any]:
        """Return `Job` of the published schema. Keys without a value are left out: it does not allow null."""
        job, submission = record.job, record.submission
        state = self.context.scheduler.poll(job) if state is None else state
        view = {
            "id": job.id,
            "name": submission.name,
            "backend_id": submission.backend.id,
            "provider": submission.backend.provider,
            "provider_job_id": f"{submission.backend.provider.lower()}-{job.id}",
            "input_params": submission.input_params,
            "input_format": submission.input_format,
            "tags": submission.tags,
            "status": JOB_STATUS[state],
            "created_at": self.stamp(job.created_at),
            "started_at": self.stamp(job.started_at),
            "ended_at": self.stamp(job.ended_at),
            # Servers since version 3 have the newer names alone; clients from before read the older one.
            "runtime": _milliseconds(job),
            "usage_time_millis": _milliseconds(job),
            "usage_time_state": _usage_state(job),
            "shots": sum(submission.shots_of_programs()),
            "session_id": submission.session_id,
            "sdk_provider": submission.sdk_provider,
        }
        return {key: value for key, value in view.items() if value is not None}

    def measured_milliseconds(self, request: Request, backend_id: str) -> int:
        """Return how long the caller's jobs ran on a backend."""
        records = (record for record in self.jobs_of(request) if record.submission.backend.id == backend_id)
        return sum(_milliseconds(record.job) or 0 for record in records)

    def job_value(self, record: JobRecord, name: str) -> Any:
        """Return the value of a property of `job_view` for sorting, without the rest of the view."""
        job, submission = record.job, record.submission
        match name:
            case "id":
                return job.id
            case "status":
                return JOB_STATUS[job.state if job.state.terminal else self.context.scheduler.poll(job)]
            case "shots":
                return sum(submission.shots_of_programs())
            case "backend_id":
                return submission.backend.id
            case "provider":
                return submission.backend.provider
            case "created_at" | "started_at" | "ended_at":
                # In the whole seconds that a stamp has.
                time: float | None = getattr(job, name)
                return None if time is None else math.floor(self.context.scheduler.wall(time))
            case _:
                return getattr(submission, name)

    def overview(self) -> list[dict[str, Any]]:
        """All jobs of all callers, for `/_control/state`."""
        return [
            {
                "cloud": "kipu",
                "kind": "job",
                "id": record.id,
                "name": record.submission.name,
                "backend": record.submission.backend.id,
                "status": JOB_STATUS[self.context.scheduler.poll(record.job)],
                "queue_position": self.context.scheduler.position(record.job),
                "shots": record.submission.shots,
                "created_at": utc(self.context.scheduler.wall(record.job.created_at)).isoformat(),
                **labels(record.submission.tags, record.submission.name),
            }
            for record in self._jobs.values()
        ]

    def program(self, job_id: str) -> Any:
        """Return the input of a job: its texts, or JSON; None for an unknown one."""
        record = self._jobs.get(job_id)
        return None if record is None else record.submission.input.get("qasm", record.submission.input)

    def sessions_overview(self) -> list[dict[str, Any]]:
        """All sessions of all callers, for `/_control/state`."""
        return [
            {
                "kind": "session",
                "id": record.id,
                "backend": record.backend.id,
                "status": self.session_status(record),
                "created_at": utc(self.context.scheduler.wall(record.created_at)).isoformat(),
                **labels(record.tags, *(text for text in record.metadata.values() if isinstance(text, str))),
            }
            for record in self._sessions.values()
        ]

    # Sessions

    def add_session(self, record: SessionRecord) -> None:
        """Add a session."""
        self._sessions[record.id] = record

    def find_session(self, request: Request) -> SessionRecord:
        """Return the session in the path. Raises a 404 for an unknown one, and for that of another owner."""
        return self.session(request.path_params.get("sessionId") or request.path_params["id"], request)

    def session(self, session_id: str, request: Request) -> SessionRecord:
        """Return a session by its id. Raises a 404 for an unknown one, and for that of another owner."""
        record = self._sessions.get(session_id.lower())
        if record is None or not _visible(record.owner, request):
            raise ProblemError(404, f"there is no session {session_id!r}")
        return record

    def sessions_of(self, request: Request, service_execution_id: str | None = None) -> list[SessionRecord]:
        """The caller's sessions, newest first."""
        caller = organisation(request)
        return [
            record
            for record in reversed(self._sessions.values())
            if record.owner.organisation == caller and service_execution_id in (None, record.owner.service_execution_id)
        ]

    def session_status(self, record: SessionRecord) -> str:
        """Return the status of a session."""
        now = self.context.clock.monotonic()
        if record.end(now) is not None:
            return "CLOSED"
        if record.draining:
            return "DRAINING"
        if now < record.up_at:
            return "OPEN"
        for job in record.jobs:
            if not self.context.scheduler.poll(job.job).terminal:
                return "ACTIVE"
        busy = max([record.up_at, record.active_at, *(job.job.ended_at or 0.0 for job in record.jobs)])
        return "ACTIVE" if now - busy < _IDLE else "INACTIVE"

    def session_view(self, record: SessionRecord, status: str | None = None) -> dict[str, Any]:
        """`Session` of the published schema; keys without a value are left out."""
        now = self.context.clock.monotonic()
        status = self.session_status(record) if status is None else status
        started = record.up_at if status not in ("OPEN", "ABORTED") and now >= record.up_at else None
        view = {
            "id": record.id,
            "backend_id": record.backend.id,
            "provider": record.backend.provider,
            "status": status,
            "mode": record.mode,
            "created_at": self.stamp(record.created_at),
            "started_at": self.stamp(started),
            "closed_at": self.stamp(record.end(now)),
            "expires_at": self.stamp(record.created_at + record.ttl),
            "usage_time_millis": sum(_milliseconds(job.job) or 0 for job in record.jobs),
            "usage_time_state": "MEASURED" if status == "CLOSED" else "PENDING",
            "provider_id": f"session-{record.id}",
            "tags": record.tags,
            "metadata": record.metadata,
            "sdk_provider": record.sdk_provider,
            "final": status in ("CLOSED", "ABORTED"),
            "final_not_aborted": status == "CLOSED",
        }
        return {key: value for key, value in view.items() if value is not None}

    def stamp(self, monotonic: float | None) -> str | None:
        """Return a time as the cloud writes it: UTC without a zone."""
        if monotonic is None:
            return None
        return utc(self.context.scheduler.wall(monotonic)).strftime("%Y-%m-%d %H:%M:%S")


def _visible(owner: Owner, request: Request) -> bool:
    execution = request.path_params.get("serviceExecutionId")
    inside = execution is None or execution.lower() == owner.service_execution_id
    return inside and owner.organisation == organisation(request)


def _usage_state(job: Job) -> str:
    if job.ended_at is None:
        return "PENDING"
    return "NOT_MEASURABLE" if job.started_at is None else "MEASURED"


def _milliseconds(job: Job) -> int | None:
    if job.ended_at is None:
        return None
    return 0 if job.started_at is None else round((job.ended_at - job.started_at) * 1000)

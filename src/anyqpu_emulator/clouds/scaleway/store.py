"""Everything the cloud remembers, and how sessions move over time.

Nothing runs in the background: a session that should have ended is ended at the next poll.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.effects import labels
from anyqpu_emulator.lifecycle import Job, State

from . import errors
from .programs import SEPARATOR
from .records import BookingRecord, JobRecord, Link, ModelRecord, ProcessRecord, SessionRecord, count_on
from .schema import Schemas

LINK_SECONDS = 3600.0
"""Seconds for which a download link is valid."""

JOB_STATUS = {
    State.QUEUED: "waiting",
    State.RUNNING: "running",
    State.COMPLETED: "completed",
    State.FAILED: "error",
    State.CANCELLED: "cancelled",
}


class Store:
    """All records."""

    def __init__(self, context: AppContext) -> None:
        """Begin with the records of the state file."""
        self.context = context
        schemas = Schemas(self)
        self.models = context.table(schemas.models)
        self.bookings = context.table(schemas.bookings)
        self.sessions = context.table(schemas.sessions)
        self.jobs = context.table(schemas.jobs)
        self.processes = context.table(schemas.processes)
        self._links = context.table(schemas.links)
        self._link_of = {(link.owner, link.place): link for link in self._links.values()}
        for record in self.jobs.values():
            if not record.job.state.terminal:
                record.session.open_jobs.append(record)
        every = (self.models, self.bookings, self.sessions, self.jobs, self.processes)
        count_on(record for table in every for record in table.values())

    # Time

    def now(self) -> float:
        """The clock's monotonic time."""
        return self.context.clock.monotonic()

    def monotonic(self, wall: float) -> float:
        """A wall time as monotonic time; it may be negative."""
        return wall - self.context.scheduler.wall(0)

    def stamp(self, monotonic: float | None) -> str | None:
        """Return a time as the cloud writes it."""
        if monotonic is None:
            return None
        return utc(self.context.scheduler.wall(monotonic)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    # Finding

    def session(self, session_id: str) -> SessionRecord:
        """A session, or a 404."""
        session = self.sessions.get(session_id.lower())
        if session is None:
            raise errors.not_found("session", session_id)
        return session

    def job(self, job_id: str) -> JobRecord:
        """A job, or a 404."""
        job = self.jobs.get(job_id.lower())
        if job is None:
            raise errors.not_found("job", job_id)
        return job

    def model(self, model_id: str) -> ModelRecord:
        """A model, or a 404."""
        model = self.models.get(model_id.lower())
        if model is None:
            raise errors.not_found("model", model_id)
        return model

    # Sessions

    def live(self, session: SessionRecord) -> bool:
        """Whether it is starting or running; ends it first if its time is over."""
        self._settle(session)
        return session.ended_at is None

    def session_status(self, session: SessionRecord) -> str:
        """Return the status of a session."""
        now = self.now()
        if self.live(session):
            return "starting" if now < session.up_at else "running"
        stopped_at = self.stopped_at(session)
        return "stopping" if stopped_at is None or now < stopped_at else "stopped"

    def stopped_at(self, session: SessionRecord) -> float | None:
        """When its stop is done; None if it does not stop."""
        return None if session.ended_at is None else session.ended_at + self.context.scheduler.start_delay

    def billed_seconds(self, session: SessionRecord) -> float:
        """Return the seconds from its start to its end, or until now, which its platform's price applies to."""
        end = self.now() if self.live(session) else session.ended_at
        return max(0.0, (end or 0.0) - session.up_at)

    def end(self, session: SessionRecord, at: float, message: str | None = None) -> None:
        """Begin to stop, unless it has: its jobs and its booking are cancelled."""
        if session.ended_at is not None:
            return
        session.ended_at, session.end_message = at, message
        session.updated_at = at
        for record in session.open_jobs:
            self.context.scheduler.cancel(record.job)
        self._close_jobs(session)
        if session.booking is not None and at < session.booking.finish:
            self.cancel_booking(session.booking, at)

    def purge(self, session: SessionRecord) -> None:
        """Delete a session with its jobs and their results."""
        self.end(session, self.now())
        del self.sessions[session.id]
        for record in [record for record in self.jobs.values() if record.session is session]:
            self.forget_job(record)

    def _settle(self, session: SessionRecord) -> None:
        self._close_jobs(session)
        if session.ended_at is not None:
            return
        limits = _hard_limits(session)
        if not session.open_jobs:
            idle_from = max(session.up_at, session.idle_from)
            limits.append((idle_from + session.max_idle, "the session was idle for too long"))
        at, message = min(limits)
        if self.now() >= at:
            self.end(session, at, message)

    def _close_jobs(self, session: SessionRecord) -> None:
        """Count the jobs that are over, so that they are not polled again."""
        if not session.open_jobs:
            return
        still_open: list[JobRecord] = []
        last = session.ended_at if session.ended_at is not None else min(_hard_limits(session))[0]
        for record in session.open_jobs:
            state = self.context.scheduler.poll(record.job)
            _cut(record.job, last)
            if not state.terminal:
                still_open.append(record)
                continue
            session.closed_jobs += 1
            session.idle_from = max(session.idle_from, record.job.ended_at or 0.0)
        session.open_jobs = still_open

    # Jobs

    def add_job(self, record: JobRecord) -> None:
        """Add a job to a live session; it waits until the session is up."""
        record.job.ready_at = max(record.job.ready_at, record.session.up_at)
        self.jobs[record.id] = record
        record.session.open_jobs.append(record)

    def job_state(self, record: JobRecord) -> State:
        """Return the state of a job, which ends with its session."""
        self._settle(record.session)
        return self.context.scheduler.poll(record.job)

    def forget_job(self, record: JobRecord) -> None:
        """Delete a job with its results, after cancelling it unless it is over."""
        self.context.scheduler.cancel(record.job)
        self._close_jobs(record.session)
        del self.jobs[record.id]
        for link in [link for link in self._links.values() if link.owner == record.id]:
            self._unlink(link)

    # Bookings

    def booking_status(self, booking: BookingRecord) -> str:
        """Return the status of a booking, which is validated as fast as a session starts."""
        if booking.cancelled_at is not None:
            return "cancelled"
        delay, age = self.context.scheduler.start_delay, self.now() - booking.created_at
        if age >= delay:
            return "validated"
        return "waiting" if age < delay / 2 else "validating"

    def cancel_booking(self, booking: BookingRecord, at: float) -> None:
        """Cancel a booking."""
        booking.cancelled_at = booking.updated_at = at

    # Download links

    def link(self, owner: str, place: int) -> str:
        """The path, relative to the cloud's, of a record's content: the same one until half its time is over."""
        now = self.now()
        link = self._link_of.get((owner, place))
        if link is None or link.expires_at - now < LINK_SECONDS / 2:
            for old in [existing for existing in self._links.values() if now >= existing.expires_at + LINK_SECONDS]:
                self._unlink(old)
            link = Link(secrets.token_urlsafe(24), owner, place, now + LINK_SECONDS)
            self._links[link.name] = self._link_of[owner, place] = link
        return f"/_downloads/{link.name}"

    def download(self, name: str) -> bytes:
        """Return the content of a link. Raises a 404 for an unknown link, a 403 for an expired one."""
        link = self._links.get(name)
        if link is None:
            raise errors.not_found("download", name)
        if self.now() >= link.expires_at:
            raise errors.forbidden("download", "read")
        if link.owner in self.models:
            return self.models[link.owner].payload.encode("utf-8", "replace")
        parts = (self.jobs[link.owner].job.result or b"").split(SEPARATOR)
        return parts[link.place]

    def _unlink(self, link: Link) -> None:
        del self._links[link.name]
        if self._link_of.get((link.owner, link.place)) is link:
            del self._link_of[link.owner, link.place]

    # Views of all records

    def sessions_overview(self) -> list[dict[str, Any]]:
        """All sessions and bookings, for `/_control/state`."""

        def line(
            kind: str, record: SessionRecord | BookingRecord, status: str, more: Mapping[str, Any]
        ) -> dict[str, Any]:
            return {
                "kind": kind,
                "id": record.id,
                "backend": record.platform.name,
                "status": status,
                "created_at": utc(self.context.scheduler.wall(record.created_at)).isoformat(),
                **more,
            }

        def bill(record: SessionRecord) -> dict[str, Any]:
            seconds = self.billed_seconds(record)
            cents = seconds * record.platform.cents_per_hour / 3600
            return {"billed_seconds": round(seconds, 3), "cost": f"{cents / 100:.2f} EUR"}

        sessions = [
            line(
                "session",
                record,
                self.session_status(record),
                labels(record.tags, record.deduplication_id, record.name) | bill(record),
            )
            for record in self.sessions.values()
        ]
        # A booking cannot have a key; it has that of its session.
        keys = {
            record.booking.id: record.deduplication_id
            for record in self.sessions.values()
            if record.booking is not None
        }
        return sessions + [
            line("booking", record, self.booking_status(record), labels((), keys.get(record.id), record.description))
            for record in self.bookings.values()
        ]

    def models_overview(self) -> list[dict[str, Any]]:
        """All models, for `/_control/state`."""
        return [{"kind": "model", "id": model.id, **labels(())} for model in self.models.values()]

    def program(self, job_id: str) -> Any:
        """Return the circuits of a job and the payload of its model, or the input of a process."""
        if (process := self.processes.get(job_id)) is not None:
            return process.input
        if (job := self.jobs.get(job_id)) is None:
            return None
        model = self.models.get(job.model_id or job.session.model_id or "")
        return [text for text in (*job.circuit.values(), model and model.payload) if text]

    def overview(self) -> list[dict[str, Any]]:
        """All jobs and processes, for `/_control/state`."""
        scheduler = self.context.scheduler

        def line(record: JobRecord | ProcessRecord, job: Job, backend: str, shots: int | None) -> dict[str, Any]:
            return {
                "cloud": "scaleway",
                "kind": "job" if isinstance(record, JobRecord) else "process",
                "id": record.id,
                "name": record.name,
                "backend": backend,
                "status": JOB_STATUS[scheduler.poll(job)],
                "queue_position": scheduler.position(job),
                "shots": shots,
                "created_at": utc(scheduler.wall(job.created_at)).isoformat(),
                **labels(record.tags, record.name),
            }

        jobs = [line(record, record.job, record.session.platform.name, record.shots) for record in self.jobs.values()]
        return jobs + [line(record, record.job, record.platform.name, None) for record in self.processes.values()]


def _hard_limits(session: SessionRecord) -> list[tuple[float, str]]:
    """Return the times at which a session ends in any case, with the messages for them."""
    limits = [(session.up_at + session.max_duration, "the session reached its maximum duration")]
    if session.booking is not None:
        limits.append((session.booking.finish, "the booked time is over"))
    return limits


def _cut(job: Job, last: float) -> None:
    """Cancel a job that ended after `last`, the end of its session, which was not polled in time."""
    if job.ended_at is not None and job.ended_at > last:
        job.state, job.ended_at = State.CANCELLED, last
        if job.started_at is not None and job.started_at >= last:
            job.started_at = None

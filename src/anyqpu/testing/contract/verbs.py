"""The common verbs that depend on a capability, and the decorator of tests that need them."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from anyqpu.core.client import Client
from anyqpu.model.job import Job
from anyqpu.model.reservation import Reservation, ReservationStatus
from anyqpu.model.session import Session, SessionStatus
from anyqpu.model.status import JobStatus

Test = Callable[..., Awaitable[None]]
# Where a provider lacks a verb, no identifier has a meaning, and any will do.
ID = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
START = datetime(2030, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Verb:
    """A method that exists in every client, and the capability that it needs.

    Attributes:
        capability: Name of the attribute of `Capabilities`.
        call: Calls the method of a client with arguments that make sense; the second argument is the suite.
    """

    capability: str
    call: Callable[[Any, Any], Any]


def session_of(suite: Any) -> Session:
    """Return a session for a provider without sessions."""
    return Session(provider=suite.provider, id=ID, device_id=None, status=SessionStatus.ACTIVE, raw_status="active")


def job_of(suite: Any, client: Client) -> Job:
    """Return a running job for a provider that cannot change it."""
    running = JobStatus.RUNNING
    return Job(
        provider=suite.provider, id=ID, device_id=suite.device, status=running, raw_status="running", _actions=client
    )


def reservation_of(suite: Any) -> Reservation:
    """Return a reservation for a provider without reservations."""
    return Reservation(provider=suite.provider, id=ID, device_id=None, status=ReservationStatus.CONFIRMED)


VERBS = {
    "jobs": Verb("job_listing", lambda client, suite: client.jobs()),
    "find": Verb("find", lambda client, suite: client.find("a-key-without-a-job")),
    "find_many": Verb("find", lambda client, suite: client.find_many(["a-key-without-a-job"])),
    "cancel": Verb("cancel", lambda client, suite: job_of(suite, client).cancel()),
    "cancel_job": Verb("cancel", lambda client, suite: client.cancel_job(job_of(suite, client))),
    "delete_job": Verb("delete", lambda client, suite: client.delete_job(job_of(suite, client))),
    "submit_to_session": Verb("sessions", lambda client, suite: suite.submit(client, session=ID)),
    "open_session": Verb("sessions", lambda client, suite: client.open_session(suite.device)),
    "session": Verb("sessions", lambda client, suite: client.session(device=suite.device)),
    "sessions": Verb("sessions", lambda client, suite: client.sessions()),
    "get_session": Verb("sessions", lambda client, suite: client.get_session(ID)),
    "session_jobs": Verb("sessions", lambda client, suite: client.session_jobs(session_of(suite))),
    "close_session": Verb("sessions", lambda client, suite: client.close_session(session_of(suite))),
    "drain_session": Verb("drain", lambda client, suite: client.drain_session(session_of(suite))),
    "reserve": Verb(
        "reservations",
        lambda client, suite: client.reserve(suite.device, start=START, end=START + timedelta(hours=1), notes="mine"),
    ),
    "reservation": Verb("reservations", lambda client, suite: client.reservation(ID)),
    "reservations": Verb("reservations", lambda client, suite: client.reservations()),
    "cancel_reservation": Verb("reservations", lambda client, suite: client.cancel_reservation(reservation_of(suite))),
    "wait_for_reservation": Verb(
        "reservations", lambda client, suite: client.wait_for_reservation(reservation_of(suite), until="start")
    ),
    "find_slots": Verb(
        "find_slots",
        lambda client, suite: client.find_slots(suite.device, start=START, duration=timedelta(minutes=15)),
    ),
    "calibration": Verb("calibration", lambda client, suite: client.calibration(suite.device)),
}


def requires(*verbs: str) -> Callable[[Test], Test]:
    """Run a test only where the provider has these verbs; elsewhere check that those it lacks raise.

    That is not a skip: a verb that the capabilities lack has to raise `UnsupportedOperationError`, with the provider
    and a hint, and without a request.
    """

    def decorate(test: Test) -> Test:
        @functools.wraps(test)
        async def checked(suite: Any, *arguments: Any, **options: Any) -> None:
            from anyqpu.testing.contract.configuration import RequestLog

            sent = RequestLog()
            async with suite.quick(sent) as client:
                missing = [verb for verb in verbs if not getattr(client.capabilities, VERBS[verb].capability)]
                for verb in missing:
                    await suite.check_unsupported(client, sent, verb)
            if not missing:
                await test(suite, *arguments, **options)

        return checked

    return decorate

"""`anyqpu jobs`, `anyqpu job`, `anyqpu resume` and `anyqpu sessions`."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

import anyio

from anyqpu.errors import AnyQPUError, NotFoundError, ValidationError
from anyqpu.model.job import Job
from anyqpu.model.session import Session
from anyqpu.model.status import JobStatus
from anyqpu_cli import fields
from anyqpu_cli.clouds import ask_for_lists, platform_names
from anyqpu_cli.listing import MANY, Listing
from anyqpu_cli.output import show
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import checked_provider, did_you_mean, handle_of
from anyqpu_cli.times import spell, when
from anyqpu_cli.waiting import print_job, show_end, show_outcome

if TYPE_CHECKING:
    from anyqpu.providers.kipu import KipuClient
    from anyqpu_cli.setup import Client

# How many of the newest jobs are looked through for those of one status.
FAR = 1000


async def list_jobs(setup: Setup, provider: str | None, *, limit: int, status: str | None) -> None:
    """Print the newest jobs of a cloud, or of all."""
    wanted = _checked_status(status)
    listing = Listing(setup, ("JOB", "STATUS", "DEVICE", "SHOTS", "SUBMITTED", "NAME"), fields.of_job, _row, ("SHOTS",))
    if provider is not None and limit > MANY:
        async with setup.connect(checked_provider(provider)) as client:
            await listing.stream(_each_newest(client, limit, wanted))
        return
    listing.show(
        await ask_for_lists(setup, provider, lambda client: _newest(client, limit, wanted), needs="job_listing")
    )


def _row(job: Job) -> tuple[object, ...]:
    submitted = when(job.created_at) if job.created_at else None
    return (_short(job), job.status, job.device_id, job.shots, submitted, job.name)


async def watch_jobs(
    setup: Setup, provider: str | None, *, limit: int, status: str | None, every: float, timeout: float | None
) -> None:
    """Print the newest jobs, and then each that is new or has another state, until interrupted or timed out."""
    wanted = _checked_status(status)
    if not 0 < every < math.inf:
        raise ValidationError(f"--every is in seconds, more than 0, not {every:g}")
    seen: dict[str, str] = {}

    async def newest(client: Client) -> list[Job]:
        return await _newest(client, limit, None)

    async def look() -> None:
        # What passes does not end the watch.
        try:
            found = await ask_for_lists(setup, provider, newest, needs="job_listing")
        except AnyQPUError as error:
            if not (seen and error.retryable):
                raise
            setup.note(f"anyqpu: {error}")
            return
        # Oldest first, so that what is new stands at the end.
        for job in reversed(found):
            if seen.get(job.id) != job.raw_status and (wanted is None or job.status is wanted):
                _print_change(setup, job)
            seen[job.id] = job.raw_status

    setup.left_behind = "Stopped watching."
    # What there is now is always seen, however short the time.
    await look()
    with anyio.move_on_after(timeout):
        while True:
            await anyio.sleep(every)
            await look()


def _print_change(setup: Setup, job: Job) -> None:
    if setup.as_json:
        fields.print_json(fields.of_job(job), line=True)
    else:
        words = (f"{datetime.now():%H:%M:%S}", _short(job), job.status, job.device_id or "-", job.name or "")
        show("  ".join(plain(word) for word in words).rstrip(), flush=True)


async def _newest(client: Client, limit: int, status: JobStatus | None) -> list[Job]:
    return [job async for job in _each_newest(client, limit, status)]


async def _each_newest(client: Client, limit: int, status: JobStatus | None) -> AsyncIterator[Job]:
    found = looked = 0
    pager = cast("KipuClient", client).jobs(sort=["created_at,desc"]) if client.provider == "kipu" else client.jobs()
    async for job in pager:
        looked += 1
        if status is None or job.status is status:
            found += 1
            yield job
        if found >= limit or looked >= max(FAR, limit):
            break


def _checked_status(word: str | None) -> JobStatus | None:
    if word is None:
        return None
    known = [str(each) for each in JobStatus]
    if word.lower() not in known:
        raise ValidationError(f"there is no status {word!r}", hint=did_you_mean(word, known))
    return JobStatus(word.lower())


def _short(job: Job) -> str:
    return str(job.handle).partition("?")[0]


async def show_job(setup: Setup, words: Sequence[str]) -> None:
    """Print what is known of a job."""

    async def show_facts(client: Client, job: Job) -> None:
        if setup.as_json:
            fields.print_json(fields.of_job(job))
            return
        show(job.handle)
        facts = {
            "status": f"{job.status} ({job.raw_status})",
            "message": job.status_message,
            "failure": "; ".join(job.failure.messages) or job.failure.kind if job.failure else None,
            "device": job.device_id and f"{job.provider}:{job.device_id}",
            "session": job.session_id,
            "name": job.name,
            "tags": ", ".join(job.tags) or None,
            "shots": job.shots,
            "queue": None if job.queue_position is None else f"{job.queue_position} ahead",
            "progress": None if job.progress is None else f"{job.progress:.0%}",
            "submitted": job.created_at and when(job.created_at),
            "started": job.started_at and when(job.started_at),
            "ended": job.ended_at and when(job.ended_at),
            "ran for": job.execution_time and spell(job.execution_time),
        }
        show("\n".join(f"  {name:<9}  {plain(fact)}" for name, fact in facts.items() if fact is not None))

    await _with_job(setup, words, show_facts)


async def wait_for_job(setup: Setup, words: Sequence[str], *, timeout: float | None) -> None:
    """Wait for a job and print how it ended."""
    await _with_job(setup, words, lambda client, job: show_end(setup, client, job, timeout))


async def cancel_job(setup: Setup, words: Sequence[str]) -> None:
    """Cancel a job and print it."""

    async def cancel(client: Client, job: Job) -> None:
        print_job(setup, await job.cancel())

    await _with_job(setup, words, cancel)


async def result_of_job(setup: Setup, words: Sequence[str], *, timeout: float | None, announce: bool = False) -> None:
    """Wait for a job's result and print it."""

    async def show_result(client: Client, job: Job) -> None:
        if announce:
            setup.note(f"{job.handle}  {job.status}")
        await show_outcome(setup, client, job, timeout)

    await _with_job(setup, words, show_result)


async def _with_job(setup: Setup, words: Sequence[str], act: Callable[[Client, Job], Awaitable[None]]) -> None:
    handle = handle_of(words)
    async with setup.connect(handle.provider, handle.profile) as client:
        try:
            job = await client.resume(handle)
        except NotFoundError as error:
            if error.hint is None and client.capabilities.job_listing:
                error.hint = f"`anyqpu jobs {client.provider}` lists those that there are"
            raise
        await act(client, job)


async def list_sessions(setup: Setup, provider: str | None, *, limit: int) -> None:
    """Print the sessions of a cloud, or of all."""
    names: dict[str, str] = {}

    async def question(client: Client) -> list[Session]:
        pager = client.sessions()
        found = await pager.collect(limit=limit)
        if found and not setup.as_json:
            names.update(await platform_names(client))
        return found

    def row(session: Session) -> tuple[object, ...]:
        opened, ends = session.created_at and when(session.created_at), session.expires_at and when(session.expires_at)
        id, device = f"{session.provider}:{session.id}", names.get(session.device_id or "", session.device_id)
        return (id, session.status, device, session.waiting_jobs, opened, ends)

    head = ("SESSION", "STATUS", "DEVICE", "WAITING", "OPENED", "ENDS")
    listing = Listing(setup, head, fields.of_session, row, right=("WAITING",))
    listing.show(await ask_for_lists(setup, provider, question, needs="sessions"))

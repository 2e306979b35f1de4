"""`anyqpu jobs`, `anyqpu job` and `anyqpu resume`."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import anyio

from anyqpu.errors import AnyQPUError, JobError, ValidationError
from anyqpu.model.job import Job
from anyqpu.model.status import JobStatus
from anyqpu_cli.clouds import list_from_providers
from anyqpu_cli.columns import Column, short_ids
from anyqpu_cli.listing import STREAM_ABOVE, Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.prefixes import find_job
from anyqpu_cli.sessions import close_if_idle
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import cut, plain
from anyqpu_cli.target import check_provider, did_you_mean, parse_handle
from anyqpu_cli.times import format_distance, format_duration, format_time
from anyqpu_cli.waiting import print_job, show_final_state, show_result_of
from anyqpu_cli.widths import terminal_width, wrapped
from anyqpu_cli.words import error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# The newest jobs that are searched for those of one status.
SEARCHED_JOBS = 1000


def _short(job: Job) -> str:
    return job.handle.short.partition("?")[0]


COLUMNS: Sequence[Column[Job]] = (
    Column(name="JOB", value=_short, reference=lambda job: (job.provider, job.id)),
    Column(name="STATUS", value=lambda job: job.status, rank=1),
    Column(name="DEVICE", value=lambda job: job.device_id, rank=3, least=13),
    Column(name="SHOTS", value=lambda job: job.shots, right=True, rank=4),
    Column(
        name="SUBMITTED",
        value=lambda job: job.created_at and format_time(job.created_at),
        compact=lambda job: job.created_at and format_distance(job.created_at),
        rank=2,
    ),
    Column(name="NAME", value=lambda job: job.name, rank=5, least=8),
    Column(name="SESSION", value=lambda job: job.session_id, rank=6, is_extra=True),
    Column(name="TAGS", value=lambda job: ", ".join(job.tags), rank=6, least=8, is_extra=True),
    Column(name="QUEUE", value=lambda job: job.queue_position, right=True, rank=6, is_extra=True),
    Column(
        name="STARTED",
        value=lambda job: job.started_at and format_time(job.started_at),
        compact=lambda job: job.started_at and format_distance(job.started_at),
        rank=6,
        is_extra=True,
    ),
    Column(
        name="ENDED",
        value=lambda job: job.ended_at and format_time(job.ended_at),
        compact=lambda job: job.ended_at and format_distance(job.ended_at),
        rank=6,
        is_extra=True,
    ),
)


async def list_jobs(
    setup: Setup,
    provider: str | None,
    *,
    limit: int,
    status: str | None,
    columns: str | None = None,
    full_ids: bool = False,
) -> None:
    """Print the newest jobs of one provider, or of all."""
    wanted = _checked_status(status)
    listing = Listing(setup, COLUMNS, Job.to_dict, names=columns, full_ids=full_ids)
    if provider is not None and limit > STREAM_ABOVE:
        async with setup.connect(check_provider(provider)) as client:
            await listing.stream(_newest(client, limit, wanted))
        return

    async def query(client: Client) -> list[Job]:
        return [job async for job in _newest(client, limit, wanted)]

    listing.show(await list_from_providers(setup, provider, query, needs="job_listing"))


async def watch_jobs(
    setup: Setup, provider: str | None, *, limit: int, status: str | None, every: float, timeout: float | None
) -> None:
    """Print the newest jobs, then every new or changed job, until interrupted or timed out."""
    wanted = _checked_status(status)
    if not 0 < every < math.inf:
        raise ValidationError(f"invalid --every {every:g}: expected seconds, more than 0")
    statuses: dict[tuple[str, str], str] = {}

    async def query(client: Client) -> list[Job]:
        return [job async for job in _newest(client, limit, None)]

    async def poll() -> None:
        try:
            jobs = await list_from_providers(setup, provider, query, needs="job_listing")
        except AnyQPUError as error:
            # A temporary error does not end the watch.
            if not (statuses and error.retryable):
                raise
            setup.note(f"anyqpu: {error_text(error)}")
            return
        references = sorted({*statuses, *((job.provider, job.id) for job in jobs)})
        names = dict(zip(references, short_ids(references), strict=True))
        # Oldest first, so that the newest is the last line.
        for job in reversed(jobs):
            reference = (job.provider, job.id)
            if statuses.get(reference) != job.raw_status and (wanted is None or job.status is wanted):
                _print_change(setup, job, names[reference])
            statuses[reference] = job.raw_status

    setup.interrupt_note = "Stopped watching."
    # The first poll is outside the timeout: even `--timeout 0` prints the present jobs.
    await poll()
    with anyio.move_on_after(timeout):
        while True:
            await anyio.sleep(every)
            await poll()


def _print_change(setup: Setup, job: Job, short_id: str) -> None:
    if setup.as_json:
        show_json(job.to_dict(), line=True)
        return
    width = terminal_width()
    name = _short(job) if width is None else short_id
    columns = (f"{datetime.now():%H:%M:%S}", name, job.status, job.device_id or "-", job.name or "")
    line = "  ".join(plain(column) for column in columns).rstrip()
    show(line if width is None else cut(line, width), flush=True)


async def _newest(client: Client, limit: int, status: JobStatus | None) -> AsyncIterator[Job]:
    matches = searched = 0
    async for job in client.jobs():
        searched += 1
        if status is None or job.status is status:
            matches += 1
            yield job
        if matches >= limit or searched >= max(SEARCHED_JOBS, limit):
            break


def _checked_status(word: str | None) -> JobStatus | None:
    if word is None:
        return None
    statuses = [str(status) for status in JobStatus]
    if word.lower() not in statuses:
        raise ValidationError(f"there is no status {word!r}", hint=did_you_mean(word, statuses))
    return JobStatus(word.lower())


async def show_job(setup: Setup, reference: Sequence[str]) -> None:
    """Print what is known of a job."""

    async def print_facts(client: Client, job: Job) -> None:
        if setup.as_json:
            show_json(job.to_dict())
            return
        show(job.handle.short)
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
            "submitted": job.created_at and format_time(job.created_at),
            "started": job.started_at and format_time(job.started_at),
            "ended": job.ended_at and format_time(job.ended_at),
            "ran for": job.execution_time and format_duration(job.execution_time),
        }
        show("\n".join(wrapped(f"  {name:<9}  {plain(fact)}", 13) for name, fact in facts.items() if fact is not None))

    await _with_job(setup, reference, print_facts, ends=False)


async def wait_for_job(setup: Setup, reference: Sequence[str], *, timeout: float | None) -> None:
    """Wait for a job and print its final state."""
    await _with_job(setup, reference, lambda client, job: show_final_state(setup, client, job, timeout))


async def cancel_job(setup: Setup, reference: Sequence[str]) -> None:
    """Cancel a job and print it."""

    async def cancel(client: Client, job: Job) -> None:
        print_job(setup, await job.cancel())
        await close_if_idle(setup, client, job, cancelled=True)

    await _with_job(setup, reference, cancel, ends=False)


async def result_of_job(
    setup: Setup, reference: Sequence[str], *, timeout: float | None, announce: bool = False
) -> None:
    """Wait for a job's result and print it."""

    async def print_result(client: Client, job: Job) -> None:
        if announce:
            setup.note(f"{job.handle.short}  {job.status}")
        await show_result_of(setup, client, job, timeout)

    await _with_job(setup, reference, print_result)


async def _with_job(
    setup: Setup, reference: Sequence[str], act: Callable[[Client, Job], Awaitable[None]], *, ends: bool = True
) -> None:
    """Do something with a job; `ends`: the job has ended then, and with it the session that its submit opened."""
    handle = parse_handle(reference)
    async with setup.connect(handle.provider, handle.profile) as client:
        job = await find_job(setup, client, handle)
        try:
            await act(client, job)
        except JobError:
            await close_if_idle(setup, client, job)
            raise
        if ends:
            await close_if_idle(setup, client, job)

"""`anyqpu sessions`: list, show, close, drain."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from anyqpu.errors import AnyQPUError, NotFoundError
from anyqpu.model.job import Job
from anyqpu.model.session import Session
from anyqpu_cli.clouds import list_from_providers, platform_names
from anyqpu_cli.columns import Column
from anyqpu_cli.consent import confirm
from anyqpu_cli.listing import Listing
from anyqpu_cli.output import show, show_json
from anyqpu_cli.prefixes import find_session
from anyqpu_cli.setup import Setup
from anyqpu_cli.tables import plain
from anyqpu_cli.target import split_reference
from anyqpu_cli.times import format_distance, format_duration, format_time
from anyqpu_cli.widths import wrapped
from anyqpu_cli.words import error_text

if TYPE_CHECKING:
    from anyqpu.core.client import Client

# Jobs of a session that are searched for those that have not ended.
SEARCHED_JOBS = 1000


async def list_sessions(
    setup: Setup, provider: str | None, *, limit: int, columns: str | None = None, full_ids: bool = False
) -> None:
    """Print the sessions of one provider, or of all."""
    names: dict[str, str] = {}
    listing = Listing(setup, _columns(names), Session.to_dict, names=columns, full_ids=full_ids)

    async def query(client: Client) -> list[Session]:
        sessions = await client.sessions().collect(limit=limit)
        if sessions and not setup.as_json:
            names.update(await platform_names(client))
        return sessions

    listing.show(await list_from_providers(setup, provider, query, needs="sessions"))


def _columns(names: Mapping[str, str]) -> Sequence[Column[Session]]:
    """Return the columns of sessions; `names` are names of devices by their identifiers."""
    return (
        Column(
            name="SESSION",
            value=lambda session: f"{session.provider}:{session.id}",
            reference=lambda session: (session.provider, session.id),
        ),
        Column(name="STATUS", value=lambda session: session.status, rank=1),
        Column(
            name="DEVICE",
            value=lambda session: names.get(session.device_id or "", session.device_id),
            rank=4,
            least=13,
        ),
        Column(name="WAITING", value=lambda session: session.waiting_jobs, right=True, rank=6),
        Column(
            name="OPENED",
            value=lambda session: session.created_at and format_time(session.created_at),
            compact=lambda session: session.created_at and format_distance(session.created_at),
            rank=5,
        ),
        Column(
            name="ENDS",
            value=lambda session: session.ends_at and format_time(session.ends_at),
            compact=lambda session: session.ends_at and format_distance(session.ends_at),
            rank=3,
        ),
        Column(name="MAY COST", value=lambda session: session.may_still_cost, right=True, rank=2),
        Column(name="FINISHED", value=lambda session: session.finished_jobs, right=True, rank=7, is_extra=True),
        Column(name="MODE", value=lambda session: session.mode, rank=7, is_extra=True),
        Column(name="TAGS", value=lambda session: ", ".join(session.tags), rank=7, least=8, is_extra=True),
        Column(name="RESERVATION", value=lambda session: session.reservation_id, rank=7, is_extra=True),
    )


async def show_session(setup: Setup, reference: Sequence[str]) -> None:
    """Print what is known of a session."""

    async def print_facts(client: Client, session: Session) -> None:
        if setup.as_json:
            show_json(session.to_dict())
            return
        device = session.device_id
        if device is not None:
            device = f"{session.provider}:{(await platform_names(client)).get(device, device)}"
        facts = {
            "status": f"{session.status} ({session.raw_status})",
            "device": device,
            "mode": session.mode,
            "takes jobs": None if session.accepts_jobs is None else "yes" if session.accepts_jobs else "no",
            "waiting": session.waiting_jobs,
            "finished": session.finished_jobs,
            "opened": session.created_at and format_time(session.created_at),
            "started": session.started_at and format_time(session.started_at),
            "closed": session.closed_at and format_time(session.closed_at),
            "ends": session.ends_at and format_time(session.ends_at),
            "may cost": session.may_still_cost and f"{session.may_still_cost} until then",
            "used": session.usage and format_duration(session.usage),
            "booking": session.reservation_id,
            "tags": ", ".join(session.tags) or None,
        }
        show(plain(f"{session.provider}:{session.id}"))
        show("\n".join(wrapped(f"  {name:<10}  {plain(fact)}", 14) for name, fact in facts.items() if fact is not None))

    await _with_session(setup, reference, print_facts)


async def close_session(setup: Setup, reference: Sequence[str], *, yes: bool) -> None:
    """End a session and print it; ask first if jobs in it have not ended."""

    async def close(client: Client, session: Session) -> None:
        if not session.status.is_terminal:
            if not yes and (unfinished := await count_unfinished(client, session)):
                jobs = "1 job has" if unfinished == 1 else f"{unfinished} jobs have"
                await confirm(
                    f"{jobs} not ended in session {session.id}, and may be cancelled with it",
                    "Close it",
                    hint="Confirm it with --yes",
                    otherwise="The session stays open.",
                )
            setup.interrupt_note = f"Stopped while closing: check `anyqpu sessions show {client.provider}:{session.id}`"
            await client.close_session(session)
            session = await client.get_session(session.id)
        print_session(setup, session)

    await _with_session(setup, reference, close)


async def drain_session(setup: Setup, reference: Sequence[str]) -> None:
    """Let a session take no more jobs, and print it."""

    async def drain(client: Client, session: Session) -> None:
        print_session(setup, session if session.status.is_terminal else await client.drain_session(session))

    await _with_session(setup, reference, drain)


async def count_unfinished(client: Client, session: Session, *, ignored: str | None = None) -> int:
    """Return the number of jobs of a session that have not ended, among its newest; one may be ignored."""
    count = searched = 0
    async for job in client.session_jobs(session):
        count += not job.status.is_terminal and job.id != ignored
        searched += 1
        if searched >= SEARCHED_JOBS:
            break
    return count


async def close_if_idle(setup: Setup, client: Client, job: Job, *, cancelled: bool = False) -> None:
    """Close the session of a job if a `submit` opened it, perhaps in another process, and no job in it is unfinished.

    A session that the user opened stays. `cancelled`: this job was cancelled, and may take a while to end.
    """
    if job.session_id is None or not client.capabilities.sessions:
        return
    name = f"{client.provider}:{job.session_id}"
    try:
        session = await client.get_session(job.session_id)
        ignored = job.id if cancelled else None
        is_ours = session.is_from_submit and not session.status.is_terminal
        if is_ours and not await count_unfinished(client, session, ignored=ignored):
            await client.close_session(session)
    except NotFoundError:
        return  # it was deleted
    except AnyQPUError as error:
        setup.note(f"anyqpu: {error_text(error)}")
        setup.note(f"The session of the job may be open, and cost: `anyqpu sessions close {name}` ends it")


def print_session(setup: Setup, session: Session) -> None:
    """Print a session and its status on one line; with --quiet the session alone."""
    name = plain(f"{session.provider}:{session.id}")
    if setup.as_json:
        show_json(session.to_dict())
    else:
        show(name if setup.quiet else f"{name}  {session.status}")


async def _with_session(
    setup: Setup, reference: Sequence[str], act: Callable[[Client, Session], Awaitable[None]]
) -> None:
    provider, id = split_reference(reference)
    async with setup.connect(provider) as client:
        session = await find_session(setup, client, id)
        await act(client, session)

"""Identifiers by their first characters, as tables on a terminal show them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterable, Callable
from typing import TYPE_CHECKING, TypeVar

from anyqpu.errors import AnyQPUError, NotFoundError, UnsupportedOperationError, ValidationError
from anyqpu.model.device import Device
from anyqpu.model.handle import JobHandle
from anyqpu.model.job import Job
from anyqpu.model.reservation import Reservation
from anyqpu.model.session import Session
from anyqpu_cli.columns import LONG_ID
from anyqpu_cli.setup import Setup

if TYPE_CHECKING:
    from anyqpu.core.client import Client

T = TypeVar("T")

# A shorter text is never taken for the begin of an identifier.
LEAST_PREFIX = 4
# Items of a list that are searched: the newest, in a few requests.
SEARCHED = 1000
# Matches that an error lists.
LISTED = 5
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
# What providers respond to an identifier that they do not have, or that has not their form.
_UNKNOWN = (NotFoundError, ValidationError)


async def find_job(setup: Setup, client: Client, handle: JobHandle) -> Job:
    """Return the job of a handle, or the only one in the provider's list whose identifier begins with its.

    Raises:
        NotFoundError: There is no such job.
        ValidationError: Several identifiers begin so; the message lists them.
    """
    try:
        return await client.resume(handle)
    except _UNKNOWN as error:
        listed = client.capabilities.job_listing
        if not listed or handle.kind != "job" or not _may_be_prefix(handle.id, error):
            raise _with_hint(error, "jobs", client, listed=listed) from None
        return await _search(
            setup, client, handle.id, items=client.jobs(), kind="jobs", id_of=lambda job: job.id, error=error
        )


async def find_session(setup: Setup, client: Client, id: str) -> Session:
    """Return a session by its identifier or the first characters of it; raises what `find_job` raises."""
    try:
        return await client.get_session(id)
    except _UNKNOWN as error:
        if not _may_be_prefix(id, error):
            raise _with_hint(error, "sessions", client) from None
        return await _search(
            setup, client, id, items=client.sessions(), kind="sessions", id_of=lambda session: session.id, error=error
        )


async def find_reservation(setup: Setup, client: Client, id: str) -> Reservation:
    """Return a reservation by its identifier or the first characters of it; raises what `find_job` raises."""
    try:
        return await client.reservation(id)
    except _UNKNOWN as error:
        if not _may_be_prefix(id, error):
            raise _with_hint(error, "reservations", client) from None
        return await _search(
            setup, client, id, items=client.reservations(), kind="reservations", id_of=lambda item: item.id, error=error
        )


async def find_device(setup: Setup, client: Client, id: str) -> Device:
    """Return a device by its name or the first characters of it; raises what `find_job` raises."""
    try:
        return await client.device(id)
    except NotFoundError as error:
        if len(id) < LEAST_PREFIX:
            raise
        names = {device.target.partition(":")[2]: device async for device in client.devices()}
        matches = [name for name in names if name.startswith(id)]
        if not matches:
            raise error from None
        _check_unique(client, id, matches, "devices")
        setup.note(f"{client.provider}:{id} is {client.provider}:{matches[0]}")
        # Lists have less than the description of one device.
        return await client.device(names[matches[0]].id)


def _may_be_prefix(id: str, error: AnyQPUError) -> bool:
    # Without a status, the error is not the provider's, and a list would not help.
    return len(id) >= LEAST_PREFIX and not _UUID.fullmatch(id) and error.status_code is not None


async def _search(
    setup: Setup,
    client: Client,
    prefix: str,
    *,
    items: AsyncIterable[T],
    kind: str,
    id_of: Callable[[T], str],
    error: AnyQPUError,
) -> T:
    """Return the only item of a list whose identifier begins with a prefix; raises `error` without one."""
    matches: dict[str, T] = {}
    searched = 0
    try:
        async for item in items:
            searched += 1
            id = id_of(item)
            # A short identifier is a number, perhaps a mistyped one.
            if len(id) >= LONG_ID and id.startswith(prefix):
                matches[id] = item
            if searched >= SEARCHED:
                break
    except UnsupportedOperationError:
        raise error from None
    extent = f"the newest {searched} {kind}" if searched >= SEARCHED else f"the {searched} {kind} of {client.provider}"
    if not matches:
        if error.hint is None:
            error.hint = f"It begins no identifier of {extent}; {_list_hint(kind, client.provider)}"
        raise error from None
    _check_unique(client, prefix, list(matches), kind)
    [(id, item)] = matches.items()
    setup.note(f"{client.provider}:{prefix} is {client.provider}:{id}, the only match among {extent}")
    return item


def _check_unique(client: Client, prefix: str, matches: list[str], kind: str) -> None:
    if len(matches) == 1:
        return
    listed = [f"{client.provider}:{id}" for id in matches[:LISTED]]
    more = f" and {len(matches) - LISTED} more" if len(matches) > LISTED else ""
    raise ValidationError(
        f"{len(matches)} {kind} begin with {prefix!r}: {', '.join(listed)}{more}",
        provider=client.provider,
        hint="Give more characters",
    )


def _with_hint(error: AnyQPUError, kind: str, client: Client, *, listed: bool = True) -> AnyQPUError:
    if listed and error.hint is None and isinstance(error, NotFoundError):
        error.hint = _list_hint(kind, client.provider)
    return error


def _list_hint(kind: str, provider: str) -> str:
    hints = {
        "jobs": f"`anyqpu jobs {provider}` lists the jobs",
        "sessions": f"`anyqpu sessions {provider}` lists the sessions",
        "reservations": f"`anyqpu reservations {provider}` lists the reservations",
    }
    return hints[kind]

"""Requests that change something and return it: the change counts, not the body of its response."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TypeVar

from anyqpu.errors import UnexpectedResponseError

R = TypeVar("R")
T = TypeVar("T")


async def changed(change: Awaitable[R], read: Callable[[R | None], T], fetch: Callable[[], Awaitable[T]]) -> T:
    """Return what a change left behind, fetched where the response of the change has no readable body.

    A success without a body, or with one of another form, is a success all the same: the change was made.

    Args:
        change: The call that changes something. Not for submits: after those the outcome is unknown.
        read: Maps the response; raises `UnexpectedResponseError` for one that it cannot read, such as None.
        fetch: Gets what was changed.

    Raises:
        AnyQPUError: The change or the fetch failed.
    """
    try:
        return read(await change)
    except UnexpectedResponseError as error:
        if not _is_success(error):
            raise
    return await fetch()


async def made(change: Awaitable[object]) -> None:
    """Make a change whose response is not needed: a success whose body cannot be read is a success."""
    try:
        await change
    except UnexpectedResponseError as error:
        if not _is_success(error):
            raise


def _is_success(error: UnexpectedResponseError) -> bool:
    if error.operation == "token":
        # The token endpoint could not be read, so that the change was never sent.
        return False
    # Without a status, the error is about a body that was read: the transport names the status of all others.
    return error.status_code is None or 200 <= error.status_code < 300

"""Submitting costs money: it is sent once, and looked up where it is not known whether it arrived."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar

import anyio

from anyqpu._checks import check_number
from anyqpu.errors import (
    AnyQPUError,
    ConnectError,
    ReadTimeoutError,
    ServerError,
    SubmissionUnknownError,
    TransportError,
    UnexpectedResponseError,
)

T = TypeVar("T")

logger = logging.getLogger("anyqpu")

KEY_PREFIX = "anyqpu-"


@dataclass(frozen=True, slots=True)
class Search:
    """How long to look for a submission that may have arrived: `tries` looks, `pause` seconds before each."""

    tries: int = 4
    pause: float = 1.0
    sleep: Callable[[float], Awaitable[None]] = field(default=anyio.sleep, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_number("tries of a search", self.tries, at_least=0, whole=True)
        check_number("pause of a search", self.pause, at_least=0, unit="seconds")


def new_key() -> str:
    """A key that no other submission has; it goes where the cloud has room for one, such as a tag."""
    return KEY_PREFIX + secrets.token_hex(16)


def key_among(tags: tuple[str, ...] | list[str]) -> str | None:
    """The key among a job's tags; None if it was not submitted by this library."""
    return next((tag for tag in tags if is_key(tag)), None)


def is_key(tag: str) -> bool:
    """Whether a tag is a key of ours and not one of the user's own."""
    return tag.startswith(KEY_PREFIX) and len(tag) == len(KEY_PREFIX) + 32


def outcome_is_unknown(error: AnyQPUError) -> bool:
    """Whether the cloud may have done what it was asked, although this is what came back."""
    if isinstance(error, ConnectError):
        return False
    if isinstance(error, TransportError | ServerError):
        return True
    # A success whose body cannot be read is a success all the same.
    return isinstance(error, UnexpectedResponseError) and (error.status_code or 0) < 400


async def submit_once(
    send: Callable[[], Awaitable[T]],
    find: Callable[[str, datetime], Awaitable[T | None]],
    *,
    key: str,
    provider: str,
    search: Search | None = None,
    timeout: float | None = None,
) -> T:
    """What was submitted: the cloud's answer, or what `find` finds under the key where the answer was lost.

    Args:
        send: Submits, with the key in it. Called once.
        find: Looks for the key among what was submitted since a moment; None if it is not there.
        timeout: Seconds after which the answer counts as lost.

    Raises:
        SubmissionUnknownError: It may exist, but was not found. Sending again is the caller's decision.
        AnyQPUError: It was refused, or certainly never arrived.
    """
    search = search or Search()
    since = datetime.now(UTC)
    try:
        with anyio.move_on_after(timeout):
            return await send()
        raise ReadTimeoutError(f"no answer within {timeout:g} s", provider=provider)
    except AnyQPUError as error:
        if not outcome_is_unknown(error):
            raise
        lost = error
    logger.warning("%s: no answer to a submit (%s); looking for key %s", provider, type(lost).__name__, key)
    for _ in range(search.tries):
        await search.sleep(search.pause)
        try:
            found = await find(key, since)
        except AnyQPUError as error:
            if not error.retryable:
                break
            continue
        if found is not None:
            return found
    until = datetime.now(UTC)
    raise SubmissionUnknownError(
        f"the submit may have arrived, but nothing with its key was found: {lost.message}",
        dedup_key=key,
        since=since,
        until=until,
        provider=provider,
        operation=lost.operation,
        status_code=lost.status_code,
        request_id=lost.request_id,
        body=lost.body,
        hint=f"Look for the key {key} before you submit again",
    )

"""Submit once: what costs money is sent once, and searched for by its key where the outcome is unknown."""

from __future__ import annotations

import itertools
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ParamSpec, Protocol, TypeVar, cast

import anyio

from anyqpu._checks import check_number
from anyqpu.core.submit_timeout import RESERVED_SECONDS, RESERVED_SHARE, own_limit, too_late
from anyqpu.errors import (
    AnyQPUError,
    AuthenticationError,
    ClientStateError,
    ConfigError,
    ConnectError,
    PermissionDeniedError,
    ServerError,
    SubmissionUnknownError,
    TransportError,
    UnexpectedResponseError,
    ValidationError,
)
from anyqpu.model.polling import PollPolicy
from anyqpu.transport import exchange
from anyqpu.transport.send_guard import BeforeSend, SendGuard, SendStoppedError
from anyqpu.waiting import Clock, LoopClock, Phase, Subject, poll_until

P = ParamSpec("P")
S = TypeVar("S")
S_co = TypeVar("S_co", covariant=True)
T = TypeVar("T")

logger = logging.getLogger("anyqpu")

# Clocks differ, and some providers' times have whole seconds.
SKEW = timedelta(minutes=5)
# Another attempt of the search gives the same error.
FATAL = (AuthenticationError, ClientStateError, ConfigError, PermissionDeniedError, ValidationError)


@dataclass(frozen=True, slots=True)
class Search:
    """How long to search for a submit whose outcome is unknown.

    Attributes:
        tries: How often; 0 turns the search off.
        pause: Seconds before each.
        total: Seconds for the whole search, its requests included. A submit with a `timeout` keeps a quarter of that,
            at most 5 s, for its search.
    """

    tries: int = 4
    pause: float = 1.0
    total: float = 60.0

    def __post_init__(self) -> None:
        check_number("tries of a search", self.tries, at_least=0, whole=True)
        check_number("pause of a search", self.pause, at_least=0, unit="seconds")
        check_number("total of a search", self.total, at_least=0, unit="seconds")


async def submit_once(
    send: Callable[[], Awaitable[T]],
    find: Callable[[str, datetime], Awaitable[T | None]] | None,
    *,
    key: str,
    provider: str,
    search: Search | None = None,
    clock: Clock | None = None,
    timeout: float | None = None,
    hint: str | None = None,
    before_send: BeforeSend | None = None,
) -> T:
    """Send a submit once; return what the provider made of it, or what `find` finds where the outcome is unknown.

    Whatever happens after the request began to be sent, other than a refusal, leaves the outcome unknown: a lost
    connection, a server error, a response that cannot be read, a failing hook. What happens before, such as a login
    that fails, is raised as it is.

    Args:
        send: Submits, with the key in it. Called once.
        find: Looks for the key among what was submitted since a moment; None where a provider has no field for a key.
        key: Logged before the request is sent; carried by the error, or the cancellation, that ends it: as `error.key`,
            or as a note.
        provider: For the error.
        search: How long to search.
        clock: Time, for the pauses of the search.
        timeout: Seconds for all of it. A quarter of it, at most 5 s, is kept for the search.
        hint: What to do, in the error, in place of looking for the key.
        before_send: Awaited right before the request is sent. Its method `check`, if it has one, is called before each
            write to the socket. What either raises ends the submit, and is raised as it is.

    Raises:
        SubmissionUnknownError: It may exist, but was not found. Sending again is the caller's decision.
        AnyQPUError: It was refused, or certainly never sent.
    """
    since = datetime.now(UTC)
    logger.debug("%s: submitting with key %s", provider, key)
    sending = exchange.Sending(guard=None if before_send is None else SendGuard(before_send))
    try:
        with own_limit(timeout) as deadline:
            with exchange.watch_sending(sending):
                lost = await _sent(send, sending, deadline, timeout, provider)
            if isinstance(lost, _Sent):
                return cast("T", lost.value)
            logger.warning("%s: unknown outcome of a submit (%s); looking for key %s", provider, lost.reason, key)
            job = (
                None
                if find is None
                else await _searched(
                    find, key, since, search or Search(), deadline=deadline, clock=clock or LoopClock()
                )
            )
    except BaseException as error:
        # Cancelled, or interrupted from the keyboard: the one thing that must not be lost is the key.
        if isinstance(error, AnyQPUError):
            error.key = key
        elif sending.may_have_arrived and not isinstance(error, Exception):
            logger.warning("%s: a submit was cancelled after it was sent; its key is %s", provider, key)
            error.add_note(f"the submit to {provider} may have arrived; its key is {key}")
        raise
    if job is not None:
        return job
    raise _unknown(lost, key=key, since=since, provider=provider, searched=find is not None, hint=hint)


@dataclass(frozen=True, slots=True)
class _Sent:
    """What a submit returned."""

    value: Any


@dataclass(frozen=True, slots=True)
class _Lost:
    """Why the outcome of a submit is unknown."""

    reason: str
    message: str
    error: AnyQPUError | None


async def _sent(
    send: Callable[[], Awaitable[Any]], sending: exchange.Sending, deadline: float, timeout: float | None, provider: str
) -> _Sent | _Lost:
    now = anyio.current_time()
    left = deadline - now
    reserved = min(RESERVED_SECONDS, RESERVED_SHARE * left)
    last = now + left - reserved
    stopped: SendStoppedError | None = None
    try:
        # Calls end by themselves, with their own errors; the scope is for what is not a call.
        with exchange.until(last), anyio.move_on_after(None if math.isinf(left) else left - reserved / 2):
            return _Sent(await send())
    except SendStoppedError as error:
        stopped = error
    except AnyQPUError as error:
        if not _may_have_arrived(sending, error):
            raise
        return _Lost(type(error).__name__, error.message, error)
    except Exception as error:
        if not sending.may_have_arrived:
            raise
        # Not ours, such as one of a hook or of a mapping. Its text may hold anything.
        return _Lost(type(error).__name__, "the response could not be handled", None)
    if stopped is not None:
        # Not in the handler, so that what the caller raised stays as it was.
        raise stopped.original
    late = too_late(provider, timeout if timeout is not None else left)
    if sending.may_have_arrived is False:
        raise late
    return _Lost(type(late).__name__, f"no response within {left - reserved:.3g} s", late)


def _may_have_arrived(sending: exchange.Sending, error: AnyQPUError) -> bool:
    """What the transport says; for requests of other kinds, what the error says."""
    if isinstance(error, ConnectError):
        return False
    if sending.may_have_arrived is not None:
        return sending.may_have_arrived
    unreadable = isinstance(error, UnexpectedResponseError) and (error.status_code or 0) < 400
    return unreadable or isinstance(error, TransportError | ServerError)


async def _searched(
    find: Callable[[str, datetime], Awaitable[T | None]],
    key: str,
    since: datetime,
    search: Search,
    *,
    deadline: float,
    clock: Clock,
) -> T | None:
    """Return what is found under the key, in as many attempts as the time allows; failed ones do not end the search."""
    left = max(0.0, min(search.total, deadline - anyio.current_time()))
    pause = min(search.pause, left / (search.tries + 1))
    attempts = itertools.count(1)
    is_over = search.tries == 0

    async def attempt() -> T | None:
        nonlocal is_over
        is_over = next(attempts) >= search.tries
        try:
            return await find(key, since)
        except FATAL as error:
            logger.warning("the search for key %s ended: %s", key, type(error).__name__)
            is_over = True
        except Exception as error:
            logger.info("an attempt to find key %s failed (%s)", key, type(error).__name__)
        return None

    subject = Subject["T | None"](
        name=f"submit with key {key}",
        # Each attempt counts as a change, so that the last one ends the search whatever it finds.
        state=lambda job: (job is not None, is_over),
        phase=lambda job: Phase.DONE if job is not None or is_over else Phase.QUEUED,
    )
    with anyio.move_on_after(left):
        if not is_over:
            await clock.sleep(pause)
            policy = PollPolicy(floor=max(pause, 1e-3), growth=0.0, jitter=0.0)
            return await poll_until(attempt, subject, policy=policy, clock=clock)
    return None


def _unknown(
    lost: _Lost, *, key: str, since: datetime, provider: str, searched: bool, hint: str | None
) -> SubmissionUnknownError:
    error = lost.error
    outcome = "nothing with its key was found" if searched else "it cannot be searched for"
    return SubmissionUnknownError(
        f"the submit may have arrived, but {outcome}: {lost.message}",
        dedup_key=key,
        since=since,
        until=datetime.now(UTC),
        provider=provider,
        operation=error.operation if error else None,
        status_code=error.status_code if error else None,
        request_id=error.request_id if error else None,
        body=error.body if error else None,
        hint=hint or f"Look for the key {key} before you submit again",
    )


class Pages(Protocol[S_co]):
    """A list in pages."""

    def pages(self) -> AsyncIterator[Page[S_co]]:
        """The pages, one request each."""
        ...


class Page(Protocol[S_co]):
    """One page of a list."""

    @property
    def items(self) -> Sequence[S_co]:
        """In the provider's order."""
        ...


async def find_among(
    listed: Pages[S],
    *,
    since: datetime | None,
    is_ours: Callable[[S], bool | Awaitable[bool]],
    created_at: Callable[[S], datetime | None],
) -> S | None:
    """Find what was submitted in a list that is newest first, however many came later.

    It reads back to `since`, or to the end of the list without it.
    Pages whose times do not fall are read on: a provider that ignores the order sends the newest last.
    """
    async for page in listed.pages():
        for item in page.items:
            verdict = is_ours(item)
            if verdict if isinstance(verdict, bool) else await verdict:
                return item
        if _reaches_before(since, page.items, created_at):
            break
    return None


async def find_all_among(
    listed: Pages[S],
    keys: Collection[str],
    *,
    since: datetime | None,
    key_of: Callable[[S], str | None],
    created_at: Callable[[S], datetime | None],
) -> dict[str, S]:
    """Find what was submitted with keys in one pass over a list that is newest first; see `find_among`.

    Of several with one key, the newest.
    """
    left, items = set(keys), dict[str, S]()
    async for page in listed.pages():
        for item in page.items:
            key = key_of(item)
            if key in left:
                left.remove(key)
                items[key] = item
        if not left or _reaches_before(since, page.items, created_at):
            break
    return items


def _reaches_before(since: datetime | None, items: Sequence[S], created_at: Callable[[S], datetime | None]) -> bool:
    """Return whether a page of a list that is newest first begins before a time; False for one in another order."""
    # A time this early has nothing before it.
    if since is None or since.year < 2:
        return False
    times = [time for time in map(created_at, items) if time is not None]
    return len(times) > 1 and times == sorted(times, reverse=True) and times[0] < since - SKEW

"""What the current task exchanges with a provider, for code that runs before or after the exchange itself.

`record` and `details` carry the facts of the last response to the code that reads it: a mapping that fails names the
same operation, status and request id as the transport would. `watch_sending` reports to a submit whether its request
may have arrived. `send_once` turns retries off for the calls of a block, and `until` ends them by a time. All follow
the task, so concurrent calls of one client do not see each other's.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from anyqpu.transport.send_guard import SendGuard


class Exchange(NamedTuple):
    """A response that was received: who sent it, and what support needs to find it."""

    provider: str
    operation: str
    status_code: int | None = None
    request_id: str | None = None


_last: ContextVar[Exchange | None] = ContextVar("anyqpu_last_exchange", default=None)


def record(exchange: Exchange) -> None:
    """Note the response that this task has just received."""
    _last.set(exchange)


def details(provider: str | None = None) -> dict[str, Any]:
    """Return the details of an error about the last response of a provider, as `AnyQPUError` takes them.

    Without a provider: about the last response of this task, whichever sent it.
    """
    last = _last.get()
    if last is None or provider not in {None, last.provider}:
        return {} if provider is None else {"provider": provider}
    return {
        "provider": last.provider,
        "operation": last.operation,
        "status_code": last.status_code,
        "request_id": last.request_id,
    }


_secrets: ContextVar[tuple[str, ...]] = ContextVar("anyqpu_secrets", default=())


def remember_secrets(secrets: Iterable[str]) -> None:
    """Note the credentials of this task's last request: a response may repeat them where a word is due."""
    _secrets.set(tuple(secrets))


def secrets() -> tuple[str, ...]:
    """Return the credentials of this task's last request, in clear."""
    return _secrets.get()


@dataclass(slots=True, eq=False)
class Sending:
    """How far the request of a submit has come.

    Attributes:
        may_have_arrived: Whether it may have reached the provider; None as long as no transport says so.
        guard: The caller's hook before it is sent, if there is one.
    """

    may_have_arrived: bool | None = None
    guard: SendGuard | None = None


_watched: ContextVar[Sending | None] = ContextVar("anyqpu_sending", default=None)


@contextmanager
def watch_sending(sending: Sending) -> Generator[None]:
    """Follow the requests that this task sends inside the block."""
    token = _watched.set(sending)
    try:
        yield
    finally:
        _watched.reset(token)


def watched() -> Sending | None:
    """Return what the enclosing `watch_sending` block follows; None outside of one."""
    return _watched.get()


async def begin_sending() -> SendGuard | None:
    """Await the hook of the enclosing submit, whose request is sent next; return what checks its writes."""
    sending = _watched.get()
    if sending is None or sending.guard is None:
        return None
    await sending.guard.begin()
    return sending.guard


def mark(*, may_have_arrived: bool) -> None:
    """Say, from the transport, whether the request of the enclosing submit may have arrived."""
    sending = _watched.get()
    if sending is not None:
        sending.may_have_arrived = may_have_arrived


_deadline: ContextVar[float] = ContextVar("anyqpu_deadline", default=math.inf)


@contextmanager
def until(deadline: float) -> Generator[None]:
    """End the calls of this task by a time of the event loop's clock while the block is open."""
    token = _deadline.set(min(deadline, _deadline.get()))
    try:
        yield
    finally:
        _deadline.reset(token)


def deadline() -> float:
    """Return the time by which calls of this task must have ended; infinity without an `until` block."""
    return _deadline.get()


_once: ContextVar[bool] = ContextVar("anyqpu_send_once", default=False)


@contextmanager
def send_once() -> Generator[None]:
    """Send each request of this task at most once while the block is open."""
    token = _once.set(True)
    try:
        yield
    finally:
        _once.reset(token)


def is_sent_once() -> bool:
    """Whether a `send_once` block is open in this task."""
    return _once.get()

"""Callbacks for what a client does: for your metrics, traces and logs."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestEvent:
    """A request is about to be sent. `path` is the template, such as `/jobs/{id}`; `attempt` counts from 1."""

    provider: str
    operation: str
    method: str
    path: str
    attempt: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseEvent:
    """A request has a response, or failed. `seconds` is the time since it was sent; `status_code` None: no response."""

    provider: str
    operation: str
    method: str
    path: str
    attempt: int
    seconds: float
    status_code: int | None
    request_id: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryEvent:
    """A request failed and will be sent again in `delay` seconds."""

    provider: str
    operation: str
    attempt: int
    delay: float
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateEvent:
    """Something that is waited for is in another state than before."""

    provider: str
    id: str
    status: str
    raw_status: str


class Hooks:
    """Override the methods that you need. Called in the event loop: be quick, and do not raise."""

    def on_request(self, event: RequestEvent) -> None:
        """Before each request."""

    def on_response(self, event: ResponseEvent) -> None:
        """After each request, with or without a response."""

    def on_retry(self, event: RetryEvent) -> None:
        """Before the sleep that precedes another attempt."""

    def on_state(self, event: StateEvent) -> None:
        """At the first poll of a wait for a job, and at each change."""

    def operation(self, provider: str, operation: str) -> AbstractContextManager[object]:
        """A context that is open for a whole logical operation, with its retries."""
        del provider, operation
        return NOTHING


NOTHING = nullcontext()
_DEFAULTS = frozenset({Hooks.on_request, Hooks.on_response})


def is_default(method: object) -> bool:
    """Whether a bound method of hooks is the one that does nothing, so that its event need not be made."""
    return getattr(method, "__func__", None) in _DEFAULTS

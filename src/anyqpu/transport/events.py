"""What hooks are called with."""

from __future__ import annotations

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

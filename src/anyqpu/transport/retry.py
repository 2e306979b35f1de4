"""Whether and when a failed request is sent again. The one place that decides."""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

from anyqpu._checks import check_number
from anyqpu.errors import AnyQPUError, APIError, ConnectError, TransportError
from anyqpu.transport import exchange

# Worth another try where the request may safely be sent twice.
TRANSIENT = frozenset({408, 425, 429, 500, 502, 503, 504})
# Said before anything was done, so that any request may be sent again.
NOT_HANDLED = frozenset({429})

_active = True
# Of its own: processes that seed the global generator alike would retry in step.
_jitter = random.Random()  # noqa: S311


@contextmanager
def retries_off() -> Generator[None]:
    """While this is open, nothing is sent twice: for tests, in which a failure is meant."""
    global _active  # noqa: PLW0603
    before, _active = _active, False
    try:
        yield
    finally:
        _active = before


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How often and how patiently to try again.

    GET, HEAD, PUT, DELETE and operations that are marked idempotent are tried again after connection errors, timeouts
    and the statuses 408, 425, 429, 500, 502, 503 and 504. Everything else, such as submitting a job, only when the
    request certainly was not handled: no connection was made, or the response was 429.

    Attributes:
        attempts: Times to send in all; 1 turns retries off.
        backoff: Seconds; the n-th sleep is a random time up to `backoff * 2 ** (n - 1)`.
        max_backoff: Seconds, the longest such sleep.
        max_retry_after: Seconds; a cloud that asks to wait longer (`Retry-After`) is not waited for.
        budget: Retries that may be open in debt. Each costs one, each success pays back a tenth: an outage does not
            multiply the usual load.
    """

    attempts: int = 4
    backoff: float = 0.5
    max_backoff: float = 20.0
    max_retry_after: float = 60.0
    budget: float = 50.0

    def __post_init__(self) -> None:
        check_number("attempts of a retry policy", self.attempts, at_least=1, whole=True)
        for name in ("backoff", "max_backoff", "max_retry_after"):
            check_number(f"{name} of a retry policy", getattr(self, name), at_least=0, unit="seconds")
        check_number("budget of a retry policy", self.budget, at_least=0)

    def delay(self, error: AnyQPUError, *, attempt: int, idempotent: bool) -> float | None:
        """Seconds to sleep before the next attempt; None: do not try again. `attempt` counts from 1."""
        if (
            not _active
            or exchange.is_sent_once()
            or attempt >= self.attempts
            or not is_worth_retrying(error, idempotent=idempotent)
        ):
            return None
        if error.retry_after is not None:
            return error.retry_after if error.retry_after <= self.max_retry_after else None
        return _jitter.uniform(0, min(self.max_backoff, self.backoff * 2 ** (attempt - 1)))


def is_worth_retrying(error: AnyQPUError, *, idempotent: bool) -> bool:
    """Whether sending again may help and cannot harm."""
    if isinstance(error, ConnectError):
        # A certificate that is not accepted now will not be in a second.
        return error.retryable
    if isinstance(error, TransportError):
        return idempotent
    if isinstance(error, APIError):
        return error.status_code in (TRANSIENT if idempotent else NOT_HANDLED)
    return False


class RetryBudget:
    """Retries that a client may still make."""

    def __init__(self, size: float) -> None:
        self._size = size
        self._left = size

    def spend(self) -> bool:
        """Take one; return False if the budget is used up."""
        if self._left < 1:
            return False
        self._left -= 1
        return True

    def earn(self) -> None:
        """A success pays back a tenth of a retry."""
        self._left = min(self._size, self._left + 0.1)

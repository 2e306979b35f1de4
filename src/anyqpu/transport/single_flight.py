"""One call at a time for all who need its outcome."""

from __future__ import annotations

import copy
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import anyio

T = TypeVar("T")


@dataclass(slots=True)
class _Refresh(Generic[T]):
    """A call and its outcome. The task that holds the lock calls; the others find the outcome when they get it."""

    lock: anyio.Lock = field(default_factory=lambda: anyio.Lock(fast_acquire=True))
    outcome: tuple[T] | None = None
    error: Exception | None = None


class SingleFlight(Generic[T]):
    """Run a call once for all tasks that ask while it is under way.

    Its result goes to each of them, and so does its error, as an object of its own. If the task that calls is
    cancelled, the next one calls in its place. Nothing is kept after the call.
    """

    def __init__(self) -> None:
        self._flight: _Refresh[T] | None = None

    @property
    def is_busy(self) -> bool:
        """Whether a call is under way."""
        return self._flight is not None and self._flight.lock.locked()

    async def run(self, call: Callable[[], Awaitable[T]]) -> T:
        """Return the result of the call in progress, or start `call`. Raises what the call raises."""
        flight = self._flight
        if flight is None:
            flight = self._flight = _Refresh()
        # A cancelled task passes the lock on to the next one, which finds no outcome.
        async with flight.lock:
            if flight.outcome is not None:
                return flight.outcome[0]
            if flight.error is not None:
                raise copy_exception(flight.error)
            try:
                result = await call()
            except Exception as error:
                flight.error = error
                self._flight = None
                raise
            flight.outcome = (result,)
            self._flight = None
            return result


def copy_exception(error: Exception) -> Exception:
    """Return a copy of an error: an object that many tasks raise would collect the tracebacks of all of them."""
    try:
        copied = copy.copy(error)
    except Exception:
        # Not one of this library's: its constructor takes other arguments than it keeps.
        return error
    if type(copied) is not type(error):
        return error
    copied.__cause__ = error.__cause__
    return copied

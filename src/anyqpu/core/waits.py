"""Waits for sessions, reservations, processes and engagements."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from anyqpu.errors import UnexpectedStatusError, WaitTimeoutError
from anyqpu.model.polling import PollPolicy
from anyqpu.waiting import Clock, Phase, StatusUnknownError, WaitExpiredError, WaitLimits, Watch

T = TypeVar("T")


async def wait_until(
    look: Callable[[], Awaitable[T]],
    *,
    done: Callable[[T], bool],
    status: Callable[[T], Any],
    raw_status: Callable[[T], str | None] | None = None,
    recognized: Callable[[T], bool] = lambda seen: True,
    policy: PollPolicy,
    clock: Clock,
    name: str,
    timeout: float | None = None,
    on_update: Callable[[T], object] | None = None,
    **details: Any,
) -> T:
    """What a look sees once it is `done`.

    Args:
        look: Fetches it.
        done: Whether it is as it is waited for, or can never be.
        status: The common word for where it stands.
        raw_status: The cloud's own word for it, by which changes are told; without it, the common one.
        recognized: Whether that word is known.
        name: What the error and the log call it, such as `session 5904a9f2`.
        timeout: Seconds; None: no limit.
        on_update: Called at the first look and at each change of the state.
        details: For the errors: provider, operation, hint, handle.

    Raises:
        WaitTimeoutError: The time is over.
        UnexpectedStatusError: It stays in a state that this version does not know.
    """

    def phase(seen: T) -> Phase:
        if done(seen):
            return Phase.DONE
        return Phase.QUEUED if recognized(seen) else Phase.UNKNOWN

    state: Callable[[T], object] = raw_status or status
    watch = Watch(look, state=state, phase=phase, policy=policy, limits=WaitLimits(timeout), clock=clock, name=name)
    last: T | None = None
    try:
        async for last in watch:
            if on_update is not None:
                on_update(last)
    except WaitExpiredError as error:
        word = None if last is None else status(last)
        where = f"is still {word}" if last is not None else "was not seen"
        raise WaitTimeoutError(f"{name} {where} after {error.seconds:g} s", last_status=word, **details) from None
    except StatusUnknownError as error:
        raise UnexpectedStatusError(
            f"{name} stays in state {str(error)!r}, which this version of anyqpu does not know",
            job_status=str(error),
            **details,
        ) from None
    assert last is not None  # noqa: S101  # a watch that ends has seen something
    return last

"""The polling loop: fetch, compare, sleep, until a limit is reached or the last state is."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import Enum
from typing import Any, Generic, Protocol, TypeVar

from anyqpu._tracebacks import annotate
from anyqpu.errors import AnyQPUError, UnexpectedStatusError, WaitTimeoutError
from anyqpu.model.polling import PollPolicy
from anyqpu.waiting.clock import Clock, LoopClock

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

logger = logging.getLogger("anyqpu")
# How a poll sleeps: for how many seconds, and for how many more when nothing has changed, by the time at which that is
# learned; None: the sleep must end.
Sleep = Callable[[float, Callable[[float], float | None]], Awaitable[None]]
UNLIMITED = nullcontext()
LOG_INTERVAL = 60.0
"""Seconds between two log lines of a wait that has not ended."""


class Phase(Enum):
    """What a status means for a wait."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    UNKNOWN = "unknown"
    """A status that this version does not know: it may be final or not."""


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Seconds; None: no limit.

    Attributes:
        timeout: From the first poll to the end.
        queue: Until it is seen running.
        run: From the first poll that sees it running.
    """

    timeout: float | None = None
    queue: float | None = None
    run: float | None = None


UNLIMITED_WAIT = WaitLimits()


def _no_details(last: object) -> Mapping[str, Any]:
    return {}


def _no_retry_after(seen: object) -> float | None:
    return None


def _no_estimate(seen: object) -> tuple[float, float] | None:
    return None


# Without slots: Python 3.11 cannot make generic ones that are frozen.
@dataclass(frozen=True, kw_only=True)
class Subject(Generic[T]):
    """What is polled.

    Attributes:
        name: Name in errors and in the log, such as `job 5904a9f2`.
        state: The provider's own status; another value is a change.
        phase: What the status means for the wait.
        status: Status in errors; None: the state.
        raw_status: The provider's own status, in errors about an unknown one; None: the state.
        details: Fields of the errors (provider, operation, hint, handle) for what was seen last, or None.
        retry_after: Seconds that the provider asks to wait before the next poll, for what was seen last; None: as the
            policy says.
        estimate: Seconds after which the provider expects the end, at least and at most, for what was seen last; None:
            it does not say.
    """

    name: str
    state: Callable[[T], object]
    phase: Callable[[T], Phase]
    status: Callable[[T], Any] | None = None
    raw_status: Callable[[T], object] | None = None
    details: Callable[[T | None], Mapping[str, Any]] = _no_details
    retry_after: Callable[[T], float | None] = _no_retry_after
    estimate: Callable[[T], tuple[float, float] | None] = _no_estimate


class Polled(Protocol[T_contra]):
    """What a poll uses of a `Subject`: an object of another class may take less memory."""

    # ruff: noqa: D102
    @property
    def name(self) -> str: ...
    @property
    def state(self) -> Callable[[T_contra], object]: ...
    @property
    def phase(self) -> Callable[[T_contra], Phase]: ...
    @property
    def status(self) -> Callable[[T_contra], Any] | None: ...
    @property
    def raw_status(self) -> Callable[[T_contra], object] | None: ...
    @property
    def details(self) -> Callable[[T_contra | None], Mapping[str, Any]]: ...
    @property
    def retry_after(self) -> Callable[[T_contra], float | None]: ...
    @property
    def estimate(self) -> Callable[[T_contra], tuple[float, float] | None]: ...


class Poll(Generic[T]):
    """Iterate over what polls return: the first, and each with another state, up to the one that is done.

    An async iterator and not an async generator, which would have to be closed by hand when it is left early on trio.

    Raises:
        WaitTimeoutError: A limit was reached, also in the middle of a request.
        UnexpectedStatusError: An unknown status lasted longer than the policy allows.
        AnyQPUError: Polls failed for a reason that does not pass, or for longer than the policy allows.
    """

    def __init__(
        self,
        fetch: Callable[[], Awaitable[T]],
        subject: Polled[T],
        *,
        policy: PollPolicy,
        limits: WaitLimits | None = None,
        clock: Clock | None = None,
        sleep: Sleep | None = None,
        on_change: Callable[[T], None] | None = None,
        on_pause: Callable[[], None] | None = None,
        finish: Callable[[T], Awaitable[T]] | None = None,
    ) -> None:
        """Make a poll; nothing is sent yet.

        Args:
            fetch: Sends one request.
            subject: What is polled.
            policy: How often, and how many failures are tolerated.
            limits: How long.
            clock: The client's clock.
            sleep: Replaces the clock's, where something else may end it early.
            on_change: Called with each item before it is returned.
            on_pause: Called when control goes back to the caller, with an item or an error.
            finish: Awaited with each item last; what it returns is returned.
        """
        self._fetch = fetch
        self._subject = subject
        self._policy = policy
        self._limits = limits or UNLIMITED_WAIT
        self._clock = clock or LoopClock()
        self._sleep_for = sleep
        self._on_change = on_change
        self._on_pause = on_pause
        self._finish = finish
        self._started = False
        self._began = self._logged_at = self._changed_at = 0.0
        self._running_since: float | None = None
        self._phase = Phase.QUEUED
        self._last: T | None = None
        self._state: object = None
        self._retry_after: float | None = None
        self._estimate: tuple[float, float] | None = None
        self._errors = _Streak()
        self._unknowns = _Streak()

    def __aiter__(self) -> Poll[T]:
        return self

    async def __anext__(self) -> T:
        if self._phase is Phase.DONE:
            raise StopAsyncIteration
        first = not self._started
        try:
            if first:
                self._started = True
                self._began = self._logged_at = self._changed_at = self._clock.now()
            else:
                await self._sleep()
            while True:
                try:
                    with self._limit():
                        item = await self._fetch()
                except AnyQPUError as error:
                    self._tolerate(error)
                else:
                    self._errors.end()
                    self._retry_after = self._subject.retry_after(item)
                    self._estimate = self._subject.estimate(item)
                    # The end may come without another state, such as that of the last job in an open batch.
                    if first or self._subject.state(item) != self._state or self._subject.phase(item) is Phase.DONE:
                        self._change(item)
                        break
                    self._check_unknown()
                await self._sleep()
        except BaseException as error:
            annotate(error, self._described)
            raise
        finally:
            if self._on_pause is not None:
                self._on_pause()
        if self._on_change is not None:
            self._on_change(item)
        return item if self._finish is None else await self._finish(item)

    def _described(self) -> str:
        """Return what was polled and its state, for who interrupts it."""
        last = self._last
        if last is None:
            return self._subject.name
        state: Any = (self._subject.status or self._subject.state)(last)
        return f"{self._subject.name} is still {state}"

    def _tolerate(self, error: AnyQPUError) -> None:
        """Keep an error for the next interval; raise it if it does not pass, or has lasted too long."""
        if isinstance(error, WaitTimeoutError):
            raise error
        now, policy = self._clock.now(), self._policy
        self._errors.add(now)
        if not error.retryable or self._errors.exceeds(policy.max_errors, policy.max_error_time, now):
            raise error
        self._retry_after, self._estimate = error.retry_after, None
        logger.info("polling %s failed (%s); trying again", self._subject.name, type(error).__name__)
        if error.retry_after is not None and error.retry_after > policy.max_retry_after:
            logger.info(
                "%s: asked to wait %.0f s; polling again in %.0f s",
                self._subject.name,
                error.retry_after,
                policy.max_retry_after,
            )

    def _change(self, item: T) -> None:
        now = self._clock.now()
        self._last, self._changed_at = item, now
        self._state, self._phase = self._subject.state(item), self._subject.phase(item)
        if self._phase is Phase.RUNNING and self._running_since is None:
            self._running_since = now
        self._unknowns.end()
        self._check_unknown()

    def _check_unknown(self) -> None:
        if self._phase is not Phase.UNKNOWN:
            return
        now = self._clock.now()
        self._unknowns.add(now)
        if self._unknowns.exceeds(self._policy.max_unknown, self._policy.max_unknown_time, now):
            read = self._subject.raw_status
            state = str(self._state if read is None or self._last is None else read(self._last))
            raise UnexpectedStatusError(
                f"{self._subject.name} stays in status {state!r}, which this version of anyqpu does not know",
                job_status=state,
                **self._subject.details(self._last),
            )

    async def _sleep(self) -> None:
        now = self._clock.now()
        if now - self._logged_at >= LOG_INTERVAL:
            self._logged_at = now
            logger.info("still waiting for %s: %s for %.0f s", self._subject.name, self._state, now - self._changed_at)
        with self._limit():
            if self._sleep_for is None:
                await self._clock.sleep(self._interval_at(now))
            else:
                await self._sleep_for(self._interval_at(now), self._extended)

    def _interval_at(self, now: float) -> float:
        """Return the seconds until the next poll."""
        interval = self._policy.interval(now - self._changed_at, at_least=self._retry_after)
        return interval if self._estimate is None else self._policy.by_estimate(interval, *self._estimate)

    def _extended(self, now: float) -> float | None:
        """Return the seconds until the next poll after a list that shows no change; None: the sleep must end."""
        if self._phase is Phase.UNKNOWN or self._errors.count:
            return None
        if now - self._logged_at >= LOG_INTERVAL and logger.isEnabledFor(logging.INFO):
            return None
        if self._estimate is None:
            return self._policy.interval(now - self._changed_at, at_least=self._retry_after)
        return self._interval_at(now)

    def _limit(self) -> AbstractContextManager[object]:
        limit = self._next_limit()
        # Ten thousand waits without a limit need no cancel scopes: they would take ten megabytes.
        return UNLIMITED if limit is None else _Limit(self._clock, limit, self._expired)

    def _next_limit(self) -> tuple[float, str, float] | None:
        """Return (time, name, seconds) of the limit that is reached first in this phase."""
        if self._limits == UNLIMITED_WAIT:
            return None
        limits: list[tuple[float, str, float]] = []
        if self._limits.timeout is not None:
            limits.append((self._began + self._limits.timeout, "timeout", self._limits.timeout))
        if self._limits.queue is not None and self._running_since is None:
            limits.append((self._began + self._limits.queue, "queue_timeout", self._limits.queue))
        if self._limits.run is not None and self._running_since is not None:
            limits.append((self._running_since + self._limits.run, "run_timeout", self._limits.run))
        return min(limits, default=None)

    def _expired(self, limit: str, seconds: float) -> WaitTimeoutError:
        last = self._last
        status: Any = None if last is None else (self._subject.status or self._subject.state)(last)
        state = "was not read" if last is None else f"is still {status}"
        return WaitTimeoutError(
            f"{self._subject.name} {state} after the {limit} of {seconds:g} s",
            last_status=status,
            **self._subject.details(last),
        )


async def poll_until(
    fetch: Callable[[], Awaitable[T]],
    subject: Subject[T],
    *,
    policy: PollPolicy,
    clock: Clock,
    timeout: float | None = None,
    on_update: Callable[[T], object] | None = None,
) -> T:
    """Return what a poll sees once it is done.

    Args:
        fetch: Sends one request.
        subject: What is polled, and when it is done.
        policy: How often, and how many failures are tolerated.
        clock: The client's clock.
        timeout: Seconds; None: no limit.
        on_update: Called at the first poll and at each change of the state.

    Raises:
        WaitTimeoutError, UnexpectedStatusError, AnyQPUError: As `Poll`.
    """
    poll = Poll(fetch, subject, policy=policy, limits=WaitLimits(timeout), clock=clock)
    item = await anext(poll)
    while True:
        if on_update is not None:
            on_update(item)
        following = await anext(poll, None)
        if following is None:
            return item
        item = following


class _Limit:
    """Turns the clock's plain `TimeoutError` into the error of the limit that was reached."""

    def __init__(
        self,
        clock: Clock,
        limit: tuple[float, str, float],
        expired: Callable[[str, float], WaitTimeoutError],
    ) -> None:
        self._limit = limit
        self._expired = expired
        self._scope = clock.limit(max(0.0, limit[0] - clock.now()))

    def __enter__(self) -> None:
        self._scope.__enter__()

    def __exit__(self, *details: object) -> bool | None:
        # A request's own timeout is an AnyQPUError and passes through; the clock's is not.
        try:
            swallowed = self._scope.__exit__(*details)  # type: ignore[arg-type]
        except TimeoutError as error:
            if isinstance(error, AnyQPUError):
                raise
        else:
            return swallowed
        raise self._expired(self._limit[1], self._limit[2])


class _Streak:
    """Number of events in a row, and since when."""

    __slots__ = ("_since", "count")

    def __init__(self) -> None:
        self.count = 0
        self._since = 0.0

    def add(self, now: float) -> None:
        if not self.count:
            self._since = now
        self.count += 1

    def end(self) -> None:
        self.count = 0

    def exceeds(self, count: int, seconds: float, now: float) -> bool:
        return self.count > count or now - self._since > seconds

"""Looking at something again and again, until it will not change any more."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from anyqpu.errors import AnyQPUError
from anyqpu.model.polling import PollPolicy
from anyqpu.waiting.clock import Clock, LoopClock

T = TypeVar("T")

logger = logging.getLogger("anyqpu")
# How a wait sleeps: for how long, asked again for each time it goes on, and whether it may go on when nothing has
# changed; both are told what time it is.
Sleep = Callable[[Callable[[float], float], Callable[[float], bool]], Awaitable[None]]
# Nobody should have to wonder whether a wait is still alive.
TELL_EVERY = 60.0


class Phase(Enum):
    """Where a thing is on its way, as far as waiting cares."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    UNKNOWN = "unknown"
    """A status that this version does not know: neither final nor known not to be."""


@dataclass(frozen=True, slots=True)
class WaitLimits:
    """Seconds; None: no limit.

    Attributes:
        timeout: From the first look to the end.
        queue: While it has not begun to run.
        run: From the first look that saw it running.
    """

    timeout: float | None = None
    queue: float | None = None
    run: float | None = None


class WaitExpiredError(TimeoutError):
    """A limit was reached. For those who know what is waited for, and can say it better."""

    def __init__(self, limit: str, seconds: float) -> None:
        super().__init__(f"{limit} of {seconds:g} s")
        self.limit = limit
        self.seconds = seconds


class StatusUnknownError(Exception):
    """An unknown status lasted longer than the policy puts up with."""


class Watch(Generic[T]):
    """What a look sees, at once and at each change of its state, ending with what is done.

    An async iterator, and no async generator, which would have to be closed by hand when it is left early on trio.

    Raises:
        WaitExpiredError: A limit is reached, also in the middle of a look.
        StatusUnknownError: An unknown status lasts too long.
        AnyQPUError: A look failed for a reason that does not pass, or for too long.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[T]],
        *,
        state: Callable[[T], object],
        phase: Callable[[T], Phase],
        policy: PollPolicy,
        limits: WaitLimits | None = None,
        clock: Clock | None = None,
        sleep: Sleep | None = None,
        name: str = "it",
    ) -> None:
        """`name` is what the log calls it; `sleep` replaces the clock's, where something else may end it early."""
        self._look = look
        self._state = state
        self._phase_of = phase
        self._policy = policy
        self._limits = limits or WaitLimits()
        self._clock = clock or LoopClock()
        self._sleep_for = sleep
        self._name = name
        self._started = False
        self._began = 0.0
        self._told = 0.0
        self._changed_at = 0.0
        self._running_since: float | None = None
        self._phase = Phase.QUEUED
        self._seen: object = None
        self._ask_again_after: float | None = None
        self._errors = _Streak()
        self._unknowns = _Streak()

    def __aiter__(self) -> Watch[T]:
        return self

    async def __anext__(self) -> T:
        if self._phase is Phase.DONE:
            raise StopAsyncIteration
        first = not self._started
        if first:
            self._started = True
            self._began = self._told = self._changed_at = self._clock.now()
        else:
            await self._sleep()
        while True:
            seen = await self._look_once()
            if seen is not None and (first or self._state(seen) != self._seen):
                self._change(seen)
                return seen
            if seen is not None:
                self._check_unknown()
            await self._sleep()

    async def _look_once(self) -> T | None:
        """What there is to see; None if the look failed for a reason that passes."""
        try:
            with self._limited():
                seen = await self._look()
        except AnyQPUError as error:
            now = self._clock.now()
            self._errors.add(now)
            if not error.retryable or self._errors.exceeds(self._policy.max_errors, self._policy.max_error_time, now):
                raise
            self._ask_again_after = error.retry_after
            logger.info("polling %s failed (%s); trying again", self._name, type(error).__name__)
            longest = self._policy.max_retry_after
            if error.retry_after is not None and error.retry_after > longest:
                logger.info("%s: asked to wait %.0f s; polling again in %.0f s", self._name, error.retry_after, longest)
            return None
        self._errors.end()
        self._ask_again_after = None
        return seen

    def _change(self, seen: T) -> None:
        now = self._clock.now()
        self._seen, self._phase, self._changed_at = self._state(seen), self._phase_of(seen), now
        if self._phase is Phase.RUNNING and self._running_since is None:
            self._running_since = now
        self._unknowns.end()
        self._check_unknown()

    def _check_unknown(self) -> None:
        if self._phase is Phase.UNKNOWN:
            now = self._clock.now()
            self._unknowns.add(now)
            if self._unknowns.exceeds(self._policy.max_unknown, self._policy.max_unknown_time, now):
                raise StatusUnknownError(str(self._seen))

    async def _sleep(self) -> None:
        now = self._clock.now()
        if now - self._told >= TELL_EVERY:
            self._told = now
            logger.info("still waiting for %s: %s for %.0f s", self._name, self._seen, now - self._changed_at)
        with self._limited():
            if self._sleep_for is None:
                await self._clock.sleep(self._interval_at(now))
            else:
                await self._sleep_for(self._interval_at, self._is_patient)

    def _interval_at(self, now: float) -> float:
        """How long to sleep, from now on."""
        return self._policy.interval(now - self._changed_at, at_least=self._ask_again_after)

    def _is_patient(self, now: float) -> bool:
        """Whether it need not be woken to hear that nothing has changed."""
        if self._phase is Phase.UNKNOWN or self._errors.lasts:
            return False
        return now - self._told < TELL_EVERY or not logger.isEnabledFor(logging.INFO)

    def _limited(self) -> _Limited:
        return _Limited(self._clock, self._next_limit())

    def _next_limit(self) -> tuple[float, str, float] | None:
        """(moment, name, seconds) of the limit that is reached first in this phase."""
        found: list[tuple[float, str, float]] = []
        if self._limits.timeout is not None:
            found.append((self._began + self._limits.timeout, "timeout", self._limits.timeout))
        if self._limits.queue is not None and self._running_since is None:
            found.append((self._began + self._limits.queue, "queue_timeout", self._limits.queue))
        if self._limits.run is not None and self._running_since is not None:
            found.append((self._running_since + self._limits.run, "run_timeout", self._limits.run))
        return min(found, default=None)


class _Limited:
    """Turns the clock's plain `TimeoutError` into one that says which limit it was."""

    def __init__(self, clock: Clock, limit: tuple[float, str, float] | None) -> None:
        self._limit = limit
        self._clock = clock
        left = None if limit is None else limit[0] - clock.now()
        self._scope = clock.limit(None if left is None else max(0.0, left))

    def __enter__(self) -> None:
        self._scope.__enter__()

    def __exit__(self, *details: object) -> bool | None:
        # A request's own timeout is an AnyQPUError and passes through; the clock's is not.
        try:
            swallowed = self._scope.__exit__(*details)  # type: ignore[arg-type]
        except TimeoutError as error:
            if isinstance(error, AnyQPUError) or self._limit is None:
                raise
        else:
            return swallowed
        raise WaitExpiredError(self._limit[1], self._limit[2])


class _Streak:
    """How often in a row, and for how long."""

    def __init__(self) -> None:
        self._count = 0
        self._since = 0.0

    def add(self, now: float) -> None:
        if not self._count:
            self._since = now
        self._count += 1

    def end(self) -> None:
        self._count = 0

    @property
    def lasts(self) -> bool:
        return self._count > 0

    def exceeds(self, count: int, seconds: float, now: float) -> bool:
        return self._count > count or now - self._since > seconds

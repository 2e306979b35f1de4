"""Looking at something again and again, until it will not change any more."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from typing import Generic, TypeVar

import anyio

from anyqpu.waiting.policy import PollPolicy

T = TypeVar("T")


class Watch(Generic[T]):
    """What a look sees, at once and at each change of its state, ending with what is done.

    An async iterator, and no async generator, which would have to be closed by hand when it is left early on trio.
    Raises `TimeoutError` when the deadline, on the event loop's clock, is reached before: also in the middle of a look.
    """

    def __init__(
        self,
        look: Callable[[], Awaitable[T]],
        *,
        state: Callable[[T], object],
        done: Callable[[T], bool],
        policy: PollPolicy,
        timeout: float | None = None,
    ) -> None:
        """`timeout` is in seconds from the first look; None: no limit."""
        self._look = look
        self._state = state
        self._done = done
        self._policy = policy
        self._timeout = timeout
        self._started = False
        self._ended = False
        self._last: object = None
        self._changed_at = 0.0
        self._deadline: float | None = None

    def __aiter__(self) -> Watch[T]:
        return self

    async def __anext__(self) -> T:
        if self._ended:
            raise StopAsyncIteration
        if self._started:
            await self._sleep()
        elif self._timeout is not None:
            self._deadline = anyio.current_time() + self._timeout
        while True:
            with self._limit():
                seen = await self._look()
            if not self._started or self._state(seen) != self._last:
                self._started, self._last = True, self._state(seen)
                self._changed_at = anyio.current_time()
                self._ended = self._done(seen)
                return seen
            await self._sleep()

    async def _sleep(self) -> None:
        with self._limit():
            await anyio.sleep(self._policy.interval(anyio.current_time() - self._changed_at))

    def _limit(self) -> AbstractContextManager[object]:
        return anyio.fail_after(None if self._deadline is None else max(0.0, self._deadline - anyio.current_time()))

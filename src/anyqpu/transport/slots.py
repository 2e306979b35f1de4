"""A limited number of exchanges at a time, each owning one connection.

A pool shared by all requests loses connections for good when requests are cancelled. Here a connection belongs to
whoever uses it: it is kept if the exchange finished, and thrown away if it did not.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Generic, TypeVar

import anyio

C = TypeVar("C")

CLOSE_SECONDS = 5.0


class Slots(Generic[C]):
    """Hands out connections, at most `limit` at a time; the most recently used one first."""

    def __init__(
        self, make: Callable[[], C], close: Callable[[C], Awaitable[None]], *, limit: int, keep: bool = True
    ) -> None:
        """`keep`: whether a connection that was used is kept for the next exchange."""
        self._keep = keep
        self._make = make
        self._close = close
        self._semaphore = anyio.Semaphore(limit, fast_acquire=True)
        self._free: list[C] = []
        self._closed = False

    @asynccontextmanager
    async def take(self) -> AsyncGenerator[C]:
        """A connection of one's own; it must be unused again when the block ends without an exception."""
        async with self._semaphore:
            connection = self._free.pop() if self._free else self._make()
            finished = False
            try:
                yield connection
                finished = True
            finally:
                if finished and self._keep and not self._closed:
                    self._free.append(connection)
                else:
                    await self._discard(connection)

    async def aclose(self) -> None:
        """Close what is free now; what is in use is closed as it comes back."""
        self._closed = True
        while self._free:
            await self._discard(self._free.pop())

    async def _discard(self, connection: C) -> None:
        # Shielded: the usual reason to throw a connection away is that its user was cancelled.
        with anyio.move_on_after(CLOSE_SECONDS, shield=True):
            await self._close(connection)

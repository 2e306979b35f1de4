"""A limited number of exchanges at a time, each owning one connection.

A pool shared by all requests loses connections for good when requests are cancelled. Here a connection belongs to one
exchange at a time: it is kept if the exchange finished, and closed if it did not.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Generic, TypeVar

import anyio

C = TypeVar("C")

CLOSE_SECONDS = 5.0


class ConnectionPool(Generic[C]):
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
        self._used = 0
        self._closed = False

    @property
    def is_unused(self) -> bool:
        """Whether there is no exchange now, and none waits."""
        return self._used == 0

    def take(self) -> _Loan[C]:
        """Lend a connection to the block. It is closed if the block raises; otherwise its exchange must be over."""
        return _Loan(self)

    async def acquire(self) -> C:
        """Return a connection of the caller's own, once one of `limit` is free."""
        self._used += 1
        try:
            try:
                self._semaphore.acquire_nowait()
            except anyio.WouldBlock:
                await self._semaphore.acquire()
            try:
                return self._free.pop() if self._free else self._make()
            except BaseException:
                self._semaphore.release()
                raise
        except BaseException:
            self._used -= 1
            raise

    async def release(self, connection: C, *, finished: bool) -> None:
        """Take a connection back, and close it unless its exchange is over."""
        try:
            if finished and self._keep and not self._closed:
                self._free.append(connection)
            else:
                await self._discard(connection)
        finally:
            self._semaphore.release()
            self._used -= 1

    async def aclose(self) -> None:
        """Close the free connections; those in use are closed as they come back."""
        self._closed = True
        while self._free:
            await self._discard(self._free.pop())

    async def _discard(self, connection: C) -> None:
        # Shielded: the usual reason to close a connection is that its user was cancelled.
        # What fails here changes nothing: the outcome of the exchange is known.
        with anyio.move_on_after(CLOSE_SECONDS, shield=True), suppress(Exception):
            await self._close(connection)


class _Loan(Generic[C]):
    """A connection for the time of a block. A generator in its place costs a request 5 microseconds more."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: ConnectionPool[C]) -> None:
        self._pool = pool

    async def __aenter__(self) -> C:
        self._connection: C = await self._pool.acquire()
        return self._connection

    async def __aexit__(self, kind: type[BaseException] | None, *details: object) -> None:
        await self._pool.release(self._connection, finished=kind is None)

"""Context managers and generators that run in a background event loop, one task each."""

from __future__ import annotations

import logging
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import AbstractAsyncContextManager, suppress
from functools import partial
from typing import Any, Generic, TypeVar

import anyio

from anyqpu.errors import ClientStateError
from anyqpu.sync.loops import CLEANUP_SECONDS, Operation

T = TypeVar("T")
Start = Callable[[Callable[[], Awaitable[Any]]], Operation[Any]]
"""Starts a coroutine function in the event loop."""

logger = logging.getLogger("anyqpu")


class Block:
    """An asynchronous context manager that synchronous code enters and leaves.

    One task does both, since a task group or a cancel scope has to be left by the task that entered it.
    """

    def __init__(self, start: Start, manager: AbstractAsyncContextManager[Any]) -> None:
        self._start = start
        self._manager = manager
        self._entered: Future[Any] = Future()
        self._details: tuple[Any, Any, Any] = (None, None, None)
        self._leave: anyio.Event | None = None
        self.operation: Operation[Any] | None = None

    def enter(self) -> Any:
        """Enter it, and return its value."""
        self.operation = operation = self._start(self._run)
        operation.future.add_done_callback(self._fail_entering)
        return operation.wait(self._entered)

    def exit(self, kind: Any, error: Any, traceback: Any) -> bool | None:
        """Leave it; return whether it swallows the error."""
        operation = self.operation
        if operation is None or self._leave is None:
            raise ClientStateError("the block was not entered", hint="Use it as `with ... as ...`")
        self._details = kind, error, traceback
        self.notify()
        swallows: bool | None = operation.wait()
        return swallows

    def notify(self) -> None:
        """Let the task leave it."""
        leave = self._leave

        async def notify() -> None:
            if leave is not None:
                leave.set()

        self._start(notify)

    def wait(self, seconds: float) -> None:
        """Wait until it was left, for so many seconds at most."""
        if self.operation is not None:
            self.operation.future.exception(seconds)

    async def _run(self) -> bool | None:
        value = await self._manager.__aenter__()
        self._leave = anyio.Event()
        with suppress(InvalidStateError):
            self._entered.set_result(value)
        try:
            await self._leave.wait()
        except BaseException as error:
            await self._manager.__aexit__(type(error), error, error.__traceback__)
            raise
        return await self._manager.__aexit__(*self._details)

    def _fail_entering(self, future: Future[Any]) -> None:
        """Pass an error on to the caller that waits for the beginning."""
        with suppress(InvalidStateError):
            if future.cancelled():
                self._entered.cancel()
            elif (error := future.exception()) is not None:
                self._entered.set_exception(error)


class Stream(Generic[T]):
    """The items of an asynchronous generator, one at a time; one task runs all of it."""

    def __init__(self, start: Start, generator: AsyncGenerator[T]) -> None:
        self._start = start
        self._requests = _Requests[T]()
        self._operation: Operation[None] = start(partial(_serve, generator, self._requests))
        self._ended = False
        # One that is left early is closed, and with it what it holds. Without a reference to this object.
        weakref.finalize(self, self._operation.future.cancel).atexit = False

    def next(self) -> T:
        """Return the next item; raises `StopIteration` after the last."""
        if self._ended:
            raise StopIteration
        item: Future[T] = Future()
        try:
            self._start(partial(self._requests.put, item)).wait()
            result: T = self._operation.wait(item)
        except StopAsyncIteration:
            self._ended = True
            raise StopIteration from None
        except BaseException:
            self._ended = True
            raise
        return result

    def close(self) -> None:
        """End the generator early."""
        self._ended = True
        self._operation.cancel()


class _Requests(Generic[T]):
    """Requests for items; both methods run in the event loop."""

    def __init__(self) -> None:
        self._items: list[Future[T]] = []
        self._event: anyio.Event | None = None

    async def put(self, item: Future[T]) -> None:
        """Add a request."""
        self._items.append(item)
        if self._event is not None:
            self._event.set()

    async def get(self) -> Future[T]:
        """Wait for a request."""
        while not self._items:
            self._event = anyio.Event()
            await self._event.wait()
        return self._items.pop(0)


async def _serve(generator: AsyncGenerator[T], requests: _Requests[T]) -> None:
    """Complete each future with the next item of a generator; the last one with its error, or its end."""
    try:
        while True:
            item = await requests.get()
            try:
                item.set_result(await anext(generator))
            except (Exception, StopAsyncIteration) as error:
                item.set_exception(error)
                return
            except BaseException:
                item.cancel()
                raise
    finally:
        with anyio.move_on_after(CLEANUP_SECONDS, shield=True):
            try:
                await generator.aclose()
            except (Exception, BaseExceptionGroup) as error:
                logger.warning("an iterator that was left early failed to close: %s", type(error).__name__)

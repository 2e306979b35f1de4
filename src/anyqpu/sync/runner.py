"""A client that is open in a background event loop until it is closed, dropped, or the process ends."""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, suppress
from contextvars import Context
from functools import partial
from typing import Any, Literal, ParamSpec, TypeVar

from anyqpu.errors import ClientStateError, ConfigError
from anyqpu.sync.blocks import Block
from anyqpu.sync.loops import Loop, Operation, loop_of_process, outside

P = ParamSpec("P")
T = TypeVar("T")
EventLoop = Literal["asyncio", "trio"]
"""The library that runs the background event loop."""

# Seconds for which the end of the interpreter waits for clients to close.
EXIT_SECONDS = 5.0

_open: weakref.WeakSet[Runner] = weakref.WeakSet()


class Runner:
    """One client, which is open in the background event loop until `close`, garbage collection or exit."""

    def __init__(
        self, client: AbstractAsyncContextManager[Any], event_loop: EventLoop = "asyncio", *, name: str = "client"
    ) -> None:
        if event_loop not in ("asyncio", "trio"):
            raise ConfigError("invalid option event_loop", hint="It is 'asyncio' or 'trio'")
        self.event_loop: EventLoop = event_loop
        self._client = client
        self._name = name
        self._closed = False
        self._lock = threading.RLock()
        self._process = os.getpid()
        self._opened: _Opened | None = None

    def owns(self, client: object) -> bool:
        """Return whether this is the client that it opens and closes."""
        return client is self._client

    def call(self, function: Callable[P, Awaitable[T]], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Return what a coroutine function returns, when it is done; an interrupt cancels it.

        Raises:
            ClientStateError: The client is closed, or this is a callback in the background event loop.
        """
        result: T = self.start(partial(function, *arguments, **keywords)).wait()
        return result

    def read(self, function: Callable[[], T]) -> T:
        """Return what a function returns that waits for nothing.

        While the client is open, it runs in the thread of the event loop: what clients share is not locked.
        """
        with self._lock:
            opened = self._opened
            if opened is None or self._closed:
                # What it makes of anyio's must not belong to an event loop of this thread.
                return outside(function)
        if opened.is_own_thread():
            return function()

        async def run() -> T:
            return function()

        return self.call(run)

    def start(self, function: Callable[[], Awaitable[T]]) -> Operation[T]:
        """Start a coroutine function in the background event loop."""
        return self._open_portal().start(function)

    def open(self) -> None:
        """Open the client; a call does this too."""
        self._open_portal()

    def _open_portal(self) -> _Opened:
        with self._lock:
            if self._process != os.getpid():
                raise ClientStateError(
                    f"the {self._name} belongs to the process that forked this one", hint="Make one in each process"
                )
            if self._closed:
                raise ClientStateError(
                    f"the {self._name} is closed", hint="Use it in its `with` block, or make another one"
                )
            if self._opened is None:
                self._opened = opened = _Opened(self._client, self.event_loop)
                # Without a reference to this object: it may run in any thread, also in that of the event loop.
                weakref.finalize(self, _close_later, opened).atexit = False
                _open.add(self)
        self._opened.check_thread()
        return self._opened

    def close(self, details: tuple[Any, Any, Any] = (None, None, None)) -> Any:
        """Close the client, and end the thread if it was the last; closing again does nothing.

        `details` are those of an exception that ends its block; whether it is swallowed is returned. Calls in other
        threads are cancelled, and raise `ClientStateError`.
        """
        if self._process != os.getpid():
            return None
        with self._lock:
            self._closed = True
            opened = self._opened
        if opened is None:
            return None
        opened.check_thread()
        return opened.close(details)

    def close_at_exit(self) -> None:
        """Close the client's connections as far as a few seconds allow."""
        if self._process == os.getpid() and self._opened is not None:
            self._opened.close_at_exit()


class _Opened:
    """A client whose block was entered in a background event loop."""

    def __init__(self, client: AbstractAsyncContextManager[Any], event_loop: EventLoop) -> None:
        self._calls: weakref.WeakSet[Operation[Any]] = weakref.WeakSet()
        self._lock = threading.Lock()
        self.process = os.getpid()
        self._loop: Loop | None = loop_of_process(event_loop)
        self._portal = Context().run(self._loop.enter)
        try:
            self._thread = outside(partial(self._portal.call, threading.get_ident))
            self._block = Block(self.start, client)
            self._block.enter()
        except BaseException:
            outside(self._loop.leave)
            raise

    def is_own_thread(self) -> bool:
        """Return whether this is the thread of the event loop."""
        own: int = self._thread
        return threading.get_ident() == own

    def check_thread(self) -> None:
        """Raise `ClientStateError` in the thread of the event loop, where a blocking call would never end."""
        if self.is_own_thread():
            raise ClientStateError(
                "a callback called a blocking method, and it runs in the background event loop",
                hint="Keep what it gets, and call the method when the call that it belongs to has returned",
            )

    def start(self, function: Callable[[], Awaitable[T]]) -> Operation[T]:
        """Start a coroutine function in the event loop."""
        operation = Operation(self._portal, function)
        self._calls.add(operation)
        return operation

    def close(self, details: tuple[Any, Any, Any] = (None, None, None)) -> Any:
        """Cancel calls that have not ended, close the client, and end the thread if it was the last client."""
        loop = self._taken()
        if loop is None:
            return None
        self._cancel_calls()
        try:
            return self._block.exit(*details)
        finally:
            outside(loop.leave)

    def close_at_exit(self) -> None:
        """Close the client without ending the thread, which ends with the interpreter."""
        if self._taken() is not None:
            self._cancel_calls()
            with suppress(Exception):
                self._block.notify()
                self._block.wait(EXIT_SECONDS)

    def _taken(self) -> Loop | None:
        """Return the event loop for the call that closes the client; None for later ones."""
        with self._lock:
            loop, self._loop = self._loop, None
            return loop

    def _cancel_calls(self) -> None:
        for operation in list(self._calls):
            if operation is not self._block.operation:
                operation.future.cancel()


def _close_later(opened: _Opened) -> None:
    """Close a client that was dropped, without waiting: garbage is collected in any thread, at any point of it."""
    if opened.process == os.getpid():
        # At the end of the interpreter no thread can be started.
        with suppress(RuntimeError):
            threading.Thread(target=_close_quietly, args=(opened,), name="anyqpu-sync", daemon=True).start()


def _close_quietly(opened: _Opened) -> None:
    with suppress(Exception):
        opened.close()


@atexit.register
def _close_all() -> None:
    """Close the clients that are still open when the interpreter ends, when no thread can be started any more."""
    for runner in list(_open):
        runner.close_at_exit()

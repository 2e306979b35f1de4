"""A client in an event loop of its own, called from synchronous code."""

from __future__ import annotations

import asyncio
import sys
import weakref
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import sniffio
from anyio.from_thread import start_blocking_portal

from anyqpu.errors import ClientStateError

if TYPE_CHECKING:
    from anyqpu.core.client import Client

P = ParamSpec("P")
T = TypeVar("T")


class Portal:
    """One event loop in one thread, in which one client is open until `close`, garbage collection or exit."""

    def __init__(self, client: Client) -> None:
        check_blocking()
        with ExitStack() as stack:
            self._portal = stack.enter_context(start_blocking_portal(name="anyqpu-qiskit"))
            stack.enter_context(self._portal.wrap_async_context_manager(client))
            # The thread is a daemon, so that Python can exit and this be called.
            self._close = weakref.finalize(self, stack.pop_all().close)

    def call(self, function: Callable[P, Awaitable[T]], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Return what a coroutine function returns, when it is done; an interrupt cancels it.

        Raises:
            ClientStateError: The portal is closed, or an event loop is running in this thread.
        """
        check_blocking()
        if not self._close.alive:
            raise ClientStateError("the backend is closed", hint="Use it in a with block, or make another one")

        async def run() -> T:
            return await function(*arguments, **keywords)

        future = self._portal.start_task_soon(run)
        try:
            return future.result()
        except BaseException:
            future.cancel()
            raise

    def close(self) -> None:
        """Close the client, and end the thread; closing again does nothing."""
        self._close()


def check_blocking() -> None:
    """Raise `ClientStateError` in a thread with a running event loop, which a blocking call would stop.

    A notebook's cell is an exception: its loop waits for the cell anyway.
    """
    try:
        sniffio.current_async_library()
    except sniffio.AsyncLibraryNotFoundError:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
    if "ipykernel" in sys.modules:
        return
    raise ClientStateError(
        "a backend of Qiskit blocks, and an event loop is running in this thread",
        hint="In async code, use `await client.submit(circuit, device=..., transpile=True)`, or call the backend in a "
        "thread: `await anyio.to_thread.run_sync(job.result)`",
    )

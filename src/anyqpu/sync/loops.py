"""The background event loops, and calls into them from synchronous code.

All clients of a process share one event loop for each of asyncio and trio. Its thread starts with the first call, and
ends when the last client is closed.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future
from contextlib import suppress
from contextvars import Context
from typing import Any, Generic, TypeVar

import anyio
import sniffio
from anyio.from_thread import BlockingPortal

from anyqpu.errors import ClientStateError, ConfigError

T = TypeVar("T")

# Seconds for which a call that was interrupted may end by itself, such as the search for a submitted job.
CLEANUP_SECONDS = 30.0
# On Windows a wait without a limit cannot be interrupted from the keyboard.
_STEP = 0.2 if sys.platform == "win32" else None

# By process, since threads do not survive a fork.
_loops: dict[tuple[int, str], Loop] = {}


def loop_of_process(event_loop: str) -> Loop:
    """Return the background event loop of a library in this process."""
    return _loops.setdefault((os.getpid(), event_loop), Loop(event_loop))


class Loop:
    """An event loop in a thread, for as long as clients are open.

    The thread is a daemon, and nothing but the last client joins it, so that a process which forgets to close ends.
    """

    def __init__(self, event_loop: str) -> None:
        self._event_loop = event_loop
        self._lock = threading.Lock()
        self._clients = 0
        self._running: tuple[BlockingPortal, threading.Thread] | None = None

    def enter(self) -> BlockingPortal:
        """Count one more client; return the portal to the event loop, which the first one starts."""
        with self._lock:
            if self._running is None:
                self._running = self._started()
            self._clients += 1
            return self._running[0]

    def leave(self) -> None:
        """Count one client less; the last one ends the thread."""
        with self._lock:
            self._clients -= 1
            if self._clients or self._running is None:
                return
            (portal, thread), self._running = self._running, None
        portal.call(portal.stop)
        thread.join()

    def _started(self) -> tuple[BlockingPortal, threading.Thread]:
        ready: Future[BlockingPortal] = Future()

        async def main() -> None:
            async with BlockingPortal() as portal:
                ready.set_result(portal)
                await portal.sleep_until_stopped()

        def run() -> None:
            try:
                anyio.run(main, backend=self._event_loop)
            except BaseException as error:
                if ready.done():
                    raise
                ready.set_exception(error)

        thread = threading.Thread(target=run, name="anyqpu-sync", daemon=True)
        thread.start()
        try:
            return ready.result(), thread
        except LookupError:
            problem = f"the event loop needs the package {self._event_loop!r}"
        raise ConfigError(problem, hint=f"pip install 'anyqpu[{self._event_loop}]'")


class Operation(Generic[T]):
    """One asynchronous call in the background event loop.

    Attributes:
        future: Its outcome.
    """

    def __init__(self, portal: BlockingPortal, function: Callable[[], Awaitable[T]]) -> None:
        self._function = function
        self._ended = threading.Event()
        self._notes: list[str] = []
        # A context of its own: that of the caller is of another thread, and perhaps of another event loop.
        context = Context()
        self.future: Future[T] = outside(lambda: context.run(portal.start_task_soon, self._run))

    async def _run(self) -> T:
        try:
            result = await self._function()
            # For a call that is interrupted at its very end.
            self._notes = [f"the call returned {result!r}"]
            return result
        except BaseException as error:
            self._notes = list(getattr(error, "__notes__", ()))
            raise
        finally:
            self._ended.set()

    def cancel(self) -> None:
        """Cancel the call, and wait until it has ended; a second interrupt from the keyboard ends this wait."""
        if self.future.cancel():
            self._ended.wait(CLEANUP_SECONDS)

    def wait(self, future: Future[Any] | None = None) -> Any:
        """Return the outcome, or that of a future which the call completes; an interrupt cancels the call.

        Raises:
            ClientStateError: The client was closed meanwhile.
        """
        future = future or self.future
        try:
            while not _is_done(future):
                pass
            return future.result()
        except CancelledError:
            problem = "the client was closed during the call"
            raise ClientStateError(problem, hint="Close it when its calls have returned") from None
        except BaseException as error:
            if future.done() and not future.cancelled() and future.exception() is error:
                raise
            self.cancel()
            # What the call had to say, such as the key of a submit that may have arrived.
            for note in self._notes:
                error.add_note(note)
            raise


def _is_done(future: Future[Any]) -> bool:
    """Wait for a future, and return whether it is done."""
    with suppress(TimeoutError, CancelledError):
        future.exception(_STEP)
    return future.done()


def loop_is_running() -> bool:
    """Return whether an event loop is running in this thread."""
    try:
        sniffio.current_async_library()
    except sniffio.AsyncLibraryNotFoundError:
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return False
    return True


def outside(function: Callable[[], T]) -> T:
    """Call a function in a thread of its own where an event loop is running in this one.

    trio refuses calls into another of its loops there, and anyio's objects would belong to the wrong loop.
    """
    if not loop_is_running():
        return function()
    outcome: Future[T] = Future()

    def run() -> None:
        try:
            outcome.set_result(function())
        except BaseException as error:
            outcome.set_exception(error)

    threading.Thread(target=run, name="anyqpu-sync", daemon=True).start()
    return outcome.result()

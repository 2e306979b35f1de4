"""The event loop behind the blocking calls of Qiskit's interfaces: that of `anyqpu.sync`."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from anyqpu.errors import ClientStateError
from anyqpu.sync.loops import loop_is_running
from anyqpu.sync.runner import Runner

if TYPE_CHECKING:
    from anyqpu.core.client import Client

P = ParamSpec("P")
T = TypeVar("T")


class Portal(Runner):
    """A client that is open in the background event loop; its calls refuse to block another one."""

    def __init__(self, client: Client) -> None:
        check_blocking()
        super().__init__(client, name="backend")
        self.open()

    def call(self, function: Callable[P, Awaitable[T]], *arguments: P.args, **keywords: P.kwargs) -> T:
        """Return what a coroutine function returns, when it is done; an interrupt cancels it.

        Raises:
            ClientStateError: The portal is closed, or an event loop is running in this thread.
        """
        check_blocking()
        return super().call(function, *arguments, **keywords)


def check_blocking() -> None:
    """Raise `ClientStateError` in a thread with a running event loop, which a blocking call would stop.

    A notebook's cell is an exception: its loop waits for the cell anyway.
    """
    ipython = sys.modules.get("IPython")
    if not loop_is_running() or (ipython is not None and ipython.get_ipython() is not None):
        return
    raise ClientStateError(
        "a backend of Qiskit blocks, and an event loop is running in this thread",
        hint="In async code, use `await client.submit(circuit, device=..., transpile=True)`, or call the backend in a "
        "thread: `await anyio.to_thread.run_sync(job.result)`",
    )

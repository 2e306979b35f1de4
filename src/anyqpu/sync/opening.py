"""Make blocking clients: `anyqpu.sync.connect("kipu")`."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, cast

import anyio.to_thread

from anyqpu import connecting, handles
from anyqpu._tracebacks import shortened
from anyqpu.errors import AnyQPUError
from anyqpu.model.handle import JobHandle
from anyqpu.sync.blocking import blocking_class
from anyqpu.sync.loops import outside
from anyqpu.sync.runner import EventLoop, Runner

if TYPE_CHECKING:
    from anyqpu.core.client import Client


def connect(provider: str, *, event_loop: EventLoop = "asyncio", **options: Any) -> Any:
    """Return a client of one cloud whose methods block, to be used as `with anyqpu.sync.connect(...) as client`.

    It has the methods of the asynchronous client without `await`, `async with` and `async for`. They run in a
    background thread, which starts with the first call and ends when the last client is closed. Threads can share a
    client.

    Args:
        provider: Name of a provider, such as `"kipu"`.
        event_loop: The library that runs the background event loop: `"asyncio"`, or `"trio"` (extra `trio`).
        options: The options of `anyqpu.connect`. Callbacks and hooks run in the background thread. A function for
            `token` may be asynchronous or not.

    Raises:
        ConfigError: As `anyqpu.connect`.
        ValidationError: As `anyqpu.connect`.
        TypeError: As `anyqpu.connect`.
    """
    problem: AnyQPUError
    try:
        if callable(token := options.get("token")):
            options["token"] = _asynchronous(token)
        connect_any: Any = connecting.connect
        # What it makes of anyio's would belong to an event loop of this thread.
        return _blocking(outside(lambda: connect_any(provider, **options)), event_loop)
    except AnyQPUError as error:
        problem = shortened(error)
    finally:
        # Credentials must not be seen in a traceback with local variables.
        options.clear()
    raise problem


def _blocking(client: Client, event_loop: EventLoop) -> Any:
    return blocking_class(cast("Any", type(client)))(client, Runner(client, event_loop))


def _asynchronous(function: Callable[[], Any]) -> Callable[[], Awaitable[Any]]:
    """Return a function that returns a token, as an asynchronous one; it runs in a thread if it is not."""

    async def call() -> Any:
        if inspect.iscoroutinefunction(function):
            return await function()
        return await anyio.to_thread.run_sync(function)

    return call


def resume(handle: JobHandle | str, *, event_loop: EventLoop = "asyncio", **options: Any) -> Any:
    """Return the job of a handle, which another process may have submitted; its methods block.

    For many handles, make a client of your own and use its `resume`.

    Args:
        handle: `str(job.handle)`, its JSON, or the handle itself. Its profile is used unless you pass another.
        event_loop: As for `connect`.
        options: The options of `anyqpu.connect`, where settings alone do not say how to reach the cloud.

    Raises:
        ValidationError: As `anyqpu.resume`.
        NotFoundError: As `anyqpu.resume`.
        AnyQPUError: As `anyqpu.resume`.
    """
    problem: AnyQPUError
    try:
        client, parsed = outside(lambda: handles.client_of(handle, options))
        return _blocking(client, event_loop).resume(parsed)
    except AnyQPUError as error:
        problem = shortened(error)
    raise problem

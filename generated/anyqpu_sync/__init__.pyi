"""Types of the blocking classes of `anyqpu`. Written by scripts/sync."""

from typing import Any, Literal, Unpack, overload

from anyqpu_sync.core.client import Client
from anyqpu_sync.core.sessions import SessionBlock
from anyqpu_sync.fleet.fleet import Fleet
from anyqpu_sync.fleet.tickets import Ticket
from anyqpu_sync.model.batch import Batch, BatchResults
from anyqpu_sync.model.job import Job
from anyqpu_sync.paging.pager import ItemIterator, PageIterator, Pager
from anyqpu_sync.providers.kipu.client import KipuClient
from anyqpu_sync.providers.pasqal.client import PasqalClient
from anyqpu_sync.providers.rigetti.client import RigettiClient
from anyqpu_sync.providers.scaleway.client import ScalewayClient

from anyqpu.model.handle import JobHandle
from anyqpu.options import KipuOptions, PasqalOptions, RigettiOptions, ScalewayOptions
from anyqpu.sync.runner import EventLoop

@overload
def connect(
    provider: Literal["kipu"], *, event_loop: EventLoop = "asyncio", **options: Unpack[KipuOptions]
) -> KipuClient:
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
    ...

@overload
def connect(
    provider: Literal["scaleway"], *, event_loop: EventLoop = "asyncio", **options: Unpack[ScalewayOptions]
) -> ScalewayClient:
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
    ...

@overload
def connect(
    provider: Literal["pasqal"], *, event_loop: EventLoop = "asyncio", **options: Unpack[PasqalOptions]
) -> PasqalClient:
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
    ...

@overload
def connect(
    provider: Literal["rigetti"], *, event_loop: EventLoop = "asyncio", **options: Unpack[RigettiOptions]
) -> RigettiClient:
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
    ...

@overload
def connect(provider: str, *, event_loop: EventLoop = "asyncio", **options: Any) -> Client:
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
    ...

def resume(handle: JobHandle | str, *, event_loop: EventLoop = "asyncio", **options: Any) -> Job:
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
    ...

__all__ = [
    "Batch",
    "BatchResults",
    "Client",
    "EventLoop",
    "Fleet",
    "ItemIterator",
    "Job",
    "KipuClient",
    "PageIterator",
    "Pager",
    "PasqalClient",
    "RigettiClient",
    "ScalewayClient",
    "SessionBlock",
    "Ticket",
    "connect",
    "resume",
]

"""Clients of emulated Pasqal Clouds: lenient ones, because the tests are about the client."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

import anyqpu
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock


@pytest.fixture
def connect() -> Iterator[Callable[[], PasqalClient]]:
    """Return another client of the same emulated cloud, as in another process: it remembers nothing yet."""
    with Emulator(strict=False) as emulator:
        transport = InProcess(lambda: (emulator.app, lambda: None))
        yield lambda: anyqpu.connect("pasqal", emulator="http://127.0.0.1", transport=transport)


@pytest.fixture
async def pasqal(anyio_backend: str, connect: Callable[[], PasqalClient]) -> AsyncIterator[PasqalClient]:
    async with connect() as client:
        yield client


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
async def slow(anyio_backend: str, clock: ManualClock) -> AsyncIterator[PasqalClient]:
    """A cloud whose clock stands still: jobs wait until they are cancelled."""
    emulator = Emulator(speed="real", clock=clock, strict=False)
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("pasqal", emulator="http://127.0.0.1", transport=transport) as client:
        yield client


@pytest.fixture
async def instant(anyio_backend: str, clock: ManualClock) -> AsyncIterator[PasqalClient]:
    """A cloud that computes at once, and whose clock is moved by the test."""
    emulator = Emulator(speed="instant", clock=clock, strict=False)
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("pasqal", emulator="http://127.0.0.1", transport=transport) as client:
        yield client

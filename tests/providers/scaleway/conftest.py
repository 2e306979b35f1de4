"""Clients of the emulated Scaleway: a lenient one, because the tests are about the client."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

import anyqpu
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock


@pytest.fixture
async def scaleway(anyio_backend: str) -> AsyncIterator[ScalewayClient]:
    async with anyqpu.connect("scaleway", emulator="lenient") as client:
        yield client


@pytest.fixture
async def slow(anyio_backend: str) -> AsyncIterator[ScalewayClient]:
    """A cloud whose clock stands still: nothing that was begun ever gets on."""
    emulator = Emulator(speed="real", clock=ManualClock(), strict=False)
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("scaleway", emulator="http://127.0.0.1", transport=transport) as client:
        yield client

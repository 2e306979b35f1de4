"""Fixtures for pytest. None is a coroutine, so they serve every plugin for asynchronous tests, and plain tests."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from anyqpu.testing.clouds import EmulatedClouds, emulated

if TYPE_CHECKING:
    from anyqpu.providers.kipu import KipuClient
    from anyqpu.providers.pasqal import PasqalClient
    from anyqpu.providers.rigetti import RigettiClient
    from anyqpu.providers.scaleway import ScalewayClient


@pytest.fixture
def anyqpu_emulator() -> dict[str, Any]:
    """What `emulated` is given for each test's emulator; override it in a conftest.py or a module."""
    return {}


@pytest.fixture
def emulator(anyqpu_emulator: dict[str, Any]) -> Iterator[EmulatedClouds]:
    """Emulated clouds of this test's own: `anyqpu.connect` leads there as long as the test lasts."""
    with emulated(**anyqpu_emulator) as clouds:
        yield clouds


# Making a client sends nothing, and one of an emulator in this process holds no connection when it is left alone:
# that is why nobody has to await its end.


@pytest.fixture
def kipu(emulator: EmulatedClouds) -> KipuClient:
    """A client of the emulated Kipu Quantum Hub."""
    client: KipuClient = emulator.connect("kipu")
    return client


@pytest.fixture
def scaleway(emulator: EmulatedClouds) -> ScalewayClient:
    """A client of the emulated Scaleway."""
    client: ScalewayClient = emulator.connect("scaleway")
    return client


@pytest.fixture
def pasqal(emulator: EmulatedClouds) -> PasqalClient:
    """A client of the emulated Pasqal Cloud."""
    client: PasqalClient = emulator.connect("pasqal")
    return client


@pytest.fixture
def rigetti(emulator: EmulatedClouds) -> RigettiClient:
    """A client of the emulated Rigetti. To execute programs, enter it (`async with rigetti:`): that opens sockets."""
    client: RigettiClient = emulator.connect("rigetti")
    return client

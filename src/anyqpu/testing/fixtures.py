"""Fixtures for pytest. All are synchronous, so they work with every plugin for asynchronous tests, and without one."""

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
    """Arguments of `emulated` for each test's emulator; override it in a conftest.py or a module."""
    return {}


@pytest.fixture
def emulator(anyqpu_emulator: dict[str, Any]) -> Iterator[EmulatedClouds]:
    """Emulated clouds for this test; `anyqpu.connect` connects to them during the test."""
    with emulated(**anyqpu_emulator) as clouds:
        yield clouds


# These clients need not be closed: creating one sends nothing, and with an emulator in this process it keeps no
# connection open.


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
    """A client of the emulated Rigetti. To execute programs, enter it (`async with rigetti:`), which opens sockets."""
    client: RigettiClient = emulator.connect("rigetti")
    return client

"""Clients of the emulator: in this process, and over a real socket."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

import anyqpu
from anyqpu.providers.kipu import KipuClient
from anyqpu_emulator.server import running

BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'
X_ON_QUBIT_0 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n'


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an emulator that listens on a socket."""
    with running(speed="instant", seed=7) as url:
        yield url


@pytest.fixture(params=["in process", "over a socket"])
async def kipu(request: pytest.FixtureRequest, server: str, anyio_backend: str) -> AsyncIterator[KipuClient]:
    """A client of the emulated Kipu cloud, reached in both ways."""
    async with anyqpu.connect("kipu", emulator=True if request.param == "in process" else server) as client:
        yield client

"""An emulator per test, in-process, and clients of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import anyio
import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

BASE = "http://emulator/kipu/quantum"
CLOUDS = ["scaleway", "kipu", "pasqal", "rigetti"]
TERMINAL = ("COMPLETED", "FAILED", "CANCELLED", "ABORTED")


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """A lenient emulator: `test_strict.py` is about what hardware refuses."""
    with Emulator(seed=7, strict=False) as instance:
        yield instance


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@asynccontextmanager
async def kipu(emulator: Emulator, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(emulator.app)
    headers = {"X-Auth-Token": "plqk_x", **headers}
    async with httpx.AsyncClient(transport=transport, base_url=BASE, headers=headers) as client:
        yield client


async def finished(client: httpx.AsyncClient, job_id: str) -> str:
    """Ask until a job is over, as a client would."""
    with anyio.fail_after(60):
        while True:
            status = (await client.get(f"/jobs/{job_id}/status")).json()["status"]
            if status in TERMINAL:
                return status
            await anyio.sleep(0.01)


async def run(client: httpx.AsyncClient, body: dict) -> dict:
    """Submit, wait, and return the result, whatever it says."""
    created = await client.post("/jobs", json=body)
    assert created.status_code == 201, created.text
    assert created.json()["status"] == "PENDING"
    job_id = created.json()["id"]
    await finished(client, job_id)
    result = await client.get(f"/jobs/{job_id}/result")
    assert result.status_code == 200
    return result.json()


def qasm_job(qasm: str, backend: str = "kipu.sim.qsim", shots: int = 100, **more: object) -> dict:
    return {"backend_id": backend, "shots": shots, "input": {"qasm": qasm}, **more}


BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'
X0 = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; x q[0]; measure q -> c;'

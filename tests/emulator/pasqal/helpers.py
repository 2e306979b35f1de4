"""Sequences as Pulser writes them, and clients of the emulated cloud."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.pasqal.catalogue import PROJECT_ID

HOST = "http://emulator/pasqal"
PI = 3.141592653589793


@asynccontextmanager
async def pasqal(emulator: Emulator, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(emulator.app)
    headers = {"Authorization": "Bearer a-token", **headers}
    async with httpx.AsyncClient(transport=transport, base_url=f"{HOST}/core-fast/api", headers=headers) as client:
        yield client


@asynccontextmanager
async def anonymous(emulator: Emulator) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url=HOST) as client:
        yield client


def constant(duration: int, value: Any) -> dict[str, Any]:
    return {"kind": "constant", "duration": duration, "value": value}


def pulse(amplitude: dict[str, Any], detuning: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "op": "pulse",
        "channel": "ryd",
        "protocol": "min-delay",
        "post_phase_shift": 0.0,
        "amplitude": amplitude,
        "detuning": detuning or constant(amplitude.get("duration", 0), 0),
        "phase": 0.0,
        **more,
    }


def sequence(
    operations: list[dict[str, Any]],
    places: list[tuple[float, float]] | None = None,
    variables: dict[str, Any] | None = None,
    **more: Any,
) -> str:
    document = {
        "version": "1",
        "name": "pulser-exported",
        "register": [{"name": f"q{i}", "x": x, "y": y} for i, (x, y) in enumerate(places or [(0, 0)])],
        "channels": {"ryd": "rydberg_global"},
        "variables": variables or {},
        "operations": operations,
        "measurement": "ground-rydberg",
        **more,
    }
    return json.dumps(document)


FLIP = sequence([pulse(constant(500, 2 * PI))])
"""One atom, turned by pi: always "1"."""
BY_VARIABLE = sequence(
    [pulse(constant(500, {"expression": "index", "lhs": {"variable": "omega"}, "rhs": 0}))],
    variables={"omega": {"type": "float", "value": [0.0]}},
)


def batch(*jobs: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"project_id": PROJECT_ID, "sequence_builder": FLIP, "jobs": list(jobs) or [{"runs": 10}], **more}


async def create(client: httpx.AsyncClient, *jobs: dict[str, Any], **more: Any) -> dict[str, Any]:
    response = await client.post("/v1/batches", json=batch(*jobs, **more))
    assert response.status_code == 200, response.text
    return response.json()["data"]


async def data(client: httpx.AsyncClient, path: str, **params: Any) -> Any:
    response = await client.get(path, params=params)
    assert response.status_code == 200, response.text
    return response.json()["data"]


async def finished(client: httpx.AsyncClient, job_id: str) -> str:
    with anyio.fail_after(60):
        while True:
            status = (await data(client, f"/v1/jobs/{job_id}/status"))["status"]
            if status not in ("PENDING", "RUNNING"):
                return status
            await anyio.sleep(0.01)


async def result(emulator: Emulator, client: httpx.AsyncClient, job_id: str) -> dict[str, Any]:
    assert await finished(client, job_id) == "DONE"
    link = (await data(client, f"/v1/jobs/{job_id}/results_link"))["results_link"]
    async with anonymous(emulator) as other:
        return (await other.get(link)).json()

"""Serve the emulator or a bare Starlette route in this process, and measure the CPU of a request."""

from __future__ import annotations

import threading
import time
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import anyio.to_thread

from scripts.bench import canned

BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'


@contextmanager
def emulator() -> Generator[tuple[str, str]]:
    """Run the emulator in a thread; yields its URL and the path of a completed job."""
    import anyqpu
    from anyqpu_emulator.server import running

    async def submitted(url: str) -> str:
        async with anyqpu.connect("kipu", emulator=url) as kipu:
            job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=100)
            return (await job.wait(timeout=60)).id

    with running(speed="instant") as url:
        yield url, f"/kipu/quantum/jobs/{anyio.run(submitted, url)}"


@contextmanager
def starlette() -> Generator[tuple[str, str]]:
    """Run a Starlette route with the same response, server and settings."""
    import socket

    import uvicorn
    from starlette.applications import Starlette
    from starlette.responses import JSONResponse
    from starlette.routing import Route

    job = canned.job(7)

    async def get_job(request: Any) -> JSONResponse:
        return JSONResponse(job)

    app = Starlette(routes=[Route("/kipu/quantum/jobs/{id}", get_job)])
    config = uvicorn.Config(app, http="h11", log_level="warning", access_log=False, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", f"/kipu/quantum/jobs/{job['id']}"
    finally:
        server.should_exit = True
        thread.join(10)


@asynccontextmanager
async def _in_a_thread(block: Any) -> AsyncGenerator[Any]:
    entered = await anyio.to_thread.run_sync(block.__enter__)
    try:
        yield entered
    finally:
        await anyio.to_thread.run_sync(block.__exit__, None, None, None)


class Serving:
    """The server that runs at present, kept between commands of the worker."""

    block: Any = None


async def serve(url: str, server: str) -> tuple[str, str]:
    """Start a server; return its URL and the path to request."""
    Serving.block = _in_a_thread({"emulator": emulator, "starlette": starlette}[server]())
    return await Serving.block.__aenter__()  # type: ignore[no-any-return]


async def stop(url: str) -> None:
    await Serving.block.__aexit__(None, None, None)


def cpu(url: str) -> float:
    """Return the CPU seconds of this process."""
    return time.process_time()


# Pages of the clouds' lists of jobs: the newest, the oldest, and filtered or sorted by state.
LISTS = (
    "/kipu/quantum/jobs",
    "/kipu/quantum/jobs?size=100&page=99",
    "/kipu/quantum/jobs?sort=status,asc",
    "/scaleway/qaas/v1alpha1/jobs",
    "/scaleway/qaas/v1alpha1/jobs?page_size=100&page=99",
    "/scaleway/qaas/v1alpha1/jobs?order_by=status_desc",
    "/scaleway/qaas/v1alpha1/jobs?tags=7",
    "/pasqal/core-fast/api/v1/jobs",
    "/pasqal/core-fast/api/v2/jobs?offset=9900&limit=100",
    "/pasqal/core-fast/api/v2/jobs?status=ERROR&order_by=status",
    "/pasqal/core-fast/api/v1/batches",
    "/rigetti/v1/reservations?pageSize=100",
)
_PROJECT = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"


async def lists(url: str, count: int) -> float:
    """Return the CPU in milliseconds of the slowest page, with `count` jobs on each cloud, best of five."""
    import httpx

    from anyqpu_emulator import Emulator

    headers = {"X-Auth-Token": "t", "Authorization": "Bearer t"}
    async with Emulator(seed=1) as emulator:
        transport = httpx.ASGITransport(emulator.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://emulator", headers=headers) as client:
            await _fill(client, count)
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            return max([await _cost(client, path) for path in LISTS])


async def _cost(client: Any, path: str) -> float:
    best = float("inf")
    for _ in range(5):
        before = time.process_time()
        response = await client.get(path)
        best = min(best, (time.process_time() - before) * 1000)
        response.raise_for_status()
    return best


async def _fill(client: Any, count: int) -> None:
    async def post(path: str, body: dict[str, Any]) -> Any:
        response = await client.post(path, json=body)
        response.raise_for_status()
        return response.json()

    qaas = "/scaleway/qaas/v1alpha1"
    platforms = (await client.get(f"{qaas}/platforms")).json()["platforms"]
    platform = next(platform["id"] for platform in platforms if platform["name"] == "EMU-AER-16C-128M")
    hours = {"max_idle_duration": "36000s", "max_duration": "36000s"}
    session = await post(f"{qaas}/sessions", {"project_id": _PROJECT, "platform_id": platform, **hours})
    model = await post(f"{qaas}/models", {"project_id": _PROJECT, "payload": "{}"})
    for number in range(count):
        job = {"session_id": session["id"], "name": "job", "tags": [str(number)], "circuit": {}}
        await post(f"{qaas}/jobs", job | {"model_id": model["id"]})
        await post("/kipu/quantum/jobs", {"backend_id": "kipu.sim.qsim", "shots": 1, "input": {"qasm": BELL}})
    for number in range(count // 100):
        batch = {"project_id": _PROJECT, "sequence_builder": "none", "jobs": [{"runs": 1}] * 100}
        await post("/pasqal/core-fast/api/v1/batches", batch | {"tags": [str(number)]})

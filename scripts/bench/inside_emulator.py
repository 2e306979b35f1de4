"""The emulator and a bare Starlette route, each served by this process, and what a request costs it."""

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
    """The emulator in a thread of this process; yields its address and the path of a job that is complete."""
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
    """A route of Starlette that answers the same, under the same server with the same settings."""
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
    """What is served at the moment, from one line of the worker to the next."""

    block: Any = None


async def serve(url: str, what: str) -> tuple[str, str]:
    """Begin to serve; the address and the path that shall be asked for."""
    Serving.block = _in_a_thread({"emulator": emulator, "starlette": starlette}[what]())
    return await Serving.block.__aenter__()  # type: ignore[no-any-return]


async def stop(url: str) -> None:
    await Serving.block.__aexit__(None, None, None)


def cpu(url: str) -> float:
    """CPU seconds of this process so far."""
    return time.process_time()

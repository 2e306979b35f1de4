"""Measure one client from inside its own process. Imports only that client.

python -m scripts.bench.worker CLIENT URL      reads one line of JSON for each measurement
"""

from __future__ import annotations

import asyncio
import importlib
import json
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from scripts.bench.clouds import CLIENTS as CLOUDS

JOB = "5904a9f2-f43b-453d-9d08-beedcdb93e54"
Call = Callable[[], Awaitable[Any]]
PATIENCE = 120.0


def kipu(url: str, **options: Any) -> Any:
    """Open an anyqpu client with default settings."""
    import anyqpu

    return anyqpu.connect("kipu", base_url=url, token="a-token", **options)


@asynccontextmanager
async def ours(url: str, **options: Any) -> AsyncGenerator[Call]:
    async with kipu(url, **options) as client:
        yield lambda: client.raw.get_job(JOB)


@asynccontextmanager
async def common(url: str) -> AsyncGenerator[Call]:
    async with kipu(url) as client:
        job = await client.job(JOB)
        yield job.refresh


@asynccontextmanager
async def stock(url: str) -> AsyncGenerator[Call]:
    client = importlib.import_module("stock_kipu.client")
    operation = importlib.import_module("stock_kipu.api.jobs.get_job")
    async with client.AuthenticatedClient(base_url=url, token="a-token", timeout=PATIENCE) as made:
        yield lambda: operation.asyncio(JOB, client=made)


@asynccontextmanager
async def httpx(url: str, library: str = "httpx") -> AsyncGenerator[Call]:
    package = importlib.import_module(library)
    async with package.AsyncClient(base_url=url, headers={"X-Auth-Token": "a-token"}, timeout=PATIENCE) as client:

        async def call() -> Any:
            return (await client.get(f"/jobs/{JOB}")).json()

        yield call


@asynccontextmanager
async def aiohttp(url: str) -> AsyncGenerator[Call]:
    package = importlib.import_module("aiohttp")
    async with package.ClientSession(headers={"X-Auth-Token": "a-token"}) as session:

        async def call() -> Any:
            async with session.get(f"{url}/jobs/{JOB}") as response:
                return await response.json()

        yield call


@asynccontextmanager
async def streams(url: str, path: str = f"/jobs/{JOB}") -> AsyncGenerator[Call]:
    """The lower bound: a hand-written request, on one connection per caller."""
    host, _, port = url.removeprefix("http://").partition(":")
    request = f"GET {path} HTTP/1.1\r\nhost: {host}\r\nx-auth-token: a-token\r\n\r\n".encode()
    free: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def call() -> Any:
        reader, writer = free.pop() if free else await asyncio.open_connection(host, int(port))
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        body = await reader.readexactly(size)
        assert b" 200 " in head.split(b"\r\n")[0], head
        free.append((reader, writer))
        return json.loads(body)

    yield call
    for _, writer in free:
        writer.close()


CLIENTS: dict[str, Callable[[str], Any]] = {
    "anyqpu": ours,
    "anyqpu-job": common,
    "anyqpu-httpx2": lambda url: ours(url, transport="httpx2"),
    "anyqpu-aiohttp": lambda url: ours(url, transport="aiohttp"),
    "stock": stock,
    "httpx": httpx,
    "httpx2": lambda url: httpx(url, "httpx2"),
    "aiohttp": aiohttp,
    "streams": streams,
    **CLOUDS,
}


async def calls(call: Call, count: int, callers: int) -> float:
    """Return the CPU of a call in microseconds, with concurrent callers."""
    times_each = max(1, count // callers)

    async def caller(times: int) -> None:
        for _ in range(times):
            await call()

    # Connections that closed while others were measured reopen here, outside of the measurement.
    await asyncio.gather(*(caller(1) for _ in range(callers)))
    began = time.process_time()
    await asyncio.gather(*(caller(times_each) for _ in range(callers)))
    return (time.process_time() - began) / (times_each * callers) * 1e6


async def download(client: str, url: str, megabytes: int, target: str) -> tuple[float, float]:
    """Return the CPU seconds of a download to a file, and the largest growth of memory in megabytes."""
    if client == "anyqpu":
        async with kipu(url) as made:
            await made.download_result(await made.job("0"))
            job = await made.job(str(megabytes))
            before, began = peak(), time.process_time()
            await made.download_result(job, target)
    else:
        package = importlib.import_module("httpx")
        async with package.AsyncClient(base_url=url, timeout=PATIENCE) as made:
            await made.get("/jobs/0")
            before, began = peak(), time.process_time()
            async with made.stream("GET", f"/jobs/{megabytes}/result-stream") as response:
                with Path(target).open("wb") as file:  # noqa: ASYNC230
                    async for piece in response.aiter_bytes():
                        file.write(piece)
    return time.process_time() - began, peak() - before


def peak() -> float:
    """Return the peak memory of this process in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # `getrusage` includes the parent's memory.
        return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if "VmHWM" in line)
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)


async def main(client: str, url: str) -> None:
    opened: Any = None
    call: Call | None = None
    for line in sys.stdin:
        wanted = json.loads(line)
        match wanted.pop("do"):
            case "calls":
                if call is None:
                    opened = CLIENTS[client](url)
                    call = await opened.__aenter__()
                result: Any = await calls(call, **wanted)
            case "download":
                result = await download(client, url, **wanted)
            case "ask":
                async with streams(wanted.pop("url"), wanted.pop("path")) as asking:
                    result = await calls(asking, **wanted)
            case other:
                # Modules for anyqpu alone cannot be imported in other environments.
                module, _, name = other.partition(".")
                result = getattr(importlib.import_module(f"scripts.bench.inside_{module}"), name)(url, **wanted)
                if isinstance(result, Awaitable):
                    result = await result
        print(json.dumps(result), flush=True)
    if opened is not None:
        await opened.__aexit__(None, None, None)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))

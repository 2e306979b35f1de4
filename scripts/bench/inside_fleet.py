"""Fleets, measured inside the process that works; the emulator is in another one."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import anyio

from scripts.bench.inside_emulator import BELL
from scripts.bench.inside_waits import resident

DEVICE = "kipu:kipu.sim.qsim"


async def sweep(url: str, emulator: str, count: int, transport: str | None = None) -> dict[str, float]:
    """Return the milliseconds of CPU per job, from the plan to the result, of a ledger in SQLite, and those of the two
    requests that a job takes, sent by the bare HTTP library.

    In a process as that of `anyqpu fleet work`, after some jobs for what is done once.
    """
    import httpcore

    import anyqpu
    from anyqpu_cli.garbage import quiet_gc

    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.sqlite"
        async with anyqpu.Fleet("kipu", ledger=place, in_flight=256, emulator=emulator, transport=transport) as fleet:
            await fleet.gather(await fleet.submit_many([BELL] * min(20, count), device=DEVICE, shots=10))
            quiet_gc()
            began = time.process_time()
            outcomes = await fleet.gather(await fleet.submit_many([BELL] * count, device=DEVICE, shots=10))
            passed = time.process_time() - began
    assert [outcome.kind for outcome in outcomes] == ["completed"] * count
    left = iter(range(2 * count))

    async def requests() -> None:
        async with httpcore.AsyncConnectionPool(max_connections=1) as pool:
            for _ in left:
                await pool.request("GET", f"{emulator}/kipu/quantum/backends/kipu.sim.qsim/status")

    began = time.process_time()
    async with anyio.create_task_group() as group:
        for _ in range(32):
            group.start_soon(requests)
    return {"job": passed / count * 1e3, "requests": (time.process_time() - began) / count * 1e3}


async def held(url: str, emulator: str, count: int, seconds: float) -> dict[str, float]:
    """Return what `count` jobs cost that do not end: the longest gaps of the loop in ms, by the clock and by its CPU,
    the share of a core in percent, and megabytes."""
    import httpx

    import anyqpu
    from anyqpu_cli.garbage import quiet_gc

    clock, busy = [0.0], [0.0]

    async def beat() -> None:
        last, last_cpu = time.perf_counter(), time.thread_time()
        while True:
            await anyio.sleep(0.001)
            now, cpu = time.perf_counter(), time.thread_time()
            clock.append(now - last)
            busy.append(cpu - last_cpu)
            last, last_cpu = now, cpu

    async with httpx.AsyncClient() as client:
        fault = {"operation": "createJob", "stuck": "queued"}
        (await client.post(f"{emulator}/_control/faults", json=fault)).raise_for_status()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.sqlite"
        async with anyqpu.Fleet("kipu", ledger=place, in_flight=count, emulator=emulator) as fleet:
            quiet_gc()
            tickets: Any = await fleet.submit_many([BELL] * count, device=DEVICE, shots=10)
            while sum(line.entries for line in await fleet.ledger.summary() if line.state == "sent") < count:  # noqa: ASYNC110
                await anyio.sleep(0.5)
            async with anyio.create_task_group() as group:
                group.start_soon(fleet.gather, tickets)
                # What the sends left behind is not part of the wait.
                await anyio.sleep(min(2.0, seconds))
                began, cpu = time.perf_counter(), time.process_time()
                group.start_soon(beat)
                await anyio.sleep(seconds)
                share = (time.process_time() - cpu) / (time.perf_counter() - began) * 100
                group.cancel_scope.cancel()
    return {"clock": max(clock) * 1e3, "cpu": max(busy) * 1e3, "share": share, "memory": resident()}

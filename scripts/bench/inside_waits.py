"""Waits, measured inside the process that waits; the server is in another one."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import Any

from scripts.bench.worker import kipu


def resident() -> float:
    """Return the memory of this process in megabytes: the present, or on some systems the peak."""
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))
    except OSError:
        from scripts.bench.worker import peak

        return peak()


async def gap(url: str, waits: int, interval: float) -> list[float]:
    """Return the longest gap in ms between two heartbeats beside waits: by the clock, and by the loop's own CPU.

    The third number is the gap by the clock that 99 of 100 do not exceed.
    """
    import anyqpu

    clock, busy = [0.0], [0.0]

    async def beat() -> None:
        last, last_cpu = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(0.001)
            now, cpu = time.perf_counter(), time.thread_time()
            clock.append(now - last)
            busy.append(cpu - last_cpu)
            last, last_cpu = now, cpu

    poll = anyqpu.PollPolicy(floor=interval, growth=0.0)
    async with kipu(url) as client:
        jobs = [await client.job(f"gap-{number}") for number in range(waits)]
        # What set-up left for a full collection would fall into the waits, or not, by chance: 17 to 24 ms.
        gc.collect()
        heart = asyncio.create_task(beat())
        await asyncio.gather(*(job.wait(poll=poll, timeout=60) for job in jobs))
        heart.cancel()
    return [max(clock) * 1000, max(busy) * 1000, sorted(clock)[len(clock) * 99 // 100] * 1000]


async def many(url: str, waits: int, settle: float, seconds: float) -> dict[str, float]:
    """Return the share of a core, memory and requests of waits with the default policy for jobs that do not end."""
    import anyqpu
    from anyqpu.transport.hooks import RequestEvent

    requests = 0

    class Count(anyqpu.Hooks):
        def on_request(self, event: RequestEvent) -> None:
            nonlocal requests
            requests += 1

    async with kipu(url, hooks=Count()) as client:
        # As a program would have submitted them, but a hundred at a time, which saves a minute.
        jobs: list[Any] = []
        for first in range(0, waits, 100):
            some = range(first, min(waits, first + 100))
            jobs += await asyncio.gather(*(client.job(f"many-{number}") for number in some))
        tasks = [asyncio.create_task(job.wait()) for job in jobs]
        del jobs
        await asyncio.sleep(settle)
        requests, began, cpu = 0, time.perf_counter(), time.process_time()
        most = resident()
        for _ in range(10):
            await asyncio.sleep(seconds / 10)
            most = max(most, resident())
        passed = time.perf_counter() - began
        share, rate = (time.process_time() - cpu) / passed * 100, requests / passed
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    gc.collect()
    return {"cpu": share, "memory": most, "requests": rate}

"""Waits, measured inside the process that waits; the server is another."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import Any

from scripts.bench.worker import kipu


def resident() -> float:
    """Memory that this process has now, in megabytes; where the system does not say, the most it ever had."""
    try:
        with open("/proc/self/status") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))
    except OSError:
        from scripts.bench.worker import peak

        return peak()


async def gap(url: str, waits: int, interval: float) -> list[float]:
    """The longest time between two heartbeats beside so many waits, in ms: by the clock, and by the loop's own CPU."""
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
        heart = asyncio.create_task(beat())
        await asyncio.gather(*(job.wait(poll=poll, timeout=60) for job in jobs))
        heart.cancel()
    return [max(clock) * 1000, max(busy) * 1000]


async def many(url: str, waits: int, settle: float, seconds: float) -> dict[str, float]:
    """So many waits with the usual policy, for jobs that do not end: share of a core, memory and requests."""
    import anyqpu
    from anyqpu.transport.hooks import RequestEvent

    requests = 0

    class Count(anyqpu.Hooks):
        def on_request(self, event: RequestEvent) -> None:
            nonlocal requests
            requests += 1

    async with kipu(url, hooks=Count()) as client:
        # One by one as a program would have submitted them; a hundred at a time, so that it does not take a minute.
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
        share, asked = (time.process_time() - cpu) / passed * 100, requests / passed
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    gc.collect()
    return {"cpu": share, "memory": most, "requests": asked}

"""The common model beside the raw call, in one process, since two processes differ by more than the overhead."""

from __future__ import annotations

from scripts.bench.worker import JOB, aiohttp, calls, kipu, ours


async def pairs(url: str, count: int, rounds: int) -> list[tuple[float, float]]:
    """Return the CPU in microseconds of `job.refresh()` and of the raw call, in turns."""
    times: list[tuple[float, float]] = []
    async with kipu(url) as client:
        job = await client.job(JOB)
        for _ in range(rounds):
            common = await calls(job.refresh, count, 1)
            times.append((common, await calls(lambda: client.raw.get_job(JOB), count, 1)))
    return times


async def beside(url: str, count: int, rounds: int, callers: int) -> list[tuple[float, float]]:
    """Return the CPU in microseconds of a call over aiohttp, and of aiohttp alone, in turns."""
    times: list[tuple[float, float]] = []
    async with ours(url, transport="aiohttp") as call, aiohttp(url) as alone:
        for _ in range(rounds):
            times.append((await calls(call, count, callers), await calls(alone, count, callers)))
    return times

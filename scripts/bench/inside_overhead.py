"""The common model beside the raw call, in one process, since two processes differ by more than the overhead."""

from __future__ import annotations

from scripts.bench.worker import JOB, calls, kipu


async def pairs(url: str, count: int, rounds: int) -> list[tuple[float, float]]:
    """Return the CPU in microseconds of `job.refresh()` and of the raw call, in turns."""
    times: list[tuple[float, float]] = []
    async with kipu(url) as client:
        job = await client.job(JOB)
        for _ in range(rounds):
            common = await calls(job.refresh, count, 1)
            times.append((common, await calls(lambda: client.raw.get_job(JOB), count, 1)))
    return times

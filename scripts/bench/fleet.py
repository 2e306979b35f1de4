"""Fleets: CPU of a job, and what thousands of open jobs cost the process."""

from __future__ import annotations

from scripts.bench.processes import worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("fleet_job", "fleet_gap_10000", "fleet_memory_10000")


def measure(size: Size) -> Found:
    """Measure this group, with the emulator in a process of its own."""
    count, seconds = (5, 0.2) if size.tiny else (10_000, 20.0)
    jobs = {name: _sweep(5 if size.tiny else 1000, name) for name in (None, "aiohttp")}
    with worker("anyqpu-emulator", "anyqpu", "-") as emulator, worker("anyqpu-emulator", "anyqpu", "-") as at:
        url, _ = emulator.do("emulator.serve", server="emulator")
        held = at.do("fleet.held", emulator=url, count=count, seconds=seconds)
        emulator.do("emulator.stop")
    return Found(
        [
            # The baseline is the two requests of a job alone, sent by httpcore: their share, and the machine's load.
            _row("fleet_job", jobs[None]),
            _row("fleet_job_aiohttp", jobs["aiohttp"]),
            Row("fleet_gap_10000", held["clock"], "ms"),
            Row("fleet_gap_10000_cpu", held["cpu"], "ms"),
            Row("fleet_10000", held["share"], "%"),
            Row("fleet_memory_10000", held["memory"], "MB"),
        ]
    )


def _row(name: str, costs: dict[str, float]) -> Row:
    return Row(name, costs["job"], "ms", costs["requests"], costs["job"] / costs["requests"])


def _sweep(count: int, transport: str | None) -> dict[str, float]:
    with worker("anyqpu-emulator", "anyqpu", "-") as emulator, worker("anyqpu-fast", "anyqpu", "-") as at:
        url, _ = emulator.do("emulator.serve", server="emulator")
        costs: dict[str, float] = at.do("fleet.sweep", emulator=url, count=count, transport=transport)
        emulator.do("emulator.stop")
    return costs

"""Fleets: CPU of a job, and what thousands of open jobs cost the process."""

from __future__ import annotations

from scripts.bench.processes import worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("fleet_job", "fleet_gap_10000", "fleet_memory_10000")


def measure(size: Size) -> Found:
    """Measure this group, with the emulator in a process of its own."""
    count, seconds = (5, 0.2) if size.tiny else (10_000, 20.0)
    with worker("anyqpu-emulator", "anyqpu", "-") as emulator, worker("anyqpu-emulator", "anyqpu", "-") as at:
        url, _ = emulator.do("emulator.serve", server="emulator")
        job = at.do("fleet.sweep", emulator=url, count=5 if size.tiny else 1000)
        emulator.do("emulator.stop")
    with worker("anyqpu-emulator", "anyqpu", "-") as emulator, worker("anyqpu-emulator", "anyqpu", "-") as at:
        url, _ = emulator.do("emulator.serve", server="emulator")
        held = at.do("fleet.held", emulator=url, count=count, seconds=seconds)
        emulator.do("emulator.stop")
    return Found(
        [
            Row("fleet_job", job, "ms"),
            Row("fleet_gap_10000", held["clock"], "ms"),
            Row("fleet_gap_10000_cpu", held["cpu"], "ms"),
            Row("fleet_10000", held["share"], "%"),
            Row("fleet_memory_10000", held["memory"], "MB"),
        ]
    )

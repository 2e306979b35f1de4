"""Download of a large result to a file, also beside a busy neighbour."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from scripts.bench.processes import neighbour, ratio, server, worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("download", "download_busy", "download_memory")
KINDS = {"anyqpu": "anyqpu", "httpx": "httpx"}


def measure(size: Size) -> Found:
    """Measure this group."""
    cpu, memory = _pairs(size)
    with neighbour():
        busy, _ = _pairs(size)
    mine, other = median(memory["anyqpu"]), median(memory["httpx"])
    rows = [_row("download", cpu), _row("download_busy", busy)]
    return Found([*rows, Row("download_memory", mine, "MB", other, mine / other if other else None)])


def _row(name: str, cpu: dict[str, list[float]]) -> Row:
    ours, theirs = cpu["anyqpu"], cpu["httpx"]
    return Row(name, median(ours), "ms", median(theirs), ratio(ours, theirs))


def _pairs(size: Size) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return CPU and memory by client, one value for each pair of downloads; each has a new process."""
    megabytes = 2 if size.tiny else 200
    cpu: dict[str, list[float]] = {name: [] for name in KINDS}
    memory: dict[str, list[float]] = {name: [] for name in KINDS}
    with server() as url, TemporaryDirectory() as folder:
        for _ in range(size.rounds):
            for client, environment in KINDS.items():
                target = Path(folder) / client
                with worker(environment, client, url) as at:
                    seconds, grown = at.do("download", megabytes=megabytes, target=str(target))
                assert target.stat().st_size == megabytes * 2**20
                cpu[client].append(seconds * 1000)
                memory[client].append(grown)
    return cpu, memory

"""Download of a large result to a file."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from scripts.bench.processes import ratio, server, worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("download", "download_memory")
KINDS = {"anyqpu": "anyqpu", "httpx": "httpx"}


def measure(size: Size) -> Found:
    """Measure CPU and memory, with a new process for each download."""
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
    ours, theirs = cpu["anyqpu"], cpu["httpx"]
    mine, other = median(memory["anyqpu"]), median(memory["httpx"])
    return Found(
        [
            Row("download", median(ours), "ms", median(theirs), ratio(ours, theirs)),
            Row("download_memory", mine, "MB", other, mine / other if other else None),
        ]
    )

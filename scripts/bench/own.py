"""CPU of a call through the clouds' own clients, beside anyqpu's to the same cloud."""

from __future__ import annotations

from statistics import median

from scripts.bench.calls import costs
from scripts.bench.processes import ratio, server, workers
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

CLOUDS = ("kipu", "scaleway", "pasqal", "rigetti")
# Pasqal's calls are synchronous and Scaleway's block: concurrent calls run one after another.
TOGETHER = ("kipu", "rigetti")
NAMES = (*(f"own_{cloud}_c1" for cloud in CLOUDS), *(f"own_{cloud}_c128" for cloud in TOGETHER))


def measure(size: Size) -> Found:
    """Measure with one caller for each cloud, and with many where the cloud's own client allows it."""
    rows: list[Row] = []
    for cloud in CLOUDS:
        with server() as url, workers({f"anyqpu-{cloud}": "anyqpu", f"own-{cloud}": cloud}, url) as at:
            for callers in (1, 128) if cloud in TOGETHER else (1,):
                ours, theirs = costs(at, callers, size).values()
                rows.append(Row(f"own_{cloud}_c{callers}", median(ours), "µs", median(theirs), ratio(ours, theirs)))
    return Found(rows)

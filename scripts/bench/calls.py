"""CPU of a call through the whole stack, with one caller or many."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from scripts.bench.environments import stock_client
from scripts.bench.processes import Worker, ratio, rounds, server, workers
from scripts.bench.report import Curve, Row
from scripts.bench.run import Found, Size

KINDS = {
    "anyqpu": "anyqpu",
    "anyqpu-job": "anyqpu",
    "anyqpu-httpx2": "anyqpu-fast",
    "anyqpu-aiohttp": "anyqpu-fast",
    "stock": "httpx",
    "httpx": "httpx",
    "httpx2": "httpx2",
    "aiohttp": "aiohttp",
    "streams": "httpx",
}
EXTRAS = ("anyqpu-httpx2", "anyqpu-aiohttp")
CURVE = (1, 16, 128, 1000)
PROFILED = (1, 16, 128)
NAMES = ("call_cpu_c1", "call_cpu_c128", "call_cpu_c1000", "call_cpu_fast_c128", "own_part_c128", "job_overhead")


def measure(size: Size) -> Found:
    """Measure this group, and the cost of a call at each concurrency."""
    stock_client()
    rows: list[Row] = []
    levels = (1, 128, 1000) if size.small else CURVE
    curve = Curve("CPU of a call, µs, by callers at a time", ("callers", *KINDS), "CPU of a call, µs")
    with server() as url, workers(KINDS, url) as at:
        for callers in levels:
            times = costs(at, callers, size)
            curve.lines.append((str(callers), *(median(times[name]) for name in KINDS)))
            if callers in {1, 128, 1000}:
                rows += _rows(times, callers)
        turns = at["anyqpu"].do("overhead.pairs", count=20 if size.tiny else 300, rounds=3 if size.tiny else 25)
        own = at["anyqpu-aiohttp"].do(
            "overhead.beside", callers=5 if size.tiny else 128, count=20 if size.tiny else 256, rounds=size.rounds * 5
        )
        profile = [
            at["anyqpu"].do("profile.shares", callers=callers, count=20 if size.tiny else 2000) for callers in PROFILED
        ]
    common, raw = zip(*turns, strict=True)
    rows.append(_row("job_overhead", common, raw))
    rows.append(_own_part(own))
    head = ("package", *(f"{callers} at a time" for callers in PROFILED))
    shares = Curve("Where a call's time goes, %", head, is_drawn=False)
    for name in profile[0]:
        shares.lines.append((name, *(percentages.get(name, 0.0) for percentages in profile)))
    return Found(rows, [curve, shares])


def costs(at: dict[str, Worker], callers: int, size: Size) -> dict[str, list[float]]:
    """Return the CPU of a call in microseconds, by client, one value for each round."""
    count = 20 if size.tiny else max(size.calls, 2 * callers)
    callers = min(callers, count)
    for worker in at.values():
        worker.do("calls", count=callers, callers=callers)
    return rounds(
        size.rounds,
        {name: lambda worker=worker: worker.do("calls", count=count, callers=callers) for name, worker in at.items()},
    )


def _rows(times: dict[str, list[float]], callers: int) -> list[Row]:
    rows = [_row(f"call_cpu_c{callers}", times["anyqpu"], times["stock"])]
    if callers == 128:
        fastest = min(EXTRAS, key=lambda name: median(times[name]))
        rows.append(_row("call_cpu_fast_c128", times[fastest], times["stock"]))
    others = [name for name in KINDS if name not in {"anyqpu", "anyqpu-job", "stock"}]
    return rows + [_row(f"other_{name}_c{callers}", times[name], times["stock"]) for name in others]


def _own_part(turns: Sequence[tuple[float, float]]) -> Row:
    """Return the CPU of a call beside that of the same call by aiohttp alone; of many turns the quickest fifth."""
    ours, alone = (sorted(times)[: max(1, len(times) // 5)] for times in zip(*turns, strict=True))
    return Row("own_part_c128", median(ours) - median(alone), "µs", median(alone), median(ours) / median(alone))


def _row(name: str, ours: Sequence[float], theirs: Sequence[float]) -> Row:
    return Row(name, median(ours), "µs", median(theirs), ratio(ours, theirs))

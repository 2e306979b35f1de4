"""CPU of a request in the emulator, beside a bare route of its framework; and of a page of a long list."""

from __future__ import annotations

from statistics import median

from scripts.bench.processes import Worker, ratio, rounds, worker
from scripts.bench.report import Row
from scripts.bench.run import Found, Size

NAMES = ("emulator_rps", "emulator_list")
JOBS = 10_000


def measure(size: Size) -> Found:
    """Measure this group: each server in its own process, the client in a third."""
    count = 20 if size.tiny else 2 * size.calls
    with (
        worker("anyqpu-emulator", "anyqpu", "-") as one,
        worker("anyqpu-emulator", "anyqpu", "-") as other,
        worker("httpx", "streams", "-") as asking,
    ):
        served = {"emulator": one, "starlette": other}
        places = {name: at.do("emulator.serve", server=name) for name, at in served.items()}

        def cost(name: str, at: Worker) -> float:
            url, path = places[name]
            asking.do("ask", url=url, path=path, count=8, callers=8)
            before = at.do("emulator.cpu")
            asking.do("ask", url=url, path=path, count=count, callers=8)
            return float(at.do("emulator.cpu") - before) / count * 1e6

        times = rounds(size.rounds, {name: lambda name=name, at=at: cost(name, at) for name, at in served.items()})
        for at in served.values():
            at.do("emulator.stop")
        # The slowest of all lists of all clouds.
        slowest = float(one.do("emulator.lists", count=100 if size.tiny else JOBS))
    ours, theirs = times["emulator"], times["starlette"]
    rows = [Row("emulator_rps", median(ours), "µs", median(theirs), ratio(ours, theirs))]
    return Found([*rows, Row("emulator_list", slowest, "ms")])

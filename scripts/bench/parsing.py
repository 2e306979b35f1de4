"""CPU of parsing responses and converting programs, and memory of the objects."""

from __future__ import annotations

from statistics import median

from scripts.bench.processes import ratio, worker
from scripts.bench.report import Curve, Row
from scripts.bench.run import Found, Size

NAMES = ("page_parse", "bytes_per_job", "client_open", "convert")


def measure(size: Size) -> Found:
    """Measure this group, and the cost of a job by the size of its page."""
    curve = Curve(
        "CPU of parsing, µs per job, by jobs in a page",
        ("jobs", "json.loads", "common jobs", "all read"),
        "CPU per job, µs",
    )
    with worker("anyqpu", "anyqpu", "http://127.0.0.1:9") as at:
        turns = 1 if size.tiny else 50
        times = [at.do("parsing.page", size=100, turns=turns) for _ in range(size.rounds)]
        loads, jobs, read = zip(*times, strict=True)
        rows = [
            Row("page_parse", median(jobs) * 100, "µs", median(loads) * 100, ratio(jobs, loads)),
            Row("page_parse_all_read", median(read) * 100, "µs", median(loads) * 100, ratio(read, loads)),
        ]
        for count in () if size.small else (1, 10, 100, 1000, 10_000):
            curve.lines.append((str(count), *at.do("parsing.page", size=count, turns=max(1, 5000 // count))))
        held = at.do("parsing.memory", jobs=200 if size.tiny else 10_000)
        opened = median(at.do("parsing.opening", times=20) for _ in range(size.rounds))
    # The environment that can read programs.
    with worker("anyqpu-emulator", "anyqpu", "-") as at:
        gates = 30 if size.tiny else 3000
        converted = median(at.do("parsing.convert", gates=gates) for _ in range(size.rounds))
    rows += [Row("bytes_per_job", held, "bytes"), Row("client_open", opened, "ms"), Row("convert", converted, "s")]
    return Found(rows, [curve] if curve.lines else [])

"""Waits: delay, number of requests, and cost to the process."""

from __future__ import annotations

from statistics import median

from scripts.bench import simulated
from scripts.bench.processes import neighbour, server, worker
from scripts.bench.report import Curve, Row
from scripts.bench.run import Found, Size

NAMES = (
    "loop_gap_200",
    "loop_gap_200_busy",
    "loop_gap_200_busy_p99",
    "wait_vs_optimum",
    "wait_1000_requests",
    "wait_1000_requests_by_pages",
    "wait_1000_limited",
    "wait_10000",
    "wait_10000_memory",
)


def measure(size: Size) -> Found:
    """Measure this group; simulations run in virtual time."""
    rows, curves = _simulated(size)
    more, other = _measured(size)
    return Found(rows + more, curves + other)


def _simulated(size: Size) -> tuple[list[Row], list[Curve]]:
    from anyqpu import PollPolicy

    usual = PollPolicy()
    ends = simulated.durations(500 if size.tiny else 200_000)
    requests, late = simulated.polled(usual, ends)
    best = simulated.Optimum().at_requests(requests)
    rows = [Row("wait_vs_optimum", late, "s", best, late / best)]

    number = 30 if size.tiny else 1000
    session = simulated.durations(number, seed=2)
    for lists in ("session", "ids", "pages"):
        together, learned = simulated.waited(session, usual, lists=lists)
        singly, _ = simulated.alone_at(learned, session)
        name = "wait_1000_requests" + ("" if lists == "session" else f"_by_{lists}")
        rows.append(Row(name, together, "requests", singly, together / singly))

    # Each wait polls every second; the cloud takes ten requests a second.
    quick = PollPolicy(floor=1.0, growth=0.0)
    _, limited = simulated.waited(session, quick, lists="ids", spacing=0.1)
    _, alone = simulated.waited(session, quick, lists=None, spacing=0.1)
    rows.append(Row("wait_1000_limited", limited, "s", alone, limited / alone))

    curve = Curve(
        "Jobs of one session waited for together, with the usual policy",
        ("jobs", "requests per job", "mean latency, s", "requests alone at that latency", "share"),
    )
    for count in () if size.small else (1, 10, 100, 1000):
        some = simulated.durations(count, seed=3) if count >= 100 else simulated.durations(count * 20, seed=3)[:count]
        requested, seconds = simulated.waited(some, usual)
        instead, _ = simulated.alone_at(seconds, some)
        curve.lines.append((str(count), requested / count, seconds, instead / count, requested / instead))
    return rows, [curve] if curve.lines else []


def _measured(size: Size) -> tuple[list[Row], list[Curve]]:
    clock, cpu, _ = _gaps(size)
    rows = [Row("loop_gap_200", clock, "ms"), Row("loop_gap_200_cpu", cpu, "ms")]
    with neighbour():
        clock, _, usual = _gaps(size)
    rows += [Row("loop_gap_200_busy", clock, "ms"), Row("loop_gap_200_busy_p99", usual, "ms")]
    settle, seconds = (0.2, 0.5) if size.tiny else (45, 30)
    curve = Curve(
        "Waits in one process, 45 to 75 seconds after they began",
        ("waits", "share of a core, %", "MB", "requests per second"),
    )
    for count in (20,) if size.tiny else (10_000,) if size.small else (1000, 3000, 10_000):
        with server(polls=10**9) as url, worker("anyqpu", "anyqpu", url) as at:
            result = at.do("waits.many", waits=count, settle=settle, seconds=seconds)
        curve.lines.append((str(count), result["cpu"], result["memory"], result["requests"]))
    rows += [Row("wait_10000", result["cpu"], "%"), Row("wait_10000_memory", result["memory"], "MB")]
    return rows, [curve]


def _gaps(size: Size) -> tuple[float, float, float]:
    """Return the longest gap beside 200 waits by the clock, by CPU, and the gap that 99 % do not exceed."""
    runs: list[tuple[float, float, float]] = []
    for _ in range(size.rounds):
        with server(polls=3 if size.tiny else 20) as url, worker("anyqpu", "anyqpu", url) as at:
            runs.append(at.do("waits.gap", waits=10 if size.tiny else 200, interval=0.1))
    clock, cpu, usual = zip(*runs, strict=True)
    return median(clock), median(cpu), median(usual)

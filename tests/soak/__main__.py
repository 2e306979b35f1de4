"""Clients of all four clouds at work over real sockets, on asyncio for half the time and then on trio.

    python -m tests.soak [--minutes 10] [--interval 30] [--leak tasks|descriptors|memory]

The emulator runs in a process of its own. Every `--interval` seconds a line is printed. The verdict is "flat" if
neither tasks, descriptors, threads, memory (RSS) nor Python's heap (allocated blocks) grow: see `trend`. Each point is
the least of a window, and the first quarter of each half is left out: caches fill there. The exit status is 1 for
anything else, and with `--leak` the leak must be found (exit status 1).
"""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
import time
from functools import partial

import anyio

from tests.soak import leaks
from tests.soak.probe import Sample, Tally, least, sample
from tests.soak.server import serve
from tests.soak.trend import trend_of
from tests.soak.work import PROVIDERS, Worker, troubles

WORKERS = 2
# Points of each half; a window is half its length by this.
POINTS = 40
# What may come on top in half of the time, by chance or because the allocator keeps it.
TOLERANCES = {"tasks": 3.0, "descriptors": 3.0, "threads": 3.0, "rss": 8.0, "blocks": 20_000.0}
UNITS = {"rss": " MB", "blocks": " blocks"}


async def half(url: str, seconds: float, interval: float, leak: str | None, seed: int) -> list[Sample]:
    """Work for some seconds, print samples, and return the windows without the first quarter."""
    record = Tally()
    windows: list[Sample] = []
    async with anyio.create_task_group() as group:
        for number, provider in enumerate(PROVIDERS * WORKERS):
            group.start_soon(Worker(provider, url, record, seed + number).run)
        group.start_soon(troubles, url, seed)
        if leak is not None:
            group.start_soon(leaks.leak, leak, group)
        began = reported = time.monotonic()
        while (now := time.monotonic()) - began < seconds:
            samples: list[Sample] = []
            while time.monotonic() - now < seconds / POINTS:
                await anyio.sleep(seconds / POINTS / 5)
                samples.append(sample(time.monotonic() - began))
            windows.append(least(samples))
            if time.monotonic() - reported >= interval:
                reported = time.monotonic()
                report(windows[-1], record)
        group.cancel_scope.cancel()
    leaks.forget()
    return windows[len(windows) // 4 :]


def report(seen: Sample, record: Tally) -> None:
    """Format a sample as one line."""
    median, late = record.percentiles()
    errors = ", ".join(f"{name} {count}" for name, count in sorted(record.errors.items()))
    print(
        f"{seen.at:6.0f} s  tasks {seen.tasks:3}  descriptors {seen.descriptors:3}  threads {seen.threads:2}  "
        f"RSS {seen.rss:6.1f} MB  heap {seen.blocks:8} blocks  p50 {median:6.1f} ms  p99 {late:7.1f} ms  "
        f"requests {record.requests:6}  calls {record.calls:6}  errors: {errors or 'none'}",
        flush=True,
    )


def verdict(backend: str, windows: list[Sample]) -> list[str]:
    """Print all trends, and return those that grow."""
    grown: list[str] = []
    times = [window.at for window in windows]
    for name, tolerance in TOLERANCES.items():
        trend = trend_of(times, [float(getattr(window, name)) for window in windows])
        flat = trend.is_flat(tolerance)
        unit = UNITS.get(name, "")
        print(
            f"{backend:8} {name:12} {trend.growth:+10.2f}{unit} in {times[-1] - times[0]:.0f} s (z {trend.z:+.1f}; "
            f"up to {tolerance:g}{unit} is flat): {'flat' if flat else 'GROWS'}"
        )
        if not flat:
            grown.append(f"{name} on {backend}")
    return grown


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--interval", type=float, default=30.0, help="seconds between two lines")
    parser.add_argument("--leak", choices=leaks.KINDS, help="leak on purpose, to see that it is found")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    # Errors are counted, by class, in the lines below.
    logging.disable(logging.WARNING)
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    theirs.close()
    url: str = ours.recv()
    grown: list[str] = []
    seconds = options.minutes * 60 / 2
    for backend in ("asyncio", "trio"):
        print(f"{backend}, {seconds:.0f} s, {len(PROVIDERS) * WORKERS} workers:", flush=True)
        run = partial(half, url, seconds, options.interval, options.leak, options.seed)
        grown += verdict(backend, anyio.run(run, backend=backend))
    ours.close()
    server.join(10)
    print(f"verdict: {'flat' if not grown else 'grows: ' + ', '.join(grown)}")
    return 1 if grown else 0


if __name__ == "__main__":
    sys.exit(main())

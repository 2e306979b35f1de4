"""Resources of a process, and outcomes of its calls."""

from __future__ import annotations

import asyncio
import gc
import os
import resource
import sys
import threading
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import sniffio


def tasks() -> int:
    """Return the number of tasks of the running event loop."""
    if sniffio.current_async_library() == "trio":
        import trio

        return int(trio.lowlevel.current_statistics().tasks_living)
    return len(asyncio.all_tasks())


@dataclass(frozen=True, slots=True)
class Sample:
    """Resources in use at a time."""

    at: float
    tasks: int
    descriptors: int
    threads: int
    rss: float
    blocks: int


def sample(at: float) -> Sample:
    """Return the resources in use, after a garbage collection."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return Sample(
        at,
        tasks(),
        len(os.listdir("/proc/self/fd")),
        threading.active_count(),
        pages * resource.getpagesize() / 2**20,
        sys.getallocatedblocks(),
    )


def least(samples: list[Sample]) -> Sample:
    """Return the lowest of each value in a window, with the least work."""
    return Sample(
        samples[-1].at,
        *(
            min(getattr(sample, name) for sample in samples)
            for name in ("tasks", "descriptors", "threads", "rss", "blocks")
        ),
    )


@dataclass(slots=True)
class Tally:
    """Number of calls since the last report and in total; `requests` counts each attempt."""

    latencies: list[float] = field(default_factory=list[float])
    calls: int = 0
    requests: int = 0
    errors: Counter[str] = field(default_factory=Counter[str])

    def note(self, seconds: float, error: BaseException | None) -> None:
        """Count a call."""
        self.calls += 1
        self.latencies.append(seconds)
        if error is not None:
            self.errors[type(error).__name__] += 1

    def percentiles(self) -> tuple[float, float]:
        """Return median and 99th percentile since the last report, in milliseconds."""
        latencies = sorted(self.latencies)
        self.latencies.clear()
        if not latencies:
            return 0.0, 0.0
        return latencies[len(latencies) // 2] * 1000, latencies[
            min(len(latencies) - 1, len(latencies) * 99 // 100)
        ] * 1000

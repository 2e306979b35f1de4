"""Parsing responses and opening clients, measured inside a worker without I/O."""

from __future__ import annotations

import gc
import json
import time
import tracemalloc
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from operator import attrgetter
from random import Random
from typing import Any

from anyqpu.model.job import Job
from scripts.bench import canned
from scripts.bench.worker import kipu


@dataclass(frozen=True, slots=True)
class PreparedResponse:
    """A response without a server."""

    content: bytes
    status_code: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


def _at_once(client: Any, response: Callable[[], PreparedResponse]) -> None:
    """Let a client parse a prepared response instead of sending a request."""

    async def call(operation: Any, request: Any, parse: Any, /, **options: Any) -> Any:
        return parse(response())

    client.raw._call = call


async def page(url: str, size: int, turns: int) -> list[float]:
    """Return microseconds of CPU per job: `json.loads` of a page; the page as jobs; the same with every field read."""
    content = canned.page(0, size, size)
    every_field = attrgetter(*(entry.name for entry in fields(Job)))
    async with kipu(url) as client:
        _at_once(client, lambda: PreparedResponse(content))

        async def listed() -> Any:
            return await client.jobs(page_size=size).pages().__anext__()

        async def read() -> Any:
            return [every_field(job) for job in (await listed()).items]

        async def loaded() -> Any:
            return json.loads(content)

        return [await _cost(action, turns) / size for action in (loaded, listed, read)]


async def _cost(action: Callable[[], Any], turns: int) -> float:
    best = float("inf")
    await action()
    # Short rounds, since other processes on the machine disturb most of the long ones.
    few = max(1, turns // 5)
    for _ in range(15):
        began = time.process_time()
        for _ in range(few):
            await action()
        best = min(best, (time.process_time() - began) / few)
    return best * 1e6


async def memory(url: str, jobs: int) -> float:
    """Return the bytes per job of many jobs in memory, with everything they refer to."""
    pages = [canned.page(number, 100, jobs) for number in range(-(-jobs // 100))]
    async with kipu(url) as client:
        coming = iter(pages)
        _at_once(client, lambda: PreparedResponse(next(coming)))
        # Objects made once, whatever the number, do not count.
        _ = [job async for job in client.jobs(page_size=100)]
        coming = iter(pages)
        gc.collect()
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        held = [job async for job in client.jobs(page_size=100)]
        gc.collect()
        taken = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        assert len(held) == jobs
        return taken / jobs


async def convert(url: str, gates: int) -> float:
    """Return the seconds of CPU that the slowest conversion of a program takes, of those from OpenQASM 2."""
    from anyqpu import Program, ProgramFormat
    from anyqpu_programs import conversions
    from anyqpu_programs import convert as converted

    random = Random(1)
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";', "qreg q[20];", "creg c[20];"]
    for _ in range(gates):
        a, b, c = random.sample(range(20), 3)
        angle = random.uniform(0, 3)
        calls = f"h q[{a}];", f"cx q[{a}],q[{b}];", f"rz({angle}) q[{a}];", f"ccx q[{a}],q[{b}],q[{c}];"
        lines.append(random.choice((*calls, f"u3({angle},pi/{a + 1},-{angle}) q[{b}];")))
    program = Program("\n".join([*lines, "measure q -> c;"]), ProgramFormat.OPENQASM2)
    slowest = 0.0
    for language in conversions(ProgramFormat.OPENQASM2):
        began = time.process_time()
        converted(program, language)
        slowest = max(slowest, time.process_time() - began)
    return slowest


async def opening(url: str, times: int) -> float:
    """Return the median milliseconds of opening one more client."""
    seconds: list[float] = []
    async with kipu(url):
        for _ in range(times):
            began = time.perf_counter()
            async with kipu(url):
                seconds.append(time.perf_counter() - began)
    return sorted(seconds)[len(seconds) // 2] * 1000

"""Processes that measure: each does what it is told, one line of JSON at a time."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from scripts.bench.environments import ROOT, python_of, surroundings


class Worker:
    """A process that measures one client."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, what: str, /, **arguments: Any) -> Any:
        """What came of it."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": what, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended while it was to do {what} {arguments}")
        return json.loads(line)


@contextmanager
def process(python: Path, module: str, *arguments: str) -> Generator[subprocess.Popen[str]]:
    """A module in a process of its own, which ends when its standard input does."""
    running = subprocess.Popen(
        [python, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=surroundings(),
    )
    try:
        yield running
    finally:
        assert running.stdin is not None
        running.stdin.close()
        try:
            running.wait(10)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()


@contextmanager
def server(looks: int = 0) -> Generator[str]:
    """The server for what is measured; yields its address."""
    with process(python_of("anyqpu"), "scripts.bench.server", str(looks)) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()


@contextmanager
def worker(environment: str, client: str, url: str) -> Generator[Worker]:
    """A process that holds one client, in an environment."""
    with process(python_of(environment), "scripts.bench.worker", client, url) as running:
        yield Worker(running)


@contextmanager
def workers(kinds: dict[str, str], url: str) -> Generator[dict[str, Worker]]:
    """Processes of several clients, by the client's name; `kinds` says in which environment each is."""
    with ExitStack() as stack:
        yield {client: stack.enter_context(worker(place, client, url)) for client, place in kinds.items()}


def rounds(count: int, measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Each measured in turn, again and again: what disturbs the machine disturbs all of them."""
    found: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(count):
        for name, measure in measures.items():
            found[name].append(measure())
    return found


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of each round."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def cpu_of(python: Path, *arguments: str) -> float:
    """CPU of a whole process, in milliseconds."""
    started = subprocess.Popen(
        [python, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=surroundings()
    )
    assert started.stderr is not None
    said = started.stderr.read()
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{arguments}: {said.decode()}")
    return (usage.ru_utime + usage.ru_stime) * 1000

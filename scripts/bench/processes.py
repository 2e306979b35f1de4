"""Worker processes that measure; each reads one command a line, as JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from scripts.bench.environments import ROOT, client_env, python_of


class Worker:
    """A worker process for one client."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def do(self, command: str, /, **arguments: Any) -> Any:
        """Run a command and return its result."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": command, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the worker ended during {command} {arguments}")
        return json.loads(line)


@contextmanager
def process(python: Path, module: str, *arguments: str) -> Generator[subprocess.Popen[str]]:
    """Run a module in a process that ends when its standard input is closed."""
    running = subprocess.Popen(
        [python, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=client_env(),
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
def server(polls: int = 0) -> Generator[str]:
    """Run the server for measurements; yields its URL."""
    with process(python_of("anyqpu"), "scripts.bench.server", str(polls)) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()


@contextmanager
def neighbour() -> Generator[None]:
    """Keep one processor busy with another process, as on a machine that others use too."""
    running = subprocess.Popen([sys.executable, "-c", "while True: pass"])
    try:
        yield
    finally:
        running.kill()
        running.wait()


@contextmanager
def worker(environment: str, client: str, url: str) -> Generator[Worker]:
    """Run a worker for one client in its environment."""
    with process(python_of(environment), "scripts.bench.worker", client, url) as running:
        yield Worker(running)


@contextmanager
def workers(kinds: dict[str, str], url: str) -> Generator[dict[str, Worker]]:
    """Run workers for several clients by name; `kinds` names the environment of each."""
    with ExitStack() as stack:
        yield {client: stack.enter_context(worker(place, client, url)) for client, place in kinds.items()}


def rounds(count: int, measures: dict[str, Callable[[], float]]) -> dict[str, list[float]]:
    """Measure each in turn, for some rounds, so that disturbances affect all of them."""
    results: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(count):
        for name, measure in measures.items():
            results[name].append(measure())
    return results


def ratio(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """Return the median of the ratios of each round."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def cpu_of(python: Path, *arguments: str) -> float:
    """Return the CPU of a whole process in milliseconds."""
    started = subprocess.Popen(
        [python, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=client_env()
    )
    assert started.stderr is not None
    errors = started.stderr.read()
    _, status, usage = os.wait4(started.pid, 0)
    started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise RuntimeError(f"{arguments}: {errors.decode()}")
    return (usage.ru_utime + usage.ru_stime) * 1000

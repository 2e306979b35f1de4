"""Fleets whose workers are killed and stopped, and what the emulated cloud received of their jobs."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections import Counter
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from anyqpu.core.keys import is_minted
from tests.fleet_chaos.points import PLANNING, POINTS
from tests.fleet_chaos.programs import CLOUDS

# Shares of the requests that submit.
FAULTS: tuple[dict[str, Any], ...] = (
    {"drop": "before", "probability": 0.03},
    {"drop": "after", "probability": 0.03},
    {"status": 503, "probability": 0.03},
    {"status": 429, "probability": 0.03},
    {"body": "garbage", "when": "after", "probability": 0.03},
    {"handled_late": 0.5, "probability": 0.02},
)
# Signals of a state: the process has reached its point, or has ended by itself.
KILLED, STOPPED, ENDED = "killed", "stopped", "ended"


@contextmanager
def emulator() -> Generator[str]:
    """Yield the address of an emulator in a process of its own."""
    with child("server") as process:
        assert process.stdout is not None
        yield process.stdout.readline().strip()


class Workers:
    """A process that forks the workers."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, command: list[str] | int) -> Any:
        """Start a worker, or let a stopped one continue, and return how it ended or stopped."""
        process = self._process
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(command) + "\n")
        process.stdin.flush()
        return json.loads(process.stdout.readline())


@contextmanager
def child(module: str) -> Generator[subprocess.Popen[str]]:
    """Run a module of these tests in a process that ends with its standard input."""
    command = [sys.executable, "-m", f"tests.fleet_chaos.{module}"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        try:
            yield process
        finally:
            process.stdin.close()


@contextmanager
def workers() -> Generator[Workers]:
    """Yield what forks workers."""
    with child("worker") as process:
        yield Workers(process)


def control(url: str, path: str, body: Any = None) -> Any:
    """Return the response of the emulator's control API."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{url}/_control{path}", data, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return json.load(response)


@dataclass
class RunCounts:
    """What a run made of its jobs.

    Attributes:
        submitted: Entries of the ledger.
        received: Jobs that the cloud has.
        lost: Entries that are not over, or completed without a job.
        doubled: Jobs above one for each entry.
        unknown: Entries that may have been sent, and cannot be looked up.
        unsent: Entries that ended without a job, of which the ledger says so.
    """

    submitted: int = 0
    received: int = 0
    lost: int = 0
    doubled: int = 0
    unknown: int = 0
    unsent: int = 0
    kills: int = 0
    stops: int = 0
    faults: int = 0
    cpu: float = 0.0
    memory: float = 0.0
    points: Counter[str] = field(default_factory=Counter[str])

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost and nothing doubled."""
        return self.submitted > 0 and self.lost == self.doubled == 0

    def add(self, other: RunCounts) -> None:
        """Add the numbers of another run."""
        for name in (
            "submitted",
            "received",
            "lost",
            "doubled",
            "unknown",
            "unsent",
            "kills",
            "stops",
            "faults",
            "cpu",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.memory = max(self.memory, other.memory)
        self.points += other.points

    def shares(self) -> str:
        """Return where the kills were, and the share of submits that a fault hit."""
        return f"faults hit {self.faults / self.submitted:.0%} of the jobs; kills: {dict(self.points)}"

    def __str__(self) -> str:
        cpu = f"{1000 * self.cpu / self.submitted:.2f} ms of CPU per job" if self.submitted else ""
        return (
            f"submitted {self.submitted}, received {self.received}, kills {self.kills}, stops {self.stops}, "
            f"faults {self.faults}, lost {self.lost}, doubled {self.doubled}, unknown {self.unknown}; {cpu}, "
            f"at most {self.memory:.0f} MB in a worker"
        )


class Chaos:
    """One run of a fleet: its workers, one after another or two at a time, and its counts."""

    def __init__(
        self,
        workers: Workers,
        url: str,
        ledger: str,
        *,
        cloud: str = "kipu",
        backend: str = "asyncio",
        control: str | None = None,
        settle: float = 3.0,
    ) -> None:
        self._workers = workers
        self._stopped = 0
        self.url = url
        self.ledger = ledger
        self.cloud = CLOUDS[cloud]
        self.counts = RunCounts()
        self._usual = ["--url", url, "--cloud", cloud, "--backend", backend, "--settle", str(settle)]
        self._control = [] if control is None else ["--control", control]
        self._faults: list[str] = []

    def inject(self, faults: tuple[dict[str, Any], ...] = FAULTS) -> None:
        """Let the cloud fail in several ways."""
        for fault in faults:
            kind = {"operation": self.cloud.create, "cloud": self.cloud.provider}
            if not (self.cloud.provider == "rigetti" and "status" in fault):
                self._faults += control(self.url, "/faults", {**kind, **fault})["ids"][-1:]

    def at(self, point: str, number: int = 1, name: str = "SIGKILL") -> list[str]:
        """Return the options of a worker that gets a signal at a point."""
        return ["--point", point, "--number", str(number), "--signal", name]

    def run(self, *options: str) -> str:
        """Run a worker until it is killed, stopped, or has ended."""
        return self._end(self._workers.run([self.ledger, *self._usual, *self._control, *options]))

    def resume(self) -> str:
        """Let the worker that was stopped continue, and wait for its end."""
        return self._end(self._workers.run(self._stopped))

    def _end(self, end: Any) -> str:
        if end["stopped"]:
            self.counts.stops += 1
            self._stopped = end["pid"]
            return STOPPED
        self.counts.cpu += end["cpu"]
        self.counts.memory = max(self.counts.memory, end["memory"])
        if end["code"] == -signal.SIGKILL:
            self.counts.kills += 1
            return KILLED
        assert end["code"] == 0, f"a worker ended with status {end['code']}"
        return ENDED

    def plan(self, number: int) -> None:
        """Plan jobs without a kill."""
        assert self.run("--plan", str(number)) == ENDED

    def finish(self) -> RunCounts:
        """Work until the run is over, and count."""
        assert self.run() == ENDED
        return self.count()

    def count(self) -> RunCounts:
        """Compare the ledger with what the cloud received."""
        with tempfile.NamedTemporaryFile() as file:
            end = self._workers.run([self.ledger, *self._usual, "--report", file.name])
            assert end["code"] == 0
            entries = json.loads(file.read())
        jobs = [job for job in control(self.url, "/state?limit=999999")["jobs"] if job["cloud"] == self.cloud.provider]
        keys = Counter(
            next((text for text in job["keys"] if is_minted(text)), str(job["keys"] or job["id"])) for job in jobs
        )
        counts = self.counts
        counts.submitted, counts.received = len(entries), len(jobs)
        counts.faults = sum(fault["fired"] for fault in control(self.url, "/faults")["faults"])
        counts.unknown = sum(state == "unknown" for _, state, _, _ in entries)
        ended_unsent = {"refused", "cancelled"}
        counts.unsent = sum(state == "over" and kind in ended_unsent for _, state, kind, _ in entries)
        counts.doubled = sum(number - 1 for number in keys.values())
        counts.lost = sum(state not in {"over", "unknown"} for _, state, _, _ in entries)
        has_keys = any(is_minted(key) for key in keys)
        for key, state, kind, _ in entries:
            if state == "over" and kind not in ended_unsent and has_keys:
                counts.lost += key not in keys
        if not has_keys:
            counts.doubled = max(counts.doubled, len(jobs) - len(entries))
        return counts


def kill_often(
    chaos: Chaos, jobs: int, kills: int, seed: int, report: Callable[[str], object] = lambda line: None
) -> RunCounts:
    """Kill the workers of a run at points that a seed chooses, until there were so many kills; then finish."""
    chosen = random.Random(seed)
    for point in PLANNING:
        assert chaos.run("--plan", str(jobs), *chaos.at(point)) == KILLED
        chaos.counts.points[point] += 1
    chaos.plan(jobs)
    while chaos.counts.kills < kills:
        # Far enough on average that all jobs are sent when the last kill comes.
        point = chosen.choice(POINTS)
        number = 1 if "look-up" in point else chosen.randint(1, max(1, 2 * jobs // kills))
        outcome = chaos.run(*chaos.at(point, number))
        if outcome == ENDED:
            break
        chaos.counts.points[point] += 1
        report(f"kill {chaos.counts.kills} at {point!r} ({number})")
    return chaos.finish()


def stop_and_take_over(chaos: Chaos, jobs: int, point: str, number: int) -> RunCounts:
    """Stop a worker at a point, let another one take over and finish, and let the first continue.

    Its requests have more time than that takes: what stops them is the lease.
    """
    chaos.plan(jobs)
    assert chaos.run("--timeout", "600", *chaos.at(point, number, "SIGSTOP")) == STOPPED
    assert chaos.run() == ENDED
    assert chaos.resume() == ENDED
    return chaos.count()

"""The seconds between the end of a worker on one machine, and the first step of the worker on another one."""

from __future__ import annotations

import json
import os
import signal
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path

from tests.fleet_chaos.chaos import Chaos

# Far more than the first worker does until it is killed or stopped.
JOBS = 2_000


def takeover_seconds(first: Chaos, second: Chaos, name: str, phase: float, *options: str) -> float:
    """Kill or stop the first worker while the second one waits for its account; return the seconds that this takes.

    The lease is the real one, and neither worker sees that the other's process has ended. `phase` is for how many
    seconds the second one has waited before: the time since the last renewal is any.
    """
    first.plan(JOBS)
    with tempfile.TemporaryDirectory() as folder:
        threads: list[threading.Thread] = []

        def start(chaos: Chaos, machine: str) -> Path:
            path = Path(folder) / machine
            arguments = ("--machine", machine, "--events", str(path), *options)
            thread = threading.Thread(target=chaos.run, args=arguments)
            thread.start()
            threads.append(thread)
            return path

        events = start(first, "first")
        working = _event(events, "step")
        others = start(second, "second")
        waiting = _event(others, "waits")
        time.sleep(phase)
        began = time.monotonic()
        os.kill(int(working["pid"]), signal.Signals[name])
        seconds = _event(others, "step")["at"] - began
        for event in (working, waiting):
            # One that was killed may not exist any more.
            with suppress(ProcessLookupError):
                os.kill(int(event["pid"]), signal.SIGKILL)
        for thread in threads:
            thread.join()
    return float(seconds)


def _event(path: Path, name: str) -> dict[str, float]:
    """Wait until a worker has written that something happened."""
    while True:
        lines = path.read_text().splitlines() if path.exists() else []
        for event in map(json.loads, lines):
            if event["name"] == name:
                return dict(event)
        time.sleep(0.01)

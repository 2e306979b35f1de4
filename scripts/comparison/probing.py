"""What every probe uses: the emulator's faults, and a loop that notices when it is held. Standard library only.

A probe runs in the environment of the library that it tries. It says what it found as lines of JSON.
"""

from __future__ import annotations

import asyncio
import importlib.metadata
import inspect
import json
import os
import time
import urllib.request
from collections.abc import Awaitable, Callable
from typing import Any

EMULATOR = os.environ["ANYQPU_EMULATOR"]
READS, DELAY = 20, 0.1
LISTED = 120
BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n'


def control(method: str, path: str, body: object = None) -> Any:
    """A request to the emulator's own endpoints."""
    data = json.dumps(body or {}).encode() if method == "POST" else None
    request = urllib.request.Request(f"{EMULATOR}/_control{path}", data, {"Content-Type": "application/json"})
    request.method = method
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def fault(operation: str, **fields: object) -> None:
    """From now on, this is what happens to an operation, instead of what happened before."""
    control("DELETE", "/faults")
    control("POST", "/faults", {"operation": operation, **fields})


def jobs() -> int:
    """How many there are, at the cloud."""
    return control("GET", "/state?limit=1")["totals"]["jobs"]


def tell(question: str, answer: object) -> None:
    """One finding."""
    print(json.dumps({"question": question, "answer": answer}), flush=True)


def tell_versions(*packages: str) -> None:
    """What is tried."""
    tell("versions", [f"{package} {importlib.metadata.version(package)}" for package in packages])


async def reads(operation: str, read: Callable[[], Any]) -> None:
    """Twenty reads at once, each answered after a tenth of a second: how long all take, and how long the loop stood."""
    await _awaited(read())
    fault(operation, delay=DELAY)
    longest, last, running = 0.0, time.monotonic(), True

    async def tick() -> None:
        nonlocal longest, last
        while running:
            await asyncio.sleep(0.005)
            now = time.monotonic()
            longest, last = max(longest, now - last - 0.005), now

    async def one() -> None:
        await _awaited(read())

    ticking = asyncio.create_task(tick())
    await asyncio.sleep(0.05)
    began = time.monotonic()
    await asyncio.gather(*(one() for _ in range(READS)))
    took = time.monotonic() - began
    await asyncio.sleep(0.05)
    running = False
    await ticking
    sent = control("GET", "/faults")["faults"][0]["fired"]
    control("DELETE", "/faults")
    tell("reads", {"seconds": round(took, 2), "held": round(longest, 2), "requests": sent / READS})


async def submits(operation: str, submit: Callable[[], Any], count: Callable[[], int] = jobs, after: int = 0) -> None:
    """A submit that was handled, whose answer is lost, or replaced by a gateway's 502: what one gets, and how many.

    `after` so many requests that are not the submit itself.
    """
    for question, what in (("lost", {"drop": "after"}), ("gateway", {"status": 502, "when": "after"})):
        before = count()
        fault(operation, count=1, after=after, **what)
        try:
            outcome = await _awaited(submit())
            # A client that answers whatever comes leaves it to its caller to look.
            status = getattr(outcome, "status_code", None)
            told = "the job" if status is None or int(status) < 400 else f"an answer with status {int(status)}"
        except Exception as error:
            told = type(error).__name__
        control("DELETE", "/faults")
        tell(question, {"told": told, "made": count() - before})


def waits(call: Callable[..., Any] | None, limit: str | None = None, written: str | None = None) -> None:
    """How one waits: the call as it is written, and how it is limited, if that is no parameter of its own."""
    if call is None:
        tell("wait", None)
        return
    names = inspect.signature(call).parameters
    limit = limit or next((name for name in names if "timeout" in name), None)
    tell("wait", {"call": written or call.__name__, "limit": limit, "async": inspect.iscoroutinefunction(call)})


async def _awaited(value: Any) -> Any:
    return await value if isinstance(value, Awaitable) else value

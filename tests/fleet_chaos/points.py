"""Points at which a worker process is killed or stopped: what it is about to do or has just done, never a time."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Awaitable, Callable
from typing import Any

from anyqpu.core.adapter import Adapter
from anyqpu.core.client import Client
from anyqpu.fleet.sends import SendGuard
from anyqpu.ledger.ledger import Ledger

# Before and after each write of the ledger that moves an entry, and each search for what was interrupted; and writes of
# a request.
POINTS = (
    "before sending",
    "after sending",
    "first write",
    "later write",
    "before sent",
    "after sent",
    "before over",
    "after over",
    "before look-up",
    "after look-up",
)
PLANNING = ("before plan", "after plan")


def install(point: str, number: int, action: signal.Signals) -> None:
    """Send this process a signal at a point, when it reaches it for the `number`-th time."""
    left = number

    def reached() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), action)

    when, _, name = point.partition(" ")
    if name == "write":
        _at_write(reached, is_first=when == "first")
    elif name in {"sent", "over"}:
        _around(Ledger, "record", when, reached, lambda arguments: arguments[1].state == name)
    else:
        owner, method = {
            "plan": (Ledger, "plan"),
            "sending": (Ledger, "sending"),
            "look-up": (Client, "find_many"),
        }[name]
        _around(owner, method, when, reached, lambda arguments: True)


def _around(owner: Any, method: str, when: str, reached: Callable[[], None], counts: Callable[[Any], bool]) -> None:
    original: Callable[..., Awaitable[Any]] = getattr(owner, method)

    async def wrapped(self: Any, *arguments: Any, **options: Any) -> Any:
        if when == "before" and counts(arguments):
            reached()
        value = await original(self, *arguments, **options)
        if when == "after" and counts(arguments):
            reached()
        return value

    setattr(owner, method, wrapped)


def _at_write(reached: Callable[[], None], *, is_first: bool) -> None:
    """Count the requests that submit at their first or second write; the check then decides whether they are sent."""
    begin, check = SendGuard.__call__, SendGuard.check
    writes: dict[int, int] = {}

    async def called(self: SendGuard) -> None:
        await begin(self)
        writes[id(self)] = 0

    def checked(self: SendGuard) -> None:
        if id(self) in writes:
            writes[id(self)] += 1
            if writes[id(self)] == (1 if is_first else 2):
                reached()
        check(self)

    SendGuard.__call__, SendGuard.check = called, checked  # type: ignore[method-assign]


def write_events(path: str) -> None:
    """Append to a file when this process first has to wait for the lease, and when it first makes a step."""
    written: set[str] = set()

    def write(name: str) -> None:
        if name not in written:
            written.add(name)
            line = json.dumps({"name": name, "at": time.monotonic(), "pid": os.getpid()})
            descriptor = os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY)
            os.write(descriptor, f"{line}\n".encode())
            os.close(descriptor)

    take, watch, begin = Ledger.take, Ledger.watch, Ledger.begin

    async def taken(self: Ledger, *arguments: Any) -> Any:
        lease = await take(self, *arguments)
        if lease is None:
            write("waits")
        return lease

    async def watched(self: Ledger, *arguments: Any) -> None:
        await watch(self, *arguments)
        write("waits")

    async def begun(self: Ledger, *arguments: Any, **options: Any) -> Any:
        entries = await begin(self, *arguments, **options)
        write("step")
        return entries

    Ledger.take, Ledger.watch, Ledger.begin = taken, watched, begun  # type: ignore[method-assign]


def without_look_up() -> None:
    """Switch off a rule: what was interrupted is sent again at once. A control, which must double jobs."""

    async def resend(self: Any, device: str, options: object) -> str:
        return "resend"

    Adapter.recovery = resend  # type: ignore[assignment,method-assign]


def without_check() -> None:
    """Switch off a rule: the lease is not checked when a request is sent. A control, which must double jobs."""
    SendGuard.check = lambda self: None  # type: ignore[method-assign]

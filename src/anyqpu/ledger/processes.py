"""Processes of this machine: a lease whose process has ended need not be waited for."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

_PROC = Path("/proc")


def this_process() -> str:
    """Return a text that names this process, also among those of other machines and containers."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid())}"


def has_ended(process: str) -> bool:
    """Return whether a process has ended; False where that cannot be seen from here."""
    machine, number, started = process.split("/") if process.count("/") == 2 else ("", "", "")
    if not machine or machine != _machine():
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        # It may be another user's.
        return False
    # The number may be that of a later process by now.
    return _started(int(number)) not in {None, started}


@cache
def _machine() -> str:
    """Return this start of the machine, and the group of processes that see each other; empty except on Linux."""
    try:
        start = (_PROC / "sys/kernel/random/boot_id").read_text().strip()
        return f"{start}:{os.readlink(_PROC / 'self/ns/pid')}"
    except OSError:
        return ""


def _started(number: int) -> str | None:
    """Return when a process was started, in the kernel's ticks; empty if it has ended, None if that is unknown."""
    try:
        # After the name, which may contain anything.
        fields = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return "" if fields[0] in {"Z", "X"} else fields[19]

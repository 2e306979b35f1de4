"""The clock of leases, and processes that have ended."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from anyqpu.ledger.entry import Lease, boottime
from anyqpu.ledger.processes import has_ended, this_process

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="/proc")


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="Linux's clock")
def test_a_lease_ends_while_the_machine_is_suspended(monkeypatch: pytest.MonkeyPatch) -> None:
    clocks = {time.CLOCK_BOOTTIME: 100.0, time.CLOCK_MONOTONIC: 100.0}
    monkeypatch.setattr(time, "clock_gettime", clocks.__getitem__)
    lease = Lease("kipu", "one", 1, boottime() + 10)
    assert lease.held()
    # For a minute, which the usual clock does not count.
    clocks[time.CLOCK_BOOTTIME] += 60
    assert not lease.held()


@linux_only
def test_a_process_has_ended_when_it_has() -> None:
    code = "from anyqpu.ledger.processes import this_process; print(this_process(), flush=True); input()"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=environment) as child:
        assert child.stdout is not None
        name = child.stdout.readline().strip()
        assert not has_ended(name)
        child.kill()
        # Its number stays in use until it is waited for.
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert has_ended(name)
    assert has_ended(name)


@linux_only
def test_a_process_is_more_than_its_number() -> None:
    name = this_process()
    machine, number, started = name.split("/")
    assert not has_ended(name)
    assert has_ended(f"{machine}/{number}/{int(started) - 1}")
    assert not has_ended(f"other/{number}/{int(started) - 1}")
    for text in ("", "-", "//", "a/b", f"/{number}/1"):
        assert not has_ended(text)

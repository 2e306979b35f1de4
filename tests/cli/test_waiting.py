"""Waiting in a terminal: time limits, Ctrl-C, cancelled jobs, and the display of progress."""

from __future__ import annotations

import json
import re
import signal
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from anyqpu_emulator.server import running
from tests.cli.shell import BELL, COMMAND, environment_of, on_a_terminal, out, read, run

QSIM = "kipu:kipu.sim.qsim"
SUBMIT = ["submit", str(BELL), "--device", QSIM, "--shots", "10"]


@pytest.fixture(scope="module")
def slow() -> Iterator[str]:
    """An emulator whose jobs take seconds, as real ones do."""
    with running(speed="real") as address:
        yield address


def hold_in_queue(url: str, handle: str) -> None:
    """Keep a job queued, so that it is still there for the next command, however slow this machine is."""
    control = f"{url}/_control/jobs/kipu/{handle.rpartition(':')[2]}"
    httpx.post(control, json={"state": "queued"}).raise_for_status()


def test_ctrl_c_stops_the_wait_and_says_how_to_resume(slow: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, *SUBMIT, "--wait", "--emulator-url", slow],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment_of(),
    )
    assert process.stderr is not None
    first = process.stderr.readline()
    handle = first.split()[0]
    assert handle.startswith("anyqpu:kipu:job:")
    hold_in_queue(slow, handle)
    process.send_signal(signal.SIGINT)
    printed, errors_printed = process.communicate(timeout=240)
    assert process.returncode == 130
    assert printed == ""
    assert errors_printed.splitlines() == [
        f"Stopped waiting; the job is still running: {handle}",
        f"  to resume:  anyqpu resume {handle} --emulator-url {slow}",
        f"  to cancel:  anyqpu job cancel {handle} --emulator-url {slow}",
    ]
    # It is still running, and the printed command cancels it.
    assert read("job", "show", handle, "--emulator-url", slow)["status"] == "queued"
    cancelled = errors_printed.splitlines()[2].split("anyqpu ", 1)[1].split()
    assert "cancelled" in out(*cancelled)


def test_a_cancelled_job_has_no_result_and_exit_code_4(slow: str) -> None:
    handle = out(*SUBMIT, "--quiet", "--emulator-url", slow).strip()
    assert read("job", "cancel", handle, "--emulator-url", slow)["status"] == "cancelled"
    for words in (["job", "result"], ["job", "wait"], ["resume"]):
        done = run(*words, handle, "--emulator-url", slow)
        assert done.returncode == 4
        assert "cancelled" in done.stderr


def test_a_wait_that_takes_too_long_is_exit_code_5(slow: str) -> None:
    done = run(*SUBMIT, "--wait", "--timeout", 0.3, "--emulator-url", slow)
    assert done.returncode == 5
    handle = done.stderr.split()[0]
    assert re.search(rf"resume it with .*{handle}", done.stderr)
    hold_in_queue(slow, handle)
    assert run("job", "wait", handle, "--timeout", 0.1, "--emulator-url", slow).returncode == 5


def test_ctrl_c_ends_watching(slow: str) -> None:
    handle = out(*SUBMIT, "--quiet", "--emulator-url", slow).strip()
    process = subprocess.Popen(
        [*COMMAND, "jobs", "kipu", "--watch", "--every", "0.2", "--json", "--emulator-url", slow],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment_of(),
    )
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["handle"].partition("?")[0] == handle:
            break
    process.send_signal(signal.SIGINT)
    _, errors_printed = process.communicate(timeout=240)
    assert (process.returncode, errors_printed) == (130, '{"note": "Stopped watching."}\n')


def test_on_a_terminal_the_wait_shows_state_and_queue(slow: str) -> None:
    code, printed, shown = on_a_terminal(*SUBMIT, "--wait", "--timeout", "2", "--emulator-url", slow)
    assert code == 5
    assert printed == ""
    assert re.search(r"kipu job [-0-9a-f]+: queued, (\d+ in the queue, )?\d+ s", shown)
    assert re.search(r"queued, \d+ in the queue", shown)
    assert f"submitting to {QSIM}" in shown


def test_on_a_terminal_quiet_is_quiet_and_results_go_to_stdout() -> None:
    with running(speed="fast") as url:
        code, printed, shown = on_a_terminal(*SUBMIT, "--wait", "--quiet", "--emulator-url", url)
        assert (code, shown) == (0, "")
        assert "Counts(" in printed
        code, printed, shown = on_a_terminal(*SUBMIT, "--wait", "--emulator-url", url)
        assert code == 0
        assert "Counts(" in printed
        assert "completed" in shown or "running" in shown or "queued" in shown

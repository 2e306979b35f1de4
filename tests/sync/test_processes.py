"""Scripts with blocking clients: the end of the process, Ctrl-C, and forks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BEGIN = """
    import os, signal, sys, threading, time
    import anyqpu, anyqpu.sync
    from anyqpu import errors

    BELL = "examples/bell.qasm"
    kipu = anyqpu.sync.connect("kipu", emulator=sys.argv[1], event_loop=sys.argv[2])
"""


def started(text: str, url: str, event_loop: str) -> subprocess.Popen[str]:
    program = textwrap.dedent(BEGIN) + textwrap.dedent(text)
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, url, event_loop],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def output(text: str, url: str, event_loop: str) -> str:
    process = started(text, url, event_loop)
    code, out, err = finished(process)
    assert (code, err) == (0, "")
    return out


@pytest.mark.parametrize("event_loop", ["asyncio", "trio"])
def test_a_script_that_forgets_to_close_ends(url: str, event_loop: str) -> None:
    job = 'job = kipu.submit(BELL, device="kipu.sim.qsim", shots=5)\nprint(job.result().counts.shots)'
    assert output(job, url, event_loop) == "5\n"


def test_a_script_that_fails_ends(url: str) -> None:
    process = started("kipu.devices().first()\nraise SystemExit(3)", url, "asyncio")
    assert finished(process) == (3, "", "")


def interrupted(text: str, url: str, event_loop: str) -> tuple[int, str, str]:
    """Run a script, and press Ctrl-C when it has printed a line."""
    process = started(text, url, event_loop)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    return finished(process)


def finished(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    try:
        out, err = process.communicate(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
        pytest.fail(f"the script does not end: {out} {err}")
    return process.returncode, out, err


@pytest.mark.parametrize("event_loop", ["asyncio", "trio"])
def test_ctrl_c_cancels_a_wait_and_comes_out_once(slow_url: str, event_loop: str) -> None:
    script = """
        job = kipu.submit(BELL, device="kipu.sim.qsim", shots=5)
        print("waiting", flush=True)
        try:
            job.wait()
        except KeyboardInterrupt:
            # The client works on, in the same thread.
            print(job.refresh().status, len([t for t in threading.enumerate() if t.name == "anyqpu-sync"]))
        kipu.close()
        print(threading.active_count())
    """
    code, out, err = interrupted(script, slow_url, event_loop)
    assert (code, err) == (0, "")
    status, threads = out.splitlines()
    assert status in {"queued 1", "running 1"}
    assert int(threads) <= 2


def test_ctrl_c_prints_a_few_lines(slow_url: str) -> None:
    script = """
        def main():
            job = kipu.submit(BELL, device="kipu.sim.qsim", shots=5)
            print("waiting", flush=True)
            job.wait()
        main()
    """
    code, _, err = interrupted(script, slow_url, "asyncio")
    assert code == -signal.SIGINT
    *_, last, state = err.splitlines()
    assert last == "KeyboardInterrupt"
    assert state.startswith("job ")
    assert " is still " in state
    assert len(err.splitlines()) <= 10
    assert "concurrent/futures" not in err


def test_ctrl_c_in_a_session_releases_it(slow_url: str) -> None:
    script = """
        from tests.emulator.pasqal.helpers import FLIP

        pasqal = anyqpu.sync.connect("pasqal", emulator=sys.argv[1])
        try:
            with pasqal.session(device="EMU_FREE", on_exit="cancel") as session:
                job = session.submit(FLIP, shots=5)
                print("waiting", flush=True)
                job.wait()
        except KeyboardInterrupt:
            print(pasqal.get_session(session.id).status, job.refresh().status)
    """
    assert interrupted(script, slow_url, "asyncio")[1:] == ("closed cancelled\n", "")


def test_ctrl_c_during_a_submit_says_its_key(slow_url: str) -> None:
    script = """
        import anyio
        from anyqpu.providers.kipu.client import KipuClient

        class Hooks(anyqpu.Hooks):
            def on_response(self, event):
                if event.operation == "createJob":
                    # The response is there, and the job not yet returned.
                    os.kill(os.getpid(), signal.SIGINT)
                    time.sleep(0.2)

        kipu = anyqpu.sync.connect("kipu", emulator=sys.argv[1], hooks=Hooks())
        print("", flush=True)
        try:
            kipu.submit(BELL, device="kipu.sim.qsim", shots=5, key="interrupted-1")
        except KeyboardInterrupt as error:
            print(kipu.find("interrupted-1").id in error.__notes__[0], *error.__notes__)
    """
    process = started(script, slow_url, "asyncio")
    _, out, err = finished(process)
    assert err == ""
    assert out.splitlines()[1].startswith("True the call returned Job(")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
def test_a_fork_cannot_use_the_client_of_its_parent(url: str) -> None:
    script = """
        first = kipu.devices().first().id
        child = os.fork()
        if child == 0:
            try:
                kipu.devices().first()
            except errors.ClientStateError as error:
                print(error)
            kipu.close()
            with anyqpu.sync.connect("kipu", emulator=sys.argv[1]) as own:
                print(own.devices().first().id == first)
            sys.exit(0)
        os.waitpid(child, 0)
        print(kipu.devices().first().id == first)
    """
    lines = output(script, url, "asyncio").splitlines()
    assert lines == [
        "the client belongs to the process that forked this one. Make one in each process", "True", "True",
    ]  # fmt: skip

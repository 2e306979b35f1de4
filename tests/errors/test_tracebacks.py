"""Short tracebacks of asynchronous code: of errors that a wait raises, and of Ctrl-C in scripts."""

from __future__ import annotations

import contextlib
import logging
import re
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

import pytest

import anyqpu
from anyqpu import errors
from anyqpu._tracebacks import SHORT_TRACEBACKS
from anyqpu_emulator.server import running

ROOT = Path(__file__).parents[2]
BELL = ROOT / "examples" / "bell.qasm"
SCRIPT = """
import {library}, sys
import anyqpu

async def main():
    async with anyqpu.connect("kipu", emulator=sys.argv[1]) as kipu:
        job = await kipu.submit("examples/bell.qasm", device="kipu.sim.qsim", shots=5)
        print("waiting", flush=True)
        await job.wait()

{library}.run({main})
"""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(seed=1, speed="real") as address:
        yield address


@pytest.mark.parametrize(("library", "main", "most"), [("asyncio", "main()", 30), ("trio", "main", 15)])
def test_ctrl_c_in_a_script_shows_its_frames_and_the_state_of_the_job(
    url: str, library: str, main: str, most: int
) -> None:
    script = SCRIPT.format(library=library, main=main)
    command = [sys.executable, "-c", script, url]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == -signal.SIGINT
    assert len(err.splitlines()) <= most
    assert "anyqpu/" not in err
    assert " is still " in err


def packages_below(*libraries: str) -> set[str]:
    """The packages of libraries and of all that they require, as they are imported."""
    required, left = set[str](), list(libraries)
    while left:
        name = left.pop().lower().replace("_", "-")
        if name not in required:
            required.add(name)
            with contextlib.suppress(PackageNotFoundError):
                lines = [line for line in requires(name) or [] if "extra ==" not in line]
                left += [re.split(r"[^\w.-]", line)[0] for line in lines]
    # These have data, and types.
    without_calls = {"certifi", "idna", "truststore", "typing_extensions"}
    owners = packages_distributions().items()
    return {name for name, of in owners if required & {owner.lower().replace("_", "-") for owner in of}} - without_calls


@pytest.mark.parametrize("package", sorted(packages_below("httpx", "httpx2", "aiohttp", "h2", "anyio")))
def test_an_interrupt_inside_a_library_below_shows_no_frames_of_it(package: str) -> None:
    code = compile("def work():\n    raise KeyboardInterrupt", f"{package}/part.py", "exec")
    names = {"__name__": f"{package}.part"}
    exec(code, names)
    with pytest.raises(KeyboardInterrupt) as caught, SHORT_TRACEBACKS:
        names["work"]()  # type: ignore[operator]
    assert [frame.filename for frame in traceback.extract_tb(caught.value.__traceback__)] == [__file__]


def own_frames(error: BaseException) -> list[str]:
    return [frame.filename for frame in traceback.extract_tb(error.__traceback__) if "/src/anyqpu/" in frame.filename]


@pytest.mark.anyio
async def test_an_error_of_a_result_has_no_frames_of_the_library(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with anyqpu.connect("kipu", emulator="strict") as kipu:
        job = await kipu.submit(BELL, device="ibm.qpu.fez", shots=5)
        with caplog.at_level(logging.DEBUG, "anyqpu"), pytest.raises(errors.JobFailedError) as caught:
            await job.result()
        assert own_frames(caught.value) == []
        records = [record for record in caplog.records if "full traceback of JobFailedError" in record.message]
        assert records[0].exc_info is not None
        monkeypatch.setenv("ANYQPU_TRACEBACKS", "full")
        with pytest.raises(errors.JobFailedError) as caught:
            await job.result()
        assert len(own_frames(caught.value)) >= 3


@pytest.mark.anyio
async def test_an_error_of_a_callback_keeps_its_frames() -> None:
    def fail(job: anyqpu.Job) -> None:
        raise errors.ValidationError("from the callback")

    async with anyqpu.connect("kipu", emulator=True) as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=5)
        with pytest.raises(errors.ValidationError) as caught:
            await job.wait(on_update=fail)
    assert traceback.extract_tb(caught.value.__traceback__)[-1].name == "fail"

"""Notebooks over a kernel: the tutorial, interrupts, errors and displays."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from anyqpu_emulator.server import running

ROOT = Path(__file__).parents[2]
TUTORIAL = ROOT / "docs" / "tutorials" / "notebook.ipynb"
LONGEST = 60.0


@dataclass
class Output:
    """What a cell shows."""

    texts: list[str] = field(default_factory=list)
    html: list[str] = field(default_factory=list)
    error: list[str] = field(default_factory=list)


class Kernel:
    """A kernel that runs cells."""

    def __init__(self, manager: KernelManager, client: BlockingKernelClient) -> None:
        self._manager, self._client = manager, client

    def run(self, code: str, *, interrupt_after: str | None = None) -> Output:
        """Run a cell; interrupt it when it has printed a line."""
        request = self._client.execute(code)
        output, end = Output(), time.monotonic() + LONGEST
        while time.monotonic() < end:
            try:
                message: Any = self._client.get_iopub_msg(timeout=1)
            except Empty:
                continue
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "error":
                    lines = "\n".join(content["traceback"])
                    output.error = re.sub(r"\x1b\[[0-9;]*m", "", lines).splitlines()
                case "stream":
                    output.texts.append(content["text"])
                    if interrupt_after is not None and interrupt_after in content["text"]:
                        # The wait begins after the line was printed.
                        time.sleep(0.2)
                        self._manager.interrupt_kernel()
                case "execute_result":
                    output.texts.append(content["data"]["text/plain"])
                    output.html.append(content["data"].get("text/html", ""))
                case "status" if content["execution_state"] == "idle":
                    return output
        raise AssertionError(f"the cell does not end: {output}")


@contextmanager
def started(folder: Path) -> Iterator[Kernel]:
    # A path for sockets may have about 100 characters.
    with TemporaryDirectory(prefix="k") as sockets:
        manager = KernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/k")
        manager.start_kernel(cwd=str(folder))
        client = manager.blocking_client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=LONGEST)
            yield Kernel(manager, client)
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def kernel() -> Iterator[Kernel]:
    with running(seed=1, speed="real") as url, started(ROOT) as kernel:
        kernel.run(
            "import anyqpu, anyqpu.sync\n"
            f"kipu = anyqpu.connect('kipu', emulator='{url}')\n"
            f"blocking = anyqpu.sync.connect('kipu', emulator='{url}')"
        )
        yield kernel


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("await job.wait()", "CancelledError"),
        ("await job.result()", "CancelledError"),
        ("import asyncio\nawait asyncio.gather(job.wait(), job.result())", "CancelledError"),
        ("async for _ in job.events(): pass", "CancelledError"),
        ("blocking_job.wait()", "KeyboardInterrupt"),
        ("for _ in blocking_job.events(): pass", "KeyboardInterrupt"),
    ],
)
def test_an_interrupted_wait_shows_one_line(kernel: Kernel, code: str, name: str) -> None:
    kernel.run(
        "job = await kipu.submit('examples/bell.qasm', device='kipu.sim.qsim', shots=5)\n"
        "blocking_job = blocking.attach(job.handle)"
    )
    (line,) = kernel.run(f"print('waiting')\n{code}", interrupt_after="waiting").error
    assert re.fullmatch(rf"{name}: interrupted; job [0-9a-f-]+ is still (queued|running)", line)
    # The client and the kernel work on.
    assert kernel.run("(await job.refresh()).id == blocking_job.refresh().id").texts == ["True"]


@pytest.mark.parametrize("code", ["await kipu.job('x')", "blocking.job('x')", "await kipu.jobs(page_size=-1).first()"])
def test_an_error_shows_the_cell_and_the_message(kernel: Kernel, code: str) -> None:
    error = kernel.run(
        f"def own(): return {code.removeprefix('await ')}\n{code[: -len(code.removeprefix('await '))]}own()"
    ).error
    assert len(error) <= 12
    assert not [line for line in error if "anyqpu/" in line]
    assert [line for line in error if line.startswith("Cell In")]
    assert re.match(r"(NotFound|Validation)Error: kipu", error[-1])


def test_all_frames_are_shown_on_request(kernel: Kernel) -> None:
    code = "import os; os.environ['ANYQPU_TRACEBACKS'] = 'full'\ntry: await kipu.job('x')\nfinally: pass"
    error = kernel.run(code).error
    kernel.run("del os.environ['ANYQPU_TRACEBACKS']")
    assert len([line for line in error if "anyqpu/" in line]) > 3


def test_lists_of_both_kinds_of_jobs_are_tables(kernel: Kernel) -> None:
    kernel.run("await kipu.submit('examples/bell.qasm', device='kipu.sim.qsim', shots=5)")
    for code in ("await kipu.jobs().collect(limit=1)", "blocking.jobs().collect(limit=1)"):
        (html,) = kernel.run(code).html
        assert "1 job<" in html
        assert "kipu.sim.qsim" in html
    assert "`for item in pager`" in kernel.run("blocking.jobs()").html[0]
    assert "async for" in kernel.run("kipu.jobs()").html[0]


def test_the_tutorial_runs(tmp_path: Path) -> None:
    notebook = json.loads(TUTORIAL.read_text(encoding="utf-8"))
    assert {key: notebook[key] for key in ("nbformat", "nbformat_minor")} == {"nbformat": 4, "nbformat_minor": 5}
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    # It is committed without outputs.
    assert not any(cell["outputs"] for cell in notebook["cells"] if cell["cell_type"] == "code")
    with started(tmp_path) as kernel:
        outputs = {cell: kernel.run(cell) for cell in cells}
    assert not [(cell, output.error) for cell, output in outputs.items() if output.error]
    assert len([output for output in outputs.values() if any(output.html)]) == 7
    assert "kipu.sim.qsim" in outputs["await kipu.devices().collect()"].html[0]
    assert "<svg" in outputs['await kipu.topology("iqm.qpu.garnet")'].html[0]
    assert outputs[cells[-2]].texts == ["100"]
    assert [cell for cell, output in outputs.items() if "Did you mean" in "".join(output.texts)]

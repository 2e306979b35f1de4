"""Rigetti from the command line, and by `anyqpu.resume`."""

from __future__ import annotations

import json
from pathlib import Path

import anyio

import anyqpu
from anyqpu_emulator.server import running
from tests.cli.test_cli import run

from .conftest import X_ON_QUBIT_0


def test_devices_and_a_program(tmp_path: Path) -> None:
    file = tmp_path / "x.quil"
    file.write_text(X_ON_QUBIT_0)
    with running(seed=1) as server:
        listed = run("devices", "rigetti", "--emulator-url", server)
        assert "rigetti:Aspen-9" in listed.stdout
        options = ("--device", "rigetti:Aspen-9", "--shots", 20, "--json", "--emulator-url", server, "--yes")
        done = run("submit", file, *options, "--wait")
        assert done.returncode == 0
        # Whatever happens to this process, the job can be found again.
        assert json.loads(done.stderr.splitlines()[0])["note"].startswith("anyqpu:rigetti:job:")
        assert json.loads(done.stdout)["counts"] == [{"01": 20}]
        submitted = run("submit", file, *options)
        handle = json.loads(submitted.stdout)["handle"]

        async def resumed() -> anyqpu.Result:
            job = await anyqpu.resume(handle, emulator=server)
            return await job.result(timeout=20)

        for backend in ("asyncio", "trio"):
            assert anyio.run(resumed, backend=backend).counts == {"01": 20}


def test_another_language_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.qasm"
    file.write_text("OPENQASM 2.0;\nqreg q[1];\n")
    done = run("submit", file, "--device", "rigetti:Aspen-9", "--emulator")
    assert done.returncode != 0
    assert "quilc" in done.stderr
    assert "Traceback" not in done.stderr

"""A program on each cloud, from the command line: submitted, found again by another process, and read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from anyqpu_emulator.server import running
from tests.cli.shell import BELL, out, read, run
from tests.emulator.pasqal.helpers import FLIP

QUIL = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
PROGRAMS = {
    "scaleway:EMU-AER-16C-128M": BELL.read_text(encoding="utf-8"),
    "kipu:kipu.sim.qsim": BELL.read_text(encoding="utf-8"),
    "pasqal:EMU_FREE": FLIP if isinstance(FLIP, str) else json.dumps(FLIP),
    "rigetti:Aspen-9": QUIL,
}


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


@pytest.mark.parametrize("device", PROGRAMS)
def test_a_job_is_submitted_found_again_and_read(device: str, url: str, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(PROGRAMS[device])
    where = ("--emulator-url", url)
    plan = read("submit", program, "--device", device, "--shots", 20, "--dry-run", *where)
    assert plan["device"]["target"] == device
    handle = out("submit", program, "--device", device, "--shots", 20, "--quiet", "--yes", *where).strip()
    assert handle.startswith(f"anyqpu:{device.partition(':')[0]}:")
    assert read("job", "wait", handle, *where)["status"] == "completed"
    (counts,) = read("job", "result", handle, *where)["counts"]
    assert sum(counts.values()) == 20
    assert "█" in out("resume", handle, *where)
    assert "completed" in out("job", "show", handle, *where)


@pytest.mark.parametrize("device", ["pasqal:EMU_FREE", "rigetti:Aspen-9"])
def test_it_needs_no_server(device: str, tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text(PROGRAMS[device])
    assert "Counts(" in out("submit", program, "--device", device, "--shots", 20, "--wait", "--yes", "--emulator")


def test_what_rigetti_cannot_do_is_said(url: str, tmp_path: Path) -> None:
    program = tmp_path / "program.quil"
    program.write_text(QUIL)
    handle = out("submit", program, "--device", "rigetti:Aspen-9", "--quiet", "-y", "--emulator-url", url).strip()
    run("job", "wait", handle, "--emulator-url", url)
    # One that has ended is returned as it is, also where none can be cancelled.
    done = run("job", "cancel", handle, "--json", "--emulator-url", url)
    assert done.returncode == 0
    assert json.loads(done.stdout)["status"] == "completed"
    bare = run("job", "show", "rigetti", handle.partition("?")[0].rsplit(":", 1)[1], "--emulator-url", url)
    assert bare.returncode == 2
    assert "Give the whole handle" in bare.stderr

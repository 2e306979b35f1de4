"""`anyqpu submit --transpile`, as far as it goes without Qiskit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from anyqpu_cli.usage import with_defaults
from anyqpu_emulator.server import running
from tests.cli.shell import run

BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant", seed=7) as address:
        yield address


def test_the_level_may_be_left_out_and_takes_no_other_argument() -> None:
    assert with_defaults(["submit", "--transpile", "a.qasm"]) == ["submit", "--transpile=2", "a.qasm"]
    assert with_defaults(["submit", "--transpile=0", "a.qasm"]) == ["submit", "--transpile=0", "a.qasm"]
    assert with_defaults(["submit", "--", "--transpile"]) == ["submit", "--", "--transpile"]


@pytest.mark.parametrize("option", ["--transpile=4", "--transpile=", "--transpile=yes"])
def test_another_level_is_refused(url: str, tmp_path: Path, option: str) -> None:
    file = tmp_path / "bell.qasm"
    file.write_text(BELL)
    done = run("submit", str(file), "--device", "kipu:ibm.qpu.fez", option, "--emulator-url", url)
    assert done.returncode == 2
    assert "is not a level from 0 to 3" in done.stderr


@pytest.mark.parametrize("more", [["--dry-run"], ["--yes"]])
def test_a_program_in_another_language_is_not_sent(url: str, tmp_path: Path, more: list[str]) -> None:
    file = tmp_path / "native.quil"
    file.write_text("DECLARE ro BIT[1]\nRX(pi) 0\nMEASURE 0 ro[0]\n")
    done = run("submit", str(file), "--device", "rigetti:Aspen-9", "--transpile", *more, "--emulator-url", url)
    assert done.returncode != 0
    # Where Qiskit is not installed, that is the reason.
    assert "'qiskit'" in done.stderr or "transpile= takes OpenQASM" in done.stderr

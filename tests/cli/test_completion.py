"""Shell completion, called as the scripts of the shells call it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from anyqpu_cli.completion import MODE
from anyqpu_emulator.server import running
from tests.cli.shell import run
from tests.support import forks


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant") as address:
        yield address


# All of them, since one cloud alone can be meant.
KIPU = " ".join(
    f"kipu:{name}"
    for name in (
        *("aws.quera.aquila", "aws.sim.sv1", "azure.ionq.simulator", "ibm.qpu.fez", "iqm.qpu.garnet", "kipu.sim.qsim"),
        *("quandela.sim.belenos", "qudora.sim.xg1"),
    )
)


def in_zsh(line: str, **environment: str) -> str:
    return run(_TYPER_COMPLETE_ARGS=line, **{MODE: "complete_zsh"}, **environment).stdout


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("anyqpu de", {"demo", "devices"}),
        ("anyqpu devices ki", {"kipu"}),
        ("anyqpu reservations cancel r", {"rigetti"}),
        ("anyqpu jobs --status c", {"cancelling", "completed", "cancelled"}),
        ("anyqpu emulate --speed i", {"instant"}),
        ("anyqpu submit x --device k", {"kipu:"}),
        ("anyqpu submit x --device ", {"kipu:", "pasqal:", "rigetti:"}),
        ("anyqpu submit x --dev", {"--device"}),
    ],
)
def test_words(line: str, offered: set[str]) -> None:
    said = in_zsh(line)
    assert all(entry in said.replace("\\", "") for entry in offered), said
    assert "providers" not in said


def test_devices_are_requested(url: str) -> None:
    said = in_zsh("anyqpu submit x --device kipu:kipu", ANYQPU_EMULATOR=url)
    assert "kipu.sim.qsim" in said
    assert "qudora" not in said


def test_a_provider_without_a_response_has_no_completions() -> None:
    done = run(_TYPER_COMPLETE_ARGS="anyqpu submit x --device kipu:", **{MODE: "complete_zsh"})
    # zsh's own word for a list of files, which is what is offered where there is nothing else.
    assert (done.stdout.strip(), done.stderr) == ("_files", "")


def test_bash_takes_words_apart_at_colons(url: str, tmp_path: Path) -> None:
    shim = tmp_path / "anyqpu"
    copy = f'"{sys.executable}" -I -S "{forks.__file__}" "{forks.address()}"'
    shim.write_text(f'#!/bin/sh\nexec {copy} anyqpu "$@"\n')
    shim.chmod(0o755)
    script = (
        'eval "$(_ANYQPU_COMPLETE=source_bash anyqpu)"\n'
        'try() { COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); _anyqpu_completion anyqpu;'
        ' echo "${COMPREPLY[@]}"; }\n'
        "try anyqpu submit x --device kip\n"
        "try anyqpu submit x --device kipu : kipu\n"
        "try anyqpu submit x --device kipu : kipu.sim.qsim --wa\n"
    )
    done = subprocess.run(
        ["bash", "-c", script],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "ANYQPU_EMULATOR": url},
    )
    assert done.stdout.splitlines() == [KIPU, "kipu.sim.qsim", "--wait"], done.stderr

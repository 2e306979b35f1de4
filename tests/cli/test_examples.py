"""`anyqpu examples` lists the installed programs, and copies one without overwriting a file."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from anyqpu_cli.examples import EXAMPLES
from tests.cli.shell import ROOT, out, read, run, screen


def test_the_list_has_every_file_and_a_device_that_runs_it() -> None:
    files = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "examples").iterdir()}
    listed = read("examples")
    assert {entry["name"] for entry in listed} == files.keys() == EXAMPLES.keys()
    assert all(Path(entry["path"]).read_text(encoding="utf-8") == files[entry["name"]] for entry in listed)
    for columns in (60, 80):
        code, lines = screen("examples", columns=columns)
        assert code == 0
        assert max(map(len, lines)) <= columns
        assert lines[1].startswith("bell.qasm ")


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_copy_runs_with_the_command_that_is_printed(tmp_path: Path, name: str) -> None:
    done = run("examples", name, "--to", tmp_path)
    assert done.returncode == 0, done.stderr
    copy = tmp_path / name
    assert done.stdout == f"{copy}\n"
    assert copy.read_bytes() == (ROOT / "examples" / name).read_bytes()
    command = shlex.split(done.stderr.partition(": ")[2])
    assert command[0] == "anyqpu"
    assert "Counts(" in out(*command[1:], "--shots", 10)


def test_the_folder_is_created_and_a_second_copy_changes_nothing(tmp_path: Path) -> None:
    copy = tmp_path / "new" / "programs" / "bell.qasm"
    for _ in range(2):
        assert out("examples", "bell.qasm", "--to", copy.parent) == f"{copy}\n"
        assert copy.read_bytes() == (ROOT / "examples" / "bell.qasm").read_bytes()


def test_another_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "bell.qasm").write_text("mine")
    done = run("examples", "bell.qasm", "--to", tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"anyqpu: {tmp_path / 'bell.qasm'} exists, with other content. Remove it")
    assert (tmp_path / "bell.qasm").read_text() == "mine"


def test_a_file_in_place_of_the_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    done = run("examples", "bell.qasm", "--to", tmp_path / "file")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"anyqpu: {tmp_path / 'file' / 'bell.qasm'} cannot be written: ")


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["bel.qasm"], "there is no example 'bel.qasm'. Did you mean 'bell.qasm'?"),
        (["../bell.qasm"], "there is no example '../bell.qasm'"),
    ],
)
def test_what_cannot_be_copied_is_one_line(words: list[str], message: str) -> None:
    done = run("examples", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert done.stderr.startswith(f"anyqpu: {message}")

"""The check of the public API, by a change of each kind to a package that is made up, and to this one."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from anyqpu import __version__
from scripts.api_check import __main__ as program
from scripts.api_check import released
from scripts.api_check.comparing import Step, compare, needed
from scripts.api_check.released import Release, last_release, outline, read_tree, write

EXPORTS = 'from anyqpu.work import Job, start\n\n__all__ = ["Job", "start"]\n'
WORK = '''
class _Base:
    def cancel(self, *, force: bool = False) -> None:
        """Stop it."""


class Job(_Base):
    """A job."""

    def __init__(self, id: str) -> None:
        self.id = id
        self._seen = 0

    def wait(self, timeout: float | None = None) -> str:
        """Wait for it."""
        return "done"

    def _look(self) -> None: ...


def start(program: str, shots: int = 1) -> Job:
    """Begin."""
    return Job(program)


def _helper(a: int) -> None: ...
'''


def made(work: str = WORK, exports: str = EXPORTS) -> dict[str, str]:
    return {"anyqpu/__init__.py": exports, "anyqpu/work.py": work}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("def wait(", "def await_end(", "anyqpu.work.Job.wait: is public no more"),
        ("timeout: float | None = None", "timeout: float", "anyqpu.work.Job.wait: Parameter is now required"),
        ("timeout: float | None = None", "limit: float | None = None", "anyqpu.work.Job.wait: Parameter was removed"),
        ("program: str, shots", "program: str, device: str, shots", "anyqpu.work.start: Parameter was added as req"),
        ("shots: int = 1", "shots: int = 2", "anyqpu.work.start: Parameter default was changed (["),
        ("force: bool", "hard: bool", "anyqpu.work._Base.cancel: Parameter was removed"),
        ("class Job(_Base)", "class Job", "anyqpu.work.Job: Base class was removed"),
        ("self.id = id", "self.key = id", "anyqpu.work.Job.id: is public no more"),
    ],
)
def test_a_break_needs_a_major_step(old: str, new: str, said: str) -> None:
    assert WORK.count(old) == 1
    found = compare(made(), made(WORK.replace(old, new)))
    assert any(line.startswith(said) for line in found.broken), found
    assert found.step is Step.MAJOR


def test_a_name_that_is_exported_no_more_is_a_break() -> None:
    found = compare(made(), made(exports='from anyqpu.work import Job\n\n__all__ = ["Job"]\n'))
    assert found.broken == ["anyqpu.start: is public no more", "anyqpu.work.start: is public no more"]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("def _look", "def look", "anyqpu.work.Job.look"),
        ("self._seen", "self.seen", "anyqpu.work.Job.seen"),
        ("= 1) -> Job", "= 1, *, name: str | None = None) -> Job", "anyqpu.work.start(name)"),
    ],
)
def test_something_new_needs_a_minor_step(old: str, new: str, name: str) -> None:
    found = compare(made(), made(WORK.replace(old, new)))
    assert (found.broken, found.new, found.step) == ([], [name], Step.MINOR)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def _helper(a: int)", "def _helper(b: str)"),
        ('return "done"', 'return "over"'),
        ("Wait for it.", "Wait until it is over."),
    ],
)
def test_the_rest_needs_none(old: str, new: str) -> None:
    assert WORK.count(old) == 1
    found = compare(made(), made(WORK.replace(old, new)))
    assert (found.broken, found.new, found.step) == ([], [], Step.PATCH)


@pytest.mark.parametrize(
    ("version", "step", "wanted"),
    [
        ("0.3.4", Step.MAJOR, "0.4.0"),
        ("0.3.4", Step.MINOR, "0.3.5"),
        ("0.3.4", Step.PATCH, "0.3.4"),
        ("1.2.3", Step.MAJOR, "2.0.0"),
        ("1.2.3", Step.MINOR, "1.3.0"),
        ("1.2.3", Step.PATCH, "1.2.3"),
    ],
)
def test_steps(version: str, step: Step, wanted: str) -> None:
    assert needed(version, step) == wanted


def test_a_release_that_was_written_down_is_the_same_to_users(tmp_path: Path) -> None:
    snapshot = tmp_path / "api" / "released.json"
    tree = read_tree()
    write("1.2.3", tree, snapshot)
    kept = last_release(tmp_path, snapshot)
    assert kept is not None
    assert (kept.version, kept.where) == ("1.2.3", "file released.json")
    assert kept.files.keys() == tree.keys()
    found = compare(kept.files, tree)
    assert (found.broken, found.new) == ([], [])
    assert found.size > 500
    # Without what changes nothing for users, which would be most of it.
    assert sum(map(len, kept.files.values())) < 0.8 * sum(map(len, tree.values()))


def test_what_is_written_down_has_no_texts_and_no_work() -> None:
    assert "Wait" not in outline(WORK)
    assert "done" not in outline(WORK)
    assert "self.id = id" in outline(WORK)


def test_a_break_of_our_own_is_found() -> None:
    tree = read_tree()
    name = "anyqpu/model/counts.py"
    broken = tree | {name: tree[name].replace("def probabilities(self", "def shares(self")}
    found = compare(tree, broken)
    assert "anyqpu.model.counts.Counts.probabilities: is public no more" in found.broken
    assert found.new == ["anyqpu.model.counts.Counts.shares"]


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, work: str) -> None:
    for name, source in made(work).items():
        path = folder / "src" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source)
    git(folder, "add", ".")
    git(folder, "commit", "-m", "work")


def test_the_last_release_is_the_highest_tag_before_this_commit(tmp_path: Path) -> None:
    snapshot = tmp_path / "none.json"
    git(tmp_path, "init")
    commit(tmp_path, "# first\n")
    assert last_release(tmp_path, snapshot) is None
    git(tmp_path, "tag", "v0.9.0")
    commit(tmp_path, "# second\n")
    git(tmp_path, "tag", "v0.10.0")
    git(tmp_path, "tag", "nightly")
    commit(tmp_path, "# third\n")
    git(tmp_path, "tag", "v0.11.0rc1")
    found = last_release(tmp_path, snapshot)
    assert found is not None
    assert (found.version, found.where) == ("0.10.0", "tag v0.10.0")
    assert found.files["anyqpu/work.py"] == "# second\n"


@pytest.mark.parametrize(
    ("version", "change", "said"),
    [
        ("0.9.0", "def wait(", "a major change; that needs 0.10.0 or later, and this is 0.9.0. Set it in"),
        ("0.10.0", "def wait(", "a major change; that needs 0.10.0 or later, and this is 0.10.0"),
        ("0.9.0", "def _helper(", "nothing changed; that needs 0.9.0 or later, and this is 0.9.0"),
    ],
)
def test_the_verdict(
    version: str,
    change: str,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(program, "__version__", version)
    monkeypatch.setattr(program, "last_release", lambda: Release("0.9.0", made(), "tag v0.9.0"))
    monkeypatch.setattr(program, "read_tree", lambda: made(WORK.replace(change, change[:-1] + "_more(")))
    assert program.main([]) == (1 if "Set it in" in said else 0)
    assert said in capsys.readouterr().out


def test_writing_a_release_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = tmp_path / "api" / "released.json"
    monkeypatch.setattr(program, "write", lambda version, files: released.write(version, files, snapshot))
    assert program.main(["--release"]) == 0
    assert __version__ in capsys.readouterr().out
    kept = last_release(tmp_path, snapshot)
    assert kept is not None
    assert kept.version == __version__


def test_before_the_first_release_there_is_nothing_to_break(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(program, "last_release", lambda: None)
    assert program.main([]) == 0
    assert "no release yet" in capsys.readouterr().out

"""The check of the public API: a change of each kind to a small package, and one to this package."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from anyqpu import __version__
from scripts.api_check import ROOT, Changes, Step, compare, load, main, needed, unpack_last_release

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

    def _poll(self) -> None: ...


def start(program: str, shots: int = 1) -> Job:
    """Begin."""
    return Job(program)


def _helper(a: int) -> None: ...
'''


def write(root: Path, work: str = WORK, *, exports: str = EXPORTS, version: str = "0.9.0") -> None:
    folder = root / "src" / "anyqpu"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("__init__", exports), ("work", work), ("_version", f'__version__ = "{version}"\n')):
        (folder / f"{name}.py").write_text(text)


@pytest.fixture
def after(tmp_path: Path) -> Path:
    """A folder for the changed package, beside the original."""
    write(tmp_path / "before")
    return tmp_path / "after"


def changes(after: Path) -> Changes:
    return compare(load(after.parent / "before"), load(after))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("def wait(", "def await_end(", "anyqpu.work.Job.wait: removed from the public API"),
        ("timeout: float | None = None", "timeout: float", "anyqpu.work.Job.wait: Parameter is now required"),
        ("timeout: float | None = None", "limit: float | None = None", "anyqpu.work.Job.wait: Parameter was removed"),
        ("program: str, shots", "program: str, device: str, shots", "anyqpu.work.start: Parameter was added as req"),
        ("shots: int = 1", "shots: int = 2", "anyqpu.work.start: Parameter default was changed (["),
        ("force: bool", "hard: bool", "anyqpu.work._Base.cancel: Parameter was removed"),
        ("class Job(_Base)", "class Job", "anyqpu.work.Job: Base class was removed"),
        ("self.id = id", "self.key = id", "anyqpu.work.Job.id: removed from the public API"),
    ],
)
def test_a_break_needs_a_major_step(after: Path, old: str, new: str, message: str) -> None:
    assert WORK.count(old) == 1
    write(after, WORK.replace(old, new))
    result = changes(after)
    assert any(line.startswith(message) for line in result.breaking), result
    assert result.step is Step.MAJOR


def test_a_name_that_loses_its_export_is_a_break(after: Path) -> None:
    write(after, exports='from anyqpu.work import Job\n\n__all__ = ["Job"]\n')
    assert changes(after).breaking == [
        f"anyqpu.{name}: removed from the public API" for name in ("start", "work.start")
    ]


@pytest.mark.parametrize(
    ("old", "new", "name"),
    [
        ("def _poll", "def poll", "anyqpu.work.Job.poll"),
        ("self._seen", "self.seen", "anyqpu.work.Job.seen"),
        ("= 1) -> Job", "= 1, *, name: str | None = None) -> Job", "anyqpu.work.start(name)"),
    ],
)
def test_an_addition_needs_a_minor_step(after: Path, old: str, new: str, name: str) -> None:
    write(after, WORK.replace(old, new))
    result = changes(after)
    assert (result.breaking, result.new, result.step) == ([], [name], Step.MINOR)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("def _helper(a: int)", "def _helper(b: str)"),
        ('return "done"', 'return "over"'),
        ("Wait for it.", "Wait until it is over."),
    ],
)
def test_other_changes_need_no_step(after: Path, old: str, new: str) -> None:
    assert WORK.count(old) == 1
    write(after, WORK.replace(old, new))
    result = changes(after)
    assert (result.breaking, result.new, result.step) == ([], [], Step.PATCH)


@pytest.mark.parametrize(
    ("version", "step", "lowest"),
    [
        ("0.3.4", Step.MAJOR, "0.4.0"),
        ("0.3.4", Step.MINOR, "0.3.5"),
        ("0.3.4", Step.PATCH, "0.3.4"),
        ("1.2.3", Step.MAJOR, "2.0.0"),
        ("1.2.3", Step.MINOR, "1.3.0"),
        ("1.2.3", Step.PATCH, "1.2.3"),
    ],
)
def test_steps(version: str, step: Step, lowest: str) -> None:
    assert needed(version, step) == lowest


def test_without_tags_a_version_is_compared_with_the_sources_of_the_last_release(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With this package: a release, no change, and a method that is renamed."""
    shutil.copytree(ROOT / "src" / "anyqpu", tmp_path / "src" / "anyqpu")
    assert main([], tmp_path) == 0
    assert "no release yet" in capsys.readouterr().out
    assert main(["--release"], tmp_path) == 0
    assert __version__ in capsys.readouterr().out
    assert main([], tmp_path) == 0
    assert f"since {__version__} (file released.zip): nothing changed" in capsys.readouterr().out
    counts = tmp_path / "src" / "anyqpu" / "model" / "counts.py"
    counts.write_text(counts.read_text().replace("def probabilities(self", "def shares(self"))
    assert main([], tmp_path) == 1
    out = capsys.readouterr().out
    assert "breaks: anyqpu.model.counts.Counts.probabilities: removed from the public API\n" in out
    assert "new: anyqpu.model.counts.Counts.shares\n" in out


def test_the_package_has_hundreds_of_public_names() -> None:
    package = load(ROOT)
    assert compare(package, package).size > 500


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, work: str, version: str) -> None:
    write(folder, work, version=version)
    git(folder, "add", ".")
    git(folder, "commit", "-m", "work")


def test_the_last_release_is_the_nearest_version_tag(tmp_path: Path) -> None:
    root, snapshot = tmp_path / "repository", tmp_path / "none.zip"
    root.mkdir()
    git(root, "init")
    commit(root, "# first\n", "0.9.0")
    assert unpack_last_release(root, snapshot, tmp_path / "first") is None
    git(root, "tag", "v0.9.0")
    commit(root, "# second\n", "0.10.0")
    git(root, "tag", "v0.10.0")
    git(root, "tag", "nightly")
    commit(root, "# third\n", "0.11.0")
    git(root, "tag", "v0.11.0rc1")
    (tmp_path / "last").mkdir()
    assert unpack_last_release(root, snapshot, tmp_path / "last") == "tag v0.10.0"
    assert (tmp_path / "last" / "src" / "anyqpu" / "work.py").read_text() == "# second\n"


@pytest.mark.parametrize(
    ("version", "change", "message"),
    [
        ("0.9.0", "def wait(", "a major change; that needs 0.10.0 or later, and this is 0.9.0. Set it in"),
        ("0.10.0", "def wait(", "a major change; that needs 0.10.0 or later, and this is 0.10.0\n"),
        ("0.9.0", "def _helper(", "nothing changed; that needs 0.9.0 or later, and this is 0.9.0\n"),
    ],
)
def test_the_verdict(
    version: str, change: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    git(tmp_path, "init")
    commit(tmp_path, WORK, "0.9.0")
    git(tmp_path, "tag", "v0.9.0")
    write(tmp_path, WORK.replace(change, change[:-1] + "_more("), version=version)
    assert main([], tmp_path) == (1 if "Set it in" in message else 0)
    assert f"since 0.9.0 (tag v0.9.0): {message}" in capsys.readouterr().out

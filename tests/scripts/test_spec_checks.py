"""After an update, type checkers and tests say what stops working: each failure with its file, line and reason."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from scripts.spec_changes import checks

# As mypy 2 and pyright 1.1 print it.
MYPY = """\
src/anyqpu/providers/tiny/mapping.py:5: error: "Job" has no attribute "owner"  [attr-defined]
src/anyqpu/core/jobs.py:7: error: Name "x" is not defined  [name-defined]
"""
TEST = """\
import pytest

@pytest.mark.parametrize("provider", ["tiny", "other"])
def test_names(provider):
    assert provider == "large", "it is small"

@pytest.mark.parametrize("provider", ["tiny"])
@pytest.mark.parametrize("number", [1, 2])
def test_numbers(provider, number):
    raise ValueError("no number")

def test_of_no_provider():
    assert False
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A repository with failing tests, and without the script that writes the page of operations."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    (tmp_path / "tests/contract").mkdir(parents=True)
    (tmp_path / "tests/contract/test_names.py").write_text(TEST, encoding="utf-8")
    (tmp_path / "tests/providers/tiny").mkdir(parents=True)
    (tmp_path / "tests/providers/tiny/test_import.py").write_text("import not_there_at_all\n", encoding="utf-8")
    return tmp_path


def test_each_failure_is_named_with_file_and_reason(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tree / "src/anyqpu/providers/tiny/mapping.py"
    error = {"file": str(file), "severity": "error", "message": "Cannot access it\n  more", "range": {"start": {}}}
    lines = [{**error, "range": {"start": {"line": line}}} for line in (4, 8)]
    pyright = json.dumps({"generalDiagnostics": [*lines, {**lines[0], "severity": "warning"}]})
    real = checks._run

    def run(root: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        printed = {"mypy": MYPY, "pyright": f"starting\n{pyright}"}
        if module in printed:
            return subprocess.CompletedProcess([module], 1, printed[module], "")
        return real(root, module, *arguments)

    monkeypatch.setattr(checks, "_run", run)
    monkeypatch.setenv("PYTHONPATH", "")
    failures = checks.failures("tiny", tree)
    assert failures[0].startswith("docs/operations.md: not rewritten: ")
    assert failures[1:] == [
        'src/anyqpu/providers/tiny/mapping.py:5: "Job" has no attribute "owner"  [attr-defined] (mypy and pyright)',
        "src/anyqpu/providers/tiny/mapping.py:9: Cannot access it (pyright)",
        "tests/contract/test_names.py::test_names: AssertionError: it is small assert 'tiny' == 'large' - large + tiny",
        "tests/contract/test_names.py::test_numbers (2 cases): ValueError: no number",
        "tests/providers/tiny/test_import.py: ModuleNotFoundError: No module named 'not_there_at_all'",
    ]


def test_a_check_that_cannot_run_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        if arguments[0] == "mypy":
            raise subprocess.TimeoutExpired("mypy", 1800)
        return subprocess.CompletedProcess(arguments, 2 if arguments[0] == "pytest" else 0, "", "no such option")

    monkeypatch.setattr(checks, "_run", run)
    assert checks.failures("tiny", tmp_path) == [
        "the type checkers: could not be run: Command 'mypy' timed out after 1800 seconds",
        "the tests: could not be run: no such option",
    ]


def test_many_tests_that_fail_for_one_reason_are_in_one_line(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"def test_{name}_tiny():\n    raise LookupError('gone')\n" for name in ("a", "b", "c", "d")]
    (tree / "tests/contract/test_names.py").write_text("\n".join(names), encoding="utf-8")
    (tree / "tests/providers/tiny/test_import.py").unlink()
    monkeypatch.setenv("PYTHONPATH", "")
    assert list(checks._failed_tests("tiny", tree)) == [
        "4 tests, such as tests/contract/test_names.py::test_a_tiny and tests/contract/test_names.py::test_d_tiny: "
        "LookupError: gone"
    ]

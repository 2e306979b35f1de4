"""The types that another package sees, by mypy and pyright; `make dist-check` does it with the wheel."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging import outside

MISTAKES = "mistakes.py"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[tuple[str, int]]]:
    """File and line of each error in the project and in a file of mistakes, by checker: one run of each."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(outside.CONSUMER, project, dirs_exist_ok=True)
    settings = project / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    both = f'["quantum_service", "{MISTAKES}"]'
    settings.write_text(text.replace('["quantum_service"]', both), encoding="utf-8")
    assert text.count('["quantum_service"]') == 2  # for each of the two
    errors: dict[str, set[tuple[str, int]]] = {}
    folder, cache = (tmp_path_factory.mktemp(name) for name in ("checked", "cache"))
    for tool, done in outside.check(folder, sys.executable, cache, project=project).items():
        lines = re.findall(r"^\s*(.+?):(\d+)(?::\d+)?(?: -|:) error", done.stdout, re.MULTILINE)
        errors[tool] = {(Path(file).name, int(line)) for file, line in lines}
        # None was without a place, such as one in the settings.
        total = re.search(r"^(?:Found )?(\d+) errors", done.stdout, re.MULTILINE)
        assert total, f"{tool}:\n{done.stdout}{done.stderr}"
        assert (done.returncode, int(total[1])) == (1, len(lines)), f"{tool}:\n{done.stdout}{done.stderr}"
    return errors


def test_a_project_passes_both_checkers_without_an_ignore(reported: dict[str, set[tuple[str, int]]]) -> None:
    files = list(outside.CONSUMER.rglob("*.py"))
    assert len(files) >= 6
    for file in files:
        assert not re.search(r"type: ignore|pyright: ignore|\bcast\(", file.read_text(encoding="utf-8")), file
    for tool, errors in reported.items():
        assert {file for file, _ in errors} <= {MISTAKES}, f"{tool}: {sorted(errors)}"


def test_both_checkers_report_every_mistake(reported: dict[str, set[tuple[str, int]]]) -> None:
    lines = (outside.CONSUMER / MISTAKES).read_text(encoding="utf-8").splitlines()
    expected = {number for number, line in enumerate(lines, 1) if line.endswith("# mistake")}
    assert len(expected) > 10
    for tool, errors in reported.items():
        assert {line for file, line in errors if file == MISTAKES} == expected, f"{tool}: {sorted(errors)}"

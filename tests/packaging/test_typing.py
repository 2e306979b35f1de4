"""The types that another package sees, by mypy and pyright; `make dist-check` does it with the wheel."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from tests.packaging import outside


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_a_project_passes_both_checkers_without_an_ignore(tmp_path: Path, cache: Path) -> None:
    files = list(outside.CONSUMER.rglob("*.py"))
    assert len(files) >= 6
    for file in files:
        assert not re.search(r"type: ignore|pyright: ignore|\bcast\(", file.read_text(encoding="utf-8")), file
    for tool, done in outside.check(tmp_path, sys.executable, cache).items():
        assert done.returncode == 0, f"{tool}:\n{done.stdout}{done.stderr}"


def test_both_checkers_report_every_mistake(tmp_path: Path, cache: Path) -> None:
    lines = (outside.CONSUMER / "mistakes.py").read_text(encoding="utf-8").splitlines()
    expected = {number for number, line in enumerate(lines, 1) if line.endswith("# mistake")}
    assert len(expected) > 10
    for tool, done in outside.check(tmp_path, sys.executable, cache, files=("mistakes.py",)).items():
        reported = re.findall(r"mistakes\.py:(\d+)(?::\d+)?(?: -|:) error", done.stdout)
        assert {int(number) for number in reported} == expected, f"{tool}:\n{done.stdout}{done.stderr}"

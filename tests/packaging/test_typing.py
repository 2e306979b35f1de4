"""The types that another package sees, by mypy and pyright; `make dist-check` does it with the wheel."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.packaging import outside


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_both_checkers_see_the_same_types(tmp_path: Path, cache: Path) -> None:
    for tool, done in outside.check(tmp_path, sys.executable, cache).items():
        assert done.returncode == 0, f"{tool}:\n{done.stdout}{done.stderr}"


def test_they_would_notice(tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = tmp_path / "uses.py"
    wrong.write_text(
        "from typing import assert_type\n\nimport anyqpu\nfrom anyqpu.providers.kipu import KipuClient\n\n"
        "assert_type(anyqpu.connect('pasqal'), KipuClient)\n"
    )
    monkeypatch.setattr(outside, "CONSUMER", wrong)
    folder = tmp_path / "there"
    folder.mkdir()
    for tool, done in outside.check(folder, sys.executable, cache).items():
        assert done.returncode == 1, f"{tool}:\n{done.stdout}{done.stderr}"
        assert "PasqalClient" in done.stdout, tool

"""Pages that promise something name what shows it: a test, which exists, or a make target."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("SECURITY.md", "docs/errors.md", "docs/reliability.md")
REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
TARGET = re.compile(r"`make ([\w-]+)`")


def promises_of(page: str) -> list[str]:
    """The rows of the tables whose head is `promise | test`."""
    rows: list[str] = []
    inside = False
    for line in (ROOT / page).read_text(encoding="utf-8").splitlines():
        if line.startswith("| promise | test"):
            inside = True
        elif not line.startswith("|"):
            inside = False
        elif inside and not line.startswith("|---"):
            rows.append(line)
    return rows


def functions_in(file: Path) -> set[str]:
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return {node.name for node in body if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)}


@pytest.mark.parametrize("page", PAGES)
def test_every_promise_names_what_shows_it(page: str) -> None:
    rows = promises_of(page)
    assert len(rows) >= 5
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    for row in rows:
        named, made = REFERENCE.findall(row), TARGET.findall(row)
        assert named or made, row
        assert set(made) <= set(targets), row
        for file, name in named:
            assert name in functions_in(ROOT / file), f"{file} has no {name}"

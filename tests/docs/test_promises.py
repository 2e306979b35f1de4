"""Pages that promise something name the test that shows it; each of these tests exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = ("SECURITY.md", "docs/errors.md", "docs/retries.md", "docs/timeouts.md")
REFERENCE = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_in(file: Path) -> set[str]:
    functions = (
        node
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.AsyncFunctionDef | ast.FunctionDef)
    )
    return {node.name for node in functions if node.name.startswith("test_")}


@pytest.mark.parametrize("page", PAGES)
def test_every_promise_names_a_test_that_exists(page: str) -> None:
    named = REFERENCE.findall((ROOT / page).read_text())
    assert len(named) >= 5
    missing = [f"{file}::{name}" for file, name in named if name not in functions_in(ROOT / file)]
    assert not missing

"""`make dist-check` installs what the tests import that it runs with the lowest versions."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path

from scripts.dist_check import LOWEST_TEST_TOOLS, TEST_TOOLS, TESTED_EXTRAS, TESTS

ROOT = Path(__file__).parents[2]
OURS = {path.name for folder in ("src", "generated", ".") for path in (ROOT / folder).iterdir() if path.is_dir()}


def imported(files: list[Path]) -> set[str]:
    """Return the packages that files import when they are imported, with those of the project's files they import."""
    seen: set[Path] = set()
    packages: set[str] = set()
    while files:
        file = files.pop()
        if file in seen:
            continue
        seen.add(file)
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(statement, ast.ImportFrom) and statement.module:
                modules = [statement.module, *(f"{statement.module}.{name.name}" for name in statement.names)]
            else:
                modules = [name.name for name in statement.names] if isinstance(statement, ast.Import) else []
            for module in modules:
                packages.add(module.partition(".")[0])
                if module.startswith(("tests.", "scripts.")):
                    files += [path for path in [ROOT.joinpath(*module.split(".")).with_suffix(".py")] if path.exists()]
    return packages


def normal(name: str) -> str:
    """Return the normal form of a distribution's name, without versions and markers."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).lower()


def with_dependencies(requirements: list[str]) -> set[str]:
    """Return the names of distributions and of those that they need."""
    names: set[str] = set()
    while requirements:
        name = normal(requirements.pop())
        if name not in names:
            names.add(name)
            with suppress(PackageNotFoundError):  # for another Python or system
                requirements += [needed for needed in requires(name) or [] if "extra ==" not in needed]
    return names


def test_the_tools_of_its_tests_are_installed() -> None:
    files = [file for place in TESTS for file in [ROOT / place, *(ROOT / place).rglob("*.py")] if file.is_file()]
    assert len(files) > 50
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [name for extra in TESTED_EXTRAS for name in project["optional-dependencies"][extra]]
    installed = with_dependencies([*project["dependencies"], *extras, *TEST_TOOLS, *LOWEST_TEST_TOOLS])
    distributions = packages_distributions()
    for package in imported([*files, ROOT / "tests" / "conftest.py"]) - OURS - sys.stdlib_module_names:
        assert installed & set(map(normal, distributions[package])), f"scripts/dist_check.py does not install {package}"

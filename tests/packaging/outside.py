"""The type checkers run on a project that has this package installed, with its configuration and not ours."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

CONSUMER = Path(__file__).parent / "consumer"


def check(
    folder: Path, python: str, cache: Path, *, project: Path = CONSUMER, files: tuple[str, ...] = ()
) -> dict[str, subprocess.CompletedProcess[str]]:
    """Return the output of mypy and pyright for a copy of a project, with the packages of an interpreter.

    `files` are checked in place of those that the project's configuration names.
    """
    shutil.copytree(project, folder, dirs_exist_ok=True)
    mypy = ["--config-file", "pyproject.toml", "--cache-dir", str(cache), "--python-executable", python, *files]
    pyright = ["--pythonpath", python, *(files or ("--project", "."))]
    return {
        tool: subprocess.run(
            [sys.executable, "-m", tool, *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        for tool, arguments in (("mypy", mypy), ("pyright", pyright))
    }

"""The type checkers, as seen by who has installed this package: with no configuration and no source of ours."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

CONSUMER = Path(__file__).parent / "consumer" / "uses.py"
# A remark that silences nothing would hide that a mistake is no longer seen.
STRICT = {
    "typeCheckingMode": "strict",
    "reportUnnecessaryTypeIgnoreComment": "error",
    "enableTypeIgnoreComments": False,
    "include": [CONSUMER.name],
}


def check(folder: Path, python: str, cache: Path) -> dict[str, subprocess.CompletedProcess[str]]:
    """What mypy and pyright say of the consumer in an empty folder, with the packages of an interpreter."""
    shutil.copy(CONSUMER, folder)
    (folder / "pyrightconfig.json").write_text(json.dumps(STRICT), encoding="utf-8")
    mypy = ["--strict", "--config-file=", "--cache-dir", str(cache), "--python-executable", python, CONSUMER.name]
    pyright = ["--pythonpath", python, "--project", "."]
    return {
        tool: subprocess.run(
            [sys.executable, "-m", tool, *arguments], cwd=folder, capture_output=True, text=True, check=False
        )
        for tool, arguments in (("mypy", mypy), ("pyright", pyright))
    }

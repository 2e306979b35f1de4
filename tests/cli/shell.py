"""Running `anyqpu` in a process, as a person or a script does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support import forks

ROOT = Path(__file__).parents[2]
BELL = ROOT / "examples" / "bell.qasm"
COMMAND = [sys.executable, "-c", "from anyqpu_cli import main; main()"]


def environment_of(**environment: str) -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "error", "NO_COLOR": "1", **environment}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` with arguments, outside of the repository."""
    if forks.can_run(environment):
        return forks.run([*map(str, arguments)], folder="/", environment=environment_of(**environment), timeout=240)
    return start(*arguments, **environment)


def start(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` from the start of Python, for tests about that."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        env=environment_of(**environment),
    )


def out(*arguments: object, **environment: str) -> str:
    """Return the output of a command that must succeed."""
    done = run(*arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(*arguments: object, **environment: str) -> Any:
    """Return the JSON output of a command that must succeed."""
    return json.loads(out(*arguments, "--json", **environment))

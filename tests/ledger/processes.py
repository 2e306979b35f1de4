"""Processes that use a ledger, to be killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


@contextmanager
def process(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs a function `main(path)` of the code, with the tests' jobs, and then waits."""
    head = "import anyio, os, signal, sys; from tests.ledger.jobs import *\n"
    end = "await main(*sys.argv[1:]); print('ready', flush=True); await anyio.sleep(60)"
    foot = f"\nasync def run():\n {end}\nanyio.run(run)"
    command = [sys.executable, "-c", head + code + foot, *arguments]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        try:
            yield child
        finally:
            child.kill()


def line_of(child: subprocess.Popen[str]) -> str:
    """The next line that the process prints."""
    assert child.stdout is not None
    return child.stdout.readline().strip()

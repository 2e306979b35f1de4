"""Pulser sequences and photonic circuits: drivers in an environment with pulser-simulation and Perceval."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from scripts.meaning.cases import Verdict
from scripts.peers.clients import ROOT
from scripts.peers.environments import BUILD, installed, interpreter

PACKAGES = (
    f"--editable={ROOT}[emulator,convert,pulser,perceval]",
    *("pulser-simulation==1.9.1", "perceval-quandela==1.3.1"),
)
_DRIVERS = ("drive_pulser.py", "drive_perceval.py")
_HERE = Path(__file__).resolve().parent


def run() -> list[Verdict]:
    """The verdicts of all drivers. A driver that ends with an error is a wrong program of its own name."""
    base = interpreter((3, 11))
    assert base is not None
    python = installed(BUILD / "meaning" / "analog", PACKAGES, base)
    return [verdict for driver in _DRIVERS if (_HERE / driver).exists() for verdict in drive(python, _HERE / driver)]


def drive(python: Path, driver: Path) -> Iterator[Verdict]:
    """What a driver prints: `{"suite", "route", "program", "verdict", "detail"}` on each line."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, driver], env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    verdicts = [Verdict(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    yield from verdicts
    # A driver ends with 1 where a program is wrong, or where it does not notice one that is wrong on purpose.
    explained = done.returncode == 0 or any(each.verdict == "wrong" for each in verdicts)
    if not verdicts or not explained:
        detail = f"exit code {done.returncode} after {len(verdicts)} programs"
        yield Verdict("analog", driver.stem, driver.stem, "wrong", detail)

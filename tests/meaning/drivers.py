"""Programs that are objects of Qiskit, Cirq, Pulser and Perceval: scripts that run where those are installed."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.meaning.cases import Verdict
from tests.meaning.judging import environment
from tests.peers.clients import ROOT
from tests.peers.environments import BUILD, emulator, installed, interpreter

PACKAGES = (
    f"--editable={ROOT}[emulator,convert,pulser,perceval]",
    *("pulser-simulation==1.9.1", "perceval-quandela==1.3.1"),
)
_HERE = Path(__file__).resolve().parent


def circuits() -> list[Verdict]:
    """Circuits of Qiskit and Cirq on the gate-model routes."""
    drivers = [_HERE / name for name in ("drive_qiskit.py", "drive_cirq.py")]
    with emulator("instant", strict=False) as url:
        variables = {"ANYQPU_EMULATOR": url}
        return [verdict for driver in drivers for verdict in _verdicts(environment(), driver, variables)]


def analog() -> list[Verdict]:
    """Sequences of Pulser and circuits of Perceval; each driver starts an emulator of its own."""
    base = interpreter((3, 11))
    assert base is not None
    python = installed(BUILD / "meaning" / "analog", PACKAGES, base)
    drivers = [_HERE / name for name in ("drive_pulser.py", "drive_perceval.py")]
    return [verdict for driver in drivers if driver.exists() for verdict in _verdicts(python, driver, {})]


def _verdicts(python: Path, driver: Path, variables: dict[str, str]) -> Iterator[Verdict]:
    """What a driver prints: `{"suite", "route", "program", "verdict", "detail"}` on each line.

    A driver that ends with an error is a wrong program of its own name.
    """
    variables |= {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([python, driver], env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    verdicts = [Verdict(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{")]
    yield from verdicts
    # A driver ends with 1 where a program is wrong, or where it does not notice one that is wrong on purpose.
    explained = done.returncode == 0 or any(verdict.verdict == "wrong" for verdict in verdicts)
    if not verdicts or not explained:
        detail = f"exit code {done.returncode} after {len(verdicts)} programs"
        yield Verdict("drivers", driver.stem, driver.stem, "wrong", detail)

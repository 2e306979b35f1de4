"""Heavier engines: named where they are missing, and run in a process of their own."""

from __future__ import annotations

import json
import sys
import threading
import time

import numpy as np
import pytest

from anyqpu.errors import JobFailedError
from anyqpu.testing import emulated
from anyqpu_emulator.engines import extras, openqasm, photonic_jobs
from anyqpu_emulator.engines.errors import EngineError, ProgramTooLargeError, StoppedError, UnsupportedProgramError
from anyqpu_emulator.engines.statevector import sample
from tests.emulator.pasqal.helpers import FLIP

WIDE = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[30]; creg c[30]; h q; measure q -> c;'


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """None of them is installed."""
    for module in extras.MODULES.values():
        monkeypatch.setitem(sys.modules, module, None)


def never() -> bool:
    return False


def test_a_wide_circuit_names_the_extra() -> None:
    with pytest.raises(ProgramTooLargeError, match=r"30 qubits; .* up to 20\. .*pip install 'anyqpu\[qiskit\]'"):
        sample(openqasm.parse(WIDE), 10, np.random.default_rng(1))


def test_a_noisy_job_of_photons_names_the_extra() -> None:
    job = json.dumps({"circuit": "x", "noise": "y"})
    with pytest.raises(UnsupportedProgramError, match=r"`noise`. .*pip install 'anyqpu\[perceval\]'"):
        photonic_jobs.run(job, 10, np.random.default_rng(1), never)


@pytest.mark.anyio
async def test_many_atoms_name_the_extra() -> None:
    sequence = json.loads(FLIP) if isinstance(FLIP, str) else json.loads(json.dumps(FLIP))
    sequence["register"] = [{"name": f"q{place}", "x": 10.0 * place, "y": 0.0} for place in range(12)]
    async with emulated() as clouds, clouds.connect("pasqal") as client:
        job = await client.submit(json.dumps(sequence), device="EMU_FREE", shots=10)
        with pytest.raises(JobFailedError, match=r"12 atoms; .*pip install 'anyqpu\[pulser\]'"):
            await job.result(timeout=600)


def test_another_process_returns_results() -> None:
    """With a value, with the error of an engine, or with what else went wrong."""
    assert extras.apart("photonic:spell", (0, 2), stopped=never) == "|0,2>"
    with pytest.raises(EngineError, match="not JSON"):
        extras.apart("photonic:parse", "?", stopped=never)
    with pytest.raises(UnsupportedProgramError, match="AttributeError"):
        extras.apart("photonic:nothing", stopped=never)


def test_another_process_ends_when_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_CHILD", "import time; time.sleep(60)")
    stop = threading.Event()
    threading.Timer(0.5, stop.set).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        extras.apart("photonic:spell", (1,), stopped=stop.is_set)
    assert time.monotonic() - began < 30


def test_another_process_that_dies_or_dawdles_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "_CHILD", "raise SystemExit(7)")
    with pytest.raises(ProgramTooLargeError, match="exit code 7"):
        extras.apart("photonic:spell", (1,), stopped=never)
    monkeypatch.setattr(extras, "_CHILD", "import time; time.sleep(60)")
    monkeypatch.setattr(extras, "MOST_SECONDS", 0.2)
    with pytest.raises(ProgramTooLargeError, match="took longer"):
        extras.apart("photonic:spell", (1,), stopped=never)

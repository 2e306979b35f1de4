"""Errors of gates: Paulis after them, by the same chance for each qubit."""

from __future__ import annotations

import anyio
import numpy as np
import pytest

import anyqpu
from anyqpu import Counts
from anyqpu.testing import emulated
from anyqpu_emulator import Emulator
from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import ProgramTooLargeError
from anyqpu_emulator.engines.gate_error import gate_error
from anyqpu_emulator.engines.statevector import sample
from anyqpu_emulator.server import running
from tests.cli.shell import run

SHOTS = 30_000


def circuit(body: str, qubits: int = 1) -> Circuit:
    head = f'OPENQASM 2.0; include "qelib1.inc"; qreg q[{qubits}]; creg c[{qubits}];'
    return openqasm.parse(f"{head} {body} measure q -> c;")


def shares(body: str, chance: float, qubits: int = 1, seed: int = 1) -> dict[str, float]:
    with gate_error(chance):
        counts = sample(circuit(body, qubits), SHOTS, np.random.default_rng(seed)).counts()
    return {key: count / SHOTS for key, count in counts.items()}


@pytest.mark.parametrize(
    ("body", "qubits", "chance", "wanted"),
    [
        # X and Y flip, Z does not.
        ("x q[0];", 1, 1.0, {"0": 2 / 3, "1": 1 / 3}),
        ("x q[0];", 1, 0.3, {"0": 0.2, "1": 0.8}),
        # Each qubit of a gate by itself.
        ("cx q[0],q[1];", 2, 1.0, {"00": 1 / 9, "01": 2 / 9, "10": 2 / 9, "11": 4 / 9}),
        ("cx q[0],q[1];", 2, 0.3, {"00": 0.64, "01": 0.16, "10": 0.16, "11": 0.04}),
        # X between two H does nothing, Y and Z do; what follows the second H is read.
        ("h q[0]; h q[0];", 1, 0.3, {"0": 0.68, "1": 0.32}),
        # After a measurement in the middle, and where its outcome decides.
        ("x q[0]; measure q[0] -> c[0]; if(c==1) x q[0];", 1, 1.0, {"0": 2 / 3 + 1 / 9, "1": 2 / 9}),
    ],
)
def test_the_distribution_is_that_of_the_errors(
    body: str, qubits: int, chance: float, wanted: dict[str, float]
) -> None:
    measured = shares(body, chance, qubits)
    assert measured == pytest.approx(wanted, abs=0.015)


def test_without_errors_nothing_changes_bit_for_bit() -> None:
    body = "h q[0]; cx q[0],q[1]; measure q[0] -> c[0]; t q[1]; h q[1];"
    plain = sample(circuit(body, 2), 500, np.random.default_rng(3)).memory()
    with gate_error(0.0):
        assert sample(circuit(body, 2), 500, np.random.default_rng(3)).memory() == plain


def test_equal_seeds_have_equal_errors() -> None:
    assert shares("h q; cx q[0],q[1];", 0.1, 2) == shares("h q; cx q[0],q[1];", 0.1, 2)
    assert shares("h q; cx q[0],q[1];", 0.1, 2) != shares("h q; cx q[0],q[1];", 0.1, 2, seed=2)


def test_what_would_take_minutes_is_refused() -> None:
    body = "h q; " * 100
    with gate_error(0.01), pytest.raises(ProgramTooLargeError, match=r"--gate-error"):
        sample(circuit(body, 16), 10_000, np.random.default_rng(1))


@pytest.mark.anyio
@pytest.mark.parametrize(("cloud", "device"), [("kipu", "kipu.sim.qsim"), ("scaleway", "EMU-AER-16C-128M")])
async def test_on_the_clouds(cloud: str, device: str) -> None:
    text = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[1]; creg c[1]; x q[0]; measure q -> c;'
    async with emulated(gate_error=1.0) as clouds, clouds.connect(cloud) as client:
        job = await client.submit(text, device=device, shots=1000)
        counts = (await job.result(timeout=600)).counts
    assert counts["0"] / 1000 == pytest.approx(2 / 3, abs=0.06)


def test_a_chance_is_one() -> None:
    with pytest.raises(ValueError, match="gate_error should be 0 to 1"):
        Emulator(gate_error=-0.1)


def test_a_server_has_the_errors_that_it_is_given() -> None:
    text = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; x q[0]; measure q -> c;'

    async def counts_from(url: str) -> Counts:
        async with anyqpu.connect("kipu", emulator=url) as client:
            job = await client.submit(text, device="kipu.sim.qsim", shots=1000)
            return (await job.result(timeout=60)).counts

    with running(seed=1, readout_error=1.0, gate_error=0.3) as url:
        counts = anyio.run(counts_from, url)
    assert set(counts) == {"10", "11"}
    assert counts["11"] / 1000 == pytest.approx(0.2, abs=0.06)


@pytest.mark.parametrize("chance", ["1.5", "-0.1", "often"])
def test_the_command_line_takes_chances_only(chance: str) -> None:
    done = run("emulate", "--gate-error", chance)
    assert done.returncode == 2
    assert "--gate-error" in done.stderr
    assert "Traceback" not in done.stderr

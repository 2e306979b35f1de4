"""Noise of devices against closed forms, with the values of the calibration that clients read.

Depolarizing with average infidelity r on d dimensions replaces the state by the mixed one with probability
r d / (d - 1): 2 r on one qubit, 4 r / 3 on two. In the mixed state a bit, and the parity of two, is a fair coin.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

from anyqpu.testing import emulated
from anyqpu_emulator import Emulator, serve
from anyqpu_emulator.engines import openqasm
from anyqpu_emulator.engines.noise import NoiseModel
from anyqpu_emulator.engines.statevector import sample

from . import native_programs as native

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q; bit[2] c;\n'
SHOTS = 40_000


def near(share: float, shots: int = SHOTS) -> Any:
    """Five standard deviations of a share."""
    return pytest.approx(share, abs=5 * math.sqrt(max(share * (1 - share), 1e-9) / shots))


def shares(body: str, model: NoiseModel) -> dict[str, float]:
    circuit = model.noisy(openqasm.parse(HEAD + body, marks=True))
    counts = sample(circuit, SHOTS, np.random.default_rng(11)).counts()
    return {key: count / SHOTS for key, count in counts.items()}


def odd(shares: dict[str, float]) -> float:
    """The share of outcomes with an odd number of ones."""
    return sum(share for key, share in shares.items() if key.count("1") % 2)


def test_readout_errors_of_zeros_and_ones() -> None:
    model = NoiseModel(readout={0: (0.03, 0.08), 1: (0.2, 0.0)})
    seen = shares("x q[0]; c = measure q;", model)
    assert seen.get("00", 0) + seen.get("10", 0) == near(0.08)
    assert seen.get("10", 0) + seen.get("11", 0) == near(0.2)


def test_readout_errors_belong_to_the_device_s_qubit() -> None:
    """The program's qubit 5 of the device is measured into bit 0."""
    circuit = openqasm.parse("OPENQASM 3.0; bit[1] c; c[0] = measure $5;", marks=True)
    noisy = NoiseModel(readout={0: (0.5, 0.5), 5: (1.0, 1.0)}).noisy(circuit)
    assert sample(noisy, 100, np.random.default_rng(1)).counts() == {"1": 100}


def test_an_error_of_one_qubit_depolarizes_it() -> None:
    """With probability 2 r the bit is a fair coin, so it is wrong with probability r."""
    seen = shares("x q[0]; c = measure q;", NoiseModel(errors={("x", (0,)): 0.06}))
    assert seen["00"] == near(0.06)
    assert set(seen) == {"00", "01"}


@pytest.mark.parametrize(("basis", "parity"), [("", 0), ("h q;", 0), ("rx(pi/2) q;", 1)])
def test_an_error_of_two_qubits_spoils_each_parity_of_a_bell_pair(basis: str, parity: int) -> None:
    """ZZ, XX and YY of a Bell pair are 1, 1 and -1; with probability 4 r / 3 they are fair coins."""
    seen = shares(f"h q[0]; cx q[0], q[1]; {basis} c = measure q;", NoiseModel(errors={("cx", (0, 1)): 0.09}))
    assert abs(odd(seen) - parity) == near(2 * 0.09 / 3)


def test_gates_without_an_error_of_their_own_have_the_median() -> None:
    errors = {("x", (0,)): 0.02, ("x", (7,)): 0.04, ("x", (8,)): 0.06}
    seen = shares("y q[1]; c = measure q;", NoiseModel(errors=errors))
    assert seen["00"] == near(0.04)
    assert "10" in shares("rz(1.0) q[1]; x q[1]; c = measure q;", NoiseModel(errors={("", (1,)): 0.0}))
    free = NoiseModel(errors={("", (1,)): 0.4}, free=frozenset({"y"}))
    assert set(shares("y q[1]; c = measure q;", free)) == {"10"}


def test_a_defined_gate_is_one_gate() -> None:
    body = "gate turn a { x a; y a; x a; y a; x a; } turn q[0]; c = measure q;"
    assert shares(body, NoiseModel(errors={("turn", (0,)): 0.1}))["00"] == near(0.1)


def test_qubits_fall_while_they_are_delayed() -> None:
    """exp(-t / T1) of those in 1 are still there; those in 0 stay."""
    model = NoiseModel(t1={0: 50e-6, 1: 50e-6})
    seen = shares("x q[0]; delay[30us] q; c = measure q;", model)
    assert seen["01"] == near(math.exp(-0.6))
    assert set(seen) == {"00", "01"}


@pytest.mark.parametrize(("t1", "t2"), [(50e-6, 40e-6), (50e-6, 100e-6), (50e-6, 500e-6)])
def test_coherence_is_lost_with_t2(t1: float, t2: float) -> None:
    """Ramsey: after H, delay, H the bit is 1 in (1 - exp(-t / T2)) / 2 of the shots; T2 is 2 T1 at most."""
    seen = shares("h q[0]; delay[20us] q[0]; h q[0]; c = measure q;", NoiseModel(t1={0: t1}, t2={0: t2}))
    assert seen["01"] == near((1 - math.exp(-20e-6 / min(t2, 2 * t1))) / 2)


def test_qubits_fall_while_they_wait_for_others() -> None:
    """q[0] waits at the barrier for nine gates of 1 us."""
    model = NoiseModel(t1={0: 10e-6}, seconds={"x": 1e-6})
    seen = shares(f"x q[0]; {'x q[1];' * 10} barrier q; c = measure q;", model)
    assert seen["01"] == near(math.exp(-0.9))


def test_noise_inside_a_condition() -> None:
    body = "x q[0]; c[0] = measure q[0]; if (c[0]) { y q[1]; } c[1] = measure q[1];"
    assert shares(body, NoiseModel(errors={("y", (1,)): 0.1}, free=frozenset({"x"})))["01"] == near(0.1)


# ---- on the clouds


async def counts(client: Any, device: str, program: Any, shots: int) -> dict[str, float]:
    job = await client.submit(program, device=device, shots=shots)
    return {key: count / shots for key, count in (await job.result(timeout=300)).counts.items()}


@pytest.mark.anyio
async def test_ibm_has_the_noise_of_its_calibration() -> None:
    async with emulated(speed="instant", noise=True) as clouds, clouds.connect("kipu") as client:
        calibration = (await client.raw.get_backend_calibration("ibm.qpu.fez")).to_dict()["calibration"]
        qubits = {entry["qubit"]: entry for entry in calibration["qubits"]}
        pair = next(entry for entry in calibration["qubit_pairs"] if entry["qubits"] == [0, 1])
        idle = "OPENQASM 3.0; bit[1] c; c[0] = measure $7;"
        seen = await counts(client, "ibm.qpu.fez", idle, 20_000)
        assert seen["1"] == near(qubits[7]["readout_error"], 20_000)
        bell = await counts(client, "ibm.qpu.fez", native.IBM, 20_000)
    # An error of sx before the cz changes the parity only on qubit 1, where H follows.
    parity = math.prod(1 - 2 * qubits[qubit]["readout_error"] for qubit in (0, 1))
    parity *= 1 - 4 * pair["gates"]["cz"]["error"] / 3
    parity *= (1 - 2 * qubits[1]["gates"]["sx"]["error"]) ** 2
    assert odd(bell) == near((1 - parity) / 2, 20_000)


@pytest.mark.anyio
async def test_rigetti_has_the_noise_of_its_architecture() -> None:
    quil = "DECLARE ro BIT[2]\nRX(pi) 4\nMEASURE 4 ro[0]\nMEASURE 5 ro[1]\n"
    async with emulated(speed="instant", noise=True) as clouds, clouds.connect("rigetti") as client:
        isa = (await client.raw.get_instruction_set_architecture("Aspen-9")).to_dict()
        values = {
            (operation["name"], *site["node_ids"]): site["characteristics"][0]["value"]
            for operation in isa["instructions"]
            for site in operation["sites"]
        }
        seen = await counts(client, "Aspen-9", quil, 10_000)
    turned, other = (1 - 2 * (1 - values["MEASURE", qubit]) for qubit in (4, 5))
    turned *= 1 - 2 * (1 - values["RX", 4])
    assert sum(share for key, share in seen.items() if key[1] == "0") == near((1 - turned) / 2, 10_000)
    assert sum(share for key, share in seen.items() if key[0] == "1") == near((1 - other) / 2, 10_000)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("cloud", "device", "program"),
    [
        ("kipu", "iqm.qpu.garnet", native.IQM),
        ("scaleway", "QPU-GARNET-20PQ", native.IQM_OPENQASM),
        ("rigetti", "Aspen-9", native.RIGETTI),
    ],
)
async def test_noise_is_off_by_default_and_repeats_with_the_seed(cloud: str, device: str, program: Any) -> None:
    seen = []
    for options in ({}, {"noise": True}, {"noise": True}):
        async with emulated(speed="instant", seed=5, **options) as clouds, clouds.connect(cloud) as client:
            seen.append(await counts(client, device, program, 2000))
    assert set(seen[0]) == {"00", "11"}
    assert 0 < odd(seen[1]) < 0.3
    assert seen[1] == seen[2]


@pytest.mark.anyio
async def test_simulators_have_no_noise() -> None:
    async with emulated(speed="instant", noise=True) as clouds, clouds.connect("kipu") as client:
        bell = f"{HEAD}h q[0]; cx q[0], q[1]; c = measure q;"
        assert set(await counts(client, "qudora.sim.xg1", bell, 2000)) == {"00", "11"}


@pytest.mark.anyio
async def test_a_device_whose_noise_is_not_emulated_says_so_once(caplog: pytest.LogCaptureFixture) -> None:
    program = native.aquila((0.0, 0.0))
    async with emulated(speed="instant", noise=True) as clouds, clouds.connect("kipu") as client:
        for _ in range(2):
            job = await client.submit(program, device="aws.quera.aquila", shots=10)
            await job.result(timeout=30)
        devices = {row["id"]: row["noise"] for row in clouds.emulator.overview.state(1)["devices"]}
    warnings = [record.getMessage() for record in caplog.records if record.name == "anyqpu_emulator"]
    assert warnings == ["the noise of aws.quera.aquila is not emulated: its results have none, despite --noise"]
    # The circuit model, and neither pulses, photons nor simulators.
    noisy = {"ibm.qpu.fez", "iqm.qpu.garnet", "QPU-GARNET-20PQ"}
    assert noisy <= {name for name, noise in devices.items() if noise}
    assert not any(devices[name] for name in ("aws.quera.aquila", "FRESNEL", "QPU-BELENOS-12PQ", "kipu.sim.qsim"))


def test_serving_with_noise_names_the_devices_without(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: None)
    serve(port=0, noise=True)
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("noise of calibrations is on; not emulated for ")
    without = {"aws.quera.aquila", "QPU-BELENOS-12PQ", "QPU-FRESNEL-100PQ", "FRESNEL"}
    assert set(line.partition(" for ")[2].split(", ")) == without


def test_noise_is_off_by_default() -> None:
    with Emulator() as emulator:
        assert not emulator.noise

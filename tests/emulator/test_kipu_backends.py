"""The catalogue beyond what the document's schemas say."""

from __future__ import annotations

import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.kipu.catalogue import BACKENDS

from .conftest import kipu

pytestmark = pytest.mark.anyio


async def test_strangers_get_a_reduced_view(emulator: Emulator) -> None:
    async with kipu(emulator, **{"X-Auth-Token": ""}) as stranger, kipu(emulator) as client:
        few, all_of_it = (await stranger.get("/backends")).json(), (await client.get("/backends")).json()
    assert len(few) == len(all_of_it) == 8
    for reduced, full in zip(few, all_of_it, strict=True):
        assert set(full) - set(reduced) == {"queue_size", "availability"}
        assert reduced["has_calibration"] is False
    assert {b["id"] for b in all_of_it if b["has_calibration"]} == {"ibm.qpu.fez", "iqm.qpu.garnet"}


async def test_filter_by_provider(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        for provider, expected in (("aws", 2), ("AWS", 2), ("iqm", 1), ("QRYD", 0), ("no-such", 0)):
            backends = (await client.get("/backends", params={"provider": provider})).json()
            assert [b["provider"] for b in backends] == [provider.upper()] * expected
        assert len((await client.get("/backends?onlyPlanqkSdk=true")).json()) == 8


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("provider=aws", 400),
        ("provider=nosuch", 400),
        ("", 400),
        ("provider=ibm&minQubits=x", 400),
        ("provider=ibm&minQubits=157", 404),
        ("provider=IBM&minQubits=156", 200),
    ],
)
async def test_least_busy(emulator: Emulator, query: str, status: int) -> None:
    async with kipu(emulator) as client:
        assert (await client.get(f"/backends/least-busy?{query}")).status_code == status


async def test_calibrations_by_time(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        path = "/backends/iqm.qpu.garnet/calibration"
        old = (await client.get(path, params={"effectiveAt": "2025-06-01T12:34:56Z"})).json()
        assert old["calibrated_at"] == "2025-06-01T12:00:00Z"
        again = await client.get(f"{path}?effectiveAt=2025-06-01T14:59:59+02:00")
        assert again.json() == old
        assert (await client.get(path)).json() != old
        future = await client.get(path, params={"effectiveAt": "2999-01-01T00:00:00Z"})
        assert future.json() == (await client.get(path)).json()
        assert (await client.get(path, params={"effectiveAt": "2020-01-01T00:00:00Z"})).status_code == 204
        assert (await client.get(path, params={"effectiveAt": "yesterday"})).status_code == 400
    gates = old["calibration"]
    assert gates["type"] == "gate_based"
    assert [(q["qubit"], q["name"]) for q in gates["qubits"]] == [(i, f"QB{i + 1}") for i in range(20)]
    assert all(len(pair["qubits"]) == 2 and pair["gates"] for pair in gates["qubit_pairs"])
    # Kipu's current client requires `operational` wherever a gate stands.
    entries = [gates["medians"], *gates["qubits"], *gates["qubit_pairs"]]
    assert all(gate["operational"] is True for entry in entries for gate in entry["gates"].values())
    assert set(gates["medians"]) == {"t1_us", "t2_us", "readout_error", "gates"}
    assert set(gates["medians"]["gates"]) == {"prx", "cz"}


async def test_native_configurations(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        configs = {name: (await client.get(f"/backends/{name}/config")).json() for name in BACKENDS}
    assert set(configs["quandela.sim.belenos"]) >= {"specs", "status", "perfs"}
    names = {name: configs[name]["braketSchemaHeader"]["name"] for name in ("aws.sim.sv1", "aws.quera.aquila")}
    assert names["aws.sim.sv1"].endswith("gate_model_simulator_device_capabilities")
    assert names["aws.quera.aquila"].endswith("quera_device_capabilities")
    iqm = configs["iqm.qpu.garnet"]
    assert set(iqm) == {"calibration_set_id", "qubits", "computational_resonators", "gates"}
    for gate in iqm["gates"].values():
        assert gate["default_implementation"] in gate["implementations"]
        for locus in gate["implementations"][gate["default_implementation"]]["loci"]:
            assert set(locus) <= set(iqm["qubits"])
    ibm = configs["ibm.qpu.fez"]["config"]
    assert ibm["n_qubits"] == 156
    # Qiskit's runtime client needs all of these.
    assert set(ibm) >= {"online_date", "basis_gates", "coupling_map", "max_shots", "gates", "local", "conditional"}
    assert len(next(gate for gate in ibm["gates"] if gate["name"] == "cz")["coupling_map"]) == 2 * 176


async def test_gates_by_the_names_of_qiskit(emulator: Emulator) -> None:
    """Its SDK makes a target of them, in which gates of three qubits have no place where all are coupled."""
    async with kipu(emulator) as client:
        gates = {
            name: {gate["name"] for gate in (await client.get(f"/backends/{name}")).json()["configuration"]["gates"]}
            for name in ("azure.ionq.simulator", "qudora.sim.xg1")
        }
    assert {"h", "cx", "rz"} <= gates["azure.ionq.simulator"]
    assert "cx" in gates["qudora.sim.xg1"]
    assert "ccx" not in gates["qudora.sim.xg1"]


def test_lattices() -> None:
    for name, qubits, couplers, degree in (("ibm.qpu.fez", 156, 176, 3), ("iqm.qpu.garnet", 20, 30, 4)):
        pairs = BACKENDS[name].pairs
        assert pairs is not None
        assert len(pairs) == len(set(map(frozenset, pairs))) == couplers
        seen = [qubit for pair in pairs for qubit in pair]
        assert len(set(seen)) == qubits
        assert max(map(seen.count, set(seen))) == degree

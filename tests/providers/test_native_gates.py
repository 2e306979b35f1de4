"""The native gates and couplings of devices, as each cloud says them, or None where it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from anyqpu_raw.kipu.models import Backend
from anyqpu_raw.scaleway.models import Platform

import anyqpu
from anyqpu.model.calibration import Topology
from anyqpu.model.device import Device
from anyqpu.providers.kipu import mapping as kipu
from anyqpu.providers.scaleway import mapping as scaleway
from anyqpu_emulator.server import running
from anyqpu_pictures import sketch

METADATA = '{"qiskit": {"target": {"instructions": [{"name": "r"}, {"name": "cz"}, {"name": "measure"}, 7]}}}'
GATES = [{"name": "prx", "native_gate": True}, {"name": "h", "native_gate": False}, {"name": "cz", "native_gate": True}]


def backend(**configuration: object) -> Device:
    return kipu.device_of(Backend.from_dict({"id": "maker.qpu", "configuration": configuration}))


def test_kipu_marks_native_gates_and_has_a_graph_of_couplings() -> None:
    device = backend(gates=GATES, qubit_count=3, connectivity={"graph": {"0": ["1"], "1": ["0", "2"], "2": ["1"]}})
    assert device.native_gates == ("prx", "cz")
    assert device.couplings == ((0, 1), (1, 2))
    assert device.topology == Topology(nodes=(0, 1, 2), edges=((0, 1), (1, 2)))
    assert Device.from_dict(device.to_dict()).couplings == device.couplings


def test_iqms_names_of_qubits_are_numbers_from_one() -> None:
    device = backend(gates=GATES, qubit_count=3, connectivity={"graph": {"QB1": ["QB3"], "QB2": ["QB3"]}})
    assert device.couplings == ((0, 2), (1, 2))


@pytest.mark.parametrize(
    "configuration",
    [
        {},
        {"gates": [GATES[1]], "qubit_count": 2, "connectivity": {"fully_connected": True}},
        {"gates": [], "connectivity": {"graph": {"left": ["right"]}}},
    ],
)
def test_gates_and_couplings_that_kipu_leaves_out_are_unknown(configuration: dict[str, object]) -> None:
    device = backend(**configuration)
    assert (device.native_gates, device.couplings, device.topology) == (None, None, None)


def test_scaleway_has_the_target_of_its_package_for_qiskit_and_no_couplings() -> None:
    device = scaleway.device_of(Platform.from_dict({"id": "p", "metadata": METADATA}))
    assert (device.native_gates, device.couplings) == (("r", "cz"), None)
    for metadata in ("", "{", '{"qiskit": []}', '{"qiskit": {"target": {"instructions": "rx"}}}'):
        assert scaleway.device_of(Platform.from_dict({"id": "p", "metadata": metadata})).native_gates is None


def test_qubits_without_consecutive_numbers_are_those_that_are_coupled() -> None:
    device = Device(id="d", provider="p", name="d", num_qubits=3, couplings=((0, 1), (1, 16)))
    assert device.topology == Topology(nodes=(0, 1, 16), edges=((0, 1), (1, 16)))
    assert sketch(device) == sketch(Topology(nodes=(0, 1, 16), edges=((0, 1), (1, 16))))
    assert sketch(Device(id="d", provider="p", name="d")) == "(no qubits)"


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(seed=1) as address:
        yield address


@pytest.mark.anyio
async def test_devices_of_every_cloud(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as client:
        devices = {device.id: device async for device in client.devices()}
    assert devices["ibm.qpu.fez"].native_gates == ("cz", "id", "rx", "rz", "rzz", "sx", "x")
    # IBM's heavy hexagons of 156 qubits have 176 couplings.
    assert len(devices["ibm.qpu.fez"].couplings or ()) == 176
    assert devices["aws.sim.sv1"].couplings is None
    async with anyqpu.connect("scaleway", emulator=url) as client:
        garnet = await client.device("QPU-GARNET-20PQ")
    assert (garnet.native_gates, garnet.couplings) == (("r", "cz", "id"), None)
    async with anyqpu.connect("pasqal", emulator=url) as client:
        fresnel = await client.device("FRESNEL")
    assert (fresnel.native_gates, fresnel.couplings) == (None, None)

"""The native forms of devices: what a transpiler gets. Qiskit is not needed for these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio.to_thread
import pytest

import anyqpu
from anyqpu import TranspileOptions, errors
from anyqpu.core.native import form_of
from anyqpu.model.calibration import Calibration, SiteCharacteristic
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm
from anyqpu.model.program import ProgramFormat
from anyqpu.providers.kipu import ibm_config
from anyqpu_emulator.server import running

BELL = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[2]; creg c[2]; h q[0]; cx q[0],q[1]; measure q -> c;'


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(seed=1) as address:
        yield address


@pytest.mark.anyio
async def test_kipus_processors(url: str) -> None:
    async with anyqpu.connect("kipu", emulator=url) as client:
        fez = await client.native_form("ibm.qpu.fez")
        garnet = await client.native_form("iqm.qpu.garnet")
        # A device from a dictionary has no configuration, which is requested.
        assert await client.native_form(Device.from_dict((await client.device("iqm.qpu.garnet")).to_dict())) == garnet
        simulator = await client.native_form("azure.ionq.simulator")
    assert (fez.language, set(fez.gates)) == (ProgramFormat.OPENQASM3, {"cz", "id", "rx", "rz", "rzz", "sx", "x"})
    # Conditions, and the gates that do not go with them, are those of IBM's own client.
    assert (fez.conditions, fez.fractional) == (True, ("rx", "rzz"))
    assert (garnet.conditions, garnet.fractional, garnet.resets) == (False, (), False)
    assert (len(fez.qubits), len(fez.couplings or ())) == (156, 176)
    assert len(fez.errors["cz"]) == 176
    assert len(fez.errors["measure"]) == len(fez.errors["sx"]) == len(fez.times["T1"]) == 156
    # Those of Heron processors: 24 ns for gates on one qubit, 68 ns for those on two. IQM's are not published.
    assert [*fez.durations["sx"].values()] == pytest.approx([24e-9] * 156)
    assert [*fez.durations["cz"].values()] == pytest.approx([68e-9] * 352)
    assert (len(fez.durations["measure"]), garnet.durations) == (156, {})
    # Microseconds in the calibration, seconds here.
    assert all(1e-6 < time < 1e-3 for time in fez.times["T2"].values())
    assert (garnet.language, set(garnet.gates)) == (ProgramFormat.IQM_JSON, {"r", "cz"})
    assert len(garnet.errors["r"]) == 20
    # All gates of a simulator that calls none native; any two qubits are coupled.
    assert simulator.couplings is None
    assert {"h", "sdg", "sxdg", "cx", "swap", "rxx", "ryy", "rzz"} <= set(simulator.gates)
    assert NativeForm.from_json(fez.to_json()) == fez
    again = NativeForm.from_json(fez.to_json())
    assert (again.errors, again.durations) == (fez.errors, fez.durations)


@pytest.mark.anyio
async def test_scaleways_garnet_has_the_couplings_that_iqm_publishes(url: str) -> None:
    async with anyqpu.connect("scaleway", emulator=url) as client:
        form = await client.native_form("QPU-GARNET-20PQ")
        with pytest.raises(errors.UnsupportedOperationError, match="QPU-FRESNEL-100PQ has no native gates"):
            await client.native_form("QPU-FRESNEL-100PQ")
    async with anyqpu.connect("kipu", emulator=url) as client:
        # Kipu says them of the same processor.
        assert form.couplings == (await client.device("iqm.qpu.garnet")).couplings
    assert (form.language, set(form.gates), form.qubits) == (ProgramFormat.OPENQASM3, {"r", "cz", "id"}, (*range(20),))


@pytest.mark.anyio
async def test_rigettis_processors(url: str) -> None:
    async with anyqpu.connect("rigetti", emulator=url) as client:
        form = await client.native_form("Aspen-9")
    assert form.language is ProgramFormat.QUIL
    # RX by pi/2 is Qiskit's sx, by pi its x.
    assert set(form.gates) == {"sx", "x", "rz", "cz", "cp"}
    assert form.qubits == (*range(8), *range(10, 18), *range(20, 28), *range(30, 38))
    assert set(form.gates["cz"] or ()) == set(form.couplings or ())
    # A fidelity of 0.96 to 0.89, and an error of 0.04 to 0.11.
    assert all(0.039 < error < 0.111 for error in form.errors["cz"].values())


@pytest.mark.anyio
async def test_an_ankaa_has_iswap(url: str) -> None:
    async with anyqpu.connect("rigetti", emulator=url) as client:
        form = await client.native_form("Ankaa-3")
    assert set(form.gates) == {"sx", "x", "rz", "iswap", "cz"}
    # Twelve rows of seven qubits, without two at the rim: 12 * 6 + 11 * 7 - 3 - 3 couplings.
    assert (len(form.qubits), len(form.gates["iswap"] or ())) == (82, 143)
    assert all(0 < error < 0.08 for error in form.errors["iswap"].values())


@pytest.mark.anyio
async def test_pulses_have_no_gates(url: str) -> None:
    async with anyqpu.connect("pasqal", emulator=url) as client:
        with pytest.raises(errors.UnsupportedOperationError, match="FRESNEL has no native gates"):
            await client.native_form("FRESNEL")


def test_a_processor_whose_couplings_are_unknown_is_refused() -> None:
    device = Device(id="d", provider="p", name="d", num_qubits=2, native_gates=("cnot", "rz", "v", "unheard"))
    with pytest.raises(errors.UnsupportedOperationError, match="which of its qubits are coupled"):
        form_of(device)
    form = form_of(device, all_coupled=True)
    assert (set(form.gates), form.couplings, form.qubits) == ({"cx", "rz", "sx"}, None, (0, 1))
    with pytest.raises(errors.UnsupportedOperationError, match="how many qubits"):
        form_of(replace(device, num_qubits=None), all_coupled=True)


# As `BackendProperties` of qiskit-ibm-runtime has them: lists of names with units.
LENGTH = {"name": "gate_length", "unit": "ns", "value": 32}
PROPERTIES = {
    "gates": [
        {"gate": "sx", "qubits": [3], "parameters": [{"name": "gate_error", "unit": "", "value": 0.1}, LENGTH]},
        {"gate": "cz", "qubits": [0, 1], "parameters": [LENGTH | {"unit": "us", "value": 0.07}]},
    ],
    "qubits": [[], [{"name": "readout_length", "unit": "ns", "value": 1500}]],
}


def test_durations_of_ibms_properties() -> None:
    facts = ibm_config.facts_of({"config": {"supported_instructions": ["cz", "if_else"]}, "properties": PROPERTIES})
    assert facts.conditions
    assert facts.durations == {
        "sx": {(3,): pytest.approx(32e-9)},
        "cz": {(0, 1): pytest.approx(70e-9)},
        "measure": {(1,): pytest.approx(1.5e-6)},
    }


@pytest.mark.parametrize(
    "document",
    [
        *(None, [], {}, {"config": [], "properties": 1}, {"config": {"supported_instructions": {"if_else": 1}}}),
        *({"properties": {"gates": gates}} for gates in (1, [1], [{"gate": 1}], [{"gate": "x", "qubits": ["0"]}])),
        {"properties": {"gates": [{"gate": "x", "qubits": [0], "parameters": [LENGTH | {"unit": "days"}, 1]}]}},
        {"properties": {"gates": [{"gate": "x", "qubits": [0], "parameters": [LENGTH | {"value": -1}]}]}},
        {"properties": {"qubits": [1, [2], [{"name": "readout_length", "unit": "ns", "value": "1"}]]}},
    ],
)
def test_a_document_of_another_form_says_nothing(document: object) -> None:
    assert ibm_config.facts_of(document) == ibm_config.Facts()


def test_durations_of_a_calibration() -> None:
    sites = (
        SiteCharacteristic(operation="prx", nodes=(0,), name="duration_ns", value=20.0),
        SiteCharacteristic(operation="measure", nodes=(0,), name="duration_us", value=1.4),
        SiteCharacteristic(operation="CZ", nodes=(0, 1), name="duration", value=4e-8),
    )
    device = Device(id="d", provider="p", name="d", num_qubits=2, native_gates=("prx", "cz"), couplings=((0, 1),))
    form = form_of(
        device,
        calibration=Calibration(provider="p", device_id="d", effective_at=None, source="device", data={}, sites=sites),
    )
    assert form.durations == {
        "r": {(0,): pytest.approx(20e-9)}, "measure": {(0,): pytest.approx(1.4e-6)}, "cz": {(0, 1): 4e-8}
    }  # fmt: skip


@pytest.mark.parametrize("value", [4, -1, 2.0, "3"])
@pytest.mark.anyio
async def test_an_invalid_level_is_refused(url: str, value: object) -> None:
    async with anyqpu.connect("kipu", emulator=url) as client:
        with pytest.raises(errors.ValidationError, match="True, False or a level from 0 to 3") as caught:
            await client.submit(BELL, device="ibm.qpu.fez", shots=1, transpile=value)  # type: ignore[arg-type]
        assert caught.value.fields == ("transpile",)


def test_options_are_checked() -> None:
    assert TranspileOptions(layout=[3, 1]).layout == (3, 1)  # type: ignore[arg-type]
    for wrong in ({"seed": -1}, {"seed": 1.5}, {"layout": "01"}, {"layout": (0, -1)}, {"level": True}):
        with pytest.raises(errors.ValidationError):
            TranspileOptions(**wrong)  # type: ignore[arg-type]


@pytest.mark.anyio
async def test_without_qiskit_the_error_names_the_extra(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "qiskit", None)
    async with anyqpu.connect("kipu", emulator=url) as client:
        with pytest.raises(errors.ConfigError, match="needs the package 'qiskit'") as caught:
            await client.submit(BELL, device="ibm.qpu.fez", shots=1, transpile=True)
        assert caught.value.hint == "pip install 'anyqpu[qiskit]'"
        # Nothing was submitted.
        assert await client.jobs().collect() == []


def test_qiskit_is_not_imported_here() -> None:
    code = "import sys, anyqpu.core.transpiling as t; t.apart.is_circuit(1); print('qiskit' in sys.modules)"

    async def run() -> str:
        done = await anyio.run_process([__import__("sys").executable, "-c", code])
        return done.stdout.decode().strip()

    assert anyio.run(run) == "False"

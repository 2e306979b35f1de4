"""The native forms of devices: what a transpiler gets. Qiskit is not needed for these."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import anyio.to_thread
import pytest

import anyqpu
from anyqpu import TranspileOptions, errors
from anyqpu.core.native import form_of
from anyqpu.model.device import Device
from anyqpu.model.native import NativeForm
from anyqpu.model.program import ProgramFormat
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
    # IBM's own client leaves out rx and rzz, the fractional gates.
    assert (fez.language, set(fez.gates)) == (ProgramFormat.OPENQASM3, {"cz", "id", "rz", "sx", "x"})
    assert (len(fez.qubits), len(fez.couplings or ())) == (156, 176)
    assert len(fez.errors["cz"]) == 176
    assert len(fez.errors["measure"]) == len(fez.errors["sx"]) == len(fez.times["T1"]) == 156
    # Microseconds in the calibration, seconds here.
    assert all(1e-6 < time < 1e-3 for time in fez.times["T2"].values())
    assert (garnet.language, set(garnet.gates)) == (ProgramFormat.IQM_JSON, {"r", "cz"})
    assert len(garnet.errors["r"]) == 20
    # All gates of a simulator that calls none native; any two qubits are coupled.
    assert simulator.couplings is None
    assert {"h", "sdg", "sxdg", "cx", "swap", "rxx", "ryy", "rzz"} <= set(simulator.gates)
    assert NativeForm.from_json(fez.to_json()) == fez
    assert NativeForm.from_json(fez.to_json()).errors == fez.errors


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

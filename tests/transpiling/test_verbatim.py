"""Native forms of Amazon Braket's processors at Kipu. Qiskit is not needed for these."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from anyqpu.errors import UnsupportedOperationError
from anyqpu.model.native import NativeForm
from anyqpu.model.program import ProgramFormat
from anyqpu.providers.kipu.client import KipuClient
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu_emulator.faults import Fault

SV1 = "aws.sim.sv1"
BOX = "OPENQASM 3.0;\nbit[1] b;\n#pragma braket verbatim\nbox {\nrx(3.141592653589793) $0;\n}\nb[0] = measure $0;\n"


@pytest.fixture
async def clouds() -> AsyncIterator[EmulatedClouds]:
    async with emulated(speed="instant") as clouds:
        yield clouds


async def form(clouds: EmulatedClouds, gates: list[str], **more: object) -> NativeForm:
    """The native form of a processor with these gates; the emulated Kipu has a simulator of Braket's alone."""
    listed = [{"name": name, "native_gate": True} for name in gates]
    change = {"/type": "QPU", "/configuration/gates": listed, "/configuration/qubit_count": 3, **more}
    clouds.emulator.faults.add(Fault(operation="getBackend", change=change))
    async with clouds.connect("kipu") as kipu:
        return await kipu.native_form(SV1)


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("gates", "ours"),
    [
        # IonQ's GPI and GPI2 turn by pi and pi/2; RZ needs no gate.
        (["GPI", "GPI2", "ZZ"], {"x": "gpi", "sx": "gpi2", "rz": "gpi2", "rzz": "zz"}),
        # RX by multiples of pi/2: what Qiskit calls sx and x.
        (["rx", "rz", "iswap"], {"sx": "rx", "x": "rx", "rz": "rz", "iswap": "iswap"}),
        (["rx", "rz", "cz", "cphaseshift"], {"sx": "rx", "x": "rx", "rz": "rz", "cz": "cz", "cp": "cphaseshift"}),
        (["prx", "cz"], {"r": "prx", "cz": "cz"}),
    ],
)
async def test_processors_have_a_verbatim_box(clouds: EmulatedClouds, gates: list[str], ours: dict[str, str]) -> None:
    native = await form(clouds, gates)
    assert (native.language, dict(native.names)) == (ProgramFormat.BRAKET_QASM3, ours)
    assert set(native.gates) == set(ours)
    assert (native.qubits, native.couplings, native.resets) == ((0, 1, 2), None, False)
    assert NativeForm.from_json(native.to_json()) == native


@pytest.mark.anyio
async def test_couplings_are_those_of_the_graph(clouds: EmulatedClouds) -> None:
    graph = {"1": ["2"], "2": ["1", "3"], "3": ["2"]}
    native = await form(clouds, ["prx", "cz"], **{"/configuration/connectivity": {"graph": graph}})
    assert (native.qubits, native.couplings) == ((1, 2, 3), ((1, 2), (2, 3)))


@pytest.mark.anyio
async def test_other_machines_have_none(clouds: EmulatedClouds) -> None:
    # A simulator takes all of its gates.
    async with clouds.connect("kipu") as kipu:
        assert (await kipu.native_form(SV1)).language is ProgramFormat.OPENQASM3
    # Without a gate on two qubits that is known, Braket compiles what is sent.
    assert (await form(clouds, ["rx", "rz", "unheard"])).language is ProgramFormat.OPENQASM3
    with pytest.raises(UnsupportedOperationError, match="has no native gates that are known"):
        await form(clouds, ["unheard"])


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("program", "options", "sent"),
    [
        (BOX, {}, True),
        # What the caller says is sent.
        (BOX, {"input_params": {"disable_qubit_rewiring": False}}, False),
        (
            "OPENQASM 3.0;\nbit[1] b;\nqubit[1] q;\nx q[0];\nb[0] = measure q[0];\n// #pragma braket verbatim\n",
            {},
            None,
        ),
    ],
)
async def test_braket_must_not_move_the_qubits_of_a_box(
    clouds: EmulatedClouds, program: str, options: dict[str, object], sent: bool | None
) -> None:
    async with clouds.connect("kipu") as kipu:
        assert isinstance(kipu, KipuClient)
        job = await kipu.submit(program, device=SV1, shots=10, **options)
        assert ((await kipu.raw.get_job(job.id)).input_params or {}).get("disable_qubit_rewiring") is sent
        assert dict((await job.result(timeout=30)).counts) == {"1": 10}

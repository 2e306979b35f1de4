"""Several programs in one job, and values for the parameters of programs, on each cloud."""

from __future__ import annotations

import json
import math
from collections.abc import AsyncIterator
from typing import Any

import pytest

import anyqpu
from anyqpu import Program, ProgramFormat
from anyqpu.errors import ResultError, ValidationError
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.transport.hooks import Hooks, RequestEvent

pytestmark = pytest.mark.anyio

FEZ, GARNET, SV1, QSIM = "ibm.qpu.fez", "iqm.qpu.garnet", "aws.sim.sv1", "kipu.sim.qsim"
AER, QSIM_AT_SCALEWAY = "EMU-AER-16C-128M", "EMU-QSIM-16C-128M"
FRESNEL, SAMPLING = "QPU-FRESNEL-100PQ", "EMU-SAMPLING-L4"

X0 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nx q[0];\nc = measure q;\n'
X1 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[1];\nmeasure q -> c;\n'
SEQUENCE = '{"version": "1", "operations": [], "register": []}'
QUIL = "DECLARE ro BIT[1]\nRX(pi) 0\nMEASURE 0 ro[0]\n"


class Recorded(Hooks):
    """The operations that were sent."""

    def __init__(self) -> None:
        self.operations: list[str] = []

    def on_request(self, event: RequestEvent) -> None:
        self.operations.append(event.operation)


@pytest.fixture
def sent() -> Recorded:
    return Recorded()


@pytest.fixture
async def kipu(anyio_backend: str, sent: Recorded) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator=True, hooks=sent) as client:
        yield client


@pytest.fixture
async def scaleway(anyio_backend: str, sent: Recorded) -> AsyncIterator[ScalewayClient]:
    async with anyqpu.connect("scaleway", emulator=True, hooks=sent) as client:
        yield client


def iqm(angle_t: float, key: str = "c_1_0_0") -> dict[str, Any]:
    turned = {"name": "prx", "args": {"angle_t": angle_t, "phase_t": 0.0}, "qubits": ["QB1"]}
    measured = {"name": "measure", "args": {"key": key}, "qubits": ["QB1"]}
    return {"circuits": [{"name": "one", "instructions": [turned, measured]}]}


def counted(result: anyqpu.Result) -> list[dict[str, int]]:
    return [dict(item.counts or {}) for item in result.items]


# Several programs


async def test_ibm_runs_several_programs_as_one_job_in_their_order(kipu: KipuClient, sent: Recorded) -> None:
    """Of two languages, as text, object and path: each is converted by itself."""
    job = await kipu.submit([X0, Program(X1, ProgramFormat.OPENQASM2), X0], device=FEZ, shots=20)
    assert sent.operations.count("createJob") == 1
    result = await job.result(timeout=60)
    assert counted(result) == [{"01": 20}, {"10": 20}, {"01": 20}]
    with pytest.raises(ResultError, match="has 3 results, not one"):
        _ = result.counts
    again = await (await kipu.resume(str(job.handle))).result(timeout=60)
    assert counted(again) == counted(result)


async def test_iqm_runs_several_programs_as_one_job(kipu: KipuClient) -> None:
    """A rotation by half a turn is X, and one by a whole turn is nothing."""
    job = await kipu.submit((iqm(0.5), iqm(1.0), iqm(0.5)), device=GARNET, shots=20)
    assert counted(await job.result(timeout=60)) == [{"1": 20}, {"0": 20}, {"1": 20}]


async def test_scaleway_runs_several_programs_as_one_job_in_their_order(
    scaleway: ScalewayClient, sent: Recorded
) -> None:
    job = await scaleway.submit([X0, X1, X0], device=AER, shots=20)
    assert (sent.operations.count("CreateJob"), sent.operations.count("CreateModel")) == (1, 1)
    assert counted(await job.result(timeout=60)) == [{"01": 20}, {"10": 20}, {"01": 20}]
    cirq = {"cirq_type": "Circuit", "moments": [{"cirq_type": "Moment", "operations": [cirq_measures("m")]}]}
    job = await scaleway.submit([X1, cirq], device=QSIM_AT_SCALEWAY, shots=20)
    assert counted(await job.result(timeout=60)) == [{"10": 20}, {"0": 20}]


def cirq_measures(key: str) -> dict[str, Any]:
    gate = {"cirq_type": "MeasurementGate", "num_qubits": 1, "key": key, "invert_mask": [], "qid_shape": [2]}
    return {"cirq_type": "GateOperation", "gate": gate, "qubits": [{"cirq_type": "LineQubit", "x": 0}]}


async def test_a_list_of_one_is_that_program_everywhere(kipu: KipuClient) -> None:
    assert (await (await kipu.submit([X1], device=QSIM, shots=20)).result(timeout=60)).counts == {"10": 20}


@pytest.mark.parametrize("device", [QSIM, "azure.ionq.simulator", "quandela.sim.belenos", "aws.quera.aquila"])
async def test_a_backend_that_takes_one_program_refuses_several_before_any_request(
    kipu: KipuClient, sent: Recorded, device: str
) -> None:
    with pytest.raises(ValidationError, match=f"{device} takes one program in each job, not 2") as caught:
        await kipu.submit([X0, X0], device=device, shots=20)
    assert "one by one" in (caught.value.hint or "")
    assert sent.operations == []


async def test_platforms_without_circuits_refuse_several_before_anything_is_made(
    scaleway: ScalewayClient, sent: Recorded
) -> None:
    for device, program in ((FRESNEL, SEQUENCE), (SAMPLING, ":PCVL:zip:x")):
        with pytest.raises(ValidationError, match=f"{device} takes one program in each job, not 2"):
            await scaleway.submit([program, program], device=device, shots=20)
    with pytest.raises(ValidationError, match="takes at most 1000 programs in each job, not 1001"):
        await scaleway.submit([X1] * 1001, device=AER, shots=20)
    assert set(sent.operations) == {"ListPlatforms"}


async def test_clouds_that_take_one_program_refuse_several_before_any_request(
    sent: Recorded, anyio_backend: str
) -> None:
    async with anyqpu.connect("pasqal", emulator=True, hooks=sent) as pasqal:
        with pytest.raises(ValidationError, match="Pasqal takes one program in each job, not 2") as caught:
            await pasqal.submit([SEQUENCE, SEQUENCE], device="EMU_FREE", shots=20)
        assert "batch" in (caught.value.hint or "")
        with pytest.raises(ValidationError, match="take no parameters=") as caught:
            await pasqal.submit(SEQUENCE, device="EMU_FREE", shots=20, parameters={"a": 1})  # type: ignore[arg-type]
        assert "variables=" in (caught.value.hint or "")
    async with anyqpu.connect("rigetti", emulator=True, hooks=sent) as rigetti:
        with pytest.raises(ValidationError, match="Rigetti takes one program in each job, not 0"):
            await rigetti.submit([], device="Aspen-9", shots=20)
        with pytest.raises(ValidationError, match="take no parameters=") as caught:
            await rigetti.submit(QUIL, device="Aspen-9", shots=20, parameters={"a": 1})  # type: ignore[arg-type]
        assert "patch_values=" in (caught.value.hint or "")
    assert sent.operations == []


@pytest.mark.parametrize(
    ("programs", "message"),
    [
        ([], "the list of programs is empty"),
        ([X0, 3], r"programs\[1\]: invalid program of type int"),
        ([X0, [X0]], r"programs\[1\]: a list within a list"),
        ([X0, "OPENQASM 2.0;\nqreg q[2;\n"], r"programs\[1\]: program, line 2: '\[' is never closed"),
        ([X0, iqm(0.5)], r"programs\[1\]: ibm.qpu.fez does not take iqm_json"),
        ([{"pubs": [X0], "version": 2}, {"pubs": [X0], "version": 1}], r"programs\[1\] has another 'version'"),
        ([X0, {"pubs": X0}], r"programs\[1\]: pubs is not a list"),
    ],
)
async def test_an_error_in_one_program_of_a_list_names_its_index(
    kipu: KipuClient, sent: Recorded, programs: Any, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        await kipu.submit(programs, device=FEZ, shots=20)
    assert "createJob" not in sent.operations


async def test_a_submit_of_several_programs_whose_response_was_lost_is_found(
    kipu: KipuClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    create = type(kipu.raw).create_job

    async def lost(raw: Any, **arguments: Any) -> Any:
        await create(raw, **arguments)
        raise anyqpu.errors.ReadTimeoutError("no response", provider="kipu")

    monkeypatch.setattr(type(kipu.raw), "create_job", lost)
    job = await kipu.submit([X0, X1], device=FEZ, shots=20)
    assert counted(await job.result(timeout=60)) == [{"01": 20}, {"10": 20}]


# Parameters

TURNED = (
    'OPENQASM 3.0;\ninclude "stdgates.inc";\ninput float[64] theta;\nqubit[2] q;\nbit[2] c;\n'
    "rx(theta) q[0];\nc = measure q;\n"
)


@pytest.mark.parametrize(("theta", "expected"), [(math.pi, "01"), (2 * math.pi, "00")])
@pytest.mark.parametrize("device", [FEZ, SV1, QSIM, "qudora.sim.xg1"])
async def test_a_parameter_gets_its_value(kipu: KipuClient, device: str, theta: float, expected: str) -> None:
    """A rotation about x by pi turns 0 into 1, and one by 2 pi does nothing."""
    job = await kipu.submit(TURNED, device=device, shots=20, parameters={"theta": theta})
    assert (await job.result(timeout=60)).counts == {expected: 20}


async def test_parameters_at_scaleway_are_the_programs_and_options_the_platforms(scaleway: ScalewayClient) -> None:
    parameters = {"theta": math.pi, "options": {"memory": True}}
    result = await (await scaleway.submit(TURNED, device=AER, shots=3, parameters=parameters)).result(timeout=60)
    assert result.counts == {"01": 3}
    assert result.items[0].samples == ("01", "01", "01")


async def test_all_programs_of_a_list_get_the_values(kipu: KipuClient) -> None:
    job = await kipu.submit([TURNED, TURNED], device=FEZ, shots=20, parameters={"theta": math.pi})
    assert counted(await job.result(timeout=60)) == [{"01": 20}, {"01": 20}]
    with pytest.raises(ValidationError, match=r"programs\[1\]: the program declares no parameters"):
        await kipu.submit([TURNED, X0], device=FEZ, shots=20, parameters={"theta": math.pi})


async def test_qiskits_parameters_are_known_by_their_own_names(kipu: KipuClient) -> None:
    """As `qiskit.qasm3.dumps` writes `Parameter("θ")` and `ParameterVector("v", 1)`."""
    written = TURNED.replace("input float[64] theta;", "input float[64] _v_0_;\ninput float[64] θ;")
    written = written.replace("theta", "θ + _v_0_")
    job = await kipu.submit(written, device=SV1, shots=20, parameters={"v[0]": math.pi / 2, "θ": math.pi / 2})
    assert (await job.result(timeout=60)).counts == {"01": 20}


class Named:
    """An object with a name, as Qiskit's `Parameter` is."""

    name = "theta"


async def test_an_object_with_a_name_is_a_key_too(kipu: KipuClient) -> None:
    values: Any = {Named(): math.pi}
    job = await kipu.submit(TURNED, device=SV1, shots=20, parameters=values)
    assert (await job.result(timeout=60)).counts == {"01": 20}


@pytest.mark.parametrize(
    ("program", "parameters", "message"),
    [
        (TURNED, None, "theta"),
        (TURNED, {}, "theta"),
        (TURNED, {"theta": 1.0, "phi": 2.0}, "phi"),
        (X0, {"theta": 1.0}, "the program declares no parameters, but was given theta"),
        (X0 + "// input float theta;\n", {"theta": 1.0}, "declares no parameters"),
        (X1, {"theta": 1.0}, "a program in openqasm2 declares no parameters"),
        # In OpenQASM 2 this is a register like any other.
        (
            X1.replace("creg c", "creg input").replace("-> c", "-> input"),
            {"a": 1},
            "a program in openqasm2 declares no",
        ),
        (json.dumps(iqm(0.5)), {"theta": 1.0}, "a program in iqm_json declares no parameters"),
        (TURNED, ["theta"], "parameters are values by name, not list"),
        (TURNED, {1: 2.0}, "parameters are values by name, not the key 1"),
    ],
)
async def test_parameters_that_do_not_fit_are_refused_before_any_request(
    kipu: KipuClient, sent: Recorded, program: str, parameters: Any, message: str
) -> None:
    with pytest.raises(ValidationError, match=message):
        await kipu.submit(program, device=FEZ, shots=20, parameters=parameters)
    assert sent.operations == []


async def test_a_register_called_input_becomes_none(kipu: KipuClient) -> None:
    program = X1.replace("creg c", "creg input").replace("-> c", "-> input")
    await kipu.submit(program, device=QSIM, shots=20)


def test_every_client_has_the_same_first_arguments() -> None:
    for client in (KipuClient, ScalewayClient, PasqalClient, RigettiClient):
        names = list(client.submit.__annotations__)
        assert {"program", "device", "shots", "name", "tags", "session", "timeout", "parameters"} <= set(names)

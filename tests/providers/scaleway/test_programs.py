"""Programs of every kind that Scaleway's platforms take, from submission to what they were."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

import anyqpu
from anyqpu import BitOrder, Program, ProgramFormat, ResultKind, errors
from anyqpu.providers.scaleway import ScalewayClient
from tests.emulator.pasqal.helpers import BY_VARIABLE, FLIP, PI, constant, pulse, sequence
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

AER = "EMU-AER-16C-128M"
QSIM = "EMU-QSIM-16C-128M"
FRESNEL = "QPU-FRESNEL-100PQ"
SAMPLING = "EMU-SAMPLING-L4"
X_ON_0 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n'
X_ON_1 = X_ON_0.replace("x q[0]", "x q[1]")
BROKEN = X_ON_0.replace("x q[0]", "nosuchgate q[0]")


async def test_a_sequence_runs_on_atoms_that_keep_their_names(scaleway: ScalewayClient) -> None:
    # Two atoms so far apart that each turns by itself.
    two = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
    job = await scaleway.submit(two, device=FRESNEL, shots=50)
    assert job.shots == 50
    result = await job.result(timeout=60)
    assert result.counts == {"11": 50}
    assert (result.counts.order, result.counts.bit_labels) == (BitOrder.NATIVE_REGISTER, ("q0", "q1"))
    again = await scaleway.resume(str(job.handle))
    assert (await again.result(timeout=60)).counts.bit_labels == ("q0", "q1")
    session = await scaleway.get_session(job.session_id or "")
    assert session.raw.model_id == job.raw.model_id
    assert await scaleway.job_programs(job) == (Program(json.dumps(json.loads(two)), ProgramFormat.PULSER_JSON),)


async def test_a_sequence_takes_its_variables(scaleway: ScalewayClient) -> None:
    async with scaleway.session(device=FRESNEL) as session:
        for omega, bit in ((2 * PI, "1"), (0.0, "0")):
            job = await session.submit(BY_VARIABLE, shots=20, parameters={"variables": {"omega": [omega]}})
            assert (await job.result(timeout=60)).counts == {bit: 20}


async def test_a_sequence_that_is_kept_runs_again(scaleway: ScalewayClient) -> None:
    model = await scaleway.create_model(FLIP, device=FRESNEL)
    async with scaleway.session(device=FRESNEL, model=model.id) as session:
        assert session.session.raw.model_id == model.id
        job = await scaleway.submit(model=model, device=FRESNEL, shots=10, session=session.id)
        assert (await job.result(timeout=60)).counts == {"1": 10}
    assert [item.id async for item in scaleway.models()] == [model.id]
    with pytest.raises(errors.ValidationError, match="one sequence"):
        await scaleway.models.upload([Program(FLIP, ProgramFormat.PULSER_JSON)] * 2, await scaleway.device(FRESNEL))


def hong_ou_mandel() -> Program:
    half = math.sqrt(0.5)
    text = json.dumps({"unitary": [[half, [0, half]], [[0, half], half]], "input_state": [1, 1]})
    return Program(text, ProgramFormat.PERCEVAL_JSON)


@pytest.mark.parametrize("device", [SAMPLING, "QPU-BELENOS-12PQ"])
async def test_two_photons_leave_a_beam_splitter_together(scaleway: ScalewayClient, device: str) -> None:
    job = await scaleway.submit(hong_ou_mandel(), device=device, shots=500)
    result = await job.result(timeout=60)
    assert result.kind is ResultKind.FOCK
    fock = result.items[0].fock
    assert fock is not None
    assert set(fock) == {"|2,0>", "|0,2>"}
    assert sum(fock.values()) == 500
    with pytest.raises(errors.ResultError, match="of kind fock, not counts"):
        _ = result.counts
    [program] = await scaleway.job_programs(job)
    assert program.format is ProgramFormat.PERCEVAL_JSON
    assert program.content["max_shots"] == 500


async def test_a_photonic_circuit_alone_needs_its_photons(scaleway: ScalewayClient) -> None:
    with pytest.raises(errors.ValidationError, match="needs the photons"):
        await scaleway.submit(":PCVL:ACircuit:AAAA", device=SAMPLING, shots=10)
    assert await scaleway.sessions().collect() == []


async def test_a_circuit_of_cirq_runs_where_qsim_is(scaleway: ScalewayClient) -> None:
    qubits = [{"cirq_type": "LineQubit", "x": 0}, {"cirq_type": "LineQubit", "x": 1}]
    x = {"cirq_type": "GateOperation", "gate": {"cirq_type": "_PauliX", "exponent": 1.0, "global_shift": 0.0}}
    measured = {
        "cirq_type": "GateOperation",
        "gate": {"cirq_type": "MeasurementGate", "num_qubits": 2, "key": "m", "invert_mask": []},
        "qubits": qubits,
    }
    moments = [{**x, "qubits": qubits[:1]}, measured]
    circuit = {
        "cirq_type": "Circuit",
        "moments": [{"cirq_type": "Moment", "operations": [operation]} for operation in moments],
    }
    result = await (await scaleway.submit(circuit, device=QSIM, shots=30)).result(timeout=60)
    assert result.counts == {"01": 30}
    assert result.counts.bit_labels == ("m[1]", "m[0]")


async def test_a_model_of_several_circuits_gives_a_result_for_each(scaleway: ScalewayClient) -> None:
    model = await scaleway.create_model(X_ON_0, X_ON_1, device=AER)
    assert await scaleway.model(model.id) == model
    assert [program.text for program in await scaleway.model_programs(model)] == [X_ON_0, X_ON_1]
    job = await scaleway.submit(model=model.id, device=AER, shots=10)
    result = await job.result(timeout=60)
    assert [item.counts for item in result.items] == [{"01": 10}, {"10": 10}]
    assert result.success
    assert len(result.raw) == 2
    results = await scaleway.job_results(job, page_size=1).collect()
    assert [one.counts for one in results] == [{"01": 10}, {"10": 10}]


async def test_a_circuit_that_fails_leaves_the_others_their_results(scaleway: ScalewayClient) -> None:
    model = await scaleway.create_model(X_ON_0, BROKEN, X_ON_1, device=AER)
    result = await (await scaleway.submit(model=model, device=AER, shots=10)).result(timeout=60)
    first, second, third = result.items
    assert [first.counts, third.counts] == [{"01": 10}, {"10": 10}]
    assert second.success is False
    assert second.counts is None
    assert "nosuchgate" in str(second.error)
    assert not result.success


async def test_an_invalid_model_is_refused(scaleway: ScalewayClient) -> None:
    with pytest.raises(errors.ValidationError, match="takes 1 to 1000 programs, not 0"):
        await scaleway.create_model(device=AER)
    with pytest.raises(errors.ValidationError, match="does not take"):
        await scaleway.create_model(X_ON_0, FLIP, device=AER)
    with pytest.raises(errors.ValidationError, match="has no input state"):
        await scaleway.create_model(":PCVL:ACircuit:AAAA", device=SAMPLING)
    mixed: list[dict[str, Any]] = [{"program": X_ON_0, "model": "m"}, {}]
    for both in mixed:
        with pytest.raises(errors.ValidationError, match="a program or a model"):
            await scaleway.submit(device=AER, shots=1, **both)
    with pytest.raises(errors.NotFoundError):
        await scaleway.submit(model="nosuch", device=AER, shots=1)
    ended = [session.accepts_jobs async for session in scaleway.sessions()]
    assert ended == [False]
    assert await scaleway.models().collect() == []


class Scripted:
    """A job that is complete, its results, and its model."""

    def __init__(self, *results: dict[str, Any], model: str = "", circuit: dict[str, Any] | None = None) -> None:
        self.results, self.model, self.circuit = results, model, circuit or {}
        self.url = ""

    async def __call__(self, seen: Seen) -> ServerResponse:
        match seen.path.split("/")[-1]:
            case "results":
                return ServerResponse.of_json({"job_results": self.results, "total_count": len(self.results)})
            case "circuit":
                return ServerResponse.of_json(self.circuit)
            case "m":
                return ServerResponse.of_json({"id": "m", "url": f"{self.url}/payload" if self.model else None})
            case "payload":
                return ServerResponse(200, self.model.encode())
            case "linked":
                return ServerResponse(200, b'{"counter": {"01": 3}}')
            case "s":
                return ServerResponse.of_json({"id": "s", "status": "running", "platform_id": "p"})
            case _:
                return ServerResponse.of_json({"id": "j", "status": "completed", "session_id": "s", "model_id": "m"})


async def run(script: Scripted, action: Any) -> Any:
    async with serving(script) as server:
        script.url = server.url
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            try:
                outcome = await action(scaleway, await scaleway.job("j"))
            except errors.AnyQPUError as error:
                # Not from inside the server's block, which would wrap it.
                outcome = error
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


async def result_of(scaleway: ScalewayClient, job: anyqpu.Job) -> anyqpu.Result:
    return await job.result(timeout=10)


COUNTER = {"result": json.dumps({"counter": {"0": 1}})}


async def test_intermediate_results_are_not_taken_for_circuits(anyio_backend: str) -> None:
    last = {"result": json.dumps({"counter": {"1": 5}})}
    result = await run(Scripted(COUNTER, COUNTER, last, model=json.dumps({"sequence": "{}"})), result_of)
    assert [item.counts for item in result.items] == [{"1": 5}]
    without = await run(Scripted(COUNTER, COUNTER, last), result_of)
    assert len(without.items) == 3


async def test_a_result_may_be_json_in_json_or_behind_a_link(anyio_backend: str) -> None:
    twice = {"result": json.dumps(COUNTER["result"])}
    assert (await run(Scripted(twice), result_of)).counts == {"0": 1}

    class Linked(Scripted):
        async def __call__(self, seen: Seen) -> ServerResponse:
            if seen.path.endswith("results"):
                return ServerResponse.of_json({"job_results": [{"result": "", "url": f"{self.url}/linked"}]})
            return await super().__call__(seen)

    assert (await run(Linked(), result_of)).counts == {"01": 3}


async def test_a_result_of_another_form_than_it_says_is_an_error(anyio_backend: str) -> None:
    broken = {"result": json.dumps({"serialization_format": 2, "compression_format": 2, "serialization": "eHg="})}
    with pytest.raises(errors.ResultDecodeError, match="another form than expected"):
        await run(Scripted(broken), result_of)


async def test_the_older_form_of_a_job_has_its_circuit_in_itself(anyio_backend: str) -> None:
    async def programs_of(scaleway: ScalewayClient, job: anyqpu.Job) -> tuple[Program, ...]:
        return await scaleway.job_programs(job)

    old = {"serialization_format": 2, "circuit_serialization": X_ON_0}
    circuit = {"qiskit_circuit": json.dumps({"run": {"circuits": [old]}})}
    assert await run(Scripted(circuit=circuit), programs_of) == (Program(X_ON_0, ProgramFormat.OPENQASM2),)
    with pytest.raises(errors.ResultDecodeError, match="circuit has another form"):
        await run(Scripted(circuit={"qiskit_circuit": "{}"}), programs_of)
    qir = {"programs": [{"serialization_format": 4, "serialization": "x"}]}
    with pytest.raises(errors.ResultDecodeError, match="serialization format 4"):
        await run(Scripted(model=json.dumps(qir)), programs_of)
    with pytest.raises(errors.ResultNotAvailableError, match="model m has no link"):
        await run(Scripted(), programs_of)

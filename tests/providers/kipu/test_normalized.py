"""Normalized results, shots and programs, beside the results that each maker's own form gives.

The emulator makes the two forms apart: the normalized one from the samples themselves. Where it has both, they agree.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from anyqpu_raw.kipu.models import NormalizedJobInput, NormalizedJobResult, NormalizedMemoryResult

import anyqpu
from anyqpu import BitOrder, Program, ProgramFormat, ResultKind
from anyqpu.errors import (
    NotFoundError,
    ResultDecodeError,
    ResultError,
    UnexpectedResponseError,
    ValidationError,
    WaitTimeoutError,
)
from anyqpu.providers.kipu import KipuClient, normalized
from tests.emulator.scaleway import support
from tests.providers.kipu.test_results import job_on
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import JOB, kipu_at

pytestmark = pytest.mark.anyio
PERCEVAL: dict[str, Any] = json.loads((Path(support.__file__).parent / "data" / "perceval.json").read_text())

# Three bits, of which bit 0 is always 1, and bits 1 and 2 are equal: 001 or 111 in whichever order is ours.
BODY = "x q[0]; h q[1]; {cx} q[1], q[2];"
QASM2 = f'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; creg c[3]; {BODY.format(cx="cx")} measure q -> c;'
BRAKET = Program(
    f"OPENQASM 3.0; bit[3] b; qubit[3] q; {BODY.format(cx='cnot')}"
    + " ".join(f"b[{bit}] = measure q[{bit}];" for bit in range(3)),
    ProgramFormat.BRAKET_QASM3,
)
QASM3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[3] q; {bits} x q[0]; h q[1]; cx q[1], q[2]; {measure}'
ONE_REGISTER = QASM3.format(bits="bit[3] c;", measure="c = measure q;")
TWO_REGISTERS = QASM3.format(bits="bit a; bit[2] b;", measure="a = measure q[0]; b[0]=measure q[1]; b[1]=measure q[2];")
HALF_TURN = {"angle_t": 0.5, "phase_t": 0.0}
QUARTER_TURN = {"angle_t": 0.25, "phase_t": 0.25}


def iqm(*keys: str) -> dict[str, Any]:
    """X on qubit 0, and CNOT from a qubit in superposition to another: a quarter turn about Y on both sides of CZ."""
    back = {"angle_t": -0.25, "phase_t": 0.25}
    gates = [("prx", HALF_TURN, ["QB3"]), ("prx", QUARTER_TURN, ["QB1"]), ("prx", back, ["QB2"])]
    gates += [("cz", {}, ["QB1", "QB2"]), ("prx", QUARTER_TURN, ["QB2"])]
    measured = [("measure", {"key": key}, [qubit]) for key, qubit in zip(keys, ("QB3", "QB1", "QB2"), strict=True)]
    listed = [{"name": name, "args": args, "qubits": qubits} for name, args, qubits in [*gates, *measured]]
    return {"circuits": [{"name": "c", "instructions": listed}]}


SAMPLED: dict[str, tuple[str, Any]] = {
    "qsim": ("kipu.sim.qsim", QASM2),
    "qudora": ("qudora.sim.xg1", QASM2),
    "braket": ("aws.sim.sv1", BRAKET),
    "ibm, one register": ("ibm.qpu.fez", {"pubs": [[ONE_REGISTER, None, 40]], "version": 2}),
    "ibm, two registers": ("ibm.qpu.fez", {"pubs": [[TWO_REGISTERS, None, 40]], "version": 2}),
    "iqm": ("iqm.qpu.garnet", iqm("c_3_0_0", "c_3_0_1", "c_3_0_2")),
    # The order in which the keys come is not that of the bits.
    "iqm, keys in another order": ("iqm.qpu.garnet", iqm("a_1_0_0", "d_2_1_1", "d_2_1_0")),
}
# Those of which the raw result has every shot.
WITH_SHOTS = {"qudora", "braket", "ibm, two registers"}


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator="lenient") as client:
        yield client


@pytest.mark.parametrize("name", SAMPLED)
async def test_counts_agree_with_those_of_the_makers_form(kipu: KipuClient, name: str) -> None:
    device, program = SAMPLED[name]
    job = await (await kipu.submit(program, device=device, shots=40)).wait(timeout=60)
    counts = (await job.result()).counts
    assert set(counts) <= {"001", "111"}
    assert counts.shots == 40
    shared = await kipu.normalized_result(job)
    assert shared is not None
    assert dict(shared.counts) == dict(counts)
    assert shared.counts.order is counts.order is BitOrder.MSB_LEFT
    shots = await kipu.job_shots(job)
    assert (shots is not None) == (name in WITH_SHOTS)
    if shots is not None:
        assert Counter(shots) == counts


async def test_probabilities_agree_with_those_of_the_makers_form(kipu: KipuClient) -> None:
    gates = [{"gate": "x", "target": 0}, {"gate": "h", "target": 1}, {"gate": "cnot", "control": 1, "target": 2}]
    ionq = {"gateset": "qis", "qubits": 3, "circuit": gates}
    job = await (await kipu.submit(ionq, device="azure.ionq.simulator", shots=1)).wait(timeout=60)
    shared = await kipu.normalized_result(job)
    assert shared is not None
    assert shared.probabilities == pytest.approx({"001": 0.5, "111": 0.5})
    assert (await job.result()).probabilities == pytest.approx(shared.probabilities)
    assert await kipu.job_shots(job) is None
    state = await kipu.submit(QASM2, device="kipu.sim.qsim", input_params={"mode": "statevector"})
    state = await state.wait(timeout=60)
    amplitudes = (await state.result()).items[0].statevector
    assert amplitudes is not None
    shared = await kipu.normalized_result(state)
    assert shared is not None
    assert shared.probabilities == pytest.approx({"001": abs(amplitudes[1]) ** 2, "111": abs(amplitudes[7]) ** 2})


async def test_photons_and_atoms_have_no_normalized_form(kipu: KipuClient) -> None:
    job = await (await kipu.submit(PERCEVAL["experiment"], device="quandela.sim.belenos", shots=10)).wait(timeout=60)
    assert await kipu.normalized_result(job) is None
    assert await kipu.job_shots(job) is None
    with pytest.raises(ValidationError) as caught:
        await kipu.job_programs(job)
    assert caught.value.status_code == 422
    assert (await job.result()).items[0].fock


async def test_the_programs_of_a_job_come_back_as_they_were_sent(kipu: KipuClient) -> None:
    job = await kipu.submit(QASM2, device="kipu.sim.qsim", shots=40)
    (program,) = await kipu.job_programs(job)
    assert program.program == Program(QASM2, ProgramFormat.OPENQASM2)
    assert (program.name, program.shots) == (None, 40)
    pubs = {"pubs": [[ONE_REGISTER, None, 7], [TWO_REGISTERS, None, None]], "version": 2}
    job = await kipu.submit(pubs, device="ibm.qpu.fez", shots=40)
    one, two = await kipu.job_programs(job)
    assert (one.program.text, one.program.format, one.shots) == (ONE_REGISTER, ProgramFormat.OPENQASM3, 7)
    assert (two.program.text, two.shots) == (TWO_REGISTERS, 40)


async def test_a_job_that_failed_has_its_error_and_the_code_of_its_maker(kipu: KipuClient) -> None:
    job = await kipu.submit("OPENQASM 2.0; nonsense", device="kipu.sim.qsim", shots=1)
    with pytest.raises(anyqpu.errors.JobFailedError) as caught:
        await job.result(timeout=60)
    assert caught.value.code == "INVALID_PROGRAM"
    shared = await kipu.normalized_result(job)
    assert shared is not None
    (item,) = shared.items
    assert not item.success
    assert item.error is not None
    assert item.error in str(caught.value)
    assert await kipu.job_shots(job) is None


async def test_there_is_nothing_before_the_job_has_ended(kipu: KipuClient) -> None:
    unknown = anyqpu.Job(
        provider="kipu", id=JOB, device_id="kipu.sim.qsim", status=anyqpu.JobStatus.QUEUED, raw_status="PENDING"
    )
    for call in (kipu.normalized_result, kipu.job_shots, kipu.job_programs):
        with pytest.raises(NotFoundError):
            await call(unknown)


# A backend that no decoder is for


RAW = {"result": [{"hex": "0x1"}]}
COUNTS = {"type": "counts", "index": 0, "key_format": "bitstring", "counts": {"01": 7}, "shots": 7, "qubits": 2}


def cloud(shared: ServerResponse) -> Callable[[Seen], Any]:
    """A cloud with one job on AQT's machine, and a response for its normalized result."""
    job = {"id": JOB, "status": "COMPLETED", "backend_id": "aqt.qpu.ibex", "shots": 7, "provider": "AQT"}

    async def handle(seen: Seen) -> ServerResponse:
        if seen.path.endswith("/result/normalized"):
            return shared
        return ServerResponse.of_json(RAW if seen.path.endswith("/result") else job)

    return handle


async def test_a_result_that_no_decoder_knows_is_read_in_normalized_form(anyio_backend: str) -> None:
    async with serving(cloud(ServerResponse.of_json({"pubs": [COUNTS]}))) as server, kipu_at(server) as kipu:
        result = await (await kipu.job(JOB)).result(timeout=10)
    assert result.counts == {"01": 7}
    assert result.counts.order is BitOrder.MSB_LEFT
    assert result.raw == RAW
    assert server.seen[-1].path == f"/jobs/{JOB}/result/normalized"


@pytest.mark.parametrize("status", [204, 404, 405])
async def test_it_stays_raw_without_a_normalized_form(anyio_backend: str, status: int) -> None:
    """204: the result has no such form. 404 and 405: a server that is older than the operation."""
    async with serving(cloud(ServerResponse(status))) as server, kipu_at(server) as kipu:
        result = await (await kipu.job(JOB)).result(timeout=10)
    assert (result.kind, result.raw) == (ResultKind.RAW, RAW)
    assert [seen.path.rpartition("/")[2] for seen in server.seen].count("normalized") == 1


async def test_an_outage_does_not_make_a_result_raw(anyio_backend: str) -> None:
    async with serving(cloud(ServerResponse(500))) as server, kipu_at(server) as kipu:
        with pytest.raises(WaitTimeoutError):
            await (await kipu.job(JOB)).result(timeout=0.3)


async def test_backends_with_a_decoder_are_not_asked_twice(anyio_backend: str) -> None:
    job = {"id": JOB, "status": "COMPLETED", "backend_id": "qudora.sim.xg1", "shots": 7}

    async def handle(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"counts": {"01": 7}} if seen.path.endswith("/result") else job)

    async with serving(handle) as server, kipu_at(server) as kipu:
        assert (await (await kipu.job(JOB)).result(timeout=10)).counts == {"01": 7}
    assert not [seen.path for seen in server.seen if "normalized" in seen.path]


# Odd responses


async def read(*pubs: Any) -> anyqpu.Result:
    return await normalized.result(job_on("aqt.qpu.ibex"), NormalizedJobResult.from_dict({"pubs": [*pubs]}), details={})


async def test_the_order_of_bits_is_unknown_where_the_form_of_the_keys_is(anyio_backend: str) -> None:
    result = await read({**COUNTS, "key_format": "reversed"})
    assert result.counts.order is BitOrder.UNKNOWN
    assert (await read({**COUNTS, "key_format": None})).counts.order is BitOrder.MSB_LEFT
    fock = {**COUNTS, "key_format": "fock", "counts": {"|1,0>": 7}}
    assert (await read(fock)).kind is ResultKind.RAW


async def test_programs_are_in_the_order_of_their_places(anyio_backend: str) -> None:
    late = {**COUNTS, "index": 1, "counts": {"10": 7}}
    lost = {"type": "unmapped", "index": 2, "name": None, "reason": "no bits"}
    items = (await read(late, lost, COUNTS)).items
    assert [item.counts for item in items] == [{"01": 7}, {"10": 7}, None]
    assert (items[2].kind, items[2].success) == (ResultKind.RAW, True)


async def test_expectation_values_are_read_where_a_program_has_one(anyio_backend: str) -> None:
    one = {"type": "expectation_values", "index": 0, "shape": [], "values": [0.25], "stds": [0.01]}
    (item,) = (await read(one)).items
    assert (item.kind, item.expectation, item.deviation) == (ResultKind.EXPECTATION, 0.25, 0.01)
    many = {**one, "shape": [2], "values": [0.25, 0.5], "stds": [0.01, 0.01]}
    result = await read(many)
    assert result.kind is ResultKind.RAW
    assert result.raw["pubs"][0]["values"] == [0.25, 0.5]


@pytest.mark.parametrize(
    "pub",
    [
        {**COUNTS, "counts": {"01": 7, "1": 1}},
        {**COUNTS, "qubits": 3},
        {**COUNTS, "counts": {"01": -7}},
        {**COUNTS, "counts": ["01"]},
        {"type": "counts"},
        {"index": 0},
        {"type": "probabilities", "probabilities": {"01": -0.5}},
        {"type": "probabilities", "probabilities": {"01": "much"}},
        {"type": "error", "error": "broken"},
        5,
        None,
    ],
)
async def test_a_broken_normalized_result_is_one_error(anyio_backend: str, pub: Any) -> None:
    with pytest.raises(ResultDecodeError, match="normalized result of aqt"):
        await read(pub)


@pytest.mark.parametrize(
    ("memory", "qubits"),
    [
        (7, 2),
        ("0x1", 2),
        (["0x4"], 2),
        (["4"], 2),
        ([4], 2),
        (["0x1"], None),
        (["0x1"], 10**9),
        (["0x" + "f" * 200_000], 4),
    ],
)
async def test_broken_shots_are_one_error(anyio_backend: str, memory: Any, qubits: int | None) -> None:
    raw = NormalizedMemoryResult.from_dict({"memory": memory, "qubits": qubits, "shots": 1})
    with pytest.raises(ResultError, match="shots of aqt"):
        await normalized.memory(job_on("aqt.qpu.ibex"), raw, details={})


async def test_shots_are_as_wide_as_the_bits(anyio_backend: str) -> None:
    raw = NormalizedMemoryResult.from_dict({"memory": ["0x2", "0x0", "0x2"], "qubits": 3, "shots": 3})
    assert await normalized.memory(job_on("aqt.qpu.ibex"), raw, details={}) == ("010", "000", "010")


@pytest.mark.parametrize("body", [{"format": "qir", "pubs": []}, {"format": "openqasm.v3", "pubs": [{"qasm": 5}]}])
def test_programs_in_an_unknown_language_are_an_error(body: dict[str, Any]) -> None:
    with pytest.raises(UnexpectedResponseError, match="program"):
        normalized.programs(NormalizedJobInput.from_dict(body))

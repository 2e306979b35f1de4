"""Each backend's own form of result, read from real payloads, and from jobs that the emulator computes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import BitOrder, JobStatus, Program, ProgramFormat, ResultKind
from anyqpu.errors import JobFailedError, ResultDecodeError, ResultError, ValidationError
from anyqpu.providers.kipu import KipuClient, decoders
from anyqpu.providers.kipu.results import decode

pytestmark = pytest.mark.anyio

DATA = Path(__file__).parent / "data"
EXAMPLES: dict[str, Any] = json.loads((DATA / "per_backend_examples.json").read_text())
IBM: dict[str, Any] = json.loads((DATA / "ibm_sampler_bell.json").read_text())


def job_on(device: str) -> anyqpu.Job:
    return anyqpu.Job(provider="kipu", id="j", device_id=device, status=JobStatus.COMPLETED, raw_status="COMPLETED")


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator=True) as client:
        yield client


def test_real_payloads_give_the_counts_that_their_makers_clients_read() -> None:
    for example in EXAMPLES["kipu.sim.qsim"]["results"]:
        if example["mode"] == "sample":
            counts = decode(job_on("kipu.sim.qsim"), example["body"]).counts
            assert counts == example["expected_counts_little_endian"]
    for device in ("qudora.sim.xg1", "iqm.qpu.garnet"):
        example = EXAMPLES[device]
        assert decode(job_on(device), example["result"]).counts == example["expected_counts"]
    for form in ("result_ndarray_form", "result_counts_form"):
        result = decode(job_on("ibm.qpu.fez"), IBM[form])
        assert result.counts == IBM["expected_counts"]
        assert result.counts.bit_labels == ("c[1]", "c[0]")


def test_an_ionq_histogram_is_shares_and_not_counts() -> None:
    result = decode(job_on("azure.ionq.simulator"), EXAMPLES["azure.ionq.simulator"]["result"])
    assert result.kind is ResultKind.PROBABILITIES
    assert result.probabilities == EXAMPLES["azure.ionq.simulator"]["expected_probabilities"]
    with pytest.raises(ResultError, match="of kind probabilities"):
        _ = result.counts


def test_shares_can_be_had_of_counts_too() -> None:
    assert decode(job_on("qudora.sim.xg1"), {"counts": {"00": 1, "11": 3}}).probabilities == {"11": 0.75, "00": 0.25}


def test_braket_rows_are_turned_and_labelled_by_their_qubits() -> None:
    body = {"measurements": [["1", "0"], ["1", "0"], [1, 1]], "measuredQubits": [3, 5]}
    counts = decoders.braket(body)[0].counts
    assert counts == {"01": 2, "11": 1}
    assert counts is not None
    assert counts.bit_labels == ("q[5]", "q[3]")
    shares = {"measurements": None, "measurementProbabilities": {"10": 1.0}, "measuredQubits": [0, 1]}
    assert decoders.braket(shares)[0].probabilities == {"01": 1.0}


def test_iqm_keys_say_which_bit_each_character_is() -> None:
    keys = ["c_2_0_1", "c_2_0_0", "d_1_1_0"]
    counts = decoders.iqm({"measurement_counts": [{"counts": {"100": 7}, "measurement_keys": keys}]})[0].counts
    assert counts == {"010": 7}
    assert counts is not None
    assert counts.bit_labels == ("d[0]", "c[1]", "c[0]")


def test_iqm_keys_of_another_kind_leave_the_order_unknown() -> None:
    body = {"measurement_counts": [{"counts": {"10": 7}, "measurement_keys": ["left", "right"]}]}
    counts = decoders.iqm(body)[0].counts
    assert counts is not None
    assert counts.order is BitOrder.UNKNOWN
    assert counts.bit_labels == ("left", "right")
    with pytest.raises(ResultError):
        counts.to("msb_left")


def test_registers_of_an_ibm_circuit_stay_apart() -> None:
    def bits(counts: dict[str, int], width: int) -> dict[str, Any]:
        return {"__type__": "BitArray", "__value__": {"array": {"counts": counts}, "num_bits": width}}

    fields = {"a": bits({"0x1": 5}, 2), "b": bits({"1": 5}, 1)}
    result = decode(job_on("ibm.qpu.fez"), {"pub_results": [{"data": {"fields": fields}}]})
    registers = result.items[0].registers
    assert registers is not None
    assert {name: dict(counts) for name, counts in registers.items()} == {"a": {"01": 5}, "b": {"1": 5}}
    with pytest.raises(ResultError, match="2 classical registers: a, b"):
        _ = result.counts


@pytest.mark.parametrize(
    ("device", "body"),
    [
        ("kipu.sim.qsim", {}),
        ("kipu.sim.qsim", {"counts": {"0x": 1}}),
        ("qudora.sim.xg1", {"counts": None}),
        ("azure.ionq.simulator", {"histogram": {"x": 1}}),
        ("aws.sim.sv1", {"measurements": [[2]]}),
        ("iqm.qpu.garnet", {"measurement_counts": [{}]}),
        ("ibm.qpu.fez", {"pub_results": [{"data": {"fields": {"c": {"num_bits": 1, "array": "AAAA"}}}}]}),
    ],
)
def test_a_result_of_another_form_is_an_error_that_keeps_it(device: str, body: Any) -> None:
    with pytest.raises(ResultDecodeError) as caught:
        decode(job_on(device), body)
    assert caught.value.body == body


def test_a_list_of_results_is_one_item_each() -> None:
    result = decode(job_on("kipu.sim.qsim"), [{"counts": {"10": 1}}, {"counts": {"11": 2}}])
    assert [dict(item.counts or {}) for item in result.items] == [{"01": 1}, {"11": 2}]
    with pytest.raises(ResultError, match="has 2 results"):
        _ = result.counts


def test_an_unknown_backends_result_is_kept_as_it_is() -> None:
    result = decode(job_on("new.maker.machine"), {"what": "ever"})
    assert result.kind is ResultKind.RAW
    assert result.raw == {"what": "ever"}


X_ON_QUBIT_0: dict[str, Any] = {
    "kipu.sim.qsim": 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n',
    "qudora.sim.xg1": 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n',
    "azure.ionq.simulator": {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "targets": [0]}]},
    "aws.sim.sv1": Program(
        "OPENQASM 3.0;\nbit[2] b;\nqubit[2] q;\nx q[0];\ni q[1];\nb[0] = measure q[0];\nb[1] = measure q[1];\n",
        ProgramFormat.BRAKET_QASM3,
    ),
    "iqm.qpu.garnet": {
        "circuits": [
            {
                "name": "x",
                "instructions": [
                    {"name": "prx", "args": {"angle_t": 0.5, "phase_t": 0.0}, "qubits": ["QB1"]},
                    {"name": "measure", "args": {"key": "c_2_0_0"}, "qubits": ["QB1"]},
                    {"name": "measure", "args": {"key": "c_2_0_1"}, "qubits": ["QB2"]},
                ],
            }
        ]
    },
    "ibm.qpu.fez": {
        "pubs": [
            [
                'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nx q[0];\nc = measure q;\n',
                None,
                20,
            ]
        ],
        "version": 2,
    },
}


@pytest.mark.parametrize("device", X_ON_QUBIT_0)
async def test_x_on_qubit_0_of_2_is_the_same_key_on_every_route(kipu: KipuClient, device: str) -> None:
    job = await kipu.submit(X_ON_QUBIT_0[device], device=device, shots=20)
    result = await job.result(timeout=60)
    assert result.probabilities == {"01": 1.0}
    if result.items[0].counts is not None:
        assert result.counts == {"01": 20}


async def test_a_program_in_a_json_file_is_read_too(kipu: KipuClient, tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    file.write_text(json.dumps(X_ON_QUBIT_0["azure.ionq.simulator"]))
    result = await (await kipu.submit(file, device="azure.ionq.simulator", shots=20)).result(timeout=60)
    assert result.probabilities == {"01": 1.0}
    file.write_text("[1, 2]")
    with pytest.raises(ValidationError, match="is not a JSON object but a list"):
        await kipu.submit(file, device="azure.ionq.simulator", shots=20)
    file.write_text("{")
    with pytest.raises(ValidationError, match="is not valid JSON"):
        await kipu.submit(file, device="azure.ionq.simulator", shots=20)
    with pytest.raises(ValidationError, match="unknown form of a JSON program: its keys are what"):
        await kipu.submit({"what": 1}, device="azure.ionq.simulator", shots=20)


async def test_the_wrong_format_is_refused_with_those_that_would_do(kipu: KipuClient) -> None:
    with pytest.raises(ValidationError, match="does not take ionq_json") as caught:
        await kipu.submit(X_ON_QUBIT_0["azure.ionq.simulator"], device="qudora.sim.xg1", shots=20)
    assert "It takes openqasm2, openqasm3" in str(caught.value)


async def test_a_job_that_a_backend_cannot_run_fails_with_its_words(kipu: KipuClient) -> None:
    wide = "OPENQASM 2.0;\nqreg q[25];\ncreg c[25];\nU(1,0,0) q;\nmeasure q -> c;\n"
    job = await kipu.submit(wide, device="kipu.sim.qsim", shots=20)
    with pytest.raises(JobFailedError, match="20"):
        await job.result(timeout=60)

"""The emulator's normalized results: what the client's tests do not see, in the words of qhub-api 3.3.0."""

from __future__ import annotations

import json

import httpx
import numpy as np
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clouds.kipu import normalized
from anyqpu_emulator.clouds.kipu.encoding import PIECE, Pieces, encode
from anyqpu_emulator.engines.statevector import Samples

from .conftest import BELL, X0, finished, kipu, qasm_job
from .kipu_document import check

pytestmark = pytest.mark.anyio
FEZ = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[0]; c = measure q;'


async def made(client: httpx.AsyncClient, body: dict) -> str:
    response = await client.post("/jobs", json=body)
    check("createJob", response)
    job: str = response.json()["id"]
    await finished(client, job)
    return job


async def test_before_the_end_there_is_a_404(emulator: Emulator) -> None:
    emulator.faults.add(cloud="kipu", stuck=True)
    async with kipu(emulator) as client:
        job = (await client.post("/jobs", json=qasm_job(X0))).json()["id"]
        for name, path in (
            ("getNormalizedJobResult", "result/normalized"),
            ("getNormalizedJobMemory", "result/normalized/memory"),
        ):
            response = await client.get(f"/jobs/{job}/{path}")
            assert response.status_code == 404
            check(name, response)
        # The input is there at once.
        assert (await client.get(f"/jobs/{job}/input/normalized")).json()["pubs"] == [{"qasm": X0, "shots": 100}]


async def test_the_programs_have_the_names_that_were_sent_beside_them(emulator: Emulator) -> None:
    programs = [{"qasm": X0, "name": "flip"}, {"qasm": BELL, "name": None}]
    body = {
        "backend_id": "qudora.sim.xg1",
        "shots": 20,
        "input": {"qasm": [X0, BELL]},
        "qasm": {"format": "openqasm.v2", "programs": programs},
    }
    async with kipu(emulator) as client:
        job = await made(client, body)
        pubs = (await client.get(f"/jobs/{job}/result/normalized")).json()["pubs"]
        assert [(pub["index"], pub.get("name"), pub["shots"], pub["qubits"]) for pub in pubs] == [
            (0, "flip", 20, 2),
            (1, None, 20, 2),
        ]
        assert pubs[0]["counts"] == {"01": 20}
        raw = (await client.get(f"/jobs/{job}/result")).json()
        assert [part["counts"] for part in raw] == [pub["counts"] for pub in pubs]
        view = (await client.get(f"/jobs/{job}")).json()
        assert view["shots"] == 40
        read = (await client.get(f"/jobs/{job}/input/normalized")).json()
        assert [(pub.get("name"), pub["qasm"]) for pub in read["pubs"]] == [("flip", X0), (None, BELL)]


async def test_the_shots_of_a_job_are_those_of_all_its_programs(emulator: Emulator) -> None:
    """qhub-api 3.3.0, docstring of Job.shots: the effective shots of every PUB together."""
    pubs = [[FEZ, None, 7], [FEZ, None, None], FEZ]
    body = {"backend_id": "ibm.qpu.fez", "shots": 100, "input": {"pubs": pubs, "version": 2}}
    async with kipu(emulator) as client:
        job = await made(client, body)
        assert (await client.get(f"/jobs/{job}")).json()["shots"] == 207
        read = (await client.get(f"/jobs/{job}/result/normalized")).json()["pubs"]
        assert [pub["shots"] for pub in read] == [7, 100, 100]


@pytest.mark.parametrize(
    ("backend", "qasm", "words"),
    [
        ("kipu.sim.qsim", [X0, X0], "input for kipu.sim.qsim should be"),
        ("qudora.sim.xg1", [], "input for qudora.sim.xg1 should be"),
        ("qudora.sim.xg1", [X0, 5], "input for qudora.sim.xg1 should be"),
        ("qudora.sim.xg1", [X0] * 101, "takes 100 programs in one job, not 101"),
    ],
)
async def test_lists_of_programs_that_are_refused(emulator: Emulator, backend: str, qasm: list, words: str) -> None:
    async with kipu(emulator) as client:
        response = await client.post("/jobs", json={"backend_id": backend, "shots": 1, "input": {"qasm": qasm}})
        assert response.status_code == 400
        assert words in response.json()["detail"]


async def test_an_error_names_the_program_of_a_list(emulator: Emulator) -> None:
    body = {"backend_id": "qudora.sim.xg1", "shots": 1, "input": {"qasm": [X0, "OPENQASM 2.0; nonsense"]}}
    async with kipu(emulator) as client:
        job = await made(client, body)
        (pub,) = (await client.get(f"/jobs/{job}/result/normalized")).json()["pubs"]
        assert pub["type"] == "error"
        assert pub["error"]["message"].startswith("qasm[1]: line 1")
        assert (await client.get(f"/jobs/{job}/result")).json() == {"error": pub["error"]}


@pytest.mark.parametrize(
    "query",
    [{"from": "2026-01-01T00:00:00Z"}, {"from": "2026-01-01T00:00:00", "to": "2026-01-02T00:00:00Z"},
     {"from": "soon", "to": "2026-01-02T00:00:00Z"}, {"from": "2026-01-03T00:00:00Z", "to": "2026-01-02T00:00:00Z"}],
)  # fmt: skip
async def test_an_interval_needs_two_times_with_zones(emulator: Emulator, query: dict[str, str]) -> None:
    async with kipu(emulator) as client:
        response = await client.get("/backends/iqm.qpu.garnet/calibration-history", params=query)
        assert response.status_code == 400
        check("getBackendCalibrationHistory", response)


async def test_the_ends_of_an_interval_belong_to_it(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        query = {"from": "2026-01-01T01:00:00+01:00", "to": "2026-01-01T02:00:00Z"}
        response = await client.get("/backends/iqm.qpu.garnet/calibration-history", params=query)
        check("getBackendCalibrationHistory", response)
        times = [entry["calibrated_at"] for entry in response.json()["content"]]
        assert times == ["2026-01-01T02:00:00Z", "2026-01-01T01:00:00Z", "2026-01-01T00:00:00Z"]
        ascending = await client.get(
            "/backends/iqm.qpu.garnet/calibration-history", params={**query, "sort": "calibratedAt,asc"}
        )
        assert [entry["calibrated_at"] for entry in ascending.json()["content"]] == times[::-1]


async def test_filters_may_be_repeated_and_their_words_are_checked(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        await made(client, qasm_job(X0))
        await made(client, qasm_job(X0, "qudora.sim.xg1"))

        async def count(query: str) -> int:
            response = await client.get(f"/workloads?{query}")
            check("getWorkloads", response)
            return int(response.json()["total_elements"])

        assert await count("status=completed&status=failed&type=job") == 2
        assert await count("backendId=kipu.sim.qsim&backendId=qudora.sim.xg1") == 2
        assert await count("provider=kipu&backendId=qudora.sim.xg1") == 0
        assert await count("type=JOB&type=SESSION&origin=STANDALONE") == 2
        for query in ("status=SLEEPING", "type=BATCH", "provider=ACME", "origin=HERE"):
            response = await client.get(f"/workloads?{query}")
            assert response.status_code == 400
            check("getWorkloads", response)


# Arithmetic


def test_many_outcomes_are_cut_to_the_likeliest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(normalized, "MOST_OUTCOMES", 2)
    state = np.sqrt(np.array([0.1, 0.2, 0.0, 0.7]))
    entry = normalized.probabilities(state, 2)
    assert entry["probabilities"] == pytest.approx({"01": 0.2, "11": 0.7})
    assert entry["truncated"] is True
    assert normalized.probabilities(np.array([1.0, 0.0]), 1)["truncated"] is False


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        # Shots 01 (bit 0 is the first key) of two keys.
        (["c_2_0_0", "c_2_0_1"], {"01": 1}),
        (["c_2_0_1", "c_2_0_0"], {"10": 1}),
        # Bit 2 of three: the others were not measured.
        (["c_3_0_2", "c_3_0_0"], {"100": 1}),
        # The second register is left of the first.
        (["b_1_1_0", "a_2_0_1"], {"100": 1}),
        (["left", "right"], {"01": 1}),
        (["c_2_0_0", "c_2_0_0"], {"01": 1}),
    ],
)
def test_iqm_keys_become_classical_bits(keys: list[str], expected: dict[str, int]) -> None:
    samples = Samples(2, [1], np.zeros(1, dtype=np.intp))
    assert normalized.by_classical_bit(samples, keys).counts() == expected


def test_results_are_written_in_pieces_as_json_would_be() -> None:
    outcomes = {f"{number:013b}": number for number in range(PIECE + 1)}
    value = {"pubs": [{"counts": outcomes, "empty": {}, "text": 'a"b\n'}], "list": Pieces([[1, 2], [3]]), "none": None}
    text = encode(value)
    assert b"\n" not in text
    assert json.loads(text) == {**value, "list": [1, 2, 3]}


def test_a_result_of_an_older_state_file_has_one_line() -> None:
    assert [normalized.part(b'{"counts": {}}', place) for place in range(3)] == [b'{"counts": {}}', b"", b""]

"""Submitting, waiting, results in each backend's shape, error_responses, lists."""

from __future__ import annotations

import base64
import io
import math
import uuid
import zlib

import anyio
import httpx
import numpy as np
import pytest
from anyio import to_thread

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.lifecycle import Speed

from .conftest import BASE, BELL, X0, finished, kipu, qasm_job, run
from .test_engine_openqasm import ghz

pytestmark = pytest.mark.anyio
X0_V3 = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; x q[0]; c = measure q;'


def amplitudes(bitstrings: list[str]) -> dict:
    return {"mode": "amplitudes", "bitstrings": bitstrings}


async def test_bit_order_of_qsim(emulator: Emulator) -> None:
    """Big-endian: X on qubit 0 of 2 gives 10, in all three modes."""
    async with kipu(emulator) as client:
        metadata = {"num_qubits": 2}
        assert await run(client, qasm_job(X0)) == {"counts": {"10": 100}, "metadata": metadata}
        vector = await run(client, qasm_job(X0, input_params={"mode": "statevector"}))
        assert vector == {"statevector": [[0, 0], [0, 0], [1, 0], [0, 0]], "metadata": metadata}
        some = await run(client, qasm_job(X0, input_params=amplitudes(["10", "01"])))
        assert some == {"amplitudes": {"10": [1, 0], "01": [0, 0]}, "metadata": metadata}


async def test_bit_order_of_qudora(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        for body in (
            qasm_job(X0, "qudora.sim.xg1", 3),
            qasm_job(X0_V3, "qudora.sim.xg1", 3, input_format="openqasm.v3"),
        ):
            assert await run(client, body) == {"counts": {"01": 3}, "memory": ["01", "01", "01"]}


async def test_bit_order_of_braket(emulator: Emulator) -> None:
    text = "OPENQASM 3.0; bit[3] b; qubit[3] q; x q[0]; i q; cnot q[0], q[2]; b[0]=measure q[0]; b[1]=measure q[1];"
    async with kipu(emulator) as client:
        result = await run(client, qasm_job(text, "aws.sim.sv1", 4))
        assert result["measurements"] == [["1", "0"]] * 4
        assert result["measuredQubits"] == [0, 1]
        assert result["taskMetadata"]["shots"] == 4
        everything = await run(client, qasm_job("OPENQASM 3.0; qubit[3] q; x q[0];", "aws.sim.sv1", 1))
        assert (everything["measurements"], everything["measuredQubits"]) == ([["1", "0", "0"]], [0, 1, 2])


async def test_bit_order_of_ionq(emulator: Emulator) -> None:
    circuit = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "target": 0}]}
    body = {"backend_id": "azure.ionq.simulator", "shots": 100, "input": circuit}
    async with kipu(emulator) as client:
        assert await run(client, body) == {"histogram": {"1": 1.0}}
        jobs = (await client.get("/jobs")).json()["content"]
        assert jobs[0]["input_params"]["qubits"] == "2"


async def test_bit_order_of_iqm(emulator: Emulator) -> None:
    def measure(key: str, qubit: str) -> dict:
        return {"name": "measure", "args": {"key": key}, "qubits": [qubit]}

    flip = {"name": "prx", "args": {"angle_t": 0.5, "phase_t": 0.0}, "qubits": ["QB1"]}
    first = {"name": "a", "instructions": [flip, measure("c_2_0_0", "QB1"), measure("c_2_0_1", "QB2")]}
    second = {"name": "b", "instructions": [flip, measure("c_2_0_1", "QB2"), measure("c_2_0_0", "QB1")]}
    body = {"backend_id": "iqm.qpu.garnet", "shots": 5, "input": {"circuits": [first, second]}}
    async with kipu(emulator) as client:
        assert (await run(client, body))["measurement_counts"] == [
            {"counts": {"10": 5}, "measurement_keys": ["c_2_0_0", "c_2_0_1"]},
            {"counts": {"01": 5}, "measurement_keys": ["c_2_0_1", "c_2_0_0"]},
        ]


async def test_bit_order_and_registers_of_ibm(emulator: Emulator) -> None:
    two = 'OPENQASM 3.0; include "stdgates.inc"; qubit[2] q; bit[2] c; bit d; x q[0]; c = measure q; d = measure q[1];'
    pubs = [[two, None, 7], [two, {}], two]
    body = {"backend_id": "ibm.qpu.fez", "shots": 5, "input": {"pubs": pubs, "options": {"default_shots": 9}}}
    async with kipu(emulator) as client:
        result = await run(client, body)
    assert result["__type__"] == "PrimitiveResult"
    shots = []
    for pub in result["__value__"]["pub_results"]:
        data = pub["__value__"]["data"]["__value__"]
        assert data["field_names"] == ["c", "d"]
        c, d = (data["fields"][name]["__value__"] for name in "cd")
        assert (c["num_bits"], d["num_bits"]) == (2, 1)
        # A row for each shot: with several registers, only these say which values were seen together.
        rows = [rows_of(array["array"]) for array in (c, d)]
        assert [row.tolist() for row in rows] == [[[1]] * len(rows[0]), [[0]] * len(rows[0])]
        shots.append(len(rows[0]))
    assert shots == [7, 9, 9]


def rows_of(tagged: dict) -> np.ndarray:
    """As Qiskit's runtime client reads an array: a numpy file, compressed, in base64."""
    assert tagged["__type__"] == "ndarray"
    return np.load(io.BytesIO(zlib.decompress(base64.b64decode(tagged["__value__"]))), allow_pickle=False)


async def test_registers_of_ibm_have_their_shots_in_the_same_order(emulator: Emulator) -> None:
    """A wide register, most significant byte first, and a bit that always agrees with its bit 8."""
    program = (
        'OPENQASM 3.0; include "stdgates.inc"; qubit[10] q; bit[9] c; bit d;'
        "h q[8]; cx q[8], q[9]; x q[0]; c = measure q[0:8]; d = measure q[9];"
    )
    body = {"backend_id": "ibm.qpu.fez", "shots": 50, "input": {"pubs": [[program, None, None]]}}
    async with kipu(emulator) as client:
        result = await run(client, body)
    fields = result["__value__"]["pub_results"][0]["__value__"]["data"]["__value__"]["fields"]
    c, d = (rows_of(fields[name]["__value__"]["array"]) for name in "cd")
    assert (c.shape, d.shape, c.dtype) == ((50, 2), (50, 1), np.uint8)
    assert {tuple(row) for row in np.hstack((c, d)).tolist()} == {(0, 1, 0), (1, 1, 1)}


async def test_unmeasured_circuits_are_measured_as_a_whole(emulator: Emulator) -> None:
    text = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[3]; x q[0];'
    async with kipu(emulator) as client:
        assert (await run(client, qasm_job(text)))["counts"] == {"100": 100}
        assert (await run(client, qasm_job(text, "qudora.sim.xg1")))["counts"] == {"001": 100}


async def test_statistics_and_seeds() -> None:
    async def counts(seed: int | None) -> list[dict]:
        async with Emulator(seed=seed) as emulator, kipu(emulator) as client:
            return [(await run(client, qasm_job(BELL, shots=10_000)))["counts"] for _ in range(3)]

    seeded = await counts(5)
    assert seeded == await counts(5)
    assert seeded[0] != seeded[1] != seeded[2]
    assert await counts(None) != await counts(None)
    for result in seeded:
        assert set(result) == {"00", "11"}
        assert abs(result["00"] - 5000) < 6 * math.sqrt(2500)


async def test_twenty_qubits_and_no_more(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        assert set((await run(client, qasm_job(ghz(20))))["counts"]) == {"0" * 20, "1" * 20}
        error = (await run(client, qasm_job(ghz(25))))["error"]
        assert error["code"] == "PROGRAM_TOO_LARGE"
        assert "25 qubits" in error["message"]
        assert "up to 20" in error["message"]


async def test_a_long_state_vector(emulator: Emulator) -> None:
    text = 'OPENQASM 2.0; include "qelib1.inc"; qreg q[14]; h q;'
    async with kipu(emulator) as client:
        vector = (await run(client, qasm_job(text, input_params={"mode": "statevector"})))["statevector"]
    assert len(vector) == 2**14
    assert all(pair == pytest.approx([2**-7, 0]) for pair in vector)


@pytest.mark.parametrize(
    ("body", "code", "words"),
    [
        (qasm_job("OPENQASM 2.0;\nqreg q[1]\nx q[0];"), "INVALID_PROGRAM", "line 3, column 1"),
        (qasm_job(X0_V3), "INVALID_PROGRAM", "OpenQASM 2 is wanted"),
        (qasm_job("OPENQASM 2.0;"), "INVALID_PROGRAM", "no qubits"),
        (qasm_job(X0, input_params=amplitudes(["000"])), "INVALID_PROGRAM", "should have 2 bits"),
        (
            qasm_job("OPENQASM 3.0;\n#pragma braket result probability\nqubit q;", "aws.sim.sv1"),
            "UNSUPPORTED_PROGRAM",
            "line 2",
        ),
        (
            {"backend_id": "azure.ionq.simulator", "shots": 1, "input": {"qubits": 1, "circuit": [{"gate": "no"}]}},
            "UNSUPPORTED_PROGRAM",
            "circuit[0]",
        ),
        ({"backend_id": "iqm.qpu.garnet", "shots": 1, "input": {"circuits": []}}, "INVALID_PROGRAM", "at least one"),
        (
            {"backend_id": "ibm.qpu.fez", "shots": 1, "input": {"pubs": [[{"__type__": "QuantumCircuit"}]]}},
            "UNSUPPORTED_PROGRAM",
            "pubs[0]: QPY",
        ),
        (
            {"backend_id": "ibm.qpu.fez", "shots": 1, "input": {"pubs": [[X0_V3, None, 0]]}},
            "INVALID_PROGRAM",
            "pubs[0]: shots",
        ),
        (
            {"backend_id": "ibm.qpu.fez", "shots": 1, "input": {"pubs": [[X0_V3, {"t": 1}]]}},
            "UNSUPPORTED_PROGRAM",
            "parameter values",
        ),
        ({"backend_id": "ibm.qpu.fez", "shots": 1, "input": {"pubs": [["nonsense"]]}}, "INVALID_PROGRAM", "pubs[0]"),
    ],
)
async def test_broken_programs_are_failed_jobs(emulator: Emulator, body: dict, code: str, words: str) -> None:
    async with kipu(emulator) as client:
        job = (await client.post("/jobs", json=body)).json()["id"]
        assert await finished(client, job) == "FAILED"
        error = (await client.get(f"/jobs/{job}/result")).json()["error"]
        assert error["code"] == code
        assert words in error["message"]


@pytest.mark.parametrize(
    ("change", "status", "words"),
    [
        ({"backend_id": None}, 400, "backend_id is missing"),
        ({"backend_id": "nosuch"}, 404, "nosuch"),
        ({"backend_id": 5}, 400, "backend_id should be a text, not a number"),
        ({"backend_id": "quandela.sim.belenos"}, 400, "what Perceval sends"),
        ({"backend_id": "quandela.sim.belenos", "shots": -1}, 400, "0 to 1000000"),
        ({"backend_id": "aws.quera.aquila"}, 400, "ahs_program"),
        ({"shots": None}, 400, "shots is missing"),
        ({"shots": 0}, 400, "1 to 1000000"),
        ({"shots": 1_000_001}, 400, "1 to 1000000"),
        ({"shots": "100"}, 400, "not a text"),
        ({"shots": True}, 400, "not a boolean"),
        ({"shots": 1.5}, 400, "not a number"),
        ({"input": None}, 400, "input for kipu.sim.qsim should be"),
        ({"input": 5}, 400, "a text of OpenQASM"),
        ({"input": {"circuit": []}}, 400, "a text of OpenQASM"),
        ({"input": {"backendId": "aws.sim.sv1", "qasm": X0}}, 400, "input.backendId"),
        ({"input_format": "OPEN_QASM_V3"}, 400, "OPEN_QASM_V2"),
        ({"input_format": "nosuch"}, 400, "OPEN_QASM_V2"),
        ({"input_params": []}, 400, "an object"),
        ({"input_params": {"mode": "guess"}}, 400, "statevector"),
        ({"input_params": {"mode": "amplitudes"}}, 400, "bitstrings"),
        ({"input_params": amplitudes(["02"])}, 400, "bitstrings"),
        ({"name": 5}, 400, "name"),
        ({"tags": "a"}, 400, "list of texts"),
        ({"tags": [1]}, 400, "list of texts"),
        ({"session_id": "nosuch"}, 400, "UUID"),
        ({"session_id": str(uuid.uuid4())}, 404, "no session"),
        ({"sdk_provider": "CIRQ"}, 400, "QISKIT, BRAKET, PERCEVAL, CLIENT"),
    ],
)
async def test_refused_submissions(emulator: Emulator, change: dict, status: int, words: str) -> None:
    async with kipu(emulator) as client:
        response = await client.post("/jobs", json={**qasm_job(X0), **change})
        assert response.status_code == status
        assert words in response.json()["detail"]
        assert (await client.get("/jobs")).json()["total_elements"] == 0


async def test_only_the_sampler_of_ibm(emulator: Emulator) -> None:
    body = {"backend_id": "ibm.qpu.fez", "shots": 1, "input": {"pubs": [[X0_V3]]}}
    async with kipu(emulator) as client:
        response = await client.post("/jobs", json={**body, "input_params": {"program_id": "estimator"}})
        assert (response.status_code, "sampler" in response.text) == (400, True)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1]", b"null", b'{"shots": NaN}', b'{"shots": 1e999}', b"[" * 100_000]
)
async def test_bodies_that_are_not_a_json_object(emulator: Emulator, content: bytes) -> None:
    async with kipu(emulator) as client:
        for method, path in (("POST", "/jobs"), ("POST", "/sessions")):
            response = await client.request(method, path, content=content)
            assert response.status_code == 400
            assert response.headers["content-type"] == "application/problem+json"


async def test_odd_texts_come_back_as_they_went(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        content = (
            b'{"backend_id":"kipu.sim.qsim","shots":1,"name":"\\ud800 \\u0000 \xf0\x9f\x90\x88","input":"\\udfff"}'
        )
        created = await client.post("/jobs", content=content)
        assert created.json()["name"] == "\ud800 \x00 \U0001f408"
        assert await finished(client, created.json()["id"]) == "FAILED"


async def test_results_only_when_over(clock: ManualClock) -> None:
    async with Emulator("fast", seed=1, clock=clock) as emulator, kipu(emulator) as client:
        job = (await client.post("/jobs", json=qasm_job(BELL))).json()
        assert {"started_at", "ended_at", "runtime"}.isdisjoint(job)
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        await _stands_at(client, job["id"], "PENDING", 404)
        assert (await client.get("/backends/kipu.sim.qsim/status")).json()["queue_size"] == 1
        clock.advance(0.06)
        await _stands_at(client, job["id"], "RUNNING", 404)
        running = (await client.get(f"/jobs/{job['id']}")).json()
        assert running["started_at"] == running["created_at"] == "2026-01-01 00:00:00"
        assert "ended_at" not in running
        clock.advance(0.3)
        await _stands_at(client, job["id"], "COMPLETED", 200)
        over = (await client.get(f"/jobs/{job['id']}")).json()
        assert 100 <= over["runtime"] <= 200
        assert (await client.get("/backends/kipu.sim.qsim/status")).json()["queue_size"] == 0


@pytest.mark.parametrize("speed", ["instant", "fast"])
async def test_jobs_that_are_stuck_count_in_the_queue(clock: ManualClock, speed: Speed) -> None:
    """They have a line of their own, but a client that chooses the shortest queue sees them."""
    path = "/backends/kipu.sim.qsim/status"
    async with Emulator(speed, seed=1, clock=clock) as emulator, kipu(emulator) as client:
        emulator.faults.add(operation="createJob", stuck="queued", count=2)
        stuck = [(await client.post("/jobs", json=qasm_job(BELL))).json()["id"] for _ in range(2)]
        done = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        clock.advance(3600)
        await _stands_at(client, done, "COMPLETED", 200)
        assert (await client.get(path)).json()["queue_size"] == 2
        emulator.move(stuck[0], None)
        assert (await client.delete(f"/jobs/{stuck[1]}")).is_success
        assert (await client.get(path)).json()["queue_size"] == 0


async def _stands_at(client: httpx.AsyncClient, job_id: str, status: str, result: int) -> None:
    assert (await client.get(f"/jobs/{job_id}/status")).json() == {"status": status}
    for tail in ("result", "result-stream"):
        response = await client.get(f"/jobs/{job_id}/{tail}")
        assert response.status_code == result
        if result == 404:
            assert status in response.json()["detail"]


async def test_cancelling(clock: ManualClock) -> None:
    async with Emulator("fast", seed=1, clock=clock) as emulator, kipu(emulator) as client:
        jobs = [(await client.post("/jobs", json=qasm_job(BELL))).json()["id"] for _ in range(12)]
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        clock.advance(0.06)
        for job, before in ((jobs[0], "RUNNING"), (jobs[11], "PENDING")):
            await _stands_at(client, job, before, 404)
            assert (await client.delete(f"/jobs/{job}")).status_code == 204
            await _stands_at(client, job, "CANCELLED", 404)
        clock.advance(30)
        assert {await finished(client, job) for job in jobs[1:11]} == {"COMPLETED"}
        assert (await client.delete(f"/jobs/{jobs[1]}")).status_code == 204
        await _stands_at(client, jobs[1], "COMPLETED", 200)
        never = (await client.get(f"/jobs/{jobs[11]}")).json()
        assert "started_at" not in never
        assert never["runtime"] == 0


async def test_a_heavy_job_does_not_block_others(emulator: Emulator) -> None:
    """Another request is served while the job is RUNNING, and the job can be stopped."""
    layers = "h q; " + "".join(f"cx q[{i}],q[{i + 1}];" for i in range(19))
    text = f'OPENQASM 2.0; include "qelib1.inc"; qreg q[20]; creg c[20]; {layers * 60} measure q -> c;'
    async with kipu(emulator) as client:
        job = (await client.post("/jobs", json=qasm_job(text))).json()["id"]
        with anyio.fail_after(60):
            status = "PENDING"
            while status == "PENDING":
                status = (await client.get(f"/jobs/{job}/status")).json()["status"]
        assert status == "RUNNING"
        health = await client.get("http://emulator/_control/health")
        assert health.json()["status"] == "ok"
        assert (await client.get(f"/jobs/{job}/status")).json()["status"] == "RUNNING"
        assert (await client.delete(f"/jobs/{job}")).status_code == 204
        assert await finished(client, job) == "CANCELLED"
        assert (await run(client, qasm_job(X0)))["counts"] == {"10": 100}
    assert await to_thread.run_sync(emulator.wait_for_computations, 60)


async def test_paging_and_sorting(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        for number in range(25):
            await client.post("/jobs", json=qasm_job(X0, name=f"job {number:02}", shots=100 - number))

        async def names(query: str) -> list[str]:
            response = await client.get(f"/jobs?{query}")
            assert response.status_code == 200
            return [job["name"][4:] for job in response.json()["content"]]

        first = (await client.get("/jobs")).json()
        assert {key: first[key] for key in first if key != "content"} == {
            "page": 0,
            "size": 20,
            "total_elements": 25,
            "total_pages": 2,
        }
        assert len(first["content"]) == 20
        newest_first = [f"{number:02}" for number in reversed(range(25))]
        assert await names("page=0&size=20") + await names("page=1&size=20") == newest_first
        assert await names("page=2&size=20") == []
        assert await names("size=100") == newest_first
        assert (await names("sort=name,asc&size=3")) == ["00", "01", "02"]
        assert (await names("sort=name&size=3&page=1")) == ["03", "04", "05"]
        assert (await names("sort=shots,desc&size=2")) == ["00", "01"]
        assert (await names("sort=backendId,asc&sort=name,desc&size=2")) == ["24", "23"]
        for query in ("page=-1", "size=0", "size=x", "sort=nosuch", "sort=name,up", "serviceExecutionId=x"):
            assert (await client.get(f"/jobs?{query}")).status_code == 400


async def test_organisations_do_not_see_each_other(emulator: Emulator) -> None:
    async with kipu(emulator) as mine, kipu(emulator, **{"X-OrganizationId": "org"}) as theirs:
        job = (await mine.post("/jobs", json=qasm_job(X0))).json()["id"]
        assert (await theirs.get(f"/jobs/{job}")).status_code == 404
        assert (await theirs.get("/jobs")).json()["total_elements"] == 0
        assert (await mine.get("/jobs")).json()["total_elements"] == 1
        state = (await mine.get(f"{BASE.removesuffix('/kipu/quantum')}/_control/state")).json()
        assert [(j["cloud"], j["id"], j["backend"], j["shots"]) for j in state["jobs"]] == [
            ("kipu", job, "kipu.sim.qsim", 100)
        ]

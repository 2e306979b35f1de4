"""qhub-api: backends, jobs, raw and normalized results, sessions, workloads; the sync client, then the async one."""

import asyncio
import time
from datetime import UTC, datetime, timedelta

import httpx
from qhub.api.quantum import AsyncHubQuantumClient, HubQuantumClient, QasmCircuit, QasmProgram
from steps import BELL2, EMULATOR, X0, finish, likely, refused, step, until

BASE = f"{EMULATOR}/kipu/quantum"
OVER = ("COMPLETED", "FAILED", "CANCELLED", "ABORTED", "DETACHED")
client = HubQuantumClient(base_url=BASE, api_key="a-token-of-mine")


def ended(job_id: str) -> str:
    until(lambda: client.jobs.get_job_status(job_id).status in OVER, f"job {job_id} is over")
    return client.jobs.get_job_status(job_id).status


def as_dict(value: object) -> dict:
    return value if isinstance(value, dict) else value.dict()


def run(backend: str, program: object, shots: int = 100, **more: object) -> dict:
    """Submit, wait, and fetch the result, which must be available at once."""
    job = client.jobs.create_job(backend_id=backend, shots=shots, input=program, **more)
    assert (job.backend_id, job.shots) == (backend, shots)
    assert ended(job.id) == "COMPLETED", client.jobs.get_job(job.id)
    return as_dict(client.jobs.get_job_result(job.id))


with step("backends: all, by provider, one by one, with status, config and calibration"):
    backends = client.backends.get_backends()
    names = {backend.id for backend in backends}
    assert {"kipu.sim.qsim", "azure.ionq.simulator", "ibm.qpu.fez", "iqm.qpu.garnet", "aws.sim.sv1"} <= names, names
    calibrated = 0
    for backend in backends:
        assert client.backends.get_backend(backend.id).configuration.qubit_count > 0
        assert client.backends.get_backend_status(backend.id).status
        assert client.backends.get_backend_config(backend.id)
        calibration = client.backends.get_backend_calibration(backend.id)
        calibrated += calibration is not None
    assert calibrated
    assert {backend.provider for backend in client.backends.get_backends(provider="IBM")} == {"IBM"}
    assert HubQuantumClient(base_url=BASE, api_key="").backends.get_backends()
with step("the least busy backend of IBM; of others a 400"):
    assert client.backends.get_least_busy_backend(provider="IBM").id == "ibm.qpu.fez"
    with refused("BadRequestError"):
        client.backends.get_least_busy_backend(provider="AWS")
with step("kipu.sim.qsim: X on qubit 0, Bell; a program as text or in an object"):
    assert run("kipu.sim.qsim", X0, input_format="OPEN_QASM_V2")["counts"] == {"10": 100}
    likely(run("kipu.sim.qsim", {"qasm": BELL2}, 1000)["counts"], 1000, "00", "11")
with step("azure.ionq.simulator: probabilities, and the number of qubits in the job"):
    gates = [{"gate": "h", "targets": [0]}, {"gate": "x", "targets": [1], "controls": [0]}]
    job = client.jobs.create_job(
        backend_id="azure.ionq.simulator", shots=100, input={"gateset": "qis", "qubits": 2, "circuit": gates}
    )
    assert ended(job.id) == "COMPLETED"
    assert as_dict(client.jobs.get_job_result(job.id))["histogram"].keys() == {"0", "3"}
    assert str(client.jobs.get_job(job.id).input_params["qubits"]) == "2"
with step("qudora.sim.xg1: counts and memory"):
    result = run("qudora.sim.xg1", X0, input_format="OPEN_QASM_V2")
    likely(result["counts"], 100, "01")
with step("aws.sim.sv1: Braket's own result"):
    braket = "OPENQASM 3.0; bit[2] b; qubit[2] q; x q[0]; b[0] = measure q[0]; b[1] = measure q[1];"
    result = run("aws.sim.sv1", {"qasm": braket}, input_params={"disable_qubit_rewiring": False})
    assert result["measurements"] == [[1, 0]] * 100 or result["measurements"] == [["1", "0"]] * 100, result
with step("ibm.qpu.fez: pubs of the sampler, in a session"):
    session = client.sessions.create_session(backend_id="ibm.qpu.fez", provider="IBM", mode="batch", ttl=600)
    qasm = 'OPENQASM 3.0; include "stdgates.inc"; bit[2] c; qubit[2] q; x q[0]; c = measure q;'
    job = client.jobs.create_job(
        backend_id="ibm.qpu.fez",
        shots=100,
        input={"pubs": [[qasm, None, 100]], "version": 2, "support_qiskit": False, "options": {}},
        input_format="QISKIT_QPY",
        input_params={"program_id": "sampler"},
        session_id=session.id,
    )
    assert ended(job.id) == "COMPLETED", client.jobs.get_job_result(job.id)
    assert client.jobs.get_job_result(job.id)
    assert client.sessions.get_session(session.id).id == session.id
    assert client.sessions.get_session_status(session.id).status
    # Not get_session_jobs: the client parses one job there, the document has a list.
    assert client.sessions.update_session_state(session.id, accept_jobs=False).status == "DRAINING"
    client.sessions.close_session(session.id)
    client.sessions.close_session(session.id)
    assert client.sessions.get_session(session.id).status == "CLOSED"
with step("a backend without sessions refuses one with a 422"):
    with refused("Unprocessable"):
        client.sessions.create_session(backend_id="qudora.sim.xg1", provider="QUDORA", mode="batch")
with step("iqm.qpu.garnet: both forms of instructions"):
    turns = [
        {"name": "prx", "args": {"angle_t": 0.5, "phase_t": 0.0}, "qubits": ["QB1"]},
        {"name": "measure", "args": {"key": "c_2_0_0"}, "qubits": ["QB1"]},
        {"name": "measure", "args": {"key": "c_2_0_1"}, "qubits": ["QB2"]},
    ]
    radians = [
        {"name": "prx", "args": {"angle": 3.141592653589793, "phase": 0.0}, "locus": ["QB1"]},
        {"name": "measure", "args": {"key": "c_2_0_0"}, "locus": ["QB1"]},
        {"name": "measure", "args": {"key": "c_2_0_1"}, "locus": ["QB2"]},
    ]
    for instructions in (turns, radians):
        result = run(
            "iqm.qpu.garnet",
            {"circuits": [{"name": "x", "instructions": instructions}]},
            input_format="IQM_JOB_INPUT_V1",
        )
        (one,) = result["measurement_counts"]
        assert one["counts"] == {"10": 100}, result
with step("a result that is not there yet is a 404, and the last of a dozen jobs can be cancelled"):
    dozen = [client.jobs.create_job(backend_id="kipu.sim.qsim", shots=1, input=X0) for _ in range(12)]
    with refused("404"):
        client.jobs.get_job_result(dozen[-1].id)
    client.jobs.cancel_job(dozen[-1].id)
    assert ended(dozen[-1].id) == "CANCELLED"
    assert {ended(job.id) for job in dozen[:-1]} == {"COMPLETED"}
with step("jobs page by page; the input, and the result as a stream"):
    page = client.jobs.search_jobs(page=0, size=5)
    assert len(page.content) == 5
    total = page.total_elements
    seen = []
    for number in range((total + 4) // 5):
        seen += [job.id for job in client.jobs.search_jobs(page=number, size=5).content]
    assert len(set(seen)) == total
    assert "OPENQASM" in str(client.jobs.get_job_input(dozen[0].id))
    assert b"counts" in b"".join(client.jobs.get_job_result_stream(dozen[0].id))
with step("a program that cannot be read: FAILED, and the result says why"):
    job = client.jobs.create_job(backend_id="kipu.sim.qsim", shots=1, input="OPENQASM 2.0; nonsense")
    assert ended(job.id) == "FAILED"
    assert as_dict(client.jobs.get_job_result(job.id))["error"]["message"]
with step("workloads: name, tags, usage time; filtered by type, status, provider, backend, tag and origin"):
    job = client.jobs.create_job(backend_id="qudora.sim.xg1", shots=10, input=X0, name="mine", tags=["A tag"])
    assert ended(job.id) == "COMPLETED"
    # The order is not documented: an emulator that --keep names may have a long list.
    (entry,) = client.workloads.get_workloads(
        tag="a TAG", status=["completed", "FAILED"], sort="created_at,desc"
    ).content[:1]
    assert (entry.id, entry.name, entry.tags, entry.type) == (job.id, "mine", ["A tag"], "JOB"), entry
    assert entry.usage_time_state == "MEASURED"
    assert entry.usage_time_millis is not None

    def kinds(**filters: object) -> set[tuple[str, str]]:
        return {(entry.type, entry.backend_id) for entry in client.workloads.get_workloads(size=100, **filters).content}

    assert kinds(type="SESSION") == {("SESSION", "ibm.qpu.fez")}
    assert kinds(type="job", provider=["QUDORA", "KIPU"]) == {("JOB", "qudora.sim.xg1"), ("JOB", "kipu.sim.qsim")}
    assert kinds(backend_id="aws.sim.sv1", origin="STANDALONE") == {("JOB", "aws.sim.sv1")}
    assert kinds(origin="SERVICE_EXECUTION") == set()
    with refused("BadRequestError"):
        client.workloads.get_workloads(status="SLEEPING")
with step("normalized results: one bit order for qsim, Qudora, Braket, IBM and IQM, and probabilities of IonQ"):
    routes = {
        "kipu.sim.qsim": X0,
        "qudora.sim.xg1": X0,
        "aws.sim.sv1": {"qasm": braket},
        "ibm.qpu.fez": {"pubs": [[qasm, None, 100]], "version": 2, "support_qiskit": False, "options": {}},
        "iqm.qpu.garnet": {"circuits": [{"name": "x", "instructions": turns}]},
    }
    for backend, program in routes.items():
        job = client.jobs.create_job(backend_id=backend, shots=100, input=program)
        assert ended(job.id) == "COMPLETED", backend
        (pub,) = client.jobs.get_normalized_job_result(job.id).pubs
        assert (pub.type, pub.index, pub.key_format) == ("counts", 0, "bitstring"), pub
        assert (pub.counts, pub.shots, pub.qubits) == ({"01": 100}, 100, 2), (backend, pub)
    ionq = {"gateset": "qis", "qubits": 2, "circuit": [{"gate": "x", "targets": [0]}]}
    job = client.jobs.create_job(backend_id="azure.ionq.simulator", shots=100, input=ionq)
    assert ended(job.id) == "COMPLETED"
    (pub,) = client.jobs.get_normalized_job_result(job.id).pubs
    assert (pub.type, pub.probabilities, pub.truncated) == ("probabilities", {"01": 1.0}, False), pub
with step("normalized memory: the shots of Qudora and Braket; none of qsim, IonQ and IQM"):
    for backend, program in routes.items():
        job = client.jobs.create_job(backend_id=backend, shots=100, input=program)
        assert ended(job.id) == "COMPLETED"
        memory = client.jobs.get_normalized_job_memory(job.id)
        if backend in {"qudora.sim.xg1", "aws.sim.sv1"}:
            assert (memory.memory, memory.qubits, memory.shots) == (["0x1"] * 100, 2, 100), memory
        else:
            assert memory is None, backend
with step("normalized input: the program and its format; 422 where it is not OpenQASM"):
    job = client.jobs.create_job(backend_id="kipu.sim.qsim", shots=3, input=X0)
    view = client.jobs.get_normalized_job_input(job.id)
    assert (view.format, [(pub.qasm, pub.shots) for pub in view.pubs]) == ("openqasm.v2", [(X0, 3)]), view
    job = client.jobs.create_job(backend_id="azure.ionq.simulator", shots=3, input=ionq)
    with refused("Unprocessable"):
        client.jobs.get_normalized_job_input(job.id)
with step("several programs in one job: Qudora's list of results, Braket's program set, their names and shots"):
    named = QasmCircuit(format="openqasm.v2", programs=[QasmProgram(qasm=X0, name="flip"), QasmProgram(qasm=BELL2)])
    job = client.jobs.create_job(backend_id="qudora.sim.xg1", shots=50, input={"qasm": [X0, BELL2]}, qasm=named)
    assert ended(job.id) == "COMPLETED"
    assert client.jobs.get_job(job.id).shots == 100
    raw = [as_dict(part)["counts"] for part in client.jobs.get_job_result(job.id)]
    pubs = client.jobs.get_normalized_job_result(job.id).pubs
    assert [(pub.index, pub.name, pub.counts) for pub in pubs] == [(0, "flip", raw[0]), (1, None, raw[1])]
    assert raw[0] == {"01": 50}
    job = client.jobs.create_job(backend_id="aws.sim.sv1", shots=100, input={"qasm": [braket, braket]})
    assert ended(job.id) == "COMPLETED"
    programs = as_dict(client.jobs.get_job_result(job.id))["programResults"]
    assert [len(program["executableResults"][0]["measurements"]) for program in programs] == [50, 50]
with step("a job that failed: its error in the normalized result, and neither shots nor counts"):
    job = client.jobs.create_job(backend_id="kipu.sim.qsim", shots=1, input="OPENQASM 2.0; nonsense")
    assert ended(job.id) == "FAILED"
    (pub,) = client.jobs.get_normalized_job_result(job.id).pubs
    assert (pub.type, pub.error) == ("error", as_dict(client.jobs.get_job_result(job.id))["error"]), pub
    assert client.jobs.get_normalized_job_memory(job.id) is None
with step("the usage time of a job, and how a backend is paid"):
    job = client.jobs.get_job(dozen[0].id)
    assert (job.usage_time_state, job.usage_time_millis >= 0) == ("MEASURED", True), job
    assert client.backends.get_backend("iqm.qpu.garnet").access_type == "PREPAID"
    assert client.backends.get_backend("quandela.sim.belenos").access_type == "FREE"
    assert client.backends.get_backend("aws.sim.sv1").configuration.max_pubs_per_job == 100
with step("calibration history: page by page, newest first"):
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    read = client.backends.get_backend_calibration_history
    first = read("iqm.qpu.garnet", from_=noon, to=noon + timedelta(hours=5), page=0, size=4)
    last = read("iqm.qpu.garnet", from_=noon, to=noon + timedelta(hours=5), page=1, size=4)
    assert (first.total_elements, first.total_pages) == (6, 2), first
    times = [entry.calibrated_at for entry in [*first.content, *last.content]]
    assert times == [noon + timedelta(hours=hour) for hour in range(5, -1, -1)], times
    assert read("kipu.sim.qsim", from_=noon, to=noon + timedelta(hours=5)).content == []
with step("prepaid runtime minutes"):
    (allowance,) = client.runtime_minutes.get_runtime_minutes().allowances
    assert (allowance.provider, allowance.backend_ids) == ("IQM", ["iqm.qpu.garnet"]), allowance
    assert allowance.consumed_seconds + allowance.remaining_seconds == allowance.allocated_seconds
    assert allowance.limit_reached is False
with step("a service execution: its session, and normalized results and inputs of its jobs"):
    run_id = "6f2b7e1a-0000-4000-8000-000000000001"
    inside = HubQuantumClient(
        base_url=BASE,
        api_key="a-token-of-mine",
        httpx_client=httpx.Client(headers={"x-planqk-service-execution-id": run_id}),
    )
    session = inside.sessions.create_session(backend_id="ibm.qpu.fez", provider="IBM", mode="batch", ttl=600)
    job = inside.jobs.create_job(backend_id="kipu.sim.qsim", shots=10, input=X0)
    assert ended(job.id) == "COMPLETED"
    assert client.jobs.get_service_execution_session(run_id, session.id).backend_id == "ibm.qpu.fez"
    (pub,) = client.jobs.get_service_execution_normalized_job_result(run_id, job.id).pubs
    assert pub.counts == {"01": 10}
    assert client.jobs.get_service_execution_normalized_job_input(run_id, job.id).pubs[0].qasm == X0
    (entry,) = client.workloads.get_workloads(service_execution_id=run_id, type="JOB").content
    assert (entry.id, entry.service_execution_id) == (job.id, run_id), entry
    inside.sessions.close_session(session.id)
with step("an unknown job is a 404, a token that is denied a 401"):
    with refused("NotFoundError"):
        client.jobs.get_job("00000000-0000-4000-8000-000000000000")
    with refused("UnauthorizedError"):
        HubQuantumClient(base_url=BASE, api_key="denied").jobs.search_jobs()


async def main() -> None:
    with step("asynchronously: ten jobs at a time, their results, a session"):
        client = AsyncHubQuantumClient(base_url=BASE, api_key="a-token-of-mine", organization_id="org")
        assert await client.backends.get_backends()
        jobs = await asyncio.gather(
            *(client.jobs.create_job(backend_id="kipu.sim.qsim", shots=50, input=X0) for _ in range(10))
        )
        end = time.monotonic() + 30
        for job in jobs:
            while (await client.jobs.get_job_status(job.id)).status not in OVER:
                assert time.monotonic() < end
                await asyncio.sleep(0.1)
        results = await asyncio.gather(*(client.jobs.get_job_result(job.id) for job in jobs))
        assert [as_dict(result)["counts"] for result in results] == [{"10": 50}] * 10
        shared = await asyncio.gather(*(client.jobs.get_normalized_job_result(job.id) for job in jobs))
        assert [result.pubs[0].counts for result in shared] == [{"01": 50}] * 10
        assert (await client.runtime_minutes.get_runtime_minutes()).allowances
        session = await client.sessions.create_session(backend_id="ibm.qpu.fez", provider="IBM", mode="dedicated")
        await client.sessions.close_session(session.id)


asyncio.run(main())
finish()

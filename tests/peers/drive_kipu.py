"""qhub-api: backends, jobs, results, sessions, workloads; the sync client, then the async one."""

import asyncio
import time

from qhub.api.quantum import AsyncHubQuantumClient, HubQuantumClient
from steps import BELL2, EMULATOR, X0, finish, likely, refused, step, until

BASE = f"{EMULATOR}/kipu/quantum"
OVER = ("COMPLETED", "FAILED", "CANCELLED", "ABORTED")
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
with step("workloads, filtered"):
    assert client.workloads.get_workloads(page=0, size=3).content
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
        session = await client.sessions.create_session(backend_id="ibm.qpu.fez", provider="IBM", mode="dedicated")
        await client.sessions.close_session(session.id)


asyncio.run(main())
finish()

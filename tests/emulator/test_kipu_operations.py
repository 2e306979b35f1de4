"""Every operation of the published document, with responses in the documented form."""

from __future__ import annotations

import uuid

import httpx
import pytest

from anyqpu_emulator import Emulator

from .conftest import BELL, finished, kipu, qasm_job
from .kipu_document import OPERATIONS, check

pytestmark = pytest.mark.anyio
EXECUTION = str(uuid.uuid4())
HERE = {"x-planqk-service-execution-id": EXECUTION}
IBM_JOB = {
    "backend_id": "ibm.qpu.fez",
    "shots": 10,
    "name": "a job",
    "tags": ["a", "b"],
    "input": {
        "pubs": [['OPENQASM 3.0; include "stdgates.inc"; qubit q; bit c; x q; c = measure q;', None, 10]],
        "version": 2,
    },
    "input_params": {"program_id": "sampler"},
}
SESSION = {"backend_id": "ibm.qpu.fez", "provider": "IBM", "mode": "dedicated", "ttl": 60, "tags": ["t"]}


class Caller:
    """Calls operations by their id and checks every response against the document."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client
        self.succeeded: set[str] = set()

    async def __call__(self, operation_id: str, ids: dict[str, str] | None = None, **more: object) -> httpx.Response:
        method, path, _ = OPERATIONS[operation_id]
        for name, value in (ids or {}).items():
            path = path.replace("{" + name + "}", value)
        response = await self.client.request(method, path, **more)  # type: ignore[arg-type]
        check(operation_id, response)
        if response.is_success:
            self.succeeded.add(operation_id)
        return response


async def test_all_operations(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        call = Caller(client)
        await _backends(call)
        session = (await call("createSession", json=SESSION, headers=HERE)).json()["id"]
        body = {**IBM_JOB, "session_id": session}
        job = (await call("createJob", json=body, headers=HERE)).json()["id"]
        second = (await call("createJob", json=IBM_JOB, headers=HERE)).json()["id"]
        # Both, because two lists are compared.
        for submitted in (job, second):
            await finished(client, submitted)
        await _lists(call)
        await _jobs(call, job, second)
        await _sessions(call, session)
        assert call.succeeded == set(OPERATIONS)


async def _backends(call: Caller) -> None:
    backends = (await call("getBackends")).json()
    assert {b["id"] for b in backends} == {
        *("kipu.sim.qsim", "azure.ionq.simulator", "qudora.sim.xg1", "aws.sim.sv1"),
        *("aws.quera.aquila", "ibm.qpu.fez", "iqm.qpu.garnet", "quandela.sim.belenos"),
    }
    for backend in backends:
        path = {"id": backend["id"]}
        assert (await call("getBackend", path)).json() == backend
        assert "sdks" not in backend["documentation"]
        status = (await call("getBackendStatus", path)).json()["status"]
        assert status == "ONLINE"
        assert (await call("getBackendConfig", path)).json()
        calibration = await call("getBackendCalibration", path)
        assert calibration.status_code == (200 if backend["has_calibration"] else 204)
        interval = {"from": "2026-01-01T00:00:00Z", "to": "2026-01-01T02:30:00Z"}
        history = (await call("getBackendCalibrationHistory", path, params=interval)).json()
        # One for each full hour.
        assert history["total_elements"] == (3 if backend["has_calibration"] else 0)
    (minutes,) = (await call("getRuntimeMinutes")).json()["allowances"]
    assert minutes["allocated_seconds"] == minutes["consumed_seconds"] + minutes["remaining_seconds"]
    for parameters in ({"provider": "IBM"}, {"provider": "ibm", "minQubits": 100}):
        assert (await call("getLeastBusyBackend", params=parameters)).json()["id"] == "ibm.qpu.fez"


async def _lists(call: Caller) -> None:
    jobs = (await call("searchJobs", params={"serviceExecutionId": EXECUTION})).json()
    assert jobs["total_elements"] == 2
    workloads = (await call("getWorkloads")).json()
    assert [item["type"] for item in workloads["content"]] == ["JOB", "JOB", "SESSION"]
    inside = (await call("getServiceExecutionWorkloads", {"serviceExecutionId": EXECUTION})).json()
    assert inside == workloads
    other = await call("getServiceExecutionWorkloads", {"serviceExecutionId": str(uuid.uuid4())})
    assert other.json()["content"] == []


async def _jobs(call: Caller, job: str, second: str) -> None:
    one, other = {"id": job}, {"serviceExecutionId": EXECUTION, "jobId": job}
    stranger = {"serviceExecutionId": str(uuid.uuid4()), "jobId": job}
    view = (await call("getJob", one)).json()
    assert (view["status"], view["name"], view["tags"]) == ("COMPLETED", "a job", ["a", "b"])
    assert view["started_at"] <= view["ended_at"]
    assert view["runtime"] >= 0
    assert (await call("getJobStatus", one)).json() == {"status": "COMPLETED"}
    assert (await call("getJobInput", one)).json() == IBM_JOB["input"]
    result = (await call("getJobResult", one)).json()
    stream = await call("getJobResultStream", one)
    assert stream.json() == result
    assert stream.headers["content-disposition"].startswith("attachment")
    assert (await call("getJobCalibration", one)).status_code == 200
    (pub,) = (await call("getNormalizedJobResult", one)).json()["pubs"]
    assert (pub["type"], pub["index"], pub["counts"]) == ("counts", 0, {"1": 10})
    assert (await call("getNormalizedJobMemory", one)).status_code == 204
    programs = (await call("getNormalizedJobInput", one)).json()
    assert programs == {"format": "openqasm.v3", "pubs": [{"qasm": IBM_JOB["input"]["pubs"][0][0], "shots": 10}]}
    for name in ("NormalizedJobResult", "NormalizedJobInput"):
        plain = await call(f"get{name}", one)
        assert (await call(f"getServiceExecution{name}", other)).content == plain.content
        assert (await call(f"getServiceExecution{name}", stranger)).status_code == 404
    for suffix in ("", "Status", "Input", "Calibration", "ResultStream"):
        plain = await call(f"getJob{suffix}", one)
        assert (await call(f"getServiceExecutionJob{suffix}", other)).content == plain.content
        assert (await call(f"getServiceExecutionJob{suffix}", stranger)).status_code == 404
    assert (await call("cancelServiceExecutionJob", stranger)).status_code == 404
    await call("cancelJob", {"id": second})
    await call("cancelServiceExecutionJob", other)


async def _sessions(call: Caller, session: str) -> None:
    one, other = {"id": session}, {"serviceExecutionId": EXECUTION, "sessionId": session}
    stranger = {"serviceExecutionId": str(uuid.uuid4()), "sessionId": session}
    view = (await call("getSession", one)).json()
    assert (view["status"], view["mode"], view["final"], view["tags"]) == ("ACTIVE", "dedicated", False, ["t"])
    for suffix in ("", "Status", "Jobs"):
        plain = await call(f"getSession{suffix}", one)
        assert (await call(f"getServiceExecutionSession{suffix}", other)).json() == plain.json()
        assert (await call(f"getServiceExecutionSession{suffix}", stranger)).status_code == 404
    for name, path in (("updateSessionState", one), ("updateServiceExecutionSessionState", other)):
        assert (await call(name, path, json={"accept_jobs": False})).json()["status"] == "DRAINING"
        assert (await call(name, path, json={"accept_jobs": True})).json()["status"] == "ACTIVE"
    assert (await call("closeServiceExecutionSession", stranger)).status_code == 404
    await call("closeServiceExecutionSession", other)
    await call("closeSession", one)
    closed = (await call("getSession", one)).json()
    assert (closed["status"], closed["final"], closed["final_not_aborted"]) == ("CLOSED", True, True)


@pytest.mark.parametrize("operation_id", [name for name in OPERATIONS if name != "getBackends"])
async def test_no_token_is_401_everywhere_else(emulator: Emulator, operation_id: str) -> None:
    method, path, _ = OPERATIONS[operation_id]
    path = path.replace("{", "").replace("}", "")
    for token in ("", "denied-token"):
        async with kipu(emulator, **{"X-Auth-Token": token}) as client:
            response = await client.request(method, path, json={} if method in ("POST", "PATCH") else None)
            assert response.status_code == 401
            check(operation_id, response)


UNKNOWN = {name: str(uuid.uuid4()) for name in ("id", "jobId", "sessionId", "serviceExecutionId")}


@pytest.mark.parametrize(
    "operation_id", [name for name, (_, path, _) in OPERATIONS.items() if "{" in path and "orkloads" not in name]
)
async def test_unknown_ids_are_404(emulator: Emulator, operation_id: str) -> None:
    async with kipu(emulator) as client:
        call = Caller(client)
        body = {"json": {"accept_jobs": False}} if OPERATIONS[operation_id][0] == "PATCH" else {}
        assert (await call(operation_id, UNKNOWN, **body)).status_code == 404
        assert (await call(operation_id, dict.fromkeys(UNKNOWN, "nosuch"), **body)).status_code == 404


async def test_jobs_of_simulators_have_no_calibration(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        job = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
        assert (await client.get(f"/jobs/{job}/calibration")).status_code == 204

"""Sessions from OPEN to CLOSED."""

from __future__ import annotations

import uuid

import httpx
import pytest
from anyio import to_thread

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import BELL, finished, kipu, qasm_job
from .test_kipu_operations import IBM_JOB, SESSION

pytestmark = pytest.mark.anyio


async def status(client: httpx.AsyncClient, session: str) -> str:
    return (await client.get(f"/sessions/{session}/status")).json()["status"]


async def test_life_of_a_session(clock: ManualClock) -> None:
    async with Emulator("fast", seed=1, clock=clock) as emulator, kipu(emulator) as client:
        created = (await client.post("/sessions", json={**SESSION, "ttl": 600, "metadata": {"a": 1}})).json()
        session = created["id"]
        assert (created["status"], created["final"]) == ("OPEN", False)
        assert (created["created_at"], created["expires_at"]) == ("2026-01-01 00:00:00", "2026-01-01 00:10:00")
        assert created["metadata"] == {"a": 1}
        assert await status(client, session) == "OPEN"
        clock.advance(1)
        assert await status(client, session) == "ACTIVE"
        clock.advance(100)
        assert await status(client, session) == "INACTIVE"
        job = (await client.post("/jobs", json={**IBM_JOB, "session_id": session})).json()
        assert job["session_id"] == session
        assert await status(client, session) == "ACTIVE"
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        clock.advance(1)
        assert await finished(client, job["id"]) == "COMPLETED"
        assert [j["id"] for j in (await client.get(f"/sessions/{session}/jobs")).json()] == [job["id"]]
        view = (await client.get(f"/sessions/{session}")).json()
        assert 100 <= view["usage_time_millis"] <= 200
        clock.advance(600)
        view = (await client.get(f"/sessions/{session}")).json()
        assert (view["status"], view["closed_at"]) == ("CLOSED", "2026-01-01 00:10:00")


async def test_draining_reopening_closing(clock: ManualClock) -> None:
    async with Emulator("fast", seed=1, clock=clock) as emulator, kipu(emulator) as client:
        session = (await client.post("/sessions", json=SESSION)).json()["id"]
        body = {**IBM_JOB, "session_id": session}
        first = (await client.post("/jobs", json=body)).json()["id"]
        drained = await client.patch(f"/sessions/{session}", json={"accept_jobs": False})
        assert (drained.status_code, drained.json()["status"]) == (200, "DRAINING")
        refused = await client.post("/jobs", json=body)
        assert (refused.status_code, "DRAINING" in refused.json()["detail"]) == (422, True)
        reopened = await client.patch(f"/sessions/{session}", json={"accept_jobs": True})
        assert reopened.json()["status"] == "ACTIVE"
        second = (await client.post("/jobs", json=body)).json()["id"]
        for _ in range(2):
            assert (await client.delete(f"/sessions/{session}")).status_code == 204
        assert await status(client, session) == "CLOSED"
        assert (await client.post("/jobs", json=body)).status_code == 422
        assert (await client.patch(f"/sessions/{session}", json={"accept_jobs": True})).status_code == 400
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        clock.advance(5)
        # Jobs already submitted are left to complete.
        assert {await finished(client, job) for job in (first, second)} == {"COMPLETED"}


async def test_jobs_of_a_session_do_not_wait_for_those_outside(clock: ManualClock) -> None:
    async with Emulator("fast", seed=1, clock=clock) as emulator, kipu(emulator) as client:
        outside = [(await client.post("/jobs", json=IBM_JOB)).json()["id"] for _ in range(5)]
        session = (await client.post("/sessions", json=SESSION)).json()["id"]
        inside = (await client.post("/jobs", json={**IBM_JOB, "session_id": session})).json()["id"]
        assert await to_thread.run_sync(emulator.wait_for_computations, 30)
        clock.advance(0.3)
        assert (await client.get(f"/jobs/{inside}/status")).json()["status"] == "COMPLETED"
        assert (await client.get(f"/jobs/{outside[4]}/status")).json()["status"] == "PENDING"


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"backend_id": "kipu.sim.qsim", "provider": "KIPU"}, 422, "does not support sessions"),
        ({"backend_id": "nosuch"}, 404, "nosuch"),
        ({"backend_id": None}, 400, "backend_id"),
        ({"provider": "AWS"}, 400, "IBM"),
        ({"provider": None}, 400, "provider"),
        ({"mode": "exclusive"}, 400, "batch, dedicated"),
        ({"mode": None}, 400, "mode"),
        ({"ttl": 0}, 400, "ttl"),
        ({"ttl": "60"}, 400, "ttl"),
        ({"tags": {}}, 400, "tags"),
        ({"metadata": []}, 400, "metadata"),
    ],
)
async def test_refused_sessions(emulator: Emulator, change: dict, code: int, words: str) -> None:
    async with kipu(emulator) as client:
        response = await client.post("/sessions", json={**SESSION, **change})
        assert response.status_code == code
        assert words in response.json()["detail"]


async def test_a_job_on_another_backend_than_its_session(emulator: Emulator) -> None:
    async with kipu(emulator) as client:
        session = (await client.post("/sessions", json=SESSION)).json()["id"]
        response = await client.post("/jobs", json=qasm_job(BELL, session_id=session))
        assert (response.status_code, "ibm.qpu.fez" in response.json()["detail"]) == (400, True)


@pytest.mark.parametrize("body", [{}, {"accept_jobs": None}, {"accept_jobs": "no"}, {"accept_jobs": 0}])
async def test_bad_updates(emulator: Emulator, body: dict) -> None:
    async with kipu(emulator) as client:
        session = (await client.post("/sessions", json=SESSION)).json()["id"]
        assert (await client.patch(f"/sessions/{session}", json=body)).status_code == 400


async def test_sessions_of_others_are_hidden(emulator: Emulator) -> None:
    async with kipu(emulator) as mine, kipu(emulator, **{"X-OrganizationId": str(uuid.uuid4())}) as theirs:
        session = (await mine.post("/sessions", json=SESSION)).json()["id"]
        assert (await theirs.get(f"/sessions/{session}")).status_code == 404
        assert (await theirs.get("/workloads")).json()["content"] == []

"""`/_control`: faults, time, control of jobs, views, and access."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import anyio
import httpx
import pytest

import anyqpu
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import MOST_SECONDS, ManualClock, VirtualClock
from anyqpu_emulator.shot_summary import shot_summary

from .conftest import BELL, CLOUDS, finished, kipu, qasm_job
from .pasqal.helpers import FLIP
from .test_faults import client_of

pytestmark = pytest.mark.anyio


@asynccontextmanager
async def control(emulator: Emulator, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(emulator.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1/_control", headers=headers) as client:
        yield client


async def test_faults_come_and_go(emulator: Emulator) -> None:
    async with control(emulator) as client, kipu(emulator) as cloud:
        made = await client.post("/faults", json={"operation": "getBackends", "status": 503, "count": 1})
        assert (made.status_code, made.json()["ids"]) == (201, ["1"])
        many = await client.post("/faults", json={"faults": [{"delay": 0.001}, {"clock": 5}]})
        assert many.json()["ids"] == ["2", "3"]
        assert [(await cloud.get("/backends")).status_code for _ in range(2)] == [503, 200]
        listed = (await client.get("/faults")).json()["faults"]
        assert [fault["fired"] for fault in listed] == [1, 2, 2]
        assert listed[0] == {
            "id": "1", "operation": "getBackends", "status": 503, "count": 1, "seen": 2, "fired": 1, "spent": True,
        }  # fmt: skip
        assert (await client.delete("/faults/2")).json() == {"removed": 1}
        assert (await client.delete("/faults/2")).status_code == 404
        assert (await client.delete("/faults")).json() == {"removed": 2}
        requests = (await client.get("/requests", params={"limit": 2})).json()["requests"]
        assert [(request["operation"], request["status"], len(request["faults"])) for request in requests] == [
            ("getBackends", 200, 2), ("getBackends", 503, 3),
        ]  # fmt: skip


async def test_more_requests_are_kept_on_request(emulator: Emulator) -> None:
    async with control(emulator) as client, kipu(emulator) as cloud:
        assert (await client.post("/requests", json={"keep": 3})).json() == {"keep": 3}
        for _ in range(5):
            await cloud.get("/backends")
        kept = (await client.get("/requests")).json()["requests"]
        assert [request["number"] for request in kept] == [5, 4, 3]
        assert (await client.post("/requests", json={"keep": 1_000})).json() == {"keep": 1_000}
        for _ in range(600):
            await cloud.get("/backends/kipu.sim.qsim/status")
        assert len((await client.get("/requests", params={"limit": 999_999})).json()["requests"]) == 603


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/faults", {"operation": "getBackend s", "status": 1}, "body.operation"),
        ("/faults", {"faults": [{"stats": 1}]}, "did you mean"),
        ("/faults", {"faults": []}, None),
        ("/requests", {"keep": 0}, "from 1 to"),
        ("/requests", {"keep": True}, "from 1 to"),
        ("/requests", {"keep": "9"}, "from 1 to"),
        ("/requests", {"keep": 9, "limit": 9}, "nothing else"),
        ("/clock", {"advance": -1}, "only goes forward"),
        ("/clock", {"advance": "1"}, "should be a number"),
        ("/clock", {"advance": 10**400}, "only goes forward"),
        ("/clock", {"advance": MOST_SECONDS, "rate": True}, "should be a number"),
        ("/clock", {"speed": "warp"}, "instant, fast, real"),
        ("/clock", {"rate": -1}, "rate should be"),
        ("/clock", {}, "advance, rate, speed"),
        ("/clock", {"hands": 2}, "nothing else"),
        ("/jobs/kipu/nosuch", {"state": "RUNNING"}, "there is no job"),
        ("/jobs/kipu/nosuch", {"state": "WALKING"}, "there is no state"),
        ("/jobs/kipu/nosuch", {"state": 1}, "state should be"),
        ("/jobs/kipu/nosuch", {}, "state should be"),
        ("/jobs/kipu/nosuch", {"state": None, "reason": 1}, "reason should be"),
    ],
)
async def test_an_invalid_fault_is_an_error(emulator: Emulator, path: str, body: Any, words: str | None) -> None:
    async with control(emulator) as client:
        response = await client.post(path, content=json.dumps(body), headers={"content-type": "application/json"})
    if words is None:
        assert response.status_code == 201
    else:
        assert response.status_code in (400, 404)
        assert words in response.json()["detail"]


async def test_an_hour_in_the_queue_takes_a_moment(anyio_backend: str) -> None:
    async with Emulator(speed="real", seed=1, clock=ManualClock()) as emulator:
        async with client_of("kipu", emulator) as client, control(emulator) as hand:
            jobs = [await client.submit(BELL, device="kipu.sim.qsim", shots=10) for _ in range(100)]
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            assert str((await jobs[-1].refresh()).status) == "queued"
            devices = (await hand.get("/state")).json()["devices"]
            assert {device["id"]: device["queued"] for device in devices}["kipu.sim.qsim"] == 100
            moved = (await hand.post("/clock", json={"advance": 3600})).json()
            assert (moved["advanced"], moved["speed"]) == (3600, "real")
            assert (await jobs[-1].result(timeout=10)).counts.shots == 10


async def test_speed_and_rate_can_be_changed(anyio_backend: str) -> None:
    base = ManualClock()
    async with Emulator(speed="real", clock=base) as emulator:
        async with kipu(emulator) as client, control(emulator) as hand:
            response = await hand.post("/clock", json={"speed": "instant", "rate": 60})
            assert (response.json()["speed"], emulator.speed) == ("instant", "instant")
            before = emulator.clock.monotonic()
            base.advance(2)
            assert emulator.clock.monotonic() - before == 120
            job = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
            assert await finished(client, job) == "COMPLETED"


def test_virtual_time() -> None:
    base = ManualClock()
    clock = VirtualClock(base)
    apart = clock.wall() - clock.monotonic()
    clock.set_rate(0)
    base.advance(100)
    clock.advance(7)
    assert clock.monotonic() == 7
    clock.set_rate(2)
    base.advance(1)
    assert (clock.monotonic(), clock.advanced, clock.rate) == (9, 7, 2)
    assert clock.wall() - clock.monotonic() == apart
    for wrong in (-1, float("nan"), float("inf")):
        with pytest.raises(ValueError, match="forward"):
            clock.advance(wrong)
        with pytest.raises(ValueError, match="rate"):
            clock.set_rate(wrong)


@pytest.mark.parametrize(("word", "status"), [("running", "RUNNING"), ("PENDING", "PENDING"), ("waiting", "PENDING")])
async def test_jobs_stay_where_they_are_put(anyio_backend: str, word: str, status: str) -> None:
    async with Emulator(speed="fast", clock=ManualClock()) as emulator:
        async with kipu(emulator) as client, control(emulator) as hand:
            job, other = [(await client.post("/jobs", json=qasm_job(BELL))).json()["id"] for _ in range(2)]
            assert (await hand.post(f"/jobs/kipu/{job}", json={"state": word})).status_code == 200
            emulator.clock.advance(3600)
            assert await finished(client, other) == "COMPLETED", "it does not delay others"
            assert (await client.get(f"/jobs/{job}/status")).json()["status"] == status
            state = (await hand.get("/state")).json()["jobs"]
            assert [item["held"] for item in state] == [True, False]
            assert (await hand.post(f"/jobs/kipu/{job}", json={"state": None})).status_code == 200
            assert await finished(client, job) == "COMPLETED"
            again = await hand.post(f"/jobs/kipu/{job}", json={"state": "failed"})
            assert (again.status_code, "stays so" in again.json()["detail"]) == (409, True)
            assert (await hand.post(f"/jobs/pasqal/{job}", json={"state": "failed"})).status_code == 404


async def test_jobs_end_by_hand(anyio_backend: str) -> None:
    async with Emulator(speed="real", clock=ManualClock()) as emulator:
        async with client_of("kipu", emulator) as client, control(emulator) as hand:
            first, second, third = [await client.submit(BELL, device="kipu.sim.qsim", shots=10) for _ in range(3)]
            await hand.post(f"/jobs/kipu/{first.id}", json={"state": "COMPLETED"})
            assert (await first.result(timeout=10)).counts.shots == 10
            await hand.post(f"/jobs/kipu/{second.id}", json={"state": "ERROR", "reason": "the fridge is warm"})
            with pytest.raises(anyqpu.errors.JobFailedError, match="the fridge is warm"):
                await second.result(timeout=10)
            emulator.move(third.id, "cancelled")
            with pytest.raises(anyqpu.errors.JobCancelledError):
                await third.result(timeout=10)
            with pytest.raises(ValueError, match="no job"):
                emulator.move("nosuch", "failed")


async def test_one_job_has_its_times(anyio_backend: str) -> None:
    """It waits for 10 seconds and runs for 20, from the beginning of 2026."""
    clock = ManualClock()
    async with Emulator(clock=clock) as emulator, kipu(emulator) as client, control(emulator) as hand:
        emulator.set_pace(queue=10, run=20)
        job = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        for seconds, state, started, ended, left in (
            (0, "queued", None, None, 30),
            (15, "running", "2026-01-01T00:00:10+00:00", None, 15),
            (60, "completed", "2026-01-01T00:00:10+00:00", "2026-01-01T00:00:30+00:00", 0),
        ):
            clock.advance(seconds - clock.monotonic())
            details = (await hand.get(f"/jobs/kipu/{job}")).json()
            assert (details["id"], details["state"], details["held"]) == (job, state, False)
            assert (details["started_at"], details["ended_at"], details["ends_in"]) == (started, ended, left)
        for path in (f"/jobs/pasqal/{job}", "/jobs/kipu/nosuch", f"/jobs/nosuch/{job}"):
            assert (await hand.get(path)).status_code == 404


@pytest.mark.parametrize("cloud", ["scaleway", "kipu", "pasqal"])
async def test_one_job_has_its_program(emulator: Emulator, cloud: str) -> None:
    from .test_faults import submit

    async with client_of(cloud, emulator) as client, control(emulator) as hand:
        job = await submit(cloud, client)
        program = (await hand.get(f"/jobs/{cloud}/{job.id}")).json()["program"]
    if cloud == "scaleway":
        # Its texts are compressed within the payload of a model.
        assert len(json.loads(program)["programs"]) == 1
    elif cloud == "kipu":
        assert program == BELL
    else:
        assert json.loads(program) == json.loads(FLIP)


async def test_a_long_program_is_cut(emulator: Emulator) -> None:
    async with kipu(emulator) as client, control(emulator) as hand:
        program = BELL + "\n" + "// filler\n" * 5_000
        job = (await client.post("/jobs", json=qasm_job(program))).json()["id"]
        details = (await hand.get(f"/jobs/kipu/{job}")).json()
    assert (details["program"], details["program_characters"]) == (program[:20_000], len(program))


async def test_operations_are_those_that_faults_take(emulator: Emulator) -> None:
    async with control(emulator) as hand:
        words = (await hand.get("/operations")).json()
        names = words["operations"]
        assert set(names) == set(CLOUDS)
        for cloud, name in (
            ("kipu", "createJob"), ("scaleway", "CreateJob"), ("pasqal", "create_batch"), ("kipu", "token"),
            ("rigetti", "ExecuteControllerJob"), ("rigetti", "execute_qpu_request"), ("pasqal", "download"),
        ):  # fmt: skip
            assert name in names[cloud]
        every = [{"cloud": cloud, "operation": name, "status": 503} for cloud in names for name in names[cloud]]
        every += [{"body": body} for body in words["bodies"]]
        every += [{"grpc_status": status} for status in words["grpc_statuses"]]
        assert (await hand.post("/faults", json={"faults": every})).status_code == 201


async def test_a_job_fails_with_the_reason_whatever_its_computation_says(emulator: Emulator) -> None:
    emulator.faults.add(stuck=True)
    async with client_of("kipu", emulator) as client, control(emulator) as hand:
        job = await client.submit("OPENQASM 2.0; qreg q[1]; nosuch q[0];", device="kipu.sim.qsim", shots=1)
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        await hand.post(f"/jobs/kipu/{job.id}", json={"state": "failed", "reason": "the fridge is warm"})
        with pytest.raises(anyqpu.errors.JobFailedError, match="the fridge is warm"):
            await job.result(timeout=10)


async def test_a_failed_computation_cannot_be_completed(emulator: Emulator) -> None:
    emulator.faults.add(stuck=True)
    async with kipu(emulator) as client, control(emulator) as hand:
        wide = "OPENQASM 2.0; qreg q[40]; creg c[40]; U(1,0,0) q; measure q -> c;"
        made = await client.post("/jobs", json=qasm_job(wide))
        response = await hand.post(f"/jobs/kipu/{made.json()['id']}", json={"state": "completed"})
        assert (response.status_code, "no result" in response.json()["detail"]) == (409, True)


async def test_state_knows_everything(emulator: Emulator) -> None:
    async with kipu(emulator) as client, control(emulator) as hand:
        job = (await client.post("/jobs", json=qasm_job(BELL, shots=50, name="bell"))).json()["id"]
        await finished(client, job)
        await client.post("/sessions", json={"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"})
        state = (await hand.get("/state")).json()
        assert {device["cloud"] for device in state["devices"]} == set(CLOUDS)
        [shown] = state["jobs"]
        assert (shown["name"], shown["state"], sum(shown["counts"].values())) == ("bell", "completed", 50)
        [session] = state["sessions"]
        assert (session["cloud"], session["kind"], session["backend"]) == ("kipu", "session", "ibm.qpu.fez")
        assert state["totals"] == {"jobs": 1, "sessions": 1, "states": {"COMPLETED": 1}}
        assert (await hand.get("/state", params={"limit": "0"})).status_code == 400


async def test_reset_forgets(emulator: Emulator) -> None:
    emulator.faults.add(delay=0.001)
    async with kipu(emulator) as client, control(emulator) as hand:
        job = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
        assert (await hand.post("/reset", json={})).status_code == 200
        assert (await client.get(f"/jobs/{job}")).status_code == 404
        assert (await hand.get("/faults")).json() == {"faults": []}
        again = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
        assert await finished(client, again) == "COMPLETED"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8787", "127.0.0.1.evil.example", "", "[evil]"])
async def test_other_hosts_are_refused(emulator: Emulator, host: str) -> None:
    async with control(emulator) as hand:
        for path in ("/", "/state", "/requests", "/faults", "/clock"):
            assert (await hand.get(path, headers={"host": host})).status_code == 403
        assert (await hand.post("/reset", json={}, headers={"host": host})).status_code == 403
        assert (await hand.get("/health", headers={"host": host})).status_code == 200


@pytest.mark.parametrize("host", ["127.0.0.1:8787", "localhost", "a.localhost:1", "[::1]:8787", "192.0.2.7"])
async def test_own_hosts_are_not(emulator: Emulator, host: str) -> None:
    async with control(emulator) as hand:
        assert (await hand.get("/state", headers={"host": host})).status_code == 200


async def test_the_name_that_the_server_was_given_is_its_own(emulator: Emulator) -> None:
    async with control(emulator) as hand:
        assert (await hand.get("/state", headers={"host": "lab-7:8787"})).status_code == 403
        emulator.host_names.add("lab-7")
        assert (await hand.get("/state", headers={"host": "Lab-7:8787"})).status_code == 200


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_what_a_form_elsewhere_could_send_is_refused(emulator: Emulator, kind: str) -> None:
    async with control(emulator) as hand:
        for path in ("/faults", "/clock", "/reset", "/jobs/kipu/1"):
            assert (await hand.post(path, content=b"{}", headers={"content-type": kind})).status_code == 415


@pytest.mark.parametrize(
    ("content", "cloud", "counts"),
    [
        (b'{"counts": {"00": 3, "11": 5}}', "kipu", {"11": 5, "00": 3}),
        (b'{"results": [{"data": {"counts": {"0x0": 2, "0x3": 1}}}]}', "scaleway", {"0x0": 2, "0x3": 1}),
        (b'{"measurements": [[0, 1], [0, 1], [1, 1]]}', "kipu", {"01": 2, "11": 1}),
        (b'{"0": 0.5, "3": 0.5}', "kipu", {"0": 0.5, "3": 0.5}),
        (b'{"results": ":PCVL:BSCount:{|0,2>=501;|2,0>=499}"}', "kipu", {"|0,2>": 501, "|2,0>": 499}),
        (b"\x00\x01\x01" + b"\x01\x01\x01", "rigetti", {"11": 2, "01": 1}),
        (b'{"energy": -1.5}', "scaleway", None),
        (b"[" * 100_000, "kipu", None),
        (b"\xff\xfe", "kipu", None),
        (b"", "kipu", None),
    ],
)
def test_counts_are_found_in_any_result(content: bytes, cloud: str, counts: dict[str, float] | None) -> None:
    assert shot_summary(content, cloud, 3) == counts


@pytest.mark.parametrize("cloud", ["scaleway", "kipu", "pasqal"])
async def test_counts_of_each_cloud_are_shown(emulator: Emulator, cloud: str) -> None:
    from .test_faults import QUICK, submit

    async with client_of(cloud, emulator) as client:
        job = await submit(cloud, client)
        await job.result(timeout=20, poll=QUICK)
    [shown] = emulator.overview.state(10)["jobs"]
    assert sum(shown["counts"].values()) == 10

"""State in a file: every response before a restart stays true after it."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest

from anyqpu.errors import ConfigError
from anyqpu_cli.emulate import serve
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.clouds.rigetti.translation import Binary
from anyqpu_emulator.persistence import Codec, StateError
from anyqpu_emulator.persistence.file import StateFile
from tests.support.inside import executions_of

pytestmark = pytest.mark.anyio
BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n'
QAAS = "/scaleway/qaas/v1alpha1"
PASQAL = "/pasqal/core-fast/api"
PROJECT = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
HEADERS = {"X-Auth-Token": "t", "Authorization": "Bearer emulator"}


@asynccontextmanager
async def started(
    path: Path, clock: ManualClock | None = None, **options: Any
) -> AsyncIterator[tuple[Emulator, httpx.AsyncClient]]:
    made = await anyio.to_thread.run_sync(lambda: Emulator(clock=clock, state=path, **options))
    async with made as emulator:
        transport = httpx.ASGITransport(emulator.app)
        yield emulator, httpx.AsyncClient(transport=transport, base_url="http://emulator", headers=HEADERS)


async def post(client: httpx.AsyncClient, path: str, body: Any, status: int | None = None) -> Any:
    response = await client.post(path, json=body)
    assert response.is_success if status is None else response.status_code == status, response.text
    return response.json() if response.content else None


async def get(client: httpx.AsyncClient, path: str) -> Any:
    response = await client.get(path)
    assert response.is_success, response.text
    return response.json()


def kipu_job(**changes: Any) -> dict[str, Any]:
    return {"backend_id": "kipu.sim.qsim", "shots": 100, "input": {"qasm": BELL}, "name": "bell", **changes}


async def test_finished_jobs_keep_their_results_and_times(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    async with started(path) as (emulator, client):
        job = await post(client, "/kipu/quantum/jobs", kipu_job())
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        before = await get(client, f"/kipu/quantum/jobs/{job['id']}")
        result = await get(client, f"/kipu/quantum/jobs/{job['id']}/result")
        assert before["status"] == "COMPLETED"
    async with started(path) as (_, client):
        assert await get(client, f"/kipu/quantum/jobs/{job['id']}") == before
        assert await get(client, f"/kipu/quantum/jobs/{job['id']}/result") == result
        listed = await get(client, "/kipu/quantum/jobs")
        assert [one["id"] for one in listed["content"]] == [job["id"]]


async def test_normalized_results_and_names_of_programs_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    programs = [{"qasm": BELL, "name": "pair"}, {"qasm": BELL}]
    body = kipu_job(
        backend_id="qudora.sim.xg1", input={"qasm": [BELL, BELL]}, qasm={"format": "openqasm.v2", "programs": programs}
    )
    parts = ("", "/result", "/result/normalized", "/input/normalized")
    async with started(path) as (emulator, client):
        job = await post(client, "/kipu/quantum/jobs", body)
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        before = [await get(client, f"/kipu/quantum/jobs/{job['id']}{part}") for part in parts]
        assert [pub.get("name") for pub in before[2]["pubs"]] == ["pair", None]
    async with started(path) as (_, client):
        assert [await get(client, f"/kipu/quantum/jobs/{job['id']}{part}") for part in parts] == before


async def test_unfinished_jobs_continue_with_the_same_results(tmp_path: Path) -> None:
    results = []
    for restart in (False, True):
        path = tmp_path / f"{restart}.sqlite"
        clock = ManualClock()
        async with started(path, clock, speed="real", seed=7) as (emulator, client):
            ids = [(await post(client, "/kipu/quantum/jobs", kipu_job()))["id"] for _ in range(3)]
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            clock.advance(9)
            states = [(await get(client, f"/kipu/quantum/jobs/{id}"))["status"] for id in ids]
            assert states == ["RUNNING", "PENDING", "PENDING"]
            if not restart:
                clock.advance(100)
                for id in ids:
                    results.append(await get(client, f"/kipu/quantum/jobs/{id}/result"))
                continue
        clock = ManualClock()  # begins where the first one did: time continues from the file's
        async with started(path, clock, speed="real", seed=7) as (emulator, client):
            states = [(await get(client, f"/kipu/quantum/jobs/{id}"))["status"] for id in ids]
            assert states == ["RUNNING", "PENDING", "PENDING"]
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            clock.advance(100)
            bodies = [await get(client, f"/kipu/quantum/jobs/{id}/result") for id in ids]
            assert bodies == results
            # The next program has the next seed, not the first one again.
            more = await post(client, "/kipu/quantum/jobs", kipu_job())
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            clock.advance(100)
            assert await get(client, f"/kipu/quantum/jobs/{more['id']}/result") not in results


async def test_kipu_sessions_tokens_and_cancelled_jobs(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    token = "/kipu/realms/planqk/protocol/openid-connect/token"
    form = {"grant_type": "password", "client_id": "c", "username": "u", "password": "p"}
    wanted = {"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM", "ttl": 600, "metadata": {"$": 1}}
    clock = ManualClock()
    async with started(path, clock, speed="real", require_token="secret") as (_, client):
        granted = (await client.post(token, data=form | {"password": "secret"})).json()
        client.headers["X-Auth-Token"] = granted["access_token"]
        session = await post(client, "/kipu/quantum/sessions", wanted)
        job = await post(client, "/kipu/quantum/jobs", kipu_job())
        assert (await client.delete(f"/kipu/quantum/jobs/{job['id']}")).status_code == 204
        clock.advance(60)
        before = await get(client, f"/kipu/quantum/sessions/{session['id']}")
    clock = ManualClock()
    async with started(path, clock, speed="real", require_token="secret") as (_emulator, client):
        client.headers["X-Auth-Token"] = granted["access_token"]
        assert await get(client, f"/kipu/quantum/sessions/{session['id']}") == before
        assert (await get(client, f"/kipu/quantum/jobs/{job['id']}"))["status"] == "CANCELLED"
        clock.advance(241)  # 301 s since it was issued
        assert (await client.get("/kipu/quantum/jobs")).status_code == 401
        refresh = {"grant_type": "refresh_token", "client_id": "c", "refresh_token": granted["refresh_token"]}
        fresh = (await client.post(token, data=refresh)).json()
        client.headers["X-Auth-Token"] = fresh["access_token"]
        clock.advance(300 - 60)
        closed = await get(client, f"/kipu/quantum/sessions/{session['id']}")
        assert closed["status"] in ("INACTIVE", "CLOSED")
    async with started(path, require_token="secret") as (_, client):
        # Used up before the restart.
        assert (await client.post(token, data=refresh)).status_code == 400


async def test_scaleway_sessions_bookings_models_links_and_deduplication(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    clock = ManualClock()
    async with started(path, clock, speed="real", seed=1) as (_, client):
        platforms = (await get(client, f"{QAAS}/platforms"))["platforms"]
        ids = {one["name"]: one["id"] for one in platforms}
        model = await post(client, f"{QAAS}/models", {"project_id": PROJECT, "payload": '{"a": 1}'})
        aer = {"project_id": PROJECT, "platform_id": ids["EMU-AER-16C-128M"], "name": "mine"}
        session = await post(client, f"{QAAS}/sessions", aer | {"deduplication_id": "once", "max_duration": "3000s"})
        demand = {"started_at": "2026-01-02T10:00:00Z", "finished_at": "2026-01-02T11:00:00Z"}
        booked = await post(
            client,
            f"{QAAS}/sessions",
            {"project_id": PROJECT, "platform_id": ids["QPU-FRESNEL-100PQ"], "booking_demand": demand},
        )
        clock.advance(20)
        bookings = await get(client, f"{QAAS}/bookings")
        before = await get(client, f"{QAAS}/sessions")
    async with started(path, ManualClock(), speed="real", seed=1) as (_emulator, client):
        assert await get(client, f"{QAAS}/bookings") == bookings
        assert await get(client, f"{QAAS}/sessions") == before
        again = await post(client, f"{QAAS}/sessions", aer | {"deduplication_id": "once"})
        assert again["id"] == session["id"]
        assert (await client.get(model["url"], headers={"Authorization": ""})).status_code == 403
        del client.headers["Authorization"]
        assert (await client.get(model["url"])).json() == {"a": 1}
        other = await post(client, f"{QAAS}/models", {"project_id": PROJECT, "payload": "{}"})
        assert [one["id"] for one in (await get(client, f"{QAAS}/models"))["models"]] == [other["id"], model["id"]]
        taken = {"project_id": PROJECT, "platform_id": ids["QPU-FRESNEL-100PQ"], "booking_demand": demand}
        await post(client, f"{QAAS}/sessions", taken, 409)
        assert (await client.delete(f"{QAAS}/sessions/{booked['id']}")).status_code == 204
    async with started(path, ManualClock(), speed="real", seed=1) as (_, client):
        assert booked["id"] not in [one["id"] for one in (await get(client, f"{QAAS}/sessions"))["sessions"]]


async def test_pasqal_batches_tags_workloads_and_links(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    async with started(path) as (emulator, client):
        body = {"project_id": PROJECT, "sequence_builder": "no sequence", "jobs": [{"runs": 5}], "open": True}
        batch = (await post(client, f"{PASQAL}/v1/batches", body | {"tags": ["a"]}))["data"]
        work = {"project_id": PROJECT, "workload_type": "qadence_circuit", "backend": "b", "config": {"x": [1]}}
        workload = (await post(client, f"{PASQAL}/v1/workloads", work))["data"]
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        before = await get(client, f"{PASQAL}/v2/batches/{batch['id']}")
        link = (await get(client, f"{PASQAL}/v2/workloads/{workload['id']}"))["data"]["result_link"]
        assert await client.patch(f"{PASQAL}/v1/batches/{batch['id']}/tags", json=["b"])
    async with started(path) as (_, client):
        after = await get(client, f"{PASQAL}/v2/batches/{batch['id']}")
        assert after["data"]["tags"] == ["b"]
        assert {**after["data"], "tags": ["a"]} == before["data"]
        assert (await client.get(link)).status_code == 400
        del client.headers["Authorization"]
        assert (await client.get(link)).json()["config"] == {"x": [1]}


async def test_rigetti_reservations_balances_groups_and_refresh_tokens(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    issuer = "/rigetti/oauth2/default/v1/token"
    form = {"grant_type": "refresh_token", "client_id": "c", "refresh_token": "mine"}
    async with started(path, ManualClock()) as (_, client):
        me = (await get(client, "/rigetti/v1/auth:getUser"))["idpId"]
        group = (await get(client, f"/rigetti/v1/users/{me}/groups"))["groups"][0]["name"]
        members = await get(client, f"/rigetti/v1/groups/{group}/users")
        wanted = {
            "quantumProcessorId": "Aspen-9",
            "startTime": "2026-01-02T10:00:00Z",
            "endTime": "2026-01-02T10:15:00Z",
        }
        made = await post(client, "/rigetti/v1/reservations", wanted)
        balance = await get(client, f"/rigetti/v1/users/{me}/balance")
        email = members["users"][-1]["profile"]["email"]
        await post(client, "/rigetti/v1/groups:removeUser", {"groupName": group, "userEmail": email})
        endpoint = await post(client, "/rigetti/v1/endpoints", {"quantumProcessorIds": ["Aspen-9"]})
        rotated = (await client.post(issuer, data=form)).json()["refresh_token"]
    async with started(path, ManualClock()) as (_, client):
        assert (await get(client, "/rigetti/v1/reservations"))["reservations"] == [made]
        assert await get(client, f"/rigetti/v1/users/{me}/balance") == balance
        left = [user["profile"]["email"] for user in (await get(client, f"/rigetti/v1/groups/{group}/users"))["users"]]
        assert email not in left
        assert (await get(client, f"/rigetti/v1/endpoints/{endpoint['id']}"))["id"] == endpoint["id"]
        await post(client, "/rigetti/v1/reservations", wanted, 409)
        assert (await client.post(issuer, data=form)).status_code == 400
        assert (await client.post(issuer, data=form | {"refresh_token": rotated})).status_code == 200


async def test_a_reset_empties_the_file_too(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    async with started(path) as (emulator, client):
        await post(client, "/kipu/quantum/jobs", kipu_job())
        await anyio.to_thread.run_sync(emulator.reset)
        assert emulator.jobs() == []
        await post(client, "/kipu/quantum/jobs", kipu_job(name="second"))
    async with started(path) as (emulator, _):
        assert [job["name"] for job in emulator.jobs()] == ["second"]


CHILD = """
    import asyncio, httpx, os, signal, sys
    from anyqpu_emulator import Emulator
    from anyqpu_emulator.persistence import StateFile

    if sys.argv[3] == "late":  # like an emulator that responds first and writes afterwards
        StateFile.write = lambda self, rows, **options: None

    async def main():
        emulator = Emulator(state=sys.argv[1])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://e") as client:
            for number in range(10**9):
                body = {"backend_id": "kipu.sim.qsim", "shots": 10, "name": str(number), "input": {"qasm": sys.argv[2]}}
                response = await client.post("/kipu/quantum/jobs", json=body, headers={"X-Auth-Token": "t"})
                print(response.json()["id"], flush=True)

    asyncio.run(main())
"""


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("writes", ["before responses", "late"])
async def test_a_killed_emulator_leaves_all_that_it_reported(tmp_path: Path, writes: str) -> None:
    """The child that writes late is the control: with it, the same check finds that jobs are missing."""
    path = tmp_path / "state.sqlite"
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(path), BELL, writes]
    acknowledged = []
    with subprocess.Popen(  # noqa: ASYNC220 - nothing else runs in this loop
        command, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdout is not None
        acknowledged = [child.stdout.readline().strip() for _ in range(20)]
        child.kill()
        acknowledged += [line.strip() for line in child.stdout if len(line.strip()) == 36]
    async with started(path) as (emulator, client):
        missing = set(acknowledged) - {job["id"] for job in emulator.jobs()}
        if writes == "late":
            assert missing
            return
        assert not missing
        await anyio.to_thread.run_sync(emulator.wait_for_computations)
        assert (await get(client, f"/kipu/quantum/jobs/{acknowledged[0]}"))["status"] == "COMPLETED"


def test_a_file_that_is_not_ours_is_refused_and_left_alone(tmp_path: Path) -> None:
    text, foreign, newer = tmp_path / "a.txt", tmp_path / "b.sqlite", tmp_path / "c.sqlite"
    text.write_text("not a database, but long enough to be checked" * 20)
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (a)")
    connection.close()
    StateFile(newer).close()
    with sqlite3.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = text.read_bytes(), foreign.read_bytes()
    for path, words in ((text, "not an SQLite database"), (foreign, "something else"), (newer, "version 99")):
        with pytest.raises(StateError, match=words):
            Emulator(state=path)
    assert (text.read_bytes(), foreign.read_bytes()) == before
    with pytest.raises(StateError, match=r"folder of the state file .* does not exist"):
        Emulator(state=tmp_path / "nowhere" / "x.sqlite")


def test_the_command_line_says_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("hello" * 200)
    with pytest.raises(ConfigError, match="not an SQLite database"):
        serve("127.0.0.1", 0, speed="fast", seed=None, require_token=None, state=str(path))


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_server_that_gets_sigterm_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    command = [
        sys.executable,
        "-c",
        "from anyqpu_cli import main; main()",
        "emulate",
        "--port",
        "0",
        "--state",
        str(path),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        address = child.stdout.readline().split()[3]
        httpx.get(f"{address}/_control/health")
        child.terminate()
        assert child.wait(30) == 128 + signal.SIGTERM
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


async def test_executions_on_rigetti_survive(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    quil = "DECLARE ro BIT[1]\nDECLARE theta REAL[1]\nRX(pi/2) 0\nRZ(theta[0]) 0\nRX(-pi/2) 0\nMEASURE 0 ro[0]\n"
    executions_seen = []
    for time in (0, 100):
        clock = ManualClock()
        async with started(path, clock, speed="real", seed=1) as (emulator, _):
            executions = executions_of(emulator)
            if time == 0:
                binary, memory = Binary("Aspen-9", quil, 10), {"theta": [3.141592653589793]}
                job = await anyio.to_thread.run_sync(executions.start, binary, memory)
            await anyio.to_thread.run_sync(emulator.wait_for_computations)
            clock.advance(time)
            executions_seen.append(executions.find(job))
    assert str(executions_seen[0].job.state) == "queued"
    assert str(executions_seen[1].job.state) == "completed"
    assert [set(buffer["data"]) for buffer in executions_seen[1].buffers().values()] == [{1}]


def test_two_emulators_do_not_share_a_file(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    with Emulator(state=path):
        with pytest.raises(StateError, match="in use"):
            Emulator(state=path)
    Emulator(state=path).close()
    assert path.stat().st_mode & 0o077 == 0


def test_a_record_that_makes_no_sense_is_an_error_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    Emulator(state=path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO records (kind, name, body) VALUES ('kipu.session', 'x', ?)", ('{"$": "os"}',))
    connection.close()
    with pytest.raises(StateError, match=r"kipu\.session that cannot be read \(x"):
        Emulator(state=path)


def test_only_registered_classes_are_written_and_made() -> None:
    codec = Codec()
    value = {"$": [1, (2, b"\x00\xff")], "text": "\ud800", "deep": [{"$": "bytes"}]}
    assert codec.decode(json.loads(json.dumps(codec.encode(value)))) == value
    with pytest.raises(TypeError, match="cannot write a UUID"):
        codec.encode(uuid.uuid4())
    with pytest.raises(LookupError):
        codec.decode({"$": "Path", "fields": {}})

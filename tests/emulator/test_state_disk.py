"""A full disk: what was acknowledged stays, what cannot be saved is refused, and later requests work again.

A small file system needs root to mount, which a test run seldom has. The limits here are those that any process can
set: `RLIMIT_FSIZE`, by which the operating system itself refuses to let a file grow, in a process of its own; and
SQLite's `max_page_count`, which gives the same `SQLITE_FULL` as a full disk.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import httpx
import pytest

from anyqpu_emulator import Emulator
from tests.support.inside import connection_of

from .conftest import BELL, qasm_job

pytestmark = pytest.mark.anyio
PROJECT = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
HEADERS = {"X-Auth-Token": "t", "Authorization": "Bearer emulator"}
# Something that each cloud has to save, and how its error says why it did not: Scaleway's typed errors, RFC 7807,
# JSend, QCS's `Error`.
CREATES: dict[str, tuple[str, dict[str, Any], str]] = {
    "scaleway": ("/scaleway/qaas/v1alpha1/models", {"project_id": PROJECT, "payload": "{}"}, "message"),
    "kipu": ("/kipu/quantum/jobs", qasm_job(BELL, name="refused"), "detail"),
    "pasqal": (
        "/pasqal/core-fast/api/v1/workloads",
        {"project_id": PROJECT, "workload_type": "qadence_circuit", "backend": "b", "config": {}},
        "data",
    ),
    "rigetti": ("/rigetti/v1/endpoints", {"quantumProcessorIds": ["Aspen-9"]}, "message"),
}


@asynccontextmanager
async def started(path: Path) -> AsyncIterator[tuple[Emulator, httpx.AsyncClient]]:
    made = await anyio.to_thread.run_sync(lambda: Emulator(state=path))
    async with made as emulator:
        transport = httpx.ASGITransport(emulator.app)
        async with httpx.AsyncClient(transport=transport, base_url="http://emulator", headers=HEADERS) as client:
            yield emulator, client


def fill_up(emulator: Emulator, pages: int | None) -> None:
    """Let the file have no page more than it has, or any number again."""
    connection = connection_of(emulator)
    (used,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {used if pages is None else pages}")


@pytest.mark.parametrize("cloud", CREATES)
async def test_what_cannot_be_saved_is_refused_in_the_words_of_the_cloud(tmp_path: Path, cloud: str) -> None:
    path, body, field = CREATES[cloud]
    file = tmp_path / "state.sqlite"
    async with started(file) as (emulator, client):
        kept = await client.post("/kipu/quantum/jobs", json=qasm_job(BELL, name="kept"))
        assert kept.status_code == 201
        fill_up(emulator, None)
        statuses = []
        # Pages that the file has already have some free space.
        for _ in range(200):
            response = await client.post(path, json=body)
            statuses.append(response.status_code)
            if response.status_code == 507:
                break
        assert statuses[-1] == 507
        assert f"the state file {file} cannot be written (database or disk is full)" in str(response.json()[field])
        # Views do not show what is not in the file: refused requests are not visible.
        seen = await client.get("/kipu/quantum/jobs")
        assert seen.status_code == 507
        state = (await client.get("/_control/state")).json()
        assert "cannot be written" in state["state_problem"]
        assert (await client.get("/_control/health")).status_code == 200
        fill_up(emulator, 2**30)
        assert (await client.get("/kipu/quantum/jobs")).status_code == 200
        assert (await client.post(path, json=body)).is_success
        assert (await client.get("/_control/state")).json()["state_problem"] is None
        there = {effect.id for effect in emulator.effects()}
        assert kept.json()["id"] in there
    async with started(file) as (emulator, _):
        assert {effect.id for effect in emulator.effects()} == there


async def test_a_reset_makes_room(tmp_path: Path) -> None:
    async with started(tmp_path / "state.sqlite") as (emulator, client):
        fill_up(emulator, None)
        huge = qasm_job(BELL, name="x" * 200_000)
        assert (await client.post("/kipu/quantum/jobs", json=huge)).status_code == 507
        assert (await client.post("/_control/reset", json={}, headers={"host": "localhost"})).status_code == 200
        assert (await client.get("/kipu/quantum/jobs")).json()["content"] == []


CHILD = """
    import asyncio, httpx, json, os, resource, sys
    from anyqpu_emulator import Emulator

    async def main(path, job):
        emulator = Emulator(state=path)
        # The log of SQLite's changes, in which each is first, is what grows.
        limit = os.path.getsize(path + "-wal") + 200_000
        found = {"acknowledged": [], "refused": [], "afterwards": []}
        async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://e") as client:
            async def submit(name):
                body = job | {"name": name}
                response = await client.post("/kipu/quantum/jobs", json=body, headers={"X-Auth-Token": "t"})
                return response.status_code, response.json().get("id")
            for number in range(1000):
                if number == 5:
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
                status, job_id = await submit("x" * 2000)
                if status != 201:
                    found["refused"].append(status)
                    break
                found["acknowledged"].append(job_id)
            found["refused"].append((await submit("again"))[0])
            resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            status, job_id = await submit("afterwards")
            found["afterwards"].append(status)
            found["acknowledged"].append(job_id)
        print(json.dumps(found), flush=True)
        # As if it were killed: nothing is saved on the way out.
        os._exit(0)

    asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
"""


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
async def test_a_file_that_may_not_grow_keeps_what_was_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(path), json.dumps(qasm_job(BELL))]
    done = await anyio.to_thread.run_sync(
        lambda: subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    )
    printed = json.loads(done.stdout)
    assert printed["refused"] == [507, 507]
    assert printed["afterwards"] == [201]
    # Five before the limit, and some of what fits below it.
    assert len(printed["acknowledged"]) > 6
    assert "cannot be written" in done.stderr
    assert "can be written again" in done.stderr
    assert "Traceback" not in done.stderr
    async with started(path) as (emulator, _):
        assert {job["id"] for job in emulator.jobs()} >= set(printed["acknowledged"])

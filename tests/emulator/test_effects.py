"""What clients created, counted by cloud, kind and key: `Emulator.effects` and `GET /_control/state`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import BELL, qasm_job

pytestmark = pytest.mark.anyio
QAAS = "/scaleway/qaas/v1alpha1"
PASQAL = "/pasqal/core-fast/api"
PROJECT = "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10"
KEY = "anyqpu-0123456789abcdef0123456789abcdef"
HEADERS = {"X-Auth-Token": "t", "Authorization": "Bearer emulator"}


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    with Emulator(seed=7, clock=ManualClock()) as instance:
        yield instance


def client_of(emulator: Emulator) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(emulator.app)
    return httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1", headers=HEADERS)


async def post(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> Any:
    response = await client.post(path, json=body)
    assert response.is_success, response.text
    return response.json()


async def fill(client: httpx.AsyncClient) -> None:
    """One thing of each kind, with a key where the cloud can store one."""
    platforms = (await client.get(f"{QAAS}/platforms")).json()["platforms"]
    ids = {platform["name"]: platform["id"] for platform in platforms}
    model = await post(client, f"{QAAS}/models", {"project_id": PROJECT, "payload": "{}"})
    on_fresnel = {"project_id": PROJECT, "platform_id": ids["QPU-FRESNEL-100PQ"], "name": "booked"}
    times = {"started_at": "2026-01-02T10:00:00Z", "finished_at": "2026-01-02T11:00:00Z"}
    session = {"project_id": PROJECT, "platform_id": ids["EMU-AER-16C-128M"], "deduplication_id": KEY}
    session_id = (await post(client, f"{QAAS}/sessions", session))["id"]
    await post(client, f"{QAAS}/sessions", on_fresnel | {"deduplication_id": "other", "booking_demand": times})
    job = {"session_id": session_id, "name": "bell", "tags": [KEY, "mine"], "circuit": {}, "model_id": model["id"]}
    await post(client, f"{QAAS}/jobs", job)
    await post(client, "/kipu/quantum/jobs", qasm_job(BELL, tags=["mine", KEY], name="bell"))
    kipu_session = {"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM", "tags": [KEY]}
    await post(client, "/kipu/quantum/sessions", kipu_session)
    jobs = [{"runs": 5}, {"runs": 6}]
    batch = {"project_id": PROJECT, "sequence_builder": "no sequence", "jobs": jobs, "tags": [KEY]}
    await post(client, f"{PASQAL}/v1/batches", batch)
    work = {"project_id": PROJECT, "workload_type": "qadence_circuit", "backend": "b", "config": {"note": "x"}}
    await post(client, f"{PASQAL}/v1/workloads", work)
    await post(client, "/rigetti/v1/endpoints", {"quantumProcessorIds": ["Aspen-9"]})


COUNTS = {
    "scaleway": {"job": 1, "session": 2, "booking": 1, "model": 1},
    "kipu": {"job": 1, "session": 1},
    "pasqal": {"job": 2, "workload": 1, "batch": 1},
    "rigetti": {"endpoint": 1},
}


async def test_effects_are_counted_by_cloud_kind_and_key(emulator: Emulator) -> None:
    assert emulator.effects() == []
    async with client_of(emulator) as client:
        await fill(client)
    counted = {cloud: dict(Counter(effect.kind for effect in emulator.effects(cloud=cloud))) for cloud in COUNTS}
    assert counted == COUNTS
    kinds = [(effect.cloud, effect.kind) for effect in emulator.effects(key=KEY)]
    assert sorted(kinds) == [
        ("kipu", "job"), ("kipu", "session"), ("pasqal", "batch"), ("pasqal", "job"), ("pasqal", "job"),
        ("scaleway", "job"), ("scaleway", "session"),
    ]  # fmt: skip
    assert [effect.keys for effect in emulator.effects(cloud="kipu", kind="job")] == [("mine", KEY, "bell")]
    assert emulator.effects(key="anyqpu-ffff") == []


async def test_what_is_deleted_is_gone_and_what_is_cancelled_stays(emulator: Emulator) -> None:
    async with client_of(emulator) as client:
        await fill(client)
        [endpoint] = emulator.effects(kind="endpoint")
        assert (await client.delete(f"/rigetti/v1/endpoints/{endpoint.id}")).status_code == 204
        assert emulator.effects(kind="endpoint") == []
        [job] = emulator.effects(cloud="kipu", kind="job")
        assert (await client.delete(f"/kipu/quantum/jobs/{job.id}")).status_code == 204
        assert [effect.id for effect in emulator.effects(cloud="kipu", kind="job")] == [job.id]


async def test_the_notes_of_a_reservation_hold_its_key(emulator: Emulator) -> None:
    times = {"startTime": "2026-01-02T10:00:00Z", "endTime": "2026-01-02T10:15:00Z"}
    async with client_of(emulator) as client:
        body = {"quantumProcessorId": "Aspen-9", "notes": f"for the group ({KEY})", **times}
        made = await post(client, "/rigetti/v1/reservations", body)
    [effect] = emulator.effects(key=KEY)
    assert (effect.cloud, effect.kind, effect.id) == ("rigetti", "reservation", str(made["id"]))


async def test_the_state_is_json_that_no_browser_takes_for_a_page(emulator: Emulator) -> None:
    evil = "<script>alert(1)</script>"
    async with client_of(emulator) as client:
        await post(client, "/kipu/quantum/jobs", qasm_job(BELL, tags=[evil], name=evil))
        response = await client.get("/_control/state")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.json()["jobs"][0]["tags"] == [evil]


async def test_the_state_over_http_says_the_same(emulator: Emulator) -> None:
    async with client_of(emulator) as client:
        await fill(client)
        state = (await client.get("/_control/state")).json()
    rows = [*state["jobs"], *state["sessions"], *state["resources"]]
    assert sorted(row["id"] for row in rows) == sorted(effect.id for effect in emulator.effects())
    assert all(set(row["tags"]) <= set(row["keys"]) for row in rows)
    assert state["effects"] == COUNTS
    [job] = [row for row in state["jobs"] if row["cloud"] == "kipu"]
    assert (job["kind"], job["tags"], job["keys"]) == ("job", ["mine", KEY], ["mine", KEY, "bell"])

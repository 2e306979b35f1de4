"""What released clients of Scaleway really send (qiskit-scaleway 0.3.13, scaleway-async 2.12.0)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from anyqpu_emulator import Emulator

from .support import DATA, counts, finished, scaleway, unpack

pytestmark = pytest.mark.anyio


def _wire(name: str) -> list[dict[str, Any]]:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


# In the captured requests: the ids that the stand-in server had given, by what they are ids of.
IDS = {
    "platforms": "11111111-1111-4111-8111-111111111111",
    "sessions": "22222222-2222-4222-8222-222222222222",
    "jobs": "44444444-4444-4444-8444-444444444444",
    "models": "55555555-5555-4555-8555-555555555555",
}


async def test_qiskit_scaleway(emulator: Emulator) -> None:
    """As captured; only the ids differ."""
    ids: dict[str, str] = {}
    responses: list[dict] = []
    for request in _wire("wire_qiskit_scaleway_0.3.13.json"):
        path, body = request["path"], request["body"]
        for kind, captured in IDS.items():
            path, body = (text.replace(captured, ids.get(kind, captured)) for text in (path, body))
        async with scaleway(emulator, **request["headers"]) as client:
            if path.split("?")[0].endswith("/results"):
                await finished(client, ids["jobs"])
            response = await client.request(request["method"], f"http://emulator/scaleway{path}", content=body or None)
        assert response.status_code == 200, response.text
        responses.append(response.json())
        kind = path.split("?")[0].rsplit("/", 1)[1]
        if kind == "platforms":
            ids[kind] = responses[-1]["platforms"][0]["id"]
        elif request["method"] == "POST":
            ids[kind] = responses[-1]["id"]
    session = responses[1]
    assert (session["max_idle_duration"], session["max_duration"]) == ("600s", "3540s")
    assert session["deduplication_id"] == "d"
    result = unpack(responses[-1]["job_results"][0]["result"])
    assert set(counts(result)) == {"0x0", "0x3"}
    assert sum(counts(result).values()) == 100


async def test_scaleway_async(emulator: Emulator) -> None:
    """It requests a page past the end, and sends `{}` with every GET."""
    ids: dict[str, str] = {}
    async with scaleway(emulator) as client:
        ids["p"] = (await client.get("/platforms")).json()["platforms"][0]["id"]
        ids["m"] = (await client.post("/models", json={"project_id": "p", "payload": "{}"})).json()["id"]
    for request in _wire("wire_scaleway_async_2.12.0.json"):
        path, body = request["path"], request["body"]
        if request["method"] == "POST":
            for key, kind in (("platform_id", "p"), ("session_id", "s"), ("model_id", "m")):
                body = body.replace(f'"{key}": "{kind}"', f'"{key}": "{ids.get(kind)}"')
        path = path.replace(IDS["jobs"], ids.get("j", ""))
        async with scaleway(emulator, **request["headers"]) as client:
            response = await client.request(request["method"], f"http://emulator/scaleway{path}", content=body)
        assert response.status_code == 200, response.text
        if path.endswith("platforms?page=2"):
            assert response.json() == {"total_count": 6, "platforms": []}
        if request["method"] == "POST":
            ids["s" if path.endswith("sessions") else "j"] = response.json()["id"]


async def test_perceval_terminates_without_a_body(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        response = await client.get("/platforms", params={"providerName": "quandela", "name": "EMU-SAMPLING-L4"})
        platform = response.json()["platforms"][0]
        assert "commands" not in json.loads(platform["metadata"])
        body = {"platformId": platform["id"], "projectId": "p", "maxDuration": "600s", "maxIdleDuration": "600s"}
        session = (await client.post("/sessions", json=body)).json()["id"]
        stopped = await client.post(f"/sessions/{session}/terminate")
        assert stopped.json()["status"] == "stopping"


async def test_control_sees_the_jobs(emulator: Emulator) -> None:
    async with scaleway(emulator) as client:
        await test_scaleway_async(emulator)
        state = (await client.get("http://emulator/_control/state")).json()["jobs"]
    assert [(job["cloud"], job["name"], job["shots"]) for job in state] == [("scaleway", "j", 100)]

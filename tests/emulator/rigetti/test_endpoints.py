"""Endpoints: their filter, their pages, what is busy, and restarting."""

from __future__ import annotations

import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import rigetti
from .document import check, check_error

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 4),
        ("healthy", 3),
        ("not healthy", 1),
        ("healthy == false", 1),
        ("healthy != false and not mock", 3),
        ('"Aspen-9" in quantumProcessorIds', 2),
        ("'Aspen-9' not in quantumProcessorIds", 2),
        ('id == "aspen-9-default" or id == "aspen-9-busy"', 2),
        ('id in ["aspen-9-default", "x"]', 1),
        ('("M-3" in id or "busy" in id) and healthy', 0),
        ('datacenter == "berkeley-775" and address == null', 4),
    ],
)
async def test_filter(emulator: Emulator, text: str, expected: int) -> None:
    async with rigetti(emulator) as client:
        response = await client.get("/v1/endpoints", params={"filter": text})
        check("ListEndpoints", response)
        assert len(response.json()["endpoints"]) == expected


@pytest.mark.parametrize(
    "text", ["id ==", "color", "(healthy", "healthy)", 'id =~ "a+"', "1 +", "not", "healthy not", '["x"']
)
async def test_unusable_filters_are_422(emulator: Emulator, text: str) -> None:
    async with rigetti(emulator) as client:
        response = await client.get("/v1/endpoints", params={"filter": text})
        assert response.status_code == 422
        check_error(response)


async def test_pages(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        for _ in range(9):
            assert (await client.post("/v1/endpoints", json={})).status_code == 201
        first = (await client.get("/v1/endpoints")).json()
        assert len(first["endpoints"]) == 10
        second = (await client.get("/v1/endpoints", params={"pageToken": first["nextPageToken"]})).json()
        assert len(second["endpoints"]) == 3
        # Not an empty one: a client of QCS would request another page.
        assert "nextPageToken" not in second
        one = (await client.get("/v1/quantumProcessors", params={"pageSize": "1"})).json()
        assert [item["id"] for item in one["quantumProcessors"]] == ["Aspen-9"]
        assert one["nextPageToken"]


@pytest.mark.parametrize("body", [{"endpointId": "aspen-9-busy"}, {"quantumProcessorId": "busy-1"}])
async def test_busy_endpoints_respond_with_503(emulator: Emulator, body: dict) -> None:
    async with rigetti(emulator) as client:
        response = await client.post("/v1/engagements", json=body)
        assert response.status_code == 503
        check_error(response)
        assert int(response.headers["retry-after"]) >= 1


async def test_a_restart_takes_its_time(clock: ManualClock) -> None:
    async with Emulator(speed="real", clock=clock) as emulator:
        async with rigetti(emulator) as client:
            made = (await client.post("/v1/endpoints", json={"quantumProcessorIds": ["Aspen-9"]})).json()
            assert not made["healthy"]
            path = f"/v1/endpoints/{made['id']}"
            clock.advance(60)
            assert (await client.get(path)).json()["healthy"]
            assert (await client.post(f"{path}:restart")).status_code == 204
            assert not (await client.get(path)).json()["healthy"]
            busy = await client.post("/v1/engagements", json={"endpointId": made["id"]})
            assert busy.status_code == 503
            clock.advance(int(busy.headers["retry-after"]))
            assert (await client.get(path)).json()["healthy"]

"""Faults that change a response, handle a request late, and keep jobs out of lists for a while."""

from __future__ import annotations

import json
from typing import Any

import anyio
import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.faults import FaultError, read_many

from .conftest import BELL, CLOUDS, kipu, qasm_job

pytestmark = pytest.mark.anyio
DROPPED = (ConnectionResetError, httpx.TransportError)


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"change": {"/status": 7}}, {"status": 7, "tags": ["a", "b"], "shots": 100}),
        ({"change": {"/tags/0": None, "/added": "x"}}, {"status": "PENDING", "tags": [None, "b"], "added": "x"}),
        ({"change": {"/tags/*": 1}}, {"tags": [1, 1]}),
        ({"change": {"/nowhere/deep": 1, "/tags/9": 1}}, {"tags": ["a", "b"]}),
        ({"remove": ["/tags/*", "/nothing"]}, {"tags": []}),
        ({"verbatim": {"/shots": "1e400", "/tags/1": "null"}}, {"shots": float("inf"), "tags": ["a", None]}),
        ({"change": {"": [1]}}, [1]),
        ({"text": '{"a": 1}', "change": {"/a": 2}}, {"a": 2}),
    ],
    ids=str,
)
async def test_members_of_a_response_change(emulator: Emulator, fault: dict[str, Any], expected: Any) -> None:
    emulator.faults.add(operation="createJob", **fault)
    async with kipu(emulator) as client:
        response = await client.post("/jobs", json={**qasm_job(BELL), "tags": ["a", "b"]})
    content = json.loads(response.content)
    assert response.headers["content-length"] == str(len(response.content))
    if isinstance(expected, dict):
        content = {name: value for name, value in content.items() if name in expected}
        expected = {name: value for name, value in expected.items() if name in content}
    assert content == expected


async def test_a_removed_member_is_missing(emulator: Emulator) -> None:
    emulator.faults.add(operation="createJob", remove=["/id", "/backend_id"])
    async with kipu(emulator) as client:
        content = (await client.post("/jobs", json=qasm_job(BELL))).json()
    assert "status" in content
    assert not {"id", "backend_id"} & set(content)


async def test_a_body_that_is_not_json_does_not_change(emulator: Emulator) -> None:
    emulator.faults.add(operation="getBackends", body="html", change={"/id": 1})
    async with kipu(emulator) as client:
        assert (await client.get("/backends")).text.startswith("<html>")


async def test_headers_are_added_replaced_and_removed(emulator: Emulator) -> None:
    headers = {"Retry-After": "soon", "content-type": "text/plain", "content-length": ""}
    emulator.faults.add(operation="getBackends", status=503, headers=headers)
    async with kipu(emulator) as client:
        response = await client.get("/backends")
    assert (response.headers["retry-after"], response.headers["content-type"]) == ("soon", "text/plain")
    assert "content-length" not in response.headers


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize("status", [299, 418, 451, 520, 599])
async def test_statuses_that_no_standard_names(emulator: Emulator, cloud: str, status: int) -> None:
    emulator.faults.add(cloud=cloud, status=status)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as client:
        assert (await client.get(f"/{cloud}/anything")).status_code == status


async def test_a_success_under_another_status_keeps_its_body(emulator: Emulator) -> None:
    """A 202 instead of the documented 201, from a cloud that handled the request."""
    emulator.faults.add(operation="createJob", status=202, when="after", count=1)
    async with kipu(emulator) as client:
        response = await client.post("/jobs", json=qasm_job(BELL))
    assert (response.status_code, response.json()["id"]) == (202, emulator.jobs()[0]["id"])


async def test_the_first_of_several_statuses_decides(emulator: Emulator) -> None:
    emulator.faults.add(operation="getBackends", status=503, count=1)
    emulator.faults.add(operation="getBackends", status=200, text="[]")
    async with kipu(emulator) as client:
        responses = [await client.get("/backends") for _ in range(2)]
    assert [response.status_code for response in responses] == [503, 200]
    assert responses[0].json()["status"] == 503
    assert responses[1].json() == []


async def test_a_request_is_handled_after_the_client_left(clock: ManualClock) -> None:
    async with Emulator(seed=7, clock=clock) as emulator:
        emulator.faults.add(operation="createJob", handled_late=5, count=1)
        async with kipu(emulator) as client:
            with pytest.raises(DROPPED):
                await client.post("/jobs", json={**qasm_job(BELL), "name": "late"})
            assert (await client.get("/jobs")).json()["content"] == []
            await anyio.to_thread.run_sync(clock.advance, 5)
            (job,) = (await client.get("/jobs")).json()["content"]
        assert job["name"] == "late"
        assert [item["id"] for item in emulator.jobs()] == [job["id"]]


async def test_requests_that_wait_are_forgotten_with_the_faults(clock: ManualClock) -> None:
    async with Emulator(seed=7, clock=clock) as emulator:
        emulator.faults.add(operation="createJob", handled_late=5)
        async with kipu(emulator) as client:
            with pytest.raises(DROPPED):
                await client.post("/jobs", json=qasm_job(BELL))
            emulator.faults.clear()
            await anyio.to_thread.run_sync(clock.advance, 5)
            assert (await client.get("/jobs")).json()["content"] == []


async def test_a_client_that_leaves_does_not_undo_its_request(emulator: Emulator) -> None:
    """In-process as over a socket: what has begun is handled, whether or not the response is awaited."""
    emulator.faults.add(operation="createJob", delay=30, when="after")
    async with kipu(emulator) as client:
        with anyio.move_on_after(0.2) as left:
            await client.post("/jobs", json=qasm_job(BELL))
    assert left.cancelled_caught
    assert len(emulator.jobs()) == 1


async def test_a_job_appears_late_in_lists(clock: ManualClock) -> None:
    async with Emulator(seed=7, clock=clock) as emulator:
        emulator.faults.add(cloud="kipu", list_lag=3, count=1)
        async with kipu(emulator) as client:
            late = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
            soon = (await client.post("/jobs", json=qasm_job(BELL))).json()["id"]
            assert (await client.get(f"/jobs/{late}")).status_code == 200

            async def listed() -> list[str]:
                return [job["id"] for job in (await client.get("/jobs")).json()["content"]]

            assert await listed() == [soon]
            await anyio.to_thread.run_sync(clock.advance, 3)
            assert set(await listed()) == {late, soon}


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"change": {"id": 1}}, "change: 'id' is not a JSON pointer"),
        ({"change": [1]}, "should be an object"),
        ({"remove": "/id"}, "should be a list"),
        ({"remove": [""]}, "whole body"),
        ({"verbatim": {"/id": 1}}, "a text"),
        ({"verbatim": ["/id"]}, "should be an object"),
        ({"headers": {"a b": "x"}}, "not the name of a header"),
        ({"headers": {"a": "x\r\ny"}}, "one line"),
        ({"headers": ["a"]}, "should be an object"),
        ({"status": 600}, "from 200 to 599"),
        ({"handled_late": 5, "status": 500}, "cannot be with it"),
        ({"handled_late": 5, "drop": "after"}, "leave out one"),
        ({"drop": "after", "change": {"/id": 1}}, "cannot be with it"),
        ({"list_lag": 1, "status": 500}, "make two faults"),
        ({"list_lag": -1}, "from 0"),
    ],
    ids=str,
)
def test_mistakes_are_refused(fault: dict[str, Any], words: str) -> None:
    with pytest.raises(FaultError, match=words):
        read_many([fault])

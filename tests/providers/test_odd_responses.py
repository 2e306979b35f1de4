"""Odd responses of Kipu and Scaleway through the public methods: one bad element harms no other."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import anyio
import httpx
import pytest
import respx

import anyqpu
from anyqpu import PollPolicy, drift, errors
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.transport.retry import RetryPolicy

pytestmark = pytest.mark.anyio

KIPU = "https://api.hub.kipu-quantum.com/quantum"
SCALEWAY = "https://api.scaleway.com/qaas/v1alpha1"
PROJECT = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
ONCE = RetryPolicy(attempts=1)


def kipu(**options: Any) -> KipuClient:
    return anyqpu.connect("kipu", token="t", retry=ONCE, **options)


def scaleway(**options: Any) -> ScalewayClient:
    return anyqpu.connect("scaleway", secret_key="k", project_id=PROJECT, retry=ONCE, **options)


def job(id: Any, status: Any = "COMPLETED", **fields: Any) -> dict[str, Any]:
    return {"id": id, "status": status, "backend_id": "kipu.sim.qsim", "created_at": "2025-01-02 12:00:00", **fields}


def page(*content: Any) -> dict[str, Any]:
    return {"content": list(content), "total_elements": len(content), "total_pages": 1}


BAD: Mapping[str, Any] = {
    "null": None, "text": "job", "list": [], "no id": {"status": "RUNNING"}, "no status": {"id": "b"},
    "id null": job(None), "id a list": job(["b"]), "id empty": job(""), "status a number": job("b", 7),
    "status empty": job("b", ""),
}  # fmt: skip


@respx.mock
@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
async def test_an_element_that_is_not_a_job_is_left_out(
    anyio_backend: str, bad: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged and counted; the jobs before and after it are there."""
    respx.get(f"{KIPU}/jobs").respond(json=page(job("a"), bad, job("c")))
    drift.forget()
    async with kipu() as client:
        with caplog.at_level(logging.WARNING, "anyqpu"):
            assert [item.id for item in await client.jobs().collect()] == ["a", "c"]
    assert "searchJobs: element 1 was left out" in caplog.text
    assert ("element", "searchJobs") in {(record.kind, record.where) for record in drift.seen()}


@respx.mock
async def test_a_list_full_of_what_is_not_a_job_does_not_flood_the_log(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    respx.get(f"{KIPU}/jobs").respond(json=page(job("a"), *[0] * 2_000))
    async with kipu() as client:
        with caplog.at_level(logging.WARNING, "anyqpu"):
            assert (await client.jobs().first()).id == "a"  # type: ignore[union-attr]
    lines = [record.getMessage() for record in caplog.records if record.name == "anyqpu"]
    assert [line for line in lines if "element 5 " in line]
    assert "kipu: 1995 more elements of this list were left out" in lines
    assert len(lines) == 6


@respx.mock
async def test_every_field_of_a_listed_job_can_be_used(anyio_backend: str) -> None:
    """They are read when they are first used, which cannot fail: what is odd is None."""
    odd = {name: {"seconds": 1} for name in ("name", "tags", "created_at", "runtime", "shots", "session_id")}
    respx.get(f"{KIPU}/jobs").respond(json=page({"id": "a", "status": "RUNNING", **odd}))
    async with kipu() as client:
        (listed,) = await client.jobs().collect()
    assert (listed.name, listed.tags, listed.created_at, listed.execution_time, listed.shots, listed.session_id) == (
        None, (), None, None, None, None,
    )  # fmt: skip
    assert listed.raw.shots == {"seconds": 1}


@respx.mock
async def test_an_odd_job_does_not_end_the_waits_that_share_its_list(anyio_backend: str) -> None:
    """Two waits poll with one list call; another job in that list is not even a job."""
    respx.get(f"{KIPU}/jobs").respond(json=page({"id": []}, job("a"), job("b", runtime="12", created_at=17)))
    respx.get(url__regex=rf"{KIPU}/jobs/(a|b)/status").respond(json={"status": "RUNNING"})
    running = {id: job(id, "RUNNING") for id in ("a", "b")}
    for id, body in running.items():
        respx.get(f"{KIPU}/jobs/{id}").mock(
            side_effect=[httpx.Response(200, json=body)] + [httpx.Response(200, json=job(id))] * 50
        )
    finals: list[str] = []
    async with kipu(poll=PollPolicy(floor=0.01, growth=0.01)) as client:
        jobs = [await client.job(id) for id in running]

        async def wait(one: anyqpu.Job) -> None:
            finals.append((await one.wait(timeout=30)).status)

        async with anyio.create_task_group() as tasks:
            for one in jobs:
                tasks.start_soon(wait, one)
    assert finals == ["completed", "completed"]


@respx.mock
async def test_null_for_a_list_is_an_empty_list(anyio_backend: str) -> None:
    respx.get(f"{KIPU}/jobs").respond(json={"content": None})
    respx.get(f"{KIPU}/backends").respond(json=None, content=b"null")
    respx.get(url__regex=f"{SCALEWAY}/(jobs|sessions|platforms|models)").respond(
        json={"jobs": None, "sessions": None, "platforms": None, "models": None, "total_count": 0}
    )
    async with kipu() as client:
        assert await client.jobs().collect() == []
        assert await client.devices().collect() == []
    async with scaleway() as client:
        assert await client.jobs().collect() == []
        assert await client.sessions().collect() == []
        assert await client.devices().collect() == []
        assert await client.models().collect() == []


@respx.mock
@pytest.mark.parametrize("content", ["text", 7, {"id": "a"}, True], ids=str)
async def test_anything_else_for_a_list_is_an_error_of_the_operation(anyio_backend: str, content: Any) -> None:
    respx.get(f"{KIPU}/jobs").respond(json={"content": content}, headers={"x-request-id": "req-1"})
    respx.get(f"{SCALEWAY}/jobs").respond(json={"jobs": content})
    async with kipu() as client:
        with pytest.raises(errors.UnexpectedResponseError) as caught:
            await client.jobs().collect()
    assert (caught.value.provider, caught.value.operation, caught.value.status_code) == ("kipu", "searchJobs", 200)
    assert caught.value.request_id == "req-1"
    async with scaleway() as client:
        with pytest.raises(errors.UnexpectedResponseError):
            await client.jobs().collect()


@respx.mock
async def test_a_change_whose_response_has_no_body_is_read_again(anyio_backend: str) -> None:
    """A success that the document does not list, such as 204: the object is fetched instead."""
    body = {"id": "s1", "status": "running", "platform_id": "p"}
    respx.patch(f"{SCALEWAY}/sessions/s1").respond(204)
    respx.post(f"{SCALEWAY}/jobs/j1/cancel").respond(204)
    respx.get(f"{SCALEWAY}/sessions/s1").respond(json=body)
    respx.get(f"{SCALEWAY}/jobs/j1").respond(json={"id": "j1", "status": "cancelled", "session_id": "s1"})
    async with scaleway() as client:
        session = await client.get_session("s1")
        assert (await client.update_session(session, name="n")).id == "s1"
        cancelled = await client.cancel_job(await client.job("j1"))
    assert (cancelled.status, cancelled.device_id) == ("cancelled", "p")
    respx.put(url__regex=f"{KIPU}/sessions/k1.*").respond(204)
    respx.patch(url__regex=f"{KIPU}/sessions/k1.*").respond(204)
    respx.get(f"{KIPU}/sessions/k1").respond(json={"id": "k1", "status": "DRAINING"})
    async with kipu() as client:
        drained = await client.drain_session(await client.get_session("k1"))
    assert drained.status == "draining"


@respx.mock
async def test_a_job_whose_session_cannot_be_read_has_no_device(anyio_backend: str) -> None:
    respx.get(f"{SCALEWAY}/jobs/j1").respond(json={"id": "j1", "status": "running", "session_id": "s1"})
    respx.get(f"{SCALEWAY}/sessions/s1").respond(json={"id": [], "platform_id": []})
    async with scaleway() as client:
        read = await client.job("j1")
    assert (read.session_id, read.device_id) == ("s1", None)


LINKS: Mapping[str, Any] = {"number": 7, "list": ["https://x"], "no scheme": "example.org/x", "path": "/etc/passwd"}


@respx.mock
@pytest.mark.parametrize("link", LINKS.values(), ids=LINKS)
async def test_a_link_that_is_not_an_address_is_an_error(anyio_backend: str, link: Any) -> None:
    respx.get(f"{SCALEWAY}/jobs/j1").respond(json={"id": "j1", "status": "completed"})
    respx.get(f"{SCALEWAY}/jobs/j1/results").respond(json={"job_results": [{"url": link}], "total_count": 1})
    async with scaleway() as client:
        with pytest.raises(errors.ResultDecodeError, match="a link in the response is not an address"):
            await (await client.job("j1")).result(timeout=5)


@respx.mock
async def test_the_message_of_a_failed_job_is_short_and_may_be_anything(anyio_backend: str) -> None:
    respx.get(f"{KIPU}/jobs/a").respond(json=job("a", "FAILED"))
    route = respx.get(f"{KIPU}/jobs/a/result")
    for body, message in (
        ({"error": {"message": "m" * 100_000}}, "m" * 1000),
        ({"error": {"message": ["m"]}}, None),
        ({"error": 7}, None),
        ([], None),
    ):
        route.respond(json=body)
        async with kipu() as client:
            with pytest.raises(errors.JobFailedError) as caught:
                await (await client.job("a")).result(timeout=5)
        assert (message in str(caught.value)) if message else "m" * 10 not in str(caught.value)
        assert len(str(caught.value)) < 2000

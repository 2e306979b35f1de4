"""Responses of Pasqal with unexpected values: what can be read is read, and the rest does not harm it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import anyio
import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import anyqpu
from anyqpu import drift, errors
from anyqpu.model.status import JobStatus
from anyqpu.providers.pasqal import PasqalClient
from tests.support.odd import JSON, Bodies, Call, client_with, paths, replaced, respond_with, response, value_or_error

pytestmark = pytest.mark.anyio

PROJECT = "00000000-0000-0000-0000-000000000002"
BATCH_ID = "00000000-0000-0000-0000-000000000001"
ID = "00000000-0000-0000-0000-000000000003"
OTHER = "00000000-0000-0000-0000-000000000004"
JOB = {
    "id": ID,
    "batch_id": BATCH_ID,
    "project_id": PROJECT,
    "status": "DONE",
    "runs": 5,
    "progress": 50,
    "errors": [],
    "creation_order": 1,
    "created_at": "2026-01-01T00:00:00",
    "updated_at": "2026-01-01T00:00:00Z",
    "start_timestamp": "2026-01-01T00:00:10Z",
    "end_timestamp": "2026-01-01T00:00:12Z",
    "sequence": '{"register": [{"name": "q0"}]}',
}
BATCH = {
    "id": BATCH_ID,
    "status": "RUNNING",
    "open": True,
    "priority": 1.0,
    "device_type": "EMU_FREE",
    "tags": ["mine"],
    "jobs_count": 1,
    "jobs_count_per_status": {"DONE": 1, "PENDING": 2},
    "created_at": "2026-01-01T00:00:00Z",
    "start_datetime": "2026-01-01T00:00:10Z",
    "end_datetime": None,
    "queue_priority": "LOW",
    "webhook": "https://example.com",
    "sequence_builder": "{}",
    "jobs": [JOB],
}
DEVICE = {
    "id": "00000000-0000-0000-0000-000000000009",
    "status": "UP",
    "device_type": "EMU_FREE",
    "average_queue_time": 60,
    "max_atom_num": 12,
    "is_emulator": True,
    "description": "text",
}
WORKLOAD = {
    "id": ID,
    "status": "DONE",
    "backend": "pyqtorch",
    "workload_type": "qadence_circuit",
    "created_at": "2026-01-01T00:00:00Z",
    "start_timestamp": "2026-01-01T00:00:10Z",
    "errors": ["e"],
    "result_link": None,
}
PAGINATION = {"total": 1, "start": 0, "end": 1}


def one(value: Any) -> Any:
    return {"status": "success", "data": value}


def page(*values: Any) -> Any:
    return {"status": "success", "data": list(values), "pagination": PAGINATION}


CALLS: dict[str, tuple[Call, Bodies]] = {
    "job": (lambda c: c.job(ID), {f"/jobs/{ID}": one(JOB), f"/batches/{BATCH_ID}": one(BATCH)}),
    "jobs": (lambda c: c.jobs().collect(limit=3), {"/jobs": page(JOB)}),
    "batch": (lambda c: c.get_batch(BATCH_ID), {f"/batches/{BATCH_ID}": one(BATCH), "/jobs": page(JOB)}),
    "batches": (lambda c: c.batches().collect(limit=3), {"/batches": page(BATCH)}),
    "session": (lambda c: c.get_session(BATCH_ID), {f"/batches/{BATCH_ID}": one(BATCH)}),
    "sessions": (lambda c: c.sessions().collect(limit=3), {"/batches": page(BATCH)}),
    "devices": (lambda c: c.devices().collect(limit=3), {"/devices": page(DEVICE)}),
    "specs": (lambda c: c.all_device_specs(), {"/devices/specs": one({"EMU_FREE": '{"name": "EMU_FREE"}'})}),
    "public specs": (
        lambda c: c.public_device_specs(),
        {"/devices/public-specs": one([{"device_type": "EMU_FREE", "specs": "{}"}])},
    ),
    "queue": (
        lambda c: c.device_queue("FRESNEL").collect(limit=3),
        {"/queue": page({**BATCH, "jobs_count_per_status": {"PENDING": 2}})},
    ),
    "queue sizes": (
        lambda c: c.queue_sizes("FRESNEL"),
        {"": one({"device_queues": [{"queue": "LOW", "number_of_jobs": 3, "number_of_shots": 30}]})},
    ),
    "projects": (
        lambda c: c.projects().collect(limit=3),
        {"": one([{"id": PROJECT, "name": "n", "allowed_device_types": ["EMU_FREE"], "last_activity_date": None}])},
    ),
    "packages": (lambda c: c.packages(), {"": one([{"value": "v", "label": "Label"}])}),
    "workload": (lambda c: c.get_workload(ID), {"": one(WORKLOAD)}),
    "workloads": (lambda c: c.workloads().collect(limit=3), {"": page(WORKLOAD)}),
    "result links": (
        lambda c: c.batch_result_links(BATCH_ID),
        {"": one({"results_links": {ID: "https://x.test/r"}, "errors": {OTHER: "none"}})},
    ),
    "cancel jobs": (
        lambda c: c.cancel_jobs(batch=BATCH_ID),
        {"": one({"jobs": [{**JOB, "status": "CANCELED"}], "errors": {OTHER: "it runs"}})},
    ),
    "cancel batches": (
        lambda c: c.cancel_batches([BATCH_ID]),
        {"": one({"batches": [{**BATCH, "status": "CANCELED"}], "errors": {OTHER: "it is over"}})},
    ),
}


@pytest.mark.parametrize("name", CALLS)
async def test_what_is_as_documented_is_read(anyio_backend: str, name: str) -> None:
    call, bodies = CALLS[name]
    async with client_with("pasqal", respond_with(bodies)) as client:
        value = await value_or_error(call(client))
    assert value
    assert not isinstance(value, errors.AnyQPUError)


@settings(max_examples=20, deadline=None)
@pytest.mark.parametrize("name", CALLS)
@given(data=st.data())
def test_any_value_in_any_field_gives_a_value_or_a_typed_error(name: str, data: st.DataObject) -> None:
    call, bodies = CALLS[name]
    where = data.draw(st.sampled_from(sorted(bodies)))
    path = data.draw(st.sampled_from([(), *paths(bodies[where])]))
    changed = {**bodies, where: replaced(bodies[where], path, data.draw(JSON))}

    async def run() -> None:
        async with client_with("pasqal", respond_with(changed)) as client:
            await value_or_error(call(client))

    anyio.run(run)


async def job_with(**changes: Any) -> anyqpu.Job:
    bodies = {f"/jobs/{ID}": one({**JOB, **changes}), f"/batches/{BATCH_ID}": one(BATCH)}
    async with client_with("pasqal", respond_with(bodies)) as client:
        job: anyqpu.Job = await client.job(ID)
    return job


NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
ODD_FIELDS: dict[str, tuple[dict[str, Any], str, Any]] = {
    "milliseconds": ({"created_at": 1764000000000}, "created_at", None),
    "another zone": ({"created_at": "2026-01-01T14:00:00+02:00"}, "created_at", NOON),
    "not a time": ({"created_at": "yesterday"}, "created_at", None),
    "Go's zero time": ({"created_at": "0001-01-01T00:00:00Z"}, "created_at", None),
    "the end of the calendar": ({"created_at": "9999-12-31T23:59:59-23:59"}, "created_at", None),
    "progress as text": ({"progress": "50"}, "progress", None),
    "progress of 150 percent": ({"progress": 150}, "progress", None),
    "progress of 50 percent": ({"progress": 50}, "progress", 0.5),
    "negative shots": ({"runs": -1}, "shots", None),
    "infinite shots": ({"runs": float("inf")}, "shots", None),
    "whole shots as a float": ({"runs": 5.0}, "shots", 5),
    "an end before the start": ({"end_timestamp": "2025-01-01T00:00:00Z"}, "execution_time", None),
    "start and end": ({}, "execution_time", timedelta(seconds=2)),
    "a batch that is a list": ({"batch_id": ["a"]}, "session_id", None),
    "a batch that is not a UUID": ({"batch_id": ".."}, "session_id", ".."),
}


@pytest.mark.parametrize("name", ODD_FIELDS)
async def test_a_field_with_an_unexpected_value_becomes_none(anyio_backend: str, name: str) -> None:
    changes, attribute, expected = ODD_FIELDS[name]
    job = await job_with(**changes)
    assert getattr(job, attribute) == expected
    # What was sent is kept.
    for field, value in changes.items():
        kept = getattr(job.raw, field)
        assert kept == value or isinstance(kept, datetime)


async def test_an_unexpected_type_is_counted_as_drift(anyio_backend: str) -> None:
    drift.forget()
    await job_with(progress="50", created_at="yesterday")
    seen = {(record.kind, record.what) for record in drift.seen()}
    assert {("type", "progress"), ("type", "created_at")} <= seen


@pytest.mark.parametrize("changes", [{"id": 7}, {"id": ""}, {"id": None}, {"status": None}, {"status": []}])
async def test_identity_and_status_are_required(anyio_backend: str, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.UnexpectedResponseError, match="is missing or not a text") as caught:
        await job_with(**changes)
    error = caught.value
    assert (error.provider, error.operation, error.status_code) == ("pasqal", "get_job", 200)
    assert error.request_id == "r-1"


@pytest.mark.parametrize("bad", [None, 7, "x", [], {}, {"id": BATCH_ID}, {"id": 7, "status": "DONE"}])
async def test_one_bad_element_does_not_harm_the_others(anyio_backend: str, bad: Any) -> None:
    good = [{**JOB, "id": OTHER}, JOB]
    async with client_with("pasqal", lambda _: response(page(good[0], bad, good[1]))) as client:
        assert [job.id for job in await client.jobs().collect()] == [OTHER, ID]


@pytest.mark.parametrize("body", [{"data": None}, {"data": None, "pagination": None}])
async def test_null_for_a_list_is_an_empty_list(anyio_backend: str, body: Any) -> None:
    async with client_with("pasqal", lambda _: response(body)) as client:
        for listed in (client.jobs, client.devices, client.batches, client.sessions, client.workloads):
            assert await listed().collect() == []


@pytest.mark.parametrize("body", [{"data": 7}, {"data": {"id": ID}}, {"data": "x"}])
async def test_what_is_not_a_list_is_an_error(anyio_backend: str, body: Any) -> None:
    async with client_with("pasqal", lambda _: response(body)) as client:
        with pytest.raises(errors.UnexpectedResponseError) as caught:
            await client.jobs().collect()
    assert caught.value.operation == "list_jobs"


async def test_a_batch_that_cannot_be_read_does_not_harm_its_job(anyio_backend: str) -> None:
    async with client_with("pasqal", respond_with({f"/jobs/{ID}": one(JOB), f"/batches/{BATCH_ID}": one(7)})) as client:
        job = await client.job(ID)
    assert (job.id, job.status, job.device_id, job.session_id) == (ID, JobStatus.COMPLETED, None, BATCH_ID)


async def test_a_bad_job_does_not_harm_waits_that_share_its_list(anyio_backend: str) -> None:
    states = {ID: "RUNNING", OTHER: "RUNNING"}
    lists = 0

    def respond(request: httpx.Request) -> httpx.Response:
        nonlocal lists
        path = request.url.path
        if path.endswith("/jobs"):
            lists += 1
            bad = {**JOB, "id": OTHER, "status": 7}
            return response(page({**JOB, "status": states[ID]}, bad))
        if "/batches/" in path:
            return response(one(BATCH))
        id = next(id for id in states if id in path)
        # From the second look on, the second job's own response is as it should be.
        status = states[id]
        states[id] = "DONE"
        return response(one({**JOB, "id": id, "status": status}))

    poll = anyqpu.PollPolicy(floor=0.01, growth=0)
    async with client_with("pasqal", respond, poll=poll) as client:
        jobs = [await client.job(id) for id in (ID, OTHER)]
        ended: list[anyqpu.Job] = []

        async def wait(job: anyqpu.Job) -> None:
            ended.append(await job.wait(timeout=20))

        async with anyio.create_task_group() as group:
            for job in jobs:
                group.start_soon(wait, job)
    assert {job.id: job.status for job in ended} == dict.fromkeys((ID, OTHER), JobStatus.COMPLETED)


# Changes whose response has no body


@pytest.mark.parametrize("status", [200, 202, 204])
@pytest.mark.parametrize("body", [b"", b"null", b"OK"])
async def test_a_change_without_a_readable_body_is_fetched(anyio_backend: str, status: int, body: bytes) -> None:
    changes: list[str] = []

    def respond(request: httpx.Request) -> httpx.Response:
        if request.method != "GET":
            changes.append(request.url.path)
            return httpx.Response(status, content=b"" if status == 204 else body)
        if request.url.path.endswith("/jobs"):
            return response(page({**JOB, "status": "CANCELED"}))
        if "/batches/" in request.url.path:
            return response(one({**BATCH, "status": "CANCELED", "open": False}))
        if request.url.path.endswith("/batches"):
            return response(page({**BATCH, "status": "CANCELED"}))
        return response(one({**JOB, "status": "CANCELED" if changes else "PENDING"}))

    async with client_with("pasqal", respond) as client:
        assert isinstance(client, PasqalClient)
        batch, session, job = await client.get_batch(BATCH_ID), await client.get_session(BATCH_ID), await client.job(ID)
        changed = [
            await client.close_batch(batch),
            await client.cancel_batch(batch),
            await client.tag_batch(batch, ["a"]),
            await client.drain_session(session),
            await client.cancel_session(session),
            await client.set_tags(session, ["a"]),
            await client.cancel_job(job),
        ]
        assert {item.raw_status for item in changed} == {"CANCELED"}
        assert [item.id for item in (await client.cancel_jobs([job])).jobs] == [ID]
        assert [item.id for item in (await client.cancel_batches([batch])).batches] == [BATCH_ID]
    # Each change was sent once.
    assert len(changes) == 9


# Results


def result_bodies(content: bytes) -> Any:
    link = "https://store.test/result?X-Amz-Signature=canary-signature"

    def respond(request: httpx.Request) -> httpx.Response:
        if request.url.host == "store.test":
            return httpx.Response(200, content=content)
        if request.url.path.endswith("results_link") or request.url.path.endswith("results-link"):
            return response(one({"results_link": link}))
        return response(one(BATCH if "/batches/" in request.url.path else JOB))

    return respond


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>", "not JSON"),
        (b'{"counter": 3}', "the counts are not an object"),
        (b'{"counter": {"00": 1, "1": 2}}', "not bit strings of one length"),
        (b'{"counter": {"2": 1}}', "not bit strings of one length"),
        (b'{"counter": {"0": -1}}', "not a whole number"),
        (b'{"counter": {"0": 0.5}}', "not a whole number"),
        (b'{"counter": {"0": 1e400}}', "not a whole number"),
        (b'{"counter": {"0": true}}', "not a whole number"),
        (b'{"counter": {"0": ' + b"9" * 5000 + b"}}", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[" * 200 + b"]" * 200, "nested too deeply"),
        (b'{"token": "canary-token-12345678", "counter": ' + b" " * 70_000 + b"5}", "the counts are not an object"),
    ],
)
async def test_a_result_that_cannot_be_decoded(anyio_backend: str, content: bytes, problem: str) -> None:
    async with client_with("pasqal", result_bodies(content)) as client:
        job = await client.job(ID)
        with pytest.raises(errors.ResultDecodeError, match=problem) as caught:
            await job.result(timeout=10)
    error = caught.value
    assert error.provider == "pasqal"
    assert len(repr(error.body)) < 10_000
    assert "canary" not in repr(error.body) + str(error)
    assert error.__cause__ is None


async def test_a_whole_count_as_a_float_is_a_count(anyio_backend: str) -> None:
    async with client_with("pasqal", result_bodies(b'{"counter": {"0": 3.0, "1": 2}}')) as client:
        assert (await (await client.job(ID)).result(timeout=10)).counts == {"0": 3, "1": 2}

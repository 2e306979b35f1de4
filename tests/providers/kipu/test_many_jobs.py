"""Many jobs at Kipu, whose list has no filter: found by their keys however old they are, and refreshed together."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import anyqpu
from anyqpu.core.base import many_jobs_of
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

NUMBER = 2_000
BEGIN = datetime(2026, 11, 29, tzinfo=UTC)


def key_of(number: int) -> str:
    return f"sweep-7.{number:05}"


def job_of(number: int) -> dict[str, Any]:
    created = BEGIN + timedelta(seconds=number)
    return {
        "id": f"5904a9f2-7a1c-4c7e-9a55-{number:012}",
        "status": "RUNNING" if number in running else "PENDING",
        "backend_id": "kipu.sim.qsim",
        "tags": [f"anyqpu-key:{key_of(number)}"],
        "created_at": created.strftime("%Y-%m-%d %H:%M:%S"),
        "shots": 10,
    }  # fmt: skip


# Jobs that run by now, by their number.
running: set[int] = set()


async def serve(seen: Seen) -> ServerResponse:
    """List the jobs, newest first, at most 100 in a page."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(seen.target).query).items()}
    page, size = int(query["page"]), min(int(query["size"]), 100)
    newest = NUMBER - page * size
    content = [job_of(number) for number in range(newest - 1, max(newest - size, 0) - 1, -1)]
    return ServerResponse.of_json({"content": content, "total_pages": -(-NUMBER // size), "total_elements": NUMBER})


async def test_a_key_is_found_behind_any_number_of_later_jobs(anyio_backend: str) -> None:
    async with serving(serve) as server, anyqpu.connect("kipu", base_url=server.url, token="t") as kipu:
        job = await kipu.find(key_of(0))
        assert job is not None
        assert (job.id, job.key) == (job_of(0)["id"], key_of(0))
        assert len(server.seen) == 20
        # The same, as far back as the job is; and not further than that.
        assert await kipu.find(key_of(1_250), since=BEGIN + timedelta(seconds=1_250)) is not None
        before = len(server.seen)
        assert await kipu.find("a-key-without-a-job", since=BEGIN + timedelta(seconds=1_850)) is None
        # 150 jobs since then, and five minutes more in case clocks differ.
        assert len(server.seen) - before <= 6


async def test_many_keys_take_one_pass(anyio_backend: str) -> None:
    keys = [key_of(number) for number in range(0, NUMBER, 2)]
    async with serving(serve) as server, anyqpu.connect("kipu", base_url=server.url, token="t") as kipu:
        jobs = await kipu.find_many([*keys, "a-key-without-a-job"], since=BEGIN)
        assert {key: job.key for key, job in jobs.items()} == {key: key for key in keys}
        assert len(server.seen) == 20


async def test_two_thousand_open_jobs_are_taken_up_with_few_requests(anyio_backend: str) -> None:
    """By their handles, after a restart."""
    async with serving(serve) as server, anyqpu.connect("kipu", base_url=server.url, token="t") as kipu:
        job = await kipu.find(key_of(NUMBER - 1))
        assert job is not None
        server.seen.clear()
        handles = [replace(job.handle, id=job_of(number)["id"]) for number in range(NUMBER)]
        jobs = await kipu.refresh_jobs([kipu.attach(handle) for handle in handles])
        assert [job.status for job in jobs if isinstance(job, anyqpu.Job)] == [anyqpu.JobStatus.QUEUED] * NUMBER
        assert len(server.seen) <= 25


async def test_a_poll_of_a_fleet_returns_only_what_has_changed(anyio_backend: str) -> None:
    """Also that one job does not exist any more, which the list cannot say."""

    async def serve_lists(seen: Seen) -> ServerResponse:
        return await serve(seen) if seen.target.startswith("/jobs?") else ServerResponse.of_json({}, status=404)

    async with serving(serve_lists) as server, anyqpu.connect("kipu", base_url=server.url, token="t") as kipu:
        job = await kipu.find(key_of(NUMBER - 1))
        assert job is not None
        ids = [*(job_of(number)["id"] for number in range(300)), "a-job-that-was-deleted"]
        jobs = {id: kipu.attach(replace(job.handle, id=id)) for id in ids}
        changed, errors = await many_jobs_of(kipu).changes(jobs)
        assert (set(changed), set(errors)) == (set(ids[:300]), set(ids[300:]))
        assert isinstance(errors[ids[300]], anyqpu.errors.NotFoundError)
        changed, _ = await many_jobs_of(kipu).changes(changed)
        assert changed == {}
        running.update({7, 250})
        try:
            changed, errors = await many_jobs_of(kipu).changes({id: replace(job, id=id) for id in ids[:300]})
        finally:
            running.clear()
        assert {id: job.status for id, job in changed.items()} == dict.fromkeys(
            (ids[7], ids[250]), anyqpu.JobStatus.RUNNING
        )
        assert errors == {}

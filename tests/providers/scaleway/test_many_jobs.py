"""Many jobs at Scaleway, whose lists have no filter for a status, but can be sorted by it."""

from __future__ import annotations

import dataclasses
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

import anyqpu
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

SESSION = "0ed71b73-4ca5-489a-9fbc-edfba1a92fa8"
NUMBER = 1_000


def id_of(number: int) -> str:
    return f"514cf1a6-0ea4-46a5-ae0e-{number:012}"


class Cloud:
    """A thousand jobs of one session, of which some have not ended.

    Attributes:
        lists: The `order_by` of each list request.
        singles: Identifiers of jobs that were requested one by one.
    """

    def __init__(self, running: set[int], *, sorts_by_name: bool = True) -> None:
        self.running = running
        self.sorts_by_name = sorts_by_name
        self.lists: list[str] = []
        self.singles: list[str] = []

    def job(self, number: int) -> dict[str, Any]:
        status = "running" if number in self.running else "completed"
        return {
            "id": id_of(number),
            "status": status,
            "name": f"run {number}",
            "tags": [],
            "session_id": SESSION,
            "created_at": f"2026-11-29T12:{number // 60:02}:{number % 60:02}Z",
        }

    async def serve(self, seen: Seen) -> ServerResponse:
        place = urlsplit(seen.target)
        if place.path.endswith("/jobs"):
            query = {name: values[0] for name, values in parse_qs(place.query).items()}
            self.lists.append(query["order_by"])
            jobs = [self.job(number) for number in range(NUMBER)]
            if query["order_by"].startswith("status"):
                jobs.sort(
                    key=lambda job: job["status"], reverse=query["order_by"].endswith("desc") == self.sorts_by_name
                )
            first = (int(query["page"]) - 1) * 100
            return ServerResponse.of_json({"total_count": NUMBER, "jobs": jobs[first : first + 100]})
        id = place.path.rpartition("/")[2]
        if "/jobs/" not in place.path:
            return ServerResponse.of_json({"id": SESSION, "name": "s", "status": "running", "platform_id": "p"})
        self.singles.append(id)
        return ServerResponse.of_json(self.job(int(id[-12:])))


async def refreshed(cloud: Cloud, wanted: list[int], times: int = 1) -> list[Any]:
    """Return jobs that were waiting when they were last seen, as the client refreshes them."""
    async with (
        serving(cloud.serve) as server,
        anyqpu.connect("scaleway", base_url=server.url, secret_key="k", project_id="p") as client,
    ):
        one: Any = await client.job(id_of(wanted[0]))
        waiting = [
            dataclasses.replace(one, id=id_of(number), status=anyqpu.JobStatus.QUEUED, raw_status="waiting")
            for number in wanted
        ]
        cloud.singles.clear()
        for _ in range(times):
            jobs: list[Any] = await client.refresh_jobs(waiting)
        return jobs


async def test_jobs_that_have_not_ended_are_all_on_the_first_page(anyio_backend: str) -> None:
    running = set(range(5, 1000, 50))
    cloud = Cloud(running)
    jobs = await refreshed(cloud, sorted(running))
    assert [job.status for job in jobs] == [anyqpu.JobStatus.RUNNING] * 20
    assert (cloud.lists, cloud.singles) == (["status_desc"], [])


async def test_a_few_that_have_ended_are_requested_one_by_one(anyio_backend: str) -> None:
    running = set(range(5, 1000, 50))
    cloud = Cloud(running - {905, 955})
    jobs = await refreshed(cloud, sorted(running))
    assert [job.status for job in jobs] == [anyqpu.JobStatus.RUNNING] * 18 + [anyqpu.JobStatus.COMPLETED] * 2
    assert cloud.lists == ["status_desc"]
    assert sorted(cloud.singles) == [id_of(905), id_of(955)]


async def test_many_that_have_ended_are_read_from_the_pages_behind(anyio_backend: str) -> None:
    cloud = Cloud(set())
    jobs = await refreshed(cloud, list(range(0, 1000, 10)))
    assert {job.status for job in jobs} == {anyqpu.JobStatus.COMPLETED}
    assert len(cloud.lists) + len(cloud.singles) <= 20


async def test_where_a_cloud_sorts_the_other_way_the_other_order_is_used(anyio_backend: str) -> None:
    running = set(range(5, 1000, 50))
    cloud = Cloud(running, sorts_by_name=False)
    jobs = await refreshed(cloud, sorted(running), times=2)
    assert [job.status for job in jobs] == [anyqpu.JobStatus.RUNNING] * 20
    assert cloud.lists[-1] == "status_asc"
    assert cloud.lists.count("status_asc") == 1

"""Lists with elements that cannot be read."""

from __future__ import annotations

import json
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import JobStatus, PollPolicy
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

ODD: list[Any] = [
    {"status": "RUNNING"},
    {"id": None, "status": "RUNNING"},
    {"id": ["j"], "status": "RUNNING"},
    {"id": "odd", "status": 5},
    {"id": "odd"},
    "job",
    None,
    [],
]


@pytest.mark.parametrize("odd", ODD, ids=str)
async def test_one_bad_job_harms_neither_the_list_nor_the_waits_that_share_it(anyio_backend: str, odd: Any) -> None:
    lists = 0

    async def serve(seen: Seen) -> ServerResponse:
        nonlocal lists
        good = [{"id": f"j{n}", "status": "RUNNING" if lists < 2 else "COMPLETED"} for n in range(6)]
        body: Any = {"content": [good[0], odd, *good[1:]], "total_pages": 1, "total_elements": 7}
        if seen.path == "/jobs":
            lists += 1
        else:
            body = next(job for job in good if job["id"] == seen.path.split("/")[2])
        return ServerResponse(200, json.dumps(body).encode(), {"content-type": "application/json"})

    async with serving(serve) as server:
        quick = PollPolicy(floor=0.05, growth=0.01)
        async with anyqpu.connect("kipu", token="t", base_url=server.url, poll=quick) as kipu:
            jobs = await kipu.jobs().collect()
            assert [job.id for job in jobs] == [f"j{n}" for n in range(6)]
            ended: list[JobStatus] = []

            async def wait(job: anyqpu.Job) -> None:
                ended.append((await job.wait(timeout=20)).status)

            async with anyio.create_task_group() as group:
                for job in jobs:
                    group.start_soon(wait, job)
    assert ended == [JobStatus.COMPLETED] * 6

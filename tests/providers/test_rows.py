"""Lists that are read for waits: a job in the status that its waits know is not decoded."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import Job, JobStatus, PollPolicy
from anyqpu.core.rows import Row
from anyqpu.providers.pasqal import PasqalJob
from anyqpu.waiting import BatchResult
from tests.emulator.pasqal.helpers import FLIP
from tests.support.inside import adapter_of
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

QUICK = PollPolicy(floor=0.01, growth=0.0)
BELL = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\ncreg c[1];\nx q[0];\nmeasure q -> c;\n'


class Jobs:
    """Kipu's jobs, and how often they were listed and polled."""

    def __init__(self, number: int, **fields: Any) -> None:
        self.rows: dict[str, dict[str, Any]] = {
            f"job-{index}": {
                "id": f"job-{index}",
                "status": "RUNNING",
                "backend_id": "kipu.sim.qsim",
                "created_at": "2025-01-02 12:00:00",
                "shots": 100 + index,
                **fields,
            }
            for index in range(number)
        }
        self.odd: list[Any] = []
        self.page: Callable[[list[Any]], Any] = lambda rows: {"content": rows, "total_elements": len(rows)}
        self.lists = self.singles = 0

    async def respond(self, seen: Seen) -> ServerResponse:
        parts = seen.path.strip("/").split("/")
        if parts == ["jobs"]:
            self.lists += 1
            return ServerResponse.of_json(self.page([*self.odd, *self.rows.values()]))
        if parts[0] == "sessions":
            self.lists += 1
            return ServerResponse.of_json([*self.rows.values()])
        row = self.rows[parts[1]]
        if parts[-1] == "status":
            self.singles += 1
            return ServerResponse.of_json({"status": row["status"]})
        return ServerResponse.of_json(row)

    def end(self, id: str) -> None:
        self.rows[id] |= {"status": "COMPLETED", "ended_at": "2025-01-02 12:00:30"}

    async def listed(self, more: int) -> None:
        """Wait for some lists more."""
        until = self.lists + more
        while self.lists < until:  # noqa: ASYNC110
            await anyio.sleep(0.005)


class Waits:
    """Waits for all jobs of a cloud: what each saw, and how it ended."""

    def __init__(self) -> None:
        self.updates: dict[str, list[str]] = {}
        self.ended: dict[str, Job] = {}
        self.jobs: list[Job] = []

    async def wait(self, job: Job) -> None:
        seen = self.updates.setdefault(job.id, [])
        # Half of the waits report what they see; the others need the end alone.
        on_update = (lambda job: seen.append(job.raw_status)) if int(job.id[-1]) % 2 else None
        self.ended[job.id] = await job.wait(poll=QUICK, timeout=30, on_update=on_update)


@asynccontextmanager
async def waiting(cloud: Jobs) -> AsyncIterator[Waits]:
    """Wait for all jobs of a cloud from the beginning to the end of the block, and beyond until they have ended."""
    waits = Waits()
    async with serving(cloud.respond) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as client:
        waits.jobs = [await client.job(id) for id in cloud.rows]
        async with anyio.create_task_group() as group:
            for job in waits.jobs:
                group.start_soon(waits.wait, job)
            await cloud.listed(2)
            yield waits
            for id in cloud.rows:
                cloud.end(id)


async def test_a_change_among_unchanged_jobs_ends_its_wait_alone(anyio_backend: str) -> None:
    cloud = Jobs(8)
    async with waiting(cloud) as waits:
        await cloud.listed(3)
        assert not waits.ended
        for id in ("job-3", "job-4"):
            cloud.end(id)
            await cloud.listed(3)
        assert [*waits.ended] == ["job-3", "job-4"]
    assert {id: (job.status, job.shots) for id, job in waits.ended.items()} == {
        f"job-{index}": (JobStatus.COMPLETED, 100 + index) for index in range(8)
    }
    assert all(job.ended_at is not None and job.raw.ended_at == "2025-01-02 12:00:30" for job in waits.ended.values())
    # One at the beginning and one at the end, however many lists there were.
    assert [waits.updates[f"job-{index}"] for index in (1, 3, 5)] == [["RUNNING", "COMPLETED"]] * 3


async def test_a_wait_that_begins_beside_others_reports_the_job(anyio_backend: str) -> None:
    """The page has the same bytes as before, but this wait has not seen the job."""
    cloud = Jobs(6)
    async with waiting(cloud) as waits, anyio.create_task_group() as group:
        await cloud.listed(3)
        for job in waits.jobs[:2]:
            group.start_soon(waits.wait, job)
        await cloud.listed(3)
        # The first of job-0 reports nothing, and the second of job-1 what the first has reported.
        assert waits.updates["job-1"] == ["RUNNING"] * 2
        for id in cloud.rows:
            cloud.end(id)
    assert waits.updates["job-1"] == ["RUNNING"] * 2 + ["COMPLETED"] * 2


async def test_a_status_that_is_not_in_the_document_is_a_change(anyio_backend: str) -> None:
    cloud = Jobs(4)
    async with waiting(cloud) as waits:
        cloud.rows["job-1"]["status"] = "PAUSED"
        await cloud.listed(3)
        assert waits.updates["job-1"] == ["RUNNING", "PAUSED"]
    assert waits.updates["job-1"] == ["RUNNING", "PAUSED", "COMPLETED"]


async def test_rows_that_are_not_jobs_are_left_out(anyio_backend: str, caplog: pytest.LogCaptureFixture) -> None:
    cloud = Jobs(6)
    cloud.odd = ["text", None, 5, {}, {"id": "no-status"}, {"status": "RUNNING"}, {"id": 7, "status": "RUNNING"}]
    cloud.odd += [{"id": "another", "status": "COMPLETED"}, {"id": "nested", "status": {"RUNNING": True}}]
    with caplog.at_level(logging.WARNING, "anyqpu"):
        async with waiting(cloud) as waits:
            cloud.end("job-5")
            await cloud.listed(3)
            assert [*waits.ended] == ["job-5"]
    assert len(waits.ended) == 6
    assert any("was left out" in record.getMessage() for record in caplog.records if record.name == "anyqpu")


@pytest.mark.parametrize(
    "page",
    [
        lambda rows: {"content": {"rows": rows}},
        lambda rows: rows,
        lambda rows: "nothing",
        lambda rows: {"content": [[row] for row in rows]},
        lambda rows: {},
    ],
)
async def test_jobs_are_polled_one_by_one_where_the_list_cannot_be_read(
    anyio_backend: str, page: Callable[[list[Any]], Any]
) -> None:
    cloud, waits = Jobs(3), Waits()
    cloud.page = page
    async with serving(cloud.respond) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as client:
        jobs = [await client.job(id) for id in cloud.rows]
        async with anyio.create_task_group() as group:
            for job in jobs:
                group.start_soon(waits.wait, job)
            while cloud.singles < 9:  # noqa: ASYNC110
                await anyio.sleep(0.005)
            assert not waits.ended
            for id in cloud.rows:
                cloud.end(id)
    assert len(waits.ended) == 3
    assert cloud.lists


# What is listed, for each cloud and kind


@asynccontextmanager
async def kipu(**fields: Any) -> AsyncIterator[tuple[anyqpu.Client, list[Job]]]:
    cloud = Jobs(3, **fields)
    async with serving(cloud.respond) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as client:
        yield client, [await client.job(id) for id in cloud.rows]


@asynccontextmanager
async def scaleway() -> AsyncIterator[tuple[anyqpu.Client, list[Job]]]:
    async with anyqpu.connect("scaleway", emulator="lenient") as client:
        device = "EMU-AER-16C-128M"
        jobs = [await client.submit(BELL, device=device, shots=5) for _ in range(2)]
        processes = [await client.process("vqe", device=device) for _ in range(2)]
        yield client, [await job.wait(timeout=30) for job in (*jobs, *processes)]


@asynccontextmanager
async def pasqal() -> AsyncIterator[tuple[anyqpu.Client, list[Job]]]:
    async with anyqpu.connect("pasqal", emulator="lenient") as client:
        workloads = [await client.workload("qadence_circuit", backend="pyq", config={}) for _ in range(2)]
        batch = await client.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)] * 2)
        yield client, [await job.wait(timeout=30) for job in (*batch.jobs, *workloads)]


LISTS: Mapping[str, Callable[[], AbstractAsyncContextManager[tuple[anyqpu.Client, list[Job]]]]] = {
    "kipu": kipu,
    "kipu session": lambda: kipu(session_id="session"),
    "scaleway": scaleway,
    "pasqal": pasqal,
}


@pytest.mark.parametrize("name", LISTS)
async def test_only_what_may_have_changed_is_decoded(anyio_backend: str, name: str) -> None:
    async with LISTS[name]() as (client, jobs):
        waited, adapter = {job.id: job for job in jobs}, adapter_of(client)
        whole = await adapter.list_many(waited)
        assert whole.items.keys() == waited.keys()
        for changed in waited:
            statuses: dict[str, object] = {}

            def is_same(id: str, status: object, changed: str = changed, statuses: Any = statuses) -> bool:
                statuses[id] = status
                return id != changed

            part = await adapter.list_many(waited, BatchResult(is_same=is_same))
            assert part.items == {changed: whole.items[changed]}
            assert part.same == waited.keys() - {changed}
            assert part.requests == whole.requests
            assert statuses == {id: job.raw_status for id, job in whole.items.items()}
            assert not any(isinstance(job, Row) for job in part.items.values())

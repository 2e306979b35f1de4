"""Workloads on the emulated Pasqal Cloud, awaited as jobs are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import anyio
import pytest

from anyqpu import JobStatus, ResultKind, errors
from anyqpu.providers.pasqal import PasqalClient, PasqalJob
from anyqpu.providers.pasqal.mapping import UNSEEN
from tests.emulator.pasqal.helpers import FLIP
from tests.support.inside import adapter_of

pytestmark = pytest.mark.anyio


async def test_a_workload_is_awaited_as_a_job_is(pasqal: PasqalClient) -> None:
    workload = await pasqal.workload("qadence_circuit", backend="pyqtorch", config={"depth": 3})
    assert (workload.kind, workload.name, workload.device_id) == ("workload", "qadence_circuit", "pyqtorch")
    assert (await workload.wait(timeout=30)).status is JobStatus.COMPLETED
    result = await workload.result(timeout=30)
    assert (result.kind, result.raw["config"]) == (ResultKind.RAW, {"depth": 3})
    assert [event.status async for event in workload.events()] == [JobStatus.COMPLETED]
    again = await pasqal.resume(str(workload.handle))
    assert (again.id, again.kind, again.status) == (workload.id, "workload", JobStatus.COMPLETED)


async def test_workloads_are_cancelled_and_found_by_filters(slow: PasqalClient) -> None:
    one, two = [await slow.workload("algorithm_dqgm", backend="emu_c", config={"n": n}) for n in range(2)]
    assert (await one.cancel()).status is JobStatus.CANCELLED
    with pytest.raises(errors.JobCancelledError):
        await one.result()
    assert [workload.id async for workload in slow.workloads()] == [two.id, one.id]
    assert [workload.id async for workload in slow.workloads(status="queued", ids=[one.id, two.id])] == [two.id]
    past = datetime.now(UTC) - timedelta(days=3650)
    assert [workload.id async for workload in slow.workloads(end_date=past)] == []
    with pytest.raises(errors.WaitTimeoutError) as caught:
        await two.wait(timeout=0.05)
    assert caught.value.handle == two.handle


async def test_jobs_and_workloads_are_awaited_side_by_side(
    pasqal: PasqalClient, connect: Callable[[], PasqalClient]
) -> None:
    batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)] * 3)
    workloads = [await pasqal.workload("qadence_circuit", backend="pyq", config={}) for _ in range(3)]
    ended: dict[str, JobStatus] = {}
    async with anyio.create_task_group() as group:
        for workload in (*batch.jobs, *workloads):

            async def wait(job: object = workload) -> None:
                done = await job.wait(timeout=30)  # type: ignore[attr-defined]
                ended[done.id] = done.status

            group.start_soon(wait)
    assert len(ended) == 6
    assert set(ended.values()) == {JobStatus.COMPLETED}
    everything = {job.id: job for job in (*batch.jobs, *workloads)}
    other = connect()
    for client in (pasqal, other):
        assert adapter_of(client).list_cost(everything) == 2
        # One request for each kind, and none for each batch.
        listed = await adapter_of(client).list_many(everything)
        assert listed.requests == 2
        assert {id: job.device_id for id, job in listed.items.items()} == {
            id: j.device_id for id, j in everything.items()
        }
    assert adapter_of(other).reader.facts(batch.id) is UNSEEN


@pytest.mark.parametrize(
    ("kind", "backend", "message"),
    [
        ("algorithm_x", "pyq", "no workload_type 'algorithm_x'. It is one of algorithm_dqgm"),
        ("qadence_circuit", "EMU_FREE", "no backend 'EMU_FREE'. It is one of digital"),
    ],
)
async def test_what_there_is_not_is_refused(pasqal: PasqalClient, kind: str, backend: str, message: str) -> None:
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await pasqal.workload(kind, backend=backend, config={})
    assert caught.value.status_code is None
    assert await pasqal.workloads().collect() == []

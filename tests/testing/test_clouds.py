"""Emulated clouds for tests: all clients connect to them, an hour takes no time, and the state is restored."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio.to_thread
import pytest

import anyqpu
from anyqpu.errors import ConfigError, JobFailedError, MissingCredentialsError, WaitTimeoutError
from anyqpu.testing import EmulatedClouds, emulated

pytestmark = pytest.mark.anyio
BELL = Path(__file__).parents[2] / "examples" / "bell.qasm"


@pytest.fixture
def clouds(request: pytest.FixtureRequest) -> Iterator[EmulatedClouds]:
    with emulated(**getattr(request, "param", {})) as clouds:
        yield clouds


async def users_own_code(shots: int = 100) -> Any:
    """Code that is independent of tests."""
    async with anyqpu.connect("kipu") as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=shots)
        return (await job.result(timeout=2 * 3600)).counts


async def test_a_queue_of_an_hour_takes_no_real_time(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=3600, run=60)
    await users_own_code()
    began, before = time.perf_counter(), clouds.now
    counts = await users_own_code()
    assert time.perf_counter() - began < 60
    assert sum(counts.values()) == 100
    # No later than a poll would have it.
    assert timedelta(seconds=3660) <= clouds.now - before < timedelta(seconds=3900)


async def test_equal_tests_have_equal_results() -> None:
    results = []
    for _ in range(2):
        async with emulated(seed=5):
            results.append(await users_own_code(1000))
    assert results[0] == results[1]


async def test_everything_is_one_cloud(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("kipu") as one, anyqpu.connect("kipu", emulator=True) as other:
        job = await one.submit(BELL, device="kipu.sim.qsim", shots=10)
        assert (await other.job(job.id)).id == job.id
    assert (await anyqpu.resume(str(job.handle))).id == job.id
    assert [job["id"] for job in clouds.jobs()] == [job.id]


async def test_waits_end_at_their_limit_of_virtual_time(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("kipu") as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        clouds.move(job, "running")
        began = time.perf_counter()
        with pytest.raises(WaitTimeoutError):
            await job.wait(timeout=24 * 3600)
        assert time.perf_counter() - began < 60
        clouds.move(job.id, "failed", "a fuse has blown")
        with pytest.raises(JobFailedError, match="a fuse has blown"):
            await job.result(timeout=60)


async def test_faults_are_retried_in_virtual_time(clouds: EmulatedClouds) -> None:
    clouds.faults.add(cloud="kipu", operation="getJob", status=503, retry_after=30, count=2)
    began = time.perf_counter()
    await users_own_code()
    assert time.perf_counter() - began < 30


async def test_a_lost_response_is_reconciled_in_virtual_time(clouds: EmulatedClouds) -> None:
    clouds.faults.add(cloud="kipu", operation="createJob", drop="after", count=1)
    began = time.perf_counter()
    await users_own_code()
    assert time.perf_counter() - began < 30
    assert len(clouds.jobs()) == 1


@pytest.mark.parametrize("clouds", [{"time": "manual"}], indirect=True)
async def test_time_by_hand(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=100, run=10)
    async with anyqpu.connect("kipu") as kipu, anyio.create_task_group() as group:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        group.start_soon(job.wait)
        await anyio.to_thread.run_sync(clouds.emulator.wait_for_computations)
        for seconds, status in ((99, "queued"), (2, "running"), (10, "completed")):
            clouds.advance(seconds)
            assert str((await kipu.job(job.id)).status) == status
        clouds.advance(60)


@pytest.mark.parametrize("clouds", [{"time": "machine", "speed": "instant"}], indirect=True)
async def test_the_time_of_the_machine(clouds: EmulatedClouds) -> None:
    await users_own_code()
    assert abs(clouds.now - datetime.now(UTC)) < timedelta(minutes=1)
    clouds.advance(3600)
    assert clouds.now - datetime.now(UTC) > timedelta(minutes=59)


async def test_reservations_are_waited_for_in_virtual_time(clouds: EmulatedClouds) -> None:
    async with anyqpu.connect("rigetti") as rigetti:
        start = clouds.now + timedelta(hours=5)
        made = await rigetti.reserve("Aspen-9", start=start, end=start + timedelta(minutes=10))
        began = time.perf_counter()
        begun = await rigetti.wait_for_reservation(made, until="start")
        assert time.perf_counter() - began < 60
        assert str(begun.status) == "active"
        assert start <= clouds.now < start + timedelta(minutes=10)


async def test_many_waits_on_many_clouds(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=0, run=600)
    results = []

    async def wait(job: Any) -> None:
        results.append(await job.wait(timeout=100_000))

    async with anyqpu.connect("kipu") as kipu, anyqpu.connect("scaleway") as scaleway:
        jobs = [await kipu.submit(BELL, device="kipu.sim.qsim", shots=10) for _ in range(8)]
        async with scaleway.session(device="EMU-AER-16C-128M", max_duration=50_000, max_idle=50_000) as session:
            jobs += [await session.submit(BELL, shots=10) for _ in range(8)]
            async with anyio.create_task_group() as group:
                for job in jobs:
                    group.start_soon(wait, job)
    assert {str(job.status) for job in results} == {"completed"}


async def test_the_innermost_emulator_is_used_and_none_after_the_last() -> None:
    async with emulated() as outer:
        async with emulated() as inner:
            await users_own_code()
            assert (len(inner.jobs()), len(outer.jobs())) == (1, 0)
        await users_own_code()
        assert (len(inner.jobs()), len(outer.jobs())) == (1, 1)
        # An explicit choice is used instead.
        assert anyqpu.connect("kipu", emulator="http://127.0.0.1:1") is not None
        with pytest.raises(ConfigError):
            anyqpu.connect("kipu", emulator=False)
    with pytest.raises(MissingCredentialsError):
        anyqpu.connect("kipu")
    with pytest.raises(RuntimeError), emulated():
        raise RuntimeError
    with pytest.raises(MissingCredentialsError):
        anyqpu.connect("kipu")

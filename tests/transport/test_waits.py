"""Waiting for real jobs: limits, cancellation, unknown states, and the events of a state change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial

import anyio
import pytest

import anyqpu
from anyqpu import Hooks, JobStatus, PollPolicy, RetryPolicy, errors
from anyqpu.transport.hooks import StateEvent
from tests.support.server import Seen, ServerResponse, serving
from tests.support.statuses import Statuses
from tests.transport.conftest import JOB, kipu_at

pytestmark = pytest.mark.anyio

QUICK = PollPolicy(floor=0.005, growth=0.0, max_unknown=3, max_errors=3)
ONCE = RetryPolicy(attempts=1)


class Cloud:
    """A cloud with one job, whose states are returned one after another; it also counts cancels."""

    def __init__(self, *states: str | ServerResponse, on_cancel: Callable[[], ServerResponse] | None = None) -> None:
        self.states = list(states)
        self.looks = 0
        self.cancels = 0
        self.slow_cancel = 0.0

    async def __call__(self, seen: Seen) -> ServerResponse:
        if seen.method == "DELETE":
            self.cancels += 1
            await anyio.sleep(self.slow_cancel)
            return ServerResponse(204)
        self.looks += 1
        state = self.states.pop(0) if len(self.states) > 1 else self.states[0]
        return state if isinstance(state, ServerResponse) else ServerResponse.of_json({"id": JOB, "status": state})


async def a_job(kipu: anyqpu.providers.kipu.KipuClient) -> anyqpu.Job:
    return await kipu.job(JOB)


@pytest.mark.parametrize(
    ("limit", "states", "name"),
    [
        ({"timeout": 0.05}, ["PENDING"], "timeout"),
        ({"queue_timeout": 0.05}, ["PENDING"], "queue_timeout"),
        ({"run_timeout": 0.05}, ["PENDING", "PENDING", "RUNNING"], "run_timeout"),
    ],
)
async def test_each_limit_says_what_it_was_and_carries_the_handle(
    anyio_backend: str, limit: dict[str, float], states: list[str], name: str
) -> None:
    cloud = Cloud(*states)
    async with serving(cloud) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        with pytest.raises(errors.WaitTimeoutError, match=rf"after the {name} of 0\.05 s") as caught:
            await job.wait(poll=QUICK, **limit)  # type: ignore[arg-type]
    assert caught.value.handle == job.handle
    assert caught.value.last_status == ("running" if name == "run_timeout" else "queued")
    assert isinstance(caught.value, TimeoutError)
    assert cloud.cancels == 0, "the remote job keeps running"


@pytest.mark.parametrize("wrong", [-1, True])
async def test_an_invalid_time_limit_is_refused(anyio_backend: str, wrong: float) -> None:
    async with serving(Cloud("PENDING")) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        with pytest.raises(errors.ValidationError, match="invalid timeout"):
            await job.wait(timeout=wrong)


async def test_an_unknown_status_does_not_end_the_wait_but_lasts_only_so_long(anyio_backend: str) -> None:
    async with serving(Cloud("RUNNING", "HIBERNATING", "HIBERNATING", "RUNNING", "COMPLETED")) as server:
        async with kipu_at(server) as kipu:
            done = await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)
            assert done.status is JobStatus.COMPLETED
    async with serving(Cloud("RUNNING", "HIBERNATING")) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        with pytest.raises(errors.UnexpectedStatusError, match="stays in status 'HIBERNATING'") as caught:
            await job.wait(timeout=30, poll=QUICK)
        assert caught.value.handle == job.handle


async def test_a_status_that_the_cloud_calls_unknown_is_waited_on(anyio_backend: str) -> None:
    states = ["UNKNOWN"] * 10 + ["COMPLETED"]
    async with serving(Cloud(*states)) as server, kipu_at(server) as kipu:
        assert (await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)).status is JobStatus.COMPLETED


async def test_trouble_that_passes_does_not_end_a_wait_and_trouble_that_stays_does(anyio_backend: str) -> None:
    bad = ServerResponse(503)
    async with serving(Cloud("RUNNING", bad, bad, "RUNNING", ServerResponse(drop=True), "COMPLETED")) as server:
        async with kipu_at(server, retry=ONCE) as kipu:
            assert (await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)).status is JobStatus.COMPLETED
    async with serving(Cloud("RUNNING", bad)) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.ServiceUnavailableError):
            await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)


async def test_a_job_that_disappears_ends_the_wait_at_once(anyio_backend: str) -> None:
    cloud = Cloud("RUNNING", ServerResponse(404))
    async with serving(cloud) as server, kipu_at(server) as kipu:
        with pytest.raises(errors.NotFoundError):
            await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)
    assert cloud.looks == 2


async def test_cancelling_the_task_stops_the_polling(anyio_backend: str) -> None:
    cloud = Cloud("RUNNING")
    async with serving(cloud) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        async with anyio.create_task_group() as group:
            group.start_soon(partial(job.wait, poll=QUICK))
            with anyio.fail_after(30):
                while cloud.looks < 3:  # noqa: ASYNC110 - the server has no event for it
                    await anyio.sleep(0.005)
            group.cancel_scope.cancel()
        looks = cloud.looks
        await anyio.sleep(0.1)
        assert cloud.looks <= looks + 1
    assert cloud.cancels == 0


@pytest.mark.parametrize("how", ["timeout", "cancelled"])
async def test_with_cancel_remote_exactly_one_cancel_is_sent(anyio_backend: str, how: str) -> None:
    cloud = Cloud("RUNNING")
    async with serving(cloud) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        if how == "timeout":
            with pytest.raises(errors.WaitTimeoutError):
                await job.wait(timeout=0.05, poll=QUICK, cancel_remote=True)
        else:
            with anyio.move_on_after(0.05):
                await job.wait(poll=QUICK, cancel_remote=True)
    assert cloud.cancels == 1


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
async def test_one_cancel_is_sent_even_if_asyncio_cancels_the_task_again_and_again(anyio_backend: str) -> None:
    cloud = Cloud("RUNNING")
    cloud.slow_cancel = 0.1
    async with serving(cloud) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        task = asyncio.ensure_future(job.wait(poll=QUICK, cancel_remote=True))
        await asyncio.sleep(0.05)
        for _ in range(5):
            task.cancel()
            await asyncio.sleep(0.01)
        with pytest.raises(asyncio.CancelledError):
            await task
    assert cloud.cancels == 1


async def test_a_cancel_that_fails_does_not_hide_why_the_wait_ended(anyio_backend: str) -> None:
    class Stubborn(Cloud):
        async def __call__(self, seen: Seen) -> ServerResponse:
            return ServerResponse(500) if seen.method == "DELETE" else await super().__call__(seen)

    async with serving(Stubborn("RUNNING")) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.WaitTimeoutError):
            await (await kipu.job(JOB)).wait(timeout=0.05, poll=QUICK, cancel_remote=True)


async def test_hooks_get_each_change_of_state(anyio_backend: str) -> None:
    events: list[StateEvent] = []

    class Ears(Hooks):
        def on_state(self, event: StateEvent) -> None:
            events.append(event)

    async with serving(Cloud("PENDING", "RUNNING", "RUNNING", "COMPLETED")) as server:
        async with kipu_at(server, hooks=Ears()) as kipu:
            await (await kipu.job(JOB)).wait(timeout=30, poll=QUICK)
    assert [event.raw_status for event in events] == ["RUNNING", "COMPLETED"]
    assert {event.id for event in events} == {JOB}


async def test_two_hundred_waits_share_one_loop(anyio_backend: str) -> None:
    ended: list[str] = []
    async with serving(Statuses(polls=6).respond) as server, kipu_at(server) as kipu:

        async def wait(number: int) -> None:
            job = await kipu.job(f"job-{number}")
            ended.append((await job.wait(timeout=60, poll=PollPolicy(floor=0.02, growth=0.0))).status)

        async with anyio.create_task_group() as group:
            for number in range(200):
                group.start_soon(wait, number)
    assert ended == ["completed"] * 200
    assert server.connections <= 32

"""A job may be complete a moment before its result is there."""

from __future__ import annotations

import anyio
import pytest

from anyqpu import JobStatus, PollPolicy, errors
from anyqpu.providers.kipu import KipuClient
from anyqpu.transport.client import Transport
from anyqpu.waiting import Clock, LoopClock
from tests.support.inside import config_of
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import JOB, kipu_at

pytestmark = pytest.mark.anyio

QUICK = PollPolicy(floor=0.005, growth=0.0)


class Late:
    """A job that is complete, whose result comes after so many looks."""

    def __init__(self, looks: int) -> None:
        self.left = looks

    async def __call__(self, seen: Seen) -> ServerResponse:
        if not seen.path.endswith("/result"):
            return ServerResponse.of_json({"id": JOB, "status": "COMPLETED", "backend_id": "kipu.sim.qsim"})
        self.left -= 1
        return ServerResponse(404) if self.left >= 0 else ServerResponse.of_json({"counts": {"01": 3}})


async def test_a_late_result_is_waited_for() -> None:
    async with serving(Late(3)) as server, kipu_at(server) as kipu:
        result = await (await kipu.job(JOB)).result(timeout=10, poll=QUICK)
    assert result.counts == {"10": 3}
    assert sum(request.path.endswith("/result") for request in server.seen) == 4


class Hurried(LoopClock):
    """A clock that runs a thousand times as fast."""

    def now(self) -> float:
        return super().now() * 1000

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds / 1000)


async def test_one_that_never_comes_is_an_error_after_half_a_minute() -> None:
    clock: Clock = Hurried()
    async with serving(Late(10_000)) as server, kipu_at(server) as usual:
        config = config_of(usual)
        kipu = KipuClient(usual.spec, Transport(config), usual.settings, poll=PollPolicy(), clock=clock)
        job = await kipu.job(JOB)
        with pytest.raises(errors.ResultNotAvailableError, match="30 s later there is no result") as caught:
            await job.result(poll=PollPolicy(floor=1.0, growth=0.0))
    assert caught.value.operation == "getJobResult"
    assert caught.value.status_code == 404


async def test_the_timeout_holds_for_late_results_too() -> None:
    async with serving(Late(10_000)) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        with anyio.fail_after(30), pytest.raises(errors.WaitTimeoutError, match="was not there in time") as caught:
            await job.result(timeout=1.0, poll=QUICK)
    assert caught.value.last_status is JobStatus.COMPLETED
    assert caught.value.handle == job.handle

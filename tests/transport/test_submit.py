"""Submitting: exactly one job, whatever happens to the response."""

from __future__ import annotations

from collections.abc import Callable

import anyio
import httpx
import pytest

import anyqpu
from anyqpu import Limits, RetryPolicy, Search, Timeouts, errors
from anyqpu.providers.kipu import KipuClient
from anyqpu_emulator import Emulator
from tests.client.conftest import BELL
from tests.support.inside import config_of
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

SHORT = Search(tries=3, pause=0.01)
Trouble = Callable[[Seen], ServerResponse | None]


class Between:
    """A proxy between a client and the emulator that spoils responses to submits."""

    def __init__(
        self, *, before: ServerResponse | None = None, after: ServerResponse | None = None, times: int = 1
    ) -> None:
        self.emulator = Emulator(speed="instant")
        self.inner = httpx.AsyncClient(
            transport=httpx.ASGITransport(self.emulator.app), base_url="http://emulator", timeout=30
        )
        self.before, self.after, self.times = before, after, times
        self.submits = 0

    async def __call__(self, seen: Seen) -> ServerResponse:
        is_submit = seen.method == "POST" and seen.path.endswith("/jobs")
        spoil = is_submit and self.submits < self.times
        self.submits += is_submit
        if spoil and self.before is not None:
            return self.before
        kept = {name: value for name, value in seen.headers.items() if name not in {"host", "content-length"}}
        response = await self.inner.request(seen.method, seen.target, headers=kept, content=seen.body)
        if spoil and self.after is not None:
            return self.after
        return ServerResponse(
            response.status_code, response.content, {"content-type": response.headers.get("content-type", "")}
        )

    async def close(self) -> None:
        await self.inner.aclose()
        await anyio.to_thread.run_sync(self.emulator.close)


async def submit_through(between: Between) -> tuple[anyqpu.Job | errors.AnyQPUError, list[anyqpu.Job]]:
    """What a submit gives, and the jobs that exist then."""
    async with serving(between) as server:
        client: KipuClient = anyqpu.connect("kipu", emulator=server.url, retry=RetryPolicy(backoff=0.001), search=SHORT)
        async with client as kipu:
            outcome: anyqpu.Job | errors.AnyQPUError
            try:
                outcome = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, name="bell", tags=["mine"])
            except errors.AnyQPUError as error:
                outcome = error
            jobs = await kipu.jobs().collect()
    await between.close()
    return outcome, jobs


@pytest.mark.parametrize(
    "after",
    [
        ServerResponse(drop=True),
        ServerResponse(500),
        ServerResponse(502, b"<html>"),
        ServerResponse(504),
        ServerResponse(503),
        ServerResponse(201, b"{cut off"),
        ServerResponse(200, b"{}"),
    ],
    ids=["dropped", "500", "502", "504", "503", "cut off", "undocumented success"],
)
async def test_a_lost_response_after_the_job_was_made_gives_that_job(anyio_backend: str, after: ServerResponse) -> None:
    outcome, jobs = await submit_through(Between(after=after))
    assert isinstance(outcome, anyqpu.Job)
    assert [job.id for job in jobs] == [outcome.id]
    assert outcome.tags == ("mine",)
    assert outcome.dedup_key is not None
    assert outcome.name == "bell"


@pytest.mark.parametrize(
    "before", [ServerResponse(drop=True), ServerResponse(500), ServerResponse(503)], ids=["dropped", "500", "503"]
)
async def test_a_submit_that_got_lost_on_its_way_is_said_to_be_unknown_and_not_sent_again(
    anyio_backend: str, before: ServerResponse
) -> None:
    between = Between(before=before, times=99)
    outcome, jobs = await submit_through(between)
    assert isinstance(outcome, errors.SubmissionUnknownError)
    assert jobs == []
    assert between.submits == 1
    assert outcome.dedup_key in str(outcome)
    assert outcome.since is not None
    assert outcome.until is not None
    assert outcome.since <= outcome.until


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 409, 422])
async def test_a_refused_submit_has_a_known_outcome(anyio_backend: str, status: int) -> None:
    between = Between(before=ServerResponse(status), times=99)
    outcome, jobs = await submit_through(between)
    assert not isinstance(outcome, errors.SubmissionUnknownError)
    assert isinstance(outcome, errors.APIError)
    assert outcome.status_code == status
    assert (jobs, between.submits) == ([], 1)


async def test_an_older_job_of_the_same_name_is_never_taken_for_ours(anyio_backend: str) -> None:
    between = Between(before=ServerResponse(drop=True), times=99)
    async with serving(between) as server:
        async with anyqpu.connect("kipu", emulator=server.url, search=SHORT) as kipu:
            between.times = 0
            await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, name="bell", tags=["mine"])
            between.times = 99
            with pytest.raises(errors.SubmissionUnknownError):
                await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, name="bell", tags=["mine"])
    await between.close()


async def test_a_submit_that_never_had_its_turn_was_not_sent(anyio_backend: str) -> None:
    """The only slot is taken for longer than the submit may take: certainly not sent, and that is what it says."""

    def nothing(seen: Seen) -> ServerResponse:
        return ServerResponse(500)

    async with serving(nothing) as server:
        client: KipuClient = anyqpu.connect(
            "kipu", base_url=server.url, token="t", limits=Limits(connections=1), timeout=Timeouts(total=1.0)
        )
        device = anyqpu.Device(id="kipu.sim.qsim", provider="kipu", name="qsim")
        async with client as kipu:
            async with config_of(kipu).http.limiter(server.url):
                with pytest.raises(errors.ConnectError, match="no free connection"):
                    await kipu.submit(BELL, device=device, shots=10)
        assert not [seen for seen in server.seen if seen.method == "POST"]


async def test_a_submit_with_a_timeout_does_not_wait_longer_for_its_response(anyio_backend: str) -> None:
    """The response counts as lost then: the job is searched and found although no response confirmed it."""

    class Mute(Between):
        async def __call__(self, seen: Seen) -> ServerResponse:
            reply = await super().__call__(seen)
            if seen.method == "POST" and seen.path.endswith("/jobs"):
                await anyio.sleep_forever()
            return reply

    mute = Mute()
    async with serving(mute) as server:
        client: KipuClient = anyqpu.connect("kipu", emulator=server.url, search=SHORT)
        async with client as kipu:
            with anyio.fail_after(30):
                job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, timeout=1.5)
            assert [item.id async for item in kipu.jobs()] == [job.id]
            for wrong in (0, -1, True, float("nan")):
                with pytest.raises(errors.ValidationError, match="timeout is in seconds"):
                    await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, timeout=wrong)
    await mute.close()
    assert mute.submits == 1


async def test_a_connection_that_fails_means_that_nothing_was_submitted(anyio_backend: str) -> None:
    once = RetryPolicy(attempts=1)
    async with anyqpu.connect("kipu", emulator="http://127.0.0.1:9", retry=once) as kipu:
        with pytest.raises(errors.ConnectError):
            await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)

"""What holds for every call: one limit of time for all of it, requests that are counted, texts that show no secret."""

from __future__ import annotations

import json
import logging
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import JobStatus, RetryPolicy, Timeouts, errors
from anyqpu.testing import emulated
from tests.client.conftest import BELL
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

TOKEN = "s3cr3t-token-of-the-user"
JOB = {"id": "j1", "status": "RUNNING", "backend_id": "kipu.sim.qsim", "tags": [], "shots": 10}
QUICK = RetryPolicy(backoff=0.001)


def json_reply(body: Any, status: int = 200, **headers: str) -> ServerResponse:
    return ServerResponse(status, json.dumps(body).encode(), {"content-type": "application/json", **headers})


@pytest.mark.parametrize("lost", [ServerResponse(drop=True), ServerResponse(502)], ids=["drop", "502"])
async def test_a_delete_whose_response_was_lost_is_a_success_when_it_is_gone(
    anyio_backend: str, lost: ServerResponse
) -> None:
    """RFC 9110, section 9.2.2: the second DELETE has no other effect than the first, which did what was asked."""
    deletes = 0

    async def serve(seen: Seen) -> ServerResponse:
        nonlocal deletes
        deletes += 1
        return lost if deletes == 1 else ServerResponse(404)

    async with serving(serve) as server:
        async with anyqpu.connect("kipu", token="t", base_url=server.url, retry=QUICK) as kipu:
            await kipu.raw.cancel_job("j1")
    assert deletes == 2


async def test_a_delete_of_what_never_was_is_not_found(anyio_backend: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return ServerResponse(404)

    async with serving(serve) as server:
        async with anyqpu.connect("kipu", token="t", base_url=server.url, retry=QUICK) as kipu:
            with pytest.raises(errors.NotFoundError):
                await kipu.raw.cancel_job("j1")


async def test_a_wait_that_cancels_remotely_sends_exactly_one_cancel(anyio_backend: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return ServerResponse(drop=True) if seen.method == "DELETE" else json_reply(JOB)

    async with serving(serve) as server:
        async with anyqpu.connect("kipu", token="t", base_url=server.url, retry=QUICK) as kipu:
            job = await kipu.job("j1")
            with pytest.raises(errors.WaitTimeoutError):
                await job.wait(timeout=0.1, cancel_remote=True)
        assert [seen.method for seen in server.seen].count("DELETE") == 1


async def test_the_total_limit_covers_the_login(anyio_backend: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        await anyio.sleep(30)
        return ServerResponse(200)

    async with serving(serve) as server:
        login = {"username": "u", "password": "p", "client_id": "c", "auth_url": server.url + "/token"}
        async with anyqpu.connect("kipu", base_url=server.url, timeout=Timeouts(total=0.3), **login) as kipu:
            with anyio.fail_after(10), pytest.raises(errors.ReadTimeoutError) as caught:
                await kipu.job("j1")
        assert caught.value.operation == "token"
        assert [seen.path for seen in server.seen] == ["/token"]


@pytest.mark.parametrize("slow", ["result", "failure"])
async def test_the_timeout_of_a_result_covers_the_requests_after_the_wait(anyio_backend: str, slow: str) -> None:
    status = "COMPLETED" if slow == "result" else "FAILED"

    async def serve(seen: Seen) -> ServerResponse:
        if seen.path.endswith("/result"):
            await anyio.sleep(30)
        return json_reply({**JOB, "status": status})

    async with serving(serve) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as kipu:
        job = await kipu.job("j1")
        with anyio.fail_after(10), pytest.raises(errors.WaitTimeoutError) as caught:
            await job.result(timeout=0.3)
    assert caught.value.handle == job.handle


async def test_a_provider_cannot_make_a_wait_sleep_for_a_day() -> None:
    """The job takes a minute; one poll gets Retry-After of a day, of which 60 s are waited."""
    async with emulated() as clouds, clouds.connect("kipu") as kipu:
        clouds.set_pace(queue=30, run=30)
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        clouds.faults.add(cloud="kipu", operation="getJobStatus", status=429, retry_after=86400, count=1)
        before = clouds.now
        job = await job.wait()
        assert job.status is JobStatus.COMPLETED
        assert (clouds.now - before).total_seconds() < 130


class Recorder(anyqpu.Hooks):
    """Keeps the events of hooks."""

    def __init__(self) -> None:
        self.events: list[Any] = []

    def on_response(self, event: Any) -> None:
        self.events.append(event)


@pytest.mark.parametrize(
    "reply",
    [
        json_reply({"id": 5, "echo": TOKEN}),
        json_reply([TOKEN]),
        ServerResponse(200, TOKEN.encode()),
        json_reply({"message": f"bad {TOKEN}"}, 400),
        json_reply({}, 500, **{"x-request-id": TOKEN}),
        json_reply([], 200, **{"x-request-id": f"{TOKEN}\x1b[31m"}),
    ],
    ids=["no status", "list", "text", "400", "request id", "request id of a success"],
)
async def test_a_credential_that_a_server_repeats_is_shown_nowhere(
    anyio_backend: str, reply: ServerResponse, caplog: pytest.LogCaptureFixture
) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return reply

    hooks = Recorder()
    async with serving(serve) as server:
        client = anyqpu.connect("kipu", token=TOKEN, base_url=server.url, retry=RetryPolicy(attempts=1), hooks=hooks)
        with caplog.at_level(logging.DEBUG):
            async with client as kipu:
                with pytest.raises(errors.AnyQPUError) as caught:
                    await kipu.job("j1")
    error = caught.value
    shown = [str(error), repr(error), repr(vars(error)), repr(error.args), repr(hooks.events), caplog.text]
    assert not [text for text in shown if TOKEN in text]
    assert "\x1b" not in str(error)


async def test_a_credential_in_the_place_of_a_status_is_not_shown(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return json_reply({**JOB, "status": TOKEN})

    quick = anyqpu.PollPolicy(floor=0.01, growth=0, max_unknown=1)
    async with serving(serve) as server:
        with caplog.at_level(logging.DEBUG):
            async with anyqpu.connect("kipu", token=TOKEN, base_url=server.url, poll=quick) as kipu:
                job = await kipu.job("j1")
                with pytest.raises(errors.UnexpectedStatusError) as caught:
                    await job.wait(timeout=10)
    assert TOKEN not in str(caught.value) + repr(vars(caught.value)) + caplog.text + job.raw_status


async def test_an_error_of_a_body_that_is_too_large_names_provider_operation_and_request(anyio_backend: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return ServerResponse(200, b"x" * 5000, {"x-request-id": "abc-123"})

    hooks = Recorder()
    async with serving(serve) as server:
        limits = anyqpu.Limits(body=1000)
        async with anyqpu.connect("kipu", token="t", base_url=server.url, limits=limits, hooks=hooks) as kipu:
            with pytest.raises(errors.ResponseTooLargeError) as caught:
                await kipu.job("j1")
    error = caught.value
    assert (error.provider, error.operation, error.status_code, error.request_id) == ("kipu", "getJob", 200, "abc-123")
    assert [(event.operation, event.error) for event in hooks.events] == [("getJob", "ResponseTooLargeError")]


async def test_a_slow_renewal_of_a_token_that_is_good_does_not_fail_the_call(anyio_backend: str) -> None:
    """The token lives for 5 s and is renewed in its last second; that hangs, and the old one still does."""
    logins = 0

    async def serve(seen: Seen) -> ServerResponse:
        nonlocal logins
        if seen.path != "/token":
            return json_reply(JOB)
        logins += 1
        if logins > 1:
            await anyio.sleep(30)
        return json_reply({"access_token": "x", "expires_in": 5, "token_type": "Bearer"})

    async with serving(serve) as server:
        login = {"username": "u", "password": "p", "client_id": "c", "auth_url": server.url + "/token"}
        async with anyqpu.connect("kipu", base_url=server.url, timeout=Timeouts(total=0.4), **login) as kipu:
            await kipu.job("j1")
            await anyio.sleep(4.1)
            assert (await kipu.job("j1")).id == "j1"
    assert logins == 2

"""Secrets stay where they belong: in the headers of requests to their own cloud."""

from __future__ import annotations

import logging
import pickle
import traceback
from typing import Any

import anyio
import pytest
from anyqpu_raw.kipu.models import Job

import anyqpu
from anyqpu import RetryPolicy, errors
from tests.support.inside import transport_of
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import CANARY, JOB, RUNNING, STATUS, kipu_at

pytestmark = pytest.mark.anyio

ONCE = RetryPolicy(attempts=1)


def with_locals(error: BaseException) -> str:
    """What a traceback with local variables, as error trackers and pretty printers show it, says of our frames.

    The test's own frames are left out: they hold the token because they made it up.
    """
    shown: list[str] = []
    seen: BaseException | None = error
    while seen is not None:
        frames = traceback.TracebackException.from_exception(seen, capture_locals=True).stack
        shown += [f"{frame}{frame.locals}" for frame in frames if frame.filename != __file__]
        shown.append(str(seen))
        seen = seen.__cause__ or seen.__context__
    assert any("anyqpu" in line for line in shown)
    return "\n".join(shown)


@pytest.mark.parametrize(
    "reply",
    [
        ServerResponse(401),
        ServerResponse(500, CANARY.encode()),
        ServerResponse(200, b"{"),
        ServerResponse(drop=True),
        ServerResponse(200, b"", claims=10**12),
    ],
    ids=["401", "500 that repeats the token", "cut off", "dropped", "too large"],
)
async def test_no_failure_shows_the_token_not_even_with_local_variables(
    anyio_backend: str, reply: ServerResponse, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def respond(seen: Seen) -> ServerResponse:
        return reply

    async with serving(respond) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.AnyQPUError) as caught:
            await kipu.job(JOB)
        assert server.seen[0].headers["x-auth-token"] == CANARY, "it was sent, after all"
        shown = [repr(kipu), repr(vars(kipu)), repr(kipu.settings), repr(vars(transport_of(kipu))), caplog.text]
    shown += [str(caught.value), repr(caught.value.__dict__), with_locals(caught.value)]
    for text in shown:
        assert CANARY not in text
    assert CANARY.encode() not in pickle.dumps(caught.value)


@pytest.mark.parametrize("coding", ["br", f"br, {CANARY}", "gzip"], ids=["unknown", "an echo", "damaged"])
async def test_the_error_for_an_unreadable_body_does_not_show_its_content(anyio_backend: str, coding: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse(
            200, CANARY.encode(), headers={"x-request-id": f"id {CANARY}", "content-encoding": coding}
        )

    async with serving(respond) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises((errors.UnexpectedResponseError, errors.ProtocolError)) as caught:
            await kipu.raw.get_job(JOB)
    for text in (str(caught.value), repr(caught.value.__dict__), with_locals(caught.value)):
        assert CANARY not in text


async def test_a_public_operation_does_not_show_a_token_that_its_response_repeats(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        assert "authorization" not in seen.headers
        return ServerResponse(499, CANARY.encode(), headers={"x-request-id": f"id {CANARY}"})

    async with serving(respond) as server:
        options: dict[str, Any] = {"base_url": server.url, "access_token": CANARY, "retry": ONCE}
        async with anyqpu.connect("rigetti", **options) as rigetti:
            with pytest.raises(errors.APIError) as caught:
                await rigetti.raw.health_check()
    assert caught.value.request_id == "id ***"
    for text in (str(caught.value), repr(caught.value.__dict__), with_locals(caught.value)):
        assert CANARY not in text


async def test_a_wrong_argument_does_not_show_the_right_ones(anyio_backend: str) -> None:
    with pytest.raises(TypeError) as wrong:
        anyqpu.connect("kipu", token=CANARY, tokn="x")  # type: ignore[call-overload]
    with pytest.raises(errors.ConfigError) as plain:
        anyqpu.connect("kipu", token=CANARY, base_url="http://example.com")
    with pytest.raises(errors.ValidationError) as handle:
        await anyqpu.resume("no handle", token=CANARY)
    for caught in (wrong, plain, handle):
        assert CANARY not in with_locals(caught.value)


async def test_a_redirect_to_another_host_takes_no_credentials_along(anyio_backend: str) -> None:
    async def other_host(seen: Seen) -> ServerResponse:
        return RUNNING

    async with serving(other_host) as other:

        async def here(seen: Seen) -> ServerResponse:
            if seen.path == STATUS:
                return ServerResponse(307, headers={"location": "/moved"})
            return ServerResponse(302, headers={"location": f"{other.url}/taken?signature=s"})

        async with serving(here) as server, kipu_at(server, organization_id="org-1") as kipu:
            assert (await kipu.raw.get_job_status(JOB)).status == "RUNNING"
        assert [seen.headers.get("x-auth-token") for seen in server.seen] == [CANARY, CANARY], "the same host may know"
        headers = other.seen[0].headers
        assert not {"x-auth-token", "authorization", "x-organizationid", "cookie"} & headers.keys()


@pytest.mark.parametrize("location", ["http://example.com/x", "ftp://127.0.0.1/x", "http://[broken", ""])
async def test_a_redirect_to_an_unencrypted_address_is_not_followed(anyio_backend: str, location: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse(302, headers={"location": location})

    async with serving(respond) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 1


async def test_a_redirect_that_goes_round_ends(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse(302, headers={"location": seen.target})

    async with serving(respond) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 6


async def test_what_creates_does_not_follow_redirects(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse(307, headers={"location": "/elsewhere"})

    async with serving(respond) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.raw.cancel_job(JOB)
        assert len(server.seen) == 1


async def test_a_download_link_is_asked_without_credentials_and_logged_without_its_signature(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    received = bytearray()

    async def write(chunk: bytes) -> None:
        received.extend(chunk)

    async def bucket(seen: Seen) -> ServerResponse:
        return ServerResponse(403) if "authorization" in seen.headers else ServerResponse(200, b"x" * 100_000)

    async with serving(bucket) as server, kipu_at(server) as kipu:
        await transport_of(kipu).download_link(f"{server.url}/b?X-Signature=sig-{CANARY}", write=write, limit=10**6)
        assert "x-auth-token" not in server.seen[0].headers
        assert "signature" in server.seen[0].target.lower()
        with pytest.raises(errors.UnexpectedResponseError, match="not encrypted"):
            await transport_of(kipu).download_link("http://example.com/b?sig=1", write=write, limit=10)
    assert len(received) == 100_000
    assert CANARY not in caplog.text


async def test_a_broken_download_shows_no_signature(anyio_backend: str) -> None:
    async def write(chunk: bytes) -> None:
        raise AssertionError

    async def bucket(seen: Seen) -> ServerResponse:
        return ServerResponse(drop=True)

    async with serving(bucket) as server, kipu_at(server, retry=ONCE) as kipu:
        with pytest.raises(errors.ProtocolError) as caught:
            await transport_of(kipu).download_link(f"{server.url}/b?sig={CANARY}", write=write, limit=10)
    assert CANARY not in with_locals(caught.value)


async def test_a_job_and_its_handle_hold_no_credential(anyio_backend: str) -> None:
    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"id": JOB, "status": "RUNNING"})

    async with serving(respond) as server, kipu_at(server) as kipu:
        job = await kipu.job(JOB)
        assert isinstance(job.raw, Job)
        for shown in (repr(job), str(job.handle), repr(job.handle)):
            assert CANARY not in shown
        for held in (job, job.handle):
            assert CANARY.encode() not in pickle.dumps(held)


async def test_one_refresh_for_all_when_a_token_is_refused_in_the_middle_of_many_waits(anyio_backend: str) -> None:
    """A hundred waits poll their jobs when the token stops being accepted: one new token, and all continue."""
    current = "token-0"
    logins = 0
    looks: dict[str, int] = {}

    async def respond(seen: Seen) -> ServerResponse:
        nonlocal current, logins
        if seen.path == "/token":
            logins += 1
            current = f"token-{logins}"
            return ServerResponse.of_json({"access_token": current, "expires_in": 3600, "token_type": "Bearer"})
        if seen.headers.get("authorization") != f"Bearer {current}":
            return ServerResponse.of_json({"detail": "expired"}, 401)
        if seen.path == "/jobs":
            return ServerResponse.of_json({"detail": "no lists here"}, 403)
        looks[seen.path] = looks.get(seen.path, 0) + 1
        if sum(looks.values()) == 150:
            current = "revoked"
        done = looks[seen.path] > 3
        job = seen.path.split("/")[2]
        return ServerResponse.of_json({"id": job, "status": "COMPLETED" if done else "RUNNING"})

    poll = anyqpu.PollPolicy(floor=0.01, growth=0.0)
    async with serving(respond) as server:
        options: dict[str, Any] = {
            "base_url": server.url,
            "auth_url": f"{server.url}/token",
            "username": "me@example.com",
            "password": CANARY,
            "client_id": "c",
        }
        async with anyqpu.connect("kipu", **options) as kipu:
            jobs = [await kipu.job(f"job-{number}") for number in range(20)]
            done: list[str] = []

            async def wait(job: anyqpu.Job) -> None:
                done.append((await job.wait(timeout=30, poll=poll)).status)

            async with anyio.create_task_group() as group:
                for job in jobs * 5:
                    group.start_soon(wait, job)
    assert done == ["completed"] * 100
    assert logins == 2

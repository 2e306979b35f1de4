"""Retries: what may be sent twice is; nothing else is."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Sequence

import anyio
import pytest
from anyqpu_raw.kipu.models import CreateJobRequest
from anyqpu_raw.pasqal.models import CreateBatchRequest

import anyqpu
from anyqpu import Hooks, Limits, RetryPolicy, Timeouts, errors
from anyqpu.testing import retries_off
from anyqpu.transport.hooks import ResponseEvent, RetryEvent
from anyqpu.transport.retry import RetryBudget, is_worth_retrying
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import JOB, RUNNING, kipu_at

pytestmark = pytest.mark.anyio

QUICK = RetryPolicy(backoff=0.001, max_backoff=0.002)
BODY = CreateJobRequest(backend_id="kipu.sim.qsim", shots=1, input_="OPENQASM 2.0;")


class Script:
    """Sends the responses one after another, and then the last one again."""

    def __init__(self, replies: Sequence[ServerResponse]) -> None:
        self.left = list(replies)

    async def __call__(self, seen: Seen) -> ServerResponse:
        return self.left.pop(0) if len(self.left) > 1 else self.left[0]


@pytest.mark.parametrize(
    "trouble", [*map(ServerResponse, (408, 425, 429, 500, 502, 503, 504)), ServerResponse(drop=True)]
)
async def test_a_read_is_tried_again_until_it_succeeds(anyio_backend: str, trouble: ServerResponse) -> None:
    async with serving(Script([trouble, trouble, RUNNING])) as server, kipu_at(server, retry=QUICK) as kipu:
        assert (await kipu.raw.get_job_status(JOB)).status == "RUNNING"
        assert len(server.seen) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 418, 422, 501])
async def test_a_refusal_is_not_tried_again(anyio_backend: str, status: int) -> None:
    async with serving(Script([ServerResponse(status)])) as server, kipu_at(server, retry=QUICK) as kipu:
        with pytest.raises(errors.APIError):
            await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 1


async def test_the_number_of_attempts_is_that_of_the_policy(anyio_backend: str) -> None:
    policy = RetryPolicy(attempts=3, backoff=0.001)
    async with serving(Script([ServerResponse(503)])) as server, kipu_at(server, retry=policy) as kipu:
        with pytest.raises(errors.ServiceUnavailableError):
            await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 3


@pytest.mark.parametrize(
    "trouble", [ServerResponse(status) for status in (408, 500, 502, 503, 504)] + [ServerResponse(drop=True)]
)
async def test_what_creates_is_sent_once_if_it_may_have_been_handled(
    anyio_backend: str, trouble: ServerResponse
) -> None:
    async with serving(Script([trouble])) as server, kipu_at(server, retry=QUICK) as kipu:
        with pytest.raises(errors.AnyQPUError):
            await kipu.raw.create_job(body=BODY)
        assert len(server.seen) == 1


async def test_what_creates_is_sent_again_where_it_was_certainly_not_handled(anyio_backend: str) -> None:
    created = ServerResponse.of_json({"id": JOB, "status": "PENDING"}, 201)
    async with serving(Script([ServerResponse(429), created])) as server, kipu_at(server, retry=QUICK) as kipu:
        assert (await kipu.raw.create_job(body=BODY)).id == JOB
        assert len(server.seen) == 2


async def test_a_connection_that_never_came_about_is_tried_again_for_anything(anyio_backend: str) -> None:
    retries: list[RetryEvent] = []

    class Ears(Hooks):
        def on_retry(self, event: RetryEvent) -> None:
            retries.append(event)

    kipu = anyqpu.connect("kipu", token="t", base_url="http://127.0.0.1:9", retry=QUICK, hooks=Ears())
    async with kipu:
        with pytest.raises(errors.ConnectError):
            await kipu.raw.create_job(body=BODY)
    assert [(event.operation, event.attempt) for event in retries] == [
        ("createJob", 1),
        ("createJob", 2),
        ("createJob", 3),
    ]


async def test_an_operation_that_the_document_marks_idempotent_is_tried_again(anyio_backend: str) -> None:
    async with serving(Script([ServerResponse(503), ServerResponse.of_json({"is_latest_version": True})])) as server:
        async with anyqpu.connect("rigetti", access_token="t", base_url=server.url, retry=QUICK) as rigetti:
            from anyqpu_raw.rigetti.models import CheckClientApplicationRequest

            body = CheckClientApplicationRequest.from_dict({"name": "pyquil", "version": "1"})
            with pytest.raises(errors.UnexpectedResponseError):
                await rigetti.raw.check_client_application(body=body)
        assert len(server.seen) == 2


async def test_retry_after_is_obeyed_in_seconds_and_too_long_a_wait_is_not_waited_for(anyio_backend: str) -> None:
    busy = ServerResponse(503, headers={"retry-after": "0.3"})
    async with serving(Script([busy, RUNNING])) as server, kipu_at(server) as kipu:
        began = time.perf_counter()
        await kipu.raw.get_job_status(JOB)
        assert time.perf_counter() - began >= 0.3
    async with (
        serving(Script([ServerResponse(503, headers={"retry-after": "3600"})])) as server,
        kipu_at(server) as kipu,
    ):
        with anyio.fail_after(30), pytest.raises(errors.ServiceUnavailableError) as caught:
            await kipu.raw.get_job_status(JOB)
        assert caught.value.retry_after == 3600
        assert len(server.seen) == 1


async def test_a_deadline_covers_retries_and_sleeps(anyio_backend: str) -> None:
    patient = RetryPolicy(attempts=1000, backoff=0.05, max_backoff=0.05)
    limits = Timeouts(total=0.3)
    async with serving(Script([ServerResponse(503)])) as server, kipu_at(server, retry=patient, timeout=limits) as kipu:
        with anyio.fail_after(30), pytest.raises((errors.ServiceUnavailableError, errors.ReadTimeoutError)):
            await kipu.raw.get_job_status(JOB)

    async def silent(seen: Seen) -> ServerResponse:
        await anyio.sleep_forever()
        raise AssertionError

    async with serving(silent) as server, kipu_at(server, timeout=limits) as kipu:
        with anyio.fail_after(30), pytest.raises(errors.ReadTimeoutError, match=r"within the 0\.3 s for the whole"):
            await kipu.raw.get_job_status(JOB)


async def test_where_the_time_is_up_before_a_retry_the_error_says_what_failed(anyio_backend: str) -> None:
    """Not that there was no time left for a request that was never begun."""

    class Slow(Hooks):
        def on_retry(self, event: RetryEvent) -> None:
            until = time.monotonic() + 0.3
            while time.monotonic() < until:
                pass

    hooks, limits = Slow(), Timeouts(total=0.2)
    async with serving(Script([ServerResponse(503)])) as server:
        async with kipu_at(server, retry=QUICK, timeout=limits, hooks=hooks) as kipu:
            with pytest.raises(errors.ServiceUnavailableError):
                await kipu.raw.get_job_status(JOB)
    assert len(server.seen) == 1


async def test_a_server_that_says_nothing_is_not_waited_for_longer_than_said(anyio_backend: str) -> None:
    async def silent(seen: Seen) -> ServerResponse:
        await anyio.sleep_forever()
        raise AssertionError

    once = RetryPolicy(attempts=1)
    async with serving(silent) as server, kipu_at(server, timeout=0.5, retry=once) as kipu:
        with anyio.fail_after(30), pytest.raises(errors.ReadTimeoutError, match=r"no response within 0\.5 s"):
            await kipu.raw.get_job_status(JOB)


async def test_a_budget_keeps_an_outage_from_being_multiplied(anyio_backend: str) -> None:
    policy = RetryPolicy(attempts=4, backoff=0.001, budget=5)
    async with serving(Script([ServerResponse(503)])) as server, kipu_at(server, retry=policy) as kipu:
        for _ in range(20):
            with pytest.raises(errors.ServiceUnavailableError):
                await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 20 + 5


def test_successes_pay_the_budget_back() -> None:
    budget = RetryBudget(1.0)
    assert budget.spend()
    assert not budget.spend()
    for _ in range(11):
        budget.earn()
    assert budget.spend()


async def test_a_switch_turns_retries_off(anyio_backend: str) -> None:
    async with serving(Script([ServerResponse(503)])) as server, kipu_at(server, retry=QUICK) as kipu:
        with retries_off(), pytest.raises(errors.ServiceUnavailableError):
            await kipu.raw.get_job_status(JOB)
        assert len(server.seen) == 1


def test_an_unknown_error_is_never_a_reason_to_send_again() -> None:
    assert not is_worth_retrying(errors.ConfigError("x"), idempotent=True)


async def test_hooks_get_every_request(anyio_backend: str) -> None:
    events: list[ResponseEvent] = []

    class Ears(Hooks):
        def on_response(self, event: ResponseEvent) -> None:
            events.append(event)

    second = ServerResponse(RUNNING.status, RUNNING.body, {**RUNNING.headers, "x-request-id": "r-2"})
    async with (
        serving(Script([ServerResponse(503), second])) as server,
        kipu_at(server, retry=QUICK, hooks=Ears()) as kipu,
    ):
        await kipu.raw.get_job_status(JOB)
    assert [(event.attempt, event.status_code, event.request_id) for event in events] == [
        (1, 503, None),
        (2, 200, "r-2"),
    ]
    assert {event.path for event in events} == {"/jobs/{id}/status"}
    assert all(event.seconds >= 0 for event in events)


async def test_a_body_that_claims_too_much_is_refused_unread(anyio_backend: str) -> None:
    async with serving(Script([ServerResponse(200, b"{", claims=10 * 10**9)])) as server, kipu_at(server) as kipu:
        with anyio.fail_after(30), pytest.raises(errors.ResponseTooLargeError, match="10000000000 bytes"):
            await kipu.raw.get_job_status(JOB)
    small = Limits(body=10)
    async with serving(Script([ServerResponse(200, b"x" * 11)])) as server, kipu_at(server, limits=small) as kipu:
        with pytest.raises(errors.ResponseTooLargeError):
            await kipu.raw.get_job_status(JOB)


async def test_a_compressed_body_counts_by_what_it_becomes(anyio_backend: str) -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    reply = ServerResponse(200, bomb, {"content-encoding": "gzip"})
    async with serving(Script([reply])) as server, kipu_at(server, limits=Limits(body=100_000)) as kipu:
        with pytest.raises(errors.ResponseTooLargeError, match="more than 100000 bytes"):
            await kipu.raw.get_job_status(JOB)


async def test_large_bodies_go_compressed_where_a_cloud_wants_that(anyio_backend: str) -> None:
    record = {"data": {"id": JOB, "status": "PENDING"}}
    async with serving(Script([ServerResponse.of_json(record)])) as server:
        async with anyqpu.connect("pasqal", token="t", base_url=server.url) as pasqal:
            for size in (10, 100_000, 2_000_000):
                body = CreateBatchRequest(project_id="p", sequence_builder="x" * size)
                await pasqal.raw.create_batch(body=body)
    for seen, size in zip(server.seen, (10, 100_000, 2_000_000), strict=True):
        compressed = seen.headers.get("content-encoding") == "gzip"
        assert compressed == (size > 1000)
        sent = gzip.decompress(seen.body) if compressed else seen.body
        assert len(json.loads(sent)["sequence_builder"]) == size

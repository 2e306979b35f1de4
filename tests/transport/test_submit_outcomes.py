"""Submits whose outcome is unknown: what was sent, what is reported, and what the search finds."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import RetryPolicy, Search, errors
from anyqpu.core.keys import new_key
from tests.client.conftest import BELL
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.test_submit import SHORT, Between

pytestmark = pytest.mark.anyio

BACKEND = {
    "id": "kipu.sim.qsim", "provider": "KIPU", "hardware_provider": "KIPU", "name": "sim", "type": "SIMULATOR",
    "configuration": {"qubit_count": 30, "supported_input_formats": ["OPEN_QASM_V3"]},
}  # fmt: skip
Serve = Callable[[Seen], Awaitable[ServerResponse]]


def json_reply(body: Any, status: int = 200) -> ServerResponse:
    return ServerResponse(status, json.dumps(body).encode(), {"content-type": "application/json"})


def job_with(tags: list[str], *, id: str = "j1", created_at: str = "2026-11-29 10:00:00") -> dict[str, Any]:
    return {
        "id": id, "status": "PENDING", "backend_id": "kipu.sim.qsim", "tags": tags, "created_at": created_at,
        "shots": 10,
    }  # fmt: skip


async def submit_to(serve: Serve, **options: Any) -> tuple[Any, list[Seen]]:
    """What a submit to a scripted Kipu returns or raises, and the requests that were made."""
    chosen: dict[str, Any] = {"token": "t", "retry": RetryPolicy(backoff=0.001), "search": SHORT, **options}
    outcome: Any
    async with serving(serve) as server:
        async with anyqpu.connect("kipu", base_url=server.url, **chosen) as kipu:
            try:
                outcome = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, tags=["mine"])
            except Exception as error:
                outcome = error
        return outcome, list(server.seen)


def submits(seen: list[Seen]) -> list[Seen]:
    return [request for request in seen if request.method == "POST" and request.path.endswith("/jobs")]


class Hooks(anyqpu.Hooks):
    """Raises after the response to a submit."""

    def on_response(self, event: Any) -> None:
        if event.operation == "createJob":
            raise ZeroDivisionError


async def test_an_exception_of_any_kind_after_the_request_began_is_an_unknown_outcome(anyio_backend: str) -> None:
    """Here a hook of the user's raises, after the job was made: it is found, and nothing is lost."""
    between = Between(times=0)
    async with serving(between) as server:
        async with anyqpu.connect("kipu", emulator=server.url, hooks=Hooks(), search=SHORT) as kipu:
            job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
            assert [item.id for item in await kipu.jobs().collect()] == [job.id]
    await between.close()


@pytest.mark.parametrize(
    "trouble", [ServerResponse(503), ServerResponse(drop=True), ServerResponse(200, b"[]")], ids=["503", "drop", "odd"]
)
async def test_a_login_that_fails_is_reported_as_such_and_nothing_is_searched(
    anyio_backend: str, trouble: ServerResponse
) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        return trouble if seen.path == "/token" else json_reply(BACKEND)

    async with serving(serve) as server:
        login = {"username": "u", "password": "p", "client_id": "c", "auth_url": server.url + "/token"}
        device = anyqpu.Device(id="kipu.sim.qsim", provider="kipu", name="qsim")
        async with anyqpu.connect("kipu", base_url=server.url, search=SHORT, **login) as kipu:
            with pytest.raises(errors.AnyQPUError) as caught:
                await kipu.submit(BELL, device=device, shots=10)
        assert not isinstance(caught.value, errors.SubmissionUnknownError)
        assert caught.value.operation == "token"
        assert [seen.path for seen in server.seen] == ["/token"]


async def test_a_cancelled_submit_leaves_its_key_in_the_log_and_on_the_exception(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    sent = anyio.Event()
    tags: list[str] = []
    notes: list[str] = []

    async def serve(seen: Seen) -> ServerResponse:
        if seen.method == "POST":
            tags.extend(json.loads(seen.body)["tags"])
            sent.set()
            await anyio.sleep(5)
        return json_reply(BACKEND)

    async with serving(serve) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as kipu:

        async def submit() -> None:
            try:
                await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, tags=["mine"])
            except BaseException as error:
                notes.extend(getattr(error, "__notes__", []))
                raise

        with caplog.at_level(logging.WARNING, "anyqpu"):
            async with anyio.create_task_group() as group:
                group.start_soon(submit)
                await sent.wait()
                group.cancel_scope.cancel()
    [mine, key] = tags
    assert mine == "mine"
    assert [key in note for note in notes] == [True]
    assert key in caplog.text


async def test_a_cancelled_submit_that_was_not_sent_leaves_no_key(
    anyio_backend: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        await anyio.sleep(5)
        return json_reply(BACKEND)

    async with serving(serve) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as kipu:
        with caplog.at_level(logging.WARNING, "anyqpu"), anyio.move_on_after(0.2):
            await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        assert [seen.method for seen in server.seen] == ["GET"]
    assert "key" not in caplog.text


async def test_a_tag_of_the_user_that_looks_like_a_key_does_not_hide_the_job(anyio_backend: str) -> None:
    between = Between(after=ServerResponse(drop=True))
    async with serving(between) as server:
        async with anyqpu.connect("kipu", emulator=server.url, search=SHORT) as kipu:
            job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, tags=[new_key()])
            assert [item.id for item in await kipu.jobs().collect()] == [job.id]
    await between.close()


async def test_the_search_reads_on_past_thousands_of_later_jobs(anyio_backend: str) -> None:
    """Others submit 1,200 jobs between the lost response and the search: ours is on page 25 of 50."""
    keys: list[str] = []

    async def serve(seen: Seen) -> ServerResponse:
        if seen.method == "POST":
            keys.append(json.loads(seen.body)["tags"][-1])
            return ServerResponse(drop=True)
        if "sort=" in seen.target:
            page = int(seen.target.partition("page=")[2].partition("&")[0])
            later = [job_with([], id=f"other{page}-{n}", created_at="2099-01-01 00:00:00") for n in range(50)]
            content = later if page < 24 else [job_with(["mine", *keys], created_at="2098-01-01 00:00:00")]
            return json_reply({"content": content, "page": page, "size": 50, "total_pages": 25, "total_elements": 1201})
        return json_reply(BACKEND)

    outcome, seen = await submit_to(serve)
    assert outcome.id == "j1"
    assert len(submits(seen)) == 1


ODD = [ServerResponse(200, b"<html>"), ServerResponse(500), ServerResponse(404), ServerResponse(drop=True)]


@pytest.mark.parametrize("odd", ODD, ids=["html", "500", "404", "drop"])
async def test_the_search_continues_after_a_response_that_cannot_be_read(
    anyio_backend: str, odd: ServerResponse
) -> None:
    keys: list[str] = []
    lists = 0

    async def serve(seen: Seen) -> ServerResponse:
        nonlocal lists
        if seen.method == "POST":
            keys.append(json.loads(seen.body)["tags"][-1])
            return ServerResponse(drop=True)
        if "sort=" in seen.target:
            lists += 1
            return odd if lists == 1 else json_reply({"content": [job_with(keys)], "total_pages": 1})
        return json_reply(BACKEND)

    outcome, _ = await submit_to(serve, retry=RetryPolicy(attempts=1))
    assert outcome.id == "j1"


async def test_the_whole_search_ends_with_its_time(anyio_backend: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        if seen.method == "POST":
            return ServerResponse(drop=True)
        if "sort=" in seen.target:
            await anyio.sleep(30)
        return json_reply(BACKEND)

    with anyio.fail_after(10):
        outcome, _ = await submit_to(serve, search=Search(tries=4, pause=0.01, total=0.3))
    assert isinstance(outcome, errors.SubmissionUnknownError)
    assert outcome.dedup_key in str(outcome)


@pytest.mark.parametrize("where", ["device", "login", "response", "search"])
async def test_the_timeout_of_a_submit_covers_all_of_it(anyio_backend: str, where: str) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        part = "login" if seen.path == "/token" else "response" if seen.method == "POST" else "device"
        part = "search" if "sort=" in seen.target else part
        if part == where:
            await anyio.sleep(30)
        if part == "response":
            return ServerResponse(drop=True)
        return json_reply({"access_token": "x", "expires_in": 3600} if part == "login" else BACKEND)

    async with serving(serve) as server:
        login = {"username": "u", "password": "p", "client_id": "c", "auth_url": server.url + "/token"}
        async with anyqpu.connect("kipu", base_url=server.url, search=SHORT, **login) as kipu:
            with anyio.fail_after(10), pytest.raises(errors.AnyQPUError) as caught:
                await kipu.submit(BELL, device="kipu.sim.qsim", shots=10, timeout=2.0)
    unknown = where in {"response", "search"}
    assert isinstance(caught.value, errors.SubmissionUnknownError) is unknown
    assert isinstance(caught.value, TimeoutError) is not unknown


async def test_a_session_whose_response_is_lost_is_found_by_its_key(anyio_backend: str) -> None:
    class LostSessions(Between):
        opened = 0

        async def __call__(self, seen: Seen) -> ServerResponse:
            reply = await super().__call__(seen)
            if seen.method == "POST" and seen.path.endswith("/sessions"):
                self.opened += 1
                return ServerResponse(drop=True)
            return reply

    between = LostSessions()
    async with serving(between) as server:
        async with anyqpu.connect("kipu", emulator=server.url, search=SHORT) as kipu:
            session = await kipu.open_session("ibm.qpu.fez", tags=["mine"])
            assert session.tags == ("mine",)
            assert session.dedup_key is not None
            assert [item.id for item in await kipu.sessions().collect()] == [session.id]
    assert between.opened == 1
    await between.close()


async def test_an_endpoint_whose_response_is_lost_is_an_unknown_outcome(anyio_backend: str) -> None:
    """Rigetti's endpoints have no field for a key: nothing is guessed, and nothing is sent again."""

    class LostEndpoints(Between):
        created = 0

        async def __call__(self, seen: Seen) -> ServerResponse:
            reply = await super().__call__(seen)
            if seen.method == "POST" and seen.path.endswith("/v1/endpoints"):
                self.created += 1
                return ServerResponse(drop=True)
            return reply

    between = LostEndpoints()
    async with serving(between) as server:
        async with anyqpu.connect("rigetti", emulator=server.url, search=SHORT) as rigetti:
            with pytest.raises(errors.SubmissionUnknownError, match=r"endpoints\(\)"):
                await rigetti.create_endpoint(["Aspen-9"])
    assert between.created == 1
    await between.close()


ODD_FIELDS: list[dict[str, Any]] = [
    {"created_at": 1764410400000}, {"created_at": "0001-01-01T00:00:00+14:00"}, {"runtime": "12"}, {"runtime": 1e308},
    {"tags": None}, {"tags": [None]}, {"tags": "a"}, {"shots": [1]}, {"name": {"a": 1}}, {"session_id": 7},
    {"input_format": 5}, {"provider": []},
]  # fmt: skip


@pytest.mark.parametrize("odd", ODD_FIELDS, ids=str)
async def test_a_submit_whose_response_has_odd_fields_gives_the_job(anyio_backend: str, odd: dict[str, Any]) -> None:
    async def serve(seen: Seen) -> ServerResponse:
        if seen.method == "POST":
            return json_reply({**job_with(json.loads(seen.body)["tags"]), **odd}, 201)
        return json_reply(BACKEND)

    outcome, seen = await submit_to(serve)
    assert isinstance(outcome, anyqpu.Job), outcome
    assert outcome.id == "j1"
    [(name, value)] = odd.items()
    assert getattr(outcome.raw, name) == value
    common = {"runtime": "execution_time", "provider": "native_id"}.get(name, name)
    assert getattr(outcome, common) in (None, ())
    assert [request.method for request in seen] == ["GET", "POST"]

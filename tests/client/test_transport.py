"""The transport's edges: what servers, proxies and networks do, and what a user gets."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import anyio
import httpx
import pytest
import respx

import anyqpu
from anyqpu import drift, errors
from anyqpu.core.submit import Search
from anyqpu.providers.kipu import KipuClient
from anyqpu.transport.connection_pool import ConnectionPool
from anyqpu.transport.failures import retry_after
from anyqpu.transport.retry import RetryPolicy

pytestmark = pytest.mark.anyio

BASE = "https://api.hub.kipu-quantum.com/quantum"
ID = "5904a9f2-f43b-453d-9d08-beedcdb93e54"


def client(**options: Any) -> KipuClient:
    """A client that tries once, so that each failure is seen as it is."""
    once = {"retry": RetryPolicy(attempts=1), "search": Search(tries=1, pause=0.0)}
    return anyqpu.connect("kipu", token="canary", organization_id="org-1", **once | options)


@respx.mock
async def test_a_request_carries_the_credentials_and_says_who_sends_it(anyio_backend: str) -> None:
    route = respx.get(f"{BASE}/jobs/{ID}/status").respond(json={"status": "RUNNING"})
    async with client() as kipu:
        assert (await kipu.raw.get_job_status(ID)).status == "RUNNING"
    assert route.call_count == 1
    headers = route.calls.last.request.headers
    assert headers["x-auth-token"] == "canary"
    assert headers["x-organizationid"] == "org-1"
    assert headers["user-agent"] == f"anyqpu/{anyqpu.__version__}"


@respx.mock
async def test_a_raw_call_may_act_for_another_organization(anyio_backend: str) -> None:
    route = respx.get(f"{BASE}/jobs/{ID}/status").respond(json={"status": "RUNNING"})
    async with client() as kipu:
        await kipu.raw.get_job_status(ID, x_organization_id="org-2")
    assert route.calls.last.request.headers.get_list("x-organizationid") == ["org-2"]


@respx.mock
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.ValidationError),
        (401, errors.AuthenticationError),
        (402, errors.PaymentRequiredError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (418, errors.UnexpectedResponseError),
        (422, errors.ValidationError),
        (429, errors.RateLimitedError),
        (500, errors.ServerError),
        (503, errors.ServiceUnavailableError),
        (520, errors.ServerError),
        (302, errors.UnexpectedResponseError),
    ],
)
async def test_every_status_of_a_failure_is_a_typed_error(
    anyio_backend: str, status: int, kind: type[errors.APIError]
) -> None:
    problem = {"title": "Problem", "status": status, "detail": "because of that"}
    respx.get(f"{BASE}/jobs/{ID}").respond(status, json=problem, headers={"x-request-id": "r-1", "retry-after": "2"})
    async with client() as kipu:
        with pytest.raises(kind, match="because of that") as caught:
            await kipu.raw.get_job(ID)
    error = caught.value
    assert (error.provider, error.operation, error.status_code, error.request_id) == ("kipu", "getJob", status, "r-1")
    assert error.retry_after == 2
    assert error.body == problem


@respx.mock
@pytest.mark.parametrize(
    "body", [b"", b"<html>Bad gateway</html>", b'{"detail": "cut', b"\xff\xfe", b"[1, 2]", b"null"]
)
async def test_an_error_may_have_any_body(anyio_backend: str, body: bytes) -> None:
    respx.get(f"{BASE}/jobs/{ID}").respond(502, content=body)
    async with client() as kipu:
        with pytest.raises(errors.ServerError, match="the server returned status 502"):
            await kipu.raw.get_job(ID)


@respx.mock
@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (200, b"", "the body is empty"),
        (200, b"<html></html>", "the body is not JSON"),
        (200, b'{"id": "5904', "the body is not JSON"),
        (200, b"[]", "expected an object, got a list"),
        (200, b'"text"', "expected an object, got text"),
        (200, b"{}", "the body lacks 'id'"),
    ],
)
async def test_a_success_that_the_document_does_not_promise_is_an_error_that_keeps_the_body(
    anyio_backend: str, status: int, body: bytes, reason: str
) -> None:
    respx.get(f"{BASE}/jobs/{ID}").respond(status, content=body)
    async with client() as kipu:
        with pytest.raises(errors.UnexpectedResponseError, match=reason) as caught:
            await kipu.raw.get_job(ID)
    assert caught.value.status_code == status
    assert caught.value.operation == "getJob"


@respx.mock
@pytest.mark.parametrize("status", [201, 202, 203, 299])
async def test_a_success_that_the_document_does_not_list_is_a_success(anyio_backend: str, status: int) -> None:
    """Its body is read as usual; the status is counted as drift."""
    respx.get(f"{BASE}/jobs/{ID}").respond(status, json={"id": ID, "status": "RUNNING"})
    drift.forget()
    async with client() as kipu:
        assert (await kipu.job(ID)).id == ID
    assert [(entry.kind, entry.where, entry.what) for entry in drift.seen()] == [("status", "getJob", str(status))]


@respx.mock
@pytest.mark.parametrize(("status", "body"), [(204, b""), (202, b"{}"), (202, b"accepted")])
async def test_a_success_without_the_body_that_is_needed_is_an_error(
    anyio_backend: str, status: int, body: bytes
) -> None:
    """The generated client returns None for one that the document does not list; a job cannot be made of that."""
    respx.get(f"{BASE}/jobs/{ID}").respond(status, content=body)
    async with client() as kipu:
        assert await kipu.raw.get_job(ID) is None
        with pytest.raises(errors.UnexpectedResponseError):
            await kipu.job(ID)


@respx.mock
@pytest.mark.parametrize(
    "id",
    ["", ".", "..", "\ud800", None, [], float("nan"), 10**5000],
    ids=["empty", "dot", "dots", "surrogate", "None", "list", "nan", "long integer"],
)
async def test_an_argument_that_cannot_be_sent_is_refused_before_any_request(anyio_backend: str, id: Any) -> None:
    """The error names provider and argument, and for `raw` the operation. Nothing is sent."""
    async with client() as kipu:
        for call, operation in ((kipu.raw.get_job, "getJob"), (kipu.job, None)):
            with pytest.raises(errors.ValidationError) as caught:
                await call(id)
            error = caught.value
            assert (error.provider, error.operation, error.fields) == ("kipu", operation, ("id",))
            assert error.status_code is None
    assert not respx.calls


@respx.mock
async def test_values_that_the_document_does_not_know_are_kept(anyio_backend: str) -> None:
    respx.get(f"{BASE}/jobs/{ID}").respond(
        json={"id": ID, "status": "ASLEEP", "session_id": None, "provider": "NEW", "created_at": "soon", "extra": 1}
    )
    async with client() as kipu:
        job = await kipu.job(ID)
    assert (job.status, job.raw_status, job.status_recognized) == ("unknown", "ASLEEP", False)
    assert job.session_id is None
    assert job.created_at is None
    assert job.raw.created_at == "soon"
    assert job.raw.additional_properties == {"extra": 1}


@respx.mock
@pytest.mark.parametrize(
    ("cause", "kind", "message"),
    [
        (httpx.ConnectError("canary"), errors.ConnectError, "cannot connect to api.hub.kipu-quantum.com: "),
        (httpx.ConnectTimeout(""), errors.ConnectError, "cannot connect"),
        (httpx.ReadTimeout(""), errors.ReadTimeoutError, "no response within 30 s"),
        (httpx.WriteTimeout(""), errors.ReadTimeoutError, "no response"),
        (httpx.ReadError("canary"), errors.ProtocolError, "the connection broke: "),
        (httpx.RemoteProtocolError("canary"), errors.ProtocolError, "the connection broke: "),
    ],
)
async def test_a_broken_exchange_is_a_typed_error_without_the_librarys_frames(
    anyio_backend: str, cause: Exception, kind: type[errors.TransportError], message: str
) -> None:
    respx.get(f"{BASE}/jobs/{ID}").mock(side_effect=cause)
    async with client() as kipu:
        with pytest.raises(kind, match=message) as caught:
            await kipu.raw.get_job(ID)
    assert (caught.value.provider, caught.value.operation) == ("kipu", "getJob")
    assert "canary" not in str(caught.value), "a library's text may hold what a server sent"
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


@respx.mock
async def test_backends_are_public_and_may_be_asked_without_credentials_of_worth(anyio_backend: str) -> None:
    respx.get(f"{BASE}/backends").respond(json=[{"id": "a"}, {"id": "b", "type": "QPU"}])
    async with client() as kipu:
        assert [(device.id, device.kind) async for device in kipu.devices()] == [("a", "unknown"), ("b", "qpu")]


def test_retry_after_is_seconds_or_a_date() -> None:
    assert retry_after({"retry-after": "3"}) == 3
    assert retry_after({"retry-after": "-1"}) == 0
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    seconds = retry_after({"retry-after": soon})
    assert seconds is not None
    assert 50 < seconds <= 60
    assert retry_after({"retry-after": "whenever"}) is None
    assert retry_after({}) is None


@respx.mock
async def test_a_token_is_in_no_log_line(anyio_backend: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    respx.get(f"{BASE}/jobs/{ID}").respond(500, text="canary is not echoed")
    async with client() as kipu:
        with pytest.raises(errors.ServerError) as caught:
            await kipu.raw.get_job(ID)
    assert "canary" not in caplog.text
    assert "canary" not in str(caught.value)


class Connection:
    """A connection that knows whether it was closed."""

    closed = False

    async def aclose(self) -> None:
        self.closed = True


async def test_a_cancelled_exchange_gives_up_its_connection_and_not_its_slot(anyio_backend: str) -> None:
    made: list[Connection] = []

    def make() -> Connection:
        made.append(Connection())
        return made[-1]

    pool = ConnectionPool(make, Connection.aclose, limit=3)

    async def use(seconds: float) -> None:
        async with pool.take():
            await anyio.sleep(seconds)

    for _ in range(20):
        with anyio.move_on_after(0.001):
            await use(3600)
    assert all(connection.closed for connection in made)

    before = len(made)
    async with anyio.create_task_group() as group:
        for _ in range(30):
            group.start_soon(use, 0.001)
    assert len(made) - before <= 3, "at most as many connections as slots"
    assert not any(connection.closed for connection in made[before:])
    await pool.aclose()
    assert all(connection.closed for connection in made)

"""How requests go out: other libraries, proxies, certificates, HTTP/2, downloads."""

from __future__ import annotations

import gzip
import json
import ssl
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp  # noqa: F401
import anyio
import h2.config
import h2.connection
import h2.events
import httpcore2  # noqa: F401
import httpx
import httpx2  # noqa: F401 - imported before there is an event loop, since importing it reads files
import pytest
import trustme
from anyio.streams.tls import TLSListener

import anyqpu
from anyqpu import Limits, RetryPolicy, errors
from anyqpu_emulator.server import running
from tests.client.conftest import BELL
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.conftest import CANARY, JOB, RUNNING, kipu_at

pytestmark = pytest.mark.anyio

ONCE = RetryPolicy(attempts=1)


async def running_job(seen: Seen) -> ServerResponse:
    return RUNNING


CHOICES: dict[str, Callable[[], Any]] = {
    "httpx": lambda: "httpx",
    "httpx2": lambda: "httpx2",
    "aiohttp": lambda: "aiohttp",
    "an httpx transport": httpx.AsyncHTTPTransport,
    "an httpx client": lambda: httpx.AsyncClient(headers={"x-of-mine": "yes"}),
}


@asynccontextmanager
async def chosen(choice: str) -> AsyncGenerator[Any]:
    """A choice of transport; what is the caller's own to close is closed."""
    transport = CHOICES[choice]()
    try:
        yield transport
    finally:
        if not isinstance(transport, str):
            await transport.aclose()


@pytest.mark.parametrize("choice", CHOICES)
async def test_other_libraries_speak_through_the_same_seam(anyio_backend: str, choice: str) -> None:
    async def dropping(seen: Seen) -> ServerResponse:
        return ServerResponse(drop=True)

    async with chosen(choice) as transport, serving(running_job) as server, serving(dropping) as bad:
        if choice == "aiohttp" and anyio_backend == "trio":
            async with kipu_at(server, transport=transport) as kipu:
                with pytest.raises(errors.ConfigError, match="aiohttp works on asyncio only"):
                    await kipu.raw.get_job_status(JOB)
            return
        async with kipu_at(server, transport=transport, retry=ONCE) as kipu:
            results: list[str] = []

            async def poll() -> None:
                results.append((await kipu.raw.get_job_status(JOB)).status)

            async with anyio.create_task_group() as group:
                for _ in range(20):
                    group.start_soon(poll)
            assert results == ["RUNNING"] * 20
            assert all(seen.headers["x-auth-token"] == CANARY for seen in server.seen)
        async with kipu_at(bad, transport=transport, retry=ONCE) as kipu:
            with pytest.raises(errors.ProtocolError):
                await kipu.raw.get_job_status(JOB)
        unreachable = anyqpu.connect("kipu", token="t", base_url="http://127.0.0.1:9", transport=transport, retry=ONCE)
        async with unreachable as kipu:
            with pytest.raises(errors.ConnectError):
                await kipu.raw.get_job_status(JOB)


async def test_connections_are_used_again_and_there_are_never_more_than_slots(anyio_backend: str) -> None:
    async with serving(running_job) as server, kipu_at(server, limits=Limits(connections=3)) as kipu:
        async with anyio.create_task_group() as group:
            for _ in range(60):
                group.start_soon(kipu.raw.get_job_status, JOB)
        assert len(server.seen) == 60
        assert server.connections <= 3


async def test_cancelled_requests_cost_their_connection_and_nothing_else(anyio_backend: str) -> None:
    async def slow(seen: Seen) -> ServerResponse:
        await anyio.sleep(0.002)
        return RUNNING

    async with serving(slow) as server, kipu_at(server, limits=Limits(connections=4), retry=ONCE) as kipu:

        async def cancelled_soon(number: int) -> None:
            with anyio.move_on_after((number % 5) * 0.001):
                await kipu.raw.get_job_status(JOB)

        for _ in range(20):
            async with anyio.create_task_group() as group:
                for number in range(20):
                    group.start_soon(cancelled_soon, number)
        with anyio.fail_after(30):
            for _ in range(50):
                assert (await kipu.raw.get_job_status(JOB)).status == "RUNNING"


@pytest.mark.parametrize("explicit", [True, False], ids=["argument", "environment"])
async def test_this_machine_is_never_reached_through_a_proxy(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch, explicit: bool
) -> None:
    async with serving(running_job) as proxy, serving(running_job) as server:
        for name in () if explicit else ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, proxy.url)
        async with kipu_at(server, **({"proxy": proxy.url} if explicit else {})) as kipu:
            await kipu.raw.get_job_status(JOB)
        assert (len(proxy.seen), len(server.seen)) == (0, 1)


@asynccontextmanager
async def h2_server(authority: trustme.CA) -> Any:
    """A TLS server that speaks HTTP/2, and only that; yields its port and what it saw."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    context.set_alpn_protocols(["h2"])
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    port = listener.extra(anyio.abc.SocketAttribute.local_port)
    seen: list[dict[str, str]] = []

    async def talk(stream: Any) -> None:
        connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
        connection.initiate_connection()
        async with stream:
            await stream.send(connection.data_to_send())
            while True:
                try:
                    data = await stream.receive()
                except (anyio.EndOfStream, anyio.BrokenResourceError):
                    return
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.RequestReceived):
                        seen.append({bytes(k).decode(): bytes(v).decode() for k, v in event.headers})
                        connection.send_headers(event.stream_id, [(":status", "200")])
                        connection.send_data(event.stream_id, RUNNING.body, end_stream=True)
                await stream.send(connection.data_to_send())

    async with TLSListener(listener, context, standard_compatible=False) as secure, anyio.create_task_group() as group:
        group.start_soon(secure.serve, talk)
        yield port, seen
        group.cancel_scope.cancel()


async def test_a_certificate_authority_of_ones_own_and_http2(anyio_backend: str, tmp_path: Path) -> None:
    authority = trustme.CA()
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    context = ssl.create_default_context()
    authority.configure_trust(context)
    async with h2_server(authority) as (port, seen):
        address = f"https://localhost:{port}"
        for verify in (file, str(file), context):
            async with anyqpu.connect("kipu", token="t", base_url=address, verify=verify, http2=True) as kipu:
                assert (await kipu.raw.get_job_status(JOB)).status == "RUNNING"
        assert len(seen) == 3
        assert seen[0][":path"] == f"/jobs/{JOB}/status"
        # Without the authority the certificate is as good as none, and nothing was asked.
        async with anyqpu.connect("kipu", token="t", base_url=address, http2=True, retry=ONCE) as kipu:
            with pytest.raises(errors.ConnectError, match=r"(?i)certificate"):
                await kipu.raw.get_job_status(JOB)
        assert len(seen) == 3


@pytest.mark.parametrize(("content", "message"), [(None, "no such file or folder"), ("nothing", "no certificates")])
async def test_a_wrong_certificate_file_is_named(
    anyio_backend: str, tmp_path: Path, content: str | None, message: str
) -> None:
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(errors.ConfigError, match=message):
        async with anyqpu.connect("kipu", token="t", base_url="https://localhost:9", verify=file) as kipu:
            await kipu.raw.get_job_status(JOB)


async def test_a_result_is_downloaded_to_memory_or_to_a_file(anyio_backend: str, tmp_path: Path, server: str) -> None:
    async with anyqpu.connect("kipu", emulator=server) as kipu:
        job = await (await kipu.submit(BELL, device="kipu.sim.qsim", shots=50)).wait(timeout=60)
        content = await kipu.download_result(job)
        assert content is not None
        assert b"counts" in content
        file = tmp_path / "result.json"
        assert await kipu.download_result(job, file) is None
        assert file.read_bytes() == content
        with pytest.raises(errors.ResponseTooLargeError):
            await kipu.download_result(job, tmp_path / "small.json", limit=3)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["result.json"]


async def test_a_download_that_breaks_off_leaves_nothing_behind(anyio_backend: str, tmp_path: Path) -> None:
    async def cut(seen: Seen) -> ServerResponse:
        return ServerResponse(200, b"x" * 1000, claims=2000)

    job = anyqpu.Job(provider="kipu", id=JOB, device_id="d", status=anyqpu.JobStatus.COMPLETED, raw_status="COMPLETED")
    async with serving(cut) as server, kipu_at(server, retry=ONCE, timeout=0.5) as kipu:
        with pytest.raises(errors.ReadTimeoutError):
            await kipu.download_result(job, tmp_path / "result.json")
        assert list(tmp_path.iterdir()) == []
        assert len(server.seen) == 1, "bytes in the sink cannot be taken back, so there is one request"


@pytest.fixture(scope="module")
def server() -> Any:
    """An emulator on a socket."""
    with running(speed="instant") as url:
        yield url


@pytest.mark.parametrize("choice", ["httpx", "httpx2", "aiohttp"])
async def test_requests_and_responses_are_the_same_through_every_library(anyio_backend: str, choice: str) -> None:
    if choice == "aiohttp" and anyio_backend == "trio":
        return

    async def compressed(seen: Seen) -> ServerResponse:
        body = gzip.compress(json.dumps({"id": JOB, "status": "RUNNING"}).encode())
        return ServerResponse(200, body, {"content-type": "application/json", "content-encoding": "gzip"})

    async with serving(compressed) as server, kipu_at(server, transport=choice) as kipu:
        assert (await kipu.raw.get_job("späte/r ö?#%")).status == "RUNNING"
        seen = server.seen[0]
        assert seen.target == "/jobs/sp%C3%A4te%2Fr%20%C3%B6%3F%23%25"
        assert seen.headers["host"] == server.url.removeprefix("http://")
        assert set(seen.headers) == {"host", "accept", "accept-encoding", "user-agent", "x-auth-token"}


@pytest.mark.parametrize("choice", ["httpx", "httpx2", "aiohttp"])
async def test_headers_are_those_of_each_call_although_a_connection_keeps_them(anyio_backend: str, choice: str) -> None:
    if choice == "aiohttp" and anyio_backend == "trio":
        return

    async def respond(_: Seen) -> ServerResponse:
        return ServerResponse.of_json({"status": "RUNNING"})

    async with serving(respond) as server, kipu_at(server, transport=choice) as kipu:
        for organization in ("a", "a", None, None, "b", None):
            named = {} if organization is None else {"x_organization_id": organization}
            await kipu.raw.get_job_status(JOB, **named)
        await kipu.raw.cancel_job(JOB)
        await kipu.raw.get_job_status(JOB)
    assert [seen.headers.get("x-organizationid") for seen in server.seen] == ["a", "a", None, None, "b", *[None] * 3]
    assert {seen.headers["x-auth-token"] for seen in server.seen} == {server.seen[0].headers["x-auth-token"]}


@pytest.mark.parametrize("choice", ["httpx", "httpx2", "aiohttp"])
async def test_a_truncated_response_is_a_protocol_error(anyio_backend: str, choice: str) -> None:
    if anyio_backend == "trio":  # where httpx leaves a generator of its own behind, and Python says so
        return

    async def broken(seen: Seen) -> ServerResponse:
        return ServerResponse(200, b"not gzip", {"content-encoding": "gzip"})

    async with serving(broken) as server, kipu_at(server, transport=choice, retry=ONCE) as kipu:
        with pytest.raises(errors.ProtocolError):
            await kipu.raw.get_job(JOB)


@pytest.mark.parametrize("choice", ["httpx", "httpx2", "aiohttp"])
async def test_what_cannot_be_sent_is_said_without_its_value(anyio_backend: str, choice: str) -> None:
    if choice == "aiohttp" and anyio_backend == "trio":
        return
    async with serving(running_job) as server, kipu_at(server, transport=choice, retry=ONCE) as kipu:
        with pytest.raises(errors.AnyQPUError) as caught:
            await kipu.raw.get_job(JOB, x_organization_id="sécret")
        assert "cret" not in str(caught.value)
        assert not server.seen


async def test_without_a_server_the_error_names_the_port(anyio_backend: str) -> None:
    once = RetryPolicy(attempts=1)
    async with anyqpu.connect("kipu", base_url="http://127.0.0.1:9/quantum", token="t", retry=once) as kipu:
        with pytest.raises(errors.ConnectError, match=r"cannot connect to 127\.0\.0\.1:9: "):
            await kipu.raw.get_job("1")

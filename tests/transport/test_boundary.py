"""The error boundary: whatever a server or a proxy does on its connection, the outcome is an error of the tree."""

from __future__ import annotations

import gzip
import json
import logging
import os
import re
import socket
import ssl
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import aiohttp  # noqa: F401
import anyio
import httpcore2  # noqa: F401
import httpx
import httpx2  # noqa: F401 - imported before there is an event loop, since importing it reads files
import pytest
import trustme

import anyqpu
from anyqpu import Limits, RetryPolicy, errors
from tests.client.conftest import BELL
from tests.transport.raw_server import BODY, RawServer, raw_server, response, tunnel_to

pytestmark = pytest.mark.anyio

ONCE = RetryPolicy(attempts=1)
CANARY = "canary-4d1c"
Respond = Callable[[int, bytes, socket.socket], bytes | None]


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def library(request: pytest.FixtureRequest, anyio_backend: str) -> str | None:
    """An HTTP library; aiohttp on asyncio only, where trio gets httpx once more."""
    name = str(request.param)
    return "httpx" if name == "aiohttp" and anyio_backend == "trio" else name


async def outcomes(server: RawServer, library: str | None, times: int = 2, **options: Any) -> list[Any]:
    """Ask for a job so many times; the ids and errors that came."""
    results: list[Any] = []
    options = {"retry": ONCE, "timeout": 5, "base_url": server.url, "token": CANARY, "transport": library} | options
    async with anyqpu.connect("kipu", **options) as kipu:
        for _ in range(times):
            try:
                results.append((await kipu.job("j1")).id)
            except errors.AnyQPUError as error:
                results.append(error)
            await anyio.sleep(0.05)
    return results


def numbered(number: int) -> bytes:
    return response({"id": f"j{number}", "status": "RUNNING"})


def chunked(*headers: str, number: int = 1) -> bytes:
    body = numbered(number).partition(b"\r\n\r\n")[2]
    head = "\r\n".join(["HTTP/1.1 200 OK", "Transfer-Encoding: chunked", *headers]).encode()
    return head + b"\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


FORGED = response({"id": "forged", "status": "RUNNING"})


def then_close(number: int, head: bytes, sock: socket.socket) -> None:
    sock.sendall(numbered(number))


def later(number: int, head: bytes, sock: socket.socket) -> bytes:
    sock.sendall(numbered(number))
    time.sleep(0.02)
    return FORGED


@pytest.mark.parametrize(
    "respond",
    [
        pytest.param(lambda number, head, sock: numbered(number) + FORGED, id="at once"),
        pytest.param(later, id="later"),
        pytest.param(lambda number, head, sock: numbered(number) + FORGED[:30], id="in part"),
        pytest.param(lambda number, head, sock: numbered(number)[:-5], id="behind a short response"),
        pytest.param(
            lambda number, head, sock: chunked("Content-Length: 3", number=number) + FORGED, id="with two lengths"
        ),
    ],
)
async def test_bytes_behind_a_response_are_not_the_next_one(
    anyio_backend: str, library: str | None, respond: Respond
) -> None:
    with raw_server(respond) as server:
        results = await outcomes(server, library, 3, timeout=0.3)
    assert "forged" not in results
    assert all(isinstance(result, errors.TransportError) or result == f"j{n}" for n, result in enumerate(results, 1))


async def test_a_connection_that_the_server_closes_between_requests_is_replaced(
    anyio_backend: str, library: str | None
) -> None:
    with raw_server(then_close) as server:
        assert await outcomes(server, library, 3) == ["j1", "j2", "j3"]
        assert server.connections == 3
    with raw_server(lambda number, head, sock: numbered(number)) as server:
        assert await outcomes(server, library, 3) == ["j1", "j2", "j3"]
        assert server.connections == 1
    with raw_server(lambda number, head, sock: numbered(number)) as server:
        assert await outcomes(server, library, 3, limits=Limits(keep_alive=False)) == ["j1", "j2", "j3"]
        assert server.connections == 3


MALFORMED: dict[str, bytes] = {
    "no HTTP": f"{CANARY} says hello\r\n\r\n".encode(),
    "control characters": b"HTTP/1.1 200 OK\r\nX-Token: " + CANARY.encode() + b"\x00\r\n\r\n{}",
    "two different lengths": numbered(1).replace(b"Content-Length: ", b"Content-Length: 3\r\nContent-Length: "),
    "a negative length": b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n{}",
    "a length of 5,000 digits": b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n{}",
    "headers without end": b"HTTP/1.1 200 OK\r\nX: " + b"x" * 300_000,
    "a chunk of no size": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + CANARY.encode() + b"\r\n{}\r\n",
    "a status of letters": f"HTTP/1.1 {CANARY} OK\r\n\r\n".encode(),
    "damaged gzip": response(CANARY.encode(), "Content-Encoding: gzip"),
    "gzip cut off": response(gzip.compress(json.dumps(BODY).encode())[:-9], "Content-Encoding: gzip"),
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_response_is_a_protocol_error_that_shows_none_of_it(
    anyio_backend: str, library: str | None, name: str
) -> None:
    with raw_server(lambda number, head, sock: MALFORMED[name]) as server:
        for error in await outcomes(server, library):
            assert isinstance(error, errors.ProtocolError), error
            assert CANARY not in str(error)
            assert error.__cause__ is error.__context__ is None
        assert len(server.heads) == server.connections == 2, "a connection that failed is not used again"


@pytest.mark.parametrize("cut", [0, 10, -5])
async def test_a_response_that_breaks_off_is_a_protocol_error(
    anyio_backend: str, library: str | None, cut: int
) -> None:
    def respond(number: int, head: bytes, sock: socket.socket) -> None:
        sock.sendall(numbered(number)[:cut])

    with raw_server(respond) as server:
        for error in await outcomes(server, library):
            assert isinstance(error, errors.ProtocolError)
            assert "the connection broke: the server closed it" in str(error) or "not valid HTTP" in str(error)


async def test_a_connection_that_is_reset_is_a_protocol_error(anyio_backend: str, library: str | None) -> None:
    def respond(number: int, head: bytes, sock: socket.socket) -> None:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")

    with raw_server(respond) as server:
        for error in await outcomes(server, library):
            assert isinstance(error, errors.ProtocolError)


async def test_a_request_is_sent_once(anyio_backend: str, library: str | None) -> None:
    """aiohttp by itself would repeat what is idempotent, also on a connection that was used before."""
    with raw_server(lambda number, head, sock: numbered(number) if number % 2 else None) as server:
        results = await outcomes(server, library, 4)
        assert [isinstance(result, errors.ProtocolError) for result in results] == [False, True, False, True]
        assert len(server.heads) == 4


@pytest.mark.parametrize("layers", [1, 3])
async def test_a_body_that_grows_beyond_the_limit_is_refused(
    anyio_backend: str, library: str | None, layers: int
) -> None:
    body = bytes(50 * 2**20)
    for _ in range(layers):
        body = gzip.compress(body)
    reply = response(body, *["Content-Encoding: gzip"] * layers)
    with raw_server(lambda number, head, sock: reply) as server:
        for error in await outcomes(server, library, limits=Limits(body=2**16)):
            assert isinstance(error, errors.ResponseTooLargeError)
            assert error.status_code == 200


async def test_a_compression_that_was_not_requested(anyio_backend: str, library: str | None) -> None:
    def respond(number: int, head: bytes, sock: socket.socket) -> bytes:
        assert b"\r\nAccept-Encoding: gzip, deflate\r\n" in head + b"\r\n"
        status = "200 OK" if number == 1 else "503 Service Unavailable"
        return response(b"\x0b\x02\x80", "Content-Encoding: br", "X-Request-Id: r1", status=status)

    with raw_server(respond) as server:
        unread, unavailable = await outcomes(server, library)
    assert type(unread) is errors.UnexpectedResponseError
    assert (unread.status_code, unread.request_id) == (200, "r1")
    assert "'br'" in str(unread)
    # The status says more than a body that cannot be read.
    assert isinstance(unavailable, errors.ServiceUnavailableError)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "gzip, gzip"])
async def test_compressed_bodies_are_read(anyio_backend: str, library: str | None, coding: str) -> None:
    import zlib

    content = json.dumps(BODY).encode()
    for name in coding.split(", "):
        content = gzip.compress(content) if name == "gzip" else zlib.compress(content)
    with raw_server(lambda number, head, sock: response(content, f"Content-Encoding: {coding}")) as server:
        assert await outcomes(server, library) == ["j1", "j1"]


async def test_a_broken_tls_record_is_a_protocol_error(anyio_backend: str, library: str | None) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    mine = ssl.create_default_context()
    authority.configure_trust(mine)

    def respond(number: int, head: bytes, sock: socket.socket) -> None:
        with socket.socket(fileno=os.dup(sock.fileno())) as below:
            below.sendall(b"\x17\x03\x03\x00\x40" + bytes(64))
            time.sleep(0.2)

    with raw_server(respond, context) as server:
        for error in await outcomes(server, library, verify=mine):
            assert isinstance(error, errors.ProtocolError)


async def test_a_server_that_asks_for_a_certificate_has_handled_nothing(
    anyio_backend: str, library: str | None
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(context)
    context.verify_mode = ssl.CERT_REQUIRED
    mine = ssl.create_default_context()
    authority.configure_trust(mine)
    with raw_server(lambda number, head, sock: numbered(number), context) as server:
        for error in await outcomes(server, library, verify=mine):
            assert isinstance(error, errors.CertificateError | errors.ProtocolError)
            if library != "aiohttp":  # which does not pass on the reason
                assert "asks for one" in str(error)
        assert server.heads == []


async def test_a_server_that_speaks_no_tls_is_a_connect_error(anyio_backend: str, library: str | None) -> None:
    with raw_server(lambda number, head, sock: b"HTTP/1.1 400 Bad Request\r\n\r\n") as server:
        url = server.url.replace("http:", "https:")
        for error in await outcomes(server, library, base_url=url, timeout=0.5):
            assert type(error) is errors.ConnectError
            assert str(error).startswith(f"kipu getJob: cannot connect to {server.place}: ")


# Injected transports


class Broken(httpx.AsyncBaseTransport):
    """A transport that fails in its own way, before the response or in its body."""

    def __init__(self, error: Exception, *, in_body: bool) -> None:
        self._error, self._in_body = error, in_body

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if not self._in_body:
            raise self._error

        async def body() -> AsyncGenerator[bytes]:
            yield b"{"
            raise self._error

        return httpx.Response(200, content=body())


@pytest.mark.parametrize("in_body", [False, True])
@pytest.mark.parametrize(
    "error",
    [
        *(ValueError(CANARY), ImportError(CANARY), OSError(CANARY), KeyError(CANARY), RuntimeError(CANARY)),
        *(
            ExceptionGroup(CANARY, [ValueError(CANARY)]),
            ssl.SSLError(1, CANARY),
            UnicodeDecodeError("a", b"", 0, 1, CANARY),
        ),
        *(
            StopIteration(CANARY),
            RecursionError(CANARY),
            MemoryError(CANARY),
            TypeError(CANARY),
            httpx.ReadError(CANARY),
        ),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_any_exception_of_a_transport_is_a_protocol_error(
    anyio_backend: str, error: Exception, in_body: bool
) -> None:
    async with anyqpu.connect("kipu", token="t", transport=Broken(error, in_body=in_body), retry=ONCE) as kipu:
        with pytest.raises(errors.ProtocolError) as caught:
            await kipu.job("j1")
    assert CANARY not in str(caught.value)
    assert caught.value.__cause__ is caught.value.__context__ is None


async def test_an_injected_transport_has_the_same_limits(anyio_backend: str) -> None:
    bomb = gzip.compress(bytes(50 * 2**20))

    async def body() -> AsyncGenerator[bytes]:
        yield bomb

    def respond(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, headers={"content-encoding": "gzip"}, content=body())

    options: dict[str, Any] = {"transport": httpx.MockTransport(respond), "limits": Limits(body=2**16)}
    async with anyqpu.connect("kipu", token="t", **options) as kipu:
        with pytest.raises(errors.ResponseTooLargeError):
            await kipu.job("j1")


async def test_closing_twice_is_closing(anyio_backend: str, library: str | None) -> None:
    with raw_server(lambda number, head, sock: numbered(number)) as server:
        client = anyqpu.connect("kipu", token="t", base_url=server.url, transport=library)
        async with aclosing(client):
            await client.job("j1")
            await client.aclose()
            await client.aclose()


# Proxies


def say(reply: bytes | None) -> Respond:
    return lambda number, head, sock: reply


REFUSALS: dict[str, tuple[Respond, str]] = {
    "closes": (say(None), "did not connect to api.example.test"),
    "forbids": (say(response(status=f"403 {CANARY}")), "refused to connect to api.example.test with status 403"),
    "asks for credentials": (say(response(status="407 Who")), r"asks for user name and password \(407\)"),
    "fails": (say(response(status="502 Bad Gateway")), "with status 502"),
    "speaks another language": (say(CANARY.encode() + b"\r\n\r\n"), "did not connect to api.example.test"),
}


@pytest.mark.parametrize("name", REFUSALS)
async def test_a_proxy_that_refuses_is_named_without_its_password(
    anyio_backend: str, library: str | None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    respond, message = REFUSALS[name]
    with raw_server(respond) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy.place)
        for error in await outcomes(proxy, library, base_url="https://api.example.test"):
            assert type(error) is errors.ProxyError
            assert f"the proxy {proxy.place}" in str(error)
            assert "HTTPS_PROXY" in str(error)
            assert CANARY not in str(error)
            assert re.search(message, str(error))
        assert all(line.startswith("CONNECT api.example.test:443 ") for line in proxy.lines())


async def test_credentials_that_a_proxy_refuses_are_not_shown(anyio_backend: str, library: str | None) -> None:
    with raw_server(say(response(status="407 Who"))) as proxy:
        address = f"http://user:{CANARY}@{proxy.place}"
        (error,) = await outcomes(proxy, library, 1, base_url="https://api.example.test", proxy=address)
        assert isinstance(error, errors.ProxyError)
        assert "did not accept user name and password" in str(error)
        assert CANARY not in str(error)
        assert error.retryable is False
        assert b"Proxy-Authorization: Basic dXNlcjpjYW5hcnktNGQxYw==" in proxy.heads[0]  # user:canary-4d1c


async def test_a_proxy_that_is_not_there_is_a_proxy_error(anyio_backend: str, library: str | None) -> None:
    with raw_server(say(None)) as gone:
        place = gone.place
    (error,) = await outcomes(gone, library, 1, base_url="https://api.example.test", proxy=f"http://{place}")
    assert type(error) is errors.ProxyError
    assert str(error).startswith(f"kipu getJob: cannot connect to the proxy {place}: ")


async def test_a_submit_that_a_proxy_did_not_let_through_did_not_arrive(
    anyio_backend: str, library: str | None
) -> None:
    with raw_server(say(None)) as proxy:
        options: dict[str, Any] = {"transport": library, "proxy": proxy.url, "retry": ONCE}
        async with anyqpu.connect(
            "rigetti", access_token="t", base_url="https://api.example.test", **options
        ) as client:
            with pytest.raises(errors.ProxyError):
                await client.raw.create_reservation(body={})  # type: ignore[arg-type]


async def test_a_tunnel_leads_to_the_cloud_and_what_breaks_in_it_is_not_the_proxys(
    anyio_backend: str, library: str | None
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("api.example.test").configure_cert(context)
    mine = ssl.create_default_context()
    authority.configure_trust(mine)
    where = {"base_url": "https://api.example.test"}
    with raw_server(lambda number, head, sock: numbered(number) if number < 3 else None, context) as cloud:
        with raw_server(tunnel_to(cloud.port)) as proxy:
            one, two, broken = await outcomes(proxy, library, 3, verify=mine, proxy=proxy.url, **where)
            assert (one, two) == ("j1", "j2")
            assert type(broken) is errors.ProtocolError
            assert len(proxy.heads) == 1
            assert CANARY.encode() not in proxy.heads[0]
            (untrusted,) = await outcomes(proxy, library, 1, proxy=proxy.url, **where)
            assert type(untrusted) is errors.CertificateError
            assert f"api.example.test through the proxy {proxy.place}" in str(untrusted)


# Logs and downloads


async def test_debug_logs_of_the_libraries_show_no_secret(
    anyio_backend: str, library: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    junk = response(BODY, f"Set-Cookie: {CANARY}\x7f=[;]") + f"\r\n{CANARY}".encode()
    for reply in (junk, f"{CANARY}\r\n\r\n".encode()):
        with raw_server(say(reply)) as server:
            address = f"http://user:{CANARY}@{server.place}"
            await outcomes(server, library, timeout=1)
            await outcomes(server, library, 1, base_url="https://api.example.test", proxy=address, timeout=1)
    assert CANARY not in caplog.text


@pytest.mark.parametrize("place", ["missing/result.json", "", "a\x00b"])
async def test_a_file_that_cannot_be_written_is_a_result_error(anyio_backend: str, place: str, tmp_path: Path) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        job = await (await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)).wait(timeout=60)
        with pytest.raises(errors.ResultError, match="cannot write the file"):
            await kipu.download_result(job, tmp_path / place)

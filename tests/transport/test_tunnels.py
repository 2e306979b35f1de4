"""Proxies that are reached with TLS or speak SOCKS 5, and HTTP/2 servers that end connections."""

from __future__ import annotations

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import anyio
import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import httpcore2  # noqa: F401
import httpx2  # noqa: F401 - imported before there is an event loop, since importing it reads files
import pytest
import socksio  # noqa: F401
import trustme

import anyqpu
from anyqpu import RetryPolicy, errors
from tests.transport.raw_server import BODY, pump, raw_server, response, tunnel_to

pytestmark = pytest.mark.anyio

ONCE = RetryPolicy(attempts=1)
HOST = "api.example.test"
PASSWORD = "canary-77"
LIBRARIES = pytest.mark.parametrize("library", ["httpx", "httpx2"])


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trust(authority: trustme.CA) -> tuple[trustme.CA, ssl.SSLContext]:
    """A certificate authority, and a context that trusts it alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    authority.configure_trust(context)
    return authority, context


def serving_as(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    return context


async def ask(library: str, **options: Any) -> str:
    base_url = f"https://{HOST}"
    async with anyqpu.connect("kipu", token="t", base_url=base_url, transport=library, retry=ONCE, **options) as kipu:
        return (await kipu.job("j1")).id


@pytest.mark.parametrize("library", ["httpx", "httpx2", "aiohttp"])
async def test_a_proxy_may_be_reached_with_tls(
    anyio_backend: str, library: str, trust: tuple[trustme.CA, ssl.SSLContext]
) -> None:
    authority, trusting = trust
    if library == "aiohttp" and anyio_backend == "trio":
        return
    with raw_server(lambda number, head, sock: response(BODY), serving_as(authority, HOST)) as cloud:
        with raw_server(tunnel_to(cloud.port), serving_as(authority, "127.0.0.1")) as proxy:
            assert await ask(library, proxy=proxy.url, verify=trusting, timeout=10) == "j1"
            assert proxy.lines() == [f"CONNECT {HOST}:443 HTTP/1.1"]
        with raw_server(tunnel_to(cloud.port), serving_as(trustme.CA(), "127.0.0.1")) as stranger:
            with pytest.raises(errors.CertificateError, match=f"of the proxy {stranger.place} is not trusted"):
                await ask(library, proxy=stranger.url, verify=trusting)
        assert len(cloud.heads) == 1


# SOCKS 5 (RFC 1928, and RFC 1929 for user name and password)


@contextmanager
def socks_proxy(port: int, *, login: tuple[bytes, bytes] | None = None, reply: int = 0) -> Iterator[Any]:
    """A SOCKS proxy that leads to a port of this machine; yields its address and the hosts that were requested."""
    requested: list[tuple[str, int]] = []

    def exactly(sock: socket.socket, count: int) -> bytes:
        data = b""
        while len(data) < count:
            data += sock.recv(count - len(data)) or b"\0"
        return data

    def talk(sock: socket.socket) -> None:
        with suppress(OSError):
            _, count = exactly(sock, 2)
            methods = exactly(sock, count)
            wanted = 2 if login else 0
            if wanted not in methods:
                sock.sendall(b"\x05\xff")
                return
            sock.sendall(bytes([5, wanted]))
            if login:
                user = exactly(sock, exactly(sock, 2)[1])
                password = exactly(sock, exactly(sock, 1)[0])
                sock.sendall(b"\x01" + (b"\0" if (user, password) == login else b"\1"))
                if (user, password) != login:
                    return
            exactly(sock, 3)
            assert exactly(sock, 1) == b"\x03", "the name is left to the proxy"
            name = exactly(sock, exactly(sock, 1)[0]).decode()
            requested.append((name, struct.unpack(">H", exactly(sock, 2))[0]))
            sock.sendall(bytes([5, reply, 0, 1]) + bytes(6))
            if reply == 0:
                with socket.create_connection(("127.0.0.1", port)) as there:
                    threading.Thread(target=pump, args=(there, sock), daemon=True).start()
                    pump(sock, there)

    with listening(talk) as place:
        yield place, requested


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve(sock: socket.socket) -> None:
            with suppress(OSError), sock:
                talk(sock)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{listener.getsockname()[1]}"
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)


@LIBRARIES
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
async def test_a_socks_proxy_resolves_the_name_and_leads_to_the_cloud(
    anyio_backend: str, library: str, scheme: str, trust: tuple[trustme.CA, ssl.SSLContext]
) -> None:
    authority, trusting = trust
    with raw_server(lambda number, head, sock: response(BODY), serving_as(authority, HOST)) as cloud:
        with socks_proxy(cloud.port, login=(b"us er", PASSWORD.encode())) as (place, requested):
            address = f"{scheme}://us%20er:{PASSWORD}@{place}/"
            assert await ask(library, verify=trusting, proxy=address) == "j1"
            assert requested == [(HOST, 443)]


@LIBRARIES
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"reply": 2}, f"did not connect to {HOST}: connection not allowed by ruleset"),
        ({"reply": 5}, f"did not connect to {HOST}: connection refused"),
        ({"reply": 77}, f"did not connect to {HOST}"),
        ({"login": (b"user", b"other")}, "did not accept user name and password"),
    ],
)
async def test_a_refusal_of_a_socks_proxy_is_reported_as_the_proxys(
    anyio_backend: str, library: str, options: dict[str, Any], message: str
) -> None:
    login = f"user:{PASSWORD}@" if "login" in options else ""
    with socks_proxy(9, **options) as (place, _):
        with pytest.raises(errors.ProxyError, match=message) as caught:
            await ask(library, proxy=f"socks5://{login}{place}")
    assert PASSWORD not in str(caught.value)
    assert place in str(caught.value)


@LIBRARIES
@pytest.mark.parametrize("reply", [b"", b"HTTP/1.1 400 Bad Request\r\n\r\n", b"\x05", b"\x05\x00\xff\xff"])
async def test_what_is_not_a_socks_proxy_is_a_proxy_error(anyio_backend: str, library: str, reply: bytes) -> None:
    def talk(sock: socket.socket) -> None:
        sock.recv(100)
        sock.sendall(reply)

    with listening(talk) as place, pytest.raises(errors.ProxyError, match=f"the proxy {place} did not connect"):
        await ask(library, proxy=f"socks5://{place}")


@LIBRARIES
@pytest.mark.parametrize("scheme", ["socks5", "http"])
async def test_a_silent_proxy_is_given_as_long_as_a_connection(anyio_backend: str, library: str, scheme: str) -> None:
    def silent(sock: socket.socket) -> None:
        while sock.recv(1000):
            pass

    with listening(silent) as place, anyio.fail_after(20):
        with pytest.raises(errors.ProxyError, match="in time"):
            await ask(library, proxy=f"{scheme}://{place}", timeout=anyqpu.Timeouts(connect=0.3))


# HTTP/2 (RFC 9113): GOAWAY and REFUSED_STREAM


class Http2Server:
    """Responds to each request; `on_request` may do so instead, and returns True then."""

    def __init__(self, context: ssl.SSLContext, on_request: Callable[[Http2Server, Any, int], bool]) -> None:
        self._context, self._on_request = context, on_request
        self.requests, self.connections = 0, 0
        self.after = False
        context.set_alpn_protocols(["h2"])

    def talk(self, plain: socket.socket) -> None:
        self.connections += 1
        with suppress(OSError, h2.exceptions.ProtocolError), self._context.wrap_socket(plain, server_side=True) as sock:
            connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
            connection.initiate_connection()
            sock.sendall(connection.data_to_send())
            while data := sock.recv(65536):
                for event in connection.receive_data(data):
                    if isinstance(event, h2.events.StreamEnded):
                        self.requests += 1
                        assert event.stream_id is not None
                        if not self._on_request(self, connection, event.stream_id):
                            connection.send_headers(event.stream_id, [(":status", "200")])
                            connection.send_data(event.stream_id, b'{"id": "j1", "status": "RUNNING"}', end_stream=True)
                        sock.sendall(connection.data_to_send())
                        if self.after:
                            connection.close_connection()
                            sock.sendall(connection.data_to_send())
                            return


def refuse_by_goaway(server: Http2Server, connection: Any, stream: int) -> bool:
    if server.requests == 2:
        connection.close_connection(last_stream_id=max(0, stream - 2))
    return server.requests == 2


def refuse_stream(server: Http2Server, connection: Any, stream: int) -> bool:
    if server.requests == 2:
        connection.reset_stream(stream, h2.errors.ErrorCodes.REFUSED_STREAM)
    return server.requests == 2


def break_stream(server: Http2Server, connection: Any, stream: int) -> bool:
    if server.requests == 2:
        connection.reset_stream(stream, h2.errors.ErrorCodes.INTERNAL_ERROR)
    return server.requests == 2


def say_goodbye(server: Http2Server, connection: Any, stream: int) -> bool:
    server.after = True
    return False


@LIBRARIES
@pytest.mark.parametrize(
    ("behaviour", "second"),
    [
        (refuse_by_goaway, errors.ConnectError),
        (refuse_stream, errors.ConnectError),
        (break_stream, errors.ProtocolError),
        (say_goodbye, None),
    ],
)
async def test_http2_servers_that_end_a_connection_or_a_stream(
    anyio_backend: str,
    library: str,
    behaviour: Callable[[Http2Server, Any, int], bool],
    second: type[errors.TransportError] | None,
    trust: tuple[trustme.CA, ssl.SSLContext],
) -> None:
    authority, trusting = trust
    server = Http2Server(serving_as(authority, "127.0.0.1"), behaviour)
    with listening(server.talk) as place:
        options: dict[str, Any] = {"base_url": f"https://{place}", "verify": trusting, "http2": True}
        async with anyqpu.connect("kipu", token="t", transport=library, retry=ONCE, **options) as kipu:
            assert (await kipu.job("j1")).id == "j1"
            await anyio.sleep(0.05)
            if second is None:
                assert (await kipu.job("j1")).id == "j1"
            else:
                with pytest.raises(second) as caught:
                    await kipu.job("j1")
                assert type(caught.value) is second
            await anyio.sleep(0.05)
            assert (await kipu.job("j1")).id == "j1"
    # A connection that failed, or that the server is about to close, is not used again.
    assert (server.requests, server.connections) == (3, 3 if second is None else 2)

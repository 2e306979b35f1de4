"""Limits of requests: each is refused in the form of the cloud that it is for, before it fills the memory."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import tracemalloc
import zlib
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from anyqpu_emulator import Emulator, bodies
from anyqpu_emulator.bodies import MAX_BODY, MAX_FORM
from anyqpu_emulator.connection import Protocol
from anyqpu_emulator.http import MAX_HEADERS, MAX_TARGET
from anyqpu_emulator.server import running

from .conftest import BELL, qasm_job

pytestmark = pytest.mark.anyio
HEADERS = {"X-Auth-Token": "t", "Authorization": "Bearer emulator"}
CREATES = {
    "scaleway": "/scaleway/qaas/v1alpha1/models",
    "kipu": "/kipu/quantum/jobs",
    "pasqal": "/pasqal/core-fast/api/v1/batches",
    "rigetti": "/rigetti/v1/endpoints",
}
TOKENS = {
    "kipu": "/kipu/realms/planqk/protocol/openid-connect/token",
    "pasqal": "/pasqal/oauth/token",
    "rigetti": "/rigetti/oauth2/default/v1/token",
}
# What each cloud's errors have, by its document: Scaleway's typed errors, RFC 7807, JSend, QCS's `Error`.
SHAPES = {
    "scaleway": {"message", "type"},
    "kipu": {"type", "title", "status", "detail", "instance"},
    "pasqal": {"status", "message", "code", "data"},
    "rigetti": {"code", "message", "requestId"},
}


def client_of(emulator: Emulator) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(emulator.app)
    return httpx.AsyncClient(transport=transport, base_url="http://emulator", headers=HEADERS, timeout=60)


async def pieces(size: int, piece: bytes = b" " * 65536) -> AsyncIterator[bytes]:
    """A body without a length, which is sent in chunks."""
    for _ in range(size // len(piece) + 1):
        yield piece


def stored_blocks(size: int) -> bytes:
    """A deflate stream that never ends and unpacks to nothing: empty blocks, after zlib's header (RFC 1950, 1951)."""
    return zlib.compress(b"", 0)[:2] + b"\x00\x00\x00\xff\xff" * (size // 5)


@pytest.mark.parametrize("cloud", CREATES)
@pytest.mark.parametrize("kind", ["with a length", "in chunks", "gzip", "deflate of nothing"])
async def test_a_body_that_is_too_large(emulator: Emulator, cloud: str, kind: str) -> None:
    content: Any = {
        "with a length": lambda: b" " * (MAX_BODY + 1),
        "in chunks": lambda: pieces(MAX_BODY),
        "gzip": lambda: gzip.compress(b" " * (MAX_BODY + 1)),
        "deflate of nothing": lambda: stored_blocks(MAX_BODY + 10),
    }[kind]()
    encoding = {"gzip": "gzip", "deflate of nothing": "deflate"}.get(kind)
    headers = {"content-encoding": encoding} if encoding else {}
    async with client_of(emulator) as client:
        response = await client.post(CREATES[cloud], content=content, headers=headers)
        assert response.status_code == 413
        assert set(response.json()) == SHAPES[cloud]
        assert f"the body is longer than {MAX_BODY} bytes" in response.text
        assert response.headers["connection"] == "close"
        assert (await client.get("/kipu/quantum/jobs")).json()["content"] == []


@pytest.mark.parametrize("encoded", [False, True], ids=["as it is", "gzip"])
async def test_the_largest_body_is_read(emulator: Emulator, encoded: bool) -> None:
    body = json.dumps(qasm_job(BELL)).encode()
    content = body + b" " * (MAX_BODY - len(body))
    headers = {"content-encoding": "gzip"} if encoded else {}
    async with client_of(emulator) as client:
        sent = gzip.compress(content) if encoded else content
        assert (await client.post("/kipu/quantum/jobs", content=sent, headers=headers)).status_code == 201


async def test_what_is_beyond_the_limit_is_not_held(emulator: Emulator) -> None:
    async with client_of(emulator) as client:
        tracemalloc.start()
        try:
            response = await client.post("/kipu/quantum/jobs", content=pieces(4 * MAX_BODY, bytes(2**20)))
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert response.status_code == 413
    # A growing buffer is copied while it grows.
    assert peak < 2.5 * MAX_BODY


async def test_data_after_the_end_of_a_compressed_body_is_refused(emulator: Emulator) -> None:
    """zlib would collect it."""
    async with client_of(emulator) as client:
        for more in (b"x", gzip.compress(b"{}")):
            content = gzip.compress(json.dumps(qasm_job(BELL)).encode()) + more
            response = await client.post("/kipu/quantum/jobs", content=content, headers={"content-encoding": "gzip"})
            assert (response.status_code, "after the end" in response.json()["detail"]) == (400, True)


@pytest.mark.parametrize("cloud", TOKENS)
async def test_a_form_that_is_too_large(emulator: Emulator, cloud: str) -> None:
    """32 MiB of `&` would be 16 million pairs."""
    async with client_of(emulator) as client:
        response = await client.post(TOKENS[cloud], content=b"a=&" * (MAX_FORM // 3 + 1))
    assert response.status_code == 413
    assert set(response.json()) == {"error", "error_description"}


@pytest.mark.parametrize("cloud", CREATES)
async def test_heads_that_are_too_long(emulator: Emulator, cloud: str) -> None:
    async with client_of(emulator) as client:
        long_query = await client.get(CREATES[cloud], params={"page": "1" * MAX_TARGET})
        long_path = await client.get(CREATES[cloud] + "/x" * (MAX_TARGET // 2))
        long_header = await client.get(CREATES[cloud], headers={"x-padding": "x" * MAX_HEADERS})
    for response, status in ((long_query, 414), (long_path, 414), (long_header, 431)):
        assert response.status_code == status
        assert set(response.json()) == SHAPES[cloud]
        assert len(response.content) < 2 * MAX_TARGET + 1000


@pytest.mark.parametrize("cloud", CREATES)
@pytest.mark.parametrize(
    "content",
    [
        b'{"config": ' + b"[" * 201 + b"]" * 201 + b"}",
        b'{"metadata": ' + b'{"a":' * 300 + b"1" + b"}" * 300 + b"}",
        b"[" * 100_000,
        b'{"a": [' + b"[]," * 1_000_001 + b"[]]}",
    ],
    ids=["lists", "objects", "never closed", "too many"],
)
async def test_json_that_is_nested_or_split_too_much(emulator: Emulator, cloud: str, content: bytes) -> None:
    async with client_of(emulator) as client:
        response = await client.post(CREATES[cloud], content=content)
    assert 400 <= response.status_code < 500
    assert set(response.json()) >= SHAPES[cloud] - {"message"}


async def test_brackets_in_a_program_are_only_text(emulator: Emulator) -> None:
    """A million and more of them, as in a long circuit."""
    program = BELL + "// " + 'q[0] {"\\" ' * 700_000
    async with client_of(emulator) as client:
        assert (await client.post("/kipu/quantum/jobs", json=qasm_job(program))).status_code == 201


async def test_bodies_share_a_limit(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    """It counts what is held at one time, so the next request is served."""
    monkeypatch.setattr(bodies, "MAX_BUFFERED", 1000)
    async with client_of(emulator) as client:
        response = await client.post("/kipu/quantum/jobs", json=qasm_job(BELL, name="x" * 1000))
        assert (response.status_code, response.headers["retry-after"]) == (503, "1")
        assert set(response.json()) == SHAPES["kipu"]
        for _ in range(5):
            assert (await client.post("/kipu/quantum/jobs", json=qasm_job(BELL))).status_code == 201


# Over a socket


def connected(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=60)


def status_of(connection: socket.socket) -> int:
    start = b""
    while b"\r\n" not in start:
        start += connection.recv(1)
    return int(start.split()[1])


def rest_of(connection: socket.socket) -> bytes:
    """What still comes until the server closes the connection."""
    return b"".join(iter(lambda: connection.recv(65536), b""))


HEAD = b"POST /kipu/quantum/jobs HTTP/1.1\r\nhost: localhost\r\nx-auth-token: t\r\n"


def test_an_endless_body_gets_a_response_while_it_is_sent() -> None:
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with running() as url, closing(connected(url)) as connection:
        connection.sendall(HEAD + b"transfer-encoding: chunked\r\n\r\n")
        stop = threading.Event()

        def send() -> None:
            while not stop.is_set():
                try:
                    connection.sendall(chunk)
                except OSError:
                    return

        sender = threading.Thread(target=send)
        sender.start()
        try:
            assert status_of(connection) == 413
        finally:
            stop.set()
            sender.join(30)
        assert httpx.get(f"{url}/_control/health").status_code == 200


def test_a_client_that_asks_first_sends_nothing() -> None:
    with running() as url, closing(connected(url)) as connection:
        connection.sendall(HEAD + b"expect: 100-continue\r\ncontent-length: 999999999999\r\n\r\n")
        assert status_of(connection) == 413
        assert b"longer than" in rest_of(connection)


def test_a_body_that_drips_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(bodies, "_DRAIN_SECONDS", 0.1)
    with running() as url, closing(connected(url)) as connection:
        connection.sendall(HEAD + b"content-length: 1000\r\n\r\n{")
        assert status_of(connection) == 408
        assert b"did not arrive within 0.3 seconds" in rest_of(connection)


@pytest.mark.parametrize("start", [b"", b"GET / HTTP/1.1\r\nhost: "], ids=["nothing", "half a head"])
def test_a_head_that_drips_ends(monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(Protocol, "head_seconds", 0.3)
    with running() as url, closing(connected(url)) as connection:
        connection.sendall(start)
        assert connection.recv(1000) == b""


def test_a_second_head_that_drips_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Protocol, "head_seconds", 0.3)
    request = b"GET /_control/health HTTP/1.1\r\nhost: localhost\r\n\r\n"
    with running() as url, closing(connected(url)) as connection:
        connection.sendall(request + request + request[:20])
        content = rest_of(connection)
    assert content.count(b"HTTP/1.1 200") == 2


def test_a_client_that_does_not_read_is_disconnected(monkeypatch: pytest.MonkeyPatch) -> None:
    size, lost = 16 * 2**20, threading.Event()
    body = {"project_id": "5f1b0c62-5d0e-4a43-9c55-0f8a4c1c7a10", "payload": "x" * size}
    monkeypatch.setattr(Protocol, "stall_seconds", 0.3)
    with running() as url:
        link = httpx.post(f"{url}/scaleway/qaas/v1alpha1/models", json=body, headers=HEADERS, timeout=60).json()["url"]
        was_lost = Protocol.connection_lost

        def connection_lost(self: Protocol, exc: Exception | None) -> None:
            was_lost(self, exc)
            # The connection of the upload may end now too.
            if self.client == connection.getsockname()[:2]:
                lost.set()

        with closing(connected(url)) as connection:
            monkeypatch.setattr(Protocol, "connection_lost", connection_lost)
            # Else the operating system may take all of it.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
            connection.sendall(b"GET " + urlsplit(link).path.encode() + b" HTTP/1.1\r\nhost: localhost\r\n\r\n")
            assert lost.wait(60)
            received = len(rest_of(connection))
    # What the operating system had taken by then still arrives.
    assert 0 < received < size

"""Ways to break the response to one request: what only a broken server or network does."""

from __future__ import annotations

import gzip
import socket
import struct
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import anyio
import anyio.abc
import httpx

LIMIT = 2**20
"""`Limits.body` of the client in a run."""
DRIP = 0.05


@dataclass
class Exchange:
    """One request on a connection, and the means to respond."""

    stream: anyio.abc.SocketStream
    request: httpx.Request
    app: Any
    secret: str
    other_url: str
    closed: bool = False

    async def handle(self) -> httpx.Response:
        """The emulator's response."""
        async with httpx.AsyncClient(transport=httpx.ASGITransport(self.app)) as client:
            return await client.send(self.request)

    async def send(self, content: bytes) -> None:
        await self.stream.send(content)

    async def close(self) -> None:
        self.closed = True
        await self.stream.aclose()

    async def reset(self) -> None:
        """Close so that the other side sees a reset connection."""
        raw = self.stream.extra(anyio.abc.SocketAttribute.raw_socket)
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        await self.close()


Breaker = Callable[[Exchange], Awaitable[None]]
BREAKERS: dict[str, Breaker] = {}
SLOW: set[str] = set()
"""Those after which a client has to give up by its own limits of time."""


def breaker(name: str, *, slow: bool = False) -> Callable[[Breaker], Breaker]:
    """Register a way to break a response under a name of the data file."""

    def add(function: Breaker) -> Breaker:
        BREAKERS[name] = function
        if slow:
            SLOW.add(name)
        return function

    return add


def head(response: httpx.Response, *lines: str, status: str | None = None, length: int | str | None = None) -> bytes:
    """A response's head, with further lines; without `length` it has no Content-Length."""
    first = status or f"HTTP/1.1 {response.status_code} {response.reason_phrase or 'Status'}"
    kept = [
        f"{name}: {value}"
        for name, value in response.headers.items()
        if name not in ("content-length", "transfer-encoding", "connection")
    ]
    sized = [] if length is None else [f"content-length: {length}"]
    return "\r\n".join([first, *kept, *sized, *lines, "", ""]).encode("latin-1")


def plain(response: httpx.Response, *lines: str) -> bytes:
    """A whole response as it should be."""
    if response.status_code in (204, 304):
        return head(response, *lines)
    return head(response, *lines, length=len(response.content)) + response.content


# Connections


@breaker("closed before it was handled")
async def _(exchange: Exchange) -> None:
    await exchange.close()


@breaker("closed after it was handled")
async def _(exchange: Exchange) -> None:
    await exchange.handle()
    await exchange.close()


@breaker("reset before it was handled")
async def _(exchange: Exchange) -> None:
    await exchange.reset()


@breaker("reset after it was handled")
async def _(exchange: Exchange) -> None:
    await exchange.handle()
    await exchange.reset()


@breaker("closed in the status line")
async def _(exchange: Exchange) -> None:
    await exchange.handle()
    await exchange.send(b"HTTP/1.1 20")
    await exchange.close()


@breaker("closed in the head")
async def _(exchange: Exchange) -> None:
    whole = head(await exchange.handle(), length=100)
    await exchange.send(whole[: len(whole) // 2])
    await exchange.close()


@breaker("closed in the body")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    content = response.content or b"{}"
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=len(content)) + content[: len(content) // 2])
    await exchange.close()


@breaker("connection: close")
async def _(exchange: Exchange) -> None:
    await exchange.send(plain(await exchange.handle(), "connection: close"))
    await exchange.close()


@breaker("closed while idle")
async def _(exchange: Exchange) -> None:
    await exchange.send(plain(await exchange.handle()))
    await exchange.close()


@breaker("leftover bytes")
async def _(exchange: Exchange) -> None:
    extra = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n[]"
    await exchange.send(plain(await exchange.handle()) + extra)


# Lengths and chunks


@breaker("a length that is too long")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    content = response.content or b"{}"
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=len(content) + 10) + content)
    await exchange.close()


@breaker("a length that is too short")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    content = response.content or b'{"a": 1}'
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=len(content) // 2) + content)


@breaker("two lengths")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, "content-length: 1", length=len(response.content)) + response.content)
    await exchange.close()


@breaker("a negative length")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=-1) + response.content)
    await exchange.close()


@breaker("a length that is not a number")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length="many") + response.content)
    await exchange.close()


@breaker("a length of 30 digits")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length="9" * 30) + response.content)
    await exchange.close()


@breaker("no length")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, "connection: close") + response.content)
    await exchange.close()


def _chunk(content: bytes) -> bytes:
    return f"{len(content):x}\r\n".encode() + content + b"\r\n"


async def _chunked(exchange: Exchange, end: bytes, *, close: bool) -> None:
    response = await exchange.handle()
    if response.status_code == 204:
        await exchange.send(head(response))
        return
    content = response.content
    half = len(content) // 2
    parts = b"".join(_chunk(part) for part in (content[:half], content[half:]) if part)
    await exchange.send(head(response, "transfer-encoding: chunked") + parts + end)
    if close:
        await exchange.close()


@breaker("chunks")
async def _(exchange: Exchange) -> None:
    await _chunked(exchange, b"0\r\n\r\n", close=False)


@breaker("chunks without an end")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    content = response.content or b"{}"
    whole = head(response, "transfer-encoding: chunked", status="HTTP/1.1 200 OK") + _chunk(content)
    await exchange.send(whole)
    await exchange.close()


@breaker("a chunk without a size")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(
        head(response, "transfer-encoding: chunked", status="HTTP/1.1 200 OK") + b"zz\r\n{}\r\n0\r\n\r\n"
    )
    await exchange.close()


# Heads


def _status_line(name: str, line: bytes) -> None:
    async def broken(exchange: Exchange) -> None:
        response = await exchange.handle()
        rest = head(response, length=len(response.content)).partition(b"\r\n")[2]
        secret = exchange.secret.encode()
        await exchange.send(line.replace(b"SECRET", secret) + b"\r\n" + rest + response.content)
        await exchange.close()

    BREAKERS[name] = broken


_status_line("a status line without a number", b"HTTP/1.1 OK")
_status_line("a status line with an echoed secret", b"HTTP/1.1 Bearer SECRET")
_status_line("status 0", b"HTTP/1.1 000 Nothing")
_status_line("another protocol", b"SSH-2.0-OpenSSH_9.6")
_status_line("HTTP/3.7", b"HTTP/3.7 200 OK")
_status_line("binary for a status line", b"\x16\x03\x01\x00\xa5\x01\x00\xff")


@breaker("a body without a head")
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(response.content or b"{}")
    await exchange.close()


def _header(name: str, make: Callable[[str], str]) -> None:
    async def broken(exchange: Exchange) -> None:
        response = await exchange.handle()
        await exchange.send(plain(response, make(exchange.secret)))
        if name in CLOSING:
            await exchange.close()

    BREAKERS[name] = broken


CLOSING = {"a head of two megabytes", "a header without a colon", "control characters in a header"}
_header("a head of two megabytes", lambda secret: "x-long: " + "a" * 2 * LIMIT)
_header("a header without a colon", lambda secret: f"Bearer {secret}")
_header("control characters in a header", lambda secret: f"x-odd: \x00\x01 {secret}")
_header("300 headers", lambda secret: "\r\n".join(f"x-{number}: {number}" for number in range(300)))
_header("a header beyond ASCII", lambda secret: "x-odd: caf\xe9")


@breaker("ten times 102")
async def _(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 102 Processing\r\n\r\n" * 10 + plain(await exchange.handle()))


@breaker("102 for ever", slow=True)
async def _(exchange: Exchange) -> None:
    await exchange.handle()
    while True:
        await exchange.send(b"HTTP/1.1 102 Processing\r\n\r\n")
        await anyio.sleep(DRIP)


# Encodings


def _encoded(name: str, encoding: str, encode: Callable[[bytes], bytes]) -> None:
    async def broken(exchange: Exchange) -> None:
        response = await exchange.handle()
        content = encode(response.content or b"{}")
        line = f"content-encoding: {encoding}"
        status = "HTTP/1.1 200 OK" if response.status_code == 204 else None
        await exchange.send(head(response, line, status=status, length=len(content)) + content)

    BREAKERS[name] = broken


def _bomb(content: bytes) -> bytes:
    return gzip.compress(b" " * 8 * LIMIT, 9)


_encoded("gzip", "gzip", gzip.compress)
_encoded("deflate", "deflate", zlib.compress)
_encoded("gzip that is cut off", "gzip", lambda content: gzip.compress(content + b" " * 64)[:-12])
_encoded("gzip with a wrong checksum", "gzip", lambda content: gzip.compress(content)[:-8] + b"\0" * 8)
_encoded("gzip with something behind it", "gzip", lambda content: gzip.compress(content) + b"leftover")
_encoded("a gzip bomb", "gzip", _bomb)
_encoded("a bomb of three layers", "gzip, gzip, gzip", lambda content: gzip.compress(gzip.compress(_bomb(content))))
_encoded("brotli that is not", "br", lambda content: b"\xff\xff\xff\xff" + content)
_encoded("a body beyond the limit", "identity", lambda content: b" " * (LIMIT + 1) + content)


# Time


@breaker("silence", slow=True)
async def _(exchange: Exchange) -> None:
    await exchange.handle()
    await anyio.sleep_forever()


@breaker("silence in the body", slow=True)
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    content = response.content or b"{}"
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=len(content)) + content[:1])
    await anyio.sleep_forever()


async def _drip(exchange: Exchange, content: bytes) -> None:
    for number in range(len(content)):
        await exchange.send(content[number : number + 1])
        await anyio.sleep(DRIP)


@breaker("a head that drips", slow=True)
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await _drip(exchange, head(response, "x-long: " + "a" * 1000, status="HTTP/1.1 200 OK", length=2))


@breaker("a body that drips", slow=True)
async def _(exchange: Exchange) -> None:
    response = await exchange.handle()
    await exchange.send(head(response, status="HTTP/1.1 200 OK", length=5000))
    await _drip(exchange, b" " * 5000)


# Other hosts


@breaker("a redirect to another host")
async def _(exchange: Exchange) -> None:
    location = f"HTTP/1.1 302 Found\r\nlocation: {exchange.other_url}/stolen\r\ncontent-length: 0\r\n\r\n"
    await exchange.send(location.encode())

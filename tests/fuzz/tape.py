"""Recorded exchanges, and a transport that plays them back with changes."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

# The keys that the client puts into each submit; a played-back response holds the one of the present request.
KEY = re.compile(rb"anyqpu-[0-9a-f]{32}")
SKIPPED = frozenset({"content-length", "content-encoding", "transfer-encoding"})
LIMIT = 400
PIECE = 65_536
HOST = "127.0.0.1"


class TooManyRequestsError(BaseException):
    """A call that keeps sending requests, whatever the responses."""


class LeakError(BaseException):
    """A credential that went where it must not."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as recorded."""

    method: str
    path: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def shape(self) -> tuple[str, str]:
        """Method and path, with identifiers left out."""
        return self.method, re.sub(r"/[0-9a-fA-F-]{32,36}(?=/|$)", "/*", self.path)


@dataclass(slots=True)
class Tape:
    """The exchanges of one call, and the messages that came over ZeroMQ."""

    exchanges: list[Exchange] = field(default_factory=list[Exchange])
    messages: list[bytes] = field(default_factory=list[bytes])


class Recorder(httpx.AsyncBaseTransport):
    """Passes requests on to an application and keeps what it says."""

    def __init__(self, app: Any) -> None:
        self._inner = httpx.ASGITransport(app)
        self.tape = Tape()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request on."""
        response = await self._inner.handle_async_request(request)
        body = await response.aread()
        headers = tuple((name, value) for name, value in response.headers.items() if name not in SKIPPED)
        status = response.status_code
        self.tape.exchanges.append(Exchange(request.method, request.url.path, status, headers, body))
        return httpx.Response(status, headers=headers, content=body)


class _Body(httpx.AsyncByteStream):
    """A body in pieces."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for first in range(0, len(self._content), PIECE):
            yield self._content[first : first + PIECE]


Change = Callable[[int, Exchange], Exchange]


class Player(httpx.AsyncBaseTransport):
    """Responds from a tape: each recorded exchange once, in order; the last of its kind again and again."""

    def __init__(self, tape: Tape, change: Change, *, secret: str) -> None:
        self._secret = secret
        self._left = list(enumerate(tape.exchanges))
        self._last: dict[tuple[str, str], tuple[int, Exchange]] = {}
        self._change = change
        self._key: bytes | None = None
        self.requests = 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond with the next exchange of this kind."""
        self.requests += 1
        if self.requests > LIMIT:
            raise TooManyRequestsError(f"more than {LIMIT} requests")
        content = await request.aread()
        self._check_target(request)
        if (match := KEY.search(content)) is not None:
            self._key = match[0]
        number, exchange = self._next(request.method, request.url.path)
        exchange = self._change(number, exchange)
        body = exchange.body
        if self._key is not None and b"anyqpu-" in body:
            body = KEY.sub(self._key, body)
        headers = [(name.encode(), value.encode("latin-1", "replace")) for name, value in exchange.headers]
        # A stream, so that the library decodes it as it would a response from a socket.
        return httpx.Response(exchange.status, headers=headers, stream=_Body(body), request=request)

    def _check_target(self, request: httpx.Request) -> None:
        """No other host gets a credential."""
        if request.url.host != HOST and any(self._secret in value for value in request.headers.values()):
            raise LeakError(f"a credential in a request to {request.url.host}")

    def _next(self, method: str, path: str) -> tuple[int, Exchange]:
        wanted = Exchange(method, path, 0, (), b"").shape
        for place, (number, exchange) in enumerate(self._left):
            if exchange.shape == wanted:
                del self._left[place]
                self._last[wanted] = number, exchange
                return number, exchange
        if wanted in self._last:
            return self._last[wanted]
        body = b'{"message": "not on the tape", "code": "NOT_FOUND"}'
        return -1, Exchange(method, path, 404, (("content-type", "application/json"),), body)

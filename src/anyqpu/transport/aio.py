"""A connection of aiohttp, which takes the fewest cycles per call; asyncio only."""

from __future__ import annotations

import importlib
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from functools import cache, partial
from typing import Any

import anyio

from anyqpu.errors import ConfigError
from anyqpu.transport.decoding import ACCEPTED
from anyqpu.transport.direct import KEEP_SECONDS, UNSENDABLE, are_sendable, is_plain
from anyqpu.transport.network import WRITABLE_SECONDS, Stage, is_readable, is_writable
from anyqpu.transport.proxies import Proxy
from anyqpu.transport.receiving import ReceiveBuffer
from anyqpu.transport.send_guard import SendGuard, pieces_of
from anyqpu.transport.time_limits import LoopLimit, loop_limit_here

# What aiohttp would add of its own.
NOT_WANTED = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")


class AiohttpConnection:
    """One connection to an origin, through a proxy if there is one."""

    def __init__(self, library: Any, httpx: Any, tls: ssl.SSLContext, *, proxy: Proxy | None) -> None:
        self._library = library
        self._httpx = httpx
        self._url: Any = importlib.import_module("yarl").URL
        # What aiohttp would make of headers for each request.
        self._multidict: Any = importlib.import_module("multidict").CIMultiDict
        self._tls = tls
        self.proxy = proxy
        self._session: Any = None
        self._response: Any = None
        self.stage = Stage.CONNECTING
        self._connects = 0
        # What aiohttp sends the request with.
        self.protocol: Any = None
        self._buffer = ReceiveBuffer(None)
        self._time_limit = loop_limit_here()
        self._limit: LoopLimit | None = None
        self._seconds: float | None = None
        # Made for the last request, and mostly what the next one needs.
        self._phases: Mapping[str, float] | None = None
        self._limits: Any = None
        self._headers: Mapping[str, str] | None = None
        self._sent: Any = None
        self._skipped: tuple[list[str], list[str]] = [], []

    async def open(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        phases: Mapping[str, float],
        *,
        guard: SendGuard | None = None,
    ) -> Any:
        """Send a request; returns the head of the response."""
        address: Any = None
        if headers is self._headers or self._prepare(headers):
            try:
                address = self._url(url if is_plain(url) else str(self._httpx.URL(url)), encoded=True)
            except Exception:  # whatever the libraries below it raise: nothing was sent
                address = None
        if address is None:
            raise ConfigError(UNSENDABLE)
        if phases is not self._phases:
            # Without a body all that follows the connection is to be read, with a limit of ours: aiohttp's timers take
            # ten times as long. With a body, aiohttp's begins when that was written.
            connect = phases["connect"]
            self._phases = phases
            limits = partial(self._library.ClientTimeout, total=None, connect=connect, sock_connect=connect)
            self._limits = limits(), limits(sock_read=phases["read"])
        options: dict[str, Any] = {}
        if skipped := self._skipped[bool(content)]:
            options["skip_auto_headers"] = skipped
        if self.proxy is not None:
            options["proxy"] = self._url(self.proxy.url)
            if (authorization := self.proxy.authorization) is not None:
                options["proxy_headers"] = {"Proxy-Authorization": authorization}
        self.stage = Stage.CONNECTING if self.proxy is None else Stage.PROXY
        self._connects = 0
        self._seconds = None if content else phases["read"]
        sent = self._sent
        body: Any = content
        if guard is not None and content:
            # aiohttp would write it whole, and the event loop what the socket does not take, later.
            sent = self._multidict(sent, **{"Content-Length": str(len(content))})
            body = self._guarded(content, guard)
        elif guard is not None:
            guard.check()
        try:
            with self._time_limit(None) as self._limit:
                response = await self._opened().request(
                    method,
                    address,
                    headers=sent,
                    data=body,
                    timeout=self._limits[bool(content)],
                    allow_redirects=False,
                    **options,
                )
        except self._library.ClientConnectorError as error:
            if self.proxy is not None and self.stage is Stage.PROXY:
                # The handshakes with proxy and server differ only in the names.
                with_proxy = (error.host, error.port) == (self.proxy.host, self.proxy.port)
                unreached = isinstance(
                    error, self._library.ClientProxyConnectionError | self._library.ClientConnectorDNSError
                )
                self.stage = Stage.CONNECTING if unreached else Stage.PROXY if with_proxy else Stage.HANDSHAKE
            raise
        self._response = response
        return AiohttpResponse(response, self._buffer, self._time_limit, phases["read"])

    def _prepare(self, headers: Mapping[str, str]) -> bool:
        """Make the headers that aiohttp is to send; returns whether they can be sent."""
        if not are_sendable(headers):
            return False
        self._headers, self._sent = headers, self._multidict({**headers, "Accept-Encoding": ACCEPTED})
        present = {name.lower() for name in self._sent}
        skipped = [name for name in NOT_WANTED if name.lower() not in present]
        # It is added to a body only.
        self._skipped = [name for name in skipped if name != "Content-Type"], skipped
        return True

    async def _guarded(self, content: bytes, guard: SendGuard) -> AsyncGenerator[bytes]:
        """Yield a body in pieces, each right before it is written; the head goes out with the first."""
        for piece in pieces_of(content):
            transport = self.protocol.transport
            while transport is not None and not is_free(transport):  # noqa: ASYNC110 - a socket
                await anyio.sleep(WRITABLE_SECONDS)
            guard.check()
            yield piece

    def connecting(self) -> None:
        """Note that aiohttp takes a connection. It is done once for a request: a second time is a repetition."""
        self._connects += 1
        if self._connects > 1:
            raise self._library.ServerDisconnectedError

    def connected(self, protocol: Any) -> None:
        """Note that a connection stands, so that the request goes out next."""
        self.stage = Stage.SENT
        if protocol is self.protocol:
            self._buffer.begin()
        else:
            self.protocol, self._buffer = protocol, ReceiveBuffer(protocol.transport)
        if self._seconds is not None and self._limit is not None:
            self._limit.restart(self._seconds)

    def _opened(self) -> Any:
        if self._session is None:
            connector = _connector(self._library)(limit=1, ssl=self._tls, keepalive_timeout=KEEP_SECONDS)
            connector.anyqpu_owner = self
            self._session = self._library.ClientSession(
                connector=connector,
                cookie_jar=self._library.DummyCookieJar(),
                auto_decompress=False,
            )
        return self._session

    async def aclose(self) -> None:
        """Close the connection."""
        session, self._session = self._session, None
        if self._response is not None:
            # One that was not read to its end would hold on to its connection.
            self._response.close()
        if session is not None:
            session.connector.anyqpu_owner = None
            await session.close()


@cache
def _connector(library: Any) -> Any:
    """Return aiohttp's connector with a check of the connections that it kept.

    aiohttp itself repeats GET, PUT and DELETE if a connection breaks, and reads bytes that follow a response as
    the next one.
    """

    async def connect(self: Any, *arguments: Any, **options: Any) -> Any:
        owner = self.anyqpu_owner
        owner.connecting()
        connection = await library.TCPConnector.connect(self, *arguments, **options)
        if connection.protocol is owner.protocol and _has_unread(connection.protocol):
            connection.close()
            connection = await library.TCPConnector.connect(self, *arguments, **options)
        owner.connected(connection.protocol)
        return connection

    return type("Connector", (library.TCPConnector,), {"connect": connect, "anyqpu_owner": None})


def _has_unread(protocol: Any) -> bool:
    """Whether something came behind the last response."""
    transport = protocol.transport
    return bool(protocol.should_close) or transport is None or is_readable(transport.get_extra_info("socket"))


def is_free(transport: Any) -> bool:
    """Whether everything was written, and the socket takes more; also where it is closed, which the next write says."""
    if transport.is_closing():
        return True
    return transport.get_write_buffer_size() == 0 and is_writable(transport.get_extra_info("socket"))


class AiohttpResponse:
    """The head of a response, and its body to come."""

    __slots__ = ("_buffer", "_response", "_seconds", "_time_limit", "headers", "status_code")

    def __init__(
        self, response: Any, buffer: ReceiveBuffer, time_limit: Callable[[float | None], LoopLimit], seconds: float
    ) -> None:
        """`seconds`: for each part of the body."""
        self._response = response
        self._buffer = buffer
        self._time_limit = time_limit
        self._seconds = seconds
        self.headers: Mapping[str, str] = response.headers
        self.status_code: int = response.status

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """Return an iterator over the body as it arrives."""
        return self

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        content = self._response.content
        if content.at_eof() and content.exception() is None:
            raise StopAsyncIteration
        if content.is_eof():
            # All has arrived, mostly together with the head.
            part: bytes = await content.readany()
        else:
            with self._time_limit(self._seconds):
                part = await content.readany()
        if not part:
            raise StopAsyncIteration
        self._buffer.note(len(part))
        return part

    async def aclose(self) -> None:
        """Close the connection, unless the body was read to its end and has given it back."""
        self._response.close()

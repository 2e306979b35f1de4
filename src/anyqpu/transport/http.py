"""Exchanges over connections of their own; besides `direct`, the one file that knows httpx."""

from __future__ import annotations

import contextlib
import importlib
import ssl
import urllib.request
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import anyio
import anyio.to_thread
import httpcore
import httpx
import sniffio

from anyqpu._checks import check_number
from anyqpu.errors import AnyQPUError, ConfigError, ConnectError, ProtocolError, ReadTimeoutError, ResponseTooLargeError
from anyqpu.transport.aio import Aiohttp
from anyqpu.transport.direct import Direct, ViaTransport
from anyqpu.transport.logs import quiet_library
from anyqpu.transport.slots import Slots
from anyqpu.transport.timeouts import Timeouts

T = TypeVar("T")

# What may be injected; the rest of the package names these without httpx.
AsyncTransport = httpx.AsyncBaseTransport
AsyncClient = httpx.AsyncClient
TransportChoice = AsyncTransport | AsyncClient | Literal["httpx", "httpx2", "aiohttp"] | None

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """How much at a time.

    Attributes:
        connections: Exchanges with one origin at a time; others wait for their turn.
        body: Bytes of an answer that is held in memory; a larger one is an error. Downloads have a limit of their own.
        keep_alive: Keep connections for the next call. Without it nothing is left open between two calls.
    """

    connections: int = 32
    body: int = 64 * MEGABYTE
    keep_alive: bool = True

    def __post_init__(self) -> None:
        check_number("connections of the limits", self.connections, at_least=1, whole=True)
        check_number("body of the limits", self.body, at_least=1, whole=True, unit="bytes")


@dataclass(frozen=True, slots=True)
class HttpOptions:
    """How connections are made.

    Attributes:
        transport: In place of the network, or the library that speaks to it: `"httpx2"` and `"aiohttp"` are extras.
        verify: A file or folder of certificate authorities, or a TLS context, in place of the usual ones.
        proxy: Address of a proxy; None leaves it to the environment (HTTPS_PROXY, NO_PROXY), "" is none.
        http2: Speak HTTP/2 where the server does; needs the package h2.
    """

    transport: TransportChoice = None
    verify: str | Path | ssl.SSLContext | None = None
    proxy: str | None = field(default=None, repr=False)
    http2: bool = False


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A complete response. Its text form shows no header and no body."""

    status_code: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)


class HiddenHeaders(dict[str, str]):
    """Headers of a request: a traceback that shows local variables shows their names only."""

    def __repr__(self) -> str:
        return f"<headers {', '.join(self)}>"


class HiddenBytes(bytes):
    """A body that holds a secret: its text form shows its length only."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


class Http:
    """Sends requests, each over a connection of its own; keeps connections per origin."""

    def __init__(self, options: HttpOptions | None = None, limits: Limits | None = None) -> None:
        self._options = options or HttpOptions()
        self._limits = limits or Limits()
        self._slots: dict[tuple[str, str, int | None], Slots[Any]] = {}
        self._turns: dict[tuple[str, str, int | None], anyio.Semaphore] = {}
        choice = self._options.transport
        # httpx2 has the interface of httpx, under its own name.
        self._library: Any = _extra("httpx2", "httpx2") if choice == "httpx2" else httpx
        # Its other half, which it would import at the first request, in the event loop.
        self._core: Any = _extra("httpcore2", "httpx2") if choice == "httpx2" else httpcore
        self._aiohttp: Any = _extra("aiohttp", "aiohttp") if choice == "aiohttp" else None
        self._tls: ssl.SSLContext | None = None
        self._injected = choice if isinstance(choice, httpx.AsyncBaseTransport) else None
        if isinstance(choice, httpx.AsyncClient):
            self._injected = _ViaClient(choice)
        if self._options.http2:
            _extra("h2", "http2")

    def turn(self, url: str) -> anyio.Semaphore:
        """What to hold while preparing and making an exchange with an origin.

        As many as there are slots: of a thousand calls that begin at once, all but these wait before they have done
        any work, so that the event loop is not held by preparations.
        """
        origin = _origin(url)
        if origin not in self._turns:
            self._turns[origin] = anyio.Semaphore(self._limits.connections, fast_acquire=True)
        return self._turns[origin]

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes | None, timeouts: Timeouts
    ) -> HttpResponse:
        """One exchange, without redirects or retries; the body is held in memory.

        Raises:
            ConnectError: No connection, so that the server cannot have seen the request.
            ReadTimeoutError, ProtocolError, ResponseTooLargeError: It may have seen it.
        """

        async def read(response: Any) -> HttpResponse:
            parts: list[bytes] = []
            await _receive(response, parts.append, self._limits.body)
            return HttpResponse(response.status_code, response.headers, b"".join(parts))

        return await self._exchange(method, url, headers, content, read=read, timeouts=timeouts)

    async def download(
        self,
        url: str,
        *,
        headers: Mapping[str, str],
        write: Callable[[bytes], Awaitable[object]],
        limit: int,
        timeouts: Timeouts,
    ) -> HttpResponse:
        """GET a body of up to `limit` bytes piece by piece; only that of an error is in the response.

        Raises as `send` does.
        """

        async def read(response: Any) -> HttpResponse:
            if response.status_code != 200:
                parts: list[bytes] = []
                await _receive(response, parts.append, self._limits.body)
                return HttpResponse(response.status_code, response.headers, b"".join(parts))
            await _receive(response, write, limit)
            return HttpResponse(response.status_code, response.headers, b"")

        return await self._exchange("GET", url, headers, None, read=read, timeouts=timeouts)

    async def _exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        content: bytes | None,
        *,
        read: Callable[[Any], Awaitable[T]],
        timeouts: Timeouts,
    ) -> T:
        origin = _origin(url)
        if origin[0] == "https" and self._injected is None:
            await self._prepare_tls()
        slots = self._slots.get(origin)
        if slots is None:
            slots = self._slots[origin] = Slots(
                lambda: self._connection(origin),
                _close,
                limit=self._limits.connections,
                keep=self._limits.keep_alive,
            )
        phases = {"connect": timeouts.connect, "read": timeouts.read, "write": timeouts.write, "pool": timeouts.read}
        failure: AnyQPUError
        library, core = self._library, self._core
        try:
            with quiet_library():
                async with slots.take() as connection:
                    response = await connection.open(method, url, headers, content, phases)
                    try:
                        return await read(response)
                    finally:
                        await response.aclose()
        except (
            *(library.ConnectError, library.ConnectTimeout, library.ProxyError),
            *(core.ConnectError, core.ConnectTimeout, core.ProxyError),
        ) as error:
            failure = ConnectError(f"cannot connect to {_place(origin)}: {_reason(error)}")
        except (library.TimeoutException, core.TimeoutException):
            failure = ReadTimeoutError(f"no answer within {timeouts.read:g} s")
        except (
            *(library.TransportError, library.DecodingError, library.StreamError),
            *(core.NetworkError, core.ProtocolError, core.UnsupportedProtocol),
        ) as error:
            failure = ProtocolError(f"the connection broke: {_reason(error)}")
        # Raised out here, so that the library's frames, which hold the request's headers, are not part of it.
        raise failure

    async def aclose(self) -> None:
        """Close all connections; an injected client is left to its owner."""
        for slots in self._slots.values():
            await slots.aclose()
        if isinstance(self._injected, InProcess):
            await self._injected.aclose()

    async def _prepare_tls(self) -> None:
        """Make the TLS context in a worker thread: it takes tens of milliseconds, once in a process."""
        if self._tls is None:
            self._tls = await anyio.to_thread.run_sync(self._make_tls)

    def _make_tls(self) -> ssl.SSLContext:
        match self._options.verify:
            case None:
                return _tls()
            case ssl.SSLContext() as context:
                return context
            case path:
                return _tls_of(str(path))

    def _connection(self, origin: tuple[str, str, int | None]) -> Any:
        if self._injected is not None:
            return ViaTransport(self._injected, httpx, keep=True)
        verify: Any = self._tls if origin[0] == "https" else _unused_tls()
        proxy = _proxy(origin) if self._options.proxy is None else self._options.proxy or None
        if self._aiohttp is not None:
            if sniffio.current_async_library() != "asyncio":
                raise ConfigError("aiohttp works on asyncio only", hint="Leave the transport out, or use httpx2")
            return Aiohttp(self._aiohttp, self._library, self._core, verify, proxy=proxy)
        if proxy is None:
            return Direct(self._library, self._core, verify, http2=self._options.http2)
        limits = self._library.Limits(max_connections=1, max_keepalive_connections=1)
        transport = self._library.AsyncHTTPTransport(
            verify=verify, proxy=proxy, http2=self._options.http2, limits=limits
        )
        return ViaTransport(transport, self._library)


@cache
def _tls() -> ssl.SSLContext:
    return httpx.create_ssl_context()


@cache
def _unused_tls() -> ssl.SSLContext:
    """For plain http on this machine. Without one the library makes one for each connection, in 1.4 ms."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@cache
def _tls_of(path: str) -> ssl.SSLContext:
    place = Path(path)
    if not place.exists():
        raise ConfigError(f"verify: no such file or folder: {path}")
    try:
        return ssl.create_default_context(capath=path) if place.is_dir() else ssl.create_default_context(cafile=path)
    except ssl.SSLError as error:
        raise ConfigError(f"verify: {path} holds no certificates: {error.reason}") from error


def _proxy(origin: tuple[str, str, int | None]) -> str | None:
    """The proxy that the environment names for an origin, in the way of the standard library."""
    scheme, host, _ = origin
    if urllib.request.proxy_bypass(host):
        return None
    proxies = urllib.request.getproxies()
    return proxies.get(scheme) or proxies.get("all")


def _origin(url: str) -> tuple[str, str, int | None]:
    """Scheme, host and port; all behind them is left out first, so that those of an origin are taken apart once."""
    end = url.find("/", len("https://"))
    return _origin_of(url if end < 0 else url[:end])


@lru_cache(256)
def _origin_of(url: str) -> tuple[str, str, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port


async def _receive(response: Any, write: Callable[[bytes], Awaitable[object] | None], limit: int) -> None:
    """Pass the body on piece by piece; stops at the first sign of more than `limit` bytes."""
    claimed = response.headers.get("content-length", "")
    size = int(claimed) if claimed.isdigit() else 0
    if size > limit:
        raise ResponseTooLargeError(f"the body has {size} bytes; the limit is {limit}")
    size = 0
    chunks = response.aiter_bytes()
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            break
        written = write(chunk)
        if written is not None:
            await written
    else:
        return
    # The library reads with generators inside generators, which trio wants ended and not dropped: with their connection
    # closed they end by themselves.
    await response.aclose()
    with contextlib.suppress(Exception):
        async for _ in chunks:
            pass
    raise ResponseTooLargeError(f"the body has more than {limit} bytes, the limit")


async def _close(connection: Any) -> None:
    await connection.aclose()


def _place(origin: tuple[str, str, int | None]) -> str:
    """The host, and the port unless it is the usual one."""
    scheme, host, port = origin
    return host if port in (None, {"http": 80, "https": 443}.get(scheme)) else f"{host}:{port}"


def _reason(error: BaseException) -> str:
    """What an error says, or else what lies behind it says: on trio the outer ones are often silent."""
    inner: BaseException | None = error
    while inner is not None:
        if str(inner):
            return str(inner)
        inner = inner.__cause__ or inner.__context__
    return type(error).__name__


def _extra(package: str, extra: str) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError as error:
        raise ConfigError(f"this needs the package {package}", hint=f"pip install 'anyqpu[{extra}]'") from error


class _ViaClient(httpx.AsyncBaseTransport):
    """A user's own httpx client, with its proxies, certificates and limits. Redirects stay ours."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._client.send(request, stream=True, auth=None, follow_redirects=False)


class InProcess(httpx.AsyncBaseTransport):
    """A transport that calls an ASGI application directly, without sockets.

    `make` gives the application and what ends it. It is called in a worker thread at the first request, since it may
    import a lot.
    """

    def __init__(self, make: Callable[[], tuple[Any, Callable[[], object]]]) -> None:
        self._make = make
        self._making = anyio.Lock()
        self._transport: httpx.ASGITransport | None = None
        self._end: Callable[[], object] | None = None

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass a request to the application."""
        if self._transport is None:
            async with self._making:
                if self._transport is None:
                    app, self._end = await anyio.to_thread.run_sync(self._make)
                    self._transport = httpx.ASGITransport(app=app)
        try:
            response = await self._transport.handle_async_request(request)
        except ConnectionResetError as error:
            # As it looks over a socket.
            raise httpx.RemoteProtocolError(str(error), request=request) from None
        return response

    async def aclose(self) -> None:
        """End the application, whose threads may need a moment."""
        if self._end is not None:
            await anyio.to_thread.run_sync(self._end)

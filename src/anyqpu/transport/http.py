"""HTTP exchanges, each over a connection of its own. The one file that imports httpx."""

from __future__ import annotations

import contextlib
import importlib
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from operator import methodcaller
from pathlib import Path
from typing import Any, Literal, TypeVar

import anyio
import anyio.to_thread
import httpcore
import httpx
import sniffio

from anyqpu._checks import check_number
from anyqpu.errors import AnyQPUError, ConfigError
from anyqpu.transport.addresses import Origin, is_loopback, origin_of
from anyqpu.transport.bodies import receive
from anyqpu.transport.certificates import make_context
from anyqpu.transport.connection_pool import ConnectionPool
from anyqpu.transport.direct import HttpcoreConnection, InjectedTransport
from anyqpu.transport.library_errors import Circumstances, proxy_wants_login, translated
from anyqpu.transport.logs import QuietLibrary
from anyqpu.transport.network import Network, Stage, Stream
from anyqpu.transport.proxies import ARGUMENT, Proxy, parse_proxy, proxy_for
from anyqpu.transport.send_guard import SendGuard
from anyqpu.transport.timeouts import Timeouts
from anyqpu.transport.tunnels import open_stream

T = TypeVar("T")

# What may be injected; the rest of the package names these without httpx.
AsyncTransport = httpx.AsyncBaseTransport
AsyncClient = httpx.AsyncClient
TransportChoice = AsyncTransport | AsyncClient | Literal["httpx", "httpx2", "aiohttp"] | None

logger = logging.getLogger("anyqpu")

MEGABYTE = 2**20
# Links and redirects may lead to other hosts; connections to so many are kept.
MAX_ORIGINS = 64
CLOSE = methodcaller("aclose")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on connections and sizes.

    Attributes:
        connections: Exchanges with one origin at a time; others wait for their turn.
        body: Bytes of a response that is held in memory, after decompression; a larger one is an error. Downloads have
            a limit of their own.
        keep_alive: Keep connections for the next call. Without it nothing is left open between two calls.
    """

    connections: int = 32
    body: int = 64 * MEGABYTE
    keep_alive: bool = True

    def __post_init__(self) -> None:
        check_number("connections of the limits", self.connections, at_least=1, whole=True)
        check_number("body of the limits", self.body, at_least=1, whole=True, unit="bytes")


@dataclass(slots=True, eq=False)
class HttpOptions:
    """How connections are made.

    Attributes:
        transport: In place of the network, or the library that speaks to it: `"httpx2"` and `"aiohttp"` are extras.
        verify: A file or folder of certificate authorities, `"system"` for those of the operating system (extra
            `truststore`), or a TLS context. None leaves it to the environment (REQUESTS_CA_BUNDLE, CURL_CA_BUNDLE,
            SSL_CERT_FILE, SSL_CERT_DIR).
        proxy: Address of a proxy, http, https or SOCKS 5 (extra `socks`). None leaves it to the environment
            (HTTPS_PROXY, ALL_PROXY, NO_PROXY), "" connects directly. This machine is reached directly in each case.
        http2: Speak HTTP/2 where the server does; needs the package h2.
    """

    transport: TransportChoice = None
    verify: str | Path | ssl.SSLContext | None = None
    proxy: str | None = field(default=None, repr=False)
    http2: bool = False


@dataclass(slots=True, eq=False)
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


@dataclass(slots=True, eq=False)
class Sink:
    """Takes a body piece by piece.

    Attributes:
        write: Called with each piece.
        limit: Most bytes.
        started: Whether a piece was written, which cannot be taken back.
    """

    write: Callable[[bytes], Awaitable[object]]
    limit: int
    started: bool = False


class Http:
    """Sends requests, each over a connection of its own; keeps connections per origin."""

    def __init__(self, options: HttpOptions | None = None, limits: Limits | None = None) -> None:
        """Raises `ConfigError` for options that cannot be used, and for an extra that is not installed."""
        self._options = options or HttpOptions()
        self._limits = limits or Limits()
        self._pools: dict[Origin, ConnectionPool[Any]] = {}
        self._limiters: dict[Origin, anyio.Semaphore] = {}
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
        elif self._injected is None and choice not in (None, "httpx", "httpx2", "aiohttp"):
            raise ConfigError(
                "transport= must be an httpx transport or client, or the name of a library",
                hint="The names are 'httpx', 'httpx2' and 'aiohttp'",
            )
        self._proxy = None
        if self._options.proxy is not None:
            self._proxy = self._usable_proxy(parse_proxy(self._options.proxy, ARGUMENT))
        if self._options.http2:
            _extra("h2", "http2")

    @property
    def body_limit(self) -> int:
        """Bytes of a response that may be held in memory."""
        return self._limits.body

    @property
    def keeps_connections(self) -> bool:
        """Whether idle connections are kept; not beside an injected transport, which leaves none to close."""
        return self._limits.keep_alive and self._injected is None

    def limiter(self, url: str) -> anyio.Semaphore:
        """Return what limits the exchanges with an origin: hold it while you prepare and make one.

        As many callers hold it as there are connections. Of a thousand calls that begin at once, all others wait before
        they have done any work, so that preparations do not hold the event loop.
        """
        origin = origin_of(url)
        if origin not in self._limiters:
            self._limiters[origin] = anyio.Semaphore(self._limits.connections, fast_acquire=True)
        return self._limiters[origin]

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None,
        timeouts: Timeouts,
        sink: Sink | None = None,
        guard: SendGuard | None = None,
    ) -> HttpResponse:
        """Make one exchange, without redirects or retries.

        The one place where exceptions of libraries become errors of anyqpu.

        Args:
            method: Such as `GET`.
            url: Where to.
            headers: As they are.
            content: The request's body.
            timeouts: Seconds for each phase.
            sink: Takes the body of a 200 piece by piece; without it, and for other statuses, the body is in the
                response.
            guard: Called before each write of the request; its `SendStoppedError` ends the exchange.

        Raises:
            ConnectError: The server cannot have seen the request; `ProxyError` and `CertificateError` say why.
            ReadTimeoutError, ProtocolError: It may have seen it.
            ResponseTooLargeError, UnexpectedResponseError: It sent a body that is too large, or in a compression that
                was not requested.
            ConfigError: Proxy, certificates or headers cannot be used. Nothing was sent.
            Exception: What the sink raises.
        """
        origin = origin_of(url)
        if self._tls is None and origin[0] == "https" and self._injected is None:
            await self._prepare_tls()
        pool = self._pools.get(origin) or await self._pool_of(origin)
        phases = _phases_of(timeouts)
        connection: Any = None
        failure: Exception
        try:
            with QuietLibrary():
                async with pool.take() as connection:
                    response = await connection.open(method, url, headers, content, phases, guard=guard)
                    if response.status_code == 407 and connection.proxy is not None:
                        raise proxy_wants_login(self._circumstances(origin, connection, timeouts))
                    if sink is None or response.status_code != 200:
                        parts: list[bytes] = []
                        whole = await receive(response, parts.append, self._limits.body)
                        content = b"".join(parts) if whole else b""
                    else:
                        await _written(response, sink)
                        content = b""
                    await _end(response, connection)
                    return HttpResponse(response.status_code, response.headers, content)
        except AnyQPUError as error:
            failure = error
        except _CallerError as error:
            failure = error.original
        except Exception as error:
            # A test double that does not expect this request raises an AssertionError.
            failure = error
            if self._injected is None or not isinstance(error, AssertionError):
                failure = translated(error, self._circumstances(origin, connection, timeouts))
            if guard is not None and guard.stopped is not None:
                failure = guard.stopped
        # Raised out here, so that the library's frames, which hold the request's headers, are not part of it.
        raise failure

    def _circumstances(self, origin: Origin, connection: Any, timeouts: Timeouts) -> Circumstances:
        if connection is None:
            return Circumstances(origin, None, Stage.CONNECTING, timeouts)
        return Circumstances(origin, connection.proxy, connection.stage, timeouts)

    async def _pool_of(self, origin: Origin) -> ConnectionPool[Any]:
        """Return the new pool of an origin; of too many, those that are not used are closed."""
        unused = (
            [other for other, kept in self._pools.items() if kept.is_unused] if len(self._pools) > MAX_ORIGINS else []
        )
        pool = self._pools[origin] = ConnectionPool(
            lambda: self._connection(origin), CLOSE, limit=self._limits.connections, keep=self._limits.keep_alive
        )
        for other in unused[: len(self._pools) - MAX_ORIGINS]:
            self._limiters.pop(other, None)
            await self._pools.pop(other).aclose()
        return pool

    async def open_stream(
        self, origin: Origin, alpn: str, timeouts: Timeouts
    ) -> tuple[Stream, Callable[[Exception], AnyQPUError]]:
        """Open a stream of the caller's own, such as for HTTP/2; an injected transport has no part in it.

        Returns the stream, and what makes errors of anyqpu of its exceptions. Raises `ConnectError` and `ConfigError`.
        """
        encrypted, verify, proxy = origin[0] == "https", self._options.verify, self._proxy_of(origin)
        tls = _unused_tls()
        if encrypted:
            tls = await anyio.to_thread.run_sync(lambda: make_context(verify, _usual_tls, http2=True))
        through_tls = proxy is not None and proxy.scheme == "https"
        network = Network(self._core, encrypted=encrypted, proxied=proxy is not None, proxy_encrypted=through_tls)
        network.connect_timeout = timeouts.connect

        def translate(error: Exception) -> AnyQPUError:
            return translated(error, Circumstances(origin, proxy, network.stage, timeouts))

        try:
            with QuietLibrary():
                return await open_stream(network, self._core, origin, tls=tls, alpn=alpn, proxy=proxy), translate
        except Exception as error:
            failure = translate(error)
        except BaseException:
            with anyio.CancelScope(shield=True):
                await network.aclose()
            raise
        await network.aclose()
        raise failure  # out here, as in `send`

    async def aclose(self) -> None:
        """Close all connections; an injected client is left to its owner."""
        for pool in list(self._pools.values()):
            await pool.aclose()
        if isinstance(self._injected, InProcess):
            await self._injected.aclose()

    async def _prepare_tls(self) -> None:
        """Make the TLS context in a worker thread: it takes tens of milliseconds, once in a process."""
        if self._tls is None:
            http2 = self._options.http2 and self._aiohttp is None
            self._tls = await anyio.to_thread.run_sync(
                lambda: make_context(self._options.verify, _usual_tls, http2=http2)
            )

    def _connection(self, origin: Origin) -> Any:
        if self._injected is not None:
            return InjectedTransport(self._injected, httpx)
        verify: Any = self._tls if origin[0] == "https" else _unused_tls()
        proxy = self._proxy_of(origin)
        if proxy is not None and proxy.scheme == "https" and self._tls is not None:
            verify = self._tls
        if self._aiohttp is not None:
            if sniffio.current_async_library() != "asyncio":
                raise ConfigError("aiohttp works on asyncio only", hint="Leave the transport out, or use httpx2")
            from anyqpu.transport.aio import AiohttpConnection

            return AiohttpConnection(self._aiohttp, self._library, verify, proxy=proxy)
        return HttpcoreConnection(self._library, self._core, verify, http2=self._options.http2, proxy=proxy)

    def _proxy_of(self, origin: Origin) -> Proxy | None:
        """Return the proxy on the way to an origin."""
        if is_loopback(origin[1]):
            # Also with an explicit proxy: it would get the tokens of an emulator in clear.
            return None
        return self._usable_proxy(proxy_for(origin)) if self._options.proxy is None else self._proxy

    def _usable_proxy(self, proxy: Proxy | None) -> Proxy | None:
        """Return a proxy that the chosen library can use; raises `ConfigError` for another."""
        if proxy is not None and proxy.scheme == "socks5":
            if self._aiohttp is not None:
                raise ConfigError(
                    f"{proxy.source}: aiohttp does not support SOCKS proxies",
                    hint="Leave the transport out, or use httpx2",
                )
            _extra("socksio", "socks", f"{proxy.source}: SOCKS proxies need the package socksio")
        return proxy


@lru_cache(16)
def _phases_of(timeouts: Timeouts) -> Mapping[str, float]:
    """Return the limits of an exchange by the names that the libraries use."""
    return {"connect": timeouts.connect, "read": timeouts.read, "write": timeouts.write, "pool": timeouts.read}


class _CallerError(Exception):
    """Carries an exception of the caller's own code through the libraries."""

    def __init__(self, original: Exception) -> None:
        super().__init__()
        self.original = original


def _usual_tls() -> ssl.SSLContext:
    """Return a context with the authorities that httpx comes with; variables are read elsewhere."""
    return httpx.create_ssl_context(trust_env=False)


@cache
def _unused_tls() -> ssl.SSLContext:
    """For plain http on this machine. Without one the library makes one for each connection, in 1.4 ms."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


async def _written(response: Any, sink: Sink) -> None:
    """Receive the body of a response into the sink."""

    async def write(chunk: bytes) -> None:
        sink.started = True
        try:
            await sink.write(chunk)
        except Exception as error:
            raise _CallerError(error) from None

    await receive(response, write, sink.limit)


async def _end(response: Any, connection: Any) -> None:
    """Give a connection back after a whole response, or close it where the next one could be misread."""
    try:
        await response.aclose()
        # RFC 9112, section 6.1: such a message may be an attempt at smuggling another one.
        doubtful = "transfer-encoding" in response.headers and "content-length" in response.headers
    except Exception:
        doubtful = True
    if doubtful:
        with contextlib.suppress(Exception):
            await connection.aclose()


def _extra(package: str, extra: str, needed: str | None = None) -> Any:
    try:
        return importlib.import_module(package)
    except ImportError:
        raise ConfigError(
            needed or f"this needs the package {package}", hint=f"pip install 'anyqpu[{extra}]'"
        ) from None


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
        except ConnectionResetError:
            # As it looks over a socket.
            raise httpx.RemoteProtocolError("Server disconnected", request=request) from None
        except Exception:
            logger.exception("the application in this process failed")
            raise
        return response

    async def aclose(self) -> None:
        """End the application, whose threads may need a moment."""
        if self._end is not None:
            await anyio.to_thread.run_sync(self._end)

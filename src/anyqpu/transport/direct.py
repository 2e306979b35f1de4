"""Connections of httpcore, without the layers of httpx above it, which cost more than all of ours; or of httpx.

The former send what httpx would send, and understand what it would understand.
"""

from __future__ import annotations

import importlib
import re
import ssl
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from anyqpu.errors import ConfigError
from anyqpu.transport.decoding import ACCEPTED
from anyqpu.transport.network import Network, Stage
from anyqpu.transport.proxies import Proxy
from anyqpu.transport.send_guard import SendGuard

# Close a connection that was not used for so many seconds. Many servers, uvicorn and Node among them, do so after five:
# a submit that meets the end of its connection is one whose outcome is unknown.
KEEP_SECONDS = 4.0
# A URL that means the same to every library; all others go through httpx, which knows what they mean.
PLAIN_URL = re.compile(r"(https?)://([a-z0-9.-]+)(?::([0-9]{1,5}))?(/[\w~!$&'()*+,;=:@%/.?-]*)?", re.ASCII)
# A body up to so many bytes goes out in one write with its head.
ONE_WRITE = 2**16
PORTS = {"http": "80", "https": "443"}
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
ACCEPT_ENCODING = (b"Accept-Encoding", ACCEPTED.encode())
UNSENDABLE = "the URL or a header has characters that cannot be sent"


class HttpcoreConnection:
    """One connection to an origin, through a proxy if there is one."""

    def __init__(self, library: Any, core: Any, tls: ssl.SSLContext, *, http2: bool, proxy: Proxy | None) -> None:
        self._library = library
        self._core = core
        self._tls = tls
        self._http2 = http2
        self.proxy = proxy
        self._connection: Any = None
        self._network: Network | None = None
        # Its part that speaks HTTP/1.1, once it has.
        self._http1: Any = None
        # The headers of the last request, which are mostly those of the next one, and as they are sent.
        self._headers: Mapping[str, str] | None = None
        self._raw: list[tuple[bytes, bytes]] = []
        # The host to which they were sent, and all headers as h11 keeps them, which takes a good part of sending them.
        self._checked: tuple[bytes, Any] = b"", None

    @property
    def stage(self) -> Stage:
        """How far the connection, and with it the last request, has come."""
        return Stage.CONNECTING if self._network is None else self._network.stage

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
        """Send a request; returns the head of the response, as httpx has it as far as it is used here."""
        request = self._request(method, url, headers, content, phases)
        connection = await self._connected(request.url, phases["connect"])
        network = self._network
        assert network is not None  # noqa: S101  # that of the connection
        network.begin(guard, holds_head=not self._http2 and bool(content) and len(content or b"") <= ONE_WRITE)
        response: Any = await connection.handle_async_request(request)
        if self._http1 is None and self.proxy is None and not self._http2:
            self._http1 = _http1_of(connection)
        return HttpcoreResponse(response, ResponseHeaders(response.headers))

    async def _connected(self, url: Any, timeout: float) -> Any:
        """Return the kept connection, or open a new one if the server closed it or it was not used for a while."""
        connection, network = self._http1 or self._connection, self._network
        if connection is not None and network is not None and await _is_usable(connection, network):
            network.stage = Stage.READY
            return connection
        await self.aclose()
        proxy, origin = self.proxy, url.origin
        network = self._network = Network(
            self._core,
            encrypted=origin.scheme == b"https",
            proxied=proxy is not None,
            proxy_encrypted=proxy is not None and proxy.scheme == "https",
            reads_ahead=not self._http2,
        )
        network.connect_timeout = timeout
        options: dict[str, Any] = {
            "ssl_context": self._tls,
            "keepalive_expiry": KEEP_SECONDS,
            "http1": True,
            "http2": self._http2,
            "network_backend": network,
        }
        if proxy is None:
            self._connection = self._core.AsyncHTTPConnection(origin=origin, **options)
        else:
            self._connection = self._pool(proxy, options).create_connection(origin)
        return self._connection

    def _pool(self, proxy: Proxy, options: dict[str, Any]) -> Any:
        """Return httpcore's pool for a proxy, of which only the way to make a connection is used."""
        where = self._core.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target=b"/")
        if proxy.scheme == "socks5":
            return self._core.AsyncSOCKSProxy(proxy_url=where, proxy_auth=proxy.credentials, **options)
        secure = {"proxy_ssl_context": self._tls} if proxy.scheme == "https" else {}
        return self._core.AsyncHTTPProxy(proxy_url=where, proxy_auth=proxy.credentials, **secure, **options)

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, phases: Mapping[str, float]
    ) -> Any:
        address = _address(self._library, self._core, url)
        if headers is not self._headers and are_sendable(headers):
            self._headers, self._checked = headers, (b"", None)
            self._raw = [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        if address is None or headers is not self._headers:
            raise ConfigError(UNSENDABLE)
        host, location = address
        extensions = {"timeout": phases}
        if content is None and method not in WITH_BODY and self._http1 is not None:
            if self._checked[0] != host:
                self._checked = host, _checked([(b"Host", host), *self._raw, ACCEPT_ENCODING])
            request = self._core.Request(method, location, extensions=extensions)
            request.headers = self._checked[1]
            return request
        raw = [(b"Host", host), *self._raw, ACCEPT_ENCODING]
        if content is not None or method in WITH_BODY:
            raw.append((b"Content-Length", str(len(content or b"")).encode()))
        body = content if content is None else Body(content)
        return self._core.Request(method, location, headers=raw, content=body, extensions=extensions)

    async def aclose(self) -> None:
        """Close the connection."""
        connection, self._connection, self._http1 = self._connection, None, None
        try:
            if connection is not None:
                await connection.aclose()
        finally:
            if self._network is not None:
                await self._network.aclose()


def _checked(headers: list[tuple[bytes, bytes]]) -> Any:
    """Return headers as h11 keeps them, which it does not check again; as they are if it refuses them."""
    library = importlib.import_module("h11")
    try:
        return library.Request(method="GET", target="/", headers=headers).headers
    except library.LocalProtocolError:
        # Raised again where they are sent.
        return headers


class Body:
    """The body of one request. httpcore's own is a generator, which a write that fails would leave unfinished."""

    __slots__ = ("_content",)

    def __init__(self, content: bytes) -> None:
        self._content = content

    def __aiter__(self) -> Body:
        return self

    async def __anext__(self) -> bytes:
        content, self._content = self._content, b""
        if not content:
            raise StopAsyncIteration
        return content


async def _is_usable(connection: Any, network: Network) -> bool:
    if connection.has_expired() or connection.is_closed() or network.stream is None:
        return False
    if _is_http2(connection):
        return not await network.stream.is_going_away()
    return not _has_leftover(connection)


def _is_http2(connection: Any) -> bool:
    return _inner(connection, "_h2_state") is not None


def _has_leftover(connection: Any) -> bool:
    """Whether bytes came behind the last response, which httpcore would take for the head of the next one."""
    state = _inner(connection, "_h11_state")
    return state is None or any(state.trailing_data)


class Unlocked:
    """In the place of a lock that never has two users."""

    async def __aenter__(self) -> None:
        pass

    async def __aexit__(self, *details: object) -> None:
        pass


UNLOCKED = Unlocked()


def _http1_of(connection: Any) -> Any:
    """Return the part of a connection that speaks HTTP/1.1, without its locks: it has one user at a time.

    They take up a tenth of the time of a request. None if it cannot be found.
    """
    inner: Any = getattr(connection, "_connection", None)
    if not hasattr(inner, "_h11_state") or not hasattr(inner, "_state_lock"):
        return None
    inner._state_lock = UNLOCKED
    return inner


def _inner(connection: Any, name: str) -> Any:
    """Return the state of the protocol, which httpcore keeps some layers below a connection."""
    while connection is not None:
        state = getattr(connection, name, None)
        if state is not None:
            return state
        connection = getattr(connection, "_connection", None)
    return None


class ResponseHeaders(Mapping[str, str]):
    """Headers of a response by name, in any case. Its text form shows their names only."""

    __slots__ = ("_values",)

    def __init__(self, raw: Sequence[tuple[bytes, bytes]]) -> None:
        self._values: dict[str, str] = {}
        values = self._values
        for name, value in raw:
            key, text = name.decode("latin-1").lower(), _decoded(value)
            # RFC 9110, section 5.3.
            values[key] = f"{values[key]}, {text}" if key in values else text

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def get(self, name: str, default: Any = None) -> Any:
        """Return the value of a header, several ones with commas between them."""
        return self._values.get(name.lower(), default)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"<headers {', '.join(self._values)}>"


def _decoded(value: bytes) -> str:
    try:
        return value.decode()
    except UnicodeDecodeError:
        return value.decode("latin-1")


class HttpcoreResponse:
    """The head of a response, and its body to come. Its text form shows no header."""

    __slots__ = ("_response", "headers", "status_code")

    def __init__(self, response: Any, headers: Mapping[str, str]) -> None:
        self._response = response
        self.headers = headers
        self.status_code: int = response.status

    def aiter_raw(self) -> AsyncIterator[bytes]:
        """Iterate over the body as it arrives."""
        return self._response.stream.__aiter__()  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        """Give the connection back, or close it if there is more to read."""
        await self._response.aclose()


def are_sendable(headers: Mapping[str, str]) -> bool:
    """Whether headers have only characters that every library sends as they are."""
    return all(
        name.isascii() and name.isprintable() and value.isascii() and value.isprintable()
        for name, value in headers.items()
    )


def is_plain(url: str) -> bool:
    """Whether a URL means the same to every library, as it is."""
    return "/." not in url and PLAIN_URL.fullmatch(url) is not None


def _address(library: Any, core: Any, url: str) -> tuple[bytes, Any] | None:
    """Return the value of the header Host, and the URL as httpcore takes it; None if it is not a URL."""
    plain = None if "/." in url else PLAIN_URL.fullmatch(url)
    if plain is None:
        try:
            parsed = library.URL(url)
            host, port, target = parsed.netloc, parsed.port, parsed.raw_path
            return host, core.URL(scheme=parsed.raw_scheme, host=parsed.raw_host, port=port, target=target)
        except Exception:  # whatever the libraries below it raise: nothing was sent
            return None
    scheme, name, number, target = plain.groups()
    if number == PORTS[scheme]:
        number = None
    host = name if number is None else f"{name}:{number}"
    port = None if number is None else int(number)
    return host.encode(), core.URL(
        scheme=scheme.encode(), host=name.encode(), port=port, target=(target or "/").encode()
    )


class InjectedTransport:
    """A transport of httpx that the caller made, seen as a connection. How far a request has come is not known."""

    stage = None
    proxy = None

    def __init__(self, transport: Any, library: Any) -> None:
        self._transport = transport
        self._library = library

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
        request: Any = None
        if are_sendable(headers):
            make, extensions = _quiet_request(self._library), {"timeout": dict(phases)}
            try:
                # In no variable of its own, which a traceback would show.
                request = make(
                    method,
                    url,
                    headers={**headers, "Accept-Encoding": ACCEPTED},
                    content=content,
                    extensions=extensions,
                )
            except Exception:
                request = None
        if request is None:
            raise ConfigError(UNSENDABLE)
        if guard is not None:
            guard.check()
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Leave the transport to its owner."""


@cache
def _quiet_request(library: Any) -> Any:
    """Return the library's request, whose text form shows no query: a download link is a credential."""

    def __repr__(self: Any) -> str:
        return f"<Request({self.method!r}, {str(self.url).partition('?')[0]!r})>"

    return type("QuietRequest", (library.Request,), {"__repr__": __repr__})

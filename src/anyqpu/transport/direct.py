"""Connections: of httpcore, without the layers of httpx above it, which cost more than all of ours; or of httpx.

The former send what httpx would have sent, and read what it would have read.
"""

from __future__ import annotations

import contextlib
import re
import ssl
from collections.abc import AsyncIterator, Awaitable, Mapping
from functools import cache
from typing import Any

import sniffio

from anyqpu.errors import ConfigError

# As httpx closes a connection that nobody used for so many seconds.
KEEP_SECONDS = 5.0
# An address that means the same to everybody; all others go through httpx, which knows what they mean.
PLAIN_URL = re.compile(r"(https?)://([a-z0-9.-]+)(?::([0-9]{1,5}))?(/[\w~!$&'()*+,;=:@%/.?-]*)?", re.ASCII)
PORTS = {"http": "80", "https": "443"}
WITH_BODY = frozenset({"POST", "PUT", "PATCH"})
# asyncio receives as much at a time. httpcore asks for a quarter, and each piece would be cut into four copies.
RECEIVED = 2**18


class Direct:
    """One connection to an origin."""

    def __init__(self, library: Any, core: Any, tls: ssl.SSLContext, *, http2: bool) -> None:
        self._library = library
        self._core = core
        self._tls = tls
        self._http2 = http2
        self._connection: Any = None

    async def open(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, phases: Mapping[str, float]
    ) -> Any:
        """Send a request; the head of the answer, as httpx has it as far as we use it."""
        request: Any = None
        with contextlib.suppress(self._library.InvalidURL, UnicodeEncodeError):
            request = self._request(method, url, headers, content, phases)
        if request is None:
            raise ConfigError("the address or a header has characters that cannot be sent")
        connection = await self._connected(request.url.origin)
        response: Any = await connection.handle_async_request(request)
        known = self._library.Headers(response.headers)
        if "content-encoding" in known:
            stream = _stream(self._library)(response.stream)
            return self._library.Response(response.status, headers=response.headers, stream=stream)
        return _Answer(response, known)

    async def _connected(self, origin: Any) -> Any:
        """What there is, or, if the server has closed it or nobody used it for a while, another."""
        connection = self._connection
        if connection is not None and not connection.has_expired() and not connection.is_closed():
            return connection
        await self.aclose()
        self._connection = self._core.AsyncHTTPConnection(
            origin=origin,
            ssl_context=self._tls,
            keepalive_expiry=KEEP_SECONDS,
            http1=True,
            http2=self._http2,
            network_backend=_WholeReads(self._core) if sniffio.current_async_library() == "asyncio" else None,
        )
        return self._connection

    def _request(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, phases: Mapping[str, float]
    ) -> Any:
        host, address = _address(self._library, self._core, url)
        raw = [(b"Host", host)]
        raw += [(name.encode("ascii"), value.encode("ascii")) for name, value in headers.items()]
        if content is not None or method in WITH_BODY:
            raw.append((b"Content-Length", str(len(content or b"")).encode()))
        return self._core.Request(method, address, headers=raw, content=content, extensions={"timeout": phases})

    async def aclose(self) -> None:
        """Close the connection."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.aclose()


class _WholeReads:
    """httpcore's way to the network on asyncio, which hands on what was received uncut."""

    def __init__(self, core: Any) -> None:
        self._backend = core.AnyIOBackend()

    async def connect_tcp(self, *arguments: Any, **options: Any) -> Any:
        return _WholeReadsStream(await self._backend.connect_tcp(*arguments, **options))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._backend, name)


class _WholeReadsStream:
    """A connection in the clear; one with TLS has pieces of its own, which are smaller."""

    def __init__(self, stream: Any) -> None:
        self._read = stream.read
        self.write = stream.write
        self.aclose = stream.aclose
        self.start_tls = stream.start_tls
        self.get_extra_info = stream.get_extra_info

    def read(self, max_bytes: int, timeout: float | None = None) -> Awaitable[bytes]:
        return self._read(max(max_bytes, RECEIVED), timeout)  # type: ignore[no-any-return]


class _Answer:
    """The head of an answer, and its body to come. Its text form shows no header."""

    __slots__ = ("_response", "headers", "status_code")

    def __init__(self, response: Any, headers: Mapping[str, str]) -> None:
        self._response = response
        self.headers = headers
        self.status_code: int = response.status

    def aiter_bytes(self) -> AsyncIterator[bytes]:
        return self._response.stream.__aiter__()  # type: ignore[no-any-return]

    async def aclose(self) -> None:
        await self._response.aclose()


def is_plain(url: str) -> bool:
    """Whether an address means the same to every library, as it is."""
    return "/." not in url and PLAIN_URL.fullmatch(url) is not None


def _address(library: Any, core: Any, url: str) -> tuple[bytes, Any]:
    """The value of the header Host, and the address as httpcore takes it."""
    plain = None if "/." in url else PLAIN_URL.fullmatch(url)
    if plain is None:
        parsed = library.URL(url)
        host, port, target = parsed.netloc, parsed.port, parsed.raw_path
        return host, core.URL(scheme=parsed.raw_scheme, host=parsed.raw_host, port=port, target=target)
    scheme, name, number, target = plain.groups()
    if number == PORTS[scheme]:
        number = None
    host = name if number is None else f"{name}:{number}"
    port = None if number is None else int(number)
    return host.encode(), core.URL(
        scheme=scheme.encode(), host=name.encode(), port=port, target=(target or "/").encode()
    )


@cache
def _stream(library: Any) -> Any:
    """A body as the library wants it, for it to decompress."""

    def make(self: Any, stream: Any) -> None:
        self.stream = stream
        self.parts = stream.__aiter__()

    async def aclose(self: Any) -> None:
        # What cannot be decompressed is left in the middle. Its generators end by themselves once the connection has.
        await self.stream.aclose()
        with contextlib.suppress(Exception):
            async for _ in self.parts:
                pass

    def parts(self: Any) -> Any:
        return self.parts

    return type("Stream", (library.AsyncByteStream,), {"__init__": make, "__aiter__": parts, "aclose": aclose})


class ViaTransport:
    """A transport of httpx, or one with its interface, seen as a connection."""

    def __init__(self, transport: Any, library: Any, *, keep: bool = False) -> None:
        """`keep`: it is injected, and closing the connection does not close it."""
        self._transport = transport
        self._library = library
        self._keep = keep

    async def open(
        self, method: str, url: str, headers: Mapping[str, str], content: bytes | None, phases: Mapping[str, float]
    ) -> Any:
        """Send a request; the head of the answer."""
        request: Any = None
        with contextlib.suppress(self._library.InvalidURL, UnicodeEncodeError):
            request = _quiet_request(self._library)(
                method, url, headers=dict(headers), content=content, extensions={"timeout": dict(phases)}
            )
        if request is None:
            raise ConfigError("the address or a header has characters that cannot be sent")
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the transport, if it is ours."""
        if not self._keep:
            await self._transport.aclose()


@cache
def _quiet_request(library: Any) -> Any:
    """The library's request, whose text form shows no query: a download link is a credential."""

    def __repr__(self: Any) -> str:
        return f"<Request({self.method!r}, {str(self.url).partition('?')[0]!r})>"

    return type("QuietRequest", (library.Request,), {"__repr__": __repr__})

"""The one file that knows httpx."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import anyio
import anyio.to_thread
import httpx

from anyqpu.errors import ConfigError, ConnectError, ProtocolError, ReadTimeoutError
from anyqpu.transport.slots import Slots

# What an injected transport is; the rest of the package names it by this, without httpx.
AsyncTransport = httpx.AsyncBaseTransport

DEFAULT_SLOTS = 32
CONNECT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """A complete response."""

    status_code: int
    headers: Mapping[str, str]
    content: bytes


@cache
def _tls() -> ssl.SSLContext:
    # Tens of milliseconds to make, so there is one for the process, and it is made in a worker thread.
    return httpx.create_ssl_context()


class Http:
    """Sends requests to one origin. `transport` replaces the network, for tests and for the in-process emulator."""

    def __init__(self, *, transport: httpx.AsyncBaseTransport | None = None, limit: int = DEFAULT_SLOTS) -> None:
        self._injected = transport
        self._slots = Slots(self._connection, _close, limit=limit)

    async def send(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes | None, timeout: float
    ) -> HttpResponse:
        """One exchange, without redirects or retries.

        Args:
            timeout: Seconds for each phase: connecting (10 at most), sending, and each wait for more of the answer.

        Raises:
            ConnectError: No connection, so that the server cannot have seen the request.
            ReadTimeoutError, ProtocolError: It may have seen it.
        """
        try:
            request = httpx.Request(
                method,
                url,
                headers=dict(headers),
                content=content,
                extensions={"timeout": _phases(timeout)},
            )
        except (httpx.InvalidURL, UnicodeEncodeError) as error:
            raise ConfigError(f"{url!r} is no address that can be asked") from error
        if request.url.scheme == "https" and self._injected is None and not _tls.cache_info().currsize:
            await anyio.to_thread.run_sync(_tls)
        try:
            async with self._slots.take() as connection:
                response = await connection.handle_async_request(request)
                try:
                    body = await response.aread()
                finally:
                    await response.aclose()
                return HttpResponse(response.status_code, response.headers, body)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            host = request.url.host
            raise ConnectError(f"cannot connect to {host}: {_reason(error)}") from error
        except httpx.TimeoutException as error:
            raise ReadTimeoutError(f"no answer within {timeout:g} s") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise ProtocolError(f"the connection broke: {_reason(error)}") from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._slots.aclose()
        if self._injected is not None:
            await self._injected.aclose()

    def _connection(self) -> httpx.AsyncBaseTransport:
        if self._injected is not None:
            return self._injected
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1)
        verify = _tls() if _tls.cache_info().currsize else False
        return httpx.AsyncHTTPTransport(verify=verify, limits=limits)


async def _close(connection: httpx.AsyncBaseTransport) -> None:
    await connection.aclose()


def _phases(seconds: float) -> dict[str, float]:
    return {"connect": min(seconds, CONNECT_SECONDS), "read": seconds, "write": seconds, "pool": seconds}


def _reason(error: Exception) -> str:
    return str(error) or type(error).__name__


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
        return await self._transport.handle_async_request(request)

    async def aclose(self) -> None:
        """End the application, whose threads may need a moment."""
        if self._end is not None:
            await anyio.to_thread.run_sync(self._end)

"""The HTTP/2 connections of one client's gRPC calls: one for each server, shared by its calls."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import anyio

from anyqpu.errors import ClientStateError, ConnectError
from anyqpu.transport.addresses import Origin, origin_of
from anyqpu.transport.http import Http
from anyqpu.transport.http2 import Http2Connection
from anyqpu.transport.proxies import place_of
from anyqpu.transport.timeouts import Timeouts

# Seconds after which an idle connection is not used again: something on the way may have forgotten it.
KEEP_SECONDS = 60.0
# Servers to which connections are kept.
MOST_SERVERS = 16
ALPN = "h2"


@dataclass(eq=False, slots=True)
class _Server:
    """What is kept of one server: a connection, when it was used last, and those that take no more calls."""

    connection: Http2Connection | None = None
    used_at: float = 0.0
    leaving: list[Http2Connection] = field(default_factory=list[Http2Connection])
    opening: anyio.Lock = field(default_factory=anyio.Lock)
    users: int = 0


class Connections:
    """Lends connections to calls."""

    def __init__(self, provider: str, http: Http, timeouts: Timeouts) -> None:
        self._provider = provider
        self._http = http
        self._timeouts = timeouts
        self._servers: dict[Origin, _Server] = {}
        self._closed = False

    @asynccontextmanager
    async def take(self, url: str) -> AsyncGenerator[Http2Connection]:
        """Lend the connection to a server to the block; it is opened unless there is a usable one.

        Raises:
            ConnectError, ConfigError: It cannot be opened.
        """
        origin = origin_of(url)
        server = self._servers.get(origin)
        if server is None:
            await self._make_room()
            server = self._servers.setdefault(origin, _Server())
        server.users += 1
        try:
            async with server.opening:
                connection = await self._connection(origin, server)
            yield connection
        finally:
            server.users -= 1
            server.used_at = anyio.current_time()
            await self._close_unused(server)

    async def _connection(self, origin: Origin, server: _Server) -> Http2Connection:
        kept = server.connection
        if kept is not None and kept.is_usable and kept.is_idle:
            if anyio.current_time() - server.used_at > KEEP_SECONDS:
                server.connection = None
                await kept.aclose()
            else:
                await kept.read_pending()
        if server.connection is not None and server.connection.is_usable:
            return server.connection
        if server.connection is not None:
            server.leaving.append(server.connection)
            server.connection = None
        opened = await self._open(origin)
        if self._closed:
            await opened.aclose()
            raise ClientStateError("the client was closed", provider=self._provider)
        server.connection = opened
        return opened

    async def _open(self, origin: Origin) -> Http2Connection:
        stream, translate = await self._http.open_stream(origin, ALPN, self._timeouts)
        tls = stream.get_extra_info("ssl_object")
        if tls is not None and tls.selected_alpn_protocol() != ALPN:
            with anyio.move_on_after(1, shield=True):
                await stream.aclose()
            error = ConnectError(f"{place_of(origin)} does not speak HTTP/2, which gRPC needs")
            error.retryable = False
            raise error
        return Http2Connection(stream, place_of(origin), translate)

    async def _make_room(self) -> None:
        """Forget servers that are not in use, if there are many."""
        while len(self._servers) >= MOST_SERVERS:
            unused = next((origin for origin, server in self._servers.items() if not server.users), None)
            if unused is None:
                return
            server = self._servers.pop(unused)
            if server.connection is not None:
                await server.connection.aclose()

    async def _close_unused(self, server: _Server) -> None:
        """Close the connections that take no more calls and have none."""
        connection = server.connection
        if connection is not None and not (connection.is_usable and (server.users or self._http.keeps_connections)):
            server.leaving.append(connection)
            server.connection = None
        for leaving in [connection for connection in server.leaving if connection.is_idle]:
            server.leaving.remove(leaving)
            await leaving.aclose()

    async def aclose(self) -> None:
        """Close all connections; calls that still wait raise `ClientStateError`."""
        self._closed = True
        for server in self._servers.values():
            for connection in [server.connection, *server.leaving]:
                if connection is not None:
                    connection.fail(ClientStateError("the client was closed", provider=self._provider))
                    await connection.aclose()
            server.connection = None
            server.leaving.clear()

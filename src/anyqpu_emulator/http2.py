"""A server of HTTP/2 without TLS, in a thread of its own, for gRPC.

Its requests are ASGI requests of the emulator's application. A response with `grpc-status` among its headers is sent as
gRPC has it: that header, and `grpc-message`, come after the body.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message

from .hosts import host_name, is_allowed
from .http import ConnectionDroppedError

_log = logging.getLogger("anyqpu_emulator")
_TRAILERS = (b"grpc-status", b"grpc-message")
# HTTP/2 does not have them.
_OF_CONNECTIONS = (b"connection", b"keep-alive", b"transfer-encoding")
# Bytes that a client may send before it waits for an acknowledgement.
_WINDOW = 1 << 20
_MOST_STREAMS = 1000
_START_SECONDS = 10.0
# A client that reads nothing of a response for this long is disconnected.
_STALL_SECONDS = 60.0
_THREAD = "anyqpu-emulator-http2"


class _NotOfThisServer(logging.Filter):
    """Drops what is logged in the server's thread."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.threadName != _THREAD


# They log every header, and with it the tokens of clients.
for _name in ("hpack.hpack", "hpack.table"):
    logging.getLogger(_name).addFilter(_NotOfThisServer())


@dataclass(frozen=True, slots=True)
class _Served:
    """What all connections serve."""

    app: Callable[[], ASGIApp | None]
    allowed: set[str]
    prefix: str


class _ClientGoneError(ClientDisconnect):
    """The client has cancelled its request, or closed the connection."""


class Http2Server:
    """Serves an application from `start` to `stop`. `app` returns it, or None once it is gone."""

    def __init__(
        self, app: Callable[[], ASGIApp | None], listener: socket.socket, allowed: set[str], prefix: str
    ) -> None:
        """`listener` listens already and is closed with the server.

        `allowed` are the host names besides loopback; `prefix` comes before the path of each request.
        """
        self._listener = listener
        self._served = _Served(app, allowed, prefix)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, name=_THREAD, daemon=True)

    def start(self) -> None:
        """Begin to serve; blocks until it does. Raises RuntimeError if it does not."""
        self._thread.start()
        if not self._ready.wait(_START_SECONDS) or self._loop is None:
            raise RuntimeError("the HTTP/2 server did not start")

    def stop(self) -> None:
        """Close all connections. Does not block."""
        if self._loop is not None and self._stop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._stop.set)

    def join(self) -> None:
        """Block until the thread has ended."""
        if self._thread is not threading.current_thread():
            self._thread.join(_START_SECONDS)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        loop, connections = asyncio.get_running_loop(), weakref.WeakSet[_Connection]()

        def connection() -> _Connection:
            made = _Connection(self._served)
            connections.add(made)
            return made

        self._stop = asyncio.Event()
        server = await loop.create_server(connection, sock=self._listener)
        self._loop = loop
        self._ready.set()
        await self._stop.wait()
        server.close()
        for open_connection in list(connections):
            open_connection.drop()


class _Connection(asyncio.Protocol):
    """One connection of a client, with many requests at a time."""

    def __init__(self, served: _Served) -> None:
        self._served = served
        self.http = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False, header_encoding=None))
        self._exchanges: dict[int, _Exchange] = {}
        self._transport: asyncio.Transport | None = None
        self._writable = asyncio.Event()
        self._windows = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - TCP
        self._transport = transport
        self._writable.set()
        codes = h2.settings.SettingCodes
        self.http.local_settings = h2.settings.Settings(
            client=False,
            initial_values={
                codes.MAX_CONCURRENT_STREAMS: _MOST_STREAMS,
                codes.INITIAL_WINDOW_SIZE: _WINDOW,
                codes.ENABLE_PUSH: 0,
            },
        )
        self.http.initiate_connection()
        self.http.increment_flow_control_window(_WINDOW)
        self.flush()

    def data_received(self, data: bytes) -> None:
        try:
            events = self.http.receive_data(data)
        except h2.exceptions.ProtocolError as error:
            _log.debug("a connection does not speak HTTP/2: %s", error)
            self.flush()
            self.drop()
            return
        for event in events:
            self._handle(event)
        self.flush()

    def _handle(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.RequestReceived):
            number = event.stream_id
            scope = _scope(event.headers, self._addresses(), self._served.prefix)
            exchange = self._exchanges[number] = _Exchange(self, number, scope)
            exchange.start(self._served)
        elif isinstance(event, h2.events.DataReceived):
            # The application bounds what it takes, so the window need not.
            self.http.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            if receiving := self._exchanges.get(event.stream_id):
                receiving.feed(event.data)
        elif isinstance(event, h2.events.StreamEnded):
            if receiving := self._exchanges.get(event.stream_id):
                receiving.feed(b"", more=False)
        elif isinstance(event, h2.events.StreamReset):
            if left := self._exchanges.pop(event.stream_id, None):
                left.leave()
        elif isinstance(event, h2.events.WindowUpdated | h2.events.RemoteSettingsChanged):
            self._windows.set()
        elif isinstance(event, h2.events.ConnectionTerminated):
            self.drop()

    def _addresses(self) -> tuple[Any, Any]:
        transport = self._transport
        assert transport is not None  # noqa: S101 - it is connected
        return transport.get_extra_info("sockname")[:2], transport.get_extra_info("peername")[:2]

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._writable.set()
        self._windows.set()
        exchanges, self._exchanges = list(self._exchanges.values()), {}
        for exchange in exchanges:
            exchange.leave()

    def flush(self) -> None:
        """Send what the protocol has to say."""
        data = self.http.data_to_send()
        if data and self._transport is not None:
            self._transport.write(data)

    def drop(self) -> None:
        """Close the connection, after what was sent already."""
        if self._transport is not None:
            self._transport.close()

    async def write(self, number: int, data: bytes, *, end: bool) -> None:
        """Send a part of a body, as fast as the client takes it. Raises _ClientGoneError."""
        view, place = memoryview(data), 0
        while place < len(data) or (end and not data):
            self._windows.clear()
            size = min(self.http.local_flow_control_window(number), self.http.max_outbound_frame_size)
            piece = view[place : place + size]
            place += len(piece)
            async with asyncio.timeout(_STALL_SECONDS):
                if piece or not data:
                    self.http.send_data(number, piece.tobytes(), end_stream=end and place == len(data))
                    self.flush()
                    await self._writable.wait()
                else:
                    await self._windows.wait()
            if self._transport is None or number not in self._exchanges:
                raise _ClientGoneError
            if not data:
                return

    def forget(self, number: int, *, ended: bool) -> None:
        """End an exchange; the client's body, if there is more of it, is not read."""
        if self._exchanges.pop(number, None) is not None and not ended and self._transport is not None:
            self.http.reset_stream(number, h2.errors.ErrorCodes.NO_ERROR)
            self.flush()


class _Exchange:
    """A request and its response."""

    def __init__(self, connection: _Connection, number: int, scope: dict[str, Any]) -> None:
        self._connection = connection
        self._number = number
        self._scope = scope
        self._messages: asyncio.Queue[Message] = asyncio.Queue()
        self._start: Message | None = None
        self._trailers: list[tuple[bytes, bytes]] = []
        self._received_all = False
        self._task: asyncio.Task[None] | None = None

    def start(self, served: _Served) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(served))

    def feed(self, data: bytes, *, more: bool = True) -> None:
        self._received_all = not more
        self._messages.put_nowait({"type": "http.request", "body": data, "more_body": more})

    def leave(self) -> None:
        """The client is gone. Its request continues, as over HTTP/1.1, unless the application waits for a message."""
        self._messages.put_nowait({"type": "http.disconnect"})

    async def _run(self, served: _Served) -> None:
        connection, app = self._connection, served.app()
        try:
            if not is_allowed(host_name(self._scope["authority"]), served.allowed):
                await self._refuse(421, b"the emulator refuses this host; send requests to 127.0.0.1\n")
            elif app is None:
                connection.drop()
            else:
                await app(self._scope, self._messages.get, self._send)
        except (ConnectionDroppedError, TimeoutError):
            connection.drop()
        except (_ClientGoneError, h2.exceptions.ProtocolError) as error:
            _log.debug("a client was gone before its response: %r", error)
        except Exception:
            _log.exception("unexpected error in %s", self._scope["path"])
            connection.drop()
        finally:
            connection.forget(self._number, ended=self._received_all)

    async def _refuse(self, status: int, text: bytes) -> None:
        await self._send(
            {"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]}
        )
        await self._send({"type": "http.response.body", "body": text})

    async def _send(self, message: Message) -> None:
        connection, number = self._connection, self._number
        if message["type"] == "http.response.start":
            self._start = message
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._start is not None:
            headers = [(b":status", str(self._start["status"]).encode()), *self._start.get("headers", ())]
            headers = [header for header in headers if header[0] not in _OF_CONNECTIONS]
            self._start = None
            if body:
                # Otherwise everything is in one block, which gRPC calls trailers only.
                self._trailers = [header for header in headers if header[0] in _TRAILERS]
                headers = [header for header in headers if header not in self._trailers]
            connection.http.send_headers(number, headers, end_stream=not body and not more)
            connection.flush()
            if not body:
                return
        await connection.write(number, body, end=not more and not self._trailers)
        if self._trailers and not more:
            connection.http.send_headers(number, self._trailers, end_stream=True)
            connection.flush()


def _scope(headers: list[tuple[bytes, bytes]], addresses: tuple[Any, Any], prefix: str) -> dict[str, Any]:
    named = dict(headers)
    path, _, query = named.get(b":path", b"/").partition(b"?")
    authority = named.get(b":authority", named.get(b"host", b""))
    server, client = addresses
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "2",
        "method": named.get(b":method", b"").decode("ascii", "replace"),
        "scheme": "http",
        "path": prefix + unquote(path.decode("ascii", "replace")),
        "raw_path": prefix.encode() + path,
        "query_string": query,
        "root_path": "",
        "authority": authority.decode("latin-1"),
        "headers": [(b"host", authority), *((name, value) for name, value in headers if not name.startswith(b":"))],
        "server": tuple(server),
        "client": tuple(client),
    }

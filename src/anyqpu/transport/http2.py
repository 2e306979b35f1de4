"""One HTTP/2 connection with trailers, which gRPC needs, shared by many exchanges, on any event loop.

h2 has the protocol; here are sockets and waiting. One of the exchanges that wait for a response, the reader, reads from
the connection for all, and another one takes over when it leaves. The connection has no task of its own, and an
exchange that is cancelled leaves nothing behind.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.lowlevel
import h2.config
import h2.connection
import h2.errors
import h2.events
import h2.exceptions
import h2.settings

from anyqpu.errors import AnyQPUError, ConnectError, ProtocolError, ReadTimeoutError
from anyqpu.transport.network import Stream
from anyqpu.transport.send_guard import SendGuard, SendGuards, SendStoppedError
from anyqpu.transport.single_flight import copy_exception

# Bytes to receive at a time, and to parse at a time: a megabyte of tiny frames must not hold the event loop.
RECEIVED = 2**16
PARSED = 2**13
BUSY_SECONDS = 0.003
# Bytes to send at a time: some servers take frames of megabytes.
FRAME = 2**16
# Bytes that a server may send of one response, and of all, before we acknowledge them.
STREAM_WINDOW = 2**20
CONNECTION_WINDOW = 2**24
# Seconds in which a write that has begun has to end even if its exchange is cancelled: half a frame would break the
# connection for all.
WRITE_SECONDS = 5.0
RESET_SECONDS = 0.5
# Seconds for what is already there.
AT_ONCE = 0.05

Headers = dict[str, str]


class StreamResetError(Exception):
    """The server gave up an exchange. `code` is its HTTP/2 error code, `handled` false if it did not begin it."""

    def __init__(self, code: int, *, handled: bool = True) -> None:
        super().__init__(code)
        self.code = code
        self.handled = handled


@dataclass(slots=True, repr=False)
class StreamResponse:
    """What a server sends in one exchange. Its text form shows none of it.

    Attributes:
        received: Called with each piece of the body; it may raise an error of the exchange.
        progress: Called when something was sent or received.
        failure: The error of this exchange alone.
    """

    received: Callable[[StreamResponse, bytes], None]
    progress: Callable[[], None]
    status: int | None = None
    headers: Headers = field(default_factory=dict[str, str])
    trailers: Headers = field(default_factory=dict[str, str])
    started: bool = False
    ended: bool = False
    sent: bool = False
    waits: bool = False
    guard: SendGuard | None = None
    failure: Exception | None = None
    changed: anyio.Event = field(default_factory=anyio.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.ended or self.failure is not None


class Http2Connection:
    """A connection to one server. `translate` makes an error of anyqpu of an exception of the stream."""

    def __init__(self, stream: Stream, place: str, translate: Callable[[Exception], AnyQPUError]) -> None:
        self._stream = stream
        self._place = place
        self._translate = translate
        self._responses: dict[int, StreamResponse] = {}
        # Those of the exchanges that wait until they may begin, too.
        self._all: list[StreamResponse] = []
        self._reader: StreamResponse | None = None
        self._unparsed = b""
        self._writing = anyio.Lock()
        self._failure: AnyQPUError | None = None
        self._is_leaving = False
        config = h2.config.H2Configuration(client_side=True, header_encoding="latin-1")
        self._state = state = h2.connection.H2Connection(config)
        codes = h2.settings.SettingCodes
        state.local_settings = h2.settings.Settings(
            client=True,
            initial_values={
                codes.ENABLE_PUSH: 0,
                codes.INITIAL_WINDOW_SIZE: STREAM_WINDOW,
                codes.MAX_HEADER_LIST_SIZE: 2**16,
            },
        )
        state.initiate_connection()
        state.increment_flow_control_window(CONNECTION_WINDOW)

    @property
    def is_usable(self) -> bool:
        """Whether it takes another exchange."""
        return self._failure is None and not self._is_leaving and self._state.highest_outbound_stream_id < 2**30

    @property
    def is_idle(self) -> bool:
        """Whether there is no exchange."""
        return not self._all

    async def read_pending(self) -> None:
        """Read what the server has sent since the last exchange, such as that it closes the connection."""
        if self.is_idle and self._reader is None and self._stream.has_unread():
            with anyio.move_on_after(AT_ONCE), suppress(AnyQPUError):
                await self._read()

    async def exchange(
        self,
        headers: Sequence[tuple[str, str]],
        body: Sequence[bytes | memoryview],
        received: Callable[[StreamResponse, bytes], None],
        progress: Callable[[], None],
        guard: SendGuard | None = None,
    ) -> StreamResponse:
        """Send a request and return the response, whose body goes to `received` as it arrives.

        The body has at least one byte; `progress` is called whenever something was sent or received. `guard` is called
        before each write that has a part of the request; what it raises ends the connection.

        Raises:
            StreamResetError: The server gave it up.
            ProtocolError: The connection broke, or was not HTTP/2.
            ConnectError: The server certainly did not handle it.
            AnyQPUError: What `received` raises.
            SendStoppedError: The guard raised.
        """
        response = StreamResponse(received, progress, guard=guard)
        self._all.append(response)
        failure: Exception | None = None
        try:
            await self._until(response, self._has_room)
            await self._exchange(response, headers, body)
        except h2.exceptions.H2Error:
            # The state of the connection, or of the stream, does not allow it any more.
            self._check()
            failure = StreamResetError(h2.errors.ErrorCodes.STREAM_CLOSED, handled=response.sent)
        finally:
            self._all.remove(response)
            # One that waited for this one's end may begin, and another one reads on.
            for other in self._all:
                if not other.started:
                    other.changed.set()
            self._promote()
        failure = response.failure or failure
        if failure is not None:
            raise failure
        return response

    async def _exchange(
        self, response: StreamResponse, headers: Sequence[tuple[str, str]], body: Sequence[bytes | memoryview]
    ) -> None:
        id = self._state.get_next_available_stream_id()
        self._responses[id] = response
        response.started = True
        try:
            self._state.send_headers(id, headers)
            await self._send(id, response, body)
            await self._until(response, lambda: response.is_over)
        finally:
            del self._responses[id]
            if response.guard is not None:
                # What is left of it must not go out with the next write, which nothing checks.
                self.fail(ProtocolError("the connection was closed, since a submit was stopped"))
            if not (response.ended and response.sent):
                await self._give_up(id)

    def _has_room(self) -> bool:
        """Whether the server allows another stream."""
        return self._state.open_outbound_streams < self._state.remote_settings.max_concurrent_streams

    def fail(self, error: AnyQPUError) -> None:
        """Make every exchange, and every later one, raise this error."""
        if self._failure is None:
            self._failure = error
        self._wake()

    def _wake(self) -> None:
        for response in self._all:
            response.changed.set()

    async def aclose(self) -> None:
        """Close the socket."""
        self.fail(ProtocolError("the connection was closed"))
        with anyio.move_on_after(RESET_SECONDS, shield=True), suppress(Exception):
            await self._stream.aclose()

    # Sending

    async def _send(self, id: int, response: StreamResponse, body: Sequence[bytes | memoryview]) -> None:
        """Send a body as fast as the server takes it; stop where the server has responded already.

        The head and a short body go out in one write.
        """
        state = self._state
        for number, part in enumerate(body, 1):
            view, at = memoryview(part), 0
            while at < len(view):
                await self._until(response, lambda: response.is_over or state.local_flow_control_window(id) > 0)
                if response.is_over:
                    return
                self._check()
                most = min(state.local_flow_control_window(id), state.max_outbound_frame_size, FRAME)
                size = min(most, len(view) - at)
                is_last = number == len(body) and at + size == len(view)
                state.send_data(id, bytes(view[at : at + size]), end_stream=is_last)
                at += size
                response.sent = is_last
                if is_last or at < len(view):
                    await self._flush()
                    response.progress()
        # Further writes of this connection have no part of it.
        response.guard = None

    async def _flush(self) -> None:
        """Write what h2 has to send; a write that fails ends the connection."""
        async with self._writing:
            data = b"" if self._failure is not None else self._state.data_to_send()
            if not data:
                return
            written = False
            failure: AnyQPUError | None = None
            with anyio.move_on_after(WRITE_SECONDS, shield=True):
                try:
                    await self._stream.write(data, WRITE_SECONDS, guard=self._guard())
                    written = True
                except SendStoppedError:
                    failure = ProtocolError("the connection was closed, since a submit was stopped")
                except Exception as error:
                    failure = self._translate(error)
            if not written:
                self.fail(failure or ReadTimeoutError(f"{self._place} takes no more of the request"))

    def _guard(self) -> SendGuards | None:
        """Return what checks a write, which may have parts of every request that was not sent whole before."""
        guards = [response.guard for response in self._responses.values() if response.guard is not None]
        return SendGuards(guards) if guards else None

    async def _give_up(self, id: int) -> None:
        """Cancel an exchange at the server."""
        if self._failure is not None:
            return
        with anyio.move_on_after(RESET_SECONDS, shield=True), suppress(Exception):
            self._state.reset_stream(id, h2.errors.ErrorCodes.CANCEL)
            await self._flush()

    # Receiving

    async def _until(self, response: StreamResponse, is_ready: Callable[[], bool]) -> None:
        """Wait for something to be so: as the one who reads, or while another one does."""
        while not is_ready():
            self._check()
            if response.changed.is_set():
                response.changed = anyio.Event()
            if self._reader is not None:
                response.waits = True
                try:
                    await response.changed.wait()
                finally:
                    response.waits = False
                continue
            self._reader = response
            try:
                while not is_ready():
                    self._check()
                    await self._flush()
                    await self._read()
            finally:
                self._reader = None
                self._promote()

    def _promote(self) -> None:
        """Wake an exchange that waits, which reads for the others then."""
        if self._reader is None:
            heir = next((response for response in self._all if response.waits), None)
            if heir is not None:
                heir.changed.set()

    def _check(self) -> None:
        if self._failure is not None:
            # One object that many tasks raise would collect all their tracebacks.
            raise copy_exception(self._failure)

    async def _read(self) -> None:
        """Read once, and give every exchange its part."""
        if self._failure is not None:
            return
        failure: AnyQPUError | None = None
        try:
            data = await self._stream.read(RECEIVED)
        except Exception as error:
            failure, data = self._translate(error), b""
        else:
            if not data:
                failure = ProtocolError("the connection broke: the server closed it")
        if failure is not None:
            self.fail(failure)
        self._unparsed += data
        began = time.perf_counter()
        # A reader that is cancelled leaves the rest to the next one.
        while self._unparsed and self._failure is None:
            piece, self._unparsed = self._unparsed[:PARSED], self._unparsed[PARSED:]
            self._parse(piece)
            if time.perf_counter() - began > BUSY_SECONDS:
                await anyio.lowlevel.checkpoint()
                began = time.perf_counter()
        if self._failure is None:
            await self._flush()

    def _parse(self, data: bytes) -> None:
        events: list[Any] | None = None
        # Of any type: this is another package's parser.
        with suppress(Exception):
            events = self._state.receive_data(data)
        if events is None:
            self.fail(ProtocolError(f"{self._place} does not speak HTTP/2, or not as it must"))
            return
        for event in events:
            self._handle(event)

    def _handle(self, event: Any) -> None:
        if isinstance(event, h2.events.ConnectionTerminated):
            self._leave(event)
            return
        if isinstance(event, h2.events.RemoteSettingsChanged):
            self._wake()
            return
        if isinstance(event, h2.events.DataReceived):
            self._state.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
        id: int | None = getattr(event, "stream_id", None)
        if id == 0:
            # More may be sent, by everyone.
            self._wake()
        response = self._responses.get(id or 0)
        if response is not None and not response.is_over:
            _take(response, event)

    def _leave(self, event: Any) -> None:
        """Take no more exchanges, since the server goes away; it handles those up to a number."""
        self._is_leaving = True
        last: int | None = event.last_stream_id
        for id, response in self._responses.items():
            if last is not None and id > last:
                response.failure = StreamResetError(int(event.error_code or 0), handled=False)
                response.changed.set()
        if all(response.is_over for response in self._responses.values()):
            self.fail(ConnectError(f"{self._place} closed the connection before it handled the request"))


def _take(response: StreamResponse, event: Any) -> None:
    """Add an event of the connection to the response that it belongs to."""
    match event:
        case h2.events.ResponseReceived():
            headers = _headers(event.headers)
            status = headers.pop(":status", "")
            response.status = int(status) if status.isdecimal() and len(status) == 3 else None
            response.headers = headers
        case h2.events.TrailersReceived():
            response.trailers = _headers(event.headers)
        case h2.events.DataReceived():
            try:
                response.progress()
                response.received(response, event.data)
                return
            except Exception as error:
                response.failure = error
        case h2.events.StreamEnded():
            response.ended = True
        case h2.events.StreamReset():
            code = int(event.error_code or 0)
            response.failure = StreamResetError(code, handled=code != h2.errors.ErrorCodes.REFUSED_STREAM)
        case _:
            pass
    response.changed.set()


def _headers(pairs: Any) -> Headers:
    """Return headers by name; the first of each counts."""
    headers: Headers = {}
    for name, value in pairs:
        headers.setdefault(str(name).lower(), str(value))
    return headers

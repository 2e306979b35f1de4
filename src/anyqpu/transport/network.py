"""Sockets for httpcore, over anyio: they record how far a connection has come, which decides what a failure means."""

from __future__ import annotations

import enum
import select
import ssl
import sys
from collections.abc import Generator
from typing import Any

import anyio
from anyio.abc import ByteStream, SocketAttribute
from anyio.streams.tls import TLSAttribute, TLSStream

from anyqpu.transport.loop_streams import loop_stream
from anyqpu.transport.receiving import USUAL, ReceiveBuffer
from anyqpu.transport.send_guard import SendGuard, SendGuards, pieces_of
from anyqpu.transport.time_limits import time_limit_here

Guard = SendGuard | SendGuards

# Seconds for what is already there.
AT_ONCE = 0.05
# Seconds between two checks whether a socket takes more.
WRITABLE_SECONDS = 0.002
HTTP2_GOAWAY = 7


class Stage(enum.IntEnum):
    """How far a connection has come. Only from `SENT` on can the server have seen anything of the request."""

    CONNECTING = 0
    PROXY = 1
    HANDSHAKE = 2
    READY = 3
    SENT = 4


class Network:
    """Opens the sockets of one connection; httpcore's `AsyncNetworkBackend`."""

    def __init__(
        self, core: Any, *, encrypted: bool, proxied: bool, proxy_encrypted: bool, reads_ahead: bool = False
    ) -> None:
        """`reads_ahead`: for one exchange at a time. Several share reads, each of which gets more if it comes late."""
        self.stage = Stage.CONNECTING
        # Seconds for each step until the connection stands.
        self.connect_timeout = 10.0
        self.core = core
        self.layers = int(encrypted) + int(proxy_encrypted)
        self.stream: Stream | None = None
        self.guard: SendGuard | None = None
        self._holds_head, self._head = False, b""
        self._socket: ByteStream | None = None
        self._encrypted = encrypted
        self._proxied = proxied
        self._reads_ahead = reads_ahead
        self.time_limit = time_limit_here()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> Stream:
        """Connect to the server or its proxy."""
        del local_address, socket_options
        self.stage = Stage.CONNECTING
        try:
            with anyio.fail_after(timeout):
                connected = await anyio.connect_tcp(host, port)
                stream = self._socket = loop_stream(connected) if self._reads_ahead else connected
        except Exception as error:
            raise _failure(error, self.core.ConnectError, self.core.ConnectTimeout) from error
        self._stands(0)
        return Stream(self, stream, layer=0)

    def begin(self, guard: SendGuard | None, *, holds_head: bool) -> None:
        """Begin a request: `guard` is called before each write, and a head that is held goes out with the body."""
        self.guard, self._holds_head, self._head = guard, holds_head, b""
        if self.stream is not None:
            self.stream.buffer.begin()

    def to_write(self, buffer: bytes) -> bytes:
        """Return what to write now: nothing yet for a head that is held, and its body with it."""
        if self.stage < Stage.READY:
            return buffer
        if self._holds_head:
            self._holds_head, self._head = False, buffer
            return b""
        head, self._head = self._head, b""
        return head + buffer if head else buffer

    @property
    def has_unread(self) -> bool:
        """Whether the socket has read ahead, or come to its end."""
        return getattr(self._socket, "has_unread", False)

    async def aclose(self) -> None:
        """Close the socket. httpcore itself leaves it open where a proxy fails."""
        if self._socket is not None:
            await self._socket.aclose()

    async def connect_unix_socket(self, *arguments: Any, **options: Any) -> Any:
        """Not needed."""
        raise NotImplementedError

    async def sleep(self, seconds: float) -> None:
        """Sleep, between attempts to connect."""
        await anyio.sleep(seconds)

    async def start_tls(self, stream: ByteStream, layer: int, context: ssl.SSLContext, host: str | None) -> TLSStream:
        """Do the handshake with the proxy or the server, after as many others as `layer` says."""
        final = layer + 1 == self.layers and self._encrypted
        self.stage = Stage.HANDSHAKE if final else Stage.PROXY
        secure = await TLSStream.wrap(
            stream, ssl_context=context, hostname=host, server_side=False, standard_compatible=False
        )
        self._stands(layer + 1)
        return secure

    def _stands(self, layer: int) -> None:
        self.stage = Stage.READY if layer == self.layers else Stage.PROXY if self._proxied else Stage.HANDSHAKE


class Stream:
    """A socket, encrypted or not; httpcore's `AsyncNetworkStream`. Its failures are those of httpcore."""

    def __init__(self, network: Network, stream: ByteStream, *, layer: int) -> None:
        network.stream = self
        self._network = network
        self._core = network.core
        self._stream = stream
        self._layer = layer
        self._unread = b""
        # Looked for once, which takes as long as a check of the socket.
        self._socket = _attribute(stream, SocketAttribute.raw_socket)
        self._tls: ssl.SSLObject | None = _attribute(stream, TLSAttribute.ssl_object)
        self.buffer = ReceiveBuffer(getattr(stream, "transport", getattr(stream, "_transport", None)))

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what has arrived, empty at the end."""
        if self._unread:
            data, self._unread = self._unread, b""
            return data
        network = self._network
        if network.stage < Stage.READY:
            # Not all of what is said to a proxy has a limit in httpcore.
            timeout = network.connect_timeout if timeout is None else min(timeout, network.connect_timeout)
        try:
            with network.time_limit(timeout):
                data = await self._stream.receive(max(max_bytes, self.buffer.size))
        except anyio.EndOfStream:
            return b""
        except Exception as error:
            raise _failure(error, self._core.ReadError, self._core.ReadTimeout) from error
        self.buffer.note(len(data))
        return data

    async def write(self, buffer: bytes, timeout: float | None = None, guard: Guard | None = None) -> None:
        """Send all of it; `guard` is called before each write, in place of that of the request."""
        network = self._network
        buffer = network.to_write(buffer)
        if not buffer:
            return
        # What is said to a proxy, or before the request, is not the request.
        guard = guard or (network.guard if network.stage >= Stage.READY else None)
        seconds = network.connect_timeout if timeout is None else timeout
        for piece in (buffer,) if guard is None else pieces_of(buffer):
            if guard is not None:
                await self._takes_more(seconds)
                guard.check()
            if network.stage is Stage.READY:
                network.stage = Stage.SENT
            try:
                with network.time_limit(seconds):
                    await self._stream.send(piece)
            except Exception as error:
                raise _failure(error, self._core.WriteError, self._core.WriteTimeout) from error

    async def _takes_more(self, seconds: float) -> None:
        """Wait until the socket takes a piece whole: the event loop would write the rest later without a check."""
        try:
            with self._network.time_limit(seconds):
                while not is_writable(self._socket):  # noqa: ASYNC110 - a socket
                    # The event loop cannot be asked about a socket of a transport of its own.
                    await anyio.sleep(WRITABLE_SECONDS)
        except Exception as error:
            raise _failure(error, self._core.WriteError, self._core.WriteTimeout) from error

    async def aclose(self) -> None:
        """Close the socket."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> Stream:
        """Return this connection, encrypted."""
        network = self._network
        try:
            with anyio.fail_after(timeout):
                secure = await network.start_tls(self._stream, self._layer, ssl_context, server_hostname)
        except Exception as error:
            await self.aclose()
            raise _failure(error, self._core.ConnectError, self._core.ConnectTimeout) from error
        return Stream(network, secure, layer=self._layer + 1)

    def get_extra_info(self, info: str) -> Any:
        """Return what httpcore asks for."""
        if info == "ssl_object":
            return self._tls
        if info == "is_readable":
            return self.has_unread()
        attributes: dict[str, Any] = {
            "client_addr": SocketAttribute.local_address,
            "server_addr": SocketAttribute.remote_address,
            "socket": SocketAttribute.raw_socket,
        }
        return _attribute(self._stream, attributes[info]) if info in attributes else None

    def has_unread(self) -> bool:
        """Whether something has arrived that was not read, or the end."""
        if self._unread or self._network.has_unread or is_readable(self._socket):
            return True
        if self._tls is None:
            return False
        try:
            self._unread = self._tls.read(1)
        except ssl.SSLWantReadError:
            return False
        except (OSError, ValueError):
            return True
        return True

    async def is_going_away(self) -> bool:
        """Whether the server of an idle HTTP/2 connection has closed it, or said GOAWAY. What it said else is kept."""
        if not self.has_unread():
            return False
        try:
            with anyio.move_on_after(AT_ONCE):
                data = await self._stream.receive(USUAL)
                self._unread += data
        except Exception:
            return True
        return any(kind == HTTP2_GOAWAY for kind in _frames(self._unread))


def _attribute(stream: ByteStream, name: Any) -> Any:
    return stream.extra(name, None)  # noqa: S610 - this is not Django


def _frames(data: bytes) -> Generator[int]:
    """Yield the types of HTTP/2 frames (RFC 9113, section 4.1)."""
    position = 0
    while position + 9 <= len(data):
        yield data[position + 3]
        position += 9 + int.from_bytes(data[position : position + 3], "big")


def _failure(error: Exception, failure: Any, timeout: Any) -> Any:
    """Return the exception of httpcore, without a text, that is raised from another one: that says more."""
    # The system has timeouts of its own, which say which.
    return timeout() if isinstance(error, TimeoutError) and error.errno is None else failure()


def is_readable(sock: Any) -> bool:
    """Whether a socket has something to read, also its end."""
    return _is_ready(sock, reads=True)


def is_writable(sock: Any) -> bool:
    """Whether a socket takes a good part of its buffer, or is closed."""
    return _is_ready(sock, reads=False)


def _is_ready(sock: Any, *, reads: bool) -> bool:
    number = -1 if sock is None else sock.fileno()
    if number < 0:
        return True
    if sys.platform == "win32":
        readable, writable, _ = select.select([number] if reads else [], [] if reads else [number], [], 0)
        return bool(readable or writable)
    poll = select.poll()
    poll.register(number, select.POLLIN if reads else select.POLLOUT)
    return bool(poll.poll(0))

"""A socket of asyncio that reads ahead.

anyio's stream asks the event loop to watch its socket for each read, and gives other tasks a turn after each write. A
request is one write and one read, so that this took a tenth of the CPU of a call.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import anyio
import anyio.lowlevel
from anyio.abc import ByteStream

# Parts that were not read yet; with so many, reading pauses.
MOST_PARTS = 2


def loop_stream(stream: ByteStream) -> ByteStream:
    """Return a stream over the socket of one that anyio has just connected; that one on other event loops."""
    transport, protocol = getattr(stream, "_transport", None), getattr(stream, "_protocol", None)
    is_fresh = not (getattr(protocol, "read_queue", True) or getattr(protocol, "is_at_eof", True))
    if not is_fresh or not isinstance(transport, asyncio.Transport) or transport.is_closing():
        return stream
    return LoopStream(stream, transport)


class LoopStream(ByteStream, asyncio.Protocol):
    """The socket of an asyncio transport, with the exceptions of anyio."""

    def __init__(self, connected: ByteStream, transport: asyncio.Transport) -> None:
        """`connected`: knows the addresses of the transport's socket."""
        self.transport = transport
        self._connected: Any = connected
        self._loop = asyncio.get_running_loop()
        self._parts: deque[bytes] = deque()
        self._is_paused = False
        self._is_ended = self._is_lost = self._is_closed = False
        self._error: Exception | None = None
        # What waits for data, and for the socket to take what was written.
        self._reader: asyncio.Future[None] | None = None
        self._written: asyncio.Future[None] | None = None
        transport.set_protocol(self)
        transport.resume_reading()

    @property
    def extra_attributes(self) -> Mapping[Any, Callable[[], Any]]:
        """Addresses and socket."""
        return self._connected.extra_attributes  # type: ignore[no-any-return]

    @property
    def has_unread(self) -> bool:
        """Whether something has arrived that was not read, or the end."""
        return bool(self._parts) or self._is_ended or self._is_lost

    async def receive(self, max_bytes: int = 65536) -> bytes:
        """Return what has arrived next, once something has."""
        parts = self._parts
        while not parts:
            self._check(for_reading=True)
            if self._reader is not None:
                raise anyio.BusyResourceError("reading from")
            if self._is_paused:
                self._is_paused = False
                self.transport.resume_reading()
            self._reader = self._loop.create_future()
            try:
                await self._reader
            finally:
                self._reader = None
        part = parts.popleft()
        if len(part) > max_bytes:
            parts.appendleft(part[max_bytes:])
            return part[:max_bytes]
        return part

    async def send(self, item: bytes) -> None:
        """Return when the socket has taken all of it."""
        # A request that was cancelled before is not sent.
        await anyio.lowlevel.checkpoint_if_cancelled()
        self._check(for_reading=False)
        try:
            # It calls `pause_writing` unless the socket takes all of it at once.
            self.transport.write(item)
        except RuntimeError as error:
            raise anyio.BrokenResourceError from error
        while (written := self._written) is not None:
            await asyncio.shield(written)
            self._check(for_reading=False)

    async def send_eof(self) -> None:
        """Send the end."""
        with suppress(OSError):
            self.transport.write_eof()

    async def aclose(self) -> None:
        """Close the socket at once."""
        self._is_closed = True
        self.transport.abort()
        await anyio.lowlevel.checkpoint()

    def _check(self, *, for_reading: bool) -> None:
        """Raise the exception for a socket that gives, or takes, nothing more."""
        if self._is_closed:
            raise anyio.ClosedResourceError
        if self._error is not None or (self._is_lost and not for_reading):
            raise anyio.BrokenResourceError from self._error
        if for_reading and (self._is_ended or self._is_lost):
            raise anyio.EndOfStream

    # What the transport calls

    def data_received(self, data: bytes) -> None:
        """Keep what has arrived."""
        # Some event loops give a bytearray.
        self._parts.append(bytes(data))
        if len(self._parts) >= MOST_PARTS and not self._is_paused:
            self._is_paused = True
            self.transport.pause_reading()
        self._wake_reader()

    def eof_received(self) -> bool:
        """Note the end of what arrives; what is written may still be taken."""
        self._is_ended = True
        self._wake_reader()
        return True

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is closed or broke."""
        self._is_lost, self._error = True, exc
        self._wake_reader()
        self.resume_writing()

    def pause_writing(self) -> None:
        """Note that the socket has not taken all."""
        if self._written is None:
            self._written = self._loop.create_future()

    def resume_writing(self) -> None:
        """Note that the socket has taken all."""
        written, self._written = self._written, None
        if written is not None and not written.done():
            written.set_result(None)

    def _wake_reader(self) -> None:
        if self._reader is not None and not self._reader.done():
            self._reader.set_result(None)

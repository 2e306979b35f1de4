"""Request bodies: received whole, decompressed, and bounded in size and time, before an application sees them."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope

from . import operations

MAX_BODY = 32 * 1024 * 1024
"""Bytes of a request's body, as it is sent and after decompression."""
MAX_FORM = 64 * 1024
"""Bytes of a body at a token endpoint."""
MAX_BUFFERED = 256 * 1024 * 1024
"""Bytes of all bodies that an emulator holds at one time."""
BODY_SECONDS = 30.0
"""Within this time a body has to arrive."""
# A client that still sends when the connection closes may lose the response, so what it sends is read and dropped.
_DRAIN_SECONDS = 5.0
_CLOSE = {"connection": "close"}


class BodyError(Exception):
    """A refused body: `status`, and what is wrong. The rest of it has not been read."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        """`headers` are those of the response besides `connection: close`."""
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.headers = {**_CLOSE, **{name.replace("_", "-"): value for name, value in headers.items()}}


class Bodies:
    """The bodies that an emulator holds in memory."""

    def __init__(self) -> None:
        """Begin with no bodies."""
        self._buffered = 0

    @asynccontextmanager
    async def read(self, scope: Scope, headers: Headers, receive: Receive) -> AsyncGenerator[Receive]:
        """Receive the body; yields a `receive` that gives it in one piece. Raises BodyError.

        Its bytes count for `MAX_BUFFERED` until the block ends.
        """
        encoding = headers.get("content-encoding", "identity").strip().lower()
        has_body = "transfer-encoding" in headers or headers.get("content-length", "0") != "0"
        if encoding == "identity" and not has_body and scope["method"] in ("GET", "HEAD", "DELETE"):
            yield receive
            return
        body = _Body(self, _limit(scope), encoding)
        try:
            try:
                await body.receive(headers, receive)
            except BodyError:
                if "expect" not in headers:
                    await _drain(receive, body)
                raise
            yield body.replay(receive)
        finally:
            self._buffered -= body.counted

    def count(self, size: int) -> None:
        """Add to the bytes in memory. Raises BodyError above the limit."""
        self._buffered += size
        if self._buffered > MAX_BUFFERED:
            detail = f"the emulator holds {MAX_BUFFERED} bytes of request bodies already; try again"
            raise BodyError(503, detail, retry_after="1")


class _Body:
    def __init__(self, bodies: Bodies, limit: int, encoding: str) -> None:
        self.counted = 0
        self.ended = False
        self._bodies = bodies
        self._limit = limit
        self._encoding = encoding
        self._sent = 0
        self._content = bytearray()
        # With 32 added, zlib detects whether the header is that of zlib or gzip.
        self._unpack = None if encoding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)

    async def receive(self, headers: Headers, receive: Receive) -> None:
        """Receive and unpack all of it."""
        if self._encoding not in ("identity", "gzip", "x-gzip", "deflate"):
            raise BodyError(415, f"content-encoding {self._encoding[:100]!r} is not supported; gzip and deflate are")
        declared = headers.get("content-length", "0")
        if declared.isdigit() and (len(declared) > 15 or int(declared) > self._limit):
            raise self._too_large()
        with anyio.move_on_after(BODY_SECONDS) as deadline:
            while not self.ended:
                self._add(await self.next(receive))
        if deadline.cancelled_caught:
            raise BodyError(408, f"the body did not arrive within {BODY_SECONDS:g} seconds")
        if self._unpack is not None and self._sent and not self._unpack.eof:
            raise BodyError(400, f"the {self._encoding} body is cut off")

    async def next(self, receive: Receive) -> bytes:
        """The next piece; notes whether it is the last."""
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        self.ended = not message.get("more_body", False)
        piece: bytes = message.get("body", b"")
        return piece

    def _add(self, piece: bytes) -> None:
        self._sent += len(piece)
        # The compressed size is limited too: a stream of empty compressed blocks would never end.
        if self._sent > self._limit:
            raise self._too_large()
        if self._unpack is not None and piece:
            if self._unpack.eof:
                raise BodyError(400, f"there is more after the end of the {self._encoding} body")
            try:
                piece = self._unpack.decompress(piece, self._limit + 1 - len(self._content))
            except zlib.error as error:
                raise BodyError(400, f"the body is not {self._encoding}: {error}") from None
            if self._unpack.unused_data:
                raise BodyError(400, f"there is more after the end of the {self._encoding} body")
        self.counted += len(piece)
        self._bodies.count(len(piece))
        self._content.extend(piece)
        if len(self._content) > self._limit:
            raise self._too_large()

    def _too_large(self) -> BodyError:
        return BodyError(413, f"the body is longer than {self._limit} bytes")

    def replay(self, receive: Receive) -> Receive:
        """Return a `receive` that gives the body in one piece, then later messages."""
        whole: Message = {"type": "http.request", "body": bytes(self._content), "more_body": False}
        self._content.clear()
        waiting = [whole]

        async def replayed() -> Message:
            return waiting.pop() if waiting else await receive()

        return replayed


async def _drain(receive: Receive, body: _Body) -> None:
    with anyio.move_on_after(_DRAIN_SECONDS):
        while not body.ended:
            await body.next(receive)


def _limit(scope: Scope) -> int:
    operation = operations.find(scope["method"], scope["path"])
    return MAX_FORM if operation is not None and operation.name == "token" else MAX_BODY

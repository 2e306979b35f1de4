"""Bodies of responses: decompressed, passed on piece by piece, and given up where they are too large."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import anyio.lowlevel

from anyqpu.errors import (
    AnyQPUError,
    APIError,
    ProtocolError,
    ResponseTooLargeError,
    UnexpectedResponseError,
)
from anyqpu.transport.decoding import Decoder, codings_of
from anyqpu.transport.secret import hide_frames

Write = Callable[[bytes], Awaitable[object] | None]

# Seconds of decompression after which other tasks get their turn.
BUSY_SECONDS = 0.005
# Pieces that a library may still give after its connection was closed.
LATE_PIECES = 8


async def receive(response: Any, write: Write, limit: int) -> bool:
    """Pass a body on piece by piece, decompressed; stops at the first sign of more than `limit` bytes.

    Returns whether it could be read: that of an error in a compression that was not requested cannot, and its status
    says more.

    Raises:
        ResponseTooLargeError, UnexpectedResponseError: It is too large, or in a compression that was not requested.
        ProtocolError: It is damaged, or ends too early.
    """
    chunks: Any = None
    failure: AnyQPUError
    try:
        if (size := _claimed_size(response)) > limit:
            raise ResponseTooLargeError(f"the body has {size} bytes; the limit is {limit}")
        codings, chunks = _body_of(response)
        await _pass_on(chunks, write, limit, codings)
        return True
    except (APIError, ProtocolError) as error:
        failure = error
        # The frames below hold headers and pieces of the body, in which a server may repeat credentials.
        hide_frames(failure)
    # The library reads with generators inside generators, which trio wants ended and not dropped: with their connection
    # closed they end by themselves.
    with contextlib.suppress(Exception):
        await response.aclose()
    await _abandon(chunks)
    if response.status_code >= 400 and type(failure) is UnexpectedResponseError:
        return False
    if isinstance(failure, APIError):
        from anyqpu.transport.failures import request_id_of

        failure.status_code, failure.request_id = response.status_code, request_id_of(response.headers)
    raise failure


def _claimed_size(response: Any) -> int:
    """Return the bytes that `Content-Length` announces; 0 where it is not a number."""
    claimed: str = response.headers.get("content-length", "")
    return int(claimed) if claimed.isdecimal() and claimed.isascii() and len(claimed) < 20 else 0


def _body_of(response: Any) -> tuple[tuple[str, ...], AsyncIterator[bytes]]:
    """Return how a body is compressed, and an iterator over it as it arrives."""
    if getattr(response, "is_stream_consumed", False):
        # One that was made in this process and is whole: httpx has decompressed it.
        return (), _one(response.content)
    headers = response.headers
    named: str | None = headers.get("content-encoding")
    if named is not None and hasattr(headers, "getall"):
        named = ",".join(headers.getall("content-encoding"))
    return () if named is None else codings_of(named), response.aiter_raw().__aiter__()


async def _one(content: bytes) -> AsyncIterator[bytes]:
    yield content


async def _pass_on(chunks: AsyncIterator[bytes], write: Write, limit: int, codings: tuple[str, ...]) -> None:
    if not codings:
        size = 0
        async for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise ResponseTooLargeError(f"the body has more than {limit} bytes, the limit")
            if (written := write(chunk)) is not None:
                await written
        return
    decoder = Decoder(codings, limit)
    async for chunk in chunks:
        began = time.perf_counter()
        for piece in decoder.decode(chunk):
            if piece and (written := write(piece)) is not None:
                await written
            if time.perf_counter() - began > BUSY_SECONDS:
                await anyio.lowlevel.checkpoint()
                began = time.perf_counter()
    decoder.finish()


async def _abandon(chunks: Any) -> None:
    """End an iterator over a body whose connection was closed."""
    with contextlib.suppress(Exception):
        for _ in range(LATE_PIECES):
            await anext(chunks)
    if hasattr(chunks, "aclose"):
        with contextlib.suppress(Exception):
            await chunks.aclose()

"""Decompression of response bodies, in pieces and within limits.

A few bytes can decompress to gigabytes, and `Content-Encoding: gzip, gzip` multiplies the factors. So each stage gives
a piece at a time, when the next one needs it, and each stage has the limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any

from anyqpu.errors import ProtocolError, ResponseTooLargeError, UnexpectedResponseError

# What requests ask for. Brotli and zstd have no decoder in the standard library that limits its output.
ACCEPTED = "gzip, deflate"
# Bytes that a stage takes in and gives out at a time.
TAKEN = 2**14
GIVEN = 2**17
# As many codings as curl accepts.
MAX_CODINGS = 5
# Members of a gzip file that are read before the event loop gets its turn.
MEMBERS = 256
GZIP, ZLIB, RAW = 31, 15, -15


def codings_of(header: str | None) -> tuple[str, ...]:
    """Return the codings of a body in the order in which they were applied, from `Content-Encoding`.

    Raises:
        UnexpectedResponseError: One of them is not supported.
    """
    codings = tuple(
        name for coding in (header or "").lower().split(",") if (name := coding.strip()) not in ("", "identity")
    )
    for name in codings:
        if name not in ("gzip", "x-gzip", "deflate"):
            shown = f" {name!r}" if re.fullmatch(r"[a-z0-9_.-]{1,20}", name) else ""
            raise UnexpectedResponseError(
                f"the body has the content encoding{shown}, which was not requested",
                hint=f"A server or proxy on the way ignores `Accept-Encoding: {ACCEPTED}`",
            )
    if len(codings) > MAX_CODINGS:
        raise UnexpectedResponseError(f"the body has {len(codings)} content encodings; the limit is {MAX_CODINGS}")
    return codings


class Decoder:
    """Decompresses a body of up to `limit` bytes."""

    def __init__(self, codings: tuple[str, ...], limit: int) -> None:
        # Data that cannot be compressed grows a little by compression.
        between = limit + limit // 100 + 2**16
        self._stages = [_Stage(coding, limit if number == 0 else between) for number, coding in enumerate(codings)][
            ::-1
        ]

    def decode(self, data: bytes) -> Iterator[bytes]:
        """Yield the pieces that more of the body decompresses to; some are empty, to let other tasks run.

        Raises:
            ResponseTooLargeError: It decompresses to more than the limit.
            ProtocolError: It is not compressed as it claims to be.
        """
        pieces: Iterator[bytes] = iter((data,))
        for stage in self._stages:
            pieces = stage.decode(pieces)
        return pieces

    def finish(self) -> None:
        """Raise `ProtocolError` if the compressed data is incomplete."""
        for stage in self._stages:
            stage.finish()


class _Stage:
    """One coding of a body."""

    def __init__(self, coding: str, limit: int) -> None:
        self._window = ZLIB if coding == "deflate" else GZIP
        self._limit = limit
        self._size = 0
        self._inflater: Any = None
        # The start of data whose format is not certain yet.
        self._start = b""
        self._ended = False

    def decode(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            yield b""
            for start in range(0, len(piece), TAKEN):
                yield from self._decode(piece[start : start + TAKEN])

    def _decode(self, data: bytes) -> Iterator[bytes]:
        members = 0
        while True:
            if self._inflater is None and not (data := self._begin(data)):
                return
            inflater: Any = self._inflater
            piece = self._inflate(data)
            if piece:
                yield piece
            if inflater.eof:
                data, self._inflater, self._ended = inflater.unused_data, None, True
                members += 1
                if members % MEMBERS == 0:
                    yield b""
            else:
                data = inflater.unconsumed_tail
                # A whole piece: more may be due, also where all data was taken.
                if not data and len(piece) < GIVEN:
                    return

    def _inflate(self, data: bytes) -> bytes:
        try:
            piece: bytes | None = self._inflater.decompress(data, GIVEN)
        except zlib.error:
            # Raised out here, without the text of the library.
            piece = None
        if piece is None:
            raise ProtocolError("the compressed body is damaged")
        self._size += len(piece)
        if self._size > self._limit:
            raise ResponseTooLargeError(f"the decompressed body has more than {self._limit} bytes, the limit")
        return piece

    def _begin(self, data: bytes) -> bytes:
        """Start on a member, or on the only stream; returns the data that follows, empty if there is too little."""
        data, self._start = self._start + data, b""
        if self._ended:
            # gzip files may be padded with zeros; another member may follow.
            data = data.lstrip(b"\0")
            if self._window != GZIP and data:
                raise ProtocolError("the compressed body is damaged")
        if len(data) < 2:
            self._start = data
            return b""
        if self._window == ZLIB and not _has_zlib_header(data):
            # Some servers send the bare data that is meant by the name, others what the standard says.
            self._window = RAW
        self._inflater = zlib.decompressobj(wbits=self._window)
        return data

    def finish(self) -> None:
        if self._inflater is not None or self._start.strip(b"\0"):
            raise ProtocolError("the compressed body ended too early")


def _has_zlib_header(data: bytes) -> bool:
    """Whether data starts as RFC 1950 says: method 8, a window of up to 32 KiB, and a checksum."""
    return data[0] & 15 == 8 and data[0] >> 4 <= 7 and (data[0] * 256 + data[1]) % 31 == 0

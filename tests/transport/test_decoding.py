"""Compressed bodies: every form that servers send is read, and none grows beyond its limit."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anyqpu.errors import ProtocolError, ResponseTooLargeError, UnexpectedResponseError
from anyqpu.transport.decoding import Decoder, codings_of

LIMIT = 2**20


def decoded(header: str, data: bytes, *, step: int = 2**16, limit: int = LIMIT) -> bytes:
    decoder = Decoder(codings_of(header), limit)
    parts = [piece for at in range(0, len(data), step) for piece in decoder.decode(data[at : at + step])]
    decoder.finish()
    return b"".join(parts)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


COMPRESSED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "its old name": ("X-GZIP", gzip.compress),
    "zlib": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "two codings": ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
    "identity": ("identity, gzip", gzip.compress),
    "two members": ("gzip", lambda data: gzip.compress(data[:7]) + gzip.compress(data[7:])),
    "padded with zeros": ("gzip", lambda data: gzip.compress(data) + bytes(100)),
}


@pytest.mark.parametrize("form", COMPRESSED)
@given(data=st.binary(max_size=300) | st.integers(0, 300_000).map(bytes), step=st.integers(1, 5000))
def test_what_was_compressed_comes_back_however_it_arrives(form: str, data: bytes, step: int) -> None:
    header, compress = COMPRESSED[form]
    assert decoded(header, compress(data), step=step) == data


@given(data=st.binary(max_size=300), missing=st.integers(1, 8))
def test_a_body_that_ends_too_early_is_an_error(data: bytes, missing: int) -> None:
    with pytest.raises(ProtocolError, match="ended too early"):
        decoded("gzip", gzip.compress(data)[:-missing])


@pytest.mark.parametrize(
    "data",
    [b"not compressed", gzip.compress(b"x")[:-5] + b"wrong", gzip.compress(b"x") + b"junk"],
    ids=["plain", "wrong end", "junk"],
)
def test_a_damaged_body_is_an_error_that_shows_none_of_it(data: bytes) -> None:
    with pytest.raises(ProtocolError, match="the compressed body is damaged"):
        decoded("gzip", data)


def test_a_body_of_exactly_the_limit_is_read_and_one_byte_more_is_not() -> None:
    assert len(decoded("gzip", gzip.compress(bytes(LIMIT)))) == LIMIT
    with pytest.raises(ResponseTooLargeError, match=f"more than {LIMIT} bytes"):
        decoded("gzip", gzip.compress(bytes(LIMIT + 1)))


def test_no_stage_of_several_codings_grows_beyond_the_limit() -> None:
    inner = gzip.compress(bytes(100 * LIMIT))
    bomb = gzip.compress(gzip.compress(inner))
    assert len(bomb) < 1000
    decoder, size = Decoder(codings_of("gzip, gzip, gzip"), LIMIT), 0
    with pytest.raises(ResponseTooLargeError):
        for piece in decoder.decode(bomb):
            assert len(piece) <= 2**17
            size += len(piece)
    assert size <= LIMIT
    # What is small in the end may be large between.
    between = gzip.compress(b"small") + gzip.compress(b"") * 100_000
    with pytest.raises(ResponseTooLargeError):
        decoded("gzip, gzip", gzip.compress(between))


def test_other_tasks_get_their_turn_also_where_nothing_comes_out() -> None:
    decoder = Decoder(("gzip",), LIMIT)
    assert sum(1 for _ in decoder.decode(gzip.compress(b"") * 10_000)) > 10


@pytest.mark.parametrize(
    ("header", "named"), [("br", " 'br'"), ("gzip, ZSTD", " 'zstd'"), ("\x1b[31m", ""), ("x" * 90, "")]
)
def test_a_coding_that_was_not_requested_is_refused_by_name(header: str, named: str) -> None:
    with pytest.raises(UnexpectedResponseError, match=f"the content encoding{named}, which was not requested"):
        codings_of(header)


def test_more_codings_than_curl_accepts_are_refused() -> None:
    assert len(codings_of("gzip," * 5)) == 5
    with pytest.raises(UnexpectedResponseError, match="6 content encodings"):
        codings_of("gzip," * 6)

"""Odd statuses and headers: each call of a cloud's client, played back with changed heads of its responses."""

from __future__ import annotations

import gzip
import random
import struct
import zlib
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import cache

import anyqpu
from tests.fuzz import responses
from tests.fuzz.corpus import Corpus
from tests.fuzz.edits import Edit, choose
from tests.fuzz.findings import Case, Finding
from tests.fuzz.odd import PLANTED, SIGNATURE
from tests.fuzz.tape import Exchange

PART = "headers"
# Three attempts, so that waits between them (Retry-After) happen; in virtual time they take none.
OPTIONS = {"retry": anyqpu.RetryPolicy(attempts=3), "timeout": 120.0}
STATUSES = (
    200, 201, 202, 203, 204, 205, 206, 207, 226, 299, 300, 301, 302, 303, 304, 307, 308, 399, 400, 401, 402, 403, 404,
    405, 406, 408, 409, 410, 411, 413, 415, 418, 422, 423, 425, 428, 429, 431, 451, 499, 500, 501, 502, 503, 504, 505,
    507, 511, 520, 599, 600, 999,
)  # fmt: skip
NAMES: dict[str, tuple[str, ...]] = {
    "content-type": (
        "", "text/html", "application/problem+json", "application/json; charset=utf-16", "application/json;charset=x",
        "multipart/form-data; boundary=x", "a" * 5_000, "\xff\xfe", "application/octet-stream", "json",
    ),
    "content-length": ("", "0", "-1", "1", "5", "1e9", "99999999999999999999", "9" * 5_000, "1, 2", "²", " 7 ", "x"),
    "content-encoding": (
        "gzip", "deflate", "br", "zstd", "identity", "x-gzip", "GZIP", "gzip, gzip, gzip", "br, gzip", ",", "unknown",
        "gzip;q=0", ", ".join(["gzip"] * 200), ", ".join(["br"] * 50),
    ),
    "retry-after": (
        "0", "1", "-1", "86400", "1e9", "99999999999", "9" * 400, "9" * 5_000, "NaN", "inf", "1.5", "x", "",
        "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 1999 07:28:00 GMT", "Fri, 31 Feb 2026 00:00:00 GMT",
        "Wed, 21 Oct 99999 07:28:00 GMT", "Mon, 01 Jan 0001 00:00:00 +2359", "2026-01-01T00:00:00Z", "²",
    ),
    "location": (
        "", "/", "//", "///x", "//127.0.0.3/x", "http://127.0.0.3/x", "https://other.example/x", "?a=b", "#", "..",
        "http://[::1", "http://[x]/", "http://127.0.0.1:0/x", "http://127.0.0.1:99999/", "http://127.0.0.1:x/",
        "http://user:" + SIGNATURE + "@127.0.0.1/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "javascript:x",
        "http://127.0.0.1:80/kipu/quantum/jobs", "http://127.0.0.1/", "http://\xff/", "http://a b/", "\\\\x",
        "x" * 9_000,
        "http://127.0.0.1/x?X-Amz-Signature=" + SIGNATURE, "%", "http://%00/", "http://xn--a/", "http://127.1/",
    ),
    "x-request-id": ("", "x" * 9_000, "a\x1b[31mb", "\xff", "id " + PLANTED, "\x9b2J", "{0.__class__}"),
    "x-correlation-id": ("", "\x1b]0;title\x07", "\xe9"),
    "request-id": ("x", "\x85"),
    "link": ("", "<http://127.0.0.3/x>; rel=next", "<;", "<" * 5_000, ", ".join(["<x>; rel=next"] * 500)),
    "transfer-encoding": ("chunked", "gzip", "x"),
    "connection": ("close", "upgrade", "keep-alive"),
    "set-cookie": ("a=b", "a" * 9_000, PLANTED),
    "www-authenticate": ("Bearer", "Basic realm=\"\xff\"", "x" * 9_000),
    "date": ("x", "Wed, 21 Oct 2099 07:28:00 GMT"),
    "x-total-count": ("-1", "x", "9" * 5_000),
    "x-ratelimit-reset": ("x", "9" * 5_000, "-1"),
}  # fmt: skip
HEADERS = list(NAMES)


@cache
def _bomb(times: int) -> bytes:
    """400 MB of spaces, compressed so many times. One piece is compressed, and repeated: the rest takes no time."""
    piece, pieces = b" " * 2**20, 400
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    # After a full flush a piece can stand anywhere.
    block = packer.compress(piece) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(pieces):
        checksum = zlib.crc32(piece, checksum)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
    tail = packer.flush(zlib.Z_FINISH) + struct.pack("<II", checksum, pieces * len(piece))
    content = head + block * pieces + tail
    for _ in range(times - 1):
        content = gzip.compress(content)
    return content


PACKED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", lambda body: gzip.compress(body, mtime=0)),
    "deflate": ("deflate", zlib.compress),
    "cut gzip": ("gzip", lambda body: gzip.compress(body, mtime=0)[:-9]),
    "gzip and more": ("gzip", lambda body: gzip.compress(body, mtime=0) + b"more"),
    "gzip twice": ("gzip, gzip", lambda body: gzip.compress(gzip.compress(body))),
    "gzip bomb": ("gzip", lambda body: _bomb(1)),
    "gzip bomb in gzip": ("gzip, gzip", lambda body: _bomb(2)),
    "gzip bomb in gzip in gzip": ("gzip, gzip, gzip", lambda body: _bomb(3)),
}


def edited(exchange: Exchange, edit: Edit) -> Exchange:
    """An exchange after one edit of its head."""
    headers = [(name, value) for name, value in exchange.headers if name != (edit.path[0] if edit.path else "")]
    if edit.action == "status":
        return replace(exchange, status=int(edit.value or 200))
    if edit.action == "packed":
        encoding, pack = PACKED[edit.value or "gzip"]
        return replace(exchange, headers=(*headers, ("content-encoding", encoding)), body=pack(exchange.body))
    if edit.action == "no headers":
        return replace(exchange, headers=())
    name, number = str(edit.path[0]), int(edit.path[1])
    value = NAMES[name][number]
    if edit.action == "header twice":
        headers.append((name, "x"))
    return replace(exchange, headers=(*headers, (name, value)))


responses.HEAD_ACTIONS.update(dict.fromkeys(("status", "packed", "no headers", "header", "header twice"), edited))


def choose_case(chance: random.Random, corpus: Corpus, names: list[str]) -> Case:
    """A call, and one to four edits of the heads of its responses; sometimes also of a body."""
    call = corpus.calls[chance.choice(names)]
    edits: list[Edit] = []
    number = chance.randrange(len(call.tape.exchanges))
    for _ in range(chance.choice((1, 1, 2, 2, 3, 4))):
        kind = chance.random()
        if chance.random() < 0.1:
            number = chance.randrange(len(call.tape.exchanges))
        if kind < 0.35:
            edits.append(Edit(number, (), "status", str(chance.choice(STATUSES))))
        elif kind < 0.42:
            # The large bombs take half a second each.
            edits.append(Edit(number, (), "packed", chance.choice(list(PACKED)[: 5 if chance.random() < 0.95 else 8])))
        elif kind < 0.44:
            edits.append(Edit(number, (), "no headers"))
        elif kind < 0.5:
            edits.append(choose(chance, number, call.places.get(number, [])))
        else:
            name = chance.choice(HEADERS)
            action = "header" if chance.random() < 0.9 else "header twice"
            edits.append(Edit(number, (name, chance.randrange(len(NAMES[name]))), action))
    # A redirect goes somewhere.
    if any(edit.action == "status" and edit.value in ("301", "302", "303", "307", "308") for edit in edits):
        edits.append(Edit(number, ("location", chance.randrange(len(NAMES["location"]))), "header"))
    return [PART, corpus.provider, call.name, [edit.to_json() for edit in edits]]


async def cases(chance: random.Random, corpus: Corpus, count: int, call: str = "") -> AsyncIterator[Case]:
    """So many cases, of all calls or of one."""
    for times in (1, 2, 3):
        _bomb(times)  # made here, so that no case is blamed for it
    names = [name for name, item in corpus.calls.items() if item.tape.exchanges and call in ("", name)]
    for _ in range(count):
        yield choose_case(chance, corpus, names)


async def run_case(corpus: Corpus, case: Case, *, deep: bool) -> Finding | None:
    """Run one case; None if it ends as promised."""
    return await responses.run_case(corpus, case, deep=deep, **OPTIONS)

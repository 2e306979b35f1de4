"""Malformed requests to the emulator: every response must blame the client, and the server must keep running.

In-process first, where a hundred thousand requests take a minute, then a part of them over a real socket.
"""

from __future__ import annotations

import logging
import re
import socket
import time
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import anyio
from starlette.types import Message

from anyqpu_emulator import Emulator
from anyqpu_emulator.server import running
from tests.fuzz.request_cases import Case, Maker


async def in_process(emulator: Emulator, case: Case) -> tuple[int, bytes]:
    """One request, straight into the application."""
    raw = case.path.encode("utf-8", "surrogatepass")
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": case.method, "scheme": "http",
        "path": unquote(case.path), "raw_path": raw, "query_string": case.query.encode("ascii", "replace"),
        "root_path": "", "server": ("127.0.0.1", 8787), "client": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in case.headers],
    }  # fmt: skip
    sent = False
    status, body = 0, b""

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": case.body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, body
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            body += message.get("body", b"")

    await emulator.app(scope, receive, send)
    return status, body


class Found:
    """What went wrong, each place once."""

    def __init__(self) -> None:
        self.statuses: Counter[int] = Counter()
        self.problems: dict[str, Case] = {}

    def note(self, case: Case, status: int, why: str = "") -> None:
        self.statuses[status] += 1
        # 501 and 503 are responses of the documents: a busy endpoint, something that is not there.
        if status >= 500 and status not in (501, 503):
            key = f"{case.method} {re.sub(r'[0-9a-fA-F-]{36}|%[0-9A-F]{2}[^/]*', '*', case.path)[:120]} {status} {why}"
            self.problems.setdefault(key, case)


async def fuzz_in_process(count: int, seed: int, findings: Found) -> float:
    maker = Maker(seed)
    begun = time.perf_counter()
    async with Emulator(seed=seed) as emulator:
        for number in range(count):
            case = maker.packed(maker.case())
            try:
                with anyio.fail_after(20):
                    status, body = await in_process(emulator, case)
            except Exception as error:
                findings.note(case, 599, repr(error)[:200])
                continue
            findings.note(case, status)
            if number % 7 == 0:
                maker.learn(body)
            if number % 500 == 0:
                # A fault that was made by chance would hide later ones; so would too many jobs.
                emulator.faults.clear()
                emulator.clock.set_rate(1)
            if number % 10_000 == 9_999:
                await emulator.areset()
        status, _ = await in_process(emulator, Case("GET", "/_control/health", "", [("host", "localhost")], b""))
        if status != 200:
            raise SystemExit("the emulator no longer responds")
    return time.perf_counter() - begun


def lines(case: Case) -> Iterator[bytes]:
    """A request on the wire, wrong where it is wrong."""
    target = case.path + (f"?{case.query}" if case.query else "")
    yield f"{case.method} {target} HTTP/1.1\r\n".encode("ascii", "replace")
    for name, value in case.headers:
        yield name.encode() + b": " + value.encode("latin-1") + b"\r\n"
    yield b"content-length: %d\r\n\r\n" % len(case.body) + case.body


def response_of(stream: Any) -> tuple[int, bool]:
    """The status, and whether the connection is still good."""
    first = stream.readline()
    if not first.startswith(b"HTTP/1.1 "):
        return 0, False
    status, length, close = int(first[9:12]), 0, False
    while (line := stream.readline().strip().lower()) != b"":
        name, _, value = line.partition(b":")
        if name == b"content-length":
            length = int(value)
        elif name == b"connection":
            close = value.strip() == b"close"
        elif name == b"transfer-encoding":
            return status, False
    return status, not close and (length == 0 or len(stream.read(length)) == length)


def fuzz_over_socket(count: int, seed: int, findings: Found) -> float:
    maker = Maker(seed + 1)
    with running(seed=seed) as url:
        place = urlsplit(url)
        address = (place.hostname or "", place.port or 0)
        begun = time.perf_counter()
        connection, stream = connected(address)
        for number in range(count):
            case = maker.packed(maker.case())
            if case.method == "HEAD":
                continue
            data = b"".join(lines(case))
            if number % 50 == 0:
                # Cut off in the middle, or no HTTP at all.
                data = maker.random.choice([data[: len(data) // 2], b"\x16\x03\x01" + data, b"\r\n\r\n", data[:9]])
            try:
                connection.sendall(data)
                if number % 50 == 0:
                    connection.shutdown(socket.SHUT_WR)
                status, good = response_of(stream)
            except OSError as error:
                status, good = 0, False
                if isinstance(error, TimeoutError):
                    findings.note(case, 599, "no response within 20 s")
            findings.note(case, status)
            if not good or number % 50 == 0:
                stream.close()
                connection.close()
                connection, stream = connected(address)
            if number % 200 == 0:
                ask(address, "DELETE", "/_control/faults")
                ask(address, "POST", "/_control/clock", b'{"rate":1}')
        stream.close()
        connection.close()
        if ask(address, "GET", "/_control/health") != 200:
            raise SystemExit("the server no longer responds")
        return time.perf_counter() - begun


def connected(address: tuple[str, int]) -> tuple[socket.socket, Any]:
    connection = socket.create_connection(address, timeout=20)
    return connection, connection.makefile("rb")


def ask(address: tuple[str, int], method: str, path: str, body: bytes = b"") -> int:
    connection, stream = connected(address)
    try:
        headers = [("host", "localhost"), ("content-type", "application/json")]
        connection.sendall(b"".join(lines(Case(method, path, "", headers, body))))
        return response_of(stream)[0]
    finally:
        stream.close()
        connection.close()


def run(in_process_count: int, over_socket_count: int, seed: int) -> int:
    """Send the requests and print the findings; return 1 if there are any."""
    # Failures are printed once each, below.
    logging.disable(logging.CRITICAL)
    findings = Found()
    for name, count, took in (
        ("in-process", in_process_count, anyio.run(fuzz_in_process, in_process_count, seed, findings)),
        ("over a socket", over_socket_count, fuzz_over_socket(over_socket_count, seed, findings)),
    ):
        print(f"requests: {count} {name} in {took:.1f} s, {count / took:.0f} per second")
    logging.disable(logging.NOTSET)
    print("responses: " + ", ".join(f"{status}: {number}" for status, number in sorted(findings.statuses.items())))
    for key, case in findings.problems.items():
        print(f"WRONG {key}\n      ?{case.query[:300]}\n      {case.body[:400]!r}")
    print(f"{len(findings.problems)} kinds of failure of the emulator")
    return 1 if findings.problems else 0

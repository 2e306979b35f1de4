"""A cheap server in its own process, with canned responses written by hand.

python -m scripts.bench.server [POLLS]      prints its URL; ends when its standard input is closed

A job is complete at its POLLS-th poll, or without POLLS at once. The response to `/jobs/ID/result-stream?` has as many
megabytes as the identifier states.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from urllib.parse import parse_qs

from scripts.bench import canned

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
PIECE = bytes(2**16)


class Jobs:
    """Requested jobs: number of requests and responses."""

    def __init__(self, polls: int) -> None:
        self._polls = polls
        self._seen: dict[str, int] = {}
        self._texts: dict[tuple[str, bool], bytes] = {}

    def one(self, id: str, *, counted: bool) -> bytes:
        """Return a job's response."""
        if counted or not self._polls:
            self._seen[id] = self._seen.get(id, 0) + 1
        else:
            self._seen.setdefault(id, 0)
        return self._text(id)

    def page(self, query: dict[str, list[str]]) -> bytes:
        """Return a page of the requested jobs."""
        number, size = int(query["page"][0]), int(query["size"][0])
        some = list(self._seen)[number * size : (number + 1) * size]
        for id in some:
            self._seen[id] += 1
        return b'{"content":[%b],"total_elements":%d}' % (b",".join(map(self._text, some)), len(self._seen))

    def _text(self, id: str) -> bytes:
        done = self._seen[id] >= self._polls
        text = self._texts.get((id, done))
        if text is None:
            number = len(self._texts) // 2
            text = canned.single(number, id=id, status="COMPLETED" if done else "RUNNING")
            self._texts[id, done] = text
        return text


class Conversation(asyncio.Protocol):
    """One persistent connection. Requests have no body."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._rest = b""
        self._pieces: Iterator[bytes] | None = None
        self._paused = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            target = self._rest[: self._rest.index(b"\r\n")].split(b" ")[1].decode()
            self._rest = self._rest[end + 4 :]
            self._respond(target)

    def _respond(self, target: str) -> None:
        assert self._transport is not None
        path, _, query = target.partition("?")
        parts = path.split("/")
        if path.endswith("/result-stream"):
            size = int(parts[2]) * 16
            self._transport.write(HEAD % (size * len(PIECE)))
            self._pieces = iter([PIECE] * size)
            self._write_on()
            return
        if parts[1] in canned.OTHERS:
            body = canned.OTHERS[parts[1]]
        elif path == "/jobs":
            body = self._jobs.page(parse_qs(query))
        elif len(parts) > 2:
            body = self._jobs.one(parts[2], counted=path.endswith("/status"))
        else:
            body = b"{}"
        self._transport.write(HEAD % len(body) + body)

    def pause_writing(self) -> None:
        self._paused = True

    def resume_writing(self) -> None:
        self._paused = False
        self._write_on()

    def _write_on(self) -> None:
        assert self._transport is not None
        while self._pieces is not None and not self._paused:
            piece = next(self._pieces, None)
            if piece is None:
                self._pieces = None
            else:
                self._transport.write(piece)


async def serve(polls: int) -> None:
    """Serve until the standard input is closed."""
    loop, jobs = asyncio.get_running_loop(), Jobs(polls)
    server = await loop.create_server(lambda: Conversation(jobs), "127.0.0.1", 0, backlog=4096)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]) if len(sys.argv) > 1 else 0))

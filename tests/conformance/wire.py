"""A server on 127.0.0.1 that responds as the emulator does, and breaks the bytes of one operation."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.abc
import httpx

from anyqpu_emulator.operations import find
from tests.conformance.breakers import BREAKERS, Breaker, Exchange, plain
from tests.conformance.worlds import World

GONE = (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream, OSError)


@dataclass
class Server:
    """The server of one cell: its address, what it has seen, and what another host has been sent."""

    world: World
    operation: str
    breaks: Breaker
    secret: str
    url: str = ""
    other_url: str = ""
    broken: bool = True
    stolen: list[str] = field(default_factory=list[str])
    open: int = 0
    idle: anyio.Event = field(default_factory=anyio.Event)
    """Set whenever no connection is open."""

    async def serve(self, stream: anyio.abc.SocketStream) -> None:
        """Serve the requests of one connection."""
        self.open += 1
        if self.idle.is_set():
            self.idle = anyio.Event()
        try:
            with suppress(*GONE):
                async with stream:
                    while True:
                        request = await _read(stream)
                        if request is None:
                            return
                        exchange = Exchange(stream, request, self.world.app, self.secret, self.other_url)
                        await self._respond(exchange)
                        if exchange.closed:
                            return
        finally:
            self.open -= 1
            if not self.open:
                self.idle.set()

    async def _respond(self, exchange: Exchange) -> None:
        operation = find(exchange.request.method, exchange.request.url.path)
        if self.broken and operation is not None and operation.name == self.operation:
            # Requests that never reach the emulator count as well.
            before = self.world.counts[self.operation]
            try:
                await self.breaks(exchange)
            finally:
                self.world.counts[self.operation] = max(before + 1, self.world.counts[self.operation])
        else:
            await exchange.send(plain(await exchange.handle()))

    async def steal(self, stream: anyio.abc.SocketStream) -> None:
        """Note what a request to another host says."""
        with suppress(*GONE):
            async with stream:
                request = await _read(stream)
                if request is not None:
                    self.stolen += [f"{name}: {value}" for name, value in request.headers.items()]
                    await stream.send(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\nconnection: close\r\n\r\nnull")


@asynccontextmanager
async def serving(world: World, operation: str, name: str, secret: str) -> AsyncGenerator[Server]:
    """Serve a world on free ports of 127.0.0.1, with one operation broken."""
    wire = Server(world, operation, BREAKERS[name], secret)
    async with (
        await anyio.create_tcp_listener(local_host="127.0.0.1") as listener,
        await anyio.create_tcp_listener(local_host="127.0.0.1") as other,
        anyio.create_task_group() as tasks,
    ):
        wire.url = f"http://127.0.0.1:{_port(listener)}"
        wire.other_url = f"http://127.0.0.1:{_port(other)}"
        tasks.start_soon(listener.serve, wire.serve)
        tasks.start_soon(other.serve, wire.steal)
        try:
            yield wire
        finally:
            tasks.cancel_scope.cancel()


def _port(listener: Any) -> int:
    return int(listener.extra(anyio.abc.SocketAttribute.local_port))


async def _read(stream: anyio.abc.SocketStream) -> httpx.Request | None:
    """The next request of a connection; None at the end of the connection."""
    data = b""
    while b"\r\n\r\n" not in data:
        try:
            data += await stream.receive()
        except GONE:
            return None
    text, _, body = data.partition(b"\r\n\r\n")
    first, *lines = text.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ", 2)
    headers = [(name, value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    by_name = {name.lower(): value for name, value in headers}
    while len(body) < int(by_name.get("content-length", "0")):
        body += await stream.receive()
    if by_name.get("transfer-encoding") == "chunked":
        raise OSError("the client sends no chunks")
    url = f"http://{by_name.get('host', '127.0.0.1')}{target}"
    kept = [(name, value) for name, value in headers if name.lower() != "content-length"]
    return httpx.Request(method, url, headers=kept, content=body)

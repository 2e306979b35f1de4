"""A small HTTP/1.1 server whose handler may drop connections and send wrong lengths."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import anyio
import anyio.abc
import h11


@dataclass(frozen=True, slots=True)
class Seen:
    """A request as it arrived; header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]


@dataclass(frozen=True, slots=True)
class ServerResponse:
    """A response. `drop` closes the connection instead; `claims` is the Content-Length to send, true or not."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    drop: bool = False
    claims: int | None = None

    @classmethod
    def of_json(cls, value: Any, status: int = 200, **headers: str) -> ServerResponse:
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, json.dumps(value).encode(), {"content-type": "application/json", **named})


# The client went away, as cancelled clients do.
GONE = (anyio.BrokenResourceError, anyio.ClosedResourceError, anyio.EndOfStream, h11.RemoteProtocolError)

Handler = Callable[[Seen], Awaitable[ServerResponse]]


@dataclass(slots=True)
class Server:
    """A running server: its URL, and every request that it received."""

    url: str
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0


@asynccontextmanager
async def serving(handler: Handler) -> AsyncGenerator[Server]:
    """Serve in this event loop, on a free loopback port, while the block is open."""
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    port = listener.extra(anyio.abc.SocketAttribute.local_port)
    server = Server(f"http://127.0.0.1:{port}")

    async def talk(stream: anyio.abc.SocketStream) -> None:
        server.connections += 1
        async with stream:
            with suppress(*GONE):
                await _conversation(stream, handler, server)

    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, talk)
        try:
            yield server
        finally:
            group.cancel_scope.cancel()


async def _conversation(stream: anyio.abc.SocketStream, handler: Handler, server: Server) -> None:
    connection = h11.Connection(h11.SERVER)
    while True:
        request = await _next(connection, stream)
        if not isinstance(request, h11.Request):
            return
        body = b""
        while isinstance(event := await _next(connection, stream), h11.Data):
            body += bytes(event.data)
        headers = {bytes(name).decode(): bytes(value).decode() for name, value in request.headers}
        seen = Seen(request.method.decode(), request.target.decode(), headers, body)
        server.seen.append(seen)
        reply = await handler(seen)
        if reply.drop:
            return
        size = len(reply.body) if reply.claims is None else reply.claims
        response = h11.Response(
            status_code=reply.status, headers=[*reply.headers.items(), ("content-length", str(size))]
        )
        await stream.send((connection.send(response) or b"") + reply.body)
        if size != len(reply.body):
            await anyio.sleep_forever()  # the rest is never sent
        connection.send(h11.Data(data=reply.body))
        connection.send(h11.EndOfMessage())
        if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
            return
        connection.start_next_cycle()


async def _next(connection: h11.Connection, stream: anyio.abc.SocketStream) -> Any:
    while (event := connection.next_event()) is h11.NEED_DATA:
        try:
            data = await stream.receive()
        except anyio.EndOfStream:
            data = b""
        connection.receive_data(data)
    return event

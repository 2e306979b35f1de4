"""Buffers of connections: small for most responses, large while one fills them."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace

import pytest

from anyqpu.transport.receiving import MOST, USUAL, ReceiveBuffer


def test_buffers_grow_with_a_response_that_fills_them() -> None:
    transport = SimpleNamespace(max_size=1)
    buffer = ReceiveBuffer(transport)
    assert (buffer.size, transport.max_size) == (USUAL, USUAL)
    buffer.note(USUAL - 1)
    assert (buffer.size, transport.max_size) == (USUAL, USUAL)
    buffer.note(USUAL)
    assert (buffer.size, transport.max_size) == (MOST, MOST)
    buffer.begin()
    assert (buffer.size, transport.max_size) == (USUAL, USUAL)


def test_other_event_loops_have_buffers_of_their_own() -> None:
    buffer = ReceiveBuffer(None)
    buffer.note(USUAL)
    assert buffer.size == MOST


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.anyio
async def test_transports_of_asyncio_receive_as_much(anyio_backend: str) -> None:
    del anyio_backend
    body = bytes(2 * MOST)

    async def send(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(body)
        await writer.drain()
        writer.close()

    parts: list[int] = []

    class Receiver(asyncio.Protocol):
        def data_received(self, data: bytes) -> None:
            parts.append(len(data))

        def connection_lost(self, exc: Exception | None) -> None:
            ended.set_result(None)

    loop = asyncio.get_running_loop()
    ended = loop.create_future()
    async with await asyncio.start_server(send, "127.0.0.1", 0) as server:
        transport, _ = await loop.create_connection(Receiver, *server.sockets[0].getsockname())
        ReceiveBuffer(transport)
        await ended
    assert sum(parts) == len(body)
    assert max(parts) <= USUAL

"""Streams that read ahead behave as anyio's, which they are on trio."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import anyio
import pytest
from anyio.abc import ByteStream, SocketAttribute, SocketStream

from anyqpu.transport.loop_streams import loop_stream

pytestmark = pytest.mark.anyio

# More than the buffers of both sockets.
LARGE = 2**24


@asynccontextmanager
async def both_ends() -> AsyncGenerator[tuple[ByteStream, SocketStream]]:
    """Yield the stream of a client, and the server's end of its connection."""
    accepted: list[SocketStream] = []
    is_accepted, is_over = anyio.Event(), anyio.Event()

    async def accept(stream: SocketStream) -> None:
        accepted.append(stream)
        is_accepted.set()
        await is_over.wait()

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, accept)
        port = listener.extra(SocketAttribute.local_port)
        stream = loop_stream(await anyio.connect_tcp("127.0.0.1", port))
        await is_accepted.wait()
        for end in (stream, accepted[0]):
            # Otherwise the system lets it grow to tens of megabytes.
            end.extra(SocketAttribute.raw_socket).setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
        try:
            yield stream, accepted[0]
        finally:
            is_over.set()
            await stream.aclose()
            await accepted[0].aclose()
            group.cancel_scope.cancel()


async def all_of(stream: ByteStream, size: int) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        parts += await stream.receive()
    return bytes(parts)


async def test_data_arrives_in_order_and_in_parts_of_the_requested_size() -> None:
    async with both_ends() as (client, server):
        await server.send(b"abcdef")
        assert await client.receive(4) == b"abcd"
        assert await client.receive(4) == b"ef"
        await client.send(b"xyz")
        assert await server.receive() == b"xyz"


async def test_what_was_sent_before_the_end_is_read_before_it() -> None:
    async with both_ends() as (client, server):
        await server.send(b"last")
        await server.send_eof()
        await anyio.sleep(0.02)
        assert await client.receive() == b"last"
        with pytest.raises(anyio.EndOfStream):
            await client.receive()
        # The other direction is open.
        await client.send(b"more")
        assert await server.receive() == b"more"


async def test_a_send_ends_when_the_socket_has_taken_all_of_it() -> None:
    async with both_ends() as (client, server):
        # anyio's end reads all that comes until its first read is over.
        await client.send(b"x")
        assert await server.receive() == b"x"
        data = bytes(range(256)) * (LARGE // 256)
        is_sent = anyio.Event()

        async def send() -> None:
            await client.send(data)
            is_sent.set()

        async with anyio.create_task_group() as group:
            group.start_soon(send)
            await anyio.sleep(0.02)
            assert not is_sent.is_set()
            assert await all_of(server, LARGE) == data
        assert is_sent.is_set()


async def test_more_than_is_read_stays_with_the_sender() -> None:
    async with both_ends() as (client, server):
        with anyio.move_on_after(0.2) as scope:
            await server.send(bytes(LARGE))
        assert scope.cancelled_caught
        assert len(await all_of(client, 2**20)) >= 2**20


async def test_a_stream_in_a_cancelled_scope_sends_nothing() -> None:
    async with both_ends() as (client, server):
        with anyio.CancelScope() as scope:
            scope.cancel()
            await client.send(b"never")
        await client.send(b"first")
        assert await server.receive() == b"first"


async def test_a_read_that_was_cancelled_loses_nothing() -> None:
    async with both_ends() as (client, server):
        with anyio.move_on_after(0.01):
            await client.receive()
        await server.send(b"later")
        assert await client.receive() == b"later"


async def test_a_closed_stream_neither_reads_nor_sends() -> None:
    async with both_ends() as (client, _):
        async with anyio.create_task_group() as group:

            async def read() -> None:
                with pytest.raises(anyio.ClosedResourceError):
                    await client.receive()

            group.start_soon(read)
            await anyio.sleep(0.01)
            await client.aclose()
        with pytest.raises(anyio.ClosedResourceError):
            await client.receive()
        with pytest.raises(anyio.ClosedResourceError):
            await client.send(b"x")


async def test_a_connection_that_breaks_says_so() -> None:
    async with both_ends() as (client, server):
        # It discards what it has not read, so that the system resets the connection.
        await client.send(b"unread")
        await anyio.sleep(0.02)
        await server.aclose()
        await anyio.sleep(0.02)
        with pytest.raises((anyio.BrokenResourceError, anyio.EndOfStream)):
            await client.receive()
        with pytest.raises(anyio.BrokenResourceError):
            for _ in range(3):
                await client.send(b"x")
                await anyio.sleep(0.02)


async def test_two_reads_at_a_time_are_refused() -> None:
    async with both_ends() as (client, server), anyio.create_task_group() as group:
        group.start_soon(client.receive)
        await anyio.sleep(0.01)
        with pytest.raises(anyio.BusyResourceError):
            await client.receive()
        await server.send(b"x")


async def test_the_addresses_are_those_of_the_socket() -> None:
    async with both_ends() as (client, server):
        assert client.extra(SocketAttribute.local_port) == server.extra(SocketAttribute.remote_port)
        assert client.extra(SocketAttribute.raw_socket).fileno() >= 0

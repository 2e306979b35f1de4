"""A submit that may be stopped: its hook comes before the request, and its check before each write to the socket.

The server of these tests takes the lease of the submit away when the first bytes of the request have arrived, as
another process does that takes over the work of one that was stopped between two writes.
"""

from __future__ import annotations

import base64
import json
import random
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import anyio
import httpx
import pytest
from anyio.abc import SocketAttribute, SocketStream

import anyqpu
from anyqpu import RetryPolicy, Search, errors
from anyqpu_emulator import Emulator
from tests.support.server import Seen, ServerResponse, serving

pytestmark = pytest.mark.anyio

DEVICE = anyqpu.Device(
    id="kipu.sim.qsim", provider="kipu", name="qsim", formats=(anyqpu.ProgramFormat.OPENQASM3,), shots_max=100
)
BELL = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n'
JOB = {"id": "j1", "status": "PENDING", "backend_id": "kipu.sim.qsim", "shots": 10}


@cache
def long_program(size: int = 6_000_000) -> str:
    """Return a program whose request cannot be compressed much.

    By default more than the buffers of both ends of the connection hold, so that much is still to be written when some
    has arrived.
    """
    return f"{BELL}// {base64.b85encode(random.Random(1).randbytes(size)).decode()}\n"


class LeaseLostError(Exception):
    """Raised by the lease of a test."""


@dataclass
class Lease:
    """A hook with a check. `lost_at` is the write before which the lease is lost."""

    is_lost: bool = False
    lost_at: int | None = None
    calls: int = 0
    writes: int = 0

    async def __call__(self) -> None:
        self.calls += 1
        if self.is_lost:
            raise LeaseLostError

    def check(self) -> None:
        self.writes += 1
        if self.is_lost or self.writes == self.lost_at:
            raise LeaseLostError


class OnlyBefore(Lease):
    """A hook that the transport cannot ask again: the rule under test is switched off."""

    check = None  # type: ignore[assignment]


@dataclass
class Receiver:
    """A server of one path, whose connections receive little at a time."""

    lease: Lease
    takes_lease: bool
    url: str = ""
    whole: int = 0
    broken: int = 0
    connections: int = 0
    first_pieces: list[bytes] = field(default_factory=list)
    ended: anyio.Event = field(default_factory=anyio.Event)

    async def talk(self, stream: SocketStream) -> None:
        self.connections += 1
        async with stream:
            while await self._receive(stream):
                self.whole += 1
                body = json.dumps(JOB).encode()
                head = f"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                await stream.send(head.encode() + body)

    async def _receive(self, stream: SocketStream) -> bool:
        """Receive a request; return whether it is whole."""
        data = bytearray()
        length: int | None = None
        while length is None or len(data) < length:
            try:
                piece = await stream.receive()
            except (anyio.EndOfStream, anyio.BrokenResourceError):
                self.broken += bool(data)
                self.ended.set()
                return False
            if not data:
                self.first_pieces.append(piece)
                self.lease.is_lost = self.takes_lease
            data += piece
            head, separator, _ = data.partition(b"\r\n\r\n")
            if length is None and separator:
                fields = dict(line.lower().split(b": ", 1) for line in bytes(head).split(b"\r\n")[1:])
                length = len(head) + 4 + int(fields[b"content-length"])
        return True


@asynccontextmanager
async def receiving(lease: Lease, *, takes_lease: bool = False) -> AsyncGenerator[Receiver]:
    listener = await anyio.create_tcp_listener(local_host="127.0.0.1", local_port=0)
    raw = listener.extra(SocketAttribute.raw_socket)
    # Connections have the buffer of their listener.
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
    receiver = Receiver(lease, takes_lease, f"http://127.0.0.1:{listener.extra(SocketAttribute.local_port)}")
    async with listener, anyio.create_task_group() as group:
        group.start_soon(listener.serve, receiver.talk)
        yield receiver
        group.cancel_scope.cancel()


async def submit(kipu: Any, program: str, lease: Any) -> Any:
    try:
        return await kipu.submit(program, device=DEVICE, shots=10, before_send=lease)
    except Exception as error:
        return error


@pytest.fixture(params=["httpx", "httpx2", "aiohttp"])
def library(request: pytest.FixtureRequest, anyio_backend: str) -> str:
    """The library that speaks to the network; aiohttp works on asyncio only."""
    name: str = request.param
    return "httpx" if (name, anyio_backend) == ("aiohttp", "trio") else name


def connect(library: str, url: str, **options: Any) -> Any:
    once = {"retry": RetryPolicy(attempts=1), "search": Search(tries=0)}
    return anyqpu.connect("kipu", base_url=url, token="t", transport=library, **{**once, **options})


async def test_a_request_is_not_finished_after_the_lease_is_lost(library: str) -> None:
    """The error is that of the check, the server has a part of the request, and the connection is not used again."""
    lease = Lease()
    async with (
        receiving(lease, takes_lease=True) as server,
        connect(library, server.url) as kipu,
    ):
        outcome = await submit(kipu, long_program(), lease)
        assert type(outcome) is LeaseLostError, outcome
        assert (lease.calls, server.whole) == (1, 0)
        server.takes_lease = lease.is_lost = False
        assert (await submit(kipu, BELL, lease)).id == "j1"
        assert (server.whole, server.connections) == (1, 2)
        with anyio.fail_after(5):
            # The end of the first connection may arrive later.
            await server.ended.wait()
    assert server.broken == 1


async def test_without_the_check_the_request_arrives_all_the_same(library: str) -> None:
    """The control of the test above."""
    lease = OnlyBefore()
    async with (
        receiving(lease, takes_lease=True) as server,
        connect(library, server.url) as kipu,
    ):
        assert (await submit(kipu, long_program(), lease)).id == "j1"
        assert lease.is_lost
        assert (server.whole, server.broken) == (1, 0)


async def test_a_lease_that_is_lost_before_a_write_stops_it(library: str) -> None:
    """Before the first, nothing arrives; before any other one, no whole request."""
    counted = Lease()
    program = long_program(60_000)
    async with receiving(counted) as server, connect(library, server.url) as kipu:
        assert (await submit(kipu, program, counted)).id == "j1"
        assert counted.writes > 3
        for number in range(1, counted.writes + 1):
            lease = Lease(lost_at=number)
            outcome = await submit(kipu, program, lease)
            assert type(outcome) is LeaseLostError, outcome
            assert lease.writes == number
        assert server.whole == 1


async def test_head_and_body_go_out_in_one_write(library: str) -> None:
    """Also without a hook: what the server receives first is the whole request."""
    lease = Lease()
    async with receiving(lease) as server, connect(library, server.url) as kipu:
        for hook in (lease, None):
            assert (await submit(kipu, BELL, hook)).id == "j1"
            assert json.loads(server.first_pieces[-1].partition(b"\r\n\r\n")[2])["shots"] == 10
        assert lease.writes == 1


async def test_every_attempt_passes_the_check(anyio_backend: str) -> None:
    """The hook is awaited once, the check is called for each attempt; a lost lease ends the retries."""
    lease = Lease()

    async def serve(seen: Seen) -> ServerResponse:
        lease.is_lost = len(seen_by) == 2
        seen_by.append(seen)
        return ServerResponse(429, b"{}", {"content-type": "application/json"})

    seen_by: list[Seen] = []
    policy = RetryPolicy(attempts=6, backoff=0.001)
    async with serving(serve) as server, connect("httpx", server.url, retry=policy) as kipu:
        outcome = await submit(kipu, BELL, lease)
    assert type(outcome) is LeaseLostError, outcome
    assert (lease.calls, lease.writes, len(seen_by)) == (1, 4, 3)


async def test_a_login_is_not_the_request(anyio_backend: str) -> None:
    """The hook comes after the login of the submit."""
    order: list[str] = []

    async def serve(seen: Seen) -> ServerResponse:
        order.append(seen.path)
        if seen.path == "/token":
            return ServerResponse.of_json({"access_token": "t", "token_type": "Bearer", "expires_in": 3600})
        return ServerResponse.of_json(JOB, 201)

    async def hook() -> None:
        order.append("hook")

    async with serving(serve) as server:
        login = {"username": "u", "password": "p", "client_id": "c", "auth_url": server.url + "/token"}
        async with anyqpu.connect("kipu", base_url=server.url, **login) as kipu:
            await kipu.submit(BELL, device=DEVICE, shots=10, before_send=hook)
    assert order == ["/token", "hook", "/jobs"]


async def test_what_the_hook_raises_comes_out_as_it_is(anyio_backend: str) -> None:
    """Also where it is an error of this library, or a `TimeoutError`, with its own cause."""
    cause = KeyError("cause")

    def hook_of(error: Exception) -> Any:
        async def hook() -> None:
            raise error from cause

        return hook

    raised: list[Exception] = [errors.ConnectError("mine"), errors.ServerError("mine"), TimeoutError("mine")]
    async with receiving(Lease()) as server, connect("httpx", server.url) as kipu:
        for error in [*raised, errors.SubmissionUnknownError("mine", dedup_key="k", since=None, until=None)]:  # type: ignore[arg-type]
            assert await submit(kipu, BELL, hook_of(error)) is error
            assert error.__cause__ is cause
    assert server.connections == 0


async def test_a_hook_that_does_not_end_ends_with_the_timeout(anyio_backend: str) -> None:
    """Nothing was sent, and the error says so."""
    async with receiving(Lease()) as server, connect("httpx", server.url) as kipu:
        with pytest.raises((errors.ConnectError, errors.ReadTimeoutError)) as caught:
            await kipu.submit(BELL, device=DEVICE, shots=10, timeout=0.2, before_send=anyio.sleep_forever)
    assert not isinstance(caught.value, errors.SubmissionUnknownError)
    assert server.connections == 0


async def test_a_transport_of_the_callers_own_is_guarded(anyio_backend: str) -> None:
    """The emulator in this process has no socket; the check comes before the request."""
    async with Emulator(speed="instant") as emulator:
        transport = httpx.ASGITransport(emulator.app)
        async with anyqpu.connect("kipu", emulator="http://127.0.0.1", transport=transport) as kipu:
            outcome = await submit(kipu, BELL, Lease(lost_at=1))
            assert type(outcome) is LeaseLostError
        assert emulator.effects(kind="job") == []

"""Clients of the emulated Rigetti, and an execution endpoint that does as it is told."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgpack
import pytest
import zmq

import anyqpu
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from tests.support.server import Reply, Seen

DEVICE = "Aspen-9"
X_ON_QUBIT_0 = "DECLARE ro BIT[2]\nX 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


@pytest.fixture
async def rigetti(anyio_backend: str) -> AsyncIterator[RigettiClient]:
    async with anyqpu.connect("rigetti", emulator=True) as client:
        yield client


@pytest.fixture
async def slow(anyio_backend: str) -> AsyncIterator[RigettiClient]:
    """A cloud whose clock stands still: what runs, runs for ever."""
    emulator = Emulator(speed="real", clock=ManualClock())
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("rigetti", emulator="http://127.0.0.1", transport=transport) as client:
        yield client


Answer = dict[str, Any] | bytes | None


@dataclass
class Room:
    """An execution endpoint: where it is, its keys, and every request that it got."""

    address: str
    keys: dict[str, str]
    seen: list[dict[str, Any]] = field(default_factory=list)
    connected: int = 0

    def engagement(self, **changes: Any) -> dict[str, Any]:
        return {
            "address": self.address,
            "endpointId": "e",
            "quantumProcessorIds": [DEVICE],
            "userId": "u",
            "expiresAt": "2099-01-01T00:00:00Z",
            "credentials": self.keys,
            **changes,
        }

    async def http(self, seen: Seen) -> Reply:
        """The HTTP part of the same cloud."""
        if seen.path == "/v1/engagements":
            return Reply.of_json(self.engagement())
        if seen.path.endswith(":translateNativeQuilToEncryptedBinary"):
            sources = [["ro[0]", "q0"], ["ro[1]", "q1"]]
            return Reply.of_json({"program": "p", "roSources": sources, "memoryDescriptors": {"theta": {"length": 2}}})
        return Reply.of_json({"id": DEVICE})


@contextmanager
def room(answer: Callable[[dict[str, Any]], Answer | type[Exception]]) -> Iterator[Room]:
    """An endpoint with CURVE that answers in a thread: a map, bytes as they are, or nothing; an exception closes it."""
    context = zmq.Context()
    server_public, server_secret = (key.decode() for key in zmq.curve_keypair())
    client_public, client_secret = (key.decode() for key in zmq.curve_keypair())
    router = context.socket(zmq.ROUTER)
    router.linger = 0
    router.curve_server = True
    router.curve_secretkey, router.curve_publickey = server_secret.encode(), server_public.encode()
    port = router.bind_to_random_port("tcp://127.0.0.1")
    keys = {"serverPublic": server_public, "clientPublic": client_public, "clientSecret": client_secret}
    here = Room(f"tcp://127.0.0.1:{port}", keys)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            if not router.poll(20):
                continue
            sender, content = router.recv_multipart()
            request = msgpack.unpackb(content)
            here.seen.append(request)
            said = answer(request)
            if isinstance(said, type):
                break
            if isinstance(said, dict):
                said = msgpack.packb({"id": request["id"], "jsonrpc": "2.0", **said})
            if said is not None:
                router.send_multipart([sender, said])
        router.close(0)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield here
    finally:
        stop.set()
        thread.join(5)
        context.destroy(0)


def reply(result: Any) -> dict[str, Any]:
    return {"_type": "RPCReply", "result": result}


def refusal(message: str) -> dict[str, Any]:
    return {"_type": "RPCError", "error": message}


def buffers(*values: bytes) -> dict[str, Any]:
    return {f"q{number}": {"shape": [len(data)], "dtype": "int8", "data": data} for number, data in enumerate(values)}

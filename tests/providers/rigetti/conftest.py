"""Clients of the emulated Rigetti, and a fake execution endpoint."""

from __future__ import annotations

import gc
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import msgpack
import pytest
import zmq

import anyqpu
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from tests.support.server import Seen, ServerResponse, serving

DEVICE = "Aspen-9"
X_ON_QUBIT_0 = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"


@pytest.fixture
async def rigetti(anyio_backend: str) -> AsyncIterator[RigettiClient]:
    async with anyqpu.connect("rigetti", emulator=True) as client:
        yield client


@pytest.fixture
async def slow(anyio_backend: str) -> AsyncIterator[RigettiClient]:
    """A client of an emulator whose clock stands still: a job that runs never ends."""
    emulator = Emulator(speed="real", clock=ManualClock())
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("rigetti", emulator="http://127.0.0.1", transport=transport) as client:
        yield client


@pytest.fixture
def clouds(request: pytest.FixtureRequest) -> Iterator[EmulatedClouds]:
    """An emulator in virtual time; a test parametrizes the options of `emulated`."""
    with emulated(**getattr(request, "param", {})) as clouds:
        yield clouds


Response = dict[str, Any] | bytes | None


@dataclass
class FakeEndpoint:
    """An execution endpoint: its address, its keys, and every request that it received."""

    address: str
    keys: dict[str, str]
    seen: list[dict[str, Any]] = field(default_factory=list)

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

    async def http(self, seen: Seen) -> ServerResponse:
        """Respond as the HTTP part of the same service."""
        if seen.path == "/v1/engagements":
            return ServerResponse.of_json(self.engagement())
        if seen.path.endswith(":translateNativeQuilToEncryptedBinary"):
            sources = [["ro[0]", "q0"], ["ro[1]", "q1"]]
            return ServerResponse.of_json(
                {"program": "p", "roSources": sources, "memoryDescriptors": {"theta": {"length": 2}}}
            )
        return ServerResponse.of_json({"id": DEVICE})


@contextmanager
def fake_endpoint(respond: Callable[[dict[str, Any]], Response | type[Exception]]) -> Iterator[FakeEndpoint]:
    """Serve an endpoint with CURVE in a thread; it sends a map, bytes, or nothing, and an exception closes it."""
    context = zmq.Context()
    server_public, server_secret = (key.decode() for key in zmq.curve_keypair())
    client_public, client_secret = (key.decode() for key in zmq.curve_keypair())
    router = context.socket(zmq.ROUTER)
    router.linger = 0
    router.curve_server = True
    router.curve_secretkey, router.curve_publickey = server_secret.encode(), server_public.encode()
    port = router.bind_to_random_port("tcp://127.0.0.1")
    keys = {"serverPublic": server_public, "clientPublic": client_public, "clientSecret": client_secret}
    endpoint = FakeEndpoint(f"tcp://127.0.0.1:{port}", keys)
    stop = threading.Event()

    def serve() -> None:
        while not stop.is_set():
            if not router.poll(20):
                continue
            sender, content = router.recv_multipart()
            request = msgpack.unpackb(content)
            endpoint.seen.append(request)
            response = respond(request)
            if isinstance(response, type):
                break
            if isinstance(response, dict):
                response = msgpack.packb({"id": request["id"], "jsonrpc": "2.0", **response})
            if response is not None:
                router.send_multipart([sender, response])
        router.close(0)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield endpoint
    finally:
        stop.set()
        thread.join(5)
        context.destroy(0)


@asynccontextmanager
async def client_of(
    respond: Callable[[dict[str, Any]], Any], **options: Any
) -> AsyncIterator[tuple[FakeEndpoint, RigettiClient]]:
    """Connect a client to a fake endpoint."""
    with fake_endpoint(respond) as endpoint:
        async with serving(endpoint.http) as server:
            async with anyqpu.connect("rigetti", base_url=server.url, access_token="t", **options) as client:
                yield endpoint, client


async def submitted(client: RigettiClient, **options: Any) -> anyqpu.Job:
    return await client.submit(X_ON_QUBIT_0, device=DEVICE, shots=2, **options)


def open_connections() -> int:
    """Return how many connections to execution endpoints this process has open."""
    gc.collect()
    return sum(
        isinstance(resource, zmq.Socket) and not resource.closed and resource.type == zmq.DEALER
        for resource in gc.get_objects()
    )


class Requests(anyqpu.Hooks):
    """Counts the requests of a client by operation."""

    def __init__(self) -> None:
        self.count: Counter[str] = Counter()

    def on_request(self, event: Any) -> None:
        self.count[event.operation] += 1


def reply(result: Any) -> dict[str, Any]:
    return {"_type": "RPCReply", "result": result}


def refusal(message: str) -> dict[str, Any]:
    return {"_type": "RPCError", "error": message}


def buffers(*values: bytes) -> dict[str, Any]:
    return {f"q{number}": {"shape": [len(data)], "dtype": "int8", "data": data} for number, data in enumerate(values)}

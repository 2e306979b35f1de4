"""Programs over ZeroMQ with the keys of an engagement, as a client of the real endpoint talks."""

from __future__ import annotations

import gc
import sys
import threading
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import anyio.to_thread
import httpx
import msgpack
import numpy as np
import pytest
import zmq

from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock

from .conftest import BELL, ME, rigetti
from .document import check

pytestmark = pytest.mark.anyio
PARAMETRIC = (
    "DECLARE ro BIT[2]\nDECLARE theta REAL[2]\n"
    "RX(pi/2) 0\nRZ(theta[1]) 0\nRX(-pi/2) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
)


class Connection:
    """A DEALER socket; each call blocks."""

    def __init__(self, socket: zmq.Socket[bytes]) -> None:
        self.socket = socket

    def raw(self, frames: list[bytes], timeout: float = 10) -> list[bytes]:
        self.socket.send_multipart(frames)
        if not self.socket.poll(timeout * 1000):
            raise TimeoutError
        return self.socket.recv_multipart()

    def call(self, method: str, *args: object, timeout: float = 10, **params: object) -> dict:
        number = str(uuid.uuid4())
        if args:
            params["*args"] = list(args)
        request = {"_type": "RPCRequest", "jsonrpc": "2.0", "id": number, "method": method, "params": params}
        [content] = self.raw([msgpack.packb(request)], timeout)
        reply = msgpack.unpackb(content)
        assert reply["id"] == number
        return reply

    def result(self, method: str, *args: object, **params: object) -> object:
        reply = self.call(method, *args, **params)
        assert reply["_type"] == "RPCReply", reply
        return reply["result"]

    def error(self, method: str, *args: object, **params: object) -> str:
        reply = self.call(method, *args, **params)
        assert reply["_type"] == "RPCError", reply
        return reply["error"]


@contextmanager
def connected(address: str, keys: dict[str, str]) -> Iterator[Connection]:
    with zmq.Context() as context, context.socket(zmq.DEALER) as socket:
        socket.linger = 0
        socket.curve_publickey = keys["clientPublic"].encode()
        socket.curve_secretkey = keys["clientSecret"].encode()
        socket.curve_serverkey = keys["serverPublic"].encode()
        socket.connect(address)
        yield Connection(socket)


async def engage(client: httpx.AsyncClient, **body: object) -> dict:
    response = await client.post("/v1/engagements", json=body or {"quantumProcessorId": "Aspen-9"})
    check("CreateEngagement", response)
    assert response.status_code == 200
    return response.json()


async def translate(client: httpx.AsyncClient, quil: str, shots: int = 100, processor: str = "Aspen-9") -> dict:
    path = f"/v1/quantumProcessors/{processor}:translateNativeQuilToEncryptedBinary"
    response = await client.post(path, json={"quil": quil, "numShots": shots})
    assert response.status_code == 200, response.text
    return response.json()


@asynccontextmanager
async def ready(emulator: Emulator, quil: str, shots: int = 100) -> AsyncIterator[tuple[dict, dict]]:
    """A translated program and an engagement."""
    async with rigetti(emulator) as client:
        yield await translate(client, quil, shots), await engage(client)


def qpu_request(translated: dict, **memory: list[float]) -> dict:
    request = {"_type": "QPURequest", "id": str(uuid.uuid4()), "program": translated["program"]}
    return {**request, "patch_values": memory}


def outcomes(buffers: dict, translated: dict) -> dict[str, np.ndarray]:
    by_source = {}
    for target, name in translated["roSources"]:
        buffer = buffers[name]
        by_source[target] = np.frombuffer(buffer["data"], dtype=buffer["dtype"]).reshape(buffer["shape"])
    return by_source


async def test_a_bell_pair_from_end_to_end(emulator: Emulator) -> None:
    async with ready(emulator, BELL, 1000) as (translated, engagement):

        def run() -> None:
            with connected(engagement["address"], engagement["credentials"]) as connection:
                request = qpu_request(translated)
                job = connection.result("execute_qpu_request", request=request, priority=1, user=None)
                measured = outcomes(connection.result("get_buffers", job, wait=True), translated)
                assert measured["ro[0]"].shape == (1000,)
                assert 400 < measured["ro[0]"].sum() < 600
                np.testing.assert_array_equal(measured["ro[0]"], measured["ro[1]"])
                whole = connection.result("get_execution_results", job)
                assert whole["_type"] == "GetExecutionResultsResponse"
                assert whole["execution_duration_microseconds"] >= 0
                np.testing.assert_array_equal(outcomes(whole["buffers"], translated)["ro[1]"], measured["ro[1]"])

        await anyio.to_thread.run_sync(run)
        async with rigetti(emulator) as client:
            [job] = (await client.get("http://emulator/_control/state")).json()["jobs"]
            assert (job["cloud"], job["backend"], job["status"], job["shots"]) == (
                *("rigetti", "Aspen-9", "COMPLETED", 1000),
            )
            details = (await client.get(f"http://emulator/_control/jobs/rigetti/{job['id']}")).json()
            assert details["program"].split() == BELL.split()


async def test_parameters(emulator: Emulator) -> None:
    async with ready(emulator, PARAMETRIC) as (translated, engagement):

        def run() -> None:
            with connected(engagement["address"], engagement["credentials"]) as connection:
                for angle, ones in ((0.0, 0), (np.pi, 100)):
                    request = qpu_request(translated, theta=[0.0, angle], unknown=[1.0])
                    job = connection.result("execute_qpu_request", request, 1, None)
                    measured = outcomes(connection.result("get_buffers", job), translated)
                    assert (measured["ro[0]"].sum(), measured["ro[1]"].sum()) == (ones, 0)

        await anyio.to_thread.run_sync(run)


async def test_what_goes_wrong_is_an_error_never_silence(emulator: Emulator) -> None:
    async with ready(emulator, PARAMETRIC) as (translated, engagement), rigetti(emulator) as client:
        other = await translate(client, "X 0", processor="Aspen-M-3")

        def run() -> None:
            with connected(engagement["address"], engagement["credentials"]) as connection:
                for method in ("get_buffers", "get_execution_results"):
                    assert "no job" in connection.error(method, "nothing")
                    assert "no job" in connection.error(method, job_id=5)
                    assert "job_id" in connection.error(method)
                assert "no method" in connection.error("fly")
                for program in ("", "%", "AAAAAAAAAAAAAAAA", translated["program"][:-4]):
                    assert connection.error("execute_qpu_request", qpu_request({"program": program}))
                for request in (None, 5, {}, {"program": 5}):
                    assert connection.error("execute_qpu_request", request=request)
                for values in ([1.0, 2.0, 3.0], ["x"], 5, [float("inf"), float("nan")]):
                    assert connection.error("execute_qpu_request", qpu_request(translated, theta=values))  # type: ignore[arg-type]
                assert "Aspen-M-3" in connection.error("execute_qpu_request", qpu_request(other))
                for content in (b"", b"\xc1", msgpack.packb([1]), msgpack.packb({})):
                    [response] = connection.raw([content])
                    assert msgpack.unpackb(response)["_type"] == "RPCError"
                # The empty frame of a REQ socket comes back.
                empty, response = connection.raw([b"", msgpack.packb({"method": "fly"})])
                assert (empty, msgpack.unpackb(response)["_type"]) == (b"", "RPCError")

        await anyio.to_thread.run_sync(run)


async def test_a_program_that_is_too_large(emulator: Emulator) -> None:
    nodes = [10 * octagon + corner for octagon in range(4) for corner in range(8)]
    quil = "DECLARE ro BIT\n" + "".join(f"H {node}\n" for node in nodes) + "MEASURE 0 ro\n"
    async with ready(emulator, quil) as (translated, engagement):

        def run() -> None:
            with connected(engagement["address"], engagement["credentials"]) as connection:
                job = connection.result("execute_qpu_request", qpu_request(translated))
                assert "20" in connection.error("get_buffers", job)

        await anyio.to_thread.run_sync(run)


async def test_waiting_for_the_clock(clock: ManualClock) -> None:
    async with Emulator(speed="real", clock=clock) as emulator:
        async with ready(emulator, BELL) as (translated, engagement):

            def run() -> None:
                with connected(engagement["address"], engagement["credentials"]) as connection:
                    job = connection.result("execute_qpu_request", qpu_request(translated))
                    assert "not over" in connection.error("get_buffers", job, wait=False)
                    emulator.wait_for_computations(10)
                    began = time.monotonic()
                    timer = threading.Timer(0.2, clock.advance, [60])
                    timer.start()
                    whole = connection.result("get_execution_results", job)
                    assert time.monotonic() - began > 0.15
                    assert whole["execution_duration_microseconds"] >= 3_000_000
                    timer.join()

            await anyio.to_thread.run_sync(run)


async def test_engagements(clock: ManualClock) -> None:
    async with Emulator(clock=clock) as emulator:
        async with rigetti(emulator) as client:
            body = {"endpointId": "aspen-9-default", "quantumProcessorId": "ignored", "tags": ["a"]}
            first = await engage(client, **body, accountId="emulator-lab", accountType="group")
            second = await engage(client)
            assert first["expiresAt"] == "2026-01-01T00:15:00Z"
            assert (first["accountId"], first["accountType"], first["userId"]) == ("emulator-lab", "group", ME)
            assert (first["tags"], first["quantumProcessorIds"]) == (["a"], ["Aspen-9"])
            assert first["address"] == second["address"]
            keys = [item["credentials"] for item in (first, second)]
            assert keys[0]["serverPublic"] == keys[1]["serverPublic"]
            assert keys[0]["clientPublic"] != keys[1]["clientPublic"]

            def run() -> None:
                stranger = dict(
                    zip(("clientPublic", "clientSecret"), (k.decode() for k in zmq.curve_keypair()), strict=True)
                )
                with connected(first["address"], {**keys[0], **stranger}) as connection, pytest.raises(TimeoutError):
                    connection.call("get_buffers", "x", timeout=0.5)
                with connected(first["address"], keys[0]) as connection:
                    assert "no job" in connection.error("get_buffers", "x")
                    clock.advance(15 * 60)
                    assert "expired" in connection.error("get_buffers", "x")

            await anyio.to_thread.run_sync(run)


def server_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "anyqpu-emulator-zmq"}


async def test_the_thread_ends_with_the_emulator() -> None:
    before = server_threads()
    async with Emulator() as emulator:
        async with rigetti(emulator) as client:
            # Those of earlier emulators may end meanwhile.
            assert not server_threads() - before
            await engage(client)
            await engage(client)
            [mine] = server_threads() - before
    await anyio.to_thread.run_sync(mine.join, 5.0)
    assert not mine.is_alive()


async def test_the_thread_of_a_forgotten_emulator_ends() -> None:
    before = server_threads()
    emulator = Emulator()
    async with rigetti(emulator) as client:
        await engage(client)
        [mine] = server_threads() - before
    del emulator, client
    gc.collect()
    await anyio.to_thread.run_sync(mine.join, 5.0)
    assert not mine.is_alive()


@pytest.mark.parametrize("module", ["zmq", "msgpack"])
async def test_missing_packages_are_named(emulator: Emulator, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    monkeypatch.delitem(sys.modules, "anyqpu_emulator.clouds.rigetti.endpoint", raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    async with rigetti(emulator) as client:
        response = await client.post("/v1/engagements", json={"quantumProcessorId": "Aspen-9"})
        check("CreateEngagement", response)
        assert response.status_code == 501
        assert module in response.json()["message"]

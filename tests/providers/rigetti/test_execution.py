"""Programs over ZeroMQ: on the emulator with real keys, and on fake endpoints."""

from __future__ import annotations

import gc
import math
import os
import pickle
import socket
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx
import msgpack
import pytest
import zmq

import anyqpu
from anyqpu import JobStatus, errors
from anyqpu.providers.rigetti import RigettiClient, execution, rpc
from anyqpu.testing import EmulatedClouds
from anyqpu.transport import zeromq
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from tests.support.server import Seen, ServerResponse, serving

from .conftest import (
    DEVICE,
    X_ON_QUBIT_0,
    FakeEndpoint,
    Requests,
    Response,
    buffers,
    client_of,
    fake_endpoint,
    open_connections,
    refusal,
    reply,
    submitted,
)

pytestmark = pytest.mark.anyio


async def test_x_on_qubit_0_gives_the_same_key_as_everywhere(rigetti: RigettiClient, tmp_path: Path) -> None:
    file = tmp_path / "x.quil"
    file.write_text(X_ON_QUBIT_0)
    job = await rigetti.submit(file, device=DEVICE, shots=100, name="x", tags=["mine"])
    assert (job.status, job.name, job.tags, job.shots) == (JobStatus.RUNNING, "x", ("mine",), 100)
    assert (job.device_id, job.input_format, job.created_at is not None) == (DEVICE, "quil", True)
    result = await job.result(timeout=30)
    assert result.counts == {"01": 100}
    assert result.counts.bit_labels == ("ro[1]", "ro[0]")
    assert result.items[0].samples == ("01",) * 100
    assert result.execution_time is not None
    done = await job.refresh()
    assert (done.status, done.raw_status, done.name) == (JobStatus.COMPLETED, "executed", "x")
    assert (await rigetti.job(job.id)).status is JobStatus.COMPLETED
    assert rigetti.capabilities.jobs


async def test_memory_and_registers(rigetti: RigettiClient) -> None:
    program = (
        "DECLARE a BIT[2]\nDECLARE b BIT\nDECLARE theta REAL[2]\n"
        "RX(pi/2) 0\nRZ(theta[1]) 0\nRX(-pi/2) 0\nMEASURE 0 b\nMEASURE 0 a[0]\nMEASURE 1 a[1]\n"
    )
    job = await rigetti.submit(program, device=DEVICE, shots=10, patch_values={"theta": [0.0, math.pi]})
    result = await job.result(timeout=30)
    assert result.items[0].registers == {"a": {"01": 10}, "b": {"1": 10}}
    # In the order of declaration, whichever was measured first: a is the rightmost.
    assert result.counts == {"101": 10}
    assert result.counts.bit_labels == ("b[0]", "a[1]", "a[0]")
    zero = await (await rigetti.submit(program, device=DEVICE, shots=10)).result(timeout=30)
    assert zero.items[0].registers == {"a": {"00": 10}, "b": {"0": 10}}


async def test_a_large_result(rigetti: RigettiClient) -> None:
    program = "DECLARE ro BIT[8]\n" + "".join(f"RX(pi/2) {q}\nMEASURE {q} ro[{q}]\n" for q in range(8))
    counts = (await (await rigetti.submit(program, device=DEVICE, shots=50_000)).result(timeout=60)).counts
    assert (counts.shots, len(counts)) == (50_000, 256)


async def test_events_and_a_job_that_fails(rigetti: RigettiClient) -> None:
    job = await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
    assert [event.status async for event in job.events(timeout=30)][-1] is JobStatus.COMPLETED
    wide = "DECLARE ro BIT\n" + "".join(f"RX(pi/2) {8 * o + 2 * o + q}\n" for o in range(4) for q in range(8))
    failing = await rigetti.submit(wide + "MEASURE 0 ro\n", device=DEVICE, shots=10)
    with pytest.raises(errors.JobFailedError, match="20") as caught:
        await failing.result(timeout=30)
    assert caught.value.handle == failing.handle


async def test_verbs_that_rigetti_lacks(rigetti: RigettiClient) -> None:
    job = await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
    with pytest.raises(errors.UnsupportedOperationError, match=r"no way to cancel.*reservation can be cancelled"):
        await job.cancel()
    with pytest.raises(errors.UnsupportedOperationError, match="resume"):
        rigetti.jobs()
    with pytest.raises(errors.UnsupportedOperationError, match=r"no sessions.*reserve"):
        await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=10, session="s")  # type: ignore[arg-type]
    with pytest.raises(errors.UnsupportedOperationError, match="reserve"):
        rigetti.sessions()
    with pytest.raises(errors.NotFoundError, match=r"this client has no job 'x'.*resume"):
        await rigetti.job("x")


@pytest.mark.parametrize("package", ["zmq", "msgpack"])
async def test_without_the_extra(rigetti: RigettiClient, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
    job = await rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
    monkeypatch.setitem(sys.modules, package, None)
    assert not rigetti.spec.current_capabilities().jobs
    async with anyqpu.connect("rigetti", access_token="t", base_url="http://127.0.0.1:1") as another:
        assert not another.capabilities.jobs
    attempts: list[Callable[[], Any]] = [
        lambda: rigetti.submit(X_ON_QUBIT_0, device=DEVICE, shots=10),
        lambda: rigetti.resume(job.handle),
        job.refresh,
        lambda: rigetti.job(job.id),
    ]
    for attempt in attempts:
        with pytest.raises(errors.UnsupportedOperationError, match=r"pip install 'anyqpu\[rigetti\]'"):
            await attempt()
    assert (await rigetti.device(DEVICE)).num_qubits == 32


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shots": None}, "say how many shots"),
        ({"timeout": -1}, "timeout is in seconds"),
        ({"program": "OPENQASM 2.0;\nqreg q[1];\n"}, "take Quil"),
        ({"patch_values": {"nu": [1]}}, "no memory 'nu' to fill; it has theta"),
        ({"patch_values": {"theta": [1]}}, "theta takes 2 numbers, not 1"),
        ({"patch_values": {"theta": [1, math.inf]}}, "finite numbers"),
        ({"patch_values": {"theta": ["1", True]}}, "finite numbers"),
    ],
)
async def test_bad_input_is_refused(anyio_backend: str, change: dict[str, Any], message: str) -> None:
    program = "DECLARE theta REAL[2]\nRX(pi/2) 0\nRZ(theta[0]) 0\nRX(-pi/2) 0\n" + X_ON_QUBIT_0
    options: dict[str, Any] = {"program": program, "device": DEVICE, "shots": 10} | change
    requests = Requests()
    async with anyqpu.connect("rigetti", emulator=True, hooks=requests) as rigetti:
        with pytest.raises(errors.ValidationError, match=message):
            await rigetti.submit(options.pop("program"), **options)
    # What the memory takes is known after the translation; everything else is checked before any request.
    looked_up = {"GetQuantumProcessor", "GetQuantumProcessorAccessors", "GetDefaultEndpoint"}
    assert set(requests.count) <= (
        looked_up | {"TranslateNativeQuilToEncryptedBinary"} if "patch_values" in change else set()
    )


# Another process


async def test_a_second_client_picks_the_job_up(anyio_backend: str) -> None:
    emulator = Emulator(speed="instant")
    transports = [InProcess(lambda: (emulator.app, lambda: None)) for _ in range(2)]
    options: dict[str, Any] = {"emulator": "http://127.0.0.1"}
    async with anyqpu.connect("rigetti", transport=transports[0], **options) as first:
        job = await first.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
        grant = await first.engage(DEVICE)
        for text in (str(job.handle), job.handle.to_json(), repr(job)):
            assert grant.credentials.client_secret.reveal() not in text
            assert grant.credentials.client_public not in text
        handles = [str(job.handle), job.handle.to_json()]
        unpickled = pickle.loads(pickle.dumps(job))
        assert unpickled.handle == job.handle
    async with anyqpu.connect("rigetti", transport=transports[1], **options) as second:
        for handle in handles:
            resumed = await second.resume(handle)
            assert (resumed.id, resumed.device_id, resumed.shots) == (job.id, DEVICE, 10)
            assert (await resumed.result(timeout=30)).counts == {"01": 10}
        assert (await second.job(job.id)).status is JobStatus.COMPLETED
        gone = anyqpu.JobHandle("rigetti", "nothing", decode=job.handle.decode)
        with pytest.raises(errors.NotFoundError, match="cannot be resumed: its endpoint does not know it any more"):
            await second.resume(gone)
        moved = {**job.handle.decode, "endpoint": "ep_gone"}
        with pytest.raises(errors.NotFoundError, match="cannot be resumed: endpoint ep_gone is gone"):
            await second.resume(anyqpu.JobHandle("rigetti", "x", decode=moved))
        for bad in ({}, {**job.handle.decode, "ro_sources": [["ro"]]}, {**job.handle.decode, "device": 5}):
            with pytest.raises(errors.ValidationError, match="does not say where its job is"):
                await second.resume(anyqpu.JobHandle("rigetti", "x", decode=bad))
        with pytest.raises(errors.ValidationError, match="has no 'batch'"):
            await second.resume("anyqpu:rigetti:batch:x")
    await anyio.to_thread.run_sync(emulator.close)


# Waiting


async def test_a_wait_that_ends_or_is_cancelled_leaves_nothing(slow: RigettiClient) -> None:
    job = await slow.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
    assert (await job.refresh()).raw_status == "executing"
    gc.collect()
    before = set(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else set()
    for _ in range(2):
        with pytest.raises(errors.WaitTimeoutError, match="still running") as caught:
            await job.wait(timeout=0.4)
        assert caught.value.handle == job.handle
        with anyio.move_on_after(0.2):
            await job.wait()
        with anyio.move_on_after(0.1):
            await job.wait(cancel_remote=True)
    assert open_connections() == 0
    with suppress(FileNotFoundError):
        assert len(set(os.listdir("/proc/self/fd")) - before) < 3


async def test_closing_the_client_ends_its_waits(anyio_backend: str) -> None:
    emulator = Emulator(speed="real", clock=ManualClock())
    transport = InProcess(lambda: (emulator.app, emulator.close))
    client: RigettiClient = anyqpu.connect("rigetti", emulator="http://127.0.0.1", transport=transport)
    job = await client.submit(X_ON_QUBIT_0, device=DEVICE, shots=10)
    ended: list[BaseException] = []

    async def wait() -> None:
        try:
            await job.wait()
        except errors.ClientStateError as error:
            ended.append(error)

    with anyio.fail_after(30):
        async with anyio.create_task_group() as group:
            for _ in range(3):
                group.start_soon(wait)
            await anyio.sleep(0.6)
            await client.aclose()
    assert len(ended) == 3
    assert open_connections() == 0
    with pytest.raises(errors.ClientStateError):
        await job.refresh()


GOOD = {"_type": "GetExecutionResultsResponse", "buffers": buffers(b"\x01\x00", b"\x00\x00")}


async def test_what_is_sent(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        return reply("job-1" if request["method"] == "execute_qpu_request" else GOOD)

    requests = Requests()
    async with client_of(respond, hooks=requests) as (here, client):
        job = await submitted(client, patch_values={"theta": (1, 2)})
        assert (await job.result(timeout=10)).items[0].samples == ("01", "00")
    # One engagement for both.
    assert requests.count["CreateEngagement"] == 1
    first, second = here.seen
    assert (first["_type"], first["jsonrpc"], first["method"]) == ("RPCRequest", "2.0", "execute_qpu_request")
    request = first["params"].pop("request")
    assert first["params"] == {"priority": 1, "user": None}
    assert (request["_type"], request["program"], request["patch_values"]) == ("QPURequest", "p", {"theta": [1.0, 2.0]})
    assert (second["method"], second["params"]) == ("get_execution_results", {"job_id": "job-1"})
    assert first["id"] != second["id"]


async def test_an_older_endpoint_has_buffers_only(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        match request["method"]:
            case "execute_qpu_request":
                return reply("job-1")
            case "get_buffers":
                return reply(GOOD["buffers"])
        return refusal("Received invalid method 'get_execution_results'")

    async with client_of(respond) as (_, client):
        result = await (await submitted(client)).result(timeout=10)
        assert (result.counts, result.execution_time) == ({"00": 1, "01": 1}, None)


@pytest.mark.parametrize("clouds", [{"time": "manual"}], indirect=True)
async def test_a_hundred_waits_share_one_connection_and_some_are_cancelled(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=0, run=600)
    async with clouds.connect("rigetti") as client:
        job = await submitted(client)
        await anyio.to_thread.run_sync(clouds.emulator.wait_for_computations, 10)
        done: list[anyqpu.Job] = []
        scopes: list[anyio.CancelScope] = []

        async def wait() -> None:
            with anyio.CancelScope() as scope:
                scopes.append(scope)
                done.append(await job.wait())

        with anyio.fail_after(40):
            async with anyio.create_task_group() as group:
                for _ in range(100):
                    group.start_soon(wait)
                # All of them poll once, sleep, and then wait on the connection.
                await anyio.sleep(1.0)
                clouds.advance(5)
                await anyio.sleep(0.5)
                assert (open_connections(), len(done)) == (1, 0)
                for scope in scopes[:10]:
                    scope.cancel()
                    await anyio.sleep(0.01)
                clouds.advance(600)
        assert [item.status for item in done] == [JobStatus.COMPLETED] * 90
        assert open_connections() == 0


async def test_all_requests_on_a_connection_get_their_responses(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        return reply(request["params"]["job_id"])

    async with client_of(respond) as (here, client):
        engagement = await client.engage(DEVICE)
        connections = zeromq.Connections("rigetti", rpc.read)
        connection = await connections.acquire(engagement.address, engagement.credentials)
        replies: dict[str, Any] = {}

        async def ask(number: int) -> None:
            replies[str(number)] = await connection.ask(*rpc.request("echo", job_id=str(number)))

        with anyio.fail_after(30):
            async with anyio.create_task_group() as group:
                for number in range(500):
                    group.start_soon(ask, number)
        connections.release(connection)
        assert {name: item.result for name, item in replies.items()} == {str(n): str(n) for n in range(500)}
        assert len(here.seen) == 500


# Endpoints that are not what they should be


async def refused_with(here: FakeEndpoint, kind: type[errors.AnyQPUError], match: str, **changes: Any) -> None:
    """Check that a submit with a changed engagement is refused, and that nothing reaches the endpoint."""

    async def respond(seen: Seen) -> ServerResponse:
        if seen.path == "/v1/engagements":
            return ServerResponse.of_json(here.engagement(**changes))
        return await here.http(seen)

    async with serving(respond) as server:
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="t") as client:
            with anyio.fail_after(30), pytest.raises(kind, match=match) as caught:
                await submitted(client)
            assert caught.value.provider == "rigetti"
            assert open_connections() == 0
    assert here.seen == []


async def test_a_wrong_server_key_is_an_error_at_once(anyio_backend: str) -> None:
    other = zmq.curve_keypair()[0].decode()
    with fake_endpoint(lambda _: reply("job")) as here:
        keys = {**here.keys, "serverPublic": other}
        await refused_with(here, errors.AuthenticationError, "does not have the key", credentials=keys)


async def test_invalid_keys(anyio_backend: str) -> None:
    with fake_endpoint(lambda _: reply("job")) as here:
        for wrong in ("short", "é" * 40):
            keys = {**here.keys, "serverPublic": wrong}
            await refused_with(here, errors.ConnectError, "cannot connect to", credentials=keys)
        missing = {**here.keys, "serverPublic": ""}
        await refused_with(here, errors.UnexpectedResponseError, "'serverPublic' is missing", credentials=missing)


async def test_an_invalid_secret_key_is_not_shown(anyio_backend: str) -> None:
    public = zmq.curve_keypair()[0].decode()
    keys = zeromq.CurveKeys(public, public, anyqpu_secret("canary-" * 5))
    with pytest.raises(errors.ConnectError, match="cannot connect to") as caught:
        await zeromq.Connections("rigetti", rpc.read).acquire("tcp://127.0.0.1:1", keys)
    shown = "".join(traceback.TracebackException.from_exception(caught.value, capture_locals=True).format())
    assert "canary" not in shown.replace('anyqpu_secret("canary-" * 5)', "") + repr(caught.value) + repr(keys)
    assert caught.value.__context__ is None


async def test_addresses_that_lead_nowhere(anyio_backend: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with fake_endpoint(lambda _: reply("job")) as here:
        await refused_with(here, errors.ConnectError, "no server at", address=f"tcp://127.0.0.1:{port}")
        await refused_with(here, errors.ConnectError, "cannot connect", address="tcp://127.0.0.1")
        for address in ("ipc:///tmp/x", "inproc://x", "http://x", ""):
            await refused_with(
                here, errors.UnexpectedResponseError, "not a tcp:// address|'address' is missing", address=address
            )


async def test_a_server_that_is_silent_or_speaks_another_protocol(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zeromq, "HANDSHAKE_SECONDS", 0.3)
    with fake_endpoint(lambda _: reply("job")) as here, socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        address = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        await refused_with(here, errors.ConnectError, "did not respond within 0.3 s", address=address)

    async def shout(stream: anyio.abc.SocketStream) -> None:
        async with stream:
            with suppress(anyio.EndOfStream, anyio.BrokenResourceError):
                await stream.receive()
                await stream.send(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 10)

    listener = await anyio.create_tcp_listener(local_host="127.0.0.1")
    with fake_endpoint(lambda _: reply("job")) as here:
        async with listener, anyio.create_task_group() as group:
            group.start_soon(listener.serve, shout)
            port = listener.extra(anyio.abc.SocketAttribute.local_port)
            kinds: Any = (errors.AuthenticationError, errors.ConnectError)
            await refused_with(here, kinds, "127", address=f"tcp://127.0.0.1:{port}")
            group.cancel_scope.cancel()


async def test_keys_that_the_endpoint_refuses_are_replaced_once(anyio_backend: str) -> None:
    emulator = Emulator(speed="instant")
    inner = httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://e/rigetti")
    public, secret = (key.decode() for key in zmq.curve_keypair())
    wrong_replies = [1]

    async def respond(seen: Seen) -> ServerResponse:
        kept = {name: value for name, value in seen.headers.items() if name not in {"host", "content-length"}}
        response = await inner.request(seen.method, seen.target, headers=kept, content=seen.body)
        body = response.json()
        if seen.path.endswith("/engagements") and wrong_replies[0]:
            wrong_replies[0] -= 1
            body["credentials"] |= {"clientPublic": public, "clientSecret": secret}
        return ServerResponse.of_json(body, response.status_code)

    requests = Requests()
    async with inner, serving(respond) as server:
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="emulator", hooks=requests) as rigetti:
            # An engagement may end early: another one is requested, once.
            job = await submitted(rigetti)
            assert (await job.result(timeout=10)).counts.shots == 2
            assert requests.count["CreateEngagement"] == 2
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="emulator", hooks=requests) as rigetti:
            wrong_replies[0], requests.count["CreateEngagement"] = 5, 0
            with (
                anyio.fail_after(30),
                pytest.raises(errors.AuthenticationError, match="does not accept our key") as caught,
            ):
                await submitted(rigetti)
            assert requests.count["CreateEngagement"] == 2
    assert secret not in repr(caught.value)
    await anyio.to_thread.run_sync(emulator.close)


def anyqpu_secret(text: str) -> Any:
    from anyqpu.transport.secret import Secret

    return Secret(text)


LOST: dict[str, tuple[Callable[[dict[str, Any]], Any], dict[str, Any]]] = {
    "the connection breaks": (lambda _: RuntimeError, {}),
    "no response": (lambda _: None, {"timeout": 0.3}),
    "a message that is not msgpack": (lambda _: b"\xc1garbage", {}),
    "a list": (lambda _: b"\x90", {}),
    "a strange type": (lambda _: {"_type": "Surprise"}, {}),
    "no id": (lambda _: reply(None), {}),
    "an id of another kind": (lambda _: reply(["x"]), {}),
}


@pytest.mark.parametrize(("respond", "options"), LOST.values(), ids=LOST)
async def test_a_program_whose_response_is_lost_is_not_sent_again(
    anyio_backend: str, respond: Callable[[dict[str, Any]], Any], options: dict[str, Any]
) -> None:
    async with client_of(respond) as (here, client):
        with anyio.fail_after(30), pytest.raises(errors.SubmissionUnknownError) as caught:
            await submitted(client, key="sweep-7.c12", **options)
        assert [request["method"] for request in here.seen] == ["execute_qpu_request"]
        assert caught.value.key == "sweep-7.c12"
        assert here.seen[0]["params"]["request"]["id"] in str(caught.value)
        assert open_connections() == 0


async def test_a_program_that_is_refused(anyio_backend: str) -> None:
    async with client_of(lambda _: refusal("the program is\n\x1b[31mdamaged")) as (here, client):
        with pytest.raises(errors.APIError, match=r"refused the program: the program is \[31mdamaged"):
            await submitted(client)
        assert len(here.seen) == 1


async def test_an_engagement_that_is_over_is_replaced_once(anyio_backend: str) -> None:
    said: list[str] = []

    def respond(request: dict[str, Any]) -> Response:
        said.append(request["method"])
        return reply("job-1") if len(said) == 2 else refusal("the engagement has expired; create another")

    async with client_of(respond) as (_, client):
        assert (await submitted(client)).id == "job-1"
        assert said == ["execute_qpu_request"] * 2
    said.clear()
    async with client_of(lambda _: refusal("the engagement has expired")) as (here, client):
        with pytest.raises(errors.APIError, match="expired"):
            await submitted(client)
        assert len(here.seen) == 2


async def test_resuming_a_job_on_a_busy_endpoint_ends_in_time(anyio_backend: str) -> None:
    async def busy(seen: Seen) -> ServerResponse:
        return ServerResponse(503)

    async with client_of(lambda _: reply("job-1")) as (_, client):
        # The other client speaks to another address, which a handle's address would forbid.
        handle = replace((await submitted(client)).handle, base_url=None)
    options: dict[str, Any] = {"timeout": anyqpu.Timeouts(total=0.3), "poll": anyqpu.PollPolicy(floor=0.01)}
    async with serving(busy) as server:
        async with anyqpu.connect("rigetti", base_url=server.url, access_token="t", **options) as second:
            with anyio.fail_after(30), pytest.raises(errors.WaitTimeoutError, match=r"within 0\.3 s: it is busy"):
                await second.resume(handle)


async def test_an_engagement_that_cannot_be_replaced_is_not_an_unknown_outcome(anyio_backend: str) -> None:
    requests = Requests()
    with fake_endpoint(lambda _: refusal("the engagement has expired")) as endpoint:

        async def respond(seen: Seen) -> ServerResponse:
            return ServerResponse(500) if requests.count["CreateEngagement"] > 1 else await endpoint.http(seen)

        policy = anyqpu.PollPolicy(floor=0.01, growth=0, max_errors=1)
        options: dict[str, Any] = {"access_token": "t", "poll": policy, "hooks": requests}
        async with serving(respond) as server, anyqpu.connect("rigetti", base_url=server.url, **options) as client:
            with anyio.fail_after(30), pytest.raises(errors.ServerError):
                await submitted(client)
        assert len(endpoint.seen) == 1


async def test_an_endpoint_has_a_minute_to_accept_a_program(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "ACCEPT_SECONDS", 0.3)
    async with client_of(lambda _: None) as (endpoint, client):
        with anyio.fail_after(30), pytest.raises(errors.SubmissionUnknownError, match=r"no response within 0\.3 s"):
            await submitted(client)
        assert len(endpoint.seen) == 1


@pytest.mark.parametrize(
    ("said", "message", "truth"),
    [
        (
            "RuntimeError('there is no such job')\nTraceback (most recent call last):\n  x",
            "there is no such job",
            "no_such_job",
        ),
        ("RPCMethodError(\"Received invalid method 'fly'\")", "Received invalid method 'fly'", "no_such_method"),
        ("the engagement has expired", "the engagement has expired", "expired"),
        ("job x not found", "job x not found", "no_such_job"),
        ("Traceback (most recent call last)", "the endpoint does not give a reason", None),
        (5, "the endpoint does not give a reason", None),
        ("too hot: it expired", "too hot: it expired", None),
    ],
)
def test_errors_as_rpcq_sends_them(said: object, message: str, truth: str | None) -> None:
    id, refused = rpc.read(msgpack.packb({"_type": "RPCError", "id": "1", "error": said}))
    assert id == "1"
    assert isinstance(refused, rpc.RpcError)
    assert refused.message == message
    assert {name for name in ("no_such_job", "no_such_method", "expired") if getattr(refused, name)} == {truth} - {None}


@pytest.mark.parametrize(
    ("said", "kind", "match"),
    [
        (refusal("job job-1 failed: too hot"), errors.JobFailedError, "too hot"),
        (reply({"buffers": buffers(b"\x01")}), errors.ResultDecodeError, "no buffer 'q1'|1 outcomes"),
        (reply({"buffers": 5}), errors.ResultDecodeError, "not a map"),
        (reply([1]), errors.ResultDecodeError, "no buffers"),
        (refusal("there is no job 'job-1'"), errors.NotFoundError, "cannot be resumed"),
        (b"\xc1", errors.UnexpectedResponseError, "not msgpack"),
    ],
)
async def test_invalid_results(anyio_backend: str, said: Response, kind: type[errors.AnyQPUError], match: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        return reply("job-1") if request["method"] == "execute_qpu_request" else said

    async with client_of(respond) as (_, client):
        job = await submitted(client)
        with anyio.fail_after(30), pytest.raises(kind, match=match):
            await job.result()


async def test_an_endpoint_that_goes_away_is_not_waited_for_without_end(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Any:
        return reply("job-1") if request["method"] == "execute_qpu_request" else RuntimeError

    async with client_of(respond, poll=anyqpu.PollPolicy(floor=0.01, growth=0, max_errors=3)) as (here, client):
        job = await submitted(client)
        with anyio.fail_after(30), pytest.raises(errors.ConnectError, match="no server at"):
            await job.wait()
        # It closed the connection at the first poll, and was gone for the others.
        assert len(here.seen) == 2


async def test_a_response_that_is_too_large_is_not_read(anyio_backend: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zeromq, "MESSAGE_LIMIT", 1000)
    async with client_of(lambda _: reply("x" * 5000)) as (here, client):
        with anyio.fail_after(30), pytest.raises(errors.SubmissionUnknownError, match="broke"):
            await submitted(client)
        assert len(here.seen) == 1


async def test_results_that_do_not_come_are_requested_again(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "LONG_POLL_S", 0.3)
    polls = 0

    def respond(request: dict[str, Any]) -> Response:
        nonlocal polls
        if request["method"] == "execute_qpu_request":
            return reply("job-1")
        polls += 1
        return reply(GOOD) if polls > 3 else None

    async with client_of(respond, poll=anyqpu.PollPolicy(floor=0.01, growth=0)) as (_, client):
        job = await submitted(client)
        assert (await job.wait(timeout=20)).status is JobStatus.COMPLETED
        assert polls == 4

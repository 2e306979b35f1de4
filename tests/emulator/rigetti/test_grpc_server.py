"""The port for gRPC: when it opens and closes, who may use it, and where clients find its address."""

from __future__ import annotations

import gc
import json
import logging
import socket
import sys
import threading
import time
import tomllib

import anyio.to_thread
import grpc
import httpx
import pytest

from anyqpu_emulator import Emulator, server
from anyqpu_emulator.faults import Fault, FaultError
from anyqpu_emulator.grpc_port import GrpcPort
from anyqpu_emulator.server import ServeError, running

from .conftest import rigetti
from .document import check
from .grpc_calls import ANKAA, FLIP, Caller, calling, outcomes

ACCESSORS = f"/v1/quantumProcessors/{ANKAA}/accessors"
METHODS = ["TranslateQuilToEncryptedControllerJob", "ExecuteControllerJob", "GetControllerJobResults"]
TIMEOUT = 60.0


def server_threads() -> set[threading.Thread]:
    return {thread for thread in threading.enumerate() if thread.name == "anyqpu-emulator-http2"}


# ---- addresses


@pytest.mark.anyio
async def test_the_address_is_found_over_http(emulator: Emulator) -> None:
    async with rigetti(emulator) as client:
        response = await client.get(ACCESSORS)
        check("GetQuantumProcessorAccessors", response)
        accessors = response.json()["accessors"]
        url = emulator.grpc_port.url()
        assert {accessor["url"] for accessor in accessors} == {url}
        # What a client takes: live, a gateway, of the lowest rank.
        gateways = [one for one in accessors if one["live"] and one["accessType"] == "gateway.v1"]
        assert min(gateways, key=lambda one: one["rank"])["id"] == "first"
        # Others that it must not take come before it.
        assert accessors[0] != gateways[0]
        assert len(gateways) < len(accessors)
        default = (await client.get(f"/v1/quantumProcessors/{ANKAA}/endpoints:getDefault")).json()
        assert (default["addresses"], default["quantumProcessorIds"]) == ({"grpc": url}, [ANKAA])
        assert (await client.get("/v1/endpoints/aspen-9-default")).json()["addresses"] == {}
        assert (await client.get("/v1/quantumProcessors/Aspen-9/accessors")).json()["accessors"] == []

        def run() -> None:
            with calling(emulator) as caller:
                [job] = caller.run()
                assert outcomes(caller.result(job), "q3") == [1] * 100

        await anyio.to_thread.run_sync(run)
        state = (await client.get("http://127.0.0.1/_control/state")).json()
        [job] = state["jobs"]
        assert (job["backend"], job["kind"], job["status"]) == (ANKAA, "execution", "COMPLETED")


def test_a_served_emulator_has_one_too() -> None:
    with running() as url, httpx.Client(base_url=f"{url}/rigetti", headers={"authorization": "Bearer x"}) as client:
        [address] = {accessor["url"] for accessor in client.get(ACCESSORS).json()["accessors"]}
        assert address.startswith("http://127.0.0.1:")
        with grpc.insecure_channel(address.removeprefix("http://")) as channel:
            caller = Caller(channel, "x")
            assert caller.result(caller.run()[0]).status == 1
        # A request is in the log a moment after its response.
        while (entries := client.get(f"{url}/_control/requests").json()["requests"])[0]["operation"] != METHODS[-1]:
            time.sleep(0.01)
        assert [entry["operation"] for entry in reversed(entries[:3])] == METHODS
    with grpc.insecure_channel(address.removeprefix("http://")) as channel:
        assert Caller(channel, "x").fails("CancelControllerJobs", quantum_processor_id=ANKAA)[0] == "UNAVAILABLE"


@pytest.mark.parametrize(
    ("host", "reached_by", "expected"),
    [
        ("127.0.0.1", "emulator", "127.0.0.1"),
        ("0.0.0.0", "emulator", "emulator"),
        ("0.0.0.0", "", "127.0.0.1"),
        ("::1", "", "[::1]"),
        ("::", "::1", "[::1]"),
    ],
)
def test_an_address_is_that_by_which_clients_come(host: str, reached_by: str, expected: str) -> None:
    port = GrpcPort(lambda: None, set(), "")
    port.choose(host)
    try:
        assert port.open()
        assert (port.url(reached_by) or "").rpartition(":")[0] == f"http://{expected}"
    finally:
        port.close()


# ---- settings of the official clients


def served(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **options: object) -> dict:
    """What `serve` prints for Rigetti."""
    monkeypatch.setattr("uvicorn.Server.run", lambda self, sockets: None)
    server.serve(as_json=True, **options)
    return json.loads(capsys.readouterr().out)["clouds"]["rigetti"]


def test_files_and_variables_agree(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    printed = served(monkeypatch, capsys, port=0)
    profile = tomllib.loads(printed["files"]["settings.toml"])["profiles"]["default"]
    assert printed["grpc"].startswith("http://127.0.0.1:")
    assert profile["grpc_api_url"] == printed["environment"]["QCS_SETTINGS_APPLICATIONS_GRPC_URL"] == printed["grpc"]
    assert profile["api_url"] == printed["environment"]["QCS_SETTINGS_APPLICATIONS_API_URL"] == printed["url"]
    payload = tomllib.loads(printed["files"]["secrets.toml"])["credentials"]["default"]["token_payload"]
    assert payload["access_token"].count(".") == 2


def test_the_port_is_the_next_one_or_a_free_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    port = free_pair()
    assert served(monkeypatch, capsys, port=port)["grpc"] == f"http://127.0.0.1:{port + 1}"
    with socket.create_server(("127.0.0.1", port + 1)):
        other = served(monkeypatch, capsys, port=port)["grpc"]
        assert other != f"http://127.0.0.1:{port + 1}"
        with pytest.raises(ServeError, match=f"port {port + 1} on 127.0.0.1 is in use.*--grpc-port"):
            server.serve(port=port, grpc_port=port + 1)
    assert served(monkeypatch, capsys, port=0, grpc_port=port)["grpc"] == f"http://127.0.0.1:{port}"


def free_pair() -> int:
    """A free port, after which another one is free."""
    while True:
        with socket.create_server(("127.0.0.1", 0)) as first:
            port: int = first.getsockname()[1]
            try:
                with socket.create_server(("127.0.0.1", port + 1)):
                    return port
            except OSError:
                continue


# ---- what reaches the port


def test_other_protocols_hosts_and_paths(emulator: Emulator) -> None:
    assert emulator.grpc_port.open()
    address = (emulator.grpc_port.url() or "").removeprefix("http://")
    for content in (b"GET / HTTP/1.1\r\nhost: x\r\n\r\n", b"\x00" * 100, b"\x16\x03\x01" + b"\xff" * 100):
        host, _, port = address.partition(":")
        with socket.create_connection((host, int(port)), timeout=TIMEOUT) as connection:
            connection.sendall(content)
            while connection.recv(1000):
                pass
    with calling(emulator, options=[("grpc.default_authority", "evil.example")]) as caller:
        code, _message = caller.fails("CancelControllerJobs", quantum_processor_id=ANKAA)
        # gRPC has no status for 421.
        assert code == "UNKNOWN"
        assert not emulator.request_log.entries
    with calling(emulator) as caller:
        for path in ("/services.controller.Controller/Fly", "/services.nothing.Nothing/Fly"):
            call = caller.channel.unary_unary(path)
            with pytest.raises(grpc.RpcError) as refused:
                call(b"", metadata=caller.metadata, timeout=TIMEOUT)
            assert refused.value.code() is grpc.StatusCode.UNIMPLEMENTED
        call = caller.channel.unary_unary("/services.controller.Controller/ExecuteControllerJob")
        with pytest.raises(grpc.RpcError) as refused:
            call(b"\xff\xff\xff", metadata=caller.metadata, timeout=TIMEOUT)
        assert refused.value.code() is grpc.StatusCode.INTERNAL
        with pytest.raises(grpc.RpcError) as refused:
            call(b"\0" * (33 << 20), metadata=caller.metadata, timeout=TIMEOUT)
        assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED
        # The server serves on.
        assert caller.run()


def test_a_host_that_is_allowed() -> None:
    with Emulator(allow_hosts=["emulator"]) as emulator:
        with calling(emulator, options=[("grpc.default_authority", "emulator:8788")]) as caller:
            assert caller.run()


def test_tokens_are_not_logged(emulator: Emulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with calling(emulator, "canary-of-mine") as caller:
        assert caller.run()
    assert "canary-of-mine" not in caplog.text


# ---- its life


def test_it_opens_when_it_is_needed_and_closes_with_the_emulator() -> None:
    before = server_threads()
    with Emulator() as emulator:
        assert (emulator.grpc_port.url(), server_threads() - before) == (None, set())
        with calling(emulator) as caller:
            assert caller.run()
        [thread] = server_threads() - before
        emulator.faults.add(operation="ExecuteControllerJob", stuck="queued")
        with calling(emulator) as caller:
            [job] = caller.run()
            held = caller.start("GetControllerJobResults", job_execution_id=job, quantum_processor_id=ANKAA)
            caller.status(job)
            emulator.close()
            assert not thread.is_alive()
            assert held.exception().code() is grpc.StatusCode.UNAVAILABLE
    assert not emulator.grpc_port.open()


def test_the_thread_of_a_forgotten_emulator_ends() -> None:
    before = server_threads()
    emulator = Emulator()
    with calling(emulator) as caller:
        assert caller.run()
    [thread] = server_threads() - before
    emulator.wait_for_computations(10)
    del emulator, caller
    # The server may still have the last call in hand.
    for _ in range(100):
        gc.collect()
        thread.join(0.1)
        if not thread.is_alive():
            break
    assert not thread.is_alive()


def test_a_reset_keeps_the_address(emulator: Emulator) -> None:
    with calling(emulator) as caller:
        job = caller.translate(FLIP).job
        [made] = caller.execute(job)
        emulator.reset()
        assert caller.fails("GetControllerJobStatus", job_id=made, quantum_processor_id=ANKAA)[0] == "NOT_FOUND"
        assert caller.run()
        assert len(emulator.jobs()) == 1


@pytest.mark.anyio
@pytest.mark.parametrize("module", ["h2", "google.protobuf"])
async def test_without_its_packages_the_emulator_serves_all_else(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, module: str
) -> None:
    for loaded in ("anyqpu_emulator.http2", "h2.connection", "h2.config"):
        monkeypatch.delitem(sys.modules, loaded, raising=False)
    monkeypatch.setitem(sys.modules, module, None)
    async with Emulator() as emulator, rigetti(emulator) as client:
        for _ in range(2):
            assert (await client.get(ACCESSORS)).json()["accessors"] == []
        assert (await client.get("/v1/endpoints/ankaa-3-default")).json()["addresses"] == {}
    [line] = [record.getMessage() for record in caplog.records if "gRPC" in record.getMessage()]
    assert "anyqpu[emulator]" in line
    assert module in line


# ---- faults


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"grpc_status": "UNAVAILIBLE"}, "did you mean 'UNAVAILABLE'"),
        ({"grpc_status": "OK"}, "should be one of"),
        ({"grpc_status": "INTERNAL", "status": 503}, "leave out one of the two"),
        ({"grpc_status": "INTERNAL", "drop": "after"}, "has no response"),
    ],
)
def test_invalid_faults(values: dict, words: str) -> None:
    with pytest.raises(FaultError, match=words):
        Fault(operation="ExecuteControllerJob", **values)

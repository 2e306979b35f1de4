"""Every fault, on every cloud, as the real client meets it; and what is said of faults that make no sense."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

import anyqpu
from anyqpu import PollPolicy, RetryPolicy, Search, errors
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.faults import Fault, FaultError, read_file, read_many
from anyqpu_emulator.operations import find, table
from anyqpu_emulator.server import running
from scripts import emulator_operations

from .conftest import BELL, CLOUDS
from .pasqal.helpers import FLIP

pytestmark = pytest.mark.anyio

QUICK = PollPolicy(floor=0.005, growth=0.0)
ONCE = RetryPolicy(attempts=1)
SPECS = Path(__file__).parents[2] / "specs"
# How each cloud lists its devices, makes a job and returns one.
LISTS = {
    "scaleway": "ListPlatforms",
    "kipu": "getBackends",
    "pasqal": "list_devices",
    "rigetti": "ListQuantumProcessors",
}
PROGRAMS: dict[str, tuple[Any, str, str, str]] = {
    "scaleway": (BELL, "EMU-AER-16C-128M", "CreateJob", "GetJob"),
    "kipu": (BELL, "kipu.sim.qsim", "createJob", "* /quantum/jobs/*"),
    "pasqal": (FLIP, "EMU_FREE", "create_batch", "* /core-fast/api/*/*/*"),
}


@asynccontextmanager
async def client_of(cloud: str, emulator: Emulator, **options: Any) -> AsyncIterator[Any]:
    transport = InProcess(lambda: (emulator.app, lambda: None))
    options = {"retry": ONCE, "search": Search(tries=3, pause=0.01), **options}
    async with anyqpu.connect(cloud, emulator=True, transport=transport, **options) as client:  # type: ignore[call-overload]
        yield client


async def submit(cloud: str, client: Any) -> anyqpu.Job:
    program, device, _, _ = PROGRAMS[cloud]
    job: anyqpu.Job = await client.submit(program, device=device, shots=10, name="faulty")
    return job


def test_the_file_of_operations_is_up_to_date() -> None:
    """If not, run `python -m scripts.regenerate`."""
    written = (SPECS.parent / emulator_operations.FILE).read_text(encoding="utf-8")
    assert written == emulator_operations.content()


def test_the_table_of_operations_is_that_of_the_documents() -> None:
    for cloud in CLOUDS:
        document = json.loads((SPECS / cloud / "final.json").read_text())
        written = {
            (method.upper(), path, operation["operationId"])
            for path, item in document["paths"].items()
            for method, operation in item.items()
            if isinstance(operation, dict) and "operationId" in operation
        }
        operations = {
            (operation.method, operation.path, operation.name) for operation in table() if operation.cloud == cloud
        }
        for method, path, name in written:
            assert any(
                operation[0] == method and operation[1].endswith(path) and operation[2] == name
                for operation in operations
            ), name
        beside = {name for _, _, name in operations} - {name for _, _, name in written}
        grpc = {"TranslateQuilToEncryptedControllerJob", "GetQuantumProcessorQuilCalibrationProgram"}
        grpc |= {"ExecuteControllerJob", "BatchExecuteControllerJobs", "CancelControllerJobs"}
        grpc |= {"GetControllerJobStatus", "GetControllerJobResults"}
        assert beside <= {"token", "download", "discovery", "keys", "authorize"} | grpc
    assert find("POST", "/rigetti//v1/endpoints/e:restart") == next(e for e in table() if e.name == "RestartEndpoint")
    assert find("GET", "/kipu/quantum/nosuch") is None


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, errors.APIError),
        (401, errors.AuthenticationError),
        (403, errors.PermissionDeniedError),
        (404, errors.NotFoundError),
        (409, errors.ConflictError),
        (429, errors.RateLimitedError),
        (500, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.ServiceUnavailableError),
    ],
)
async def test_statuses_in_each_clouds_words(emulator: Emulator, cloud: str, status: int, error: type) -> None:
    emulator.faults.add(operation=LISTS[cloud], status=status, message="because of a test")
    async with client_of(cloud, emulator) as client:
        with pytest.raises(error) as caught:
            await client.devices().collect()
    assert caught.value.status_code == status
    if cloud != "scaleway":
        assert "because of a test" in str(caught.value)


@pytest.mark.parametrize("cloud", CLOUDS)
async def test_bodies_are_the_clouds_own(emulator: Emulator, cloud: str) -> None:
    emulator.faults.add(operation=LISTS[cloud], status=503)
    keys = {
        "scaleway": {"message", "type"},
        "kipu": {"type", "title", "status", "detail", "instance"},
        "pasqal": {"status", "message", "code", "data"},
        "rigetti": {"code", "message", "requestId"},
    }
    path = next(operation.path for operation in table() if operation.name == LISTS[cloud])
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as client:
        response = await client.get(path)
        assert (response.status_code, set(response.json())) == (503, keys[cloud])
        assert response.headers["x-request-id"]


@pytest.mark.parametrize("cloud", ["kipu", "pasqal", "rigetti"])
async def test_token_endpoints_fail_in_oauths_words(emulator: Emulator, cloud: str) -> None:
    emulator.faults.add(cloud=cloud, operation="token", status=503)
    path = next(operation.path for operation in table() if operation.name == "token" and operation.cloud == cloud)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as client:
        assert (await client.post(path)).json()["error"] == "temporarily_unavailable"


@pytest.mark.parametrize("cloud", CLOUDS)
@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"drop": "before"}, errors.ProtocolError),
        ({"drop": "after"}, errors.ProtocolError),
        ({"body": "truncated"}, errors.ProtocolError),
        ({"body": "html"}, errors.UnexpectedResponseError),
        ({"body": "garbage"}, errors.UnexpectedResponseError),
        ({"text": "[1, 2"}, errors.UnexpectedResponseError),
        ({"status": 502, "body": "html"}, errors.ServerError),
        ({"status": 200, "body": "empty"}, errors.UnexpectedResponseError),
    ],
    ids=str,
)
async def test_broken_responses(emulator: Emulator, cloud: str, fault: dict[str, Any], error: type) -> None:
    emulator.faults.add(operation=LISTS[cloud], **fault)
    async with client_of(cloud, emulator) as client:
        with pytest.raises(error):
            await client.devices().collect()
    assert emulator.request_log.view(1)[0]["faults"]


@pytest.mark.parametrize("cloud", CLOUDS)
async def test_what_passes_is_tried_again(emulator: Emulator, cloud: str) -> None:
    ids = [
        emulator.faults.add(operation=LISTS[cloud], status=503, retry_after=0, count=1),
        emulator.faults.add(operation=LISTS[cloud], drop="before", count=1, after=1),
        emulator.faults.add(operation=LISTS[cloud], body="truncated", count=1, after=2),
    ]
    async with client_of(cloud, emulator, retry=RetryPolicy(backoff=0.001)) as client:
        assert await client.devices().collect()
    assert [emulator.faults.fired(id) for id in ids] == [1, 1, 1]


@pytest.mark.parametrize("cloud", PROGRAMS)
@pytest.mark.parametrize(
    "fault",
    [{"drop": "after"}, {"body": "truncated"}, {"status": 502, "body": "html", "when": "after"}],
    ids=["dropped", "cut off", "bad gateway"],
)
async def test_a_lost_response_to_a_submit_makes_no_second_job(
    emulator: Emulator, cloud: str, fault: dict[str, Any]
) -> None:
    emulator.faults.add(operation=PROGRAMS[cloud][2], count=1, **fault)
    async with client_of(cloud, emulator) as client:
        job = await submit(cloud, client)
        assert [item["id"] for item in emulator.jobs()] == [job.id]
        assert (await job.result(timeout=20, poll=QUICK)).counts.shots == 10


@pytest.mark.parametrize("cloud", PROGRAMS)
async def test_a_submit_that_never_arrived_is_not_sent_again(emulator: Emulator, cloud: str) -> None:
    fault = emulator.faults.add(operation=PROGRAMS[cloud][2], drop="before")
    async with client_of(cloud, emulator) as client:
        with pytest.raises(errors.SubmissionUnknownError):
            await submit(cloud, client)
    assert (emulator.faults.fired(fault), emulator.jobs()) == (1, [])


@pytest.mark.parametrize("cloud", PROGRAMS)
@pytest.mark.parametrize("stuck", ["queued", "running"])
async def test_a_stuck_job_ends_the_wait_in_time(emulator: Emulator, cloud: str, stuck: str) -> None:
    emulator.faults.add(cloud=cloud, stuck=stuck, count=1)
    async with client_of(cloud, emulator) as client:
        job = await submit(cloud, client)
        with anyio.fail_after(30):
            while str(job.status) != stuck:
                await anyio.sleep(0.005)
                job = await job.refresh()
        with pytest.raises(errors.WaitTimeoutError) as caught:
            await job.wait(timeout=0.05, poll=QUICK)
        assert str(caught.value.last_status) == stuck
        emulator.move(job.id, None)
        assert (await job.result(timeout=20, poll=QUICK)).counts.shots == 10
        other = await submit(cloud, client)
        assert (await other.result(timeout=20, poll=QUICK)).counts.shots == 10


@pytest.mark.parametrize("cloud", PROGRAMS)
async def test_an_unknown_status_ends_the_wait_with_its_word(emulator: Emulator, cloud: str) -> None:
    async with client_of(cloud, emulator) as client:
        emulator.faults.add(cloud=cloud, stuck=True)
        job = await submit(cloud, client)
        emulator.faults.add(cloud=cloud, unknown_status="PAUSED")
        with anyio.fail_after(30), pytest.raises(errors.UnexpectedStatusError, match="PAUSED"):
            await job.wait(timeout=15, poll=QUICK)


@pytest.mark.parametrize("cloud", PROGRAMS)
async def test_a_late_result_is_waited_for(clock: ManualClock, cloud: str) -> None:
    async with Emulator(seed=7, clock=clock) as emulator:
        emulator.faults.add(cloud=cloud, late=0.5)
        async with client_of(cloud, emulator) as client:
            job = await submit(cloud, client)
            assert str((await job.wait(timeout=20, poll=QUICK)).status) == "completed"
            with anyio.move_on_after(0.2) as too_soon:
                await job.result(timeout=20, poll=QUICK)
            assert too_soon.cancelled_caught
            await anyio.to_thread.run_sync(clock.advance, 0.5)
            assert (await job.result(timeout=20, poll=QUICK)).counts.shots == 10


@pytest.mark.parametrize("cloud", CLOUDS)
async def test_rate_limits_have_headers_and_go_by_the_clock(cloud: str, clock: ManualClock) -> None:
    with Emulator(clock=clock, faults=[Fault(cloud=cloud, rate_limit=(2, 60))]) as emulator:
        path = next(operation.path for operation in table() if operation.name == LISTS[cloud])
        async with httpx.AsyncClient(transport=httpx.ASGITransport(emulator.app), base_url="http://emulator") as client:
            responses = [await client.get(path) for _ in range(3)]
            assert [response.headers["x-ratelimit-remaining"] for response in responses] == ["1", "0", "0"]
            assert [response.status_code == 429 for response in responses] == [False, False, True]
            assert responses[-1].headers["retry-after"] == "60"
            emulator.clock.advance(60)
            assert (await client.get(path)).status_code != 429


async def test_a_client_obeys_retry_after(emulator: Emulator) -> None:
    emulator.faults.add(operation="getBackends", status=429, retry_after=1, count=1)
    async with client_of("kipu", emulator, retry=RetryPolicy(backoff=0.001)) as kipu:
        begun = anyio.current_time()
        await kipu.devices().collect()
        assert anyio.current_time() - begun >= 1


async def test_delays(emulator: Emulator) -> None:
    emulator.faults.add(operation="getBackends", delay=0.1, count=1)
    emulator.faults.add(operation="getBackends", delay=0.1, count=1, when="after")
    async with client_of("kipu", emulator) as kipu:
        begun = anyio.current_time()
        await kipu.devices().collect()
        assert anyio.current_time() - begun >= 0.2


async def test_a_jump_of_the_clock_expires_tokens() -> None:
    with Emulator() as emulator:
        before = emulator.clock.wall()
        emulator.faults.add(operation="getBackends", clock=301, count=1)
        async with client_of("kipu", emulator, username="u", password="p", client_id="c") as kipu:
            assert await kipu.devices().collect()
        assert emulator.clock.wall() - before > 300
        calls = [request["operation"] for request in reversed(emulator.request_log.view())]
        assert calls == ["token", "getBackends", "token", "getBackends"]


async def test_probability_count_and_after_repeat_with_the_seed() -> None:
    patterns: list[list[int]] = []
    for seed in (1, 1, 2):
        with Emulator(seed=seed) as emulator:
            fault = emulator.faults.add(operation="getBackends", status=500, probability=0.5, after=3, count=4)
            transport = httpx.ASGITransport(emulator.app)
            async with httpx.AsyncClient(transport=transport, base_url="http://emulator") as client:
                responses = [(await client.get("/kipu/quantum/backends")).status_code for _ in range(20)]
            patterns.append(responses)
            assert responses[:3] == [200, 200, 200]
            assert responses.count(500) == emulator.faults.fired(fault) == 4
            assert emulator.faults.view()[0]["spent"]
    assert patterns[0] == patterns[1] != patterns[2]


def test_over_a_socket_too() -> None:
    faults = [
        Fault(operation="getBackends", drop="before", count=1),
        Fault(operation="getBackends", drop="after", count=1, after=1),
        Fault(operation="getBackends", body="truncated", count=1, after=2),
    ]
    with running(faults=faults) as url, httpx.Client(base_url=url) as client:
        for words in (
            "without sending a response",
            "without sending a response",
            "incomplete|without sending complete",
        ):
            with pytest.raises(httpx.RemoteProtocolError, match=words):
                client.get("/kipu/quantum/backends")
        assert client.get("/kipu/quantum/backends").status_code == 200


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"operation": "creatJob", "status": 500}, "did you mean 'createJob'"),
        ({"cloud": "kipu", "operation": "ListPlatforms", "status": 500}, "unknown operation 'ListPlatforms' of kipu"),
        ({"cloud": "kpu", "status": 500}, "did you mean 'kipu'"),
        ({"statuss": 500}, "did you mean 'status'"),
        ({"operation": "FETCH /x", "status": 500}, "invalid method"),
        ({"operation": "GET x", "status": 500}, "invalid path"),
        ({"status": 42}, "HTTP status"),
        ({"status": True}, "HTTP status"),
        ({}, "no effect"),
        ({"probability": 2, "status": 500}, r"faults\[0\].probability: .* from 0 to 1"),
        ({"count": 0, "drop": "after"}, "at least 1"),
        ({"after": "x", "drop": "after"}, "whole number"),
        ({"drop": "sometimes"}, "before, after"),
        ({"drop": "after", "status": 500}, "cannot be with it"),
        ({"body": "htlm"}, "did you mean 'html'"),
        ({"body": "html", "text": "x"}, "leave out one"),
        ({"retry_after": 1, "delay": 1}, "needs a status"),
        ({"rate_limit": 5}, r"\[requests, seconds\]"),
        ({"rate_limit": [5, 0]}, "more than 0"),
        ({"rate_limit": [5, 1], "status": 500}, "make two faults"),
        ({"stuck": True, "delay": 1}, "make two faults"),
        ({"stuck": "held"}, "queued, running"),
        ({"clock": -5}, "from 0"),
        ({"delay": float("nan")}, "number from 0"),
        ({"unknown_status": 3}, "a text"),
        ([], "should be an object"),
    ],
    ids=str,
)
def test_an_invalid_fault_is_an_error(fault: Any, words: str) -> None:
    with pytest.raises(FaultError, match=words):
        read_many([fault])


def test_files(tmp_path: Path) -> None:
    toml = tmp_path / "faults.toml"
    toml.write_text(
        '[[faults]]\noperation = "createJob"\ndrop = "after"\ncount = 1\n[[faults]]\nrate_limit = [10, 1]\n'
    )
    assert read_file(toml) == [Fault(operation="createJob", drop="after", count=1), Fault(rate_limit=(10, 1))]
    other = tmp_path / "faults.json"
    other.write_text('[{"operation": "* /kipu/*", "status": 503}]')
    assert read_file(other) == [Fault(operation="* /kipu/*", status=503)]
    other.write_text('{"faults": [], "more": 1}')
    for content, words in (
        ('{"faults": [], "x": 1}', "no 'x' here"),
        ("{", "is not JSON"),
        ('{"faults": 3}', "a list"),
    ):
        other.write_text(content)
        with pytest.raises(FaultError, match=words):
            read_file(other)
    with pytest.raises(FaultError, match="cannot read"):
        read_file(tmp_path / "nosuch.toml")


def test_a_fault_is_added_whole_or_in_fields(emulator: Emulator) -> None:
    first = emulator.faults.add(Fault(status=500))
    with pytest.raises(FaultError, match="not both"):
        emulator.faults.add(Fault(status=500), count=1)
    assert emulator.faults.clear(first) == 1
    assert emulator.faults.clear(first) == 0
    emulator.faults.add(status=500)
    assert (emulator.faults.clear(), emulator.faults.view()) == (1, [])


async def test_faults_of_rigettis_executions(emulator: Emulator) -> None:
    quil = "DECLARE ro BIT[1]\nRX(pi) 0\nMEASURE 0 ro[0]\n"
    emulator.faults.add(operation="execute_qpu_request", status=500, message="a cable is loose", count=1)
    emulator.faults.add(operation="execute_qpu_request", stuck=True, count=1)
    lost = emulator.faults.add(operation="get_buffers", drop="after")
    gone = emulator.faults.add(operation="get_execution_results", drop="before")
    async with client_of("rigetti", emulator) as rigetti:
        with pytest.raises(errors.AnyQPUError, match="a cable is loose"):
            await rigetti.submit(quil, device="Aspen-9", shots=10)
        job = await rigetti.submit(quil, device="Aspen-9", shots=10)
        with pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=0.5)
        assert emulator.jobs()[0]["status"] == "QUEUED"
        emulator.move(job.id, None)
        with pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=1.5)
        assert emulator.faults.fired(lost) + emulator.faults.fired(gone) > 0
        emulator.faults.clear()
        assert (await job.result(timeout=20)).counts.shots == 10

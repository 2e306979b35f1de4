"""Programs over gRPC: on the emulator, and on a fake service made with grpcio."""

from __future__ import annotations

import hashlib
import math
import os
import pickle
import struct
import sys
import threading
import uuid
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import anyio
import grpc
import pytest
from anyqpu_grpc.rigetti import controller_pb2 as controller

import anyqpu
from anyqpu import JobStatus, RetryPolicy, errors
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.testing import emulated
from anyqpu_emulator.server import running
from tests.providers.rigetti.conftest import Requests
from tests.providers.rigetti.gateway import DEVICE, PROGRAM, SUCCEEDED, World, gateway, refuse, result
from tests.support.grpc_server import GrpcCall

pytestmark = pytest.mark.anyio

Code = grpc.StatusCode
Status = controller.GetControllerJobStatusResponse
FLIP = "DECLARE ro BIT[2]\nRX(pi) 0\nMEASURE 0 ro[0]\nMEASURE 1 ro[1]\n"
TURN = "DECLARE ro BIT\nDECLARE theta REAL\nRX(pi/2) 0\nRZ(theta) 0\nRX(-pi/2) 0\nMEASURE 0 ro\n"


@pytest.fixture
async def rigetti(anyio_backend: str) -> AsyncIterator[RigettiClient]:
    async with anyqpu.connect("rigetti", emulator=True) as client:
        yield client


async def submitted(client: RigettiClient, **options: Any) -> anyqpu.Job:
    return await client.submit(PROGRAM, device=DEVICE, shots=3, **options)


# On the emulator


async def test_a_program_runs_and_its_bits_are_named(rigetti: RigettiClient) -> None:
    job = await rigetti.submit(FLIP, device="Ankaa-3", shots=100, name="x", tags=["mine"])
    assert (job.name, job.tags, job.shots, job.device_id) == ("x", ("mine",), 100, "Ankaa-3")
    outcome = await job.result(timeout=30)
    assert outcome.counts == {"01": 100}
    assert outcome.counts.bit_labels == ("ro[1]", "ro[0]")
    assert outcome.items[0].samples == ("01",) * 100
    assert outcome.execution_time is not None
    done = await job.refresh()
    assert (done.status, done.raw_status) == (JobStatus.COMPLETED, "SUCCEEDED")
    assert (await rigetti.job(job.id)).status is JobStatus.COMPLETED
    assert await done.cancel() is done


async def test_a_sweep_is_one_batch(rigetti: RigettiClient) -> None:
    """RX(pi/2) RZ(theta) RX(-pi/2) is a rotation by theta: 0 gives 0, and pi gives 1."""
    patches = [{"theta": theta} for theta in (0.0, math.pi, 0.0)]
    batch = await rigetti.submit(TURN, device="Ankaa-3", shots=20, patch_values=patches)
    assert (batch.jobs_count, batch.is_over, len({job.id for job in batch.jobs})) == (3, False, 3)
    outcomes = await batch.results(timeout=30)
    assert [dict(outcome.counts) for outcome in outcomes.values()] == [{"0": 20}, {"1": 20}, {"0": 20}]
    assert (outcomes.complete, outcomes.batch.status) == (True, JobStatus.COMPLETED)
    again = await rigetti.resume_batch(str(batch.handle))
    assert [job.id for job in again.jobs] == [job.id for job in batch.jobs]
    assert await outcomes.batch.cancel() is outcomes.batch
    (first, *_) = batch.jobs
    assert (await first.result(timeout=30)).counts == {"0": 20}
    assert type(batch).from_dict(batch.to_dict()).handle == batch.handle


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("patches", [1, 2])
async def test_a_lost_response_leaves_one_job(anyio_backend: str, drop: str, patches: int) -> None:
    """The request is sent again with the same key, whether the first one was handled or not."""
    requests = Requests()
    async with emulated() as clouds:
        clouds.faults.add(operation="ExecuteControllerJob", drop=drop, count=2)
        retry = RetryPolicy(backoff=0.01)
        async with clouds.connect("rigetti", retry=retry, hooks=requests) as client:
            values: Any = [{"theta": 0.0}] * patches if patches > 1 else {"theta": 0.0}
            job = await client.submit(TURN, device="Ankaa-3", shots=10, key="sweep-7.circuit-12", patch_values=values)
            assert job.key == "sweep-7.circuit-12"
            await job.wait(timeout=100)
        assert requests.count["ExecuteControllerJob"] == 3
        assert len(clouds.jobs()) == patches


async def test_the_job_of_a_response_that_stays_lost_is_returned_for_its_key(anyio_backend: str) -> None:
    """The outcome is not an unknown one: the error names the key, and the next submit with it returns the job."""
    async with emulated() as clouds:
        fault = clouds.faults.add(operation="ExecuteControllerJob", drop="after")
        async with clouds.connect("rigetti", retry=RetryPolicy(attempts=2, backoff=0.01)) as client:
            with pytest.raises(errors.ProtocolError, match="returns its job, if it has arrived") as caught:
                await client.submit(FLIP, device="Ankaa-3", shots=10)
            assert caught.value.key is not None
            assert caught.value.key in str(caught.value)
            clouds.faults.clear(fault)
            job = await client.submit(FLIP, device="Ankaa-3", shots=10, key=caught.value.key)
        [made] = clouds.jobs()
        assert made["id"] == job.id


async def test_another_client_with_the_same_key_gets_the_same_job(anyio_backend: str) -> None:
    async with emulated() as clouds:
        ids: set[str] = set()
        for _ in range(2):
            async with clouds.connect("rigetti") as client:
                ids.add((await client.submit(FLIP, device="Ankaa-3", shots=10, key="my-own-key")).id)
                with pytest.raises(errors.ConflictError, match="other content"):
                    await client.submit(FLIP, device="Ankaa-3", shots=11, key="my-own-key")
        assert len(ids) == len(clouds.jobs()) == 1


async def test_states_cancel_and_failure(anyio_backend: str) -> None:
    async with emulated() as clouds, clouds.connect("rigetti") as client:
        job = await client.submit(FLIP, device="Ankaa-3", shots=10)
        assert job.status is JobStatus.QUEUED
        clouds.move(job, "running")
        assert (await job.refresh()).status is JobStatus.RUNNING
        clouds.move(job, "failed", "too hot")
        with pytest.raises(errors.JobFailedError, match="too hot") as caught:
            await job.result(timeout=100)
        assert caught.value.handle == job.handle
        waiting = await client.submit(FLIP, device="Ankaa-3", shots=10)
        cancelled = await waiting.cancel()
        assert (cancelled.status, cancelled.raw_status) == (JobStatus.CANCELLED, "CANCELED")
        with pytest.raises(errors.JobCancelledError):
            await cancelled.result()


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with running(speed="instant") as address:
        yield address


async def test_a_job_is_resumed_in_another_process(anyio_backend: str, url: str) -> None:
    """The handle has what is needed: where the job is, and which readout is which bit."""
    async with anyqpu.connect("rigetti", emulator=url) as client:
        job = await client.submit(FLIP, device="Ankaa-3", shots=10)
    command = [sys.executable, "-c", RESUMING, str(job.handle), url]
    done = await anyio.run_process(command, env={**os.environ}, check=False)
    assert done.stdout.decode().strip() == "{'01': 10}", done.stderr.decode()


RESUMING = """
import anyio, sys, anyqpu
async def main():
    async with anyqpu.connect("rigetti", emulator=sys.argv[2]) as client:
        print(dict((await client.attach(sys.argv[1]).result(timeout=60)).counts))
anyio.run(main)
"""


async def test_quil_t_is_read_over_grpc(rigetti: RigettiClient) -> None:
    calibrations = await rigetti.processors.quilt_calibrations("Ankaa-3")
    assert "DEFFRAME" in calibrations.text
    assert "DEFCAL" in calibrations.text
    assert calibrations.device_id == "Ankaa-3"


async def test_zeromq_where_there_is_nothing_else_and_where_it_is_requested(anyio_backend: str) -> None:
    requests = Requests()
    async with anyqpu.connect("rigetti", emulator=True, hooks=requests) as client:
        old = await client.submit(FLIP, device="Aspen-9", shots=10)
        assert "execution" not in old.decode
        assert requests.count["TranslateQuilToEncryptedControllerJob"] == 0
        with pytest.raises(errors.ServiceUnavailableError, match="processor Aspen-9 has no live accessor for gRPC"):
            await client.submit(FLIP, device="Aspen-9", shots=10, execution="grpc")
        with pytest.raises(errors.UnsupportedOperationError, match="several patch_values are executed over gRPC only"):
            await client.submit(FLIP, device="Aspen-9", shots=10, execution="zeromq", patch_values=[{}])


# On a fake service


async def test_the_requests_are_those_of_the_service(anyio_backend: str) -> None:
    async with gateway() as (client, _, service, http):
        job = await submitted(client, patch_values={"theta": [0.5, 1]}, key="sweep-7.circuit-12")
        outcome = await job.result(timeout=10)
        await client.cancel_job(replace(job, status=JobStatus.QUEUED))
    assert [seen.path.rpartition("/")[2] for seen in http.seen] == [DEVICE, "accessors"]
    translate, execute, status, results, cancel, _ = (call.request for call in service.seen)
    assert (translate.quantum_processor_id, translate.quil_program) == (DEVICE, PROGRAM)
    assert (translate.num_shots_value, translate.HasField("options")) == (3, False)
    assert execute.encrypted.job == PROGRAM.encode()
    assert (execute.encrypted.encryption.key_id, execute.WhichOneof("target")) == ("k", "quantum_processor_id")
    (configuration,) = execute.execution_configurations
    assert list(configuration.memory_values["theta"].real.data) == [0.5, 1.0]
    assert (status.job_id, results.job_execution_id, list(cancel.job_ids)) == (job.id, job.id, [job.id])
    # Three shots: bit 0 of ro is rightmost.
    assert outcome.items[0].samples == ("01", "11", "10")
    assert outcome.execution_time.total_seconds() == 0.0015
    assert outcome.raw["buffers"]["q0"]["shape"] == [3]


async def test_the_key_becomes_a_uuid_of_version_4(anyio_backend: str) -> None:
    """The digest of the text, with version and variant set (RFC 9562, section 5.4); the same in every process."""
    async with gateway() as (client, _, service, _):
        for key in ("sweep-7.circuit-12", None, None):
            await submitted(client, key=key)
    keys = [call.request.idempotency_key for call in service.of("ExecuteControllerJob")]
    uuids = [uuid.UUID(int=key.high << 64 | key.low) for key in keys]
    digest = bytearray(hashlib.sha256(b"sweep-7.circuit-12").digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x40, digest[8] & 0x3F | 0x80
    assert uuids[0].bytes == bytes(digest)
    assert {made.version for made in uuids} == {4}
    assert {made.variant for made in uuids} == {uuid.RFC_4122}
    assert len(set(uuids)) == 3


async def test_memory_that_is_left_out_is_zero(anyio_backend: str) -> None:
    async with gateway() as (client, _, service, _):
        await submitted(client)
        await client.submit(PROGRAM, device=DEVICE, shots=3, patch_values=[{"theta": [1, 2]}, {}])
    first, second = (call.request.execution_configurations for call in service.of("ExecuteControllerJob"))
    assert [list(one.memory_values["theta"].real.data) for one in (*first, *second)] == [[0, 0], [1, 2], [0, 0]]
    assert len(service.of("TranslateQuilToEncryptedControllerJob")) == 2


async def test_polls_follow_the_estimate_of_the_service(anyio_backend: str) -> None:
    """By the policy the second poll would follow after 0.01 s, and by the estimate after half a second."""
    responses = [
        Status(status=Status.QUEUED, estimated_job_completion_delay={"minimum": {"nanos": 500_000_000}}),
        Status(status=Status.POST_PROCESSING),
        SUCCEEDED,
    ]
    world, began = World(responses={"GetControllerJobStatus": lambda call: responses.pop(0)}), 0.0
    seen: list[tuple[str, float]] = []
    async with gateway(world) as (client, _, _, _):
        job = await submitted(client)
        began = anyio.current_time()
        await job.wait(timeout=10, on_update=lambda now: seen.append((now.raw_status, anyio.current_time() - began)))
    assert [word for word, _ in seen] == ["QUEUED", "POST_PROCESSING", "SUCCEEDED"]
    assert 0.5 <= seen[1][1] < 5


async def test_policies_go_by_the_estimate_within_their_limits() -> None:
    policy = anyqpu.PollPolicy(floor=1, max_retry_after=60)
    assert policy.by_estimate(5, earliest=20, latest=40) == 20
    assert policy.by_estimate(5, earliest=600, latest=700) == 60
    assert policy.by_estimate(90, earliest=600, latest=700) == 90
    assert policy.by_estimate(5, earliest=0, latest=2) == 2
    assert policy.by_estimate(5, earliest=0, latest=0.1) == 1
    assert policy.by_estimate(5, earliest=0, latest=0) == 5


@pytest.mark.parametrize(
    ("number", "status", "word", "recognized"),
    [(0, JobStatus.UNKNOWN, "UNKNOWN", True), (9, JobStatus.UNKNOWN, "9", False)],
)
async def test_a_status_that_is_not_known_is_kept(
    anyio_backend: str, number: int, status: JobStatus, word: str, recognized: bool
) -> None:
    async with gateway(World(responses={"GetControllerJobStatus": bytes([8, number])})) as (client, _, _, _):
        job = await (await submitted(client)).refresh()
    assert (job.status, job.raw_status, job.status_recognized) == (status, word, recognized)


async def test_complex_and_other_values_are_kept(anyio_backend: str) -> None:
    """Values that are not bits are in `raw`, as NumPy reads them: pairs of floats, little-endian."""
    response = result(q0=[0, 1, 2])
    response.result.readout_values["q1"].complex_values.values.add(real=1.5, imaginary=-2)
    response.result.memory_values["theta"].real.data.extend([0.5, 1])
    response.result.memory_values["n"].integer.data.append(-7)
    response.result.memory_values["b"].binary.data = b"\x01"
    async with gateway(World(responses={"GetControllerJobResults": response})) as (client, _, _, _):
        outcome = await (await submitted(client)).result(timeout=10)
    assert outcome.items[0].kind == "raw"
    buffers, memory = outcome.raw["buffers"], outcome.raw["memory"]
    assert (buffers["q1"]["dtype"], struct.unpack("<2f", buffers["q1"]["data"])) == ("complex64", (1.5, -2.0))
    assert struct.unpack("<3i", buffers["q0"]["data"]) == (0, 1, 2)
    assert (list(memory["theta"]), list(memory["n"]), memory["b"]) == ([0.5, 1.0], [-7], b"\x01")
    assert pickle.loads(pickle.dumps(outcome)) == outcome


@pytest.mark.parametrize(
    ("response", "kind", "message"),
    [
        (result("out of memory", "USER_FAILURE"), errors.JobFailedError, "out of memory"),
        (result(None, "SERVICE_FAILURE"), errors.JobFailedError, "ended as SERVICE_FAILURE"),
        (controller.GetControllerJobResultsResponse(), errors.ResultNotAvailableError, "no result"),
        (result(q0=[1, 0, 1]), errors.ResultDecodeError, "no buffer 'q1'"),
        (result(q0=[1], q1=[1]), errors.ResultDecodeError, "1 outcomes for 3 shots"),
        (b"\x0a\xff", errors.UnexpectedResponseError, "cannot be read"),
    ],
)
async def test_odd_results_are_errors(
    anyio_backend: str, response: Any, kind: type[errors.AnyQPUError], message: str
) -> None:
    async with gateway(World(responses={"GetControllerJobResults": response})) as (client, _, _, _):
        with pytest.raises(kind, match=message):
            await (await submitted(client)).result(timeout=10)


@pytest.mark.parametrize(
    ("responses", "kind", "message"),
    [
        (
            {"TranslateQuilToEncryptedControllerJob": refuse(Code.INVALID_ARGUMENT, "line 3: no gate FOO")},
            errors.ValidationError,
            "line 3: no gate FOO",
        ),
        ({"TranslateQuilToEncryptedControllerJob": b""}, errors.UnexpectedResponseError, "has no job"),
        ({"ExecuteControllerJob": refuse(Code.RESOURCE_EXHAUSTED, "full")}, errors.RateLimitedError, "full"),
        ({"ExecuteControllerJob": b""}, errors.UnexpectedResponseError, "no identifiers"),
        ({"ExecuteControllerJob": b"\xff"}, errors.UnexpectedResponseError, "cannot be read"),
        (
            {"ExecuteControllerJob": controller.ExecuteControllerJobResponse(job_execution_ids=["a", "b"])},
            errors.ConflictError,
            "already used for 2 executions, not 1",
        ),
    ],
)
async def test_refusals_of_a_submit_are_errors(
    anyio_backend: str, responses: dict[str, Any], kind: type[errors.AnyQPUError], message: str
) -> None:
    async with gateway(World(responses=responses)) as (client, _, _, _):
        with pytest.raises(kind, match=message) as caught:
            await submitted(client)
    assert type(caught.value) is kind
    if isinstance(caught.value, errors.ValidationError):
        assert caught.value.fields == ("program",)


async def test_a_job_that_is_not_known_any_more(anyio_backend: str) -> None:
    world = World(responses={"GetControllerJobStatus": refuse(Code.NOT_FOUND, "no such job")})
    async with gateway(world) as (client, _, _, _):
        job = await submitted(client)
        with pytest.raises(errors.NotFoundError, match="submit the program again"):
            await job.refresh()
        with pytest.raises(errors.NotFoundError, match="this client has no job"):
            await client.job(job.id)


async def test_a_submit_has_the_deadline_of_its_caller(anyio_backend: str) -> None:
    left: list[float] = []

    def slow(call: GrpcCall) -> Any:
        left.append(call.context.time_remaining())
        call.context.add_callback(over.set)
        over.wait(10)

    over = threading.Event()
    async with gateway(World(responses={"ExecuteControllerJob": slow})) as (client, _, _, _):
        with pytest.raises(errors.ReadTimeoutError, match="returns its job, if it has arrived"):
            await submitted(client, timeout=1)
    assert 0 < left[0] < 1


# Where to


@pytest.mark.parametrize(
    ("accessors", "chosen"),
    [
        ([(5, True, "gateway.v1", "b"), (2, True, "gateway.v1", "a")], "a"),
        ([(1, False, "gateway.v1", "a"), (2, True, "gateway.v1", "b")], "b"),
        ([(1, True, "direct.v1", "a"), (None, True, "gateway.v1", "b")], "b"),
        ([(None, True, "gateway.v1", "a"), (9, True, "gateway.v1", "b")], "b"),
    ],
)
async def test_the_live_gateway_of_the_lowest_rank_is_used(
    anyio_backend: str, accessors: list[tuple[int | None, bool, str, str]], chosen: str
) -> None:
    async with gateway() as (client, world, service, _):
        urls = {chosen: service.url}
        world.accessors = [
            {"accessType": kind, "live": live, "url": urls.get(name, "http://127.0.0.1:9"), "rank": rank}
            for rank, live, kind, name in accessors
        ]
        await submitted(client)
    assert service.of("ExecuteControllerJob")


async def test_a_default_endpoint_or_a_named_one_with_a_grpc_address_is_used(anyio_backend: str) -> None:
    async with gateway() as (client, world, service, _):
        world.accessors = []
        world.endpoint = {"id": "e1", "healthy": True, "mock": False, "addresses": {"grpc": service.url}}
        await submitted(client)
        await submitted(client, endpoint="e1")
        await (await submitted(client, endpoint="e1")).refresh()
    targets = [call.request.WhichOneof("target") for call in service.of("ExecuteControllerJob")]
    assert targets == ["quantum_processor_id", "endpoint_id", "endpoint_id"]
    assert service.of("GetControllerJobStatus")[0].request.endpoint_id == "e1"


@pytest.mark.parametrize(
    ("accessors", "options", "kind", "message"),
    [
        ([("http://grpc.example.com", True)], {}, errors.ConfigError, "is not encrypted .accessor of Ankaa-3"),
        ([("grpc.example.com", True)], {}, errors.ConfigError, "invalid gRPC address"),
        ([("https://grpc.example.com", False)], {}, errors.ServiceUnavailableError, "none of its accessors is live"),
        ([], {"execution": "grpc"}, errors.ServiceUnavailableError, "has no live accessor"),
        (None, {"execution": "rpc"}, errors.ValidationError, "execution is 'grpc' or 'zeromq', not 'rpc'"),
        (None, {"shots": 2**32}, errors.ValidationError, "shots is at most 4294967295"),
        (None, {"patch_values": {"nu": 1}}, errors.ValidationError, "no memory 'nu' to fill; it has theta"),
        (None, {"patch_values": {"theta": 1}}, errors.ValidationError, "theta takes 2 numbers, not 1"),
        (None, {"patch_values": {"theta": [1, math.nan]}}, errors.ValidationError, "finite numbers"),
        (None, {"patch_values": []}, errors.ValidationError, "1 to 10000 entries, not 0"),
        (None, {"patch_values": [{"theta": [1, 2]}, 3]}, errors.ValidationError, "numbers by region of memory, not 3"),
    ],
)
async def test_what_is_known_to_fail_is_not_sent(
    anyio_backend: str,
    accessors: list[tuple[str, bool]] | None,
    options: dict[str, Any],
    kind: type[errors.AnyQPUError],
    message: str,
) -> None:
    async with gateway() as (client, world, service, _):
        if accessors is not None:
            world.accessors = [{"accessType": "gateway.v1", "live": live, "url": url} for url, live in accessors]
        with pytest.raises(kind, match=message):
            await client.submit(PROGRAM, device=DEVICE, **{"shots": 3, **options})
    assert not service.seen


async def test_the_address_of_the_translation_is_a_setting(anyio_backend: str) -> None:
    async with gateway() as (_, _, service, http):
        async with gateway(World(), grpc_api_url=service.url) as (client, _, other, _):
            await submitted(client)
        assert [call.method for call in service.seen] == ["TranslateQuilToEncryptedControllerJob"]
        assert [call.method for call in other.seen] == ["ExecuteControllerJob"]
        for url, message in (
            ("http://10.0.0.1", "not encrypted .argument grpc_api_url"),
            ("x", "invalid gRPC address"),
        ):
            options: dict[str, Any] = {"base_url": http.url, "access_token": "t", "grpc_api_url": url}
            async with anyqpu.connect("rigetti", **options) as client:
                with pytest.raises(errors.ConfigError, match=message):
                    await submitted(client)


async def test_a_dead_gateway_is_an_error_and_read_again(anyio_backend: str) -> None:
    async with gateway() as (client, world, _, http):
        world.accessors = [{"accessType": "gateway.v1", "live": True, "url": "http://127.0.0.1:9"}]
        with pytest.raises(errors.ConnectError):
            await submitted(client)
        world.accessors = None
        await submitted(client)
    assert sum(seen.path.endswith("/accessors") for seen in http.seen) == 2


async def test_a_handle_without_what_its_job_needs_is_refused(anyio_backend: str) -> None:
    async with gateway() as (client, _, _, _):
        handle = (await submitted(client)).handle
        for decode in ({"execution": "grpc"}, {"execution": "grpc", "device": DEVICE, "ro_sources": [1]}):
            with pytest.raises(errors.ValidationError, match="does not say where its job is"):
                await client.resume(replace(handle, id="other", decode=decode))
        with pytest.raises(errors.ValidationError, match="invalid handle of a Rigetti batch"):
            await client.resume_batch(handle)

"""A submit over gRPC that may be stopped: its check comes before each write that has a part of its request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import anyio
import pytest
from anyqpu_grpc.rigetti import controller_pb2 as controller
from anyqpu_grpc.rigetti import services

from anyqpu import RetryPolicy
from anyqpu.transport import exchange
from anyqpu.transport.client import Transport
from anyqpu.transport.send_guard import SendGuard, SendStoppedError
from tests.support.grpc_server import GrpcCall, grpc_server
from tests.transport.test_grpc import make_transport

pytestmark = pytest.mark.anyio

EXECUTE, STATUS = services.EXECUTE_CONTROLLER_JOB, services.GET_CONTROLLER_JOB_STATUS
KEY = "a-key-of-tests"


@dataclass
class Lease:
    """A hook with a check, whose lease is lost before one of the writes, or is lost by the test."""

    lost_at: int | None = None
    is_lost: bool = False
    calls: int = 0
    writes: int = 0

    async def __call__(self) -> None:
        self.calls += 1

    def check(self) -> None:
        self.writes += 1
        if self.is_lost or self.writes == self.lost_at:
            raise LookupError("the lease is lost")


async def execute(made: Transport, url: str, hook: Any, size: int = 10) -> Any:
    request = controller.ExecuteControllerJobRequest(quantum_processor_id="q")
    request.encrypted.job = bytes(size)
    with exchange.watch_sending(exchange.Sending(guard=SendGuard(hook))):
        return await made.grpc.call(url, EXECUTE, request)


def respond(call: GrpcCall) -> Any:
    if call.method == STATUS.name:
        return controller.GetControllerJobStatusResponse(status=controller.GetControllerJobStatusResponse.RUNNING)
    return controller.ExecuteControllerJobResponse(job_execution_ids=["j1"])


async def test_a_request_is_not_finished_after_the_lease_is_lost(anyio_backend: str) -> None:
    """Before whichever write: the server handles nothing, and the next call opens another connection."""
    made = make_transport()
    with grpc_server([EXECUTE, STATUS], respond) as server:
        counted = Lease()
        await execute(made, server.url, counted, 200_000)
        assert counted.writes > 5
        for number in range(1, counted.writes + 1):
            lease = Lease(lost_at=number)
            with pytest.raises(SendStoppedError) as caught:
                await execute(made, server.url, lease, 200_000)
            assert isinstance(caught.value.original, LookupError)
            # It is not tried again, though the call may be sent twice.
            assert (lease.calls, lease.writes) == (1, number)
        assert len(server.of(EXECUTE.name)) == 1
        await execute(made, server.url, Lease())
        assert len(server.of(EXECUTE.name)) == 2
    await made.aclose()


async def test_without_the_check_the_request_arrives_all_the_same(anyio_backend: str) -> None:
    """The control of the test above: the lease is lost from the beginning."""
    made = make_transport()

    async def hook() -> None:
        """Without a check."""

    with grpc_server([EXECUTE], respond) as server:
        await execute(made, server.url, hook, 200_000)
        assert len(server.of(EXECUTE.name)) == 1
    await made.aclose()


async def test_every_attempt_passes_the_check(anyio_backend: str) -> None:
    """A call whose response was lost is sent again, unless the lease is lost meanwhile."""
    import grpc

    lease = Lease()

    def refuse(call: GrpcCall) -> Any:
        lease.is_lost = len(server.of(EXECUTE.name)) == 2
        call.refuse(grpc.StatusCode.UNAVAILABLE)

    made = make_transport(retry=RetryPolicy(attempts=6, backoff=0.001))
    with grpc_server([EXECUTE], refuse) as server:
        with pytest.raises(SendStoppedError):
            await execute(made, server.url, lease)
        assert (lease.calls, len(server.of(EXECUTE.name))) == (1, 2)
    await made.aclose()


async def test_calls_that_share_the_connection_continue(anyio_backend: str) -> None:
    """A lost lease ends the connection; the calls of others are tried again over another one."""
    made = make_transport()
    statuses: list[Any] = []

    async def ask(id: str) -> None:
        statuses.append(await made.grpc.call(server.url, STATUS, controller.GetControllerJobStatusRequest(job_id=id)))

    with grpc_server([EXECUTE, STATUS], respond) as server:
        await ask("first")
        async with anyio.create_task_group() as group:
            for number in range(5):
                group.start_soon(ask, f"job-{number}")
            with pytest.raises(SendStoppedError):
                await execute(made, server.url, Lease(lost_at=1))
        assert len(statuses) == 6
        assert not server.of(EXECUTE.name)
    await made.aclose()

"""Messages that an execution endpoint should not send, and an endpoint that sends none."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import errors
from anyqpu.providers.rigetti import rpc
from anyqpu.transport import zeromq

from .conftest import DEVICE, Response, client_of, open_connections, reply, submitted

pytestmark = pytest.mark.anyio


async def test_a_response_that_cannot_be_read_is_an_error_of_its_request_only(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        if request["params"]["job_id"] == "odd":
            return {"_type": "RPCReply", "id": request["id"]}
        return reply("good")

    async with client_of(respond) as (_, client):
        engagement = await client.engage(DEVICE)
        connections = zeromq.Connections("rigetti", rpc.read)
        connection = await connections.acquire(engagement.address, engagement.credentials)
        replies: dict[str, Any] = {}

        async def ask(name: str) -> None:
            replies[name] = await connection.ask(*rpc.request("echo", job_id=name))

        with anyio.fail_after(30):
            async with anyio.create_task_group() as group:
                for name in ("first", "odd", "second"):
                    group.start_soon(ask, name)
        connections.release(connection)
    assert isinstance(replies.pop("odd"), rpc.Garbled)
    assert {name: item.result for name, item in replies.items()} == {"first": "good", "second": "good"}


async def test_a_message_larger_than_the_limit_ends_the_connection(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zeromq, "MESSAGE_LIMIT", 10_000)

    def respond(request: dict[str, Any]) -> Response:
        return reply("job-1" if request["method"] == "execute_qpu_request" else {"buffers": {"q0": b"x" * 100_000}})

    poll = anyqpu.PollPolicy(floor=0.01, growth=0, max_errors=2)
    async with client_of(respond, poll=poll) as (_, client):
        job = await submitted(client)
        with anyio.fail_after(30), pytest.raises(errors.ProtocolError, match=r"the connection to .* broke"):
            await job.result(timeout=20)
        assert open_connections() == 0


async def test_an_endpoint_that_never_responds_is_given_up_in_time(anyio_backend: str) -> None:
    def respond(request: dict[str, Any]) -> Response:
        return reply("job-1") if request["method"] == "execute_qpu_request" else None

    async with client_of(respond) as (_, client):
        job = await submitted(client)
        with anyio.fail_after(10), pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=0.5)
        assert open_connections() == 0

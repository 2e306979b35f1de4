"""Messages that no execution endpoint should send, and an endpoint that sends none."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import errors
from anyqpu.providers.rigetti import rpc
from anyqpu.transport import zeromq
from tests.providers.rigetti.conftest import DEVICE, Answer, reply
from tests.providers.rigetti.test_execution import submitted, told

pytestmark = pytest.mark.anyio


async def test_an_answer_that_cannot_be_read_is_an_error_of_its_request_only(anyio_backend: str) -> None:
    def answer(request: dict[str, Any]) -> Answer:
        if request["params"]["job_id"] == "odd":
            return {"_type": "RPCReply", "id": request["id"]}
        return reply("good")

    async with told(answer) as (_, client):
        grant = await client.engage(DEVICE)
        connection = await client._connections.acquire(grant.address, grant.credentials)
        got: dict[str, Any] = {}

        async def ask(name: str) -> None:
            got[name] = await connection.ask(*rpc.request("echo", job_id=name))

        with anyio.fail_after(30):
            async with anyio.create_task_group() as group:
                for name in ("first", "odd", "second"):
                    group.start_soon(ask, name)
        client._connections.release(connection)
    assert isinstance(got.pop("odd"), rpc.Garbled)
    assert {name: said.result for name, said in got.items()} == {"first": "good", "second": "good"}


async def test_a_message_larger_than_the_limit_ends_the_connection(
    anyio_backend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zeromq, "MESSAGE_LIMIT", 10_000)

    def answer(request: dict[str, Any]) -> Answer:
        return reply("job-1" if request["method"] == "execute_qpu_request" else {"buffers": {"q0": b"x" * 100_000}})

    poll = anyqpu.PollPolicy(floor=0.01, growth=0, max_errors=2)
    async with told(answer, poll=poll) as (_, client):
        job = await submitted(client)
        with anyio.fail_after(30), pytest.raises(errors.ProtocolError, match=r"the connection to .* broke"):
            await job.result(timeout=20)
        assert client._connections._open == {}


async def test_an_endpoint_that_never_answers_is_given_up_in_time(anyio_backend: str) -> None:
    def answer(request: dict[str, Any]) -> Answer:
        return reply("job-1") if request["method"] == "execute_qpu_request" else None

    async with told(answer) as (_, client):
        job = await submitted(client)
        with anyio.fail_after(10), pytest.raises(errors.WaitTimeoutError):
            await job.result(timeout=1)
        assert client._connections._open == {}

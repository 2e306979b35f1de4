"""A cancel is sent once, and not at all for what was not sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import anyio
import pytest

from anyqpu import Fleet, Money
from anyqpu.errors import JobCancelledError
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, jobs_exist, requests_of

pytestmark = pytest.mark.anyio


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


async def test_a_job_is_cancelled_once_and_what_waits_is_not_sent(clouds: EmulatedClouds) -> None:
    clouds.faults.add(operation="createJob", stuck="queued")
    async with Fleet("kipu", in_flight=2) as fleet:
        tickets = await fleet.submit_many([BELL] * 5, device=SIMULATOR, shots=10)
        await jobs_exist(clouds, 2)
        for _ in range(2):
            await fleet.cancel(tickets)
        outcomes = await fleet.gather(tickets, timeout=PATIENCE)
        assert [outcome.kind for outcome in outcomes] == ["cancelled"] * 5
        with pytest.raises(JobCancelledError):
            await tickets[0].result()
        await fleet.cancel(fleet.tickets())
    assert requests_of(clouds, "cancelJob") == 2
    assert len(clouds.jobs()) == 2


async def test_a_job_that_has_ended_is_not_cancelled(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        await ticket.wait(timeout=PATIENCE)
        await ticket.cancel()
        await anyio.sleep(0.05)
        assert ticket.outcome is not None
        assert ticket.outcome.kind == "completed"
    assert requests_of(clouds, "cancelJob") == 0


async def test_a_cancel_is_sent_again_where_the_cloud_was_overloaded(clouds: EmulatedClouds) -> None:
    clouds.faults.add(operation="createJob", stuck="queued")
    clouds.faults.add(operation="cancelJob", status=503, count=6)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        await jobs_exist(clouds, 1)
        await ticket.cancel()
        assert (await ticket.wait(timeout=PATIENCE)).kind == "cancelled"


async def test_the_arguments_of_a_submit_are_those_that_were_planned(clouds: EmulatedClouds) -> None:
    lines = ["OPENQASM 3.0", 'include "stdgates.inc"', "input float[64] theta", "qubit q", "bit c", "rx(theta) q"]
    program = ";\n".join([*lines, "c = measure q", ""])
    async with Fleet("kipu", prices=None) as fleet:
        ticket = await fleet.submit(
            program, device=SIMULATOR, shots=10, tags=["mine"], name="turn", parameters={"theta": 3.141592653589793}
        )
        assert dict((await ticket.result(timeout=PATIENCE)).counts) == {"1": 10}
        entry = await fleet.ledger.entry(ticket.key)
        async with clouds.connect("kipu") as client:
            assert entry.handle is not None
            job = await client.resume(entry.handle)
            assert (job.name, job.tags, job.key) == ("turn", ("mine",), ticket.key)
        # A limit of one submit: the price is unknown, and so it is refused.
        limited = await fleet.submit(BELL, device=SIMULATOR, shots=10, max_cost=Money("1.50", "EUR"))
        assert (await limited.wait(timeout=PATIENCE)).kind == "refused"

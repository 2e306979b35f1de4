"""What each provider has, with the types that both checkers should see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any, assert_type

from anyqpu_raw.kipu import models as kipu_models
from anyqpu_raw.scaleway import models as scaleway_models

import anyqpu
from anyqpu.providers.kipu import KipuClient
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.providers.rigetti import RigettiClient
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.testing import EmulatedClouds, emulated

assert_type(anyqpu.__version__, str)


def clients() -> None:
    """A cloud's name decides which client it is, and which arguments there are."""
    assert_type(anyqpu.connect("kipu"), KipuClient)
    assert_type(anyqpu.connect("scaleway", secret_key="x", project_id="y"), ScalewayClient)
    assert_type(anyqpu.connect("pasqal", region="sa", emulator=True), PasqalClient)
    assert_type(anyqpu.connect("rigetti", retry=anyqpu.RetryPolicy(), timeout=10), RigettiClient)


def any_provider(name: str) -> None:
    """A name that is not known before the program runs, or of another package, gives the common client."""
    assert_type(anyqpu.connect(name), anyqpu.Client)
    assert_type(anyqpu.connect("ibm", token="x"), anyqpu.Client)


async def work(kipu: KipuClient) -> anyqpu.Counts:
    """From a device to counts."""
    async for device in kipu.devices():
        assert_type(device, anyqpu.Device)
        assert_type(device.status, anyqpu.DeviceStatus)
        assert_type(device.num_qubits, int | None)
        assert_type(device.pricing, anyqpu.Pricing | None)
    assert_type(kipu.devices(), anyqpu.Pager[anyqpu.Device])
    assert_type(await kipu.jobs().first(), anyqpu.Job | None)
    assert_type(await kipu.jobs().collect(limit=3), list[anyqpu.Job])
    assert_type(await kipu.sessions().first(), anyqpu.Session | None)
    async for page in kipu.jobs().pages():
        assert_type(page, anyqpu.Page[anyqpu.Job])
    job = await kipu.submit("bell.qasm", device="kipu.sim.qsim", shots=10, tags=["a"])
    assert_type(job, anyqpu.Job)
    both: list[str | anyqpu.Program] = ["bell.qasm", anyqpu.Program("OPENQASM 3.0;", anyqpu.ProgramFormat.OPENQASM3)]
    assert_type(await kipu.submit(both, device="ibm.qpu.fez", shots=10, parameters={"theta": 0.3}), anyqpu.Job)
    assert_type(job.handle, anyqpu.JobHandle)
    assert_type(job.status, anyqpu.JobStatus)
    assert_type(job.execution_time, timedelta | None)
    assert_type(job.events(), AsyncIterator[anyqpu.Job])
    assert_type(await job.wait(timeout=5, poll=anyqpu.PollPolicy()), anyqpu.Job)
    assert_type(await job.cancel(), anyqpu.Job)
    result = await job.result(timeout=60)
    assert_type(result, anyqpu.Result)
    assert_type(result.items, tuple[anyqpu.ResultItem, ...])
    counts = result.counts
    assert_type(counts["00"], int)
    assert_type(counts.probabilities(), dict[str, float])
    assert_type(counts.marginal(["a"]), anyqpu.Counts)
    assert_type(counts.to(anyqpu.BitOrder.LSB_LEFT), anyqpu.Counts)
    return counts


async def sessions(scaleway: ScalewayClient) -> None:
    """A session as a block, and time that is reserved."""
    async with scaleway.session(device="QPU-GARNET-20PQ", on_exit="drain") as session:
        assert_type(session.session, anyqpu.Session)
        assert_type(await session.submit("bell.qasm", shots=10), anyqpu.Job)
        assert_type(await session.submit(("a.qasm", "b.qasm"), shots=10), anyqpu.Job)
    assert_type(await scaleway.reservations().collect(), list[anyqpu.Reservation])
    assert_type(await scaleway.estimate_cost(device="QPU-GARNET-20PQ", shots=1), anyqpu.CostEstimate)


async def costs(scaleway: ScalewayClient, client: anyqpu.Client, pasqal: PasqalClient) -> None:
    """Exact money, and limits that a submit does not exceed."""
    price = anyqpu.Money("1.50", "EUR")
    assert_type(price * 3 + price - price, anyqpu.Money)
    assert_type(price <= price * 2, bool)
    assert_type(sum([price], anyqpu.Money(0, "EUR")), anyqpu.Money)
    assert_type(anyqpu.Money.sum([price], "EUR"), anyqpu.Money)
    prices = {"QPU-GARNET-20PQ": anyqpu.Pricing(per_hour=price)}
    assert_type(anyqpu.connect("scaleway", max_cost=price, prices=prices), ScalewayClient)
    assert_type(anyqpu.connect("kipu", prices={"a": price * 0, "b": {"per_shot": price}}), KipuClient)
    assert_type(await scaleway.submit("bell.qasm", device="QPU-GARNET-20PQ", shots=1, max_cost=price), anyqpu.Job)
    assert_type(await client.submit("bell.qasm", device="x", shots=1, max_cost=price), anyqpu.Job)
    assert_type(await pasqal.batches.create("{}", device="EMU_FREE", max_cost=price), anyqpu.Batch)
    cost = await client.estimate_cost("x", shots=1, session="s")
    assert_type(cost.minimum, anyqpu.Money | None)
    try:
        await client.submit("bell.qasm", device="x", shots=1, max_cost=price)
    except anyqpu.errors.BudgetExceededError as error:
        assert_type(error.minimum, anyqpu.Money | None)
        assert_type(error.estimate, anyqpu.CostEstimate | None)


async def rest(pasqal: PasqalClient, rigetti: RigettiClient, start: datetime) -> None:
    """What only some clouds have."""
    assert_type(await pasqal.batch("{}", device="EMU_FREE"), anyqpu.Batch)
    assert_type(await rigetti.calibration("Aspen-9"), anyqpu.Calibration)
    async for slot in rigetti.find_slots("Aspen-9", start=start, duration=timedelta(minutes=30)):
        assert_type(slot, anyqpu.AvailableSlot)
        assert_type(await rigetti.reserve(slot), anyqpu.Reservation)


async def raw(kipu: KipuClient, scaleway: ScalewayClient) -> None:
    """Operations of the clouds' documents, and their models."""
    job = await kipu.raw.get_job(id="x")
    assert_type(job, kipu_models.Job)
    assert_type(job.additional_properties, dict[str, Any])
    assert_type(await kipu.raw.get_backends(), list[kipu_models.Backend])
    assert_type(await scaleway.raw.list_platforms(), scaleway_models.ListPlatformsResponse)


async def tests() -> None:
    """Emulated clouds."""
    async with emulated() as clouds:
        assert_type(clouds, EmulatedClouds)
        assert_type(clouds.now, datetime)
    with emulated() as clouds:
        assert_type(clouds, EmulatedClouds)

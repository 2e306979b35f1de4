"""Work for a provider whose name is known only when the program runs."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import assert_type

import anyqpu
from anyqpu import errors


async def run(name: str, program: str, device: str) -> Mapping[str, int]:
    """Submit, wait and return the counts."""
    async with anyqpu.connect(name, emulator=True) as client:
        assert_type(client, anyqpu.Client)
        job = await client.submit(program, device=device, shots=100, name="a job", tags=["a"], timeout=30)
        assert_type(job, anyqpu.Job)
        result = await job.result(timeout=60)
        assert_type(result, anyqpu.Result)
        assert_type(result.counts, anyqpu.Counts)
        return result.counts


async def cheapest(client: anyqpu.Client, limit: anyqpu.Money) -> anyqpu.Device | None:
    """Return the cheapest device with a price below a limit."""
    best: tuple[anyqpu.Money, anyqpu.Device] | None = None
    async for device in client.devices(page_size=50):
        assert_type(device, anyqpu.Device)
        estimate = await client.estimate_cost(device, shots=1000, circuits=2, duration=timedelta(minutes=5))
        assert_type(estimate, anyqpu.CostEstimate)
        assert_type(estimate.total, anyqpu.Money | None)
        assert_type(estimate.minimum, anyqpu.Money | None)
        total = estimate.total
        if total is not None and total < limit and (best is None or total < best[0]):
            best = total, device
    return None if best is None else best[1]


async def follow(client: anyqpu.Client, job: anyqpu.Job) -> anyqpu.JobStatus:
    """Wait in each of the ways that there are."""
    assert_type(job.events(), AsyncIterator[anyqpu.Job])
    async for change in job.events(timeout=60):
        assert_type(change.status, anyqpu.JobStatus)
        assert_type(change.queue_position, int | None)
    seen: list[anyqpu.Job] = []
    ended = await job.wait(timeout=5, queue_timeout=3, poll=anyqpu.PollPolicy(floor=2), on_update=seen.append)
    assert_type(ended, anyqpu.Job)
    assert_type(await job.refresh(), anyqpu.Job)
    assert_type(await job.cancel(), anyqpu.Job)
    assert_type(await client.job(job.id), anyqpu.Job)
    return ended.status


async def lists(client: anyqpu.Client, token: str | None) -> str | None:
    """Read lists by item, by page, at once, and ahead."""
    pager = client.jobs(page_size=20, resume_token=token)
    assert_type(pager, anyqpu.Pager[anyqpu.Job])
    assert_type(await pager.first(), anyqpu.Job | None)
    assert_type(await pager.collect(limit=3), list[anyqpu.Job])
    async for page in pager.pages():
        assert_type(page, anyqpu.Page[anyqpu.Job])
        assert_type(page.items, tuple[anyqpu.Job, ...])
        assert_type(page.total, int | None)
    async with pager.prefetch(2) as jobs:
        async for job in jobs:
            assert_type(job, anyqpu.Job)
    assert_type(client.sessions(), anyqpu.Pager[anyqpu.Session])
    assert_type(client.reservations(), anyqpu.Pager[anyqpu.Reservation])
    return pager.resume_token


async def sessions(client: anyqpu.Client, device: anyqpu.Device, program: str) -> list[anyqpu.Job]:
    """Share time on a device."""
    async with client.session(device=device, on_exit="drain", tags=["nightly"]) as session:
        assert_type(session.session, anyqpu.Session)
        assert_type(session.id, str)
        jobs = [await session.submit(program, shots=shots) for shots in (10, 100)]
    opened = await client.open_session(device)
    assert_type(opened, anyqpu.Session)
    assert_type(opened.status, anyqpu.SessionStatus)
    assert_type(opened.ends_at, datetime | None)
    assert_type(opened.may_still_cost, anyqpu.Money | None)
    assert_type(await client.drain_session(opened), anyqpu.Session)
    await client.close_session(opened)
    return jobs


async def reserved(client: anyqpu.Client, device: str, start: datetime) -> anyqpu.Reservation | None:
    """Reserve the first free time."""
    if not client.capabilities.reservations:
        return None
    async for slot in client.find_slots(device, start=start, duration=timedelta(minutes=30)):
        assert_type(slot, anyqpu.AvailableSlot)
        assert_type(slot.price, anyqpu.Money | None)
        return await client.reserve(slot)
    return None


async def device_facts(client: anyqpu.Client, id: str) -> dict[int, float]:
    """Return the readout fidelities of a device."""
    device = await client.device(id)
    assert_type(device.pricing, anyqpu.Pricing | None)
    assert_type(await client.topology(device), anyqpu.Topology | None)
    calibration = await client.calibration(device)
    assert_type(calibration, anyqpu.Calibration | None)
    if calibration is None:
        return {}
    return {site.nodes[0]: site.value for site in calibration.sites if site.operation == "MEASURE"}


async def resumed(client: anyqpu.Client, stored: str) -> anyqpu.Job | None:
    """Resume a job of an earlier process."""
    handle = anyqpu.JobHandle.parse(stored)
    assert_type(handle.created_at, datetime | None)
    assert_type(await client.resume(handle), anyqpu.Job)
    try:
        return await anyqpu.resume(stored)
    except errors.NotFoundError:
        return None

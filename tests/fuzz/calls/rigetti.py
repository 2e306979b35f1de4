"""Calls of Rigetti's client."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from tests.fuzz.calls import WAIT, Calls, Facts, add_submits
from tests.fuzz.calls import programs as some

CALLS = Calls("rigetti")
ASPEN, GROUP = "Aspen-9", "emulator-lab"
# Two days from now, at midnight.
DAY = datetime.combine(datetime.now(UTC).date(), time(), UTC) + timedelta(days=2)
HOUR = timedelta(hours=1)


async def prepare(client: Any, emulator: Any) -> Facts:
    """A finished job, an endpoint, reservations, and the ids of an invoice and the user."""
    job = await client.submit(some.QUIL, device=ASPEN, shots=20, timeout=WAIT)
    await job.wait(timeout=WAIT)
    endpoint = await client.create_endpoint([ASPEN])
    reservation = await client.reserve(ASPEN, start=DAY, end=DAY + timedelta(minutes=15))
    invoice = await client.invoices().first()
    return Facts(
        handle=str(job.handle),
        endpoint=endpoint.id,
        reservation=reservation.id,
        invoice=invoice.id,
        user=(await client.user()).id,
    )


add_submits(CALLS, {ASPEN: some.QUIL})


@CALLS.call
async def devices(client: Any, facts: Facts) -> Any:
    return await client.devices(page_size=1).collect()


@CALLS.call
async def device(client: Any, facts: Facts) -> Any:
    return await client.device(ASPEN)


@CALLS.call
async def no_such_device(client: Any, facts: Facts) -> Any:
    return await client.device("Aspen-8")


@CALLS.call
async def isa(client: Any, facts: Facts) -> Any:
    return await client.isa(ASPEN)


@CALLS.call
async def topology(client: Any, facts: Facts) -> Any:
    return await client.topology(ASPEN)


@CALLS.call
async def calibration(client: Any, facts: Facts) -> Any:
    return await client.calibration(ASPEN)


@CALLS.call
async def calibrations(client: Any, facts: Facts) -> Any:
    return await client.processors.calibrations(page_size=1).collect()


@CALLS.call
async def accessors(client: Any, facts: Facts) -> Any:
    return await client.processors.accessors("Ankaa-3")


@CALLS.call
async def calendar(client: Any, facts: Facts) -> Any:
    return await client.processors.calendar(ASPEN)


@CALLS.call
async def quilt_calibrations(client: Any, facts: Facts) -> Any:
    return await client.quilt_calibrations(ASPEN)


@CALLS.call
async def estimate_cost(client: Any, facts: Facts) -> Any:
    return await client.estimate_cost(ASPEN, shots=100, duration=HOUR)


@CALLS.call
async def translate(client: Any, facts: Facts) -> Any:
    return await client.translate(some.QUIL_WITH_MEMORY, device=ASPEN, shots=20)


@CALLS.call
async def submit(client: Any, facts: Facts) -> Any:
    return await client.submit(some.QUIL, device=ASPEN, shots=20, name="n", tags=["a"], timeout=WAIT)


@CALLS.call
async def submit_and_result(client: Any, facts: Facts) -> Any:
    values = {"theta": [0.5, 1.0]}
    job = await client.submit(some.QUIL_WITH_MEMORY, device=ASPEN, shots=20, patch_values=values, timeout=WAIT)
    return [job, await job.result(timeout=WAIT)]


@CALLS.call
async def events(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QUIL, device=ASPEN, shots=20, timeout=WAIT)
    return [event async for event in job.events(timeout=WAIT)]


@CALLS.call
async def job(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QUIL, device=ASPEN, shots=20, timeout=WAIT)
    return [await client.job(job.id), await job.refresh()]


@CALLS.call
async def refresh_jobs(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QUIL, device=ASPEN, shots=20, timeout=WAIT)
    return await client.refresh_jobs([job], return_errors=True)


@CALLS.call
async def native_form(client: Any, facts: Facts) -> Any:
    return await client.native_form("Aspen-9")


@CALLS.call
async def resume(client: Any, facts: Facts) -> Any:
    job = await client.resume(facts.handle)
    return [job, await job.result(timeout=WAIT)]


@CALLS.call
async def engage(client: Any, facts: Facts) -> Any:
    return await client.engage(ASPEN, timeout=WAIT)


@CALLS.call
async def endpoints(client: Any, facts: Facts) -> Any:
    return await client.endpoints(page_size=1).collect(limit=5)


@CALLS.call
async def endpoint(client: Any, facts: Facts) -> Any:
    return [await client.endpoint(facts.endpoint), await client.default_endpoint(ASPEN)]


@CALLS.call
async def create_and_delete_endpoint(client: Any, facts: Facts) -> Any:
    endpoint = await client.create_endpoint([ASPEN])
    await client.restart_endpoint(endpoint)
    await client.delete_endpoint(endpoint)
    return endpoint


@CALLS.call
async def wait_for_endpoint(client: Any, facts: Facts) -> Any:
    return await client.wait_for_endpoint(facts.endpoint, timeout=WAIT)


@CALLS.call
async def find_slots(client: Any, facts: Facts) -> Any:
    return await client.find_slots(ASPEN, start=DAY, duration=HOUR / 4, page_size=2).collect(limit=5)


@CALLS.call
async def reserve(client: Any, facts: Facts) -> Any:
    slot = await client.find_slots(ASPEN, start=DAY + HOUR, duration=HOUR / 4).first()
    return await client.reserve(slot, notes="n")


@CALLS.call
async def reservations(client: Any, facts: Facts) -> Any:
    return await client.reservations(page_size=1, show_deleted=True).collect(limit=5)


@CALLS.call
async def reservation(client: Any, facts: Facts) -> Any:
    return await client.reservation(facts.reservation)


@CALLS.call
async def cancel_reservation(client: Any, facts: Facts) -> Any:
    booked = await client.reserve(ASPEN, start=DAY + 5 * HOUR, end=DAY + 6 * HOUR)
    return await client.cancel_reservation(booked)


@CALLS.call
async def wait_for_reservation(client: Any, facts: Facts) -> Any:
    start = datetime.now(UTC) + timedelta(days=2)
    booked = await client.reserve(ASPEN, start=start, end=start + HOUR)
    return await client.wait_for_reservation(booked, until="start", timeout=WAIT)


@CALLS.call
async def balance(client: Any, facts: Facts) -> Any:
    return [await client.balance(), await client.balance(group=GROUP)]


@CALLS.call
async def billing_customer(client: Any, facts: Facts) -> Any:
    return [await client.billing_customer(), await client.billing_customer(group=GROUP)]


@CALLS.call
async def invoices(client: Any, facts: Facts) -> Any:
    return await client.invoices(page_size=2).collect()


@CALLS.call
async def invoices_of_group(client: Any, facts: Facts) -> Any:
    return await client.invoices(group=GROUP).collect()


@CALLS.call
async def invoice_lines(client: Any, facts: Facts) -> Any:
    return await client.invoice_lines(facts.invoice, page_size=1).collect(limit=3)


@CALLS.call
async def upcoming_invoice(client: Any, facts: Facts) -> Any:
    invoice = await client.upcoming_invoice()
    return [invoice, *await client.invoice_lines(invoice).collect()]


@CALLS.call
async def groups(client: Any, facts: Facts) -> Any:
    return [*await client.groups().collect(), *await client.group_members(GROUP, page_size=1).collect(limit=4)]


@CALLS.call
async def add_to_and_remove_from_group(client: Any, facts: Facts) -> Any:
    await client.add_to_group(GROUP, email="emmy@example.org")
    await client.remove_from_group(GROUP, email="emmy@example.org")


@CALLS.call
async def user(client: Any, facts: Facts) -> Any:
    return await client.user()


@CALLS.call
async def check_credentials(client: Any, facts: Facts) -> Any:
    return await client.check_credentials()

"""Calls of Scaleway's client."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import anyio

from tests.fuzz.calls import WAIT, Calls, Facts, add_lookups, add_submits
from tests.fuzz.calls import programs as some
from tests.fuzz.calls.kipu import wait_quietly

CALLS = Calls("scaleway")
AER, QSIM, GARNET, FRESNEL = "EMU-AER-16C-128M", "EMU-QSIM-16C-128M", "QPU-GARNET-20PQ", "QPU-FRESNEL-100PQ"
VQE = {"hamiltonian": [["Z", -1.0]], "layers": 1, "max_sweeps": 2}
HOUR = timedelta(hours=1)
# Two days from now, at midnight.
DAY = datetime.combine(datetime.now(UTC).date(), time(), UTC) + timedelta(days=2)


async def prepare(client: Any, emulator: Any) -> Facts:
    """A finished job on each kind of platform, one that failed, sessions, bookings, models and processes."""
    session = await client.open_session(AER, name="s", tags=["t"])
    first = await client.submit(some.QASM3, device=AER, shots=20, session=session, name="n", tags=["a"])
    await first.wait(timeout=WAIT)
    second = await client.submit(some.QASM2, device=AER, shots=20, session=session)
    await second.wait(timeout=WAIT)
    garnet = await (await client.submit(some.QASM3, device=GARNET, shots=20)).wait(timeout=WAIT)
    pulser = await (await client.submit(some.PULSER, device=FRESNEL, shots=20)).wait(timeout=WAIT)
    failed = await client.submit(some.QASM3, device=AER, shots=20, session=session)
    emulator.move(failed.id, "failed", "no more helium")
    model = await client.create_model(some.QASM3, device=AER)
    process = await client.process("vqe", device=AER, input=VQE)
    await process.wait(timeout=WAIT)
    booking = await client.reserve(FRESNEL, start=DAY, end=DAY + HOUR, description="d")
    return Facts(
        session=session.id,
        job=first.id,
        second=second.id,
        garnet=garnet.id,
        pulser=pulser.id,
        failed=failed.id,
        model=model.id,
        process=process.id,
        booking=booking.id,
    )


@CALLS.call
async def devices(client: Any, facts: Facts) -> Any:
    return await client.devices(page_size=2).collect()


@CALLS.call
async def device(client: Any, facts: Facts) -> Any:
    return await client.device(FRESNEL)


@CALLS.call
async def no_such_device(client: Any, facts: Facts) -> Any:
    return await client.device("EMU-AER-16C-128X")


@CALLS.call
async def topology(client: Any, facts: Facts) -> Any:
    return [await client.topology(GARNET), await client.topology(FRESNEL)]


@CALLS.call
async def estimate_cost(client: Any, facts: Facts) -> Any:
    return await client.estimate_cost(GARNET, shots=100, duration=HOUR)


@CALLS.call
async def submit(client: Any, facts: Facts) -> Any:
    return await client.submit(some.QASM3, device=AER, shots=20, name="n", tags=["a"], session=facts.session)


@CALLS.call
async def submit_and_result(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QASM2, device=QSIM, shots=20)
    return [job, await job.result(timeout=WAIT)]


@CALLS.call
async def submit_of_model(client: Any, facts: Facts) -> Any:
    return await client.submit(device=AER, model=facts.model, shots=20, session=facts.session)


@CALLS.call
async def waits_together(client: Any, facts: Facts) -> Any:
    jobs = [await client.submit(some.QASM3, device=AER, shots=20, session=facts.session) for _ in range(4)]
    async with anyio.create_task_group() as group:
        for job in jobs:
            group.start_soon(wait_quietly, job)
    return jobs


@CALLS.call
async def events(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QASM3, device=AER, shots=20, session=facts.session)
    return [event async for event in job.events(timeout=WAIT)]


def _add_results() -> None:
    for name in ("job", "second", "garnet", "pulser", "failed"):

        async def result(client: Any, facts: Facts, name: str = name) -> Any:
            return await (await client.job(getattr(facts, name))).result(timeout=WAIT)

        CALLS.runs[f"result_{name}"] = result


_add_results()
add_lookups(CALLS)
add_submits(CALLS, {AER: some.QASM3, QSIM: some.QASM2, FRESNEL: some.PULSER, "EMU-SAMPLING-L4": some.PERCEVAL})


@CALLS.call
async def jobs(client: Any, facts: Facts) -> Any:
    return await client.jobs(page_size=2).collect(limit=8)


@CALLS.call
async def jobs_of_session(client: Any, facts: Facts) -> Any:
    return await client.jobs(session=facts.session, tags=["a"]).collect()


@CALLS.call
async def job_programs(client: Any, facts: Facts) -> Any:
    return await client.job_programs(await client.job(facts.job))


@CALLS.call
async def job_results(client: Any, facts: Facts) -> Any:
    return await client.job_results(await client.job(facts.garnet)).collect()


@CALLS.call
async def cancel(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QASM3, device=AER, shots=20, session=facts.session)
    return await job.cancel()


@CALLS.call
async def update_job(client: Any, facts: Facts) -> Any:
    return await client.update_job(await client.job(facts.job), name="new", tags=["b"])


@CALLS.call
async def delete_job(client: Any, facts: Facts) -> Any:
    return await client.delete_job(await client.job(facts.second))


@CALLS.call
async def native_form(client: Any, facts: Facts) -> Any:
    return await client.native_form("QPU-GARNET-20PQ")


@CALLS.call
async def resume(client: Any, facts: Facts) -> Any:
    return [
        await client.resume(f"anyqpu:scaleway:job:{facts.job}"),
        await client.resume(f"anyqpu:scaleway:process:{facts.process}"),
    ]


@CALLS.call
async def open_session(client: Any, facts: Facts) -> Any:
    return await client.open_session(AER, name="s", max_duration=3600, tags=["t"])


@CALLS.call
async def wait_for_session(client: Any, facts: Facts) -> Any:
    session = await client.open_session(AER)
    return await client.wait_for_session(session, timeout=WAIT)


@CALLS.call
async def session(client: Any, facts: Facts) -> Any:
    async with client.session(device=AER, on_exit="drain") as block:
        return block.session


@CALLS.call
async def get_session(client: Any, facts: Facts) -> Any:
    return await client.get_session(facts.session)


@CALLS.call
async def sessions(client: Any, facts: Facts) -> Any:
    return await client.sessions(device=AER, page_size=1).collect(limit=5)


@CALLS.call
async def session_jobs(client: Any, facts: Facts) -> Any:
    return await client.session_jobs(await client.get_session(facts.session)).collect()


@CALLS.call
async def session_access(client: Any, facts: Facts) -> Any:
    return await client.session_access(facts.session).collect()


@CALLS.call
async def update_session(client: Any, facts: Facts) -> Any:
    return await client.update_session(await client.get_session(facts.session), name="new", tags=["u"])


@CALLS.call
async def drain_session(client: Any, facts: Facts) -> Any:
    return await client.drain_session(await client.open_session(AER))


@CALLS.call
async def close_session(client: Any, facts: Facts) -> Any:
    session = await client.open_session(AER)
    await client.close_session(session)
    return await client.delete_session(session)


@CALLS.call
async def models(client: Any, facts: Facts) -> Any:
    return await client.models(page_size=1).collect(limit=4)


@CALLS.call
async def model(client: Any, facts: Facts) -> Any:
    return await client.model(facts.model)


@CALLS.call
async def create_model(client: Any, facts: Facts) -> Any:
    return await client.create_model(some.QASM3, device=AER)


@CALLS.call
async def model_programs(client: Any, facts: Facts) -> Any:
    return [await client.model_payload(facts.model), await client.model_programs(facts.model)]


@CALLS.call
async def applications(client: Any, facts: Facts) -> Any:
    return [*await client.applications(page_size=1).collect(), await client.application("vqe")]


@CALLS.call
async def process(client: Any, facts: Facts) -> Any:
    return await client.process("vqe", device=AER, input=VQE, name="p", tags=["a"])


@CALLS.call
async def process_and_result(client: Any, facts: Facts) -> Any:
    process = await client.process("vqe", device=AER, input=VQE)
    return await process.result(timeout=WAIT)


@CALLS.call
async def get_process(client: Any, facts: Facts) -> Any:
    return await client.get_process(facts.process)


@CALLS.call
async def processes(client: Any, facts: Facts) -> Any:
    return await client.processes(application="vqe", page_size=1).collect(limit=4)


@CALLS.call
async def process_results(client: Any, facts: Facts) -> Any:
    return await client.process_results(facts.process).collect()


@CALLS.call
async def update_process(client: Any, facts: Facts) -> Any:
    return await client.update_process(facts.process, tags=["d"])


@CALLS.call
async def cancel_and_delete_process(client: Any, facts: Facts) -> Any:
    process = await client.process("vqe", device=AER, input=VQE)
    ended = await client.cancel_process(process)
    await client.delete_process(process)
    return ended


@CALLS.call
async def reserve(client: Any, facts: Facts) -> Any:
    return await client.reserve(FRESNEL, start=DAY + 2 * HOUR, end=DAY + 3 * HOUR, description="d", name="n")


@CALLS.call
async def reservation(client: Any, facts: Facts) -> Any:
    return await client.reservation(facts.booking)


@CALLS.call
async def reservations(client: Any, facts: Facts) -> Any:
    return await client.reservations(FRESNEL, page_size=1).collect(limit=4)


@CALLS.call
async def wait_for_reservation(client: Any, facts: Facts) -> Any:
    return await client.wait_for_reservation(facts.booking, timeout=WAIT)


@CALLS.call
async def session_of(client: Any, facts: Facts) -> Any:
    return await client.session_of(facts.booking)


@CALLS.call
async def update_reservation(client: Any, facts: Facts) -> Any:
    return await client.update_reservation(facts.booking, description="e")


@CALLS.call
async def cancel_reservation(client: Any, facts: Facts) -> Any:
    booked = await client.reserve(FRESNEL, start=DAY + 5 * HOUR, end=DAY + 6 * HOUR)
    return await client.cancel_reservation(booked)


@CALLS.call
async def check_credentials(client: Any, facts: Facts) -> Any:
    return await client.check_credentials()

"""Calls of Pasqal's client."""

from __future__ import annotations

from typing import Any

import anyio

from anyqpu.providers.pasqal import PasqalJob
from tests.fuzz.calls import WAIT, Calls, Facts, add_lookups, add_submits
from tests.fuzz.calls import programs as some
from tests.fuzz.calls.kipu import wait_quietly

CALLS = Calls("pasqal")
EMULATOR, FRESNEL = "EMU_FREE", "FRESNEL"
TWO_JOBS = [PasqalJob(10, variables={"omega": [6.28]}), PasqalJob(20, variables={"omega": [0.0]})]


async def prepare(client: Any, emulator: Any) -> Facts:
    """Finished and failed jobs, batches, a session and workloads."""
    job = await client.submit(some.PULSER, device=EMULATOR, shots=20, tags=["a"])
    await job.wait(timeout=WAIT)
    failed = await client.submit(some.BROKEN_PULSER, device=EMULATOR, shots=20)
    await failed.wait(timeout=WAIT)
    batch = await client.batch(some.PULSER_WITH_VARIABLE, device=EMULATOR, jobs=TWO_JOBS, tags=["b"])
    await batch.wait(timeout=WAIT)
    mixed = await client.batch(
        some.PULSER, device=EMULATOR, jobs=[PasqalJob(10), PasqalJob(10, sequence=some.BROKEN_PULSER)]
    )
    await mixed.wait(timeout=WAIT)
    session = await client.open_session(EMULATOR, tags=["s"])
    workload = await client.workload("qadence_circuit", backend="pyqtorch", config={"depth": 3})
    await workload.wait(timeout=WAIT)
    return Facts(
        job=job.id,
        failed=failed.id,
        batch=batch.id,
        mixed=mixed.id,
        session=session.id,
        workload=workload.id,
    )


add_lookups(CALLS)
add_submits(CALLS, {EMULATOR: some.PULSER})


@CALLS.call
async def devices(client: Any, facts: Facts) -> Any:
    return await client.devices().collect()


@CALLS.call
async def device(client: Any, facts: Facts) -> Any:
    return await client.device(FRESNEL)


@CALLS.call
async def no_such_device(client: Any, facts: Facts) -> Any:
    return await client.device("FRESNELL")


@CALLS.call
async def topology(client: Any, facts: Facts) -> Any:
    return await client.topology(FRESNEL)


@CALLS.call
async def estimate_cost(client: Any, facts: Facts) -> Any:
    return await client.estimate_cost(FRESNEL, shots=100)


@CALLS.call
async def all_device_specs(client: Any, facts: Facts) -> Any:
    return [await client.all_device_specs(), await client.public_device_specs()]


@CALLS.call
async def device_specs(client: Any, facts: Facts) -> Any:
    return await client.device_specs(FRESNEL)


@CALLS.call
async def device_queue(client: Any, facts: Facts) -> Any:
    return await client.device_queue(FRESNEL).collect()


@CALLS.call
async def queue_sizes(client: Any, facts: Facts) -> Any:
    return await client.queue_sizes(FRESNEL)


@CALLS.call
async def packages(client: Any, facts: Facts) -> Any:
    return await client.packages()


@CALLS.call
async def projects(client: Any, facts: Facts) -> Any:
    return [*await client.projects().collect(), await client.project()]


@CALLS.call
async def submit(client: Any, facts: Facts) -> Any:
    return await client.submit(some.PULSER, device=EMULATOR, shots=20, name="n", tags=["a"])


@CALLS.call
async def submit_with_variables(client: Any, facts: Facts) -> Any:
    return await client.submit(some.PULSER_WITH_VARIABLE, device=EMULATOR, shots=20, variables={"omega": [1.0]})


@CALLS.call
async def submit_in_session(client: Any, facts: Facts) -> Any:
    return await client.submit(some.PULSER, device=EMULATOR, shots=20, session=facts.session)


@CALLS.call
async def submit_and_result(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.PULSER, device=EMULATOR, shots=20)
    return [job, await job.result(timeout=WAIT)]


@CALLS.call
async def waits_together(client: Any, facts: Facts) -> Any:
    jobs = [await client.submit(some.PULSER, device=EMULATOR, shots=20) for _ in range(4)]
    async with anyio.create_task_group() as group:
        for job in jobs:
            group.start_soon(wait_quietly, job)
    return jobs


@CALLS.call
async def events(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.PULSER, device=EMULATOR, shots=20)
    return [event async for event in job.events(timeout=WAIT)]


@CALLS.call
async def job_status(client: Any, facts: Facts) -> Any:
    return await client.job_status(await client.job(facts.job))


@CALLS.call
async def job_logs(client: Any, facts: Facts) -> Any:
    return await client.job_logs(await client.job(facts.job))


@CALLS.call
async def jobs(client: Any, facts: Facts) -> Any:
    return await client.jobs().collect(limit=8)


@CALLS.call
async def jobs_of_batch(client: Any, facts: Facts) -> Any:
    return await client.jobs(batch=facts.batch).collect()


@CALLS.call
async def result(client: Any, facts: Facts) -> Any:
    return await (await client.job(facts.job)).result(timeout=WAIT)


@CALLS.call
async def result_failed(client: Any, facts: Facts) -> Any:
    return await (await client.job(facts.failed)).result(timeout=WAIT)


@CALLS.call
async def result_link(client: Any, facts: Facts) -> Any:
    return await client.result_link(await client.job(facts.job))


@CALLS.call
async def cancel(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.PULSER, device=EMULATOR, shots=20)
    return await job.cancel()


@CALLS.call
async def cancel_jobs(client: Any, facts: Facts) -> Any:
    batch = await client.batch(some.PULSER, device=EMULATOR, jobs=[PasqalJob(10), PasqalJob(10)])
    return [await client.cancel_jobs(batch.jobs), await client.cancel_jobs(batch=batch)]


@CALLS.call
async def native_form(client: Any, facts: Facts) -> Any:
    return await client.native_form("EMU_FREE")


@CALLS.call
async def resume(client: Any, facts: Facts) -> Any:
    return [
        await client.resume(f"anyqpu:pasqal:job:{facts.job}"),
        await client.resume(f"anyqpu:pasqal:workload:{facts.workload}"),
        await client.resume_batch(f"anyqpu:pasqal:batch:{facts.batch}"),
    ]


@CALLS.call
async def batch(client: Any, facts: Facts) -> Any:
    return await client.batch(some.PULSER_WITH_VARIABLE, device=EMULATOR, jobs=TWO_JOBS, tags=["b"])


@CALLS.call
async def open_batch(client: Any, facts: Facts) -> Any:
    batch = await client.batch(some.PULSER, device=EMULATOR, jobs=[PasqalJob(10)], open=True)
    more = await batch.add([PasqalJob(20)])
    return [batch, more, await more.close()]


@CALLS.call
async def batch_results(client: Any, facts: Facts) -> Any:
    return await client.batch_results(facts.mixed, timeout=WAIT)


@CALLS.call
async def batch_result_links(client: Any, facts: Facts) -> Any:
    return await client.batch_result_links(facts.batch)


@CALLS.call
async def get_batch(client: Any, facts: Facts) -> Any:
    return await client.get_batch(facts.batch)


@CALLS.call
async def refresh_batch(client: Any, facts: Facts) -> Any:
    return await (await client.get_batch(facts.batch)).refresh()


@CALLS.call
async def wait_for_batch(client: Any, facts: Facts) -> Any:
    batch = await client.batch(some.PULSER_WITH_VARIABLE, device=EMULATOR, jobs=TWO_JOBS)
    return await batch.wait(timeout=WAIT)


@CALLS.call
async def batches(client: Any, facts: Facts) -> Any:
    return await client.batches().collect(limit=8)


@CALLS.call
async def cancel_batch(client: Any, facts: Facts) -> Any:
    batch = await client.batch(some.PULSER, device=EMULATOR, jobs=[PasqalJob(10)], open=True)
    return await batch.cancel()


@CALLS.call
async def cancel_batches(client: Any, facts: Facts) -> Any:
    batch = await client.batch(some.PULSER, device=EMULATOR, jobs=[PasqalJob(10)], open=True)
    return await client.cancel_batches([batch])


@CALLS.call
async def rebatch(client: Any, facts: Facts) -> Any:
    return await client.rebatch(facts.mixed)


@CALLS.call
async def tag_batch(client: Any, facts: Facts) -> Any:
    return await client.tag_batch(await client.get_batch(facts.batch), ["c"])


@CALLS.call
async def open_session(client: Any, facts: Facts) -> Any:
    return await client.open_session(EMULATOR, tags=["s"])


@CALLS.call
async def session(client: Any, facts: Facts) -> Any:
    async with client.session(device=EMULATOR, on_exit="drain") as block:
        return block.session


@CALLS.call
async def get_session(client: Any, facts: Facts) -> Any:
    return await client.get_session(facts.session)


@CALLS.call
async def sessions(client: Any, facts: Facts) -> Any:
    return await client.sessions().collect(limit=8)


@CALLS.call
async def session_jobs(client: Any, facts: Facts) -> Any:
    return await client.session_jobs(await client.get_session(facts.batch)).collect()


@CALLS.call
async def set_tags(client: Any, facts: Facts) -> Any:
    return await client.set_tags(await client.get_session(facts.session), ["t"])


@CALLS.call
async def drain_and_cancel_session(client: Any, facts: Facts) -> Any:
    first, second = await client.open_session(EMULATOR), await client.open_session(EMULATOR)
    await client.close_session(await client.open_session(EMULATOR))
    return [await client.drain_session(first), await client.cancel_session(second)]


@CALLS.call
async def workload(client: Any, facts: Facts) -> Any:
    return await client.workload("qadence_circuit", backend="pyqtorch", config={"depth": 3})


@CALLS.call
async def workload_and_result(client: Any, facts: Facts) -> Any:
    workload = await client.workload("qadence_circuit", backend="pyqtorch", config={"depth": 3})
    return await workload.result(timeout=WAIT)


@CALLS.call
async def cancel_workload(client: Any, facts: Facts) -> Any:
    return await (await client.workload("qadence_circuit", backend="pyqtorch", config={})).cancel()


@CALLS.call
async def get_workload(client: Any, facts: Facts) -> Any:
    return await client.get_workload(facts.workload)


@CALLS.call
async def workloads(client: Any, facts: Facts) -> Any:
    return await client.workloads().collect(limit=8)


@CALLS.call
async def check_credentials(client: Any, facts: Facts) -> Any:
    return await client.check_credentials()

"""Calls of Kipu's client."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

import anyio

from anyqpu.errors import AnyQPUError
from tests.fuzz.calls import WAIT, Calls, Facts, add_lookups, add_submits
from tests.fuzz.calls import programs as some

CALLS = Calls("kipu")
RUN = "6f2b7e1a-0000-4000-8000-000000000001"
SIMULATOR, IBM = "kipu.sim.qsim", "ibm.qpu.fez"
# One job on each backend, for each form of result.
PROGRAMS: dict[str, tuple[str, Any]] = {
    "qsim": (SIMULATOR, some.QASM2),
    "qudora": ("qudora.sim.xg1", some.QASM2),
    "ionq": ("azure.ionq.simulator", some.IONQ),
    "braket": ("aws.sim.sv1", some.BRAKET),
    "ibm": (IBM, some.IBM),
    "ibm_registers": (IBM, {"pubs": [[some.TWO_REGISTERS, None, 20]], "version": 2}),
    "iqm": ("iqm.qpu.garnet", some.IQM),
    "quera": ("aws.quera.aquila", some.AHS),
}
MODES = ("statevector", "amplitudes")


async def prepare(client: Any, emulator: Any) -> Facts:
    """A finished job on every backend, one that failed, sessions and workloads."""
    jobs: dict[str, str] = {}
    for name, (device, program) in PROGRAMS.items():
        job = await client.submit(program, device=device, shots=20, name=name, tags=["fuzz"])
        jobs[name] = (await job.wait(timeout=WAIT)).id
    for mode in MODES:
        options: dict[str, Any] = {"mode": mode} | ({"bitstrings": ["00", "11"]} if mode == "amplitudes" else {})
        program = some.QASM2.replace("measure q -> c;\n", "")
        job = await client.submit(program, device=SIMULATOR, shots=1, input_params=options)
        jobs[mode] = (await job.wait(timeout=WAIT)).id
    failed = await client.submit(some.QASM2, device=SIMULATOR, shots=20)
    emulator.move(failed.id, "failed", "no more helium")
    jobs["failed"] = (await failed.wait(timeout=WAIT)).id
    session = await client.open_session(IBM, tags=["a"], ttl=3600)
    for _ in range(2):
        await client.submit(some.IBM, device=IBM, shots=20, session=session)
    other = await client.open_session(IBM)
    return Facts(jobs=jobs, job=jobs["qsim"], session=session.id, other=other.id)


def _add_results() -> None:
    for name in (*PROGRAMS, *MODES, "failed"):

        async def result(client: Any, facts: Facts, name: str = name) -> Any:
            return await (await client.job(facts.jobs[name])).result(timeout=WAIT)

        CALLS.runs[f"result_{name}"] = result


_add_results()
add_lookups(CALLS)
add_submits(CALLS, dict(PROGRAMS.values()) | {"quandela.sim.belenos": some.PERCEVAL})


@CALLS.call
async def devices(client: Any, facts: Facts) -> Any:
    return await client.devices().collect()


@CALLS.call
async def device(client: Any, facts: Facts) -> Any:
    return await client.device(IBM)


@CALLS.call
async def no_such_device(client: Any, facts: Facts) -> Any:
    return await client.device("ibm.qpu.fex")


@CALLS.call
async def device_config(client: Any, facts: Facts) -> Any:
    return await client.device_config(IBM)


@CALLS.call
async def least_busy(client: Any, facts: Facts) -> Any:
    return await client.least_busy("IBM", min_qubits=2)


@CALLS.call
async def calibration(client: Any, facts: Facts) -> Any:
    return await client.calibration(IBM)


@CALLS.call
async def topology(client: Any, facts: Facts) -> Any:
    return [await client.topology(IBM), await client.topology("iqm.qpu.garnet")]


@CALLS.call
async def estimate_cost(client: Any, facts: Facts) -> Any:
    return await client.estimate_cost(IBM, shots=100)


@CALLS.call
async def calibration_of_job(client: Any, facts: Facts) -> Any:
    return await client.calibration_of_job(await client.job(facts.jobs["ibm"]))


@CALLS.call
async def submit(client: Any, facts: Facts) -> Any:
    return await client.submit(some.QASM2, device=SIMULATOR, shots=20, name="n", tags=["a"])


@CALLS.call
async def submit_several(client: Any, facts: Facts) -> Any:
    return await client.submit([some.QASM3, some.QASM3], device=IBM, shots=20, session=facts.session)


@CALLS.call
async def submit_and_result(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QASM2, device=SIMULATOR, shots=20)
    return [job, await job.result(timeout=WAIT)]


@CALLS.call
async def events(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.IONQ, device="azure.ionq.simulator", shots=20)
    return [event async for event in job.events(timeout=WAIT)]


@CALLS.call
async def waits_together(client: Any, facts: Facts) -> Any:
    """Several waits, which share list calls."""
    jobs = [await client.submit(some.QASM2, device=SIMULATOR, shots=20) for _ in range(4)]
    async with anyio.create_task_group() as group:
        for job in jobs:
            group.start_soon(wait_quietly, job)
    return jobs


async def wait_quietly(job: Any) -> None:
    """Wait for a job; an error of the tree ends this wait and no other."""
    with contextlib.suppress(AnyQPUError):
        await job.wait(timeout=WAIT)


@CALLS.call
async def jobs(client: Any, facts: Facts) -> Any:
    return await client.jobs(page_size=3).collect(limit=8)


@CALLS.call
async def jobs_first(client: Any, facts: Facts) -> Any:
    return await client.jobs(sort=["created_at,desc"]).first()


@CALLS.call
async def job_input(client: Any, facts: Facts) -> Any:
    return await client.job_input(await client.job(facts.job))


@CALLS.call
async def cancel(client: Any, facts: Facts) -> Any:
    job = await client.submit(some.QASM2, device=SIMULATOR, shots=20)
    return await job.cancel()


@CALLS.call
async def native_form(client: Any, facts: Facts) -> Any:
    return await client.native_form("ibm.qpu.fez")


@CALLS.call
async def resume(client: Any, facts: Facts) -> Any:
    return await client.resume(f"anyqpu:kipu:job:{facts.job}")


@CALLS.call
async def download_result(client: Any, facts: Facts) -> Any:
    return await client.download_result(await client.job(facts.job), limit=10_000_000)


@CALLS.call
async def open_session(client: Any, facts: Facts) -> Any:
    return await client.open_session(IBM, mode="dedicated", ttl=60, tags=["a"])


@CALLS.call
async def session(client: Any, facts: Facts) -> Any:
    async with client.session(device=IBM, on_exit="cancel") as block:
        return block.session


@CALLS.call
async def get_session(client: Any, facts: Facts) -> Any:
    return await client.get_session(facts.session)


@CALLS.call
async def sessions(client: Any, facts: Facts) -> Any:
    return await client.sessions(page_size=2).collect()


@CALLS.call
async def session_jobs(client: Any, facts: Facts) -> Any:
    return await client.session_jobs(await client.get_session(facts.session)).collect()


@CALLS.call
async def session_status(client: Any, facts: Facts) -> Any:
    return await client.session_status(await client.get_session(facts.session))


@CALLS.call
async def drain_and_reopen_session(client: Any, facts: Facts) -> Any:
    session = await client.get_session(facts.session)
    return [await client.drain_session(session), await client.reopen_session(session)]


@CALLS.call
async def close_session(client: Any, facts: Facts) -> Any:
    return await client.close_session(await client.get_session(facts.other))


@CALLS.call
async def workloads(client: Any, facts: Facts) -> Any:
    return await client.workloads(page_size=2).collect(limit=8)


@CALLS.call
async def filtered_workloads(client: Any, facts: Facts) -> Any:
    return await client.workloads(kind="job", status=["COMPLETED"], device=[SIMULATOR], tags=["fuzz"]).collect(limit=8)


@CALLS.call
async def normalized_result(client: Any, facts: Facts) -> Any:
    return [await client.normalized_result(await client.job(facts.jobs[name])) for name in ("ibm", "ionq", "failed")]


@CALLS.call
async def job_shots(client: Any, facts: Facts) -> Any:
    return await client.job_shots(await client.job(facts.jobs["qudora"]))


@CALLS.call
async def job_programs(client: Any, facts: Facts) -> Any:
    return await client.job_programs(await client.job(facts.job))


@CALLS.call
async def calibration_history(client: Any, facts: Facts) -> Any:
    # Calls are recorded once and played back later: the interval must not move.
    until = datetime(2026, 1, 1, 3, tzinfo=UTC)
    pager = client.calibration_history("iqm.qpu.garnet", since=until - timedelta(hours=3), until=until, page_size=2)
    return await pager.collect()


@CALLS.call
async def runtime_minutes(client: Any, facts: Facts) -> Any:
    return await client.runtime_minutes().collect()


@CALLS.call
async def service_execution(client: Any, facts: Facts) -> Any:
    run = client.service_execution(RUN)
    return await run.workloads(page_size=1).collect()


@CALLS.call
async def check_credentials(client: Any, facts: Facts) -> Any:
    return await client.check_credentials()

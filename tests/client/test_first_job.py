"""The main job: a program goes in, a simulator runs it behind HTTP, counts come out."""

from __future__ import annotations

import pickle
from pathlib import Path

import anyio
import pytest

import anyqpu
from anyqpu import BitOrder, JobStatus, ResultKind
from anyqpu.errors import (
    JobCancelledError,
    JobFailedError,
    NotFoundError,
    ResultError,
    ValidationError,
    WaitTimeoutError,
)
from anyqpu.providers.kipu import KipuClient
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from tests.client.conftest import BELL, X_ON_QUBIT_0

pytestmark = pytest.mark.anyio
EXAMPLES = Path(__file__).parents[2] / "examples"


async def test_a_file_goes_in_and_counts_come_out(kipu: KipuClient) -> None:
    job = await kipu.submit(EXAMPLES / "bell.qasm", device="kipu.sim.qsim", shots=1000, name="bell", tags=["demo"])
    assert (job.provider, job.device_id, job.name, job.shots) == ("kipu", "kipu.sim.qsim", "bell", 1000)
    assert job.tags == ("demo",)
    assert job.created_at is not None
    assert job.created_at.tzinfo is not None

    result = await job.result(timeout=60)
    assert set(result.counts) == {"00", "11"}
    assert result.counts.shots == 1000
    assert 350 < result.counts["00"] < 650
    assert result.counts.order is BitOrder.MSB_LEFT
    assert result.raw["counts"]

    done = await job.refresh()
    assert done.status is JobStatus.COMPLETED
    assert done.raw_status == "COMPLETED"
    assert done.ended_at is not None


async def test_bit_0_is_the_rightmost_although_this_backend_puts_it_first(kipu: KipuClient) -> None:
    result = await (await kipu.submit(X_ON_QUBIT_0, device="kipu.sim.qsim", shots=10)).result(timeout=60)
    assert result.raw["counts"] == {"10": 10}
    assert result.counts == {"01": 10}
    assert result.counts.to("lsb_left") == {"10": 10}


async def test_the_same_program_gives_the_same_key_on_another_backend(kipu: KipuClient) -> None:
    result = await (await kipu.submit(X_ON_QUBIT_0, device="qudora.sim.xg1", shots=10)).result(timeout=60)
    assert result.counts == {"01": 10}


async def test_devices_say_what_they_take(kipu: KipuClient) -> None:
    devices = {device.id: device async for device in kipu.devices()}
    assert "azure.ionq.simulator" in devices
    device = await kipu.device("kipu.sim.qsim")
    assert device.status == "online"
    assert device.accepting_jobs is True
    assert device.kind == "simulator"
    assert device.num_qubits is not None
    assert device.num_qubits >= 20
    assert "OPEN_QASM_V2" in device.input_formats
    assert device.raw.id == "kipu.sim.qsim"


async def test_a_statevector_and_amplitudes_have_qubit_0_last_too(kipu: KipuClient) -> None:
    text = X_ON_QUBIT_0.replace("measure q -> c;\n", "")
    job = await kipu.submit(text, device="kipu.sim.qsim", input_params={"mode": "statevector"})
    result = await job.result(timeout=60)
    assert result.kind is ResultKind.STATEVECTOR
    assert result.items[0].statevector == (0, 1, 0, 0)
    with pytest.raises(ResultError, match="of kind statevector, not counts"):
        _ = result.counts

    params = {"mode": "amplitudes", "bitstrings": ["10", "00"]}
    result = await (await kipu.submit(text, device="kipu.sim.qsim", input_params=params)).result(timeout=60)
    assert result.items[0].amplitudes == {"01": 1, "00": 0}


async def test_every_job_is_listed_page_by_page(anyio_backend: str) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        submitted = [await kipu.submit(BELL, device="kipu.sim.qsim", shots=1) for _ in range(5)]
        listed = [job.id async for job in kipu.jobs(page_size=2)]
        assert sorted(listed) == sorted(job.id for job in submitted)
        assert len(await kipu.jobs(page_size=2).collect(limit=3)) == 3


async def test_a_mistake_in_the_program_is_reported_by_the_failed_job(kipu: KipuClient) -> None:
    job = await kipu.submit(BELL.replace("q[1];\nm", "q[7];\nm"), device="kipu.sim.qsim", shots=10)
    with pytest.raises(JobFailedError, match="line 6") as caught:
        await job.result(timeout=60)
    assert caught.value.handle == job.handle
    assert caught.value.job_status == "failed"
    assert (await job.wait()).status is JobStatus.FAILED


async def test_a_cancelled_job_says_so(anyio_backend: str) -> None:
    async with slow_client() as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        assert (await job.cancel()).status is JobStatus.CANCELLED
        with pytest.raises(JobCancelledError):
            await job.result(timeout=60)


async def test_a_wait_that_times_out_leaves_the_job_alone_and_gives_its_handle(anyio_backend: str) -> None:
    async with slow_client() as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        with pytest.raises(WaitTimeoutError, match="is still queued") as caught:
            await job.result(timeout=1.0)
        assert caught.value.handle.short == f"anyqpu:kipu:job:{job.id}"
        assert caught.value.last_status is JobStatus.QUEUED
        assert not (await job.refresh()).status.is_terminal


async def test_a_wait_that_is_to_cancel_the_remote_job_does(anyio_backend: str) -> None:
    async with slow_client() as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        with anyio.move_on_after(0.05):
            await job.wait(cancel_remote=True)
        assert (await job.refresh()).status is JobStatus.CANCELLED


async def test_each_change_of_state_is_reported(anyio_backend: str) -> None:
    clock = ManualClock()

    async def time_goes_by() -> None:
        while True:
            clock.advance(1.0)
            await anyio.sleep(0.01)

    async with slow_client(clock) as kipu:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
        states: list[str] = []
        with anyio.fail_after(60):
            async with anyio.create_task_group() as group:
                async for seen in job.events():
                    if not states:
                        group.start_soon(time_goes_by)
                    states.append(seen.status)
                group.cancel_scope.cancel()
        assert states == ["queued", "running", "completed"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shots": 0}, "shots is a whole number from 1, not 0"),
        ({"shots": -1}, "shots is a whole number from 1, not -1"),
        ({"shots": 1.5}, "shots is a whole number"),
        ({"shots": True}, "shots is a whole number"),
        ({"shots": None}, "say how many shots"),
        ({"shots": 10**9}, "takes from 1 to"),
        ({"program": "no/such/file.qasm"}, "no such file: no/such/file.qasm"),
        ({"program": "OPENQASM 2.0;\nqreg q[2;\n"}, "never closed"),
        ({"device": ""}, "device must be a Device or its identifier"),
        ({"device": "iqm.qpu.garnet"}, "iqm.qpu.garnet does not take openqasm2. It takes iqm_json"),
    ],
)
async def test_bad_input_is_refused_and_nothing_is_submitted(
    anyio_backend: str, change: dict[str, object], message: str
) -> None:
    async with anyqpu.connect("kipu", emulator=True) as kipu:
        arguments: dict[str, object] = {"program": BELL, "device": "kipu.sim.qsim", "shots": 10} | change
        with pytest.raises(ValidationError, match=message) as caught:
            await kipu.submit(**arguments)  # type: ignore[arg-type]
        assert caught.value.status_code is None
        assert await kipu.jobs().first() is None


async def test_a_misspelt_device_is_refused_with_the_name_that_was_meant(kipu: KipuClient) -> None:
    with pytest.raises(NotFoundError, match=r"Did you mean 'kipu\.sim\.qsim'\?"):
        await kipu.submit(BELL, device="kipu.sim.qsimm", shots=10)


async def test_a_job_travels_without_its_client(kipu: KipuClient) -> None:
    job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=10)
    again = pickle.loads(pickle.dumps(job))
    assert again == job
    with pytest.raises(RuntimeError, match="has no client"):
        await again.refresh()


async def test_many_jobs_are_awaited_at_once(kipu: KipuClient) -> None:
    results: dict[int, int] = {}

    async def run(number: int) -> None:
        job = await kipu.submit(BELL, device="kipu.sim.qsim", shots=number + 1)
        results[number] = (await job.result(timeout=60)).counts.shots

    async with anyio.create_task_group() as group:
        for number in range(40):
            group.start_soon(run, number)
    assert results == {number: number + 1 for number in range(40)}


def slow_client(clock: ManualClock | None = None) -> KipuClient:
    """A client of an emulator whose clock stands still unless a test moves it: jobs stay queued."""
    from anyqpu.transport.http import InProcess

    emulator = Emulator(speed="real", clock=clock or ManualClock())
    transport = InProcess(lambda: (emulator.app, emulator.close))
    return anyqpu.connect("kipu", emulator="http://127.0.0.1", transport=transport)

"""Kipu's sessions, workloads, calibrations, and jobs picked up again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import anyio
import pytest

import anyqpu
from anyqpu import JobStatus, SessionStatus
from anyqpu.errors import APIError, NotFoundError, ValidationError
from anyqpu.providers.kipu import KipuClient, states
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.server import running
from tests.providers.kipu.test_results import X_ON_QUBIT_0

pytestmark = pytest.mark.anyio

FEZ = "ibm.qpu.fez"
PUBS = X_ON_QUBIT_0[FEZ]


@pytest.fixture
async def kipu(anyio_backend: str) -> AsyncIterator[KipuClient]:
    async with anyqpu.connect("kipu", emulator=True) as client:
        yield client


@pytest.fixture
async def slow(anyio_backend: str) -> AsyncIterator[KipuClient]:
    """A cloud whose clock stands still: jobs wait until they are cancelled."""
    emulator = Emulator(speed="real", clock=ManualClock())
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect("kipu", emulator="http://127.0.0.1", transport=transport) as client:
        yield client


async def test_a_session_drains_at_the_end_of_its_block(kipu: KipuClient) -> None:
    async with kipu.session(device=FEZ, ttl=timedelta(minutes=10), tags=["mine"]) as session:
        assert session.session.device_id == FEZ
        assert session.session.mode == "batch"
        assert session.session.tags == ("mine",)
        assert session.session.accepts_jobs is True
        jobs = [await session.submit(PUBS, shots=20) for _ in range(3)]
        assert {job.session_id for job in jobs} == {session.id}
    ended = await kipu.get_session(session.id)
    assert ended.status is SessionStatus.CLOSED
    assert ended.accepts_jobs is False
    for job in jobs:
        assert (await job.refresh()).status is JobStatus.COMPLETED
    assert [job.id async for job in kipu.session_jobs(ended)] != []


async def test_a_session_can_cancel_what_is_left(slow: KipuClient) -> None:
    async with slow.session(device=FEZ, on_exit="cancel") as session:
        job = await session.submit(PUBS, shots=20)
    assert (await job.refresh()).status is JobStatus.CANCELLED
    assert (await slow.get_session(session.id)).status is SessionStatus.CLOSED


async def test_a_session_can_be_left_open(slow: KipuClient) -> None:
    async with slow.session(device=FEZ, on_exit="leave") as session:
        job = await session.submit(PUBS, shots=20)
    assert not (await job.refresh()).status.is_terminal
    assert not (await slow.get_session(session.id)).status.is_terminal


@pytest.mark.parametrize("how", ["error", "cancelled"])
async def test_a_block_that_ends_badly_releases_its_session_and_says_what_ended_it(slow: KipuClient, how: str) -> None:
    session = None
    if how == "error":
        with pytest.raises(ZeroDivisionError):
            async with slow.session(device=FEZ, on_exit="cancel") as session:
                await session.submit(PUBS, shots=20)
                raise ZeroDivisionError
    else:
        with anyio.CancelScope() as scope:
            async with slow.session(device=FEZ, on_exit="cancel") as session:
                await session.submit(PUBS, shots=20)
                scope.cancel()
                await anyio.sleep_forever()
        assert scope.cancelled_caught
    assert session is not None
    assert (await slow.get_session(session.id)).status is SessionStatus.CLOSED
    assert [(await job.refresh()).status for job in session.jobs] == ["cancelled"]


async def test_a_session_that_drains_can_be_reopened(slow: KipuClient) -> None:
    session = await slow.open_session(FEZ)
    assert not (await slow.session_status(session)).is_terminal
    assert (await slow.drain_session(session)).status is SessionStatus.DRAINING
    assert (await slow.reopen_session(session)).accepts_jobs is True
    await slow.close_session(session)
    assert await slow.session_status(session) is SessionStatus.CLOSED


async def test_wrong_sessions_are_refused(kipu: KipuClient) -> None:
    with pytest.raises(ValidationError, match="on_exit is one of drain, cancel, leave"):
        kipu.session(device=FEZ, on_exit="stay")  # type: ignore[arg-type]
    with pytest.raises(ValidationError, match="the session is not open"):
        _ = kipu.session(device=FEZ).id
    with pytest.raises(APIError):
        async with kipu.session(device="kipu.sim.qsim"):
            raise AssertionError("this backend has no sessions")


async def test_jobs_and_sessions_are_in_one_list(kipu: KipuClient) -> None:
    async with kipu.session(device=FEZ) as session:
        job = await session.submit(PUBS, shots=20)
    workloads = {(workload.kind, workload.id): workload async for workload in kipu.workloads(page_size=1)}
    assert set(workloads) == {("job", job.id), ("session", session.id)}
    assert workloads["session", session.id].status == "closed"
    assert workloads["job", job.id].status == "completed"
    assert workloads["job", job.id].device_id == FEZ


async def test_calibrations_are_there_for_some_devices_and_none_for_others(kipu: KipuClient) -> None:
    devices = [device async for device in kipu.devices()]
    calibrated = [device for device in devices if device.has_calibration]
    assert calibrated
    calibration = await kipu.calibration(calibrated[0])
    assert calibration is not None
    assert calibration.device_id == calibrated[0].id
    assert calibration.effective_at is not None
    assert calibration.data["qubits"]
    assert await kipu.calibration("kipu.sim.qsim") is None
    long_ago = datetime(1990, 1, 1, tzinfo=UTC)
    assert await kipu.calibration(calibrated[0], at=long_ago) is None
    with pytest.raises(ValidationError, match="no time zone"):
        await kipu.calibration(calibrated[0], at=datetime(2026, 1, 1))


async def test_a_backends_own_configuration_is_in_its_makers_form(kipu: KipuClient) -> None:
    assert (await kipu.device_config("iqm.qpu.garnet"))["qubits"]
    device = await kipu.device("aws.sim.sv1")
    assert "braketSchemaHeader" in await kipu.device_config(device)


async def test_the_least_busy_backend_is_known_for_ibm_only(kipu: KipuClient) -> None:
    assert (await kipu.least_busy()).id == FEZ
    with pytest.raises(ValidationError):
        await kipu.least_busy("AWS")
    with pytest.raises(NotFoundError):
        await kipu.least_busy(min_qubits=10_000)


async def test_a_job_is_picked_up_again_from_its_handle(anyio_backend: str) -> None:
    with_server = running(speed="instant")
    url = await anyio.to_thread.run_sync(with_server.__enter__)
    try:
        async with anyqpu.connect("kipu", emulator=url) as kipu:
            handle = str((await kipu.submit(X_ON_QUBIT_0["kipu.sim.qsim"], device="kipu.sim.qsim", shots=9)).handle)
            assert (await kipu.resume(handle)).shots == 9
            with pytest.raises(ValidationError, match="invalid handle for kipu"):
                await kipu.resume("anyqpu:pasqal:job:1")
        job = await anyqpu.resume(handle, emulator=url)
        assert (await job.result(timeout=30)).counts == {"01": 9}
        with pytest.raises(ValidationError, match="invalid job handle"):
            await anyqpu.resume("job-1", emulator=url)
        with pytest.raises(NotFoundError):
            await anyqpu.resume("anyqpu:kipu:job:5904a9f2-f43b-453d-9d08-beedcdb93e54", emulator=url)
    finally:
        await anyio.to_thread.run_sync(with_server.__exit__, None, None, None)


def test_every_state_of_a_session_says_whether_it_takes_jobs() -> None:
    said = {status for status in states.SESSION.values() if status is not SessionStatus.UNKNOWN}
    assert said <= states.ACCEPTS_JOBS.keys()


async def test_sessions_are_listed_among_jobs_and_found(kipu: KipuClient) -> None:
    """Also where whole pages hold jobs alone."""
    first = await kipu.open_session("ibm.qpu.fez")
    for _ in range(5):
        await kipu.submit(X_ON_QUBIT_0["kipu.sim.qsim"], device="kipu.sim.qsim", shots=1)
    second = await kipu.open_session("ibm.qpu.fez")
    sessions = await kipu.sessions(page_size=2).collect()
    assert {session.id for session in sessions} == {first.id, second.id}
    assert {session.device_id for session in sessions} == {"ibm.qpu.fez"}
    assert all(session.accepts_jobs for session in sessions)

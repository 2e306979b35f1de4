"""Jobs and sessions on the emulated Scaleway, as a user meets them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import DeviceKind, JobStatus, Money, RetryPolicy, Search, SessionStatus, errors
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.testing import emulated
from anyqpu.transport.http import InProcess
from anyqpu_emulator import Emulator
from tests.support.server import ServerResponse, serving
from tests.transport.test_submit import Between

pytestmark = pytest.mark.anyio

AER = "EMU-AER-16C-128M"
GARNET = "QPU-GARNET-20PQ"
X_ON_QUBIT_0 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nx q[0];\nc = measure q;\n'
BELL2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0], q[1];\nmeasure q -> c;\n'


async def test_platforms_are_devices(scaleway: ScalewayClient) -> None:
    devices = {device.name: device async for device in scaleway.devices(page_size=2)}
    garnet = devices[GARNET]
    assert (garnet.kind, garnet.vendor, garnet.num_qubits) == (DeviceKind.QPU, "iqm", 20)
    assert (garnet.supports_sessions, garnet.is_bookable, garnet.booking_rules) == (True, False, None)
    assert garnet.pricing is not None
    assert (garnet.pricing.per_hour, garnet.pricing.model) == (Money(Decimal(4500), "EUR"), "pay_per_use")
    assert garnet.max_circuits == 100
    assert await scaleway.device(garnet.id) == garnet == await scaleway.device(GARNET)


async def test_a_wrong_name_gets_the_right_one(scaleway: ScalewayClient) -> None:
    with pytest.raises(errors.NotFoundError, match="Did you mean 'EMU-AER-16C-128M'"):
        await scaleway.device("EMU-AER-16C-128")
    with pytest.raises(errors.ValidationError, match="device must be a Device or its identifier"):
        await scaleway.device("")


@pytest.mark.parametrize("device", [AER, GARNET])
async def test_x_on_qubit_0_gives_the_same_key_as_everywhere(scaleway: ScalewayClient, device: str) -> None:
    job = await scaleway.submit(X_ON_QUBIT_0, device=device, shots=100, name="x", tags=["mine"])
    assert (job.name, job.tags, job.shots) == ("x", ("mine",), 100)
    result = await job.result(timeout=30)
    assert result.counts == {"01": 100}
    assert result.counts.bit_labels == ("c[1]", "c[0]")
    done = await job.refresh()
    assert done.status is JobStatus.COMPLETED
    assert done.execution_time is not None
    assert done.device_id == (await scaleway.device(device)).id


async def test_a_job_whose_session_was_deleted_can_be_read() -> None:
    """Only its platform is not known any more, which Scaleway says in the session alone."""
    async with emulated() as clouds:
        async with clouds.connect("scaleway") as scaleway:
            job = await scaleway.submit(X_ON_QUBIT_0, device=AER, shots=10)
        clouds.faults.add(cloud="scaleway", operation="GetSession", status=404)
        async with clouds.connect("scaleway") as scaleway:
            read = await scaleway.job(job.id)
            assert (read.id, read.device_id) == (job.id, None)


async def test_openqasm_2_runs_where_qsim_is(scaleway: ScalewayClient) -> None:
    job = await scaleway.submit(BELL2, device="EMU-QSIM-16C-128M", shots=200)
    counts = (await job.result(timeout=30)).counts
    assert set(counts) == {"00", "11"}
    assert counts.shots == 200


async def test_a_large_result_comes_by_its_link(scaleway: ScalewayClient) -> None:
    wide = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[16] q;\nbit[16] c;\nh q;\nc = measure q;\n'
    job = await scaleway.submit(wide, device=AER, shots=60_000)
    result = await job.result(timeout=60)
    listed = await scaleway.raw.list_job_results(job.id)
    assert listed.job_results[0].url  # type: ignore[index]
    assert result.counts.shots == 60_000
    assert len(result.counts) > 30_000


async def test_a_failed_job_says_why(scaleway: ScalewayClient) -> None:
    bad = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nnosuchgate q[0];\nc = measure q;\n'
    job = await scaleway.submit(bad, device=AER, shots=10)
    with pytest.raises(errors.JobFailedError, match="nosuchgate") as caught:
        await job.result(timeout=30)
    assert caught.value.handle == job.handle
    assert (await job.refresh()).failure is not None


async def test_a_session_is_terminated_when_its_jobs_are_done(scaleway: ScalewayClient) -> None:
    options: dict[str, Any] = {"max_duration": timedelta(minutes=10), "max_idle": 90.5, "name": "s", "tags": ["t"]}
    async with scaleway.session(device=AER, **options) as session:
        assert session.session.raw.max_duration == "600s"
        assert session.session.raw.max_idle_duration == "90.5s"
        assert (session.session.mode, session.session.tags) == ("dedicated", ("t",))
        jobs = [await session.submit(BELL2, shots=10) for _ in range(3)]
        assert {job.session_id for job in jobs} == {session.id}
    ended = await scaleway.get_session(session.id)
    assert ended.status in {SessionStatus.CLOSING, SessionStatus.CLOSED}
    assert ended.accepts_jobs is False
    assert [(await job.refresh()).status for job in jobs] == [JobStatus.COMPLETED] * 3
    assert (ended.waiting_jobs, ended.finished_jobs, ended.reservation_id) == (0, 3, None)
    assert {job.id async for job in scaleway.session_jobs(ended)} == {job.id for job in jobs}
    with pytest.raises(errors.ConflictError, match="is clos"):
        await scaleway.submit(BELL2, device=AER, shots=10, session=ended)


async def test_sessions_can_be_listed_changed_and_deleted(scaleway: ScalewayClient) -> None:
    first = await scaleway.open_session(AER, deduplication_id="one")
    again = await scaleway.open_session(AER, deduplication_id="one", name="other")
    assert again.id == first.id
    await scaleway.open_session(GARNET)
    assert len(await scaleway.sessions().collect()) == 2
    assert [session.id async for session in scaleway.sessions(device=AER)] == [first.id]
    changed = await scaleway.update_session(first, name="new", tags=["a"], max_duration=120, max_idle=60)
    assert (changed.raw.name, changed.tags, changed.raw.max_duration) == ("new", ("a",), "120s")
    assert [session.id async for session in scaleway.sessions(tags=["a"])] == [first.id]
    assert await scaleway.session_access(first).collect() == ["full"]
    await scaleway.delete_session(first)
    with pytest.raises(errors.NotFoundError):
        await scaleway.get_session(first.id)


async def test_a_job_is_renamed_and_keeps_the_key_by_which_it_is_ours(scaleway: ScalewayClient) -> None:
    job = await scaleway.submit(BELL2, device=AER, shots=10, tags=["a"])
    changed = await scaleway.update_job(job, name="other", tags=["b"])
    assert (changed.id, changed.name, changed.tags, changed.dedup_key) == (job.id, "other", ("b",), job.dedup_key)
    assert [item.id async for item in scaleway.jobs(tags=["b"])] == [job.id]
    assert await scaleway.jobs(tags=["a"]).collect() == []


async def test_what_the_platform_takes_besides_is_sent(scaleway: ScalewayClient) -> None:
    options = {"parameters": {"options": {"memory": True}}, "max_duration": timedelta(minutes=1)}
    job = await scaleway.submit(X_ON_QUBIT_0, device=AER, shots=3, **options)  # type: ignore[arg-type]
    assert (await job.result(timeout=30)).items[0].samples == ("01", "01", "01")
    for wrong, message in (
        ({"shots": 3}, "given by shots="),
        ({"options": {"a": {1}}}, "cannot be written as JSON"),
        ({"options": {"a": float("nan")}}, "cannot be written as JSON"),
        # Other names are parameters of a gate-model program.
        ({"theta": 0.3}, "the program declares no parameters, but was given theta"),
        (["theta"], "parameters are values by name, not list"),
    ):
        with pytest.raises(errors.ValidationError, match=message):
            await scaleway.submit(X_ON_QUBIT_0, device=AER, shots=3, parameters=wrong)  # type: ignore[arg-type]


async def test_a_session_that_does_not_start_is_not_waited_for_without_end(slow: ScalewayClient) -> None:
    session = await slow.open_session(AER)
    assert session.status is SessionStatus.STARTING
    with anyio.fail_after(30), pytest.raises(errors.WaitTimeoutError, match="still starting") as caught:
        await slow.submit(BELL2, device=AER, shots=10, session=session, timeout=1.0)
    assert caught.value.last_status is SessionStatus.STARTING
    assert await slow.jobs(session=session).collect() == []


async def test_a_session_that_was_opened_for_a_job_does_not_outlive_its_failure(slow: ScalewayClient) -> None:
    with anyio.fail_after(30), pytest.raises(errors.WaitTimeoutError):
        await slow.submit(BELL2, device=AER, shots=10, timeout=1.0)
    with anyio.move_on_after(1.0) as scope:
        await slow.submit(BELL2, device=AER, shots=10)
    assert scope.cancelled_caught
    ended = {SessionStatus.CLOSING, SessionStatus.CLOSED}
    sessions = await slow.sessions().collect()
    assert len(sessions) == 2
    assert {session.status for session in sessions} <= ended


async def test_a_session_that_was_opened_for_a_job_ends_when_that_is_refused(anyio_backend: str) -> None:
    between = Between(before=ServerResponse(403, b'{"type": "permissions_denied"}'))
    async with serving(between) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            with pytest.raises(errors.PermissionDeniedError):
                await scaleway.submit(BELL2, device=AER, shots=10)
            [session] = await scaleway.sessions().collect()
            assert session.status in {SessionStatus.CLOSING, SessionStatus.CLOSED}
    await between.close()


async def test_a_job_is_cancelled_resumed_and_deleted(scaleway: ScalewayClient) -> None:
    job = await scaleway.submit(BELL2, device=AER, shots=10)
    same = await scaleway.resume(str(job.handle))
    assert same.id == job.id
    assert same.device_id == job.device_id
    await job.cancel()
    ended = await job.wait(timeout=30)
    if ended.status is JobStatus.CANCELLED:
        with pytest.raises(errors.JobCancelledError):
            await ended.result()
    await scaleway.delete_job(job)
    with pytest.raises(errors.NotFoundError):
        await scaleway.job(job.id)


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no shots": ({"shots": None}, "say how many shots"),
    "shots of another kind": ({"shots": "10"}, "whole number"),
    "too many shots": ({"shots": 30_000}, "from 1 to 20000 shots"),
    "a format it does not take": ({"program": {"circuits": []}}, "does not take iqm_json.*openqasm3, openqasm2"),
    "a photonic device": ({"device": "QPU-BELENOS-12PQ"}, "It takes perceval_json"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
async def test_bad_input_is_refused_before_anything_is_made(
    scaleway: ScalewayClient, change: dict[str, Any], message: str
) -> None:
    options: dict[str, Any] = {"program": X_ON_QUBIT_0, "device": GARNET, "shots": 10} | change
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await scaleway.submit(options.pop("program"), **options)
    assert caught.value.status_code is None
    assert await scaleway.sessions().collect() == []


async def test_bad_sessions_are_refused(scaleway: ScalewayClient) -> None:
    for wrong in (0, -1, float("inf"), float("nan"), True):
        with pytest.raises(errors.ValidationError, match="more than 0 s"):
            await scaleway.open_session(AER, max_duration=wrong)
    session = await scaleway.open_session(AER)
    with pytest.raises(errors.ValidationError, match="is not on QPU-GARNET-20PQ"):
        await scaleway.submit(BELL2, device=GARNET, shots=10, session=session)
    assert len(await scaleway.sessions().collect()) == 1


async def test_without_a_project_nothing_is_opened(anyio_backend: str) -> None:
    secret = "11111111-1111-4111-8111-111111111111"
    emulator = Emulator(speed="instant")
    transport = InProcess(lambda: (emulator.app, emulator.close))
    async with anyqpu.connect(
        "scaleway", secret_key=secret, base_url="http://127.0.0.1/scaleway", transport=transport
    ) as client:
        with pytest.raises(errors.ConfigError, match="SCW_DEFAULT_PROJECT_ID"):
            await client.submit(BELL2, device=AER, shots=10)


@pytest.mark.parametrize(
    "after",
    [ServerResponse(drop=True), ServerResponse(500), ServerResponse(200, b"{cut off")],
    ids=["drop", "500", "cut"],
)
async def test_a_lost_response_gives_the_one_job(anyio_backend: str, after: ServerResponse) -> None:
    between = Between(after=after)
    async with serving(between) as server:
        client: ScalewayClient = anyqpu.connect(
            "scaleway", emulator=server.url, retry=RetryPolicy(backoff=0.001), search=Search(tries=3, pause=0.01)
        )
        async with client as scaleway:
            job = await scaleway.submit(BELL2, device=AER, shots=10, name="bell")
            assert [item.id async for item in scaleway.jobs()] == [job.id]
            assert len(await scaleway.sessions().collect()) == 1
    await between.close()
    assert between.submits == 1


async def test_a_lost_response_about_a_session_does_not_open_a_second(anyio_backend: str) -> None:
    class Losing(Between):
        lost = 0

        async def __call__(self, seen: Any) -> ServerResponse:
            reply = await super().__call__(seen)
            if seen.method == "POST" and seen.path.endswith("/sessions") and not self.lost:
                self.lost += 1
                return ServerResponse(drop=True)
            return reply

    between = Losing()
    async with serving(between) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url, retry=RetryPolicy(backoff=0.001))
        async with client as scaleway:
            await scaleway.open_session(AER)
            assert between.lost == 1
            assert len(await scaleway.sessions().collect()) == 1
    await between.close()

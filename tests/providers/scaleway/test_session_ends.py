"""No way in which a submit can end leaves a session open on hardware that is paid by the hour."""

from __future__ import annotations

import asyncio
import json
import logging
import random
import signal
import sys
import textwrap
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import anyio
import httpx
import pytest

import anyqpu
from anyqpu import JobStatus, Money, RetryPolicy, Search, SessionStatus, errors
from anyqpu.providers.scaleway import ScalewayClient
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu_emulator.server import running
from tests.emulator.pasqal.helpers import FLIP as PULSE
from tests.emulator.pasqal.helpers import PI, constant, pulse, sequence

pytestmark = pytest.mark.anyio

GARNET = "QPU-GARNET-20PQ"  # 4,500 EUR an hour in the emulator's catalogue
FLIP = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[1] q;\nbit[1] c;\nx q[0];\nc = measure q;\n'
BROKEN = FLIP.replace("x q[0]", "nosuchgate q[0]")
# The shortest idle time that a submit asks for, and what a job of the slow emulator takes at most.
IDLE = 60
LIVE = {"starting", "running"}
SEARCH = Search(tries=2, pause=0.1, total=1.0)


def sessions_of(clouds: EmulatedClouds) -> list[dict[str, Any]]:
    """All sessions as the emulator has them."""
    return [row for row in clouds.emulator.overview.state(1000)["sessions"] if row["kind"] == "session"]


def live(clouds: EmulatedClouds) -> list[dict[str, Any]]:
    return [row for row in sessions_of(clouds) if row["status"] in LIVE]


def requests_of(clouds: EmulatedClouds) -> Counter[str]:
    return Counter(entry["operation"] for entry in clouds.emulator.request_log.view())


@asynccontextmanager
async def client_of(clouds: EmulatedClouds, **options: Any) -> AsyncIterator[ScalewayClient]:
    async with clouds.connect("scaleway", **{"retry": RetryPolicy(attempts=1), "search": SEARCH, **options}) as client:
        yield client


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncIterator[EmulatedClouds]:
    async with emulated() as clouds:
        yield clouds


async def submit(client: ScalewayClient, program: str = FLIP, **options: Any) -> Any:
    return await client.submit(program, device=GARNET, shots=10, **options)


# Ways in which a submit ends while its client is open: nothing is left when they return.


async def result(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    assert (await (await submit(client)).result()).counts == {"1": 10}


async def wait(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await (await submit(client)).wait()
    assert job.status is JobStatus.COMPLETED
    # Its result outlives the session.
    assert not live(clouds)
    assert (await job.result()).counts == {"1": 10}


async def events(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    async for job in (await submit(client)).events():
        assert bool(live(clouds)) is not job.status.is_terminal


async def refresh(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "failed", "a fuse has blown")
    assert (await job.refresh()).status.is_terminal


async def look_up(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "failed", "a fuse has blown")
    assert (await client.job(job.id)).status.is_terminal


async def resume(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "failed", "a fuse has blown")
    assert (await client.resume(str(job.handle))).status.is_terminal


async def listing(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "failed", "a fuse has blown")
    assert [listed.id async for listed in client.jobs()] == [job.id]


async def deletion(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    await client.delete_job(await submit(client))


async def failure(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client, BROKEN)
    with pytest.raises(errors.JobFailedError, match="nosuchgate"):
        await job.result()


async def cancel(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    await job.cancel()


async def queue_timeout_with_cancel(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.set_pace(queue=3600)
    job = await submit(client)
    with pytest.raises(errors.WaitTimeoutError, match="queue_timeout"):
        await job.wait(queue_timeout=60, cancel_remote=True)


async def cancelled_wait_with_cancel(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "running")
    with anyio.move_on_after(0.05):
        await job.wait(cancel_remote=True)


async def refused_before_the_session(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    with pytest.raises(errors.ValidationError):
        await submit(client, parameters={"shots": 5})
    clouds.faults.add(cloud="scaleway", operation="CreateSession", status=403, count=1)
    with pytest.raises(errors.PermissionDeniedError):
        await submit(client)


async def refused_after_the_session(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateJob", status=403, count=1)
    with pytest.raises(errors.PermissionDeniedError):
        await submit(client)


async def session_poll_fails(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="GetSession", status=403, count=1)
    with pytest.raises(errors.PermissionDeniedError):
        await submit(client)


async def lost_session_found(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateSession", drop="after", count=1)
    await (await submit(client)).result()


async def lost_response_found(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateJob", drop="after", count=1)
    await (await submit(client)).result()


async def cancelled_while_opening(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateSession", delay=1.0, when="after", count=1)
    await cancelled_in(clouds, "CreateSession", submit(client))


async def cancelled_while_starting(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="GetSession", delay=1.0, when="after", count=1)
    await cancelled_in(clouds, "GetSession", submit(client))


async def timeout_while_starting(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="GetSession", change={"/status": "starting"})
    with pytest.raises(errors.WaitTimeoutError, match="No job was submitted"):
        await submit(client, timeout=2.0)


async def two_jobs(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    first, second = await submit(client), await submit(client)
    await first.result()
    assert len(live(clouds)) == 1
    await second.result()
    assert len(sessions_of(clouds)) == 1


async def cancelled_in(clouds: EmulatedClouds, operation: str, coroutine: Awaitable[Any]) -> None:
    """Cancel what awaits the response of a request that has arrived."""

    async def run() -> None:
        await coroutine

    async with anyio.create_task_group() as group:
        group.start_soon(run)
        await until(lambda: arrived(clouds, operation))
        group.cancel_scope.cancel()


async def until(happened: Callable[[], bool]) -> None:
    with anyio.fail_after(10):
        while not happened():  # noqa: ASYNC110  # the emulator has no event for it
            await anyio.sleep(0.01)


def arrived(clouds: EmulatedClouds, operation: str) -> bool:
    # A request is logged after its response; that of a session or job has its effect before.
    if operation == "CreateSession":
        return bool(sessions_of(clouds))
    if operation == "CreateJob":
        return bool(clouds.jobs())
    return requests_of(clouds)["CreateSession"] > 0


ENDS: list[Callable[[EmulatedClouds, ScalewayClient], Awaitable[None]]] = [
    *(result, wait, events, refresh, look_up, resume, listing, deletion, failure, cancel),
    *(queue_timeout_with_cancel, cancelled_wait_with_cancel),
    *(refused_before_the_session, refused_after_the_session, session_poll_fails),
    *(lost_session_found, lost_response_found),
    *(cancelled_while_opening, cancelled_while_starting, timeout_while_starting, two_jobs),
]


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
async def test_a_submit_that_has_ended_leaves_no_session(clouds: EmulatedClouds, end: Any) -> None:
    async with client_of(clouds) as client:
        await end(clouds, client)
        assert not live(clouds)
        # A later submit opens another session, which ends as well.
        clouds.faults.clear()
        clouds.set_pace(1, 1)
        assert (await (await submit(client)).result()).counts == {"1": 10}
        assert not live(clouds)


# Ways after which a job may still run: its session ends within the shortest idle time after the job.


async def lost_for_good(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateJob", drop="after", count=1)
    clouds.faults.add(cloud="scaleway", operation="ListJobs", status=503)
    with pytest.raises(errors.SubmissionUnknownError, match="it ends after 60 s idle") as caught:
        await submit(client)
    [session] = live(clouds)
    assert session["id"] in str(caught.value)


async def cancelled_while_sending(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateJob", delay=1.0, when="after", count=1)
    await cancelled_in(clouds, "CreateJob", submit(client))


async def never_looked_at(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    await submit(client)


async def given_up(clouds: EmulatedClouds, client: ScalewayClient) -> None:
    job = await submit(client)
    clouds.move(job, "running")
    with pytest.raises(errors.WaitTimeoutError):
        await job.wait(timeout=5)
    clouds.move(job, None)


@pytest.mark.parametrize(
    "end", [lost_for_good, cancelled_while_sending, never_looked_at, given_up], ids=lambda end: end.__name__
)
async def test_a_job_that_may_run_keeps_its_session_no_longer_than_the_idle_time(
    clouds: EmulatedClouds, end: Any, caplog: pytest.LogCaptureFixture
) -> None:
    clouds.set_pace(queue=5, run=5)
    with caplog.at_level(logging.INFO, "anyqpu"):
        async with client_of(clouds) as client:
            await end(clouds, client)
    assert len(live(clouds)) == 1
    assert "stays open for 1 jobs that may still run; it ends after 60 s idle" in caplog.text
    clouds.faults.clear()
    # The handle of the job survives the client.
    clouds.advance(10)
    [job] = clouds.jobs()
    async with client_of(clouds) as other:
        assert (await (await other.job(job["id"])).result()).counts == {"1": 10}
        clouds.advance(IDLE + 1)
    assert not live(clouds)
    [session] = sessions_of(clouds)
    assert session["billed_seconds"] < 10 + 2 * IDLE


async def test_a_job_whose_submit_was_unknown_lets_its_session_end_once_it_is_found(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        await lost_for_good(clouds, client)
        clouds.faults.clear()
        [job] = [job async for job in client.jobs()]
        await job.result()
        assert not live(clouds)


async def test_a_session_that_may_be_open_is_said_in_the_error(clouds: EmulatedClouds) -> None:
    clouds.faults.add(cloud="scaleway", operation="CreateSession", drop="after", count=1)
    clouds.faults.add(cloud="scaleway", operation="ListSessions", status=503)
    async with client_of(clouds) as client:
        with pytest.raises(errors.SubmissionUnknownError, match=r"No job was submitted.*it ends after 60 s idle"):
            await submit(client)
    clouds.advance(IDLE + 60)
    assert not live(clouds)
    assert not clouds.jobs()


async def test_a_platform_with_a_longer_idle_time_is_left_to_the_user(clouds: EmulatedClouds) -> None:
    details = [{"argument_name": "max_idle_duration", "reason": "constraint", "help_message": "should be 120s or more"}]
    refusal = json.dumps({"type": "invalid_arguments", "details": details})
    clouds.faults.add(operation="CreateSession", status=400, text=refusal, count=1)
    async with client_of(clouds) as client:
        with pytest.raises(errors.ValidationError, match=r"120s or more.*Open a session with max_idle= above 60 s"):
            await submit(client)
        own = await client.open_session(GARNET, max_idle=120)
        assert (await (await submit(client, session=own)).result()).counts == {"1": 10}


async def test_the_end_of_the_client_ends_what_has_no_jobs(clouds: EmulatedClouds) -> None:
    """Jobs that were seen final while their results were not fetched, and sessions that could not be closed."""
    async with client_of(clouds) as client:
        clouds.faults.add(cloud="scaleway", operation="TerminateSession", status=503, count=1)
        await (await submit(client)).result()
        assert len(live(clouds)) == 1
    assert not live(clouds)


async def test_a_client_that_is_closed_early_leaves_no_session(clouds: EmulatedClouds) -> None:
    """Its submits wait for a session that is being opened, or that starts."""
    for operation, seconds in (("CreateSession", 1.0), ("GetSession", 1.0)):
        clouds.faults.add(cloud="scaleway", operation=operation, delay=seconds, when="after", count=1)
        failed: list[BaseException] = []
        before = len(sessions_of(clouds))

        async def begin(client: ScalewayClient, failed: list[BaseException] = failed) -> None:
            try:
                await submit(client)
            except errors.AnyQPUError as error:
                failed.append(error)

        async with anyio.create_task_group() as group:
            client = clouds.connect("scaleway", retry=RetryPolicy(attempts=1))
            group.start_soon(begin, client)
            group.start_soon(begin, client)
            await until(lambda before=before: len(sessions_of(clouds)) > before)
            await client.aclose()
        assert len(failed) == 2
        assert not live(clouds)
        assert not clouds.jobs()


async def test_a_close_that_is_cancelled_ends_the_sessions(clouds: EmulatedClouds) -> None:
    with anyio.CancelScope() as scope:
        async with client_of(clouds) as client:
            clouds.faults.add(cloud="scaleway", operation="TerminateSession", status=503, count=1)
            await (await submit(client)).result()
            scope.cancel()
            await anyio.sleep(1)
    assert not live(clouds)


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("operation", ["CreateSession", "GetSession", "TerminateSession"])
async def test_asyncios_own_cancellation_leaves_no_session(clouds: EmulatedClouds, operation: str) -> None:
    """Unlike anyio's, it breaks into shields; and it may come twice."""
    clouds.faults.add(cloud="scaleway", operation=operation, delay=0.3, count=1)

    async def run() -> None:
        await (await submit(client)).result()

    async with client_of(clouds) as client:
        for pause in (0.1, 0.2, 0.4):
            task = asyncio.create_task(run())
            await asyncio.sleep(pause)
            task.cancel()
            await asyncio.sleep(0.02)
            task.cancel()
            await asyncio.wait([task])
            assert task.done()
    clouds.advance(2 * IDLE)
    # Whether a job was sent in time is a matter of chance; a session without one has not cost its idle time.
    jobs = {job["id"] for job in clouds.jobs()}
    assert sum(row["billed_seconds"] >= IDLE for row in sessions_of(clouds)) <= len(jobs)
    assert not live(clouds)


async def test_sessions_of_the_users_own_are_never_touched(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        own = await client.open_session(GARNET, max_idle=3600)
        job = await submit(client, session=own)
        assert job.session_id == own.id
        await job.result()
        await (await submit(client)).result()
    assert [row["id"] for row in live(clouds)] == [own.id]


async def test_a_job_that_names_the_session_of_another_keeps_it(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        first = await submit(client)
        second = await submit(client, session=first.session_id)
        await first.result()
        assert len(live(clouds)) == 1
        assert (await second.result()).counts == {"1": 10}
        assert len(sessions_of(clouds)) == 1
        assert not live(clouds)


async def test_two_clients_do_not_share_their_sessions(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as one, client_of(clouds) as other:
        first, second = await submit(one), await submit(other)
        assert first.session_id != second.session_id
        await other.job(first.id)
        await first.result()
        assert [row["id"] for row in live(clouds)] == [second.session_id]
        await second.result()
    assert not live(clouds)


async def test_parallel_submits_share_one_session(clouds: EmulatedClouds) -> None:
    jobs: list[Any] = []

    async def one(client: ScalewayClient) -> None:
        jobs.append(await submit(client))

    async with client_of(clouds) as client:
        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(one, client)
        for job in jobs:
            await job.result()
        assert len({job.session_id for job in jobs}) == 1
        assert not live(clouds)
    counted = requests_of(clouds)
    assert (counted["CreateSession"], counted["CreateModel"], counted["CreateJob"]) == (1, 1, 10)
    assert (counted["ListPlatforms"], counted["TerminateSession"]) == (1, 1)


async def test_results_are_fetched_before_their_session_ends(clouds: EmulatedClouds) -> None:
    """A cloud may lose what a session had not delivered. Many waits share their polls."""
    jobs: list[Any] = []

    async def one(client: ScalewayClient) -> None:
        job = await submit(client)
        jobs.append(job)
        await job.result()

    async with client_of(clouds) as client:
        clouds.faults.add(operation="CreateJob", late=20)
        async with anyio.create_task_group() as group:
            for _ in range(10):
                group.start_soon(one, client)
        assert not live(clouds)
    assert len({job.session_id for job in jobs}) == 1
    operations = [entry["operation"] for entry in reversed(clouds.emulator.request_log.view())]
    assert operations.count("TerminateSession") == 1
    assert operations.index("TerminateSession") == len(operations) - 1
    assert operations.count("ListJobResults") >= 10


async def test_only_equal_sequences_of_pulser_share_a_session(clouds: EmulatedClouds) -> None:
    """The sequence is the model of the session."""
    async with client_of(clouds) as client:
        sessions = []
        other = sequence([pulse(constant(500, PI))])
        for program in (PULSE, PULSE, other):
            job = await client.submit(program, device="QPU-FRESNEL-100PQ", shots=10)
            session = await client.get_session(str(job.session_id))
            assert session.raw.model_id == job.raw.model_id
            sessions.append(session.id)
        assert sessions[0] == sessions[1] != sessions[2]
        await job.cancel()
        assert [row["id"] for row in live(clouds)] == [sessions[0]]


async def test_what_a_sequence_of_submits_sends(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        for _ in range(8):
            await submit(client)
        await submit(client, FLIP.replace("x q[0]", "x q[0]; x q[0]"))
    counted = requests_of(clouds)
    polls = counted.pop("GetSession")
    assert counted == {"ListPlatforms": 1, "CreateModel": 2, "CreateSession": 1, "CreateJob": 9}
    # Until it has started; the jobs themselves need none.
    assert 1 <= polls <= 10


async def test_a_session_of_the_users_own_is_looked_up_once(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        own = await client.open_session(GARNET)
        own = await client.wait_for_session(own)
        before = requests_of(clouds)
        for _ in range(5):
            await submit(client, session=own)
        assert requests_of(clouds) - before == {"GetSession": 1, "CreateModel": 1, "CreateJob": 5}


async def test_a_model_that_the_cloud_lost_is_uploaded_again(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        first = await submit(client)
        missing = {"type": "not_found", "resource": "model", "resource_id": first.raw.model_id}
        clouds.faults.add(operation="CreateJob", status=404, text=json.dumps(missing), count=1)
        second = await submit(client)
        assert second.raw.model_id != first.raw.model_id
        third = await submit(client)
        assert third.raw.model_id == second.raw.model_id
    assert requests_of(clouds)["CreateModel"] == 2


async def test_a_session_that_ended_by_itself_is_not_used_again(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        clouds.move(await submit(client), "failed", "a fuse has blown")
        clouds.advance(IDLE + 1)
        job = await submit(client)
        assert len(sessions_of(clouds)) == 2
        await job.result()
        assert not live(clouds)


async def test_a_refusal_that_is_the_sessions_fault_says_so(clouds: EmulatedClouds) -> None:
    async with client_of(clouds) as client:
        first = await submit(client)
        async with client_of(clouds) as other:
            await other.close_session(await other.get_session(str(first.session_id)))
        with pytest.raises(errors.ConflictError, match=f"session {first.session_id} is stop.*submit again"):
            await submit(client)
        assert (await (await submit(client)).result()).counts == {"1": 10}
    assert not live(clouds)


async def test_jobs_do_not_join_a_session_that_soon_reaches_its_longest_duration(clouds: EmulatedClouds) -> None:
    """It would cancel them. The emulator's default is that of Scaleway's clients, 59 minutes."""
    clouds.set_pace(queue=0, run=3000)
    async with client_of(clouds) as client:
        first = await submit(client)
        clouds.advance(20 * 60)
        second = await submit(client)
        clouds.advance(10 * 60)
        third = await submit(client)
        assert first.session_id == second.session_id != third.session_id
        await third.cancel()
        await first.result()
        await second.cancel()
        assert not live(clouds)


@pytest.mark.parametrize("seed", range(4))
async def test_any_number_of_submits_at_once_leave_nothing(clouds: EmulatedClouds, seed: int) -> None:
    """Submits that end in random ways at random times; at no time is there more than one session that lives."""
    chance = random.Random(seed)
    most = 0

    async def one(client: ScalewayClient, kind: str, pause: float) -> None:
        nonlocal most
        await anyio.sleep(pause)
        try:
            with anyio.move_on_after(0.05 if kind == "impatient" else 60):
                job = await submit(client, BROKEN if kind == "broken" else FLIP)
                most = max(most, len(live(clouds)))
                if kind == "cancel":
                    await job.cancel()
                elif kind == "wait":
                    await job.wait()
                else:
                    await job.result()
        except errors.AnyQPUError:
            pass

    kinds = ["result", "wait", "cancel", "broken", "refused", "impatient"]
    async with client_of(clouds) as client:
        async with anyio.create_task_group() as group:
            for _ in range(25):
                kind = chance.choice(kinds)
                if kind == "refused":
                    clouds.faults.add(operation="CreateJob", status=403, after=chance.randrange(5), count=1)
                group.start_soon(one, client, kind, chance.random() * 0.3)
        most = max(most, len(live(clouds)))
    assert most == 1
    # A submit that was cancelled while its request was sent may have a job.
    clouds.advance(3 * IDLE)
    assert not live(clouds)


async def test_ends_and_costs_of_sessions(clouds: EmulatedClouds) -> None:
    """4,500 EUR an hour are 75 EUR a minute."""
    async with client_of(clouds) as client:
        job = await submit(client)
        clouds.move(job, "running")
        [busy] = await client.sessions().collect()
        assert busy.ends_at == busy.expires_at
        assert busy.started_at is not None
        assert busy.expires_at == busy.started_at + timedelta(minutes=59)
        own = await client.open_session(GARNET, max_idle=120, max_duration=3600)
        own = await client.wait_for_session(own)
        assert own.started_at is not None
        assert own.expires_at == own.started_at + timedelta(hours=1)
        assert own.ends_at == own.started_at + timedelta(minutes=2)
        clouds.advance(60)
        own = await client.get_session(own.id)
        assert own.may_still_cost is not None
        assert Money(Decimal(60), "EUR") < own.may_still_cost < Money(Decimal(75), "EUR")
        await client.close_session(own)
        closed = await client.get_session(own.id)
        assert closed.status in {SessionStatus.CLOSING, SessionStatus.CLOSED}
        assert (closed.ends_at, closed.may_still_cost) == (None, None)
        assert requests_of(clouds)["GetPlatform"] == 0
        await job.cancel()
    async with client_of(clouds) as other:
        simulator = await other.wait_for_session(await other.open_session("EMU-AER-16C-128M"))
        assert simulator.may_still_cost == Money(Decimal(0), "EUR")
        html = simulator._repr_html_()
        assert "may still cost" in html
        assert simulator == type(simulator).from_dict(simulator.to_dict())


CHILD = """
    import sys
    import anyio, anyqpu

    async def main():
        async with anyqpu.connect("scaleway", emulator=sys.argv[1]) as client:
            for _ in range(2):
                job = await client.submit(sys.argv[2], device="QPU-GARNET-20PQ", shots=10)
            print(job.handle, flush=True)
            await anyio.sleep(60)

    anyio.run(main)
"""


@pytest.fixture
def address() -> Iterator[str]:
    """An emulator for other processes."""
    with running(speed="instant") as url:
        yield url


async def test_a_killed_process_leaves_a_session_that_ends_within_the_idle_time(address: str) -> None:
    async with httpx.AsyncClient(base_url=address) as control:

        async def session() -> dict[str, Any]:
            state = (await control.get("/_control/state")).json()
            [row] = [row for row in state["sessions"] if row["kind"] == "session"]
            return dict(row)

        command = [sys.executable, "-c", textwrap.dedent(CHILD), address, FLIP]
        async with await anyio.open_process(command, stderr=None) as child:
            assert child.stdout is not None
            with anyio.fail_after(60):
                handle = (await child.stdout.receive()).decode().strip()
            child.send_signal(signal.SIGKILL)
            await child.wait()
        assert (await session())["status"] == "running"
        await control.post("/_control/clock", json={"advance": IDLE + 5})
        assert (await session())["status"] not in LIVE
        # It cost a minute, and its job is still there.
        assert 60 <= (await session())["billed_seconds"] < 65
    async with anyqpu.connect("scaleway", emulator=address) as client:
        assert (await (await client.resume(handle)).result()).counts == {"1": 10}

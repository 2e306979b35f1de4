"""Batches of several jobs on the emulated Pasqal Cloud: together, in part, and what is refused."""

from __future__ import annotations

import pickle
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from anyqpu_raw.pasqal.models import Batch as RawBatch

import anyqpu
from anyqpu import JobHandle, JobStatus, PollPolicy, RetryPolicy, Search, errors
from anyqpu.core.memory import ENTRIES
from anyqpu.core.results.batches import gathered
from anyqpu.model.batch import Batch
from anyqpu.model.job import Job, WaitOptions
from anyqpu.model.result import Result
from anyqpu.providers.pasqal import PasqalClient, PasqalJob
from anyqpu_emulator.clock import ManualClock
from anyqpu_emulator.clouds.pasqal.catalogue import PROJECT_ID
from tests.emulator.pasqal.helpers import BY_VARIABLE, FLIP, PI, constant, pulse, sequence
from tests.providers.pasqal.lossy import Lossy
from tests.support.inside import adapter_of
from tests.support.server import ServerResponse, serving

pytestmark = pytest.mark.anyio

TWO_ATOMS = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
BROKEN = sequence([{"op": "dance"}])
STRANGER = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"


async def test_a_batch_runs_several_jobs_in_the_order_in_which_they_were_given(pasqal: PasqalClient) -> None:
    jobs = [
        PasqalJob(10, variables={"omega": [2 * PI]}),
        PasqalJob(20, variables={"omega": [0.0]}),
        PasqalJob(30, sequence=TWO_ATOMS),
    ]
    batch = await pasqal.batch(BY_VARIABLE, device="EMU_FREE", jobs=jobs, tags=["sweep", "sweep"])
    assert (batch.device_id, batch.open, batch.tags, batch.jobs_count) == ("EMU_FREE", False, ("sweep",), 3)
    assert [job.shots for job in batch.jobs] == [10, 20, 30]
    assert batch.dedup_key is not None
    assert {job.dedup_key for job in batch.jobs} == {batch.dedup_key}
    results = await batch.results(timeout=30)
    assert list(results) == [job.id for job in batch.jobs]
    assert [dict(result.counts) for result in results.values()] == [{"1": 10}, {"0": 20}, {"11": 30}]
    assert [result.counts.bit_labels for result in results.values()] == [("q0",), ("q0",), ("q0", "q1")]
    assert results.complete
    assert results.batch.status is JobStatus.COMPLETED
    assert results.batch.counts_per_status == {JobStatus.COMPLETED: 3}
    assert (results.batch.queue_priority, results.batch.is_over) == ("MEDIUM", True)


async def test_a_failed_job_hides_no_other_ones_result(pasqal: PasqalClient) -> None:
    jobs = [PasqalJob(10), PasqalJob(20, sequence=BROKEN), PasqalJob(30)]
    batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=jobs)
    results = await batch.results(timeout=30)
    first, second, third = (job.id for job in batch.jobs)
    assert {id: dict(result.counts) for id, result in results.items()} == {first: {"1": 10}, third: {"1": 30}}
    assert list(results.failures) == [second]
    assert isinstance(results.failures[second], errors.JobFailedError)
    assert "dance" in str(results.failures[second])
    assert not results.complete
    assert "2 results and 1 failures" in repr(results)


async def test_a_batch_that_timed_out_keeps_what_was_computed(instant: PasqalClient, clock: ManualClock) -> None:
    batch = await instant.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)], open=True)
    assert dict((await batch.results(timeout=30))[batch.jobs[0].id].counts) == {"1": 10}
    clock.advance(61)
    ended = await batch.wait(timeout=30)
    assert (ended.status, ended.raw_status, ended.open) == (JobStatus.TIMED_OUT, "TIMED_OUT", False)
    assert dict((await ended.results(timeout=30))[batch.jobs[0].id].counts) == {"1": 10}


async def test_an_open_batch_takes_jobs_until_it_is_closed(pasqal: PasqalClient) -> None:
    batch = await pasqal.batch(BY_VARIABLE, device="EMU_FREE", open=True)
    assert (batch.jobs, batch.open, batch.is_over) == ((), True, False)
    more = await batch.add([PasqalJob(10, variables={"omega": [2 * PI]}), PasqalJob(20, sequence=FLIP)])
    assert [job.shots for job in more.jobs] == [10, 20]
    (listed,) = await pasqal.batches(open=True).collect()
    assert (listed.id, listed.jobs, listed.jobs_count) == (batch.id, (), 2)
    again = await listed.add([PasqalJob(30, variables={"omega": [2 * PI]})])
    assert [job.shots for job in again.jobs] == [10, 20, 30]
    # All its jobs are over, though it is open: that is what a wait waits for.
    assert len((await again.wait(timeout=30)).jobs) == 3
    assert await again.add([]) is again
    closed = await again.close()
    assert closed.open is False
    assert len(await closed.results(timeout=30)) == 3
    with pytest.raises(errors.ValidationError) as caught:
        await closed.add([PasqalJob(10, sequence=FLIP)])
    assert caught.value.status_code == 400


async def test_complete_is_the_opposite_of_open(pasqal: PasqalClient) -> None:
    assert (await pasqal.batch(device="EMU_FREE", complete=False)).open is True
    assert (await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(1)], complete=True)).open is False


async def test_a_wait_has_a_limit_and_its_error_a_handle(slow: PasqalClient) -> None:
    batch = await slow.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)])
    seen: list[JobStatus] = []
    with pytest.raises(errors.WaitTimeoutError, match="still queued") as caught:
        await batch.wait(timeout=1.0, on_update=lambda update: seen.append(update.status))
    assert seen == [JobStatus.QUEUED]
    assert caught.value.handle == batch.handle
    with pytest.raises(errors.WaitTimeoutError):
        await batch.results(timeout=0.05)
    assert (await batch.cancel()).status is JobStatus.CANCELLED
    results = await batch.results(timeout=30)
    assert [type(error) for error in results.failures.values()] == [errors.JobCancelledError]


async def test_a_batch_in_an_unknown_state_is_not_awaited_for_ever(anyio_backend: str) -> None:
    async def respond(seen: Any) -> ServerResponse:
        return ServerResponse.of_json({"data": {"id": STRANGER, "status": "FLYING"}})

    batch = a_batch(JobStatus.QUEUED)
    updates: list[str] = []
    poll = PollPolicy(floor=0.001, growth=0.0, max_unknown=2)
    options: dict[str, Any] = {"token": "t", "project_id": STRANGER, "poll": poll}
    async with serving(respond) as server:
        client: PasqalClient = anyqpu.connect("pasqal", base_url=server.url, **options)
        async with client as pasqal:
            with pytest.raises(errors.UnexpectedStatusError, match="'FLYING'") as caught:
                await pasqal.wait_for_batch(batch, on_update=lambda seen: updates.append(seen.raw_status))
    assert updates == ["FLYING"]
    assert caught.value.handle == batch.handle


async def test_an_open_batch_is_awaited_until_its_jobs_have_ended(anyio_backend: str) -> None:
    counts = iter([{"RUNNING": 1}, {"RUNNING": 1, "DONE": 1}])

    async def respond(seen: Any) -> ServerResponse:
        if seen.path.endswith("/jobs"):
            return ServerResponse.of_json({"data": []})
        fields = {"id": STRANGER, "status": "RUNNING", "jobs_count_per_status": next(counts, {"DONE": 2})}
        return ServerResponse.of_json({"data": fields if seen.path.endswith("/status") else {**fields, "open": True}})

    options: dict[str, Any] = {"token": "t", "project_id": STRANGER, "poll": PollPolicy(floor=0.001, growth=0.0)}
    async with serving(respond) as server:
        client: PasqalClient = anyqpu.connect("pasqal", base_url=server.url, **options)
        async with client as pasqal:
            batch = replace(a_batch(JobStatus.RUNNING), id=STRANGER, open=True)
            ended = await pasqal.wait_for_batch(batch, timeout=30)
    assert (ended.raw_status, ended.open) == ("RUNNING", True)
    assert next(counts, None) is None


async def test_the_memory_of_batches_is_bounded(pasqal: PasqalClient) -> None:
    first = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(1)])
    reader = adapter_of(pasqal).reader
    assert reader.knows(first.id)
    for number in range(ENTRIES):
        reader.remember(RawBatch.from_dict({"id": str(uuid.UUID(int=number)), "status": "DONE"}))
    assert [reader.knows(id) for id in (first.id, str(uuid.UUID(int=0)))] == [False, True]
    assert (await pasqal.job(first.jobs[0].id)).device_id == "EMU_FREE"


async def test_a_batch_is_picked_up_again(pasqal: PasqalClient) -> None:
    batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10), PasqalJob(20)])
    assert str(batch.handle).partition("?")[0] == f"anyqpu:pasqal:batch:{batch.id}"
    assert (batch.handle.key, batch.handle.account) == (batch.key, {"project_id": PROJECT_ID})
    for handle in (str(batch.handle), batch.handle, JobHandle.parse(batch.handle.to_json())):
        same = await pasqal.resume_batch(handle)
        assert [job.id for job in same.jobs] == [job.id for job in batch.jobs]
    with pytest.raises(errors.ValidationError, match="resume_batch"):
        await pasqal.resume(batch.handle)
    with pytest.raises(errors.ValidationError, match="invalid handle of a Pasqal batch"):
        await pasqal.resume_batch(batch.jobs[0].handle)
    copy = pickle.loads(pickle.dumps(batch))
    assert copy == batch
    with pytest.raises(RuntimeError, match=r"has no client.*client\.resume_batch\(batch\.handle\)"):
        await copy.refresh()


async def test_cancelling_many_says_of_each_what_became_of_it(slow: PasqalClient) -> None:
    one = await slow.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10), PasqalJob(20)])
    two = await slow.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(30)])
    gone = (await one.jobs[0].cancel()).id
    done = await slow.cancel_jobs([gone, one.jobs[1], two.jobs[0].id, STRANGER])
    assert {job.id for job in done.jobs} == {one.jobs[1].id, two.jobs[0].id}
    assert all(job.status is JobStatus.CANCELLED for job in done.jobs)
    assert done.errors.keys() == {gone, STRANGER}
    assert "CANCELED" in done.errors[gone]
    nothing = await slow.cancel_jobs([])
    assert (nothing.jobs, nothing.errors) == ((), {})


async def test_jobs_of_a_batch_are_cancelled_by_filters(slow: PasqalClient) -> None:
    batch = await slow.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10), PasqalJob(20), PasqalJob(30)])
    assert [job.shots for job in (await batch.cancel_jobs(min_runs=15, max_runs=25)).jobs] == [20]
    assert [job.shots for job in (await slow.cancel_jobs(batch=batch.id, status="queued")).jobs] == [10, 30]
    for wrong in ({}, {"jobs": [batch.jobs[0]], "batch": batch}, {"jobs": [], "status": "queued"}):
        with pytest.raises(errors.ValidationError, match="either jobs, or a batch"):
            await slow.cancel_jobs(**wrong)  # type: ignore[arg-type]


async def test_many_batches_are_cancelled_at_once(slow: PasqalClient) -> None:
    one, two = [await slow.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)]) for _ in range(2)]
    await one.cancel()
    done = await slow.cancel_batches([one, two.id, STRANGER])
    assert [(batch.id, batch.status) for batch in done.batches] == [(two.id, JobStatus.CANCELLED)]
    assert done.errors.keys() == {one.id, STRANGER}
    assert (await slow.cancel_batches([])).batches == ()


async def test_failures_of_single_requests_are_kept_beside_what_was_done(anyio_backend: str) -> None:
    jobs = [
        Job(provider="pasqal", id=str(uuid.uuid4()), device_id=None, session_id=str(uuid.uuid4()), **QUEUED)
        for _ in range(2)
    ]

    async def respond(seen: Any) -> ServerResponse:
        if str(jobs[0].session_id) in seen.path or refuse_all:
            return ServerResponse.of_json({"status": "fail", "message": "Forbidden", "code": "403", "data": None}, 403)
        done = {"jobs": [{"id": jobs[1].id, "status": "CANCELED", "batch_id": jobs[1].session_id}], "errors": {}}
        return ServerResponse.of_json({"status": "success", "data": done})

    refuse_all = False
    async with serving(respond) as server:
        client: PasqalClient = anyqpu.connect("pasqal", base_url=server.url, token="t", project_id=STRANGER)
        async with client as pasqal:
            done = await pasqal.cancel_jobs(jobs)
            assert [job.id for job in done.jobs] == [jobs[1].id]
            assert done.errors.keys() == {jobs[0].id}
            refuse_all = True
            with pytest.raises(errors.PermissionDeniedError):
                await pasqal.cancel_jobs(jobs)
            with pytest.raises(errors.PermissionDeniedError):
                await pasqal.cancel_batches([STRANGER])


QUEUED: dict[str, Any] = {"status": JobStatus.QUEUED, "raw_status": "PENDING"}


async def test_jobs_are_run_again_in_a_batch_of_their_own(pasqal: PasqalClient) -> None:
    jobs = [PasqalJob(10), PasqalJob(20, sequence=BROKEN)]
    batch = await (await pasqal.batch(FLIP, device="EMU_FREE", jobs=jobs, tags=["mine"])).wait(timeout=30)
    again = await batch.rebatch(status="failed")
    assert (again.parent_id, again.tags, again.dedup_key) == (batch.id, ("mine",), None)
    assert [(job.shots, job.raw.parent_id) for job in again.jobs] == [(20, batch.jobs[1].id)]
    everything = await pasqal.rebatch(batch.id)
    assert [job.shots for job in everything.jobs] == [10, 20]
    assert set((await batch.refresh()).raw.child_ids) == {again.id, everything.id}


async def test_tags_can_change_and_the_key_stays(pasqal: PasqalClient) -> None:
    batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)], tags=["old"])
    tagged = await batch.set_tags(["new"])
    assert (tagged.tags, tagged.dedup_key) == (("new",), batch.dedup_key)
    assert [item.id async for item in pasqal.batches(tag="new")] == [batch.id]
    assert [item.id async for item in pasqal.batches(tag="old")] == []


async def test_batches_and_jobs_are_found_by_filters(pasqal: PasqalClient) -> None:
    before = datetime.now(UTC) - timedelta(minutes=1)
    one = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10), PasqalJob(20)])
    two = await pasqal.batch(FLIP, device="FRESNEL", jobs=[PasqalJob(30)])
    await one.wait(timeout=30)
    await two.wait(timeout=30)

    async def batches(**filters: Any) -> list[str]:
        return [batch.id async for batch in pasqal.batches(**filters)]

    async def shots(**filters: Any) -> set[int | None]:
        return {job.shots async for job in pasqal.jobs(**filters)}

    assert await batches() == [two.id, one.id]
    assert await batches(ids=[one.id]) == [one.id]
    assert await batches(device_types=["FRESNEL"], status="completed") == [two.id]
    assert await batches(min_jobs=2, max_jobs=5) == [one.id]
    assert await batches(queue_priority="low") == []
    assert await batches(start_date=before) == [two.id, one.id]
    assert await batches(project_ids=[STRANGER]) == []
    assert await shots(batch=one) == {10, 20}
    assert await shots(session=two.id) == {30}
    assert await shots(ids=[one.jobs[0].id, two.jobs[0].id]) == {10, 30}
    assert await shots(min_runs=15, max_runs=30, status=[JobStatus.COMPLETED, "ERROR"]) == {20, 30}
    assert await shots(with_errors=True) == set()
    assert await shots(origin="CLIENT", end_date=before) == set()
    (session,) = await pasqal.sessions(ids=[one.id]).collect()
    assert (session.waiting_jobs, session.finished_jobs) == (0, 2)


BAD: dict[str, tuple[dict[str, Any], str, tuple[str, ...]]] = {
    "open and complete": ({"open": True, "complete": False}, "opposites", ("open", "complete")),
    "no jobs": ({"jobs": []}, "needs a job", ("jobs",)),
    "both": (
        {"jobs": [PasqalJob(1), PasqalJob(1, {"omega": [1.0]}, FLIP)]},
        "job 1: a job has a sequence of its own, or variables",
        ("jobs.1.sequence", "jobs.1.variables"),
    ),
    "neither": ({"program": None}, "job 0: neither the job nor its batch has a sequence", ("jobs.0.sequence",)),
    "too many shots": (
        {"jobs": [PasqalJob(501)]},
        "job 0: FRESNEL takes from 1 to 500 shots, not 501",
        ("jobs.0.shots",),
    ),
    "no shots": ({"jobs": [PasqalJob()]}, "say how many shots", ("jobs.0.shots",)),
    "a dictionary": ({"jobs": [{"runs": 1}]}, "job 0 is a PasqalJob, not dict", ("jobs.0",)),
    "OpenQASM": ({"program": "OPENQASM 2.0;\n"}, "FRESNEL does not take openqasm2", ("program",)),
    "OpenQASM in a job": (
        {"jobs": [PasqalJob(1, sequence="OPENQASM 3;\n")]},
        "job 0: FRESNEL does not take openqasm3. It takes pulser_json",
        ("jobs.0.program",),
    ),
    "another variable": (
        {"jobs": [PasqalJob(1, {"omgea": [1.0]})]},
        "has no variable 'omgea'. It has omega",
        ("jobs.0.variables",),
    ),
    "tags": ({"tags": "mine"}, "a list of texts", ("tags",)),
    "an empty tag": ({"tags": [""]}, "a list of texts", ("tags",)),
    "a webhook": ({"webhook": "example.com"}, "webhook is an address", ("webhook",)),
    "a timeout": ({"timeout": 0}, "timeout is in seconds", ("timeout",)),
}


@pytest.mark.parametrize(("change", "message", "fields"), BAD.values(), ids=BAD)
async def test_bad_input_is_refused_before_anything_is_made(
    pasqal: PasqalClient, change: dict[str, Any], message: str, fields: tuple[str, ...]
) -> None:
    options: dict[str, Any] = {"program": BY_VARIABLE, "device": "FRESNEL", "jobs": [PasqalJob(1)]} | change
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await pasqal.batch(options.pop("program"), **options)
    assert (caught.value.status_code, caught.value.fields) == (None, fields)
    assert await pasqal.batches().collect() == []


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "an id": ({"ids": ["mine"]}, "invalid identifier 'mine'"),
    "no ids": ({"ids": []}, "ids is empty, which would mean all"),
    "one text": ({"ids": STRANGER}, "ids is a list of texts"),
    "a naive time": ({"start_date": datetime(2026, 1, 1)}, "start_date has no time zone"),
    "a word": ({"status": "finished"}, "invalid status 'finished'. It is one of PENDING, .*completed"),
    "a bound": ({"min_runs": -1}, "min_runs is a whole number from 0, not -1"),
    "bounds": ({"min_runs": 2, "max_runs": 1}, "min_runs is more than max_runs"),
    "dates": (
        {"start_date": datetime(2026, 1, 2, tzinfo=UTC), "end_date": datetime(2026, 1, 1, tzinfo=UTC)},
        "start_date is more than end_date",
    ),
    "an origin": ({"origin": "MARS"}, "invalid origin 'MARS'. It is one of AZURE, CLIENT"),
    "a flag": ({"with_errors": "yes"}, "with_errors is True or False"),
    "a batch": ({"batch": "b"}, "invalid identifier 'b'"),
    "a beginning": ({"id_starts_with": ""}, "id_starts_with is a text"),
}


@pytest.mark.parametrize(("filters", "message"), WRONG.values(), ids=WRONG)
async def test_filters_without_meaning_are_refused_before_anything_is_sent(
    pasqal: PasqalClient, filters: dict[str, Any], message: str
) -> None:
    with pytest.raises(errors.ValidationError, match=message) as caught:
        pasqal.jobs(**filters)
    assert caught.value.status_code is None


async def test_an_unknown_filter_is_a_mistake_in_the_program(pasqal: PasqalClient) -> None:
    with pytest.raises(TypeError, match="this list takes no colour; there are end_date"):
        pasqal.jobs(colour="red")  # type: ignore[call-arg]


async def test_malformed_identifiers_are_refused_before_anything_is_sent(pasqal: PasqalClient) -> None:
    batch = await pasqal.open_session("EMU_FREE")
    for call in (
        pasqal.job("x"),
        pasqal.get_batch("x"),
        pasqal.get_session("x"),
        pasqal.get_workload("x"),
        pasqal.rebatch("x"),
        pasqal.cancel_batches(["x"]),
        pasqal.cancel_jobs(["x"]),
        pasqal.cancel_jobs(batch="x"),
        pasqal.resume("anyqpu:pasqal:job:x"),
        pasqal.submit(FLIP, device="EMU_FREE", shots=1, session="x"),
        pasqal.rebatch(batch.id, start_date=datetime(2026, 1, 1)),
    ):
        with pytest.raises(errors.ValidationError) as caught:
            await call
        assert caught.value.status_code is None


QUICK: dict[str, Any] = {"retry": RetryPolicy(backoff=0.001), "search": Search(tries=3, pause=0.01)}


@pytest.mark.parametrize(
    "reply", [ServerResponse(drop=True), ServerResponse(502), ServerResponse(200, b"{cut")], ids=["drop", "502", "cut"]
)
async def test_a_batch_whose_response_is_lost_is_found_with_its_jobs(anyio_backend: str, reply: ServerResponse) -> None:
    lossy = Lossy("/batches", reply)
    async with serving(lossy) as server:
        client: PasqalClient = anyqpu.connect("pasqal", emulator=server.url, **QUICK)
        async with client as pasqal:
            batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10), PasqalJob(20)])
            assert [job.shots for job in batch.jobs] == [10, 20]
            assert [item.id async for item in pasqal.batches()] == [batch.id]
    await lossy.close()
    assert lossy.sent == 1


@pytest.mark.parametrize("reply", [ServerResponse(drop=True), ServerResponse(502)], ids=["drop", "502"])
async def test_what_carries_no_key_is_sent_once_and_said_to_be_unknown(
    anyio_backend: str, reply: ServerResponse
) -> None:
    for ending, hint in (("/rebatch", "child_ids"), ("/jobs", "refresh"), ("/workloads", "workloads")):
        lossy = Lossy(ending, reply)
        async with serving(lossy) as server:
            client: PasqalClient = anyqpu.connect("pasqal", emulator=server.url, **QUICK)
            async with client as pasqal:
                batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(10)], open=ending == "/jobs")
                with pytest.raises(errors.SubmissionUnknownError, match=hint) as caught:
                    if ending == "/rebatch":
                        await (await batch.wait(timeout=30)).rebatch()
                    elif ending == "/jobs":
                        await batch.add([PasqalJob(20)])
                    else:
                        await pasqal.workload("qadence_circuit", backend="pyq", config={})
                assert caught.value.dedup_key
        await lossy.close()
        assert lossy.sent == 1


def a_batch(status: JobStatus, *jobs: JobStatus) -> Batch:
    ids = [str(number) for number in range(len(jobs))]
    made = [
        Job(provider="pasqal", id=id, device_id=None, status=s, raw_status=s) for id, s in zip(ids, jobs, strict=True)
    ]
    return Batch(provider="pasqal", id="b", device_id=None, status=status, raw_status=status.name, jobs=tuple(made))


async def test_jobs_that_never_ran_in_a_batch_that_is_over_are_failures(anyio_backend: str) -> None:
    requested: list[str] = []

    async def read(job: Job, options: WaitOptions) -> Result:
        requested.append(job.id)
        if not job.status.is_terminal:
            assert options.timeout == 1.0
            raise errors.WaitTimeoutError("still queued")
        return Result(job_id=job.id, provider="pasqal", items=())

    out = await gathered(a_batch(JobStatus.TIMED_OUT, JobStatus.COMPLETED, JobStatus.QUEUED), read, 1.0)
    assert (list(out), requested) == (["0"], ["0"])
    assert isinstance(out.failures["1"], errors.JobTimedOutError)
    ended = await gathered(a_batch(JobStatus.COMPLETED, JobStatus.COMPLETED, JobStatus.QUEUED), read, 1.0)
    assert list(ended) == ["0"]
    assert "its batch ended as COMPLETED" in str(ended.failures["1"])


async def test_a_result_that_cannot_be_fetched_is_an_error_of_the_whole(anyio_backend: str) -> None:
    async def read(job: Job, options: WaitOptions) -> Result:
        if job.id == "1":
            raise errors.ResultDecodeError("odd")
        if job.id == "2":
            raise errors.AuthenticationError("who are you?")
        return Result(job_id=job.id, provider="pasqal", items=())

    done = JobStatus.COMPLETED
    assert list((await gathered(a_batch(done, done, done), read, None)).failures) == ["1"]
    with pytest.raises(errors.AuthenticationError):
        await gathered(a_batch(done, done, done, done), read, None)

"""Applications, and the processes that run them: awaited like jobs."""

from __future__ import annotations

import json
from typing import Any

import pytest

import anyqpu
from anyqpu import JobStatus, ResultKind, RetryPolicy, Search, errors
from anyqpu.providers.scaleway import ScalewayClient
from tests.support.inside import adapter_of
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.test_submit import Between

pytestmark = pytest.mark.anyio

AER = "EMU-AER-16C-128M"
# The lowest energy of -Z is -1.
INPUT = {"hamiltonian": [["Z", -1.0]], "layers": 1, "max_sweeps": 5}


async def test_applications_are_found_by_name_and_identifier(scaleway: ScalewayClient) -> None:
    vqe = await scaleway.application("vqe")
    assert (vqe.name, vqe.kind) == ("vqe", "vqe")
    assert vqe.input_template["layers"] == 1
    assert (await scaleway.device(AER)).id in vqe.device_ids
    assert await scaleway.application(vqe.id) == vqe
    assert await scaleway.applications(name="vqe", kind="vqe", page_size=1).collect() == [vqe]
    assert await scaleway.applications(name="nosuch").collect() == []
    with pytest.raises(errors.NotFoundError, match="Available: vqe"):
        await scaleway.application("qve")
    with pytest.raises(errors.ValidationError, match="such as 'vqe'"):
        await scaleway.application("")


async def test_a_hint_shows_no_credential_in_the_name_of_an_application(anyio_backend: str) -> None:
    link = "https://host.example/vqe?signature=4f1c0ffee0123456"

    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json({"total_count": 1, "applications": [{"id": "a", "name": link, "type": "vqe"}]})

    async with serving(respond) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            with pytest.raises(errors.NotFoundError) as caught:
                await scaleway.application("qve")
    assert "host.example/vqe" in str(caught.value)
    assert "4f1c0ffee" not in str(caught.value)


async def test_a_process_is_awaited_like_a_job(scaleway: ScalewayClient) -> None:
    process = await scaleway.process("vqe", device=AER, input=INPUT, name="mine", tags=["a"])
    assert (process.kind, process.name, process.tags, process.status) == ("process", "mine", ("a",), JobStatus.QUEUED)
    assert process.device_id == (await scaleway.device(AER)).id
    result = await process.result(timeout=60)
    assert result.kind is ResultKind.RAW
    assert result.raw["eigenvalue"] == pytest.approx(-1)
    done = await process.refresh()
    assert (done.status, done.progress, done.kind) == (JobStatus.COMPLETED, 1.0, "process")
    assert [event.status async for event in process.events(timeout=30)][-1] is JobStatus.COMPLETED
    assert [item.raw async for item in scaleway.process_results(process)] == [result.raw]


async def test_a_process_is_picked_up_by_its_handle(scaleway: ScalewayClient) -> None:
    process = await scaleway.process(await scaleway.application("vqe"), device=AER, input=json.dumps(INPUT))
    assert str(process.handle).startswith(f"anyqpu:scaleway:process:{process.id}")
    same = await scaleway.resume(str(process.handle))
    assert (same.id, same.kind) == (process.id, "process")
    assert (await same.wait(timeout=60)).status is JobStatus.COMPLETED


async def test_processes_are_listed_changed_cancelled_and_deleted(scaleway: ScalewayClient) -> None:
    first = await scaleway.process("vqe", device=AER)
    second = await scaleway.process("vqe", device=AER, tags=["b"])
    assert [workload.id async for workload in scaleway.processes(application="vqe", page_size=1)] == [
        second.id,
        first.id,
    ]
    assert [workload.id async for workload in scaleway.processes(tags=["b"])] == [second.id]
    changed = await scaleway.update_job(second, name="new", tags=["c"])
    assert (changed.name, changed.tags, changed.dedup_key) == ("new", ("c",), second.dedup_key)
    assert (await scaleway.update_process(second.id, tags=["d"])).dedup_key == second.dedup_key
    ended = await (await second.cancel()).wait(timeout=60)
    if ended.status is JobStatus.CANCELLED:
        with pytest.raises(errors.JobCancelledError):
            await ended.result()
    await scaleway.delete_job(second)
    with pytest.raises(errors.NotFoundError):
        await scaleway.get_process(second.id)
    await scaleway.delete_process(first.id)
    assert await scaleway.processes().collect() == []


async def test_a_wait_that_is_given_up_cancels_the_process_on_request(slow: ScalewayClient) -> None:
    process = await slow.process("vqe", device=AER, input=INPUT)
    with pytest.raises(errors.WaitTimeoutError, match="still queued") as caught:
        await process.wait(timeout=1.0, cancel_remote=True)
    assert caught.value.handle == process.handle
    assert (await process.refresh()).status in {JobStatus.CANCELLING, JobStatus.CANCELLED}


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "where it does not run": ({"device": "EMU-SAMPLING-L4"}, "vqe does not run on EMU-SAMPLING-L4"),
    "no JSON": ({"input": {"a": {1}}}, "the input cannot be written as JSON"),
    "no number": ({"input": {"a": float("inf")}}, "the input cannot be written as JSON"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
async def test_bad_processes_are_refused_before_they_start(
    scaleway: ScalewayClient, change: dict[str, Any], message: str
) -> None:
    options: dict[str, Any] = {"device": AER} | change
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await scaleway.process("vqe", **options)
    assert caught.value.status_code is None
    assert await scaleway.processes().collect() == []


async def test_input_that_the_application_does_not_take_is_an_error(scaleway: ScalewayClient) -> None:
    with pytest.raises(errors.ValidationError, match="hamiltonian") as caught:
        await scaleway.process("vqe", device=AER, input={"hamiltonian": 1})
    assert caught.value.status_code == 400


class Losing(Between):
    """Loses the responses to the creation of processes."""

    def __init__(self, response: ServerResponse, *, handled: bool) -> None:
        super().__init__()
        self.response, self.handled = response, handled
        self.created = 0

    async def __call__(self, seen: Seen) -> ServerResponse:
        if seen.method != "POST" or not seen.path.endswith("/processes"):
            return await super().__call__(seen)
        self.created += 1
        if self.handled:
            await super().__call__(seen)
        return self.response


@pytest.mark.parametrize("handled", [True, False])
@pytest.mark.parametrize(
    "response",
    [ServerResponse(drop=True), ServerResponse(500), ServerResponse(200, b"{cut")],
    ids=["drop", "500", "cut"],
)
async def test_a_process_whose_response_is_lost_is_searched_and_not_sent_again(
    anyio_backend: str, response: ServerResponse, handled: bool
) -> None:
    between = Losing(response, handled=handled)
    async with serving(between) as server:
        client: ScalewayClient = anyqpu.connect(
            "scaleway", emulator=server.url, retry=RetryPolicy(backoff=0.001), search=Search(tries=2, pause=0.01)
        )
        async with client as scaleway:
            if handled:
                process = await scaleway.process("vqe", device=AER)
                assert [workload.id async for workload in scaleway.processes()] == [process.id]
            else:
                with pytest.raises(errors.SubmissionUnknownError) as caught:
                    await scaleway.process("vqe", device=AER)
                assert caught.value.dedup_key is not None
    await between.close()
    assert between.created == 1


async def test_many_processes_and_jobs_are_watched_by_lists(scaleway: ScalewayClient) -> None:
    bell = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[1];\ncreg c[1];\nx q[0];\nmeasure q -> c;\n'
    processes = [await scaleway.process("vqe", device=AER, input=INPUT) for _ in range(3)]
    job = await scaleway.submit(bell, device=AER, shots=5)
    waiting = {workload.id: workload for workload in [*processes, job]}
    listed = await adapter_of(scaleway).list_many(waiting)
    assert {id: workload.kind for id, workload in listed.items.items()} == {
        id: workload.kind for id, workload in waiting.items()
    }
    assert adapter_of(scaleway).list_cost(waiting) == listed.requests == 2


async def test_an_error_says_what_the_cloud_says(anyio_backend: str) -> None:
    body = {"id": "p", "status": "error", "progress_message": "did not converge", "progress": 0.5}

    async def respond(seen: Seen) -> ServerResponse:
        return ServerResponse.of_json(body)

    async with serving(respond) as server:
        client: ScalewayClient = anyqpu.connect("scaleway", emulator=server.url)
        async with client as scaleway:
            process = await scaleway.get_process("p")
            assert process.progress == 0.5
            with pytest.raises(errors.JobFailedError, match="did not converge"):
                await process.result(timeout=5)

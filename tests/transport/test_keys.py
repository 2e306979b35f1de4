"""A key is used for one job: across clients, after lost responses and cancellations, and however many jobs follow."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import anyio
import pytest

import anyqpu
from anyqpu import Search, errors
from anyqpu.providers.pasqal import PasqalJob
from anyqpu.testing import EmulatedClouds, emulated
from tests.client.conftest import BELL, X_ON_QUBIT_0
from tests.emulator.pasqal.helpers import FLIP, PI, constant, pulse, sequence
from tests.support.server import Seen, ServerResponse, serving
from tests.transport.test_submit_outcomes import BACKEND, job_with, json_reply

pytestmark = pytest.mark.anyio

KEY = "sweep-7.circuit_12"
SHORT = Search(tries=3, pause=0.01)
OTHER_FLIP = sequence([pulse(constant(400, 2 * PI))])
# Device, program, another program, and the operation that lists jobs by key.
CLOUDS: dict[str, tuple[str, Any, Any, str]] = {
    "kipu": ("kipu.sim.qsim", BELL, X_ON_QUBIT_0, "searchJobs"),
    "scaleway": ("EMU-AER-16C-128M", BELL, X_ON_QUBIT_0, "ListJobs"),
    "pasqal": ("EMU_FREE", FLIP, OTHER_FLIP, "list_batches"),
}
CREATE = {"kipu": "createJob", "scaleway": "CreateJob", "pasqal": "create_batch"}


class Requests(anyqpu.Hooks):
    def __init__(self) -> None:
        self.operations: list[str] = []

    def on_request(self, event: Any) -> None:
        self.operations.append(event.operation)


async def submit(client: anyqpu.Client, provider: str, program: Any = None, **options: Any) -> anyqpu.Job:
    device, usual, _, _ = CLOUDS[provider]
    arguments = {"device": device, "shots": 10, **options}
    return await client.submit(usual if program is None else program, **arguments)


def key_tags(clouds: EmulatedClouds, job: anyqpu.Job) -> list[str]:
    """The tags of this library on a job of the emulated clouds; those of a job at Pasqal are its batch's."""
    [row] = [row for row in clouds.jobs() if row["id"] == job.id]
    return [tag for tag in row["tags"] or row["keys"] if tag.startswith("anyqpu-")]


@pytest.mark.parametrize("provider", CLOUDS)
async def test_another_program_with_a_key_is_a_conflict_in_another_client(anyio_backend: str, provider: str) -> None:
    """Device and shots are the same: the digest beside the key says that the program is not."""
    async with emulated() as clouds:
        async with clouds.connect(provider) as client:
            first = await submit(client, provider, key=KEY)
        async with clouds.connect(provider) as client:
            with pytest.raises(errors.ConflictError, match="another program") as caught:
                await submit(client, provider, CLOUDS[provider][2], key=KEY)
            assert (caught.value.key, caught.value.handle) == (KEY, first.handle)
            assert (await submit(client, provider, key=KEY)).id == first.id


@pytest.mark.parametrize("provider", CLOUDS)
async def test_a_submit_looks_for_a_key_once_and_only_for_one_of_the_callers(anyio_backend: str, provider: str) -> None:
    async with emulated() as clouds:
        for key, looks in ((None, 0), (KEY, 1)):
            requests = Requests()
            async with clouds.connect(provider, hooks=requests) as client:
                await submit(client, provider, key=key)
            listing = CLOUDS[provider][3]
            assert requests.operations.count(listing) == looks
            if looks:
                assert requests.operations.index(listing) < requests.operations.index(CREATE[provider])


@pytest.mark.parametrize("provider", CLOUDS)
async def test_the_key_travels_as_a_marked_tag(anyio_backend: str, provider: str) -> None:
    async with emulated() as clouds, clouds.connect(provider) as client:
        job = await submit(client, provider, key=KEY, tags=["mine"])
        content, key = key_tags(clouds, job)
        assert key == f"anyqpu-key:{KEY}"
        assert content.startswith("anyqpu-content:1-")
        assert job.tags == ("mine",)
        minted = await submit(client, provider)
        assert key_tags(clouds, minted) == [minted.key]


@pytest.mark.parametrize("provider", CLOUDS)
@pytest.mark.parametrize("status", [400, 402, 403, 409, 422])
async def test_a_refused_submit_has_its_key(anyio_backend: str, provider: str, status: int) -> None:
    """Nothing exists, so that the key can be used again."""
    async with emulated() as clouds, clouds.connect(provider) as client:
        for key in (KEY, None):
            clouds.faults.add(cloud=provider, operation=CREATE[provider], status=status, count=1)
            with pytest.raises(errors.APIError) as caught:
                await submit(client, provider, key=key)
            assert caught.value.status_code == status
            assert (caught.value.key == KEY) if key else caught.value.key.startswith("anyqpu-")  # type: ignore[union-attr]
            assert caught.value.to_dict()["key"] == caught.value.key
        assert (await submit(client, provider, key=KEY)).key == KEY


@pytest.mark.parametrize("provider", CLOUDS)
async def test_a_lost_response_gives_the_job_with_the_callers_key(anyio_backend: str, provider: str) -> None:
    async with emulated() as clouds, clouds.connect(provider) as client:
        clouds.faults.add(cloud=provider, operation=CREATE[provider], drop="after", count=1)
        job = await submit(client, provider, key=KEY)
        assert job.key == KEY
        assert len(clouds.jobs()) == 1
        clouds.faults.add(cloud=provider, operation=CREATE[provider], drop="before", count=1)
        with pytest.raises(errors.SubmissionUnknownError) as caught:
            await submit(client, provider, key="another-key")
        assert caught.value.key == caught.value.dedup_key == "another-key"
        assert "another-key" in str(caught.value)


@pytest.mark.parametrize("provider", CLOUDS)
async def test_parallel_submits_share_a_refusal(anyio_backend: str, provider: str) -> None:
    """One request is sent for both, and each has an error of its own."""
    async with emulated() as clouds:
        requests = Requests()
        caught: list[errors.APIError] = []
        async with clouds.connect(provider, hooks=requests) as client:
            clouds.faults.add(cloud=provider, operation=CREATE[provider], status=422, count=1)

            async def refused() -> None:
                with pytest.raises(errors.ValidationError) as refusal:
                    await submit(client, provider, key=KEY)
                caught.append(refusal.value)

            async with anyio.create_task_group() as group:
                group.start_soon(refused)
                group.start_soon(refused)
        assert requests.operations.count(CREATE[provider]) == 1
        assert [error.key for error in caught] == [KEY, KEY]
        assert caught[0] is not caught[1]


async def test_a_failed_search_is_raised_and_nothing_is_sent(anyio_backend: str) -> None:
    async with emulated() as clouds:
        requests = Requests()
        async with clouds.connect("kipu", hooks=requests, retry=anyqpu.RetryPolicy(attempts=1)) as client:
            clouds.faults.add(cloud="kipu", operation="searchJobs", status=503, count=1)
            with pytest.raises(errors.ServiceUnavailableError):
                await submit(client, "kipu", key=KEY)
        assert "createJob" not in requests.operations
        assert clouds.jobs() == []


async def test_after_a_cancelled_submit_the_next_one_searches_longer(anyio_backend: str) -> None:
    """What the cancelled request made is not in the list at first: it is waited for, and nothing is sent again."""
    sent = anyio.Event()
    tags: list[str] = []
    lists = 0

    async def serve(seen: Seen) -> ServerResponse:
        nonlocal lists
        if seen.method == "POST":
            tags.extend(json.loads(seen.body)["tags"])
            sent.set()
            await anyio.sleep(30)
        if "sort=" in seen.target:
            lists += bool(tags)
            return json_reply({"content": [job_with(tags)] if lists >= 3 else [], "total_pages": 1})
        return json_reply(BACKEND)

    async with serving(serve) as server, anyqpu.connect("kipu", token="t", base_url=server.url, search=SHORT) as client:
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: submit(client, "kipu", key=KEY))
            await sent.wait()
            group.cancel_scope.cancel()
        job = await submit(client, "kipu", key=KEY)
        assert (job.id, job.key, lists) == ("j1", KEY, 3)
        assert len([seen for seen in server.seen if seen.method == "POST"]) == 1


async def test_find_reads_on_past_a_thousand_later_jobs(anyio_backend: str) -> None:
    """Kipu cannot filter its list: ours is on the last of 13 pages. Ten pages are not enough, and `since` ends it."""

    async def serve(seen: Seen) -> ServerResponse:
        page = int(seen.target.partition("page=")[2].partition("&")[0])
        size = int(seen.target.partition("size=")[2].partition("&")[0])
        later = [
            job_with([], id=f"other{page}-{n}", created_at=f"2026-03-{28 - page:02} 00:00:{59 - n // 2:02}")
            for n in range(size)
        ]
        mine = [job_with(["mine", f"anyqpu-key:{KEY}"], created_at="2026-01-01 00:00:00")]
        content = later if page < 12 else mine
        return json_reply({"content": content, "page": page, "size": size, "total_pages": 13, "total_elements": 1201})

    async with serving(serve) as server, anyqpu.connect("kipu", token="t", base_url=server.url) as client:
        job = await client.find(KEY)
        assert job is not None
        assert (job.id, job.key, job.tags) == ("j1", KEY, ("mine",))
        assert len(server.seen) == 13
        # The first page whose newest job is older than that is the seventh.
        assert await client.find(KEY, since=datetime(2026, 3, 22, 12, tzinfo=UTC)) is None
        assert len(server.seen) == 13 + 7


async def test_a_batch_has_a_key(anyio_backend: str) -> None:
    """A repeated key returns the batch, also in another client; other jobs are a conflict."""
    jobs = [PasqalJob(10), PasqalJob(20)]
    async with emulated() as clouds:
        async with clouds.connect("pasqal") as client:
            first = await client.batch(FLIP, device="EMU_FREE", jobs=jobs, key=KEY)
            assert (first.key, first.tags, first.handle.key) == (KEY, (), KEY)
            assert {job.key for job in first.jobs} == {KEY}
            assert (await client.batch(FLIP, device="EMU_FREE", jobs=jobs, key=KEY)).id == first.id
        async with clouds.connect("pasqal") as client:
            assert (await client.batch(FLIP, device="EMU_FREE", jobs=jobs, key=KEY)).id == first.id
            for other in (jobs[:1], [*jobs, PasqalJob(10)], [PasqalJob(10), PasqalJob(21)]):
                with pytest.raises(errors.ConflictError) as caught:
                    await client.batch(FLIP, device="EMU_FREE", jobs=other, key=KEY)
                assert (caught.value.key, caught.value.handle) == (KEY, first.handle)
            with pytest.raises(errors.ConflictError):
                await client.submit(FLIP, device="EMU_FREE", shots=10, key=KEY)
            with pytest.raises(errors.ValidationError, match="8 to 64 characters"):
                await client.batch(FLIP, device="EMU_FREE", jobs=jobs, key="short")
            assert len(await client.batches().collect()) == 1
            # The job of a batch is found by the batch's key; of several, the first.
            job = await client.find(KEY)
            assert job is not None
            assert (job.id, job.session_id) == (first.jobs[0].id, first.id)
            tagged = await client.tag_batch(first, ["new"])
            assert (tagged.tags, tagged.key) == (("new",), KEY)
            with pytest.raises(errors.ConflictError):
                await client.batch(FLIP, device="EMU_FREE", jobs=jobs[:1], key=KEY)


async def test_new_tags_leave_key_and_digest(anyio_backend: str) -> None:
    async with emulated() as clouds, clouds.connect("scaleway") as client:
        job = await submit(client, "scaleway", key=KEY, tags=["mine"])
        before = key_tags(clouds, job)
        changed = await client.update_job(job, tags=["new"])
        assert (changed.tags, changed.key) == (("new",), KEY)
        assert key_tags(clouds, job) == before


async def test_a_job_in_a_session_of_pasqal_keeps_its_key_in_the_client(anyio_backend: str) -> None:
    """The cloud has no field for it; the client and the handle have it."""
    async with emulated() as clouds, clouds.connect("pasqal") as client:
        async with client.session(device="EMU_FREE") as session:
            job = await session.submit(FLIP, shots=10, key=KEY)
            assert (job.key, (await job.refresh()).key) == (KEY, KEY)
            assert (await session.submit(FLIP, shots=10, key=KEY)).id == job.id
            assert (await client.resume(str(job.handle))).key == KEY
        assert (await job.wait(timeout=60)).key == KEY
        assert len(clouds.jobs()) == 1

"""What is behind a result's link, in each of its forms, and links that expire."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from anyqpu_raw.pasqal.models import Job as RawJob
from hypothesis import given
from hypothesis import strategies as st

import anyqpu
from anyqpu import BitOrder, Result, ResultKind, errors
from anyqpu.core.results.forms import FormError
from anyqpu.model.job import WaitOptions
from anyqpu.providers.pasqal import PasqalClient, PasqalJob, pulser_results
from anyqpu.providers.pasqal.results import atom_names, decode
from tests.emulator.pasqal.helpers import FLIP, PI, constant, pulse, sequence
from tests.support.server import Seen, ServerResponse, serving

TWO_ATOMS = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
JOB = "5904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
BATCH = "6904a9f2-7a1c-4c7e-9a55-0f8a4c1c7a10"
SERIALISED = {
    "atom_order": ["a", "b"],
    "total_duration": 400,
    "tagmap": {"bitstrings": "1", "energy": "2"},
    "results": {"1": [{"10": 1, "01": 1}, {"11": 2}], "2": [0.5, -1.25]},
    "times": {"1": [0.5, 1.0], "2": [0.0, 1.0]},
    "aggregation_methods": {"1": 3},
}


@pytest.mark.anyio
async def test_shots_come_in_their_order_and_add_up_to_the_counts(pasqal: PasqalClient) -> None:
    half = sequence([pulse(constant(250, 2 * PI))], places=[(0, 0), (100, 0)])
    job = await pasqal.submit(half, device="EMU_FREE", shots=50)
    result = await job.result(timeout=30)
    samples = result.items[0].samples
    assert samples is not None
    assert list(samples) == result.raw["raw"]
    assert Counter(samples) == dict(result.counts)
    assert pulser_results(result) is None


@pytest.mark.anyio
async def test_what_an_emulator_computes_besides_counts_is_read(pasqal: PasqalClient) -> None:
    configuration = json.dumps({"observables": [{"observable": "bitstrings", "num_shots": 40}]})
    job = await pasqal.submit(TWO_ATOMS, device="EMU_FREE", backend_configuration=configuration)
    extra = pulser_results(await job.result(timeout=30))
    assert extra is not None
    assert (extra.atom_order, extra.total_duration) == (("q0", "q1"), 500)
    assert extra.observables["bitstrings"].times == (1.0,)
    assert extra.final_counts == {"11": 40}


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("as_text", [False, True])
def test_results_of_pulser_alone_give_counts_with_the_names_of_the_atoms(as_text: bool, old: bool) -> None:
    hidden = {"tagmap", "results", "times"} if old else set()
    content: Any = {f"_{name}" if name in hidden else name: value for name, value in SERIALISED.items()}
    body = {"serialised_results": json.dumps(content) if as_text else content}
    item = decode(body, atom_names(body))
    assert item.counts == {"11": 2}
    assert item.counts is not None
    assert (item.counts.order, item.counts.bit_labels) == (BitOrder.NATIVE_REGISTER, ("a", "b"))
    extra = pulser_results(Result(job_id="j", provider="pasqal", items=(item,), raw=body))
    assert extra is not None
    assert (extra.observables["energy"].times, extra.observables["energy"].values) == ((0.0, 1.0), (0.5, -1.25))


@pytest.mark.anyio
async def test_atoms_have_the_names_of_the_jobs_own_sequence_also_where_lists_omit_it(
    pasqal: PasqalClient, connect: Callable[[], PasqalClient]
) -> None:
    own = json.loads(FLIP)
    own["register"][0]["name"] = "mine"
    batch = await pasqal.batch(FLIP, device="EMU_FREE", jobs=[PasqalJob(1), PasqalJob(1, sequence=own)])
    done = (await batch.wait(timeout=30)).jobs
    listed = [replace(job, raw=RawJob.from_dict({"id": job.id, "status": "DONE"})) for job in done]
    for jobs in (done, listed, [replace(job, raw=None) for job in done]):
        client = connect()
        results = [await client.result_of_job(job, WaitOptions()) for job in jobs]
        assert [result.counts.bit_labels for result in results] == [("q0",), ("mine",)]


@pytest.mark.parametrize(
    "content", ["{", "[]", "{}", json.dumps({**SERIALISED, "times": {}}), json.dumps({**SERIALISED, "tagmap": 3})]
)
def test_broken_extras_are_errors_only_when_they_are_read(content: str) -> None:
    body = {"counter": {"01": 3}, "serialised_results": content}
    item = decode(body, None)
    assert item.counts == {"01": 3}
    with pytest.raises(errors.ResultDecodeError) as caught:
        pulser_results(Result(job_id="j", provider="pasqal", items=(item,), raw=body))
    assert caught.value.body == body


def test_shots_alone_are_counted_and_other_forms_kept() -> None:
    item = decode({"raw": ["01", "01", "10"]}, ("a", "b"))
    assert (item.kind, item.counts, item.samples) == (ResultKind.COUNTS, {"01": 2, "10": 1}, ("01", "01", "10"))
    assert decode({"raw": [1, 2], "counter": {"1": 2}}, None).samples is None
    for other in ({"raw": [[0.5]]}, {}, {"energy": 1.0}, None, "text", {"serialised_results": "{"}):
        assert decode(other, None).kind is ResultKind.RAW


@given(st.lists(st.text("01", min_size=3, max_size=3), max_size=30))
def test_counts_have_each_shot_once(shots: list[str]) -> None:
    counted = decode({"raw": shots, "counter": dict(Counter(shots))}, ("a", "b", "c")).counts
    assert counted is not None
    assert counted == dict(Counter(shots))
    assert counted.shots == len(shots)
    assert decode({"raw": shots}, ("a", "b", "c")).counts == counted


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.fixed_dictionaries({}, optional={"counter": JSON, "raw": JSON, "serialised_results": JSON}))
def test_no_body_is_worse_than_a_result_that_cannot_be_read(body: dict[str, Any]) -> None:
    for read in (
        lambda: decode(body, None),
        lambda: pulser_results(Result(job_id="j", provider="pasqal", items=(), raw=body)),
    ):
        with contextlib.suppress(errors.ResultDecodeError, FormError):
            read()


EXPIRED = b"<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
STALE = b"<Error><Code>ExpiredToken</Code></Error>"


class Store:
    """Pasqal and its object store; its first links have expired."""

    def __init__(self, refusals: int, reply: ServerResponse) -> None:
        self.refusals, self.reply = refusals, reply
        self.url = ""
        self.links = 0

    async def __call__(self, seen: Seen) -> ServerResponse:
        if seen.path.startswith("/link"):
            assert "authorization" not in seen.headers
            return self.reply if self.links <= self.refusals else ServerResponse(200, b'{"counter": {"1": 5}}')
        if seen.path.endswith("/results_link"):
            self.links += 1
            return ServerResponse.of_json({"data": {"results_link": f"{self.url}/link/{self.links}"}})
        if "/batches/" in seen.path:
            return ServerResponse.of_json({"data": {"id": BATCH, "status": "DONE", "sequence_builder": FLIP}})
        if seen.path.startswith("/log"):
            return ServerResponse(200, b"the lasers were on\n")
        logs = f"{self.url}/log"
        return ServerResponse.of_json({"data": {"id": JOB, "status": "DONE", "batch_id": BATCH, "logs_link": logs}})


@pytest.mark.anyio
@pytest.mark.parametrize("reply", [ServerResponse(403, EXPIRED), ServerResponse(400, STALE)], ids=["request", "token"])
@pytest.mark.parametrize("refusals", [0, 1, 2])
async def test_an_expired_link_is_requested_once_more(anyio_backend: str, refusals: int, reply: ServerResponse) -> None:
    store = Store(refusals, reply)
    async with serving(store) as server:
        store.url = server.url
        client: PasqalClient = anyqpu.connect("pasqal", base_url=server.url, token="t", project_id=BATCH)
        async with client as pasqal:
            job = await pasqal.job(JOB)
            if refusals < 2:
                result = await job.result()
                assert (dict(result.counts), result.counts.bit_labels) == ({"1": 5}, ("q0",))
            else:
                with pytest.raises(errors.ResultLinkExpiredError, match="Fetch the result again"):
                    await job.result()
            assert await pasqal.job_logs(job) == "the lasers were on\n"
    assert store.links == min(refusals, 1) + 1


@pytest.mark.anyio
async def test_other_refusals_of_a_link_are_what_they_are(anyio_backend: str) -> None:
    store = Store(5, ServerResponse(404, b"<Error><Code>NoSuchKey</Code></Error>"))
    async with serving(store) as server:
        store.url = server.url
        client: PasqalClient = anyqpu.connect("pasqal", base_url=server.url, token="t", project_id=BATCH)
        async with client as pasqal:
            with pytest.raises(errors.NotFoundError):
                await (await pasqal.job(JOB)).result()
    assert store.links == 1


@pytest.mark.anyio
async def test_links_and_logs_of_jobs(pasqal: PasqalClient) -> None:
    job = await (await pasqal.submit(FLIP, device="EMU_FREE", shots=5)).wait(timeout=30)
    link = await pasqal.result_link(job)
    assert link is not None
    links, problems = await pasqal.batch_result_links(str(job.session_id))
    assert (links.keys(), problems) == ({job.id}, {})
    assert await pasqal.job_logs(job) is None
    assert (await pasqal.job_status(job)).raw_status == "DONE"

"""Sequences, batches and results on the emulated Pasqal Cloud, as a user meets them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import anyqpu
from anyqpu import BitOrder, DeviceKind, DeviceStatus, JobStatus, ResultKind, RetryPolicy, Search, SessionStatus, errors
from anyqpu.core.results.forms import FormError
from anyqpu.providers.pasqal import PasqalClient
from anyqpu.providers.pasqal.programs import PasqalJob
from anyqpu.providers.pasqal.results import decode
from tests.emulator.pasqal.helpers import BY_VARIABLE, FLIP, PI, constant, pulse, sequence
from tests.providers.pasqal.lossy import Lossy
from tests.support.server import ServerResponse, serving

pytestmark = pytest.mark.anyio

TWO_ATOMS = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
SCHEMAS = json.loads((Path(__file__).parents[3] / "specs" / "pasqal" / "final.json").read_text())["components"][
    "schemas"
]


async def test_devices_say_what_they_take(pasqal: PasqalClient) -> None:
    devices = {device.id: device async for device in pasqal.devices()}
    assert devices["FRESNEL"].kind is DeviceKind.QPU
    assert devices["EMU_FREE"].kind is DeviceKind.SIMULATOR
    fresnel = await pasqal.device("FRESNEL")
    assert (fresnel.shots_max, fresnel.status, fresnel.input_formats) == (500, DeviceStatus.ONLINE, ("pulser_json",))
    for verb in (pasqal.device, pasqal.topology, pasqal.estimate_cost):
        with pytest.raises(errors.NotFoundError, match="Did you mean 'FRESNEL'"):
            await verb("FRESNELL")


class Sequence:
    """As Pulser's own, as far as we look at it."""

    def to_abstract_repr(self) -> str:
        return TWO_ATOMS


@pytest.mark.parametrize("program", [TWO_ATOMS, json.loads(TWO_ATOMS), Sequence()], ids=["text", "object", "Pulser's"])
async def test_a_sequence_gives_counts_with_a_character_for_each_atom(pasqal: PasqalClient, program: Any) -> None:
    job = await pasqal.submit(program, device="EMU_FREE", shots=100, tags=["mine"])
    assert (job.tags, job.shots, job.device_id) == (("mine",), 100, "EMU_FREE")
    result = await job.result(timeout=30)
    assert result.counts == {"11": 100}
    assert (result.counts.order, result.counts.bit_labels) == (BitOrder.NATIVE_REGISTER, ("q0", "q1"))
    with pytest.raises(errors.BitOrderUnknownError):
        result.counts.to("msb_left")
    done = await job.refresh()
    assert (done.status, done.raw_status) == (JobStatus.COMPLETED, "DONE")


async def test_a_sequence_in_a_file_is_run(pasqal: PasqalClient, tmp_path: Path) -> None:
    path = tmp_path / "flip.json"
    path.write_text(FLIP)
    job = await pasqal.submit(path, device="EMU_FREE", shots=10)
    assert (await job.result(timeout=30)).counts == {"1": 10}


async def test_variables_get_values(pasqal: PasqalClient) -> None:
    job = await pasqal.submit(BY_VARIABLE, device="EMU_FREE", shots=10, variables={"omega": [2 * PI]})
    assert (await job.result(timeout=30)).counts == {"1": 10}


async def test_a_failed_job_says_why(pasqal: PasqalClient) -> None:
    job = await pasqal.submit(sequence([{"op": "dance"}]), device="EMU_FREE", shots=10)
    with pytest.raises(errors.JobFailedError, match="dance") as caught:
        await job.result(timeout=30)
    assert caught.value.handle == job.handle


async def test_an_open_batch_is_a_session(pasqal: PasqalClient) -> None:
    async with pasqal.session(device="EMU_FREE", tags=["run 7"]) as session:
        assert (session.session.accepts_jobs, session.session.tags) == (True, ("run 7",))
        jobs = [await session.submit(FLIP, shots=10), await session.submit(TWO_ATOMS, shots=20)]
        assert {job.session_id for job in jobs} == {session.id}
    ended = await pasqal.get_session(session.id)
    assert ended.accepts_jobs is False
    assert [dict((await job.result()).counts) for job in jobs] == [{"1": 10}, {"11": 20}]
    assert {job.id async for job in pasqal.session_jobs(ended)} == {job.id for job in jobs}
    assert [item.id async for item in pasqal.sessions(tag="run 7")] == [session.id]
    assert [item.id async for item in pasqal.sessions(open=True)] == []
    renamed = await pasqal.set_tags(ended, ["run 8"])
    assert (renamed.tags, renamed.dedup_key) == (("run 8",), ended.dedup_key)


async def test_jobs_are_cancelled_one_by_one_or_with_their_batch(slow: PasqalClient) -> None:
    job = await slow.submit(FLIP, device="EMU_FREE", shots=10)
    assert (await job.cancel()).status is JobStatus.CANCELLED
    with pytest.raises(errors.JobCancelledError):
        await job.result()
    async with slow.session(device="EMU_FREE", on_exit="cancel") as session:
        inside = await session.submit(FLIP, shots=10)
    assert (await inside.refresh()).status is JobStatus.CANCELLED
    batch = await slow.open_session("EMU_FREE")
    left = await slow.submit(FLIP, device="EMU_FREE", shots=10, session=batch)
    assert (await slow.cancel_session(batch)).status is SessionStatus.CLOSED
    assert (await left.refresh()).status is JobStatus.CANCELLED


async def test_a_job_is_picked_up_again(pasqal: PasqalClient, connect: Callable[[], PasqalClient]) -> None:
    job = await pasqal.submit(TWO_ATOMS, device="EMU_FREE", shots=10, tags=["mine"])
    same = await connect().resume(str(job.handle))
    assert (same.id, same.device_id, same.tags) == (job.id, "EMU_FREE", ("mine",))
    assert (await same.result(timeout=30)).counts.bit_labels == ("q0", "q1")


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no shots": ({"shots": None}, "say how many shots"),
    "too many shots": ({"shots": 501}, "FRESNEL takes from 1 to 500 shots, not 501"),
    "OpenQASM": ({"program": "OPENQASM 2.0;\n"}, "FRESNEL does not take openqasm2. It takes pulser_json"),
    "variables in a session": ({"session": "s", "variables": {"a": 1}}, "no variables"),
    "tags in a session": ({"session": "s", "tags": ["a"]}, "belong to the batch"),
}


@pytest.mark.parametrize(("change", "message"), BAD.values(), ids=BAD)
async def test_bad_input_is_refused_before_anything_is_made(
    pasqal: PasqalClient, change: dict[str, Any], message: str
) -> None:
    options: dict[str, Any] = {"program": FLIP, "device": "FRESNEL", "shots": 10} | change
    with pytest.raises(errors.ValidationError, match=message) as caught:
        await pasqal.submit(options.pop("program"), **options)
    assert caught.value.status_code is None
    assert await pasqal.sessions().collect() == []


async def test_tags_are_a_list(pasqal: PasqalClient) -> None:
    batch = await pasqal.open_session("EMU_FREE")
    with pytest.raises(errors.ValidationError, match="a list of texts"):
        await pasqal.set_tags(batch, "mine")


@pytest.mark.parametrize(
    "reply", [ServerResponse(drop=True), ServerResponse(502), ServerResponse(200, b"{cut")], ids=["drop", "502", "cut"]
)
async def test_a_batch_whose_response_is_lost_is_found_and_not_made_again(
    anyio_backend: str, reply: ServerResponse
) -> None:
    lossy = Lossy("/batches", reply)
    async with serving(lossy) as server:
        options: dict[str, Any] = {"retry": RetryPolicy(backoff=0.001), "search": Search(tries=3, pause=0.01)}
        client: PasqalClient = anyqpu.connect("pasqal", emulator=server.url, **options)
        async with client as pasqal:
            job = await pasqal.submit(FLIP, device="EMU_FREE", shots=10)
            assert [item.id async for item in pasqal.jobs()] == [job.id]
    await lossy.close()
    assert lossy.sent == 1


async def test_a_job_of_a_session_whose_response_is_lost_is_said_to_be_unknown(anyio_backend: str) -> None:
    lossy = Lossy("/jobs", ServerResponse(drop=True))
    async with serving(lossy) as server:
        client: PasqalClient = anyqpu.connect("pasqal", emulator=server.url, retry=RetryPolicy(backoff=0.001))
        async with client as pasqal:
            batch = await pasqal.open_session("EMU_FREE")
            with pytest.raises(errors.SubmissionUnknownError) as caught:
                await pasqal.submit(FLIP, device="EMU_FREE", shots=10, session=batch, key="of-a-session")
            assert caught.value.key == caught.value.dedup_key == "of-a-session"
            assert batch.id in str(caught.value)
            assert len(await pasqal.jobs(session=batch).collect()) == 1
    await lossy.close()
    assert lossy.sent == 1


def test_results_of_other_forms_are_kept_and_broken_ones_are_errors() -> None:
    assert decode([1], None).kind is ResultKind.RAW
    assert decode({"counter": {"01": 3}}, ("a",)).counts == {"01": 3}
    for broken in ({"counter": 3}, {"counter": {"x": 1}}, {"counter": {"01": "many"}}):
        with pytest.raises(FormError):
            decode(broken, None)


async def test_a_job_places_the_atoms_of_a_mappable_register(pasqal: PasqalClient) -> None:
    """Near traps block each other, far ones do not; traps are counted by x, then by y."""
    layout = {"coordinates": [[60.0, 0.0], [0.0, 5.0], [0.0, 0.0], [30.0, 0.0]]}
    text = sequence([pulse(constant(500, 2 * PI))], register=[{"qid": "a"}, {"qid": "b"}], layout=layout)
    far = await pasqal.submit(text, device="EMU_FREE", shots=20, variables={"qubits": {"a": 0, "b": 3}})
    assert far.raw.variables == {"qubits": {"a": 0, "b": 3}}
    assert (await far.result(timeout=60)).counts == {"11": 20}
    near = await pasqal.submit(text, device="EMU_FREE", shots=20, variables={"qubits": {"a": 0, "b": 1}})
    assert "11" not in (await near.result(timeout=60)).counts
    batch = await pasqal.batch(text, device="EMU_FREE", jobs=[PasqalJob(5, {"qubits": {"a": 3}})])
    assert (await batch.jobs[0].result(timeout=60)).counts == {"1": 5}


async def test_traps_are_checked_before_any_request(pasqal: PasqalClient) -> None:
    text = sequence([], register=[{"qid": "a"}], layout={"coordinates": [[0, 0], [5, 0]]})
    with pytest.raises(errors.ValidationError, match=r"no trap 2\. Traps are whole numbers, 0 to 1"):
        await pasqal.submit(text, device="no such device", shots=20, variables={"qubits": {"a": 2}})

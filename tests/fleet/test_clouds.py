"""Each cloud: what an interrupted send becomes, and how a job ends."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from anyqpu import Fleet
from anyqpu.errors import AuthenticationError, NotFoundError
from anyqpu.testing import EmulatedClouds, emulated
from anyqpu_emulator.clouds.pasqal.catalogue import PROJECT_ID
from tests.conformance.programs import QUIL
from tests.emulator.pasqal.helpers import PI, constant, pulse, sequence
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, after, before, crash, keys_of, ledger_in, requests_of

pytestmark = pytest.mark.anyio
PULSES = sequence([pulse(constant(500, 2 * PI))], places=[(0, 0), (100, 0)])
DEVICES: dict[str, tuple[str, Any, dict[str, Any]]] = {
    "kipu": (SIMULATOR, BELL, {}),
    "scaleway": ("scaleway:EMU-AER-16C-128M", BELL, {}),
    "pasqal": ("pasqal:EMU_FREE", PULSES, {"project_id": PROJECT_ID}),
    "rigetti": ("rigetti:Ankaa-3", QUIL, {}),
}


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


@pytest.mark.parametrize("cloud", DEVICES)
@pytest.mark.parametrize("is_sent", [True, False], ids=["sent", "marked"])
async def test_a_send_that_was_interrupted_is_made_once(
    clouds: EmulatedClouds, tmp_path: Path, cloud: str, is_sent: bool
) -> None:
    device, program, options = DEVICES[cloud]

    async def script(fleet: Fleet) -> Any:
        tickets = await fleet.submit_many([program] * 2, device=device, shots=10)
        return await fleet.gather(tickets, timeout=PATIENCE)

    point = before("record", state="sent") if is_sent else after("sending")
    assert await crash(point, script, cloud, **ledger_in(tmp_path), **options)
    async with Fleet(cloud, **ledger_in(tmp_path), **options) as fleet:
        outcomes = await script(fleet)
        keys = sorted(entry.key for entry in await fleet.ledger.entries())
    assert [outcome.kind for outcome in outcomes] == ["completed"] * 2
    if cloud == "rigetti":
        assert len(clouds.emulator.effects(cloud="rigetti", kind="execution")) == 2
    else:
        assert keys_of(clouds) == keys


CREDENTIALS = {
    "kipu": {"token": "credential-kipu-5f1c", "organization_id": "mine"},
    "scaleway": {"secret_key": "credential-scaleway-5f1c", "project_id": "mine"},
    "pasqal": {"token": "credential-pasqal-5f1c", "project_id": PROJECT_ID},
    "rigetti": {"access_token": "credential-rigetti-5f1c"},
}
# The request that submits a job.
SUBMITS = {"kipu": "createJob", "scaleway": "CreateJob", "pasqal": "create_batch", "rigetti": "ExecuteControllerJob"}


@pytest.mark.parametrize("cloud", DEVICES)
async def test_no_credential_is_in_the_ledger_or_in_logs(
    clouds: EmulatedClouds, tmp_path: Path, caplog: pytest.LogCaptureFixture, cloud: str
) -> None:
    """In any file of the ledger, before and after it is closed, with a job that is refused and one that is not."""
    caplog.set_level(logging.DEBUG)
    device, program, _ = DEVICES[cloud]

    def raw() -> bytes:
        files = sorted(tmp_path.iterdir())
        assert "ledger.sqlite" in {file.name for file in files}
        return b"".join(file.read_bytes() for file in files)

    contents = b""
    clouds.faults.add(operation=SUBMITS[cloud], status=403, count=1)
    async with Fleet(cloud, **ledger_in(tmp_path), emulator=True, **CREDENTIALS[cloud]) as fleet:
        tickets = [await fleet.submit(program, device=device, shots=10, id=id) for id in ("name-1", "name-2")]
        kinds = [outcome.kind for outcome in await fleet.gather(tickets, timeout=PATIENCE)]
        contents += await anyio.to_thread.run_sync(raw)
        text = f"{fleet!r} {tickets!r} {await fleet.ledger.entries()!r}"
    contents += await anyio.to_thread.run_sync(raw)
    assert sorted(kinds) == ["completed", "refused"]
    assert contents.count(b"name-1") >= 2
    for value in CREDENTIALS[cloud].values():
        if value.startswith("credential"):
            assert value.encode() not in contents
            assert value not in caplog.text + text


async def test_where_nothing_carries_a_key_you_decide(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """An execution over ZeroMQ cannot be found, and another one would be another job."""

    async def script(fleet: Fleet) -> Any:
        return await (await fleet.submit(QUIL, device="rigetti:Aspen-9", shots=10)).wait(timeout=PATIENCE)

    assert await crash(after("sending"), script, "rigetti", **ledger_in(tmp_path))
    async with Fleet("rigetti", **ledger_in(tmp_path)) as fleet:
        assert (await script(fleet)).kind == "unknown"
        [entry] = await fleet.ledger.entries(state="unknown")
        await fleet.ledger.resolve(entry.key, "abandon")
        [outcome] = await fleet.gather(fleet.tickets(), timeout=PATIENCE)
        assert outcome.kind == "unknown"


async def test_a_job_in_an_open_batch_is_left_to_you(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Its batch has the tags that it was opened with: nothing carries the key of the job."""
    async with clouds.connect("pasqal", project_id=PROJECT_ID) as client:
        session = await client.open_session("EMU_FREE")

    async def script(fleet: Fleet) -> Any:
        ticket = await fleet.submit(PULSES, device="pasqal:EMU_FREE", shots=10, session=session)
        return await ticket.wait(timeout=PATIENCE)

    assert await crash(before("record", state="sent"), script, "pasqal", **ledger_in(tmp_path), project_id=PROJECT_ID)
    jobs = len(clouds.jobs())
    async with Fleet("pasqal", **ledger_in(tmp_path), project_id=PROJECT_ID) as fleet:
        assert (await script(fleet)).kind == "unknown"
    assert len(clouds.jobs()) == jobs


async def test_a_job_that_vanished_is_gone(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=100.0, run=1.0)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        while ticket.state != "sent":
            await anyio.sleep(0.005)
            ticket.update(await fleet.ledger.entry(ticket.key))
        await clouds.emulator.areset()
        outcome = await ticket.wait(timeout=PATIENCE)
        assert outcome.kind == "gone"
        with pytest.raises(NotFoundError):
            outcome.result()


async def test_credentials_that_end_stop_the_work_and_lose_nothing(clouds: EmulatedClouds, tmp_path: Path) -> None:
    clouds.faults.add(operation="createJob", status=401)
    async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
        tickets = await fleet.submit_many([BELL] * 3, device=SIMULATOR, shots=10)
        with pytest.raises(AuthenticationError):
            await fleet.gather(tickets, timeout=PATIENCE)
        assert isinstance(fleet.problem("kipu"), AuthenticationError)
    clouds.faults.clear()
    async with Fleet("kipu", **ledger_in(tmp_path), work=False) as fleet:
        assert {entry.state for entry in await fleet.ledger.entries()} == {"planned"}
    async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
        outcomes = await fleet.gather(fleet.tickets(), timeout=PATIENCE)
    assert [outcome.kind for outcome in outcomes] == ["completed"] * 3


async def test_open_jobs_are_taken_up_with_few_requests(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """100 jobs of a list in each request; 2,000 take the same share of requests, 20 and the first of each kind."""
    number = 300
    clouds.faults.add(operation="createJob", stuck="queued")
    async with Fleet("kipu", **ledger_in(tmp_path), in_flight=number) as fleet:
        tickets = await fleet.submit_many([BELL] * number, device=SIMULATOR, shots=10)
        while len(clouds.jobs()) < number or any(ticket.state != "sent" for ticket in tickets):  # noqa: ASYNC110
            await anyio.sleep(0.01)
    clouds.emulator.request_log.entries.clear()
    async with Fleet("kipu", **ledger_in(tmp_path), in_flight=number) as fleet:
        jobs = fleet._workers["kipu"].jobs
        while len(jobs.open) < number or jobs.unseen:  # noqa: ASYNC110
            await anyio.sleep(0.001)
        seen = len(clouds.emulator.request_log.entries)
    assert requests_of(clouds, "searchJobs") == seen
    assert seen <= 2 * number / 100 + 2

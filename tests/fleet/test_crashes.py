"""A process that ends at any point loses nothing and sends nothing twice. Points are states, never times."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import pytest

from anyqpu import Fleet, Outcome
from anyqpu.core.adapter import Adapter
from anyqpu.core.client import Client
from anyqpu.errors import LedgerError
from anyqpu.fleet.sends import Sends
from anyqpu.ledger.ledger import Ledger
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import (
    BELL,
    PATIENCE,
    SIMULATOR,
    after,
    before,
    crash,
    jobs_exist,
    keys_of,
    ledger_in,
    ones,
    requests_of,
)

pytestmark = pytest.mark.anyio
NUMBER = 4
POINTS = {
    "before it is planned": before("plan"),
    "after it is planned": after("plan"),
    "before it is marked": before("sending"),
    "after it is marked": after("sending"),
    "after it is sent": before("record", state="sent"),
    "after its handle is recorded": after("record", state="sent"),
    "after it has ended": before("record", state="over"),
    "after its outcome is recorded": after("record", state="over"),
}


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


async def plan(fleet: Fleet) -> Any:
    return await fleet.submit_many([ones(number) for number in range(NUMBER)], device=SIMULATOR, shots=10)


async def sweep(fleet: Fleet) -> list[Outcome]:
    return await fleet.gather(await plan(fleet), timeout=PATIENCE)


async def finish(clouds: EmulatedClouds, path: Path, **options: Any) -> None:
    """Run the script again, and check that each program was sent once, and returned its result."""
    async with Fleet("kipu", **ledger_in(path), **options) as fleet:
        outcomes = await sweep(fleet)
        results = [dict(outcome.result().counts) for outcome in outcomes]
        entries = await fleet.ledger.entries()
    assert results == [{f"{number:04b}": 10} for number in range(NUMBER)]
    assert keys_of(clouds) == sorted(entry.key for entry in entries)


@pytest.mark.parametrize("point", POINTS)
async def test_a_crash_loses_nothing_and_doubles_nothing(clouds: EmulatedClouds, tmp_path: Path, point: str) -> None:
    assert await crash(POINTS[point], sweep, "kipu", **ledger_in(tmp_path))
    await finish(clouds, tmp_path)


@pytest.mark.parametrize("second", POINTS)
async def test_so_does_a_second_crash(clouds: EmulatedClouds, tmp_path: Path, second: str) -> None:
    assert await crash(POINTS["after it is sent"], sweep, "kipu", **ledger_in(tmp_path))
    await crash(POINTS[second], sweep, "kipu", **ledger_in(tmp_path))
    await finish(clouds, tmp_path)


async def test_without_the_search_jobs_are_doubled(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """The control of the tests above: they would notice a job that is sent twice."""

    async def resend(self: Any, device: str, options: object) -> str:
        return "resend"

    assert await crash(POINTS["after it is sent"], sweep, "kipu", **ledger_in(tmp_path))
    sent = len(clouds.jobs())
    assert sent > 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Adapter, "recovery", resend)
        with pytest.raises(AssertionError):
            await finish(clouds, tmp_path)
    assert len(clouds.jobs()) == NUMBER + sent


async def test_the_key_is_in_the_ledger_before_anything_is_sent(clouds: EmulatedClouds, tmp_path: Path) -> None:
    await crash(POINTS["after it is planned"], sweep, "kipu", **ledger_in(tmp_path))
    assert not clouds.jobs()
    assert not requests_of(clouds, "getBackend")
    with sqlite3.connect(tmp_path / "ledger.sqlite") as file:
        rows = file.execute("SELECT key, state FROM entry").fetchall()
    file.close()
    assert len(rows) == NUMBER
    assert {state for _, state in rows} == {"planned"}


async def test_an_entry_is_marked_after_all_that_precedes_the_request(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Uploads and sessions come before the mark, so that a crash in them needs no search."""

    async def script(fleet: Fleet) -> None:
        await (await fleet.submit(BELL, device="scaleway:EMU-AER-16C-128M", shots=10)).wait()

    await crash(before("sending"), script, "scaleway", **ledger_in(tmp_path))
    assert requests_of(clouds, "CreateModel") == 1
    assert requests_of(clouds, "CreateSession") == 1
    assert requests_of(clouds, "CreateJob") == 0


async def test_a_job_that_is_listed_late_is_not_sent_again(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """The first search does not find it; only that of the settle time counts."""
    clouds.faults.add(operation="createJob", list_lag=40.0)
    assert await crash(POINTS["after it is sent"], sweep, "kipu", **ledger_in(tmp_path))
    await finish(clouds, tmp_path, settle=60.0)
    assert requests_of(clouds, "createJob") == NUMBER


async def test_without_the_settle_time_it_would_be(clouds: EmulatedClouds, tmp_path: Path) -> None:
    clouds.faults.add(operation="createJob", list_lag=40.0)
    assert await crash(POINTS["after it is sent"], sweep, "kipu", **ledger_in(tmp_path))
    with pytest.raises(AssertionError):
        await finish(clouds, tmp_path, settle=1.0)
    assert requests_of(clouds, "createJob") > NUMBER


async def test_the_settle_time_begins_with_the_takeover(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """However old the entry is: the request of its send may arrive while another worker takes it over."""
    assert await crash(POINTS["after it is marked"], sweep, "kipu", **ledger_in(tmp_path))
    clouds.advance(10_000.0)
    began = clouds.now
    record, resent = Ledger.record, list[float]()

    async def noted(self: Ledger, lease: Any, change: Any) -> Any:
        if change.state == "planned":
            resent.append((clouds.now - began).total_seconds())
        return await record(self, lease, change)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Ledger, "record", noted)
        await finish(clouds, tmp_path, settle=60.0)
    assert resent
    assert min(resent) >= 60.0


async def test_one_failed_search_is_not_enough(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Two searches that found nothing are needed, also where there is no settle time."""
    assert await crash(POINTS["after it is marked"], sweep, "kipu", **ledger_in(tmp_path))
    searches: list[tuple[list[str], int]] = []
    find_many = Client.find_many

    async def counted(self: Client, keys: Any, *, since: Any) -> Any:
        searches.append((sorted(keys), len(clouds.jobs())))
        return await find_many(self, keys, since=since)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Client, "find_many", counted)
        await finish(clouds, tmp_path, settle=0.0)
    lost = searches[0][0]
    assert len([keys for keys, _ in searches if set(lost) <= set(keys)]) == 2
    assert requests_of(clouds, "createJob") == NUMBER


async def test_a_search_judges_only_what_was_lost_before_it_began(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """An entry that is lost while a list is read may be missing in the pages that were read before."""
    assert await crash(POINTS["after it is marked"], sweep, "kipu", **ledger_in(tmp_path))
    find_many, take_over = Client.find_many, Sends.take_over
    sends: list[Sends] = []
    judged: list[list[str]] = []

    def noted(self: Sends, entries: Any) -> None:
        sends.append(self)
        take_over(self, entries)

    async def meanwhile(self: Client, keys: Any, *, since: Any) -> Any:
        judged.append(sorted(keys))
        jobs = await find_many(self, keys, since=since)
        if len(judged) == 2:
            # By this one they would be absent. One of them is lost again while the list is read.
            sends[0].lose(sends[0].lost[keys[0]].entry)
        return jobs

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sends, "take_over", noted)
        patch.setattr(Client, "find_many", meanwhile)
        await finish(clouds, tmp_path)
    again = set(judged[0]) & {key for keys in judged[2:] for key in keys}
    assert len(again) == 1
    assert len([keys for keys in judged[2:] if again <= set(keys)]) == 2


async def test_a_lost_response_is_found_by_its_key(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Also without a crash: responses get lost, requests do not arrive, and the cloud is overloaded."""
    clouds.faults.add(operation="createJob", drop="after", count=1)
    clouds.faults.add(operation="createJob", drop="before", after=1, count=1)
    clouds.faults.add(operation="createJob", status=503, after=2, count=2)
    clouds.faults.add(operation="createJob", status=429, after=4, count=2, retry_after=1)
    clouds.faults.add(operation="createJob", body="garbage", when="after", after=6, count=1)
    await finish(clouds, tmp_path)


async def test_closing_a_fleet_leaves_what_is_open_to_the_next(clouds: EmulatedClouds, tmp_path: Path) -> None:
    clouds.set_pace(queue=1000.0, run=1.0)
    async with Fleet("kipu", **ledger_in(tmp_path), in_flight=2) as fleet:
        await plan(fleet)
        await jobs_exist(clouds, 2)
    async with Fleet("kipu", **ledger_in(tmp_path), work=False) as fleet:
        states = [entry.state for entry in await fleet.ledger.entries()]
    assert states == ["sent", "sent", "planned", "planned"]
    await finish(clouds, tmp_path)


async def test_closing_a_fleet_begins_no_more_sends(clouds: EmulatedClouds, tmp_path: Path) -> None:
    clouds.faults.add(operation="createJob", delay=1.0)
    async with Fleet("kipu", **ledger_in(tmp_path), in_flight=60) as fleet:
        await fleet.submit_many([BELL] * 60, device=SIMULATOR, shots=10)
        while len(await fleet.ledger.entries(state="sending")) < 32:  # noqa: ASYNC110
            await anyio.sleep(0.01)
    # As many as are sent at the same time.
    assert requests_of(clouds, "createJob") == 32
    async with Fleet("kipu", **ledger_in(tmp_path), work=False) as fleet:
        assert len(await fleet.ledger.entries(state="planned")) == 28


async def test_a_step_that_is_cancelled_leaves_its_entries_to_the_next(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """Also those that it had begun with, and whose turn had not come."""
    clouds.faults.add(operation="createJob", delay=1000.0, count=32)
    async with Fleet("kipu", **ledger_in(tmp_path), in_flight=60, work="steps", settle=1.0) as fleet:
        tickets = await fleet.submit_many([BELL] * 40, device=SIMULATOR, shots=10)
        async with anyio.create_task_group() as group:
            group.start_soon(fleet.step, "kipu")
            while len(await fleet.ledger.entries(state="sending")) < 32:  # noqa: ASYNC110
                await anyio.sleep(0.01)
            group.cancel_scope.cancel()
        clouds.faults.clear()
        while any(ticket.outcome is None for ticket in tickets):
            clouds.advance(await fleet.step("kipu") or 0.1)
    assert len(keys_of(clouds)) == len(set(keys_of(clouds))) == 40


async def test_a_cancelled_fleet_leaves_nothing_half_written(clouds: EmulatedClouds, tmp_path: Path) -> None:
    for turns in range(0, 60, 6):
        with anyio.CancelScope() as scope:
            async with Fleet("kipu", **ledger_in(tmp_path)) as fleet, anyio.create_task_group() as group:
                group.start_soon(plan, fleet)
                for _ in range(turns):
                    await anyio.lowlevel.checkpoint()
                scope.cancel()
    await finish(clouds, tmp_path)


async def test_an_error_of_the_block_is_raised_as_it_is(clouds: EmulatedClouds, tmp_path: Path) -> None:
    with pytest.raises(KeyError, match="mine"):
        async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
            await plan(fleet)
            raise KeyError("mine")
    await finish(clouds, tmp_path)


async def test_a_fleet_that_is_cancelled_while_it_closes_ends_too(clouds: EmulatedClouds, tmp_path: Path) -> None:
    """It waits for the sends that have begun; one of them does not end."""
    clouds.faults.add(operation="createJob", delay=3.0)
    with anyio.move_on_after(0.5):
        async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
            await plan(fleet)
            while {entry.state for entry in await fleet.ledger.entries()} != {"sending"}:  # noqa: ASYNC110
                await anyio.sleep(0.01)
    clouds.faults.clear()
    await finish(clouds, tmp_path)


@pytest.mark.parametrize("name", ["program", "sending"])
async def test_a_ledger_that_cannot_be_used_for_a_while_refuses_no_job(
    clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whether the program is read or the mark is written then: the job is sent later, once."""
    original = getattr(Ledger, name)

    async def fails(*arguments: Any) -> Any:
        monkeypatch.setattr(Ledger, name, original)
        raise LedgerError("the ledger cannot be used: the disk is full")

    monkeypatch.setattr(Ledger, name, fails)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        assert (await ticket.wait(timeout=PATIENCE)).kind == "completed"
    assert keys_of(clouds) == [ticket.key]

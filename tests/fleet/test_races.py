"""The first result of a race wins; each of the others gets one cancel, and none if it was not sent."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import pytest

from anyqpu import Fleet, Ticket
from anyqpu.errors import AnyQPUError, ConflictError, ValidationError, WaitTimeoutError
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, Point, after, before, crash, jobs_exist, ledger_in, requests_of

pytestmark = pytest.mark.anyio
FAST, SLOW, THIRD = "kipu:kipu.sim.qsim", "kipu:azure.ionq.simulator", "scaleway:EMU-AER-16C-128M"


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        # All but the first job are held.
        clouds.faults.add(cloud="kipu", operation="createJob", stuck="queued", after=1)
        clouds.faults.add(cloud="scaleway", operation="CreateJob", stuck="queued")
        yield clouds


async def race(fleet: Fleet, devices: list[str]) -> Ticket:
    return await fleet.race(BELL, devices=devices, shots=10, timeout=PATIENCE)


async def outcomes(fleet: Fleet) -> list[str]:
    return [outcome.kind for outcome in await fleet.gather(fleet.tickets(), timeout=PATIENCE)]


def cancels(clouds: EmulatedClouds) -> int:
    return requests_of(clouds, "cancelJob") + requests_of(clouds, "CancelJob")


async def test_the_first_result_wins(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", "scaleway") as fleet:
        winner = await race(fleet, [FAST, SLOW, THIRD])
        assert winner.outcome is not None
        assert winner.outcome.result().job_id in str(winner.outcome.handle)
        kinds = await outcomes(fleet)
    assert sorted(kinds) == ["cancelled", "cancelled", "completed"]
    assert len(clouds.jobs()) == 3
    assert cancels(clouds) == 2


async def test_a_loser_that_was_not_sent_gets_no_cancel(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", in_flight={SLOW: 1}) as fleet:
        await (await fleet.submit(BELL, device=FAST, shots=10)).wait(timeout=PATIENCE)
        # It takes the only place of the slow device.
        first = await fleet.submit(BELL, device=SLOW, shots=10)
        await jobs_exist(clouds, 2)
        clouds.faults.clear()
        winner = await race(fleet, [FAST, SLOW])
        assert winner.device == "kipu.sim.qsim"
        kinds = {ticket.device: ticket.outcome for ticket in await fleet.tickets() if ticket.id.startswith("2@")}
        lost = kinds["azure.ionq.simulator"]
        assert lost is not None
        assert lost.kind == "cancelled"
        assert first.outcome is None
    assert cancels(clouds) == 0
    assert len(clouds.jobs()) == 3


CRASHES: dict[str, Point] = {
    "before the cancel is requested": before("ask_cancel"),
    "after the cancel is requested": after("ask_cancel"),
    "before the winner is recorded": before("record", state="over"),
    "after the winner is recorded": after("record", state="over"),
    "before the cancel is recorded": before("cancel_sent"),
    "after the cancel is recorded": after("cancel_sent"),
}


@pytest.mark.parametrize("point", CRASHES)
async def test_each_loser_gets_one_cancel_across_a_crash(clouds: EmulatedClouds, tmp_path: Path, point: str) -> None:
    async def script(fleet: Fleet) -> Any:
        await race(fleet, [FAST, SLOW, THIRD])
        await outcomes(fleet)

    assert await crash(CRASHES[point], script, "kipu", "scaleway", **ledger_in(tmp_path))
    # Another process works on the ledger; it does not know the script.
    async with Fleet("kipu", "scaleway", ledger=tmp_path / "ledger.sqlite") as fleet:
        kinds = [outcome.kind for outcome in await fleet.gather(fleet.tickets("sweep"), timeout=PATIENCE)]
    assert sorted(kinds) == ["cancelled", "cancelled", "completed"]
    assert cancels(clouds) == 2
    # The script again: the race is over.
    async with Fleet("kipu", "scaleway", **ledger_in(tmp_path)) as fleet:
        assert (await race(fleet, [FAST, SLOW, THIRD])).outcome is not None
    assert len(clouds.jobs()) == 3
    assert cancels(clouds) == 2


async def test_a_failure_does_not_win(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu") as fleet:
        winner = await race(fleet, ["kipu:no.such.device", FAST])
        assert winner.device == "kipu.sim.qsim"
        with pytest.raises(AnyQPUError, match=r"nothing\.here"):
            await race(fleet, ["kipu:nothing.here"])


async def test_a_race_has_a_timeout_and_different_devices(clouds: EmulatedClouds) -> None:
    clouds.faults.add(operation="createJob", stuck="queued")
    async with Fleet("kipu") as fleet:
        with pytest.raises(WaitTimeoutError):
            await fleet.race(BELL, devices=[FAST, SLOW], shots=10, timeout=20)
        with pytest.raises(ValidationError):
            await race(fleet, [FAST, FAST])
        with pytest.raises(ValidationError):
            await race(fleet, [])


async def test_another_program_is_another_race(clouds: EmulatedClouds, tmp_path: Path) -> None:
    async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
        await fleet.race(BELL, devices=[FAST], shots=10, id="bell", timeout=PATIENCE)
        with pytest.raises(ConflictError):
            await fleet.race(BELL, devices=[FAST], shots=11, id="bell", timeout=PATIENCE)

"""A fleet plans programs, sends them, and returns their outcomes."""

from __future__ import annotations

import os
import stat
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

import anyqpu
from anyqpu import Fleet, Outcome, Ticket
from anyqpu.errors import ConflictError, JobFailedError, NotFoundError, ValidationError, WaitTimeoutError
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, jobs_exist, ledger_in, ones, requests_of

pytestmark = pytest.mark.anyio
OPEN = {"pending", "queued", "running"}


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


async def test_a_sweep_returns_the_result_of_each_program(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu", in_flight=4) as fleet:
        tickets = await fleet.submit_many([ones(number) for number in range(8)], device=SIMULATOR, shots=10)
        assert [ticket.id for ticket in tickets] == [str(number) for number in range(8)]
        ended: dict[str, Outcome | None] = {}
        async for ticket in fleet.as_completed(tickets, timeout=PATIENCE):
            ended[ticket.id] = ticket.outcome
        for number in range(8):
            outcome = ended[str(number)]
            assert outcome is not None
            assert outcome.kind == "completed"
            assert dict(outcome.result().counts) == {f"{number:04b}": 10}
    assert len(clouds.jobs()) == 8


async def test_a_script_that_runs_again_sends_nothing(clouds: EmulatedClouds, tmp_path: Path) -> None:
    results = []
    for _ in range(2):
        async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
            tickets = await fleet.submit_many([ones(3), ones(5)], device=SIMULATOR, shots=10)
            results.append([outcome.to_dict() for outcome in await fleet.gather(tickets, timeout=PATIENCE)])
    assert results[0] == results[1]
    assert len(clouds.jobs()) == 2


async def test_another_script_reads_a_run_in_order(clouds: EmulatedClouds, tmp_path: Path) -> None:
    async with Fleet("kipu", **ledger_in(tmp_path)) as fleet:
        await fleet.submit_many([ones(number) for number in range(5)], device=SIMULATOR, shots=10)
    async with Fleet("kipu", ledger=tmp_path / "ledger.sqlite") as fleet:
        outcomes = await fleet.gather(fleet.tickets(run="sweep"), timeout=PATIENCE)
        assert [dict(outcome.result().counts) for outcome in outcomes] == [{f"{n:04b}": 10} for n in range(5)]
        assert [ticket.id for ticket in await fleet.tickets("sweep")] == ["0", "1", "2", "3", "4"]
    assert len(clouds.jobs()) == 5


async def test_ids_are_yours_or_places(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu") as fleet:
        first = await fleet.submit(BELL, device=SIMULATOR, shots=10, id="calibration")
        [second] = await fleet.submit_many([BELL], device=SIMULATOR, shots=10)
        assert (first.id, second.id) == ("calibration", "1")
        again = await fleet.submit(BELL, device=SIMULATOR, shots=10, id="calibration")
        assert again is first
        with pytest.raises(ConflictError):
            await fleet.submit(ones(1), device=SIMULATOR, shots=10, id="calibration")
        with pytest.raises(ConflictError):
            await fleet.submit(BELL, device=SIMULATOR, shots=11, id="calibration")
        await fleet.gather([first, second], timeout=PATIENCE)
    assert len(clouds.jobs()) == 2


async def test_failures_are_values(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=5.0, run=5.0)
    async with Fleet("kipu") as fleet:
        good = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        bad = await fleet.submit(ones(2), device=SIMULATOR, shots=10)
        lost = await fleet.submit(BELL, device="kipu:no.such.device", shots=10)
        await jobs_exist(clouds, 2)
        handle = (await fleet.ledger.entry(bad.key)).handle
        assert handle is not None
        clouds.move(anyqpu.JobHandle.parse(handle).id, "failed", "the qubits were cold")
        outcomes = await fleet.gather([good, bad, lost], timeout=PATIENCE)
        assert [outcome.kind for outcome in outcomes] == ["completed", "failed", "refused"]
        with pytest.raises(JobFailedError, match="the qubits were cold"):
            outcomes[1].result()
        with pytest.raises(JobFailedError, match="the qubits were cold"):
            await bad.result()
        with pytest.raises(NotFoundError, match=r"no\.such\.device"):
            outcomes[2].result()


async def test_a_wait_has_a_timeout(clouds: EmulatedClouds) -> None:
    clouds.faults.add(operation="createJob", stuck="queued")
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        with pytest.raises(WaitTimeoutError):
            await ticket.wait(timeout=30)
        with pytest.raises(WaitTimeoutError):
            await fleet.gather([ticket], timeout=0)
        assert ticket.outcome is None


async def test_a_wait_is_over_by_keys_and_not_by_numbers(clouds: EmulatedClouds) -> None:
    """An outcome that is reported again, or a ticket that is given twice, counts once."""
    clouds.faults.add(operation="createJob", stuck="queued", after=1)
    async with Fleet("kipu", in_flight=1) as fleet:
        first, second = await fleet.submit_many([BELL, BELL], device=SIMULATOR, shots=10)
        with pytest.raises(WaitTimeoutError, match="1 tickets"):
            async for ticket in fleet.as_completed([first, second, first], timeout=30):
                assert ticket is first
                for _ in range(3):
                    ticket.update(await fleet.ledger.entry(ticket.key))
        assert second.outcome is None
        clouds.faults.clear()
        await second.cancel()
        outcomes = await fleet.gather([first, second, first], timeout=PATIENCE)
        assert [outcome.kind for outcome in outcomes] == ["completed", "cancelled", "completed"]


async def test_a_result_above_64_kb_is_fetched_from_the_cloud(clouds: EmulatedClouds) -> None:
    wide = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[14] q;\nbit[14] c;\nh q;\nc = measure q;\n'
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(wide, device=SIMULATOR, shots=20_000)
        outcome = await ticket.wait(timeout=PATIENCE)
        assert (outcome.kind, outcome.body) == ("completed", None)
        assert outcome.handle is not None
        assert (await ticket.result()).counts.shots == 20_000


async def test_a_ledger_file_is_private_and_has_no_credential(clouds: EmulatedClouds, tmp_path: Path) -> None:
    secret = "qpu-token-7f3a9d"
    async with Fleet("kipu", **ledger_in(tmp_path), token=secret) as fleet:
        await (await fleet.submit(BELL, device=SIMULATOR, shots=10)).wait(timeout=PATIENCE)
    files = [path for path in await anyio.to_thread.run_sync(lambda: list(tmp_path.iterdir())) if path.is_file()]
    assert files
    for path in files:
        assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
        assert secret.encode() not in await anyio.Path(path).read_bytes()


async def test_one_request_looks_up_the_device_of_a_sweep(clouds: EmulatedClouds) -> None:
    async with Fleet("kipu") as fleet:
        await fleet.gather(await fleet.submit_many([BELL] * 20, device=SIMULATOR, shots=10), timeout=PATIENCE)
    assert requests_of(clouds, "getBackend") == 1


async def test_one_upload_and_one_session_serve_a_sweep(clouds: EmulatedClouds) -> None:
    async with Fleet("scaleway") as fleet:
        tickets = await fleet.submit_many([BELL] * 12, device="scaleway:EMU-AER-16C-128M", shots=10)
        outcomes = await fleet.gather(tickets, timeout=PATIENCE)
    assert {outcome.kind for outcome in outcomes} == {"completed"}
    assert requests_of(clouds, "CreateModel") == 1
    assert requests_of(clouds, "CreateSession") == 1


async def test_the_limit_of_a_device_holds(clouds: EmulatedClouds) -> None:
    clouds.set_pace(queue=3.0, run=3.0)
    most = {"kipu.sim.qsim": 0, "azure.ionq.simulator": 0}

    async def watch() -> None:
        while True:
            for device, highest in most.items():
                jobs = [job for job in clouds.jobs() if job["backend"] == device]
                most[device] = max(highest, sum(job["status"].lower() in OPEN for job in jobs))
            await anyio.lowlevel.checkpoint()

    async with anyio.create_task_group() as group, Fleet("kipu", in_flight={SIMULATOR: 3, "": 2}) as fleet:
        group.start_soon(watch)
        tickets = await fleet.submit_many([BELL] * 7, device=SIMULATOR, shots=10)
        tickets += await fleet.submit_many([BELL] * 5, device="kipu:azure.ionq.simulator", shots=10)
        outcomes = await fleet.gather(tickets, timeout=PATIENCE)
        group.cancel_scope.cancel()
    assert {outcome.kind for outcome in outcomes} == {"completed"}
    assert most == {"kipu.sim.qsim": 3, "azure.ionq.simulator": 2}


WRONG: dict[str, dict[str, Any]] = {
    "a provider without a device": {"device": "kipu:"},
    "a cloud that the fleet lacks": {"device": "pasqal:EMU_FREE"},
    "no device": {"device": ""},
    "no shots": {"shots": 0},
    "shots that are a text": {"shots": "many"},
    "too few ids": {"ids": ["a"]},
    "an id twice": {"ids": ["a", "a"]},
    "tags that are not texts": {"tags": [object()]},
    "an unknown option": {"colour": "red"},
    "a program in no language": {"programs": [BELL, "nothing; at all"]},
    "a list of programs": {"programs": [[BELL, BELL], BELL]},
    "a program that is too large": {"programs": [BELL, BELL + " " * 64 * 1024 * 1024]},
}


@pytest.mark.parametrize("name", WRONG)
async def test_what_cannot_be_sent_is_not_planned(clouds: EmulatedClouds, name: str) -> None:
    async with Fleet("kipu", "scaleway") as fleet:
        with pytest.raises((ValidationError, TypeError)):
            await fleet.submit_many(**{"programs": [BELL, BELL], "device": SIMULATOR, "shots": 10, **WRONG[name]})
        assert await fleet.ledger.entries() == []
        # The places are free for the next submit.
        ticket: Ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        assert ticket.id == "0"
    assert len(clouds.jobs()) <= 1

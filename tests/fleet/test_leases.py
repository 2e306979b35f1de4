"""Only the worker that has an account's lease sends, also if it was stopped between the mark and the request."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Any

import anyio
import anyio.lowlevel
import pytest

from anyqpu import Fleet, Job
from anyqpu.errors import ConfigError, ConflictError
from anyqpu.fleet import sends, worker
from anyqpu.ledger.entry import Lease
from anyqpu.ledger.ledger import Ledger
from anyqpu.providers.kipu import KipuClient
from anyqpu.testing import EmulatedClouds, emulated
from tests.fleet.support import BELL, PATIENCE, SIMULATOR, jobs_exist, keys_of, ledger_in

pytestmark = pytest.mark.anyio


@pytest.fixture
async def clouds(anyio_backend: str) -> AsyncGenerator[EmulatedClouds]:
    async with emulated(speed="fast") as clouds:
        yield clouds


async def test_a_second_process_is_refused_by_name(clouds: EmulatedClouds, tmp_path: Path) -> None:
    async with Fleet("kipu", **ledger_in(tmp_path)):
        with pytest.raises(ConflictError, match=str(os.getpid())):
            async with Fleet("kipu", **ledger_in(tmp_path)):
                pass
        # One that only plans and watches is not.
        async with Fleet("kipu", **ledger_in(tmp_path), work=False) as other:
            assert await other.ledger.entries() == []


async def test_one_process_plans_and_another_works(clouds: EmulatedClouds, tmp_path: Path) -> None:
    async with Fleet("kipu", **ledger_in(tmp_path), work=False) as planner:
        tickets = await planner.submit_many([BELL, BELL], device=SIMULATOR, shots=10)
        last = await planner.submit(BELL, device=SIMULATOR, shots=10)
        await last.cancel()
        assert not clouds.jobs()
        async with Fleet("kipu", ledger=tmp_path / "ledger.sqlite"):
            # In the machine's time: the worker's jobs are in the emulator's.
            with anyio.fail_after(30):
                outcomes = [await ticket.wait() for ticket in [*tickets, last]]
    assert [outcome.kind for outcome in outcomes] == ["completed", "completed", "cancelled"]
    assert len(clouds.jobs()) == 2


class Stopped:
    """A worker that is stopped between the mark of an entry and its request, as by SIGSTOP."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.is_stopped = anyio.Event()
        self.may_continue = anyio.Event()
        original = Ledger.sending

        async def sending(ledger: Ledger, lease: Lease, key: str) -> None:
            await original(ledger, lease, key)
            if not self.is_stopped.is_set():
                self.is_stopped.set()
                await self.may_continue.wait()

        patch.setattr(Ledger, "sending", sending)


async def taken_over(clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop a worker, let another one send its entry again, and let the first one continue."""
    monkeypatch.setattr(worker, "RENEW_SECONDS", 1e6)
    stopped = Stopped(monkeypatch)
    async with Fleet("kipu") as first:
        ticket = await first.submit(BELL, device=SIMULATOR, shots=10)
        await stopped.is_stopped.wait()
        # Its lease ends while it is stopped, and another worker takes the account.
        own = next(iter(first._workers.values()))
        lease = own.lease
        assert lease is not None
        await first.ledger.release(lease)
        assert await first.ledger.take("kipu", "another worker", 60.0) is not None
        async with clouds.connect("kipu") as client:
            await client.submit(BELL, device="kipu.sim.qsim", shots=10, key=ticket.key)
        own.lease = Lease(lease.account, lease.owner, lease.fence, until=0.0)
        stopped.may_continue.set()
        with anyio.move_on_after(0.3):
            await anyio.sleep_forever()


async def test_a_stopped_worker_does_not_send_what_another_one_sent(
    clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch
) -> None:
    await taken_over(clouds, monkeypatch)
    assert len(keys_of(clouds)) == 1


async def test_without_the_check_at_the_send_it_would(clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sends.SendGuard, "check", lambda self: None)
    await taken_over(clouds, monkeypatch)
    assert len(keys_of(clouds)) == 2
    assert len(set(keys_of(clouds))) == 1


async def test_what_a_worker_writes_after_it_lost_the_lease_is_refused(
    clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fence is in each write, also where the worker does not know yet that it lost the lease."""
    monkeypatch.setattr(worker, "RENEW_SECONDS", 1e6)
    clouds.set_pace(queue=50.0, run=1.0)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        own = next(iter(fleet._workers.values()))
        while (await fleet.ledger.entry(ticket.key)).state != "sent":
            await anyio.lowlevel.checkpoint()
        lease = own.lease
        assert lease is not None
        await fleet.ledger.release(lease)
        assert await fleet.ledger.take("kipu", "another worker", 60.0) is not None
        with anyio.move_on_after(0.3):
            await ticket.wait()
        assert (await fleet.ledger.entry(ticket.key)).state == "sent"
        assert ticket.outcome is None
        assert own.lease is None


async def test_a_lease_that_was_lost_is_taken_again(clouds: EmulatedClouds) -> None:
    """Once the other worker gives it back; what was being sent meanwhile is searched for."""
    clouds.set_pace(queue=5.0, run=1.0)
    async with Fleet("kipu") as fleet:
        tickets = await fleet.submit_many([BELL] * 3, device=SIMULATOR, shots=10)
        await jobs_exist(clouds, 1)
        own = next(iter(fleet._workers.values()))
        lease = own.lease
        assert lease is not None
        await fleet.ledger.release(lease)
        other = await fleet.ledger.take("kipu", "another worker", 60.0)
        assert other is not None
        await anyio.sleep(0.05)
        await fleet.ledger.release(other)
        outcomes = await fleet.gather(tickets, timeout=PATIENCE)
        assert [outcome.kind for outcome in outcomes] == ["completed"] * 3
        assert sorted(ticket.key for ticket in tickets) == keys_of(clouds)


@pytest.mark.skipif(not hasattr(time, "clock_gettime"), reason="the clock of leases there")
@pytest.mark.parametrize("is_taken", [False, True])
async def test_a_stall_longer_than_the_lease(
    clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch, is_taken: bool
) -> None:
    """What is in flight continues, unless another worker has the account by then: it has its own entries then."""
    clouds.set_pace(queue=5.0, run=1.0)
    original = Ledger.sending

    async def sending(ledger: Ledger, lease: Lease, key: str) -> None:
        await original(ledger, lease, key)
        monkeypatch.setattr(Ledger, "sending", original)
        if is_taken:
            # First: a renewal between the stall and this would be a lease that no other worker can take.
            assert await ledger.call(lambda database: database.change("UPDATE account SET fence = fence + 1"))
        # Nothing runs in this process, as if it was suspended, or the database did not respond.
        clock = time.clock_gettime
        monkeypatch.setattr(time, "clock_gettime", lambda kind: clock(kind) + 3600)
        assert not lease.held()

    monkeypatch.setattr(Ledger, "sending", sending)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        with anyio.fail_after(30):
            assert (await ticket.wait()).kind == "completed"
        assert (await fleet.ledger.entry(ticket.key)).attempts == 1 + is_taken
    assert keys_of(clouds) == [ticket.key]


async def test_what_precedes_a_send_may_take_longer_than_the_lease(
    clouds: EmulatedClouds, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as an upload, or the start of a session: the lease is renewed meanwhile."""
    # A lease that ends while the test waits, but not between two steps on a busy machine.
    monkeypatch.setattr(worker, "LEASE_SECONDS", 1.0)
    monkeypatch.setattr(worker, "RENEW_SECONDS", 0.2)
    original = KipuClient.submit

    async def submit(*arguments: Any, **options: Any) -> Job:
        await anyio.sleep(1.3)
        return await original(*arguments, **options)

    monkeypatch.setattr(KipuClient, "submit", submit)
    async with Fleet("kipu") as fleet:
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        with anyio.fail_after(30):
            assert (await ticket.wait()).kind == "completed"
        assert (await fleet.ledger.entry(ticket.key)).attempts == 1


OTHERS: dict[str, dict[str, Any]] = {
    "account": {"organization_id": "another"},
    "address": {"base_url": "http://127.0.0.1:9"},
}


@pytest.mark.parametrize("other", OTHERS)
async def test_a_ledger_of_another_account_is_refused(clouds: EmulatedClouds, tmp_path: Path, other: str) -> None:
    change = OTHERS[other]
    async with Fleet("kipu", **ledger_in(tmp_path), organization_id="mine", work=False) as fleet:
        await fleet.submit(BELL, device=SIMULATOR, shots=10)
    options = {"token": "t", "organization_id": "mine", "emulator": "base_url" not in change, **change}
    with pytest.raises(ConfigError, match=r"another|127\.0\.0\.1"):
        async with Fleet("kipu", **ledger_in(tmp_path), **options):
            pass
    assert not clouds.emulator.request_log.entries


async def test_an_engine_makes_the_steps(clouds: EmulatedClouds, tmp_path: Path) -> None:
    async with Fleet("kipu", **ledger_in(tmp_path), work="steps", in_flight=2) as fleet:
        assert fleet.accounts == ("kipu",)
        tickets = await fleet.submit_many([BELL] * 5, device=SIMULATOR, shots=10)
        assert not clouds.jobs()
        steps = 0
        while (delay := await fleet.step("kipu")) is not None:
            assert delay >= 0.0
            clouds.advance(delay)
            steps += 1
        assert [ticket.state for ticket in tickets] == ["over"] * 5
        assert 3 <= steps <= 40
    assert len(clouds.jobs()) == 5


async def test_an_engine_gives_an_account_back(clouds: EmulatedClouds) -> None:
    """The lease is renewed while the fleet is open, and so no other worker gets the account by itself."""
    async with Fleet("kipu", work="steps") as fleet:
        assert await fleet.step("kipu") is None
        assert await fleet.ledger.take("kipu", "another worker", 60.0) is None
        await fleet.release("kipu")
        lease = await fleet.ledger.take("kipu", "another worker", 60.0)
        assert lease is not None
        ticket = await fleet.submit(BELL, device=SIMULATOR, shots=10)
        delay = await fleet.step("kipu")
        assert delay is not None
        assert delay > 0
        assert ticket.state == "planned"
        await fleet.ledger.release(lease)
        while (delay := await fleet.step("kipu")) is not None:
            clouds.advance(delay)
        assert ticket.state == "over"

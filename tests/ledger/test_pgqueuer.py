"""PgQueuer wakes workers and gives each account to one of them."""

from __future__ import annotations

import gc
import signal
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import Any

import anyio
import psycopg
import pytest

from anyqpu import pgqueuer
from anyqpu.errors import LedgerError, UnsupportedOperationError
from tests.ledger.processes import line_of, process
from tests.support.postgres import SERVER

pytestmark = pytest.mark.anyio
asyncio_only = pytest.mark.parametrize("anyio_backend", ["asyncio"])


class Fleet:
    """A fleet whose accounts have steps to do; it notes who does them."""

    def __init__(self, name: str, left: Counter[str], accounts: Sequence[str] = ("kipu", "scaleway")) -> None:
        self.name = name
        self.accounts = accounts
        self.left = left
        self.done: list[str] = []
        self.held: set[str] = set()

    async def release(self, account: str) -> None:
        self.held.discard(account)

    async def step(self, account: str) -> float | None:
        assert account in self.accounts
        self.held.add(account)
        if not self.left[account]:
            return None
        self.left[account] -= 1
        self.done.append(account)
        await anyio.sleep(0.01)
        return 0.01


async def until(check: Any) -> None:
    with anyio.fail_after(30):
        while True:
            if check():
                return
            await anyio.sleep(0.02)


@asyncio_only
async def test_workers_share_the_accounts_and_are_woken(url: str) -> None:
    left = Counter({"kipu": 20, "scaleway": 20, "rigetti": 5})
    one, two = Fleet("one", left), Fleet("two", left, ["kipu", "scaleway", "rigetti"])
    # Before any worker.
    await pgqueuer.wake(url, ["kipu"])
    async with anyio.create_task_group() as group:
        group.start_soon(pgqueuer.work, one, url)
        group.start_soon(pgqueuer.work, two, url)
        await until(lambda: not left.total())
        # A fleet gets only the accounts that it has.
        assert one.done.count("rigetti") == 0
        assert Counter(one.done + two.done) == {"kipu": 20, "scaleway": 20, "rigetti": 5}
        # New jobs are planned, and a worker woken.
        left["kipu"] = 3
        await pgqueuer.wake(url, ["kipu"])
        await until(lambda: not left.total())
        # Whichever of them is next can have the lease.
        await until(lambda: not one.held | two.held)
        group.cancel_scope.cancel()


@asyncio_only
async def test_a_worker_that_ends_gives_its_accounts_back(url: str) -> None:
    left = Counter({"kipu": 10**6})
    one, two = Fleet("one", left), Fleet("two", left)
    async with anyio.create_task_group() as group:
        scope = anyio.CancelScope()

        async def first() -> None:
            with scope:
                await pgqueuer.work(one, url)

        group.start_soon(first)
        await until(lambda: len(one.done) > 3)
        group.start_soon(pgqueuer.work, two, url)
        await anyio.sleep(0.3)
        assert two.done == []
        scope.cancel()
        await until(lambda: len(two.done) > 3)
        assert one.held == set()
        group.cancel_scope.cancel()


@asyncio_only
async def test_a_call_that_is_cancelled_at_any_moment_closes_its_connection(url: str) -> None:
    await pgqueuer.wake(url, ["kipu"])
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        for number in range(30):
            with anyio.move_on_after(0.002 * number):
                await pgqueuer.wake(url, ["kipu"])
        gc.collect()
    assert [str(warning.message) for warning in caught] == []


WORKER = """
from anyqpu import pgqueuer
class Fleet:
    accounts = ["kipu"]
    async def release(self, account):
        pass
    async def step(self, account):
        print("step", flush=True)
        return 60.0
async def main(url):
    await pgqueuer.work(Fleet(), url, heartbeat=1.0)
"""


@asyncio_only
async def test_the_accounts_of_a_killed_process_are_taken_over(url: str) -> None:
    with process(WORKER, url) as child:
        assert line_of(child) == "step"
        child.send_signal(signal.SIGKILL)
        child.wait()
        left = Counter({"kipu": 3})
        async with anyio.create_task_group() as group:
            group.start_soon(lambda: pgqueuer.work(Fleet("two", left), url, heartbeat=1.0))
            await until(lambda: not left.total())
            group.cancel_scope.cancel()


@asyncio_only
@pytest.mark.skipif(not SERVER.is_own, reason="the server is not the tests' own")
async def test_a_server_that_is_stopped_and_started_is_used_again(url: str) -> None:
    left = Counter({"kipu": 10**6})
    fleet = Fleet("one", left)
    async with anyio.create_task_group() as group:
        group.start_soon(lambda: pgqueuer.work(fleet, url, heartbeat=1.0))
        await until(lambda: len(fleet.done) > 3)
        await anyio.to_thread.run_sync(SERVER.stop)
        await anyio.to_thread.run_sync(SERVER.start)
        with psycopg.connect(url, autocommit=True) as connection:
            # The row has a heartbeat again.
            start = connection.execute("SELECT now()").fetchone()
            assert start is not None
            beats = "SELECT 1 FROM pgqueuer WHERE status = 'picked' AND heartbeat > %s"
            await until(lambda: connection.execute(beats, start).fetchone() is not None)
        before = len(fleet.done)
        await until(lambda: len(fleet.done) > before + 3)
        group.cancel_scope.cancel()


@asyncio_only
async def test_a_database_that_cannot_be_used_is_a_ledger_error() -> None:
    for call in (pgqueuer.work(Fleet("one", Counter()), BAD), pgqueuer.wake(BAD, ["kipu"])):
        with pytest.raises(LedgerError, match=r"the ledger db on 127.0.0.1 cannot be used") as caught:
            await call
        assert "canary" not in str(caught.value)


BAD = "postgresql://user:canary-pw@127.0.0.1:1/db"


@pytest.mark.parametrize("anyio_backend", ["trio"])
async def test_another_event_loop_is_refused(url: str) -> None:
    with pytest.raises(UnsupportedOperationError, match="PgQueuer runs on asyncio only"):
        await pgqueuer.work(Fleet("one", Counter()), url)

"""The thread of a ledger: calls in transactions, and a database that is away."""

from __future__ import annotations

import sqlite3
import threading
import time

import anyio
import pytest

from anyqpu.errors import AnyQPUError, ConflictError, LedgerError
from anyqpu.ledger.database import Database, Worker

pytestmark = pytest.mark.anyio


class Counting(Database):
    """SQLite in memory, which counts transactions, and may be away."""

    lock = ""
    chosen = ""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:", isolation_level=None)
        self.connection.execute("CREATE TABLE number (value)")
        self.begun = 0
        self.is_away = False
        self.thread = threading.get_ident()

    def begin(self, write: bool) -> None:
        self.begun += 1
        if self.is_away:
            raise sqlite3.OperationalError("away")
        super().begin(write)

    def explain(self, error: Exception) -> AnyQPUError | None:
        return LedgerError(str(error)) if isinstance(error, sqlite3.Error) else None

    def recovers(self, error: Exception) -> bool:
        if "away" in str(error):
            time.sleep(0.02)
            return True
        return False


class Calls:
    """A worker, its database, and calls that arrive together."""

    def __init__(self, patience: float = 0.0) -> None:
        self.databases: list[Counting] = []
        self.worker = Worker(self._connect, patience)
        self.errors: list[Exception] = []

    def _connect(self) -> Counting:
        self.databases.append(Counting())
        return self.databases[0]

    async def add(self, value: int) -> None:
        def act(database: Database) -> int:
            assert threading.get_ident() == self.databases[0].thread != main
            if value < 0:
                raise ConflictError(f"negative: {value}")
            return database.change("INSERT INTO number VALUES (?)", (value,))

        main = threading.get_ident()
        try:
            assert await self.worker.call(act) == 1
        except AnyQPUError as error:
            self.errors.append(error)

    async def add_together(self, values: list[int]) -> None:
        async with anyio.create_task_group() as group:
            for value in values:
                group.start_soon(self.add, value)

    async def values(self) -> list[int]:
        rows = await self.worker.call(lambda database: database.rows("SELECT value FROM number"), write=False)
        return sorted(value for (value,) in rows)


async def test_calls_that_arrive_together_share_transactions() -> None:
    calls = Calls()
    await calls.worker.start()
    held = threading.Event()
    async with anyio.create_task_group() as group:
        # The thread is busy while the others arrive.
        group.start_soon(calls.worker.call, lambda _: held.wait(30))
        await anyio.sleep(0.05)
        group.start_soon(calls.add_together, list(range(100)))
        await anyio.sleep(0.05)
        held.set()
    assert await calls.values() == list(range(100))
    # The one that was held, the hundred, and the list.
    assert calls.databases[0].begun == 3
    await calls.worker.aclose()


async def test_one_that_fails_does_not_undo_the_others() -> None:
    calls = Calls()
    await calls.worker.start()
    await calls.add_together([1, -2, 3, -4, 5])
    assert await calls.values() == [1, 3, 5]
    assert sorted(map(str, calls.errors)) == ["negative: -2", "negative: -4"]
    await calls.worker.aclose()


async def test_all_calls_wait_for_a_database_that_is_away_together() -> None:
    calls = Calls(patience=0.2)
    await calls.worker.start()
    calls.databases[0].is_away = True
    await calls.add_together(list(range(50)))
    assert [str(error) for error in calls.errors] == ["away"] * 50
    # One of them arrives first, and the others wait for it: two times, not fifty.
    assert calls.databases[0].begun < 30
    calls.databases[0].is_away = False
    await calls.add_together([7])
    assert await calls.values() == [7]
    await calls.worker.aclose()


async def test_calls_continue_when_the_database_is_back() -> None:
    calls = Calls(patience=30)
    await calls.worker.start()
    calls.databases[0].is_away = True
    async with anyio.create_task_group() as group:
        group.start_soon(calls.add_together, [1, 2, 3])
        await anyio.sleep(0.05)
        calls.databases[0].is_away = False
    assert (await calls.values(), calls.errors) == ([1, 2, 3], [])
    await calls.worker.aclose()

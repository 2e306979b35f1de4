"""A connection with the database of a ledger, and the thread that has it.

Calls that arrive together are committed in one transaction.
"""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeVar, cast

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, ClientStateError, Hint

T = TypeVar("T")
Row = tuple[Any, ...]
# Calls in one transaction, and those whose tasks are woken together.
_MOST_CALLS, _MOST_WAKES = 200, 16


class Database(ABC):
    """A connection, for one thread. In SQL, `?` is a parameter, and lists are JSON texts.

    Attributes:
        lock: What a query ends with that locks its rows.
        listed: The texts of a JSON list, as a query.
        chosen: The entries that match the texts of a JSON list, by a `{condition}`.
        fences: What the present transaction knows of leases.
    """

    lock: str
    listed: str
    chosen: str
    connection: Any
    fences: set[tuple[str, int]]

    @staticmethod
    def sql(text: str) -> Any:
        """Return a statement as the database takes it."""
        return text

    def begin(self, write: bool) -> None:
        """Begin a transaction."""
        self.connection.execute("BEGIN")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return cast("list[Row]", self.connection.execute(self.sql(sql), parameters).fetchall())

    def chosen_rows(self, columns: str, condition: str, texts: str, *values: Any) -> list[Row]:
        """Return columns of the entries that match the texts of a JSON list, by a condition with `k.value`."""
        return self.rows(f"SELECT {columns} FROM {self.chosen.format(condition=condition)}", (texts, *values))  # noqa: S608

    def change(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows, and return how many."""
        return cast("int", self.connection.execute(self.sql(sql), parameters).rowcount)

    def change_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Change rows once for each of the parameters."""
        self.connection.cursor().executemany(self.sql(sql), rows)

    def insert(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Insert many rows."""
        marks = ", ".join("?" for _ in columns.split(","))
        self.change_many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608

    @abstractmethod
    def explain(self, error: Exception) -> AnyQPUError | None:
        """Return an error of the database as one of ours; None if it is another one."""

    def recovers(self, error: Exception) -> bool:
        """Return whether the transaction can be repeated, perhaps over a new connection."""
        return False

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()


class _FutureEvent:
    """An event for one task: a future of asyncio takes half the time of an event of anyio, which has no futures."""

    __slots__ = ("_future",)

    def __init__(self, future: Any) -> None:
        self._future = future

    def set(self) -> None:
        """Wake the task."""
        if not self._future.done():
            self._future.set_result(None)

    def wait(self) -> Awaitable[None]:
        """Return what ends with `set`."""
        return self._future  # type: ignore[no-any-return]


@dataclass(slots=True, eq=False)
class _Call:
    action: Callable[[Database], Any]
    write: bool
    done: anyio.Event | _FutureEvent
    cancelled: bool = False
    value: Any = None
    error: BaseException | None = None


class Worker:
    """The thread of a database, which runs calls in transactions."""

    def __init__(self, connect: Callable[[], Database], patience: float) -> None:
        """`patience` is for how many seconds a transaction is repeated while the database is away."""
        self._connect = connect
        self._patience = patience
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        self._closing = False
        self._lock = threading.Lock()
        self._new_event: Callable[[], anyio.Event | _FutureEvent] = anyio.Event

    async def start(self) -> None:
        """Start the thread, and connect. Raises what the connection raises."""
        loop: Any = anyio.lowlevel.current_token().native_token
        if hasattr(loop, "create_future"):
            self._call_in_loop = loop.call_soon_threadsafe
            self._new_event = lambda: _FutureEvent(loop.create_future())
        else:
            self._call_in_loop = loop.run_sync_soon
        call = _Call(Database.close, False, self._new_event())
        # A daemon: a program that does not close its ledger can end.
        threading.Thread(target=self._run, args=(call,), name="anyqpu-ledger", daemon=True).start()
        with anyio.CancelScope(shield=True):
            await call.done.wait()
        if call.error is not None:
            raise call.error

    async def call(self, action: Callable[[Database], T], *, write: bool = True) -> T:
        """Run an action on the thread, within a transaction; return what it returns, once that is durable.

        The action may run more than once: after another one of the same transaction failed, or a lost connection.
        """
        call = _Call(action, write, self._new_event())
        self._put(call)
        try:
            await call.done.wait()
        except BaseException:
            call.cancelled = True
            raise
        if call.error is not None:
            raise call.error
        return cast("T", call.value)

    async def aclose(self) -> None:
        """Finish the calls that were made before, and close the connection."""
        with suppress(ClientStateError):
            call = _Call(Database.close, False, self._new_event())
            self._put(call)
            with anyio.CancelScope(shield=True):
                await call.done.wait()

    def _put(self, call: _Call) -> None:
        with self._lock:
            if self._closing:
                raise ClientStateError("the ledger is closed", hint=Hint("Use it inside its `async with`", ""))
            self._closing = call.action is Database.close
            self._calls.put(call)

    def _run(self, start: _Call) -> None:
        try:
            database = self._connect()
        except Exception as error:
            start.error = error
            self._finish([start])
            return
        self._finish([start])
        while self._batch(database):
            pass

    def _finish(self, calls: Sequence[_Call]) -> None:
        """Wake the tasks that made calls, a few in each iteration of the event loop: to wake each takes a write."""

        def wake(some: Sequence[_Call]) -> None:
            for call in some:
                call.done.set()

        # The loop may have ended.
        with suppress(RuntimeError):
            for start in range(0, len(calls), _MOST_WAKES):
                self._call_in_loop(wake, calls[start : start + _MOST_WAKES])

    def _batch(self, database: Database) -> bool:
        """Run the calls that wait, and return whether others may follow."""
        calls = [self._calls.get()]
        with suppress(Empty):
            while len(calls) < _MOST_CALLS and calls[-1].action is not Database.close:
                calls.append(self._calls.get_nowait())
        last = calls.pop() if calls[-1].action is Database.close else None
        calls = [call for call in calls if not call.cancelled]
        if calls and not self._transaction(database, calls):
            # One of them failed, and all were undone: each in a transaction of its own.
            for call in calls:
                self._transaction(database, [call])
        self._finish(calls)
        if last is not None:
            with suppress(Exception):
                database.close()
            self._finish([last])
        return last is None

    def _transaction(self, database: Database, calls: Sequence[_Call]) -> bool:
        """Run calls in one transaction; return False where each of them is to be run alone."""
        end = time.monotonic() + self._patience
        while True:
            try:
                database.fences = set()
                database.begin(any(call.write for call in calls))
                for call in calls:
                    call.value = call.action(database)
                database.connection.commit()
                return True
            except Exception as error:
                with suppress(Exception):
                    database.connection.rollback()
                is_away = database.recovers(error)
                if is_away and time.monotonic() < end and not self._closing:
                    continue
                if len(calls) > 1 and not is_away:
                    return False
                for call in calls:
                    call.error = database.explain(error) or error
                return True

"""The thread of a ledger: it has the connection, and commits calls that arrive together in one transaction."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Protocol, TypeVar, cast

import anyio
import anyio.lowlevel

from anyqpu.errors import AnyQPUError, ClientStateError, Hint

T = TypeVar("T")
Row = tuple[Any, ...]
# Calls in one transaction.
_MOST_CALLS = 200
_CLOSED = "the ledger is closed"


class Database(Protocol):
    """A connection with SQLite or PostgreSQL, for one thread. Parameters are `?` in SQL, and lists are JSON texts."""

    lock: str
    """What a query ends with that locks its rows."""
    items: str
    """The rows of a JSON list of texts: a table `k` with a column `value`."""

    def begin(self, write: bool) -> None:
        """Begin a transaction."""
        ...

    def end(self, *, commit: bool) -> None:
        """Commit the transaction, or undo it."""
        ...

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        ...

    def change(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows, and return how many."""
        ...

    def change_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Change rows once for each of the parameters."""
        ...

    def insert(self, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows."""
        ...

    def explain(self, error: Exception) -> AnyQPUError | None:
        """Return an error of the database as one of ours; None if it is not the database's."""
        ...

    def recovers(self, error: Exception, patience: float) -> bool:
        """Return whether the transaction can be repeated: after a new connection, within so many seconds."""
        ...

    def close(self) -> None:
        """Close the connection."""
        ...


@dataclass(slots=True, eq=False)
class _Call:
    action: Callable[[Database], Any]
    write: bool
    notify: Callable[[Callable[[], object]], object]
    done: anyio.Event = field(default_factory=anyio.Event)
    cancelled: bool = False
    value: Any = None
    error: BaseException | None = None

    def finish(self) -> None:
        # The caller's event loop may have ended.
        with suppress(RuntimeError):
            self.notify(self.done.set)


class Worker:
    """Calls on the thread of a database."""

    def __init__(self, connect: Callable[[], Database], patience: float) -> None:
        self._connect = connect
        self._patience = patience
        self._calls: SimpleQueue[_Call] = SimpleQueue()
        self._closing = False
        self._lock = threading.Lock()

    async def start(self) -> None:
        """Start the thread, and connect. Raises what the connection raises."""
        call = self._call(lambda _: None, write=False)
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
        call = self._call(action, write=write)
        with self._lock:
            if self._closing:
                raise ClientStateError(_CLOSED, hint=Hint("Use it inside its `async with`", ""))
            self._calls.put(call)
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
        call = self._call(Database.close, write=False)
        with self._lock:
            if self._closing:
                return
            self._closing = True
            self._calls.put(call)
        with anyio.CancelScope(shield=True):
            await call.done.wait()

    @staticmethod
    def _call(action: Callable[[Database], Any], *, write: bool) -> _Call:
        token: Any = anyio.lowlevel.current_token().native_token
        return _Call(action, write, getattr(token, "call_soon_threadsafe", None) or token.run_sync_soon)

    def _run(self, start: _Call) -> None:
        try:
            database = self._connect()
        except Exception as error:
            start.error = error
            start.finish()
            return
        start.finish()
        # Nothing keeps the call alive, with its caller's frames.
        del start
        while self._batch(database, self._waiting()):
            pass

    def _waiting(self) -> list[_Call]:
        """Return the calls that wait, after the first has come."""
        calls = [self._calls.get()]
        with suppress(Empty):
            while len(calls) < _MOST_CALLS and calls[-1].action is not Database.close:
                calls.append(self._calls.get_nowait())
        return calls

    def _batch(self, database: Database, calls: list[_Call]) -> bool:
        """Run calls, and return whether others follow."""
        last = calls.pop() if calls[-1].action is Database.close else None
        calls = [call for call in calls if not call.cancelled]
        if calls and not self._transaction(database, calls):
            # One of them failed, and its transaction undid all: each in one of its own.
            for call in calls:
                self._transaction(database, [call])
        for call in calls:
            call.finish()
        if last is not None:
            with suppress(Exception):
                database.close()
            last.finish()
        return last is None

    def _transaction(self, database: Database, calls: Sequence[_Call]) -> bool:
        """Run calls in one transaction, and return whether it was committed; a single call is given its error."""
        deadline = time.monotonic() + self._patience
        while True:
            try:
                database.begin(any(call.write for call in calls))
                for call in calls:
                    call.value = call.action(database)
                database.end(commit=True)
                return True
            except Exception as error:
                with suppress(Exception):
                    database.end(commit=False)
                if database.recovers(error, deadline - time.monotonic()):
                    continue
                for call in calls:
                    # Without the frames of the connection, which may show a password.
                    call.error = database.explain(error) or error
                return False

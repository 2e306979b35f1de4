"""Ledgers in SQLite files, and in memory."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from anyqpu.errors import AnyQPUError, ConflictError, Hint, LedgerError, ValidationError
from anyqpu.ledger.schema import migrate
from anyqpu.ledger.worker import Row

# SQLite's application id of ledgers: `AQPL`.
APPLICATION = 0x4151504C
# Seconds to wait for the transaction of another process.
_PATIENCE = 30.0
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class SQLite:
    """A connection with a ledger in a file, or in memory where there is no path."""

    lock = ""
    items = "(SELECT value FROM json_each(?)) AS k"

    def __init__(self, path: Path | None, *, work: bool) -> None:
        """Open the ledger, or create it. With `work`, this process has it until it ends.

        Raises:
            ConflictError: Another process has it.
            LedgerError: The file cannot be used, or is not a ledger.
        """
        self._name = "in memory" if path is None else str(path)
        self._connections: list[sqlite3.Connection] = []
        try:
            if path is not None:
                # Programs and results are their owner's.
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
                if work:
                    self._have(Path(f"{path}-lock"))
            self._connection = self._connect(":memory:" if path is None else path, _PATIENCE)
            self._prepare(work)
        except (sqlite3.Error, OSError, ValueError, AnyQPUError) as error:
            self.close()
            raise self.explain(error) or error from None

    def _connect(self, path: Path | str, patience: float) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        self._connections.append(connection)
        return connection

    def _have(self, path: Path) -> None:
        """Hold a lock that ends with the process: a transaction in a file beside the ledger, which has its number."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        guard = self._connect(path, 1.0)
        try:
            guard.execute("PRAGMA busy_timeout = 0")
            guard.execute("BEGIN IMMEDIATE")
            guard.execute(f"PRAGMA user_version = {os.getpid()}")
            guard.execute("COMMIT")
            guard.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            guard.execute("PRAGMA busy_timeout = 1000")
            (holder,) = guard.execute("PRAGMA user_version").fetchone()
            raise ConflictError(
                f"the ledger {self._name} is in use by the process {holder}",
                hint=Hint(
                    "End it, or open the ledger with work=False, to plan jobs and wait for them", "End that process"
                ),
            ) from None

    def _prepare(self, work: bool) -> None:
        [(application,)], [(tables,)] = (
            self.rows(sql) for sql in ("PRAGMA application_id", "SELECT count(*) FROM sqlite_master")
        )
        if tables and application != APPLICATION:
            raise LedgerError(f"the file {self._name} is a database of something else", hint="Give another file")
        self.rows("PRAGMA journal_mode = WAL")
        # What is committed survives a loss of power.
        self.rows("PRAGMA synchronous = FULL")
        self.begin(write=True)
        try:
            [(tables,)] = self.rows("SELECT count(*) FROM sqlite_master")
            migrate(self, self.rows("SELECT version FROM ledger")[0][0] if tables else 0, self._name)
            self.rows(f"PRAGMA application_id = {APPLICATION}")
            if work:
                # The processes that had them have ended, since this one has the lock.
                self.change("UPDATE account SET owner = NULL")
        except BaseException:
            self.end(commit=False)
            raise
        self.end(commit=True)

    def begin(self, write: bool) -> None:
        """Begin a transaction; one that writes begins when no other one does."""
        self._connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def end(self, *, commit: bool) -> None:
        """Commit the transaction, or undo it."""
        # SQLite ends some by itself, when they fail.
        if commit or self._connection.in_transaction:
            self._connection.execute("COMMIT" if commit else "ROLLBACK")

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """Return the rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()

    def change(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Change rows, and return how many."""
        return self._connection.execute(sql, parameters).rowcount

    def change_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        """Change rows once for each of the parameters."""
        self._connection.executemany(sql, rows)

    def insert(self, table: str, columns: str, rows: Sequence[Sequence[Any]]) -> None:
        """Insert many rows."""
        marks = ", ".join("?" for _ in columns.split(","))
        self.change_many(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)  # noqa: S608

    def explain(self, error: Exception) -> AnyQPUError | None:
        """Return an error of SQLite or of the file system as one of ours."""
        reason, number = str(error), getattr(error, "errno", None)
        name = f"the ledger {self._name}"
        if isinstance(error, AnyQPUError):
            return error
        if isinstance(error, sqlite3.IntegrityError):
            return ConflictError(f"{name} has another entry with the same key or identifier")
        if isinstance(error, UnicodeEncodeError):
            return ValidationError("a text has a surrogate, half of a character")
        if "not a database" in reason:
            return LedgerError(f"{name} is not an SQLite database", hint="Give another file")
        if "malformed" in reason:
            return LedgerError(f"{name} is damaged", hint="Restore a copy of it")
        if number in _FULL or "full" in reason:
            return LedgerError(f"{name} cannot be written: the disk is full", hint="Free some space")
        if isinstance(error, IsADirectoryError):
            return LedgerError(f"{name} is a folder", hint="Give a file, such as sweep.sqlite")
        if isinstance(error, PermissionError) or number == errno.EROFS or "readonly" in reason:
            return LedgerError(f"{name} cannot be written: it is read-only", hint="Change its permissions")
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return LedgerError(f"the folder of {name} does not exist", hint="Create it, or give another file")
        if isinstance(error, sqlite3.Error | OSError):
            return LedgerError(f"{name} cannot be used: {getattr(error, 'strerror', None) or reason}")
        return None

    def recovers(self, error: Exception, patience: float) -> bool:
        """Return False: a transaction in a file is not repeated."""
        return False

    def close(self) -> None:
        """Close the ledger, and release its lock."""
        while self._connections:
            with suppress(sqlite3.Error):
                self._connections.pop().close()

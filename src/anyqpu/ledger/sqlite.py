"""Ledgers in SQLite files, and in memory."""

from __future__ import annotations

import errno
import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path

from anyqpu.errors import AnyQPUError, ConflictError, Hint, LedgerError, ValidationError
from anyqpu.ledger.database import Database
from anyqpu.ledger.schema import migrate

# SQLite's application id of ledgers: `AQPL`.
APPLICATION = 0x4151504C
# Seconds to wait for the transaction of another process.
_PATIENCE = 30.0
# Words and numbers of errors of SQLite and of the file system: what they mean, and a hint.
_PROBLEMS: tuple[tuple[str, tuple[int, ...], str, str], ...] = (
    ("is a directory", (errno.EISDIR,), "it is a folder", "Give a file, such as sweep.sqlite"),
    ("no such file", (errno.ENOENT, errno.ENOTDIR), "its folder does not exist", "Create it, or give another file"),
    ("full", (errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "the disk is full", "Free some space"),
    ("readonly", (errno.EROFS, errno.EACCES, errno.EPERM), "it is read-only", "Change its permissions"),
    ("not a database", (), "it is not an SQLite database", "Give another file"),
    ("disk I/O", (), "the disk failed", "Free some space on it, or check it"),
    ("malformed", (), "it is damaged", "Restore a copy of it"),
)
_WORK_FALSE = "End it, or open the ledger with work=False, to plan jobs and wait for them"


class SQLite(Database):
    """A connection with a ledger in a file; without a path, in memory."""

    lock = ""
    listed = "SELECT value FROM json_each(?)"
    chosen = "(SELECT value FROM json_each(?)) AS k CROSS JOIN entry WHERE {condition}"
    connection: sqlite3.Connection

    def __init__(self, path: Path | None, *, work: bool) -> None:
        """Open the ledger, or create it. With `work`, this process has it until it ends.

        Raises:
            ConflictError: Another process has it.
            LedgerError: The file cannot be used, or is not a ledger.
        """
        self._name = "in memory" if path is None else str(path)
        self._connections: list[sqlite3.Connection] = []
        failure: Exception | None = None
        try:
            if path is not None:
                # Programs and results are their owner's.
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self.connection = self._connect(path or ":memory:", _PATIENCE)
            # In this order: another process may make both at this instant.
            tables, application = self.rows("SELECT 1 FROM sqlite_master"), self.rows("PRAGMA application_id")
            if tables and application != [(APPLICATION,)]:
                raise LedgerError(f"the file {self._name} is a database of something else", hint="Give another file")
            if path is not None and work:
                self._have(Path(f"{path}-lock"))
            self._prepare(work)
        except (sqlite3.Error, OSError, AnyQPUError) as error:
            failure = self.explain(error) or error
            self.close()
        if failure is not None:
            raise failure

    def _connect(self, path: Path | str, patience: float) -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        self._connections.append(connection)
        return connection

    def _have(self, path: Path) -> None:
        """Hold a lock that ends with the process: a transaction in a file beside the ledger, which has its number."""
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        guard = self._connect(path, 0)
        try:
            guard.execute("BEGIN IMMEDIATE")
            guard.execute(f"PRAGMA user_version = {os.getpid()}")
            guard.commit()
            guard.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            # The holder may be about to write its number.
            time.sleep(0.1)
            guard.execute("PRAGMA busy_timeout = 1000")
            (holder,) = guard.execute("PRAGMA user_version").fetchone()
            problem = f"the ledger {self._name} is in use by the process {holder}"
            raise ConflictError(problem, hint=Hint(_WORK_FALSE, "End that process")) from None

    def _prepare(self, work: bool) -> None:
        self.begin(write=True)
        tables = self.rows("SELECT 1 FROM sqlite_master")
        migrate(self, self.rows("SELECT version FROM ledger")[0][0] if tables else 0, self._name)
        self.rows(f"PRAGMA application_id = {APPLICATION}")
        if work:
            # The processes that had them have ended, since this one has the lock.
            self.change("UPDATE account SET owner = NULL")
        self.connection.commit()
        # What is committed survives a loss of power.
        self.rows("PRAGMA synchronous = FULL")
        # In KB, and in pages of 4 KB that are appended before they are moved: new entries are all over the indexes.
        self.rows("PRAGMA cache_size = -8000")
        self.rows("PRAGMA wal_autocheckpoint = 4000")
        # The first change of the mode does not wait for others by itself.
        end = time.monotonic() + _PATIENCE
        while True:
            try:
                self.rows("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.01)
            else:
                return

    def begin(self, write: bool) -> None:
        """Begin a transaction; one that writes begins when no other one does."""
        self.connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")

    def explain(self, error: Exception) -> AnyQPUError | None:
        """Return an error of SQLite or of the file system as one of ours."""
        name = f"the ledger {self._name}"
        match error:
            case AnyQPUError():
                return error
            case sqlite3.IntegrityError():
                return ConflictError(f"{name} has another entry with the same key or identifier")
            case UnicodeEncodeError():
                return ValidationError("a text has a surrogate, half of a character")
            case sqlite3.Error() | OSError():
                number, reason = getattr(error, "errno", None), getattr(error, "strerror", None) or str(error)
                for words, numbers, problem, hint in _PROBLEMS:
                    if words in reason or number in numbers:
                        return LedgerError(f"{name} cannot be used: {problem}", hint=hint)
                return LedgerError(f"{name} cannot be used: {reason}")
            case _:
                return None

    def close(self) -> None:
        """Close the ledger, and release its lock."""
        for connection in self._connections:
            with suppress(sqlite3.Error):
                connection.close()

"""The SQLite file: one table of records, as JSON, and a column for the bytes of results."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

APPLICATION = 0x41515055
"""SQLite's application id of state files: `AQPU`."""
VERSION = 1
_TABLE = """
CREATE TABLE records (
    place INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    data BLOB,
    UNIQUE (kind, name)
)
"""
_WRITE = """
INSERT INTO records (kind, name, body, data) VALUES (?, ?, ?, ?)
ON CONFLICT (kind, name) DO UPDATE SET body = excluded.body, data = excluded.data
"""
# Seconds to wait for another process that has the file open.
_PATIENCE = 0.5
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class StateError(Exception):
    """An unusable state file; the message has the reason and what to do."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record as it is written; without a body it is to be deleted."""

    kind: str
    name: str
    body: str | None
    data: bytes | None = None


class StateFile:
    """An open file. Safe to use from several threads, one at a time."""

    def __init__(self, path: str | Path) -> None:
        """Open the file, or create it. Raises StateError, and leaves a file that it refuses as it is."""
        self.path = Path(path)
        is_new = self._reserve()
        try:
            if not is_new:
                self._check()
            self._connection = self._open()
        except (sqlite3.Error, OSError) as error:
            if is_new:
                with suppress(OSError):
                    self.path.unlink()
            raise StateError(self._explain(error)) from None

    def _reserve(self) -> bool:
        """Check that the path can hold a database, and return whether it has to be created."""
        try:
            # It holds programs and tokens: only its owner may read it.
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            return True
        except FileExistsError:
            pass
        except (OSError, ValueError) as error:
            raise StateError(self._explain(error)) from None
        try:
            info = self.path.stat()
            if stat.S_ISDIR(info.st_mode):
                raise StateError(
                    f"the state file {self.path} is a folder; give a file, such as {self.path / 'state.sqlite'}"
                )
            if not stat.S_ISREG(info.st_mode):
                raise StateError(f"the state file {self.path} is not a regular file; give a new file")
            os.close(os.open(self.path, os.O_RDWR))
        except OSError as error:
            raise StateError(self._explain(error)) from None
        return info.st_size == 0

    def _check(self) -> None:
        """BatchState at an existing file without the right to change it. Raises StateError and sqlite3.Error."""
        if Path(f"{self.path}-request_log").exists():
            # A writer was killed while the file was created; only a connection that may write can undo its change.
            return
        # Without a log beside it, the file can be read without SQLite's own files, which would stay there.
        has_log = Path(f"{self.path}-wal").exists()
        uri = f"{self.path.resolve().as_uri()}?{'mode=ro' if has_log else 'immutable=1'}"
        with closing(sqlite3.connect(uri, uri=True, timeout=_PATIENCE)) as connection:
            (application,), (version,) = (
                connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
            )
            (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            if tables and application != APPLICATION:
                raise StateError(f"the state file {self.path} is a database of something else; give a new file")
            if tables and version != VERSION:
                by = "a newer" if version > VERSION else "an older"
                raise StateError(
                    f"the state file {self.path} has format version {version}, of {by} anyqpu; this one reads version "
                    f"{VERSION}. Use the anyqpu that wrote it, or give a new file"
                )
            (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise sqlite3.DatabaseError(f"malformed: {verdict}")

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            # One emulator per file: two would overwrite each other's records.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            # Takes the lock, and writes nothing to a file that has its table.
            connection.execute("BEGIN IMMEDIATE")
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                connection.execute(_TABLE)
                connection.execute(f"PRAGMA application_id = {APPLICATION}")
                connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")
            # A killed process leaves whole transactions behind, also without waiting for the disk at each.
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _explain(self, error: Exception) -> str:
        reason, number = str(error), getattr(error, "errno", None)
        name = f"the state file {self.path}"
        if "locked" in reason:
            return f"{name} is in use by another emulator; give each a file of its own"
        if "not a database" in reason:
            return f"{name} is not an SQLite database; give a new file, or one that an emulator made"
        if "malformed" in reason:
            return f"{name} is damaged; restore a copy of it, or give a new file"
        if number in _NO_ROOM or "full" in reason:
            return f"{name} cannot be created: its disk is full; free some space, or give a file on another disk"
        if isinstance(error, PermissionError) or number == errno.EROFS or "readonly" in reason:
            return (
                f"{name} cannot be read and written ({_strerror(error)}); change its permissions, or give another file"
            )
        if isinstance(error, FileNotFoundError | NotADirectoryError):
            return f"the folder of {name} does not exist; create it, or give another file"
        return f"{name} cannot be used ({_strerror(error)}); give another file"

    def read(self, kind: str) -> Iterator[Row]:
        """All records of a kind, in the order in which they came. Raises StateError for a damaged file."""
        try:
            rows = self._connection.execute(
                "SELECT name, body, data FROM records WHERE kind = ? ORDER BY place", (kind,)
            ).fetchall()
        except sqlite3.Error as error:
            raise StateError(self._explain(error)) from None
        for name, body, data in rows:
            yield Row(kind, name, body, data)

    def write(self, rows: Iterable[Row], *, emptied: bool = False) -> None:
        """Write all rows or none; if `emptied`, delete everything first.

        Raises StateError where the disk is full or fails. The file then holds what it held, and the next call can
        succeed.
        """
        connection = self._connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            if emptied:
                connection.execute("DELETE FROM records")
            for row in rows:
                if row.body is None:
                    connection.execute("DELETE FROM records WHERE kind = ? AND name = ?", (row.kind, row.name))
                else:
                    connection.execute(_WRITE, (row.kind, row.name, row.body, row.data))
            connection.execute("COMMIT")
        except BaseException as error:
            # SQLite ends some transactions by itself. One that stayed open would make every later write fail.
            if connection.in_transaction:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.Error):
                message = f"the state file {self.path} cannot be written ({error}); free some space on it"
                raise StateError(message) from error
            raise

    def close(self) -> None:
        """Close it; closing twice is fine."""
        self._connection.close()


def _strerror(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)

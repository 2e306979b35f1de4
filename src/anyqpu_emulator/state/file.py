"""The SQLite file: one table of records, as JSON, and a column for the bytes of results."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

APPLICATION = 0x41515055
"""`AQPU`, by which such a file is known."""
VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS records (
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


class StateError(Exception):
    """The file cannot be used; the message says why and what to do."""


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
        """Open or make it. Raises StateError."""
        self._path = Path(path)
        connection: sqlite3.Connection | None = None
        try:
            # It holds programs and tokens: nobody else's to read.
            with suppress(FileExistsError):
                os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            connection = sqlite3.connect(self._path, timeout=0.5, isolation_level=None, check_same_thread=False)
            self._prepare(connection)
        except (sqlite3.Error, OSError) as error:
            if connection is not None:
                connection.close()
            raise StateError(self._explain(error)) from None
        except StateError:
            if connection is not None:
                connection.close()
            raise
        self._connection = connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # One emulator per file: two would overwrite each other's records.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        (application,), (version,) = (
            connection.execute(f"PRAGMA {name}").fetchone() for name in ("application_id", "user_version")
        )
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables and application != APPLICATION:
            raise StateError(f"{self._path} is a database of something else; give a new file")
        if tables and version != VERSION:
            raise StateError(
                f"{self._path} is of version {version}; this emulator reads version {VERSION}. Give a new file"
            )
        # A killed process leaves whole transactions behind, also without waiting for the disk at each.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")

    def _explain(self, error: Exception) -> str:
        if "locked" in str(error):
            return f"{self._path} is in use by another emulator; give each a file of its own"
        if "not a database" in str(error):
            return f"{self._path} is no SQLite database; give a new file, or one that an emulator made"
        return f"cannot use {self._path}: {error}"

    def read(self, kind: str) -> Iterator[Row]:
        """All records of a kind, in the order in which they came. Raises StateError for a damaged file."""
        try:
            found = self._connection.execute(
                "SELECT name, body, data FROM records WHERE kind = ? ORDER BY place", (kind,)
            ).fetchall()
        except sqlite3.Error as error:
            raise StateError(self._explain(error)) from None
        for name, body, data in found:
            yield Row(kind, name, body, data)

    def write(self, rows: Iterable[Row], *, emptied: bool = False) -> None:
        """All or nothing; if `emptied`, delete everything first. Raises sqlite3.Error."""
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            if emptied:
                connection.execute("DELETE FROM records")
            for row in rows:
                if row.body is None:
                    connection.execute("DELETE FROM records WHERE kind = ? AND name = ?", (row.kind, row.name))
                else:
                    connection.execute(_WRITE, (row.kind, row.name, row.body, row.data))
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")

    def close(self) -> None:
        """Close it; closing twice is fine."""
        self._connection.close()

"""The tables of a ledger, and how those of earlier versions become those of this one."""

from __future__ import annotations

from anyqpu.errors import LedgerError
from anyqpu.ledger.database import Database

# The statements that lead from each version to the next. Both SQLite and PostgreSQL take these names of types.
MIGRATIONS = (
    (
        "CREATE TABLE ledger (version BIGINT NOT NULL)",
        "INSERT INTO ledger (version) VALUES (0)",
        "CREATE TABLE account (name TEXT PRIMARY KEY, provider TEXT NOT NULL, base_url TEXT NOT NULL,"
        " identity TEXT NOT NULL, owner TEXT, fence BIGINT NOT NULL, until DOUBLE PRECISION NOT NULL)",
        "CREATE TABLE program (sha TEXT PRIMARY KEY, format TEXT NOT NULL, text TEXT NOT NULL)",
        # Money is in billionths.
        "CREATE TABLE run (name TEXT PRIMARY KEY, currency TEXT, most BIGINT, held BIGINT NOT NULL)",
        "CREATE TABLE entry (key TEXT PRIMARY KEY, run TEXT NOT NULL, id TEXT NOT NULL, place BIGINT NOT NULL,"
        " account TEXT NOT NULL, device TEXT NOT NULL, program TEXT NOT NULL, options TEXT NOT NULL,"
        " state TEXT NOT NULL, attempts BIGINT NOT NULL, tried_at DOUBLE PRECISION, not_before DOUBLE PRECISION,"
        " cancel_asked BIGINT NOT NULL, handle TEXT, outcome TEXT, body TEXT, price BIGINT, currency TEXT,"
        " changed_at DOUBLE PRECISION NOT NULL, UNIQUE (run, id))",
        "CREATE INDEX entry_state ON entry (account, state, place) WHERE state <> 'over'",
    ),
    (
        # The bits of a result that belong to the program.
        "ALTER TABLE program ADD COLUMN bits BIGINT",
        # What a device has open, and what is next for it.
        "CREATE INDEX entry_device ON entry (account, device, state, place) WHERE state <> 'over'",
    ),
)
VERSION = len(MIGRATIONS)


def migrate(database: Database, version: int, name: str) -> None:
    """Bring the tables to this version, within a transaction; a version of 0 is an empty database.

    Raises:
        LedgerError: The ledger is of a later version.
    """
    if version > VERSION:
        raise LedgerError(
            f"the ledger {name} has version {version} of the tables, and this release reads up to version {VERSION}",
            hint="Use the release of anyqpu that wrote it, or a later one",
        )
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            database.change(statement)
    if version < VERSION:
        database.change("UPDATE ledger SET version = ?", (VERSION,))

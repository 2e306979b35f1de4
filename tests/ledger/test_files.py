"""Ledgers in SQLite files: who may have one, and files that cannot be used."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from contextlib import ExitStack, closing
from pathlib import Path

import anyio
import psycopg
import pytest

from anyqpu.errors import AnyQPUError, ClientStateError, ConfigError, ConflictError, LedgerError
from anyqpu.ledger.ledger import Ledger
from anyqpu.ledger.schema import VERSION
from anyqpu.ledger.sqlite import SQLite
from tests.ledger.jobs import brought, euros, job, jobs, opened, taken
from tests.ledger.processes import line_of, process
from tests.support.postgres import SERVER

pytestmark = pytest.mark.anyio


HOLDER = "async def main(path):\n global ledger\n ledger = await opened(path, jobs(1))\n await taken(ledger)"


async def test_a_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    async with await opened(str(path), jobs(1)):
        modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()}
    assert modes == {f"ledger.sqlite{end}": 0o600 for end in ("", "-lock", "-wal", "-shm")}
    # What is left can be copied as one file.
    assert {file.name for file in tmp_path.iterdir()} == {"ledger.sqlite", "ledger.sqlite-lock"}


async def test_one_process_works_on_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with process(HOLDER, str(path)) as child:
        assert line_of(child) == "ready"
        with pytest.raises(ConflictError, match=f"is in use by the process {child.pid}. .*work=False"):
            await Ledger.open(path)
        async with await Ledger.open(path, work=False) as ledger:
            assert [entry.state for entry in await ledger.entries()] == ["planned"]
            # It may plan, and not send.
            await ledger.plan("sweep", [job(1)])
            with pytest.raises(ClientStateError, match="opened without work"):
                await ledger.take("kipu", "two", 60)
        child.send_signal(signal.SIGKILL)
        child.wait()
        # The lock, and the lease for a minute, ended with the process.
        async with await Ledger.open(path) as ledger:
            lease = await taken(ledger, "two")
            assert lease.fence == 2
            assert len(await ledger.entries()) == 2


async def test_one_ledger_of_a_process_works_on_a_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    async with await Ledger.open(path):
        with pytest.raises(ConflictError, match=f"in use by the process {os.getpid()}"):
            await Ledger.open(path)
    async with await Ledger.open(path, work=False):
        await (await Ledger.open(path)).aclose()


async def test_many_open_a_new_file_at_once(tmp_path: Path) -> None:
    for number in range(10):
        path = tmp_path / f"{number}.sqlite"
        ledgers: list[Ledger] = []

        async def open_one(work: bool, path: Path = path, ledgers: list[Ledger] = ledgers) -> None:
            ledgers.append(await Ledger.open(path, work=work))

        async with anyio.create_task_group() as group:
            for place in range(6):
                group.start_soon(open_one, place == 0)
        for ledger in ledgers:
            assert await ledger.entries() == []
            await ledger.aclose()


async def test_a_ledger_of_the_first_version_is_migrated(tmp_path: Path, url: str) -> None:
    script = (Path(__file__).parent / "version_1.sql").read_text()
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(f"PRAGMA application_id = {0x4151504C}; {script}")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(script.encode())
    for where in (str(path), url):
        async with await Ledger.open(where) as ledger:
            entries = await ledger.entries(run="sweep")
            assert [entry.state for entry in entries] == ["over", "sent", "sending", "planned"]
            outcome = entries[0].outcome
            assert outcome is not None
            assert outcome.result().job_id == "1"
            assert await ledger.cancels("kipu") == ["k-1"]
            program = await ledger.program("5f2c")
            assert (program.text, program.bits) == ("OPENQASM 2.0;", None)
            assert {count.held and str(count.held) for count in await ledger.summary()} == {None, "0.50 EUR"}
        with closing(sqlite3.connect(path)) as connection:
            assert connection.execute("SELECT version FROM ledger").fetchall() == [(VERSION,)]
        # Nothing is left to do, and it opens again.
        async with await Ledger.open(where) as ledger:
            assert len(await ledger.entries()) == 4
    # The lease was of a process that has ended, and of an earlier start of the machine.
    async with await Ledger.open(path) as ledger:
        lease = await taken(ledger)
        assert lease.fence == 8
        assert [entry.key for entry in await ledger.begin(lease, {}, 9)] == ["k-3"]


async def test_a_later_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    async with await opened(str(path), jobs(1)):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"UPDATE ledger SET version = {VERSION + 1}")
        connection.commit()
    for work in (True, False):
        with pytest.raises(LedgerError, match=f"has version {VERSION + 1} .* reads up to version {VERSION}"):
            await Ledger.open(path, work=work)


async def test_files_that_are_not_ledgers(tmp_path: Path) -> None:
    text, other, folder = tmp_path / "notes.txt", tmp_path / "other.sqlite", tmp_path / "folder"
    text.write_text("no database, but long enough for the header of one. " * 5)
    folder.mkdir()
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE entry (key TEXT)")
    before = {path: path.read_bytes() for path in (text, other)}
    for path, message in {
        text: "it is not an SQLite database. Give another file",
        other: "is a database of something else. Give another file",
        folder: "it is a folder",
        tmp_path / "missing" / "ledger.sqlite": "its folder does not exist",
        text / "ledger.sqlite": "its folder does not exist",
    }.items():
        with pytest.raises(LedgerError, match=message):
            await Ledger.open(path)
        with pytest.raises(LedgerError, match=message):
            await Ledger.open(path, work=False)
    for name in ("", "a\0b"):
        with pytest.raises(ConfigError, match="invalid path of a ledger"):
            await Ledger.open(name)
    assert {path: path.read_bytes() for path in before} == before


async def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    async with await opened(str(path), jobs(300)):
        pass
    content = bytearray(path.read_bytes())
    content[4096:] = b"\x99" * (len(content) - 4096)
    path.write_bytes(content)
    with pytest.raises(LedgerError, match="it is damaged"):
        async with await Ledger.open(path) as ledger:
            await ledger.entries()


NO_PERMISSION = """
async def main(path):
    import anyqpu.ledger.sqlite
    if os.geteuid() == 0:
        os.setuid(65534)
    for work in (True, False):
        try:
            await Ledger.open(path, work=work)
        except Exception as error:
            print(type(error).__name__, str(error).partition(": ")[2], flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_a_file_without_permission_is_read_only(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.touch()
    path.chmod(0o444)
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    path.parent.chmod(0o555)
    with process(NO_PERMISSION, str(path)) as child:
        expected = "LedgerError it is read-only. Change its permissions"
        assert [line_of(child), line_of(child)] == [expected, expected]
    path.parent.chmod(0o755)


FULL = """
async def main(path):
    import resource
    async with await opened(path, jobs(20)) as ledger:
        lease = await taken(ledger)
        await brought(ledger, lease, "key-000000", "sent")
        size = os.path.getsize(path + "-wal")
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
        more = [job(place + 1000) for place in range(900)]
        for call in (ledger.plan("more", more), ledger.sending(lease, "key-000001")):
            try:
                await call
            except Exception as error:
                print(type(error).__name__, str(error).partition(": ")[2], flush=True)
        print(len(await ledger.entries()), flush=True)
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        await ledger.sending(lease, "key-000001")
        print([entry.state for entry in await ledger.entries()].count("sending"), flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE")
def test_a_disk_that_fails_fails_the_write_and_loses_nothing(tmp_path: Path) -> None:
    with process(FULL, str(tmp_path / "ledger.sqlite")) as child:
        lines = [line_of(child) for _ in range(5)]
    assert lines == [*["LedgerError the disk failed. Free some space on it, or check it"] * 2, "20", "1", "ready"]


async def test_a_full_disk_fails_the_write_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with await opened(str(tmp_path / "ledger.sqlite"), jobs(20)) as ledger:
        lease = await taken(ledger)
        begin = SQLite.begin

        def begin_on_full_disk(self: SQLite, write: bool) -> None:
            # As many pages as there are.
            self.connection.execute("PRAGMA max_page_count = 1")
            begin(self, write)

        monkeypatch.setattr(SQLite, "begin", begin_on_full_disk)
        more = [job(place + 1000) for place in range(900)]
        with pytest.raises(LedgerError, match=r"the disk is full\. Free some space"):
            await ledger.plan("more", more)
        assert len(await ledger.entries()) == 20
        # What needs no space is still written.
        await ledger.sending(lease, "key-000001")
        assert len(await ledger.entries(state="sending")) == 1


async def test_queries_use_the_indexes(tmp_path: Path) -> None:
    """SQLite uses a partial index only where the query says what the index says."""
    path = tmp_path / "ledger.sqlite"
    async with await opened(str(path), jobs(10)):
        pass
    with closing(sqlite3.connect(path)) as connection:

        def plan_of(sql: str) -> str:
            return str(connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())

        query = "SELECT key FROM entry WHERE account = 'kipu' AND state = 'planned'"
        assert "USING INDEX entry_state" in plan_of(f"{query} AND state <> 'over' ORDER BY place, key")
        assert "SCAN entry" in plan_of(query)


CRASHES = {
    # The point, and the state and attempts of the first of two entries afterwards; None where nothing was written.
    "within plan": None,
    "after plan": ("planned", 0),
    "within sending": ("planned", 0),
    "after sending": ("sending", 1),
    "within sent": ("sending", 1),
    "after sent": ("sent", 1),
    "within over": ("sent", 1),
    "after over": ("over", 1),
}
CRASH = """
from anyqpu.ledger import ledger as module
from anyqpu.ledger.entry import Change, Outcome

async def main(path, point):
    when, _, what = point.partition(" ")
    def killed(function):
        def call(*arguments, **more):
            function(*arguments, **more)
            # Before the commit.
            os.kill(os.getpid(), signal.SIGKILL)
        return call
    ledger = await opened(path)
    async def reach(name, call, function="advance"):
        if point == f"within {name}":
            setattr(module, function, killed(getattr(module, function)))
        await call()
        if point == f"after {name}":
            os.kill(os.getpid(), signal.SIGKILL)
    prices = jobs(2, price=euros(1))
    await reach("plan", lambda: ledger.plan("sweep", prices, budget=euros(2)), "plan")
    lease = await taken(ledger)
    key = "key-000000"
    await reach("sending", lambda: ledger.sending(lease, key))
    await reach("sent", lambda: ledger.record(lease, Change(key, "sent", handle=HANDLE)))
    await reach("over", lambda: ledger.record(lease, Change(key, "over", outcome=Outcome("cancelled"))))
"""


@pytest.mark.parametrize("anyio_backend", ["asyncio"])
@pytest.mark.parametrize("place", ["sqlite", "postgres"])
async def test_a_killed_process_leaves_what_it_committed(tmp_path: Path, place: str) -> None:
    with ExitStack() as stack:
        places: dict[str, str] = {}
        children: list[subprocess.Popen[str]] = []
        for number, point in enumerate(CRASHES):
            where = str(tmp_path / f"{number}.sqlite") if place == "sqlite" else stack.enter_context(SERVER.schema())
            places[point] = where
            children.append(stack.enter_context(process(CRASH, where, point)))
        assert {child.wait() for child in children} == {-signal.SIGKILL}
        for point, where in places.items():
            async with await Ledger.open(where) as ledger:
                entries = await ledger.entries()
                expected = CRASHES[point]
                if expected is None:
                    assert entries == []
                else:
                    assert [(entry.state, entry.attempts) for entry in entries] == [expected, ("planned", 0)]
                # The money that is left shows what is held.
                left = {"within plan": "2", "after over": "1"}.get(point, "0")
                await ledger.plan("sweep", [job(9, price=euros(left))], budget=euros(2))
                with pytest.raises(AnyQPUError, match=r"has 0\.00 EUR left"):
                    await ledger.plan("sweep", [job(10, price=euros("0.000000001"))])


async def test_no_column_is_for_a_credential(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    async with await opened(str(path), jobs(1)) as ledger:
        await brought(ledger, await taken(ledger), "key-000000", "sent")
    columns = {
        "account": ["name", "provider", "base_url", "identity", "owner", "fence", "until"],
        "program": ["sha", "format", "text", "bits"],
        "run": ["name", "currency", "most", "held"],
    }
    with closing(sqlite3.connect(path)) as connection:
        for table, names in columns.items():
            assert [row[1] for row in connection.execute(f"PRAGMA table_info({table})")] == names

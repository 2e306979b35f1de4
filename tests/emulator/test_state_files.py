"""State files that cannot be used: each is named with what to do, and left as it is."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
import httpx
import pytest

from anyqpu_emulator import Emulator
from anyqpu_emulator.persistence import StateError

from .conftest import BELL, qasm_job

POSIX = pytest.mark.skipif(os.name != "posix", reason="permissions and special files of POSIX")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A file with 40 jobs, a session and a batch: some dozens of pages."""
    path = tmp_path_factory.mktemp("state") / "state.sqlite"

    async def fill() -> None:
        emulator = await anyio.to_thread.run_sync(lambda: Emulator(state=path, seed=1))
        transport = httpx.ASGITransport(emulator.app)
        headers = {"X-Auth-Token": "t", "Authorization": "Bearer emulator"}
        async with emulator, httpx.AsyncClient(transport=transport, base_url="http://e", headers=headers) as client:
            session = {"backend_id": "ibm.qpu.fez", "mode": "batch", "provider": "IBM"}
            in_session = (await client.post("/kipu/quantum/sessions", json=session)).json()["id"]
            qasm3 = {"pubs": [["OPENQASM 3.0; bit c; c = measure $0;", None, 10]], "version": 2}
            job = {"backend_id": "ibm.qpu.fez", "shots": 10, "input": qasm3, "session_id": in_session}
            assert (await client.post("/kipu/quantum/jobs", json=job)).status_code == 201
            batch = {"project_id": in_session, "sequence_builder": "none", "jobs": [{"runs": 5}]}
            assert (await client.post("/pasqal/core-fast/api/v1/batches", json=batch)).status_code == 200
            for number in range(40):
                made = await client.post("/kipu/quantum/jobs", json=qasm_job(BELL, name=f"{number}" + "x" * 1000))
                assert made.status_code == 201

    anyio.run(fill)
    return path.read_bytes()


def refused(path: Path) -> str:
    """What is said of a file that cannot be used."""
    with pytest.raises(StateError) as caught:
        Emulator(state=path)
    text = str(caught.value)
    assert "\n" not in text
    return text


def sql(path: Path, statement: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    with connection:
        connection.execute(statement, values)
    connection.close()


CHANGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "cut in the middle": (lambda path: os.truncate(path, path.stat().st_size // 2), "is damaged; restore a copy"),
    "cut to a few bytes": (lambda path: os.truncate(path, 50), "is damaged; restore a copy"),
    "zeros in the middle": (lambda path: overwrite(path, 0.5, b"\0" * 5000), "is damaged; restore a copy"),
    "of a newer emulator": (lambda path: sql(path, "PRAGMA user_version = 99"), "version 99, of a newer anyqpu"),
    "of an older emulator": (lambda path: sql(path, "PRAGMA user_version = 0"), "version 0, of an older anyqpu"),
    "of something else": (lambda path: sql(path, "PRAGMA application_id = 7"), "a database of something else"),
    "a job without its session": (
        lambda path: sql(path, "DELETE FROM records WHERE kind = 'kipu.session'"),
        "records that contradict each other",
    ),
    "a job without its batch": (
        lambda path: sql(path, "DELETE FROM records WHERE kind = 'pasqal.batch'"),
        "a pasqal.job that cannot be read",
    ),
    "a record that is not JSON": (
        lambda path: sql(path, "UPDATE records SET body = '{' WHERE kind = 'kipu.job'"),
        "a kipu.job that cannot be read",
    ),
    "a clock that is a text": (
        lambda path: sql(path, "UPDATE records SET body = '\"noon\"' WHERE name = 'epoch'"),
        "records that contradict each other",
    ),
}


def overwrite(path: Path, part: float, content: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * part))
        file.write(content)


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_cannot_be_used_is_named_and_left_as_it_is(tmp_path: Path, written: bytes, change: str) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(written)
    damage, words = CHANGES[change]
    damage(path)
    before, when = path.read_bytes(), path.stat().st_mtime_ns
    text = refused(path)
    assert f"the state file {path} " in text
    assert words in text
    assert "give a new file" in text
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (before, when)
    assert [file.name for file in tmp_path.iterdir()] == [path.name], "nothing is left beside it"


def test_the_log_of_a_foreign_database_is_left_as_it_is(tmp_path: Path) -> None:
    """Closing a database of SQLite's last writes its log into it, unless it was opened for reading alone."""
    path = tmp_path / "browser.sqlite"
    code = (
        "import os, sqlite3, sys; db = sqlite3.connect(sys.argv[1]); db.execute('PRAGMA journal_mode = WAL');"
        "db.execute('CREATE TABLE bookmarks (a)'); db.commit(); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, timeout=60)
    files = (path, path.with_name("browser.sqlite-wal"))
    before = [file.read_bytes() for file in files]
    assert len(before[1]) > 0
    assert "a database of something else" in refused(path)
    assert [file.read_bytes() for file in files] == before


def test_random_damage_is_an_error_or_harmless(tmp_path: Path, written: bytes) -> None:
    """60 files with a few bytes changed: each opens or is refused with one sentence."""
    choose = random.Random(7)
    error_responses = []
    for number in range(60):
        path = tmp_path / f"{number}.sqlite"
        content = bytearray(written)
        for _ in range(choose.choice((1, 3, 200))):
            content[choose.randrange(len(content))] = choose.randrange(256)
        path.write_bytes(content)
        try:
            Emulator(state=path).close()
        except StateError as error:
            error_responses.append((path, content, str(error)))
    assert 0 < len(error_responses) < 60
    for path, content, text in error_responses:
        assert str(path) in text
        assert path.read_bytes() == content


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder; give a file, such as" in refused(tmp_path)


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    assert "does not exist; create it" in refused(tmp_path / "nowhere" / "state.sqlite")
    (tmp_path / "file").touch()
    assert "does not exist; create it" in refused(tmp_path / "file" / "state.sqlite")


@POSIX
def test_special_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is not a regular file" in refused(tmp_path / "pipe")
    assert "is not a regular file" in refused(Path(os.devnull))


def test_an_empty_file_is_a_new_one(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite"
    path.touch()
    Emulator(state=path).close()
    assert path.stat().st_size > 0


CHILD = """
    import os, sys
    os.chdir(sys.argv[1])
    os.chmod(sys.argv[2], int(sys.argv[3], 8))
    from anyqpu_emulator import Emulator
    from anyqpu_emulator.persistence import StateError
    if os.getuid() == 0:  # root may read and write whatever the permissions are
        os.setgid(65534), os.setuid(65534)
    try:
        Emulator(state=sys.argv[2])
    except StateError as error:
        print(error)
"""


@POSIX
@pytest.mark.parametrize("mode", ["000", "444"], ids=["unreadable", "read-only"])
def test_a_file_without_permission(tmp_path: Path, written: bytes, mode: str) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(written)
    tmp_path.chmod(0o755)
    command = [sys.executable, "-c", textwrap.dedent(CHILD), str(tmp_path), path.name, mode]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("the state file state.sqlite cannot be read and written (Permission denied)")
    assert path.read_bytes() == written


@pytest.mark.parametrize("change", ["cut in the middle", "of a newer emulator", "a job without its session"])
def test_the_command_line_says_it_in_one_line(tmp_path: Path, written: bytes, change: str) -> None:
    path = tmp_path / "state.sqlite"
    path.write_bytes(written)
    damage, words = CHANGES[change]
    damage(path)
    command = [
        sys.executable,
        "-c",
        "from anyqpu_cli import main; main()",
        "emulate",
        "--port",
        "0",
        "--state",
        str(path),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert words in done.stderr

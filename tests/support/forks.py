"""Run `anyqpu` in copies of one process that has imported it already.

Most of what a short command costs is the start of Python and its imports. A copy is a process of its own, with its own
arguments, environment, folder and streams; only variables that Python and the libraries read when they are imported
are those of the first process.
"""

from __future__ import annotations

import gc
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

_STREAMS = 3
_PARTS = ("adapter", "auth", "client", "config_file", "mapping", "spec")
_IMPORTED = (
    "anyio._backends._asyncio",
    *(f"anyqpu.providers.{name}.{part}" for name in ("kipu", "pasqal", "rigetti", "scaleway") for part in _PARTS),
    *(f"anyqpu_cli.{name}" for name in ("app", "clouds", "devices", "jobs", "listing", "submit", "tables", "waiting")),
    "anyqpu.connecting",
    "anyqpu_emulator.app",
)
_LOCK = threading.Lock()
_servers: list[_Server] = []

# Names of variables that have their effect when Python or a library is imported.
READ_AT_START = ("FORCE_COLOR", "GITHUB_ACTIONS", "LC_", "LANG", "PYTHON", "PY_COLORS", "TERMINAL_WIDTH", "_TYPER")


def can_run(environment: Mapping[str, str]) -> bool:
    """Whether a copy obeys these variables, which a test sets besides those of the tests' own process."""
    return not any(name.startswith(READ_AT_START) for name in environment)


def run(
    arguments: Sequence[str], *, folder: str, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` without input; raise `TimeoutExpired` as `subprocess.run` does."""
    connection = socket.socket(socket.AF_UNIX)
    with connection, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(os.devnull) as nothing:
        connection.settimeout(timeout)
        connection.connect(_server(environment).address)
        order = json.dumps({"arguments": [*arguments], "folder": folder, "environment": {**environment}}).encode()
        header = len(order).to_bytes(4, "big")
        socket.send_fds(connection, [header], [nothing.fileno(), out.fileno(), err.fileno()])
        connection.sendall(order)
        try:
            code = connection.recv(4)
        except TimeoutError:
            raise subprocess.TimeoutExpired(["anyqpu", *arguments], timeout) from None
        assert code, "the process that copies itself has ended"
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
        exit_code = int.from_bytes(code, "big", signed=True)
        return subprocess.CompletedProcess(["anyqpu", *arguments], exit_code, *texts)


class _Server:
    """The process that copies itself, until its standard input is closed."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="anyqpu-forks-")
        self.address = str(Path(self._folder.name) / "socket")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.forks", self.address],
            cwd=Path(__file__).parents[2],
            # One thread: a process with several cannot copy itself safely.
            env={**environment, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


def _server(environment: Mapping[str, str]) -> _Server:
    with _LOCK:
        if not _servers:
            _servers.append(_Server(environment))
        return _servers[0]


def close() -> None:
    """End the process, if there is one."""
    while _servers:
        _servers.pop().close()


# The process itself, which imports more than a test does.


def _wait_for_order(address: str) -> socket.socket | None:
    """Return a connection in each copy that is to run a command, and nothing once standard input is closed."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(address)
        listener.listen(64)
        print("ready", flush=True)
        while sys.stdin not in (ready := select.select([listener, sys.stdin], [], [])[0]):
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if listener not in ready:
                continue
            connection, _ = listener.accept()
            # One copy reports the exit code of the other.
            if os.fork():
                connection.close()
            elif copy := os.fork():
                code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
                with suppress(BrokenPipeError):
                    connection.sendall(code.to_bytes(4, "big", signed=True))
                os._exit(0)
            else:
                return connection
    return None


def _become(connection: socket.socket) -> None:
    """Take over the streams, the arguments, the folder and the environment of an order."""
    with connection:
        header, streams, _, _ = socket.recv_fds(connection, 4, _STREAMS)
        with connection.makefile("rb") as content:
            order = json.loads(content.read(int.from_bytes(header, "big")))
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = (
        open(number, mode, encoding="utf-8", errors=errors, closefd=False)  # noqa: SIM115
        for number, mode, errors in ((0, "r", "strict"), (1, "w", "strict"), (2, "w", "backslashreplace"))
    )
    os.environ.clear()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    sys.argv = ["anyqpu", *order["arguments"]]


def _main() -> None:
    # What commands import.
    for module in _IMPORTED:
        import_module(module)
    gc.collect()
    gc.freeze()
    if connection := _wait_for_order(sys.argv[1]):
        _become(connection)
        import_module("anyqpu_cli").main()


if __name__ == "__main__":
    _main()

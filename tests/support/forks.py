"""Run short commands in copies of one process that has imported already what they import.

Most of what a short command costs is the start of Python and its imports. A copy is a process of its own, with its own
arguments, environment, folder and streams; only variables that Python and the libraries read when they are imported
are those of the first process.

    python forks.py SOCKET anyqpu devices         run a command in a copy, with the streams of this process
    python forks.py SOCKET program.py             the same for a program
    python forks.py SOCKET -m scripts.generator   the same for a module
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import pkgutil
import runpy
import select
import signal
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
# The variable that says that this file is to be the first process.
_SERVE = "TESTS_FORKS_SERVE"
# What the usual commands import, also while they run: of the clouds and of their generated clients, everything.
_ANYQPU = (
    "anyio._backends._asyncio",
    "anyio._core._fileio",
    # The command line imports it for each command.
    "pydantic.type_adapter",
    "typer._adapters",
    "anyqpu.providers.*",
    *(f"anyqpu_cli.{name}" for name in ("app", "clouds", "devices", "jobs", "listing", "submit", "tables", "waiting")),
    *(
        f"anyqpu_raw.{name}.{part}"
        for name in ("kipu", "pasqal", "rigetti", "scaleway")
        for part in ("api.*", "client")
    ),
    "anyqpu.connecting",
    "anyqpu.core.context",
    "anyqpu.transport.oauth_http",
    "anyqpu_emulator.app",
    "anyqpu_pictures.bars",
)
_LOCK = threading.Lock()
_servers: dict[tuple[str, ...], _Server] = {}

# Names of variables that have their effect when Python or a library is imported.
READ_AT_START = ("FORCE_COLOR", "GITHUB_ACTIONS", "LC_", "LANG", "PYTHON", "PY_COLORS", "TERMINAL_WIDTH", "_TYPER_S")


def can_run(environment: Mapping[str, str]) -> bool:
    """Whether a copy obeys these variables, which a test sets besides those of the tests' own process."""
    return hasattr(os, "pidfd_open") and not any(name.startswith(READ_AT_START) for name in environment)


def run(
    arguments: Sequence[str], *, folder: str, environment: Mapping[str, str], timeout: float, text: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` with a text as its input; raise `TimeoutExpired` as `subprocess.run` does."""
    words = ["anyqpu", *arguments]
    return _captured(address(), words, folder=folder, environment=environment, timeout=timeout, text=text)


def run_program(
    program: Sequence[str], modules: Sequence[str], *, folder: str, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Run a file and its arguments, with warnings as errors, in a copy of a process that has imported modules."""
    first = _address(sys.executable, modules, PYTHONWARNINGS="error")
    return _captured(first, program, folder=folder, environment=environment, timeout=timeout)


def run_on(
    terminal: int,
    arguments: Sequence[str],
    *,
    folder: str,
    environment: Mapping[str, str],
    timeout: float,
    typed: bool = False,
    output: int | None = None,
) -> int:
    """Run `anyqpu` with a terminal as its error, and return its exit code.

    The terminal is its input too if something is typed there, and its output without a file for that.
    """
    with open(os.devnull, "rb") as nothing:
        streams = [terminal if typed else nothing.fileno(), terminal if output is None else output, terminal]
        words = ["anyqpu", *arguments]
        return _order(address(), words, folder=folder, environment=environment, streams=streams, timeout=timeout)


def address() -> str:
    """Return the path of the socket of a process that has imported anyqpu, and in which warnings are errors.

    The first call starts it.
    """
    return _address(sys.executable, _ANYQPU, PYTHONWARNINGS="error", NO_COLOR="1")


def shim(python: Path, module: str, folder: Path) -> Path:
    """Write a program in the place of `python`: copies of a process that has imported a module run `-m`."""
    copy = f'"{sys.executable}" -I -S "{__file__}" "{_address(str(python), [module])}"'
    file = folder / "python"
    file.write_text(
        f'#!/bin/sh\ncase "$1" in -m) exec {copy} "$@";; *) exec "{python}" "$@";; esac\n', encoding="utf-8"
    )
    file.chmod(0o755)
    return file


def _captured(
    address: str, words: Sequence[str], *, folder: str, environment: Mapping[str, str], timeout: float, text: str = ""
) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        typed.write(text.encode())
        typed.seek(0)
        streams = [typed.fileno(), out.fileno(), err.fileno()]
        try:
            code = _order(address, words, folder=folder, environment=environment, streams=streams, timeout=timeout)
        except TimeoutError:
            raise subprocess.TimeoutExpired(words, timeout) from None
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode())
    return subprocess.CompletedProcess(words, code, *texts)


def _address(python: str, modules: Sequence[str], **environment: str) -> str:
    key = (python, *modules)
    with _LOCK:
        if key not in _servers:
            _servers[key] = _Server(python, modules, environment)
        return _servers[key].address


def close() -> None:
    """End the processes, if there are any."""
    while _servers:
        _servers.popitem()[1].close()


def _order(
    address: str,
    words: Sequence[str],
    *,
    folder: str,
    environment: Mapping[str, str],
    streams: Sequence[int],
    timeout: float | None = None,
) -> int:
    """Have a command run, and return its exit code. It is killed when this process ends or does not wait for it."""
    order = json.dumps({"words": words, "folder": folder, "environment": {**environment}}).encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(timeout)
        connection.connect(address)
        socket.send_fds(connection, [len(order).to_bytes(4, "big")], streams)
        connection.sendall(order)
        code = connection.recv(4)
    if not code:
        raise OSError("the process that copies itself has ended")
    return int.from_bytes(code, "big", signed=True)


class _Server:
    """The process that copies itself, until its standard input is closed."""

    def __init__(self, python: str, modules: Sequence[str], environment: Mapping[str, str]) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="anyqpu-forks-")
        self.address = str(Path(self._folder.name) / "socket")
        self._process = subprocess.Popen(
            [python, __file__, self.address, *modules],
            cwd=Path(__file__).parents[2],
            # One thread: a process with several cannot copy itself safely.
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1", _SERVE: "1", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"

    def close(self) -> None:
        self._process.communicate()
        self._folder.cleanup()


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
                _report(copy, connection)
                os._exit(0)
            else:
                return connection
    return None


def _report(copy: int, connection: socket.socket) -> None:
    """Send the exit code of a copy, or kill it once the other side is gone."""
    ended = os.pidfd_open(copy)
    # The order comes over the same connection: it is the copy's to read, and an end that is left unread stays there.
    gone = select.poll()
    gone.register(connection, select.POLLRDHUP)
    gone.register(ended, select.POLLIN)
    if ended not in dict(gone.poll()):
        os.kill(copy, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    with suppress(BrokenPipeError):
        connection.sendall(code.to_bytes(4, "big", signed=True))


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
    sys.argv = order["words"]


def _serve(address: str, modules: Sequence[str]) -> None:
    # As for a module that runs with -m: the folder of this file has nothing to import.
    sys.path[0] = os.getcwd()
    for module in modules:
        package = import_module(module.removesuffix(".*"))
        if module.endswith(".*"):
            for part in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
                import_module(part.name)
    gc.collect()
    gc.freeze()
    if connection := _wait_for_order(address):
        _become(connection)
        try:
            _obey()
        except SystemExit as ended:
            if ended.code is not None and not isinstance(ended.code, int):
                raise
            _end(ended.code or 0)
            raise
        _end(0)


def _obey() -> None:
    """Run what the arguments say."""
    match sys.argv:
        case ["anyqpu", *_]:
            import_module("anyqpu_cli").main()
        case ["-m", module, *_]:
            sys.path[0] = os.getcwd()
            del sys.argv[0]
            runpy.run_module(module, run_name="__main__", alter_sys=True)
        case [program, *_]:
            sys.path[0] = str(Path(program).resolve().parent)
            runpy.run_path(program, run_name="__main__")


def _end(code: int) -> None:
    """End this copy without taking apart what it shares with the first process, unless a thread is still there.

    To free every object writes to each page of memory, and so copies it: that takes longer than most commands.
    """
    if threading.active_count() == 1:
        atexit._run_exitfuncs()
        # What was not closed, of the copy's own, warns here.
        gc.collect()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    if os.environ.pop(_SERVE, None):
        _serve(sys.argv[1], sys.argv[2:])
    else:
        exit_code = _order(sys.argv[1], sys.argv[2:], folder=os.getcwd(), environment=os.environ, streams=[0, 1, 2])
        sys.exit(exit_code if exit_code >= 0 else 128 - exit_code)

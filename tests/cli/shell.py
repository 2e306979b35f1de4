"""Running `anyqpu` in a process, as a person or a script does."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from anyqpu_cli.app import app
from tests.support import forks

ROOT = Path(__file__).parents[2]
BELL = ROOT / "examples" / "bell.qasm"
COMMAND = [sys.executable, "-c", "from anyqpu_cli import main; main()"]


def environment_of(**environment: str) -> dict[str, str]:
    return {**os.environ, "PYTHONWARNINGS": "error", "NO_COLOR": "1", **environment}


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` with arguments, outside of the repository."""
    if forks.can_run(environment):
        return forks.run([*map(str, arguments)], folder="/", environment=environment_of(**environment), timeout=240)
    return start(*arguments, **environment)


def start(*arguments: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `anyqpu` from the start of Python, for tests about that."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
        cwd="/",
        stdin=subprocess.DEVNULL,
        env=environment_of(**environment),
    )


def out(*arguments: object, **environment: str) -> str:
    """Return the output of a command that must succeed."""
    done = run(*arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stdout


def within(*arguments: object) -> tuple[int, str]:
    """Exit code and whole output of a command that runs in this process, which is faster."""
    done = CliRunner().invoke(app, [*map(str, arguments)], prog_name="anyqpu")
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output


def read_within(*arguments: object) -> Any:
    """Return the JSON output of a command that must succeed and that runs in this process."""
    code, printed = within(*arguments, "--json")
    assert code == 0, printed
    return json.loads(printed)


def read(*arguments: object, **environment: str) -> Any:
    """Return the JSON output of a command that must succeed."""
    return json.loads(out(*arguments, "--json", **environment))


def on_a_terminal(*arguments: object, typed: str | None = None, **environment: str) -> tuple[int, str, str]:
    """Exit code, what was printed, and what the terminal behind stderr got; `typed` is what the user types."""
    ours, theirs = pty.openpty()
    seen = bytearray()

    def listen() -> None:
        try:
            while piece := os.read(ours, 4096):
                seen.extend(piece)
        except OSError:
            pass  # the other end is closed

    variables = environment_of(TERM="xterm", **environment)
    del variables["NO_COLOR"]
    listener = threading.Thread(target=listen)
    listener.start()
    try:
        if typed is not None:
            os.write(ours, typed.encode())
        with tempfile.TemporaryFile() as output:
            code = forks.run_on(
                theirs,
                [*map(str, arguments)],
                folder="/",
                environment=variables,
                timeout=120,
                typed=typed is not None,
                output=output.fileno(),
            )
            output.seek(0)
            printed = output.read().decode()
    finally:
        os.close(theirs)
        listener.join(timeout=10)
        os.close(ours)
    return code, printed, seen.decode()


def screen(*arguments: object, columns: int, rows: int = 24, **environment: str) -> tuple[int, list[str]]:
    """Exit code and lines of a command on a terminal of a size, whose standard output and error it is."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    seen = bytearray()

    def listen() -> None:
        try:
            while piece := os.read(ours, 4096):
                seen.extend(piece)
        except OSError:
            pass  # the other end is closed

    listener = threading.Thread(target=listen)
    listener.start()
    variables = environment_of(TERM="xterm", **environment)
    variables.pop("COLUMNS", None)
    variables.pop("LINES", None)
    try:
        code = forks.run_on(theirs, [*map(str, arguments)], folder="/", environment=variables, timeout=240)
    finally:
        os.close(theirs)
        listener.join(timeout=10)
        os.close(ours)
    return code, seen.decode().replace("\r\n", "\n").splitlines()


def converse(*arguments: object, typed: Sequence[tuple[str, str]], **environment: str) -> tuple[int, str, str]:
    """Exit code, standard output, and the terminal behind the others of a command that asks questions.

    Each text is typed when the terminal shows a prompt; "\\x03" is Ctrl-C.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env=environment_of(TERM="xterm", **environment),
        # Without a terminal of its own, so that passwords are read from standard input.
        start_new_session=True,
    )
    os.close(theirs)
    seen = ""
    begin = 0
    left = list(typed)
    try:
        while True:
            if left and left[0][0] in seen[begin:]:
                _, text = left.pop(0)
                begin = len(seen)
                if text == "\x03":
                    process.send_signal(signal.SIGINT)
                else:
                    # Just after the prompt, the terminal may not be silent yet.
                    time.sleep(0.05)
                    os.write(ours, f"{text}\n".encode())
            if not select.select([ours], [], [], 30)[0]:
                process.kill()
            seen += os.read(ours, 4096).decode()
    except OSError:
        pass  # the other end is closed
    finally:
        os.close(ours)
        printed, _ = process.communicate(timeout=240)
    assert not left, seen
    return process.returncode, printed, seen

"""A shell on a pseudo-terminal, and its output."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 100, 60
# Seconds without output after which a background command counts as started.
_QUIET = 3.0
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.|[\x00-\x08\x0b-\x1f]")


class CommandFailedError(Exception):
    """A command of a tutorial failed."""


class Terminal:
    """A shell in a folder, as a context manager. It ends at the first command that fails."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._finished, notify = os.pipe()
        self._shell = subprocess.Popen(
            ["sh", "-eu"],
            cwd=folder,
            # Without colours and animations, which leave nothing on the screen.
            env={**environment, "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=slave,
            stderr=slave,
            pass_fds=(notify,),
            start_new_session=True,
        )
        # By their paths: some shells do not support descriptors above 9.
        self._prefix, self._suffix = f"<{os.ttyname(slave)}", f"echo >/dev/fd/{notify}"
        os.close(slave)
        os.close(notify)

    def run(self, command: str, *, seconds: float, quiet: float = _QUIET) -> str:
        """Return the output of a command. Raises CommandFailedError, also at the time limit."""
        assert self._shell.stdin is not None
        self._shell.stdin.write(f"{{\n{command}\n}} {self._prefix}\n{self._suffix}\n".encode())
        self._shell.stdin.flush()
        shown = b""
        end, last = time.monotonic() + seconds, time.monotonic()
        finished = False
        while time.monotonic() < end:
            ready, _, _ = select.select([self._master, *([] if finished else [self._finished])], [], [], 0.1)
            if self._master in ready:
                try:
                    shown += os.read(self._master, 65536)
                except OSError:  # Linux raises it when the terminal is closed
                    break
                last = time.monotonic()
            elif self._finished in ready:
                os.read(self._finished, 1)
                finished = True
            elif finished and (not command.rstrip().endswith("&") or time.monotonic() - last > quiet):
                return _plain(shown)
            elif not finished and self._shell.poll() is not None:
                break
        raise CommandFailedError(f"{command}\n{_plain(shown)}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._shell.pid, signal.SIGKILL)
        self._shell.wait()
        if self._shell.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                self._shell.stdin.close()
        os.close(self._master)
        os.close(self._finished)


def _plain(shown: bytes) -> str:
    """Return the text on the screen, without what carriage returns overwrote."""
    lines = []
    for line in shown.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        last = [part for part in line.split("\r") if part.strip()]
        lines.append(_CONTROL.sub("", last[-1] if last else "").rstrip())
    return "\n".join(lines)

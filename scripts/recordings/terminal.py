"""A shell whose commands see a terminal, and what they write to it."""

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
# How long a command that goes on in the background may be silent before the next one is typed, in seconds.
_QUIET = 3.0
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07]*\x07|\x1b.|[\x00-\x08\x0b-\x1f]")


class CommandFailedError(Exception):
    """A command of a tutorial did not succeed."""


class Terminal:
    """A shell in a folder; use it in a `with` statement. It ends at the first command that fails."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self._told, telling = os.pipe()
        self._shell = subprocess.Popen(
            ["sh", "-eu"],
            cwd=folder,
            # No colour and nothing that moves: what is left is what stays on the screen.
            env={**environment, "TERM": "dumb", "NO_COLOR": "1", "LC_ALL": "C.UTF-8"},
            stdin=subprocess.PIPE,
            stdout=slave,
            stderr=slave,
            pass_fds=(telling,),
            start_new_session=True,
        )
        # By their paths: some shells know no descriptors above 9.
        self._prefix, self._suffix = f"<{os.ttyname(slave)}", f"echo >/dev/fd/{telling}"
        os.close(slave)
        os.close(telling)

    def run(self, command: str, *, seconds: float, quiet: float = _QUIET) -> str:
        """What a command shows; raises CommandFailedError, also where it takes too long."""
        assert self._shell.stdin is not None
        self._shell.stdin.write(f"{{\n{command}\n}} {self._prefix}\n{self._suffix}\n".encode())
        self._shell.stdin.flush()
        shown = b""
        end, last = time.monotonic() + seconds, time.monotonic()
        finished = False
        while time.monotonic() < end:
            ready, _, _ = select.select([self._master, *([] if finished else [self._told])], [], [], 0.1)
            if self._master in ready:
                try:
                    shown += os.read(self._master, 65536)
                except OSError:  # Linux says so when nobody has the terminal open any more
                    break
                last = time.monotonic()
            elif self._told in ready:
                os.read(self._told, 1)
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
        os.close(self._told)


def _plain(shown: bytes) -> str:
    """Text as it stands on the screen: what a carriage return goes back over is gone."""
    lines = []
    for line in shown.decode("utf-8", "replace").replace("\r\n", "\n").split("\n"):
        last = [part for part in line.split("\r") if part.strip()]
        lines.append(_CONTROL.sub("", last[-1] if last else "").rstrip())
    return "\n".join(lines)

"""Limits of a case: a second of CPU time, and 200 MB of memory at its peak."""

from __future__ import annotations

import resource
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

CPU_SECONDS = 1.0
REAL_SECONDS = 60.0
GROWTH = 200 * 2**20
# Address space beyond what the process has when it begins: what asks for more gets a `MemoryError`.
ROOM = 3 * 2**30


class HangError(BaseException):
    """A case that took more than its time; `place` is where it was."""

    def __init__(self, problem: str, place: str) -> None:
        super().__init__(f"{problem} at {place}")
        self.place = place


def place_of(frame: FrameType | None) -> str:
    """The innermost frame in code of this project, as file:line."""
    last = "?"
    while frame is not None:
        name = frame.f_code.co_filename
        if last == "?":
            last = f"{Path(name).name}:{frame.f_lineno}"
        if ("/anyqpu" in name) and "/tests/" not in name:
            return f"{short(name)}:{frame.f_lineno}"
        frame = frame.f_back
    return last


def short(file: str) -> str:
    """A file's path from its package on."""
    for package in (
        "/anyqpu_raw/",
        "/anyqpu_programs/",
        "/anyqpu_cli/",
        "/anyqpu_pictures/",
        "/anyqpu_emulator/",
        "/anyqpu/",
    ):
        if package in file:
            return package[1:] + file.rpartition(package)[2]
    return Path(file).name


def _busiest(frame: FrameType | None) -> str:
    main = place_of(frame)
    for thread, other in sys._current_frames().items():
        if thread != threading.main_thread().ident:
            place = place_of(other)
            if place.startswith("anyqpu") and not place.startswith("anyqpu_emulator"):
                return place
    return main


def _too_much_cpu(number: int, frame: FrameType | None) -> None:
    raise HangError(f"more than {CPU_SECONDS:g} s of CPU time", _busiest(frame))


def _too_long(number: int, frame: FrameType | None) -> None:
    raise HangError(f"more than {REAL_SECONDS:g} s", _busiest(frame))


def install() -> None:
    """Set the handlers, and the limit of the address space, for this process."""
    signal.signal(signal.SIGVTALRM, _too_much_cpu)
    signal.signal(signal.SIGALRM, _too_long)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    if soft == resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_AS, (used + ROOM, hard))


def resident() -> int:
    """Bytes of memory that the process has now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@contextmanager
def limited() -> Iterator[None]:
    """Raise `HangError` in what takes too long inside."""
    signal.setitimer(signal.ITIMER_VIRTUAL, CPU_SECONDS)
    signal.setitimer(signal.ITIMER_REAL, REAL_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


class Peak:
    """The highest memory use of the process since `reset`, in bytes."""

    def __init__(self) -> None:
        self._base = 0
        self._resets = True

    def reset(self) -> None:
        """Begin anew from what is in use now."""
        if self._resets:
            try:
                Path("/proc/self/clear_refs").write_text("5")
            except OSError:
                self._resets = False
        self._base = self.now()

    def now(self) -> int:
        """The highest since then."""
        # Not `ru_maxrss`, which begins with the peak of the process that started this one.
        status = Path("/proc/self/status").read_text()
        return int(status.partition("VmHWM:")[2].split(maxsplit=1)[0]) * 1024

    def growth(self) -> int:
        """How much more than at the beginning."""
        return self.now() - self._base

"""Named steps, printed as they pass or fail, for all drivers. Standard library only.

A driver runs in the environment of the client that it drives, where nothing of this project is installed.
"""

from __future__ import annotations

import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EMULATOR = os.environ.get("ANYQPU_EMULATOR", "http://127.0.0.1:8787").rstrip("/")
"""URL of the emulator."""
BELL2 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nh q[0];\ncx q[0],q[1];\nmeasure q -> c;\n'
X0 = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[2];\ncreg c[2];\nx q[0];\nmeasure q -> c;\n'
BELL3 = 'OPENQASM 3.0;\ninclude "stdgates.inc";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n'
_failed: list[str] = []


@contextmanager
def step(name: str) -> Iterator[None]:
    """One use of the client. An error is printed, and the next step still runs."""
    try:
        yield
    # Some clients derive their errors from BaseException.
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        _failed.append(name)
        where = traceback.extract_tb(error.__traceback__)
        ours = [frame.lineno for frame in where if frame.filename == sys.argv[0]] or [0]
        print(f"  FAILED  {name} (line {ours[-1]}): {type(error).__name__}: {str(error)[:800]}", flush=True)
        if "PEERS_TRACEBACK" in os.environ:
            traceback.print_exc()
    else:
        print(f"  ok      {name}", flush=True)


@contextmanager
def refused(*wanted: object) -> Iterator[None]:
    """Check that the block raises an error with all of `wanted` in its text or fields."""
    try:
        yield
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit)):
            raise
        said = f"{type(error).__name__} {error} {getattr(error, 'status_code', '')} {getattr(error, 'args', '')}"
        for cause in (error.__cause__, error.__context__):
            said += f" {type(cause).__name__} {cause} {getattr(cause, 'status_code', '')}"
        for word in wanted:
            assert str(word) in said, f"the error does not say {word!r}: {said}"
    else:
        raise AssertionError("nothing was refused")


def until(done: Callable[[], object], goal: str, timeout: float = 30.0) -> None:
    """Call until `done` returns a true value."""
    end = time.monotonic() + timeout
    while not done():
        assert time.monotonic() < end, f"not within {timeout:.0f} s: {goal}"
        time.sleep(0.1)


def likely(counts: dict[str, int], shots: int, *keys: str) -> None:
    """Check that all shots are counted under these keys only, about evenly."""
    assert sum(counts.values()) == shots, f"{shots} shots, but {counts}"
    assert set(counts) == set(keys), f"only {keys} expected, but {counts}"
    for key in keys:
        assert counts[key] > 0.5 * shots / len(keys), f"{key} is too rare: {counts}"


def finish(*, at_once: bool = False) -> None:
    """End the driver: exit code 1 if a step failed.

    `at_once` is for a client whose threads abort the process now and then while Python shuts down.
    """
    code = 1 if _failed else 0
    if at_once:
        sys.stdout.flush()
        os._exit(code)
    sys.exit(code)

"""Heavier engines, each in an extra of its own: whether one is installed, and running it in a process of its own.

A process can be stopped at any time, holds up no other thread, and gives its memory back; the modules of these
engines take seconds to import, and they are imported there only.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from .errors import EngineError, ProgramTooLargeError, StoppedError, UnsupportedProgramError

MODULES = {"qiskit": "qiskit_aer", "pulser": "pulser_simulation", "perceval": "perceval"}
"""What has to be there for an extra to be."""
MOST_SECONDS = 300.0
"""Of a computation apart."""
_STEP = 0.02
_CHILD = "from anyqpu_emulator.engines.extras import run_child; run_child()"


def installed(extra: str) -> bool:
    """Whether an engine is there; imports nothing."""
    try:
        return importlib.util.find_spec(MODULES[extra]) is not None
    except (ImportError, ValueError):
        return False


def advice(extra: str, does: str) -> str:
    """What to say where it is not there."""
    return f"{does}: pip install 'anyqpu[{extra}]'"


def apart(function: str, *arguments: Any, stopped: Callable[[], bool]) -> Any:
    """Call `module:function` of this package in a process of its own.

    Raises the EngineError that it raises, StoppedError as soon as it should stop, and ProgramTooLargeError where it
    takes longer than `MOST_SECONDS` or dies.
    """
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", _CHILD]
    with tempfile.TemporaryFile() as request, tempfile.TemporaryFile() as response:
        pickle.dump((function, arguments), request)
        request.seek(0)
        with subprocess.Popen(  # noqa: S603 - this Python and nothing from outside
            command, stdin=request, stdout=response, stderr=subprocess.DEVNULL, env=environment
        ) as process:
            try:
                _wait(process, stopped)
            finally:
                process.kill()
        response.seek(0)
        try:
            succeeded, value = pickle.load(response)  # noqa: S301 - written by our own child
        except (EOFError, pickle.UnpicklingError):
            raise ProgramTooLargeError(f"the engine ended with exit code {process.returncode}") from None
    if succeeded:
        return value
    raise value


def _wait(process: subprocess.Popen[bytes], stopped: Callable[[], bool]) -> None:
    end = time.monotonic() + MOST_SECONDS
    while True:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_STEP)
            return
        if stopped():
            raise StoppedError("the computation was stopped")
        if time.monotonic() > end:
            raise ProgramTooLargeError(f"the program took longer than {MOST_SECONDS:.0f} seconds")


def sentence(error: Exception) -> str:
    """The first line of another library's message, as far as people read."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]


def run_child() -> None:
    """Run in the child process: read a call, run it, and write its result."""
    out = os.dup(1)
    os.dup2(2, 1)  # output of libraries must not mix with the result
    name, arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    module, _, function = name.partition(":")
    try:
        called = getattr(importlib.import_module(f"{__package__}.{module}"), function)
        value: tuple[bool, Any] = True, called(*arguments)
    except EngineError as error:
        value = False, error
    except MemoryError:
        value = False, ProgramTooLargeError("the engine ran out of memory")
    except Exception as error:  # these libraries raise all sorts
        value = False, UnsupportedProgramError(f"the engine failed with {type(error).__name__}: {sentence(error)}")
    with os.fdopen(out, "wb") as output:
        pickle.dump(value, output)

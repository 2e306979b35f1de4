"""The one place where the client reaches the emulator, and only when it is asked to."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

from anyqpu.errors import ConfigError, ValidationError

if TYPE_CHECKING:
    from anyqpu.model.program import Program
    from anyqpu.transport.http import AsyncTransport
    from anyqpu.waiting.clock import Clock

# In-process there is no address; requests need one all the same.
NOWHERE = "http://127.0.0.1"
ENVIRONMENT = "ANYQPU_EMULATOR"
# The packages of the extra `emulator`.
NEEDS = ("anyqpu_emulator", "starlette", "uvicorn", "numpy", "quil", "zmq", "msgpack")
ON = {"1", "true", "yes", "on"}
OFF = {"", "0", "false", "no", "off"}
# In this process, with or without the rules of hardware.
MODES = {"strict": True, "lenient": False}


class EmulatorTarget(NamedTuple):
    """The emulator in this process that all clients connect to, and their clock, if not the usual one.

    `make` returns its application, and a function that is called when a client is closed.
    """

    make: Callable[[], tuple[Any, Callable[[], object]]]
    clock: Clock | None


_targets: list[EmulatorTarget] = []


@contextmanager
def redirected(target: EmulatorTarget) -> Generator[None]:
    """Make `connect` use one emulator in this process within the block; the innermost block counts."""
    _targets.append(target)
    try:
        yield
    finally:
        _targets.remove(target)


def requested(argument: bool | str | None) -> bool | str:
    """Return False for no emulator, True or a mode for one in this process, or the address of a running one.

    The argument has precedence over `redirected`, which has precedence over the environment.
    """
    if argument is not None:
        return argument
    if _targets:
        return True
    value = os.environ.get(ENVIRONMENT, "").strip()
    if value.lower() in OFF:
        return False
    if value.lower() in ON:
        return True
    if value.lower() in MODES:
        return value.lower()
    if not value.startswith(("http://", "https://")):
        raise ConfigError(
            f"{ENVIRONMENT} is {value!r}",
            hint="Set it to 1, strict or lenient, or to an address like http://127.0.0.1:8787",
        )
    return value


def load(module: str) -> Any:
    """Import a module of the emulator; raise `ConfigError` naming the extra if a package is not installed."""
    _check()
    return importlib.import_module(f"anyqpu_emulator.{module}")


def _check() -> None:
    # Some of these are imported only when a program runs, which would be too late to report it.
    for package in NEEDS:
        if find_spec(package) is None:
            raise ConfigError(f"the emulator needs the package {package!r}", hint="pip install 'anyqpu[emulator]'")


def transport(mode: str | None = None) -> tuple[AsyncTransport, Clock | None]:
    """Return a transport to the emulator of `redirected`, or to a new one in this process, and its clients' clock.

    With a mode, "strict" or "lenient", it is always a new one.
    """
    from anyqpu.transport.http import InProcess

    if _targets and mode is None:
        return InProcess(_targets[-1].make), _targets[-1].clock
    # Loading is slow and blocks, so it happens in a worker thread; whether it can be loaded is checked at once.
    _check()

    def make() -> tuple[Any, Callable[[], object]]:
        emulator = load("app").Emulator(**({} if mode is None else {"strict": MODES[mode]}))
        return emulator.app, emulator.close

    return InProcess(make), None


def check_openqasm(program: Program) -> None:
    """Raise `ValidationError`, with line and column where known, for a program that the emulator could not run.

    A program without an include is checked as OpenQASM 3, and where that fails as Braket's dialect: the device that it
    goes to decides which of them it is.
    """
    from anyqpu.model.program import ProgramFormat

    parser, problems = load("engines.openqasm"), load("engines.errors")
    dialect = "braket" if program.format is ProgramFormat.BRAKET_QASM3 else "openqasm"
    try:
        parser.parse(program.text, dialect=dialect)
    except problems.EngineError as error:
        if program.format is ProgramFormat.OPENQASM3 and "include" not in program.text:
            with suppress(problems.EngineError):
                parser.parse(program.text, dialect="braket")
                return
        raise ValidationError(str(error), fields=("program",)) from error

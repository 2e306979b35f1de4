"""The one place where the client reaches the emulator, and only when it is asked to."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

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


@dataclass(frozen=True, slots=True)
class Place:
    """An emulator in this process to which everybody is sent, and the time that its clients live in, if not the usual.

    `make` gives its application, and what is called when a client is closed.
    """

    make: Callable[[], tuple[Any, Callable[[], object]]]
    clock: Clock | None


_places: list[Place] = []


@contextmanager
def redirected(place: Place) -> Generator[None]:
    """While this lasts, `connect` leads to one emulator in this process; the innermost counts."""
    _places.append(place)
    try:
        yield
    finally:
        _places.remove(place)


def requested(argument: bool | str | None) -> bool | str:
    """False for none, True for one in this process, or the address of a running one.

    The argument counts, then where everybody is sent, then the environment.
    """
    if argument is not None:
        return argument
    if _places:
        return True
    value = os.environ.get(ENVIRONMENT, "").strip()
    if value.lower() in OFF:
        return False
    if value.lower() in ON:
        return True
    if not value.startswith(("http://", "https://")):
        raise ConfigError(
            f"{ENVIRONMENT} is {value!r}", hint="Set it to 1, or to an address like http://127.0.0.1:8787"
        )
    return value


def load(module: str) -> Any:
    """A module of the emulator's package; raises `ConfigError` naming the extra if something is not installed."""
    _check()
    return importlib.import_module(f"anyqpu_emulator.{module}")


def _check() -> None:
    # Some of these are imported only when a program runs, which is late to say it.
    for package in NEEDS:
        if find_spec(package) is None:
            raise ConfigError(f"the emulator needs the package {package!r}", hint="pip install 'anyqpu[emulator]'")


def transport() -> tuple[AsyncTransport, Clock | None]:
    """A transport to an emulator in this process, where everybody is sent or a new one, and the clock to live by."""
    from anyqpu.transport.http import InProcess

    if _places:
        return InProcess(_places[-1].make), _places[-1].clock
    # Loading it takes a moment, which nobody should spend in an event loop; that it can be loaded is known at once.
    _check()

    def make() -> tuple[Any, Callable[[], object]]:
        emulator = load("app").Emulator()
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

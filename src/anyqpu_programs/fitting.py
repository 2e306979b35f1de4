"""Which languages a program can be turned into, and doing so for a device."""

from __future__ import annotations

import base64
import json
import re
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import anyio.to_thread

from anyqpu.errors import ValidationError
from anyqpu.model.program import Program, ProgramFormat
from anyqpu_programs import writing
from anyqpu_programs.circuit import Circuit
from anyqpu_programs.limits import DEFAULT_LIMITS, Limits
from anyqpu_programs.problems import InvalidError, NoFormError, ProgramProblem, TooLargeError
from anyqpu_programs.reader import read

_F = ProgramFormat
_LANGUAGES = {_F.OPENQASM2: "OpenQASM 2", _F.OPENQASM3: "OpenQASM 3", _F.BRAKET_QASM3: "Braket's OpenQASM 3"}
_INCLUDE = re.compile(r"\binclude\b")


class _Work:
    """One conversion: its limits, and whether the caller has given up."""

    def __init__(self, limits: Limits, stopped: Callable[[], bool]) -> None:
        self.limits = limits
        self._stopped = stopped
        self._written = 0

    def read(self, program: Program, *, braket: bool | None = None) -> Circuit:
        """The circuit of a program."""
        dialect = program.format is _F.BRAKET_QASM3 if braket is None else braket
        return read(program.text, braket=dialect, limits=self.limits, stopped=self._stopped)

    def count(self, gates: int) -> None:
        """Account for gates that are written; raises `TooLargeError` above the limit."""
        self._written += gates
        if self._written > 2 * self.limits.gates:
            raise TooLargeError(f"it comes to more than {2 * self.limits.gates:,} gates in the wanted language")
        if self._written % 4096 == 0 and self._stopped():
            raise TooLargeError("converting it was cancelled")


Convert: TypeAlias = Callable[[Program, _Work], Program]


def _to_qasm2(program: Program, work: _Work) -> Program:
    return Program(writing.qasm2(work.read(program), work.count), _F.OPENQASM2)


def _to_qasm3(program: Program, work: _Work) -> Program:
    return Program(writing.qasm3(work.read(program), work.count), _F.OPENQASM3)


def _to_braket(program: Program, work: _Work) -> Program:
    try:
        circuit = work.read(program)
    except InvalidError:
        if _INCLUDE.search(program.text):
            raise
        # Without an include it may be Braket's dialect with no name that only Braket has.
        work.read(program, braket=True)
        return Program(program.text, _F.BRAKET_QASM3)
    return Program(writing.braket(circuit, work.count, work.limits.qubits), _F.BRAKET_QASM3)


def _to_ionq(program: Program, work: _Work) -> Program:
    text, bits = writing.ionq(work.read(program), work.count, work.limits.qubits)
    return Program(text, _F.IONQ_JSON, bits)


def _pub(circuit: Any) -> Program:
    pubs = {"pubs": [[circuit, None, None]], "version": 2}
    return Program(json.dumps(pubs), _F.IBM_PUBS)


def _qasm3_to_pub(program: Program, work: _Work) -> Program:
    """IBM's sampler takes OpenQASM 3 as it is, in the list of what it is to run; shots are set elsewhere."""
    return _pub(program.text)


def _other_to_pub(program: Program, work: _Work) -> Program:
    return _pub(_to_qasm3(program, work).text)


def _qpy_to_pub(program: Program, work: _Work) -> Program:
    """QPY as IBM's own client sends it: compressed, in base64, with its type."""
    packed = base64.b64encode(zlib.compress(program.content)).decode()
    return _pub({"__type__": "QuantumCircuit", "__value__": packed})


CONVERSIONS: Mapping[tuple[ProgramFormat, ProgramFormat], Convert] = {
    (_F.OPENQASM2, _F.OPENQASM3): _to_qasm3,
    (_F.OPENQASM3, _F.OPENQASM2): _to_qasm2,
    (_F.BRAKET_QASM3, _F.OPENQASM2): _to_qasm2,
    (_F.BRAKET_QASM3, _F.OPENQASM3): _to_qasm3,
    (_F.OPENQASM2, _F.BRAKET_QASM3): _to_braket,
    (_F.OPENQASM3, _F.BRAKET_QASM3): _to_braket,
    (_F.OPENQASM2, _F.IONQ_JSON): _to_ionq,
    (_F.OPENQASM3, _F.IONQ_JSON): _to_ionq,
    (_F.BRAKET_QASM3, _F.IONQ_JSON): _to_ionq,
    (_F.OPENQASM2, _F.IBM_PUBS): _other_to_pub,
    (_F.OPENQASM3, _F.IBM_PUBS): _qasm3_to_pub,
    (_F.BRAKET_QASM3, _F.IBM_PUBS): _other_to_pub,
    (_F.QPY, _F.IBM_PUBS): _qpy_to_pub,
}


def conversions(source: ProgramFormat) -> tuple[ProgramFormat, ...]:
    """The languages that programs in `source` can be turned into without changing what they mean."""
    return tuple(target for origin, target in CONVERSIONS if origin is source)


def _never() -> bool:
    return False


def convert(
    program: Program,
    target: ProgramFormat,
    *,
    limits: Limits = DEFAULT_LIMITS,
    stopped: Callable[[], bool] = _never,
    called: str | None = None,
    provider: str | None = None,
) -> Program:
    """Turn a program into another language, exactly up to a global phase.

    Args:
        program: What is to be run.
        target: The language that is wanted.
        limits: What the program may ask for.
        stopped: Whether the caller has given up; asked now and then.
        called: The device's name, for messages.
        provider: The cloud's name, for errors.

    Raises:
        ValidationError: The program is invalid, has no exact form in that language, or asks for too much.
        ConfigError: The extra `convert` is not installed.
    """
    work = CONVERSIONS.get((program.format, target))
    if work is None:
        raise ValidationError(f"{program.format} is not converted to {target}", provider=provider, fields=("program",))
    try:
        return work(program, _Work(limits, stopped))
    except ProgramProblem as problem:
        raise _refusal(problem, program, target, called, provider) from None


def _refusal(
    problem: ProgramProblem, program: Program, target: ProgramFormat, called: str | None, provider: str | None
) -> ValidationError:
    hint: str | None = None
    match problem:
        case InvalidError():
            message = f"invalid {_LANGUAGES.get(program.format, program.format)} program: {problem}"
            if (
                program.format is _F.OPENQASM3
                and "is not defined" in problem.reason
                and not _INCLUDE.search(program.text)
            ):
                hint = "if it is Braket's dialect, give it as Program(text, ProgramFormat.BRAKET_QASM3)"
        case TooLargeError():
            message = f"the program is too large to convert: {problem}"
        case _:
            taken = "" if called is None else f"{called} does not take {program.format}, and "
            message = f"{taken}this program has no exact form in {target}: {problem}"
    return ValidationError(message, provider=provider, fields=("program",), hint=hint)


async def fit(program: Program, formats: Sequence[ProgramFormat], *, called: str, provider: str) -> Program:
    """A program in a language that a device takes: as it is, or converted where that is exact.

    Args:
        program: What is to be run.
        formats: What the device takes, the best first; empty where it is not known, and nothing is checked.
        called: The device's name, for people.
        provider: The cloud's name.

    Raises:
        ValidationError: It is in another language, with those that would do; or this program is invalid, asks for too
            much, or has no exact form in them, with the line and the reason.
        ConfigError: The extra `convert` is not installed.
    """
    if not formats or program.format in formats:
        return program
    targets = [target for target in formats if (program.format, target) in CONVERSIONS]
    if not targets:
        raise _not_taken(program, formats, called, provider)
    given_up = threading.Event()
    try:
        # The thread goes on for a moment after a cancellation; the flag ends it.
        return await anyio.to_thread.run_sync(
            lambda: _first(program, targets, formats, given_up.is_set, called=called, provider=provider),
            abandon_on_cancel=True,
        )
    finally:
        given_up.set()


def _first(
    program: Program,
    targets: Sequence[ProgramFormat],
    formats: Sequence[ProgramFormat],
    stopped: Callable[[], bool],
    *,
    called: str,
    provider: str,
) -> Program:
    """The program in the first of the languages that it has an exact form in."""
    refusals: list[ValidationError] = []
    for target in targets:
        try:
            return CONVERSIONS[program.format, target](program, _Work(DEFAULT_LIMITS, stopped))
        except NoFormError as problem:
            refusals.append(_refusal(problem, program, target, called, provider))
        except ProgramProblem as problem:
            raise _refusal(problem, program, target, called, provider) from None
    refusals[0].hint = f"It takes {', '.join(formats)}"
    raise refusals[0]


def _not_taken(program: Program, formats: Sequence[ProgramFormat], called: str, provider: str) -> ValidationError:
    ways = sorted({origin for origin, to in CONVERSIONS if to in formats} - set(formats))
    also = f"; {', '.join(ways)} would be converted" if ways else ""
    return ValidationError(
        f"{called} does not take {program.format}",
        provider=provider,
        fields=("program",),
        hint=f"It takes {', '.join(formats)}{also}",
    )

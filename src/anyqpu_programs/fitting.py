"""Conversion of programs between languages, for a device or directly."""

from __future__ import annotations

import base64
import json
import re
import threading
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import anyio.to_thread

from anyqpu.errors import Hint, ValidationError
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
    """One conversion: its limits, and whether the caller has cancelled it."""

    def __init__(self, limits: Limits, stopped: Callable[[], bool]) -> None:
        self.limits = limits
        self._stopped = stopped
        self._written = 0

    def read(self, program: Program, *, braket: bool | None = None) -> Circuit:
        """Return the circuit of a program."""
        dialect = program.format is _F.BRAKET_QASM3 if braket is None else braket
        return read(program.text, braket=dialect, limits=self.limits, stopped=self._stopped)

    def count(self, gates: int) -> None:
        """Account for gates that are written; raises `TooLargeError` above the limit."""
        self._written += gates
        if self._written > 2 * self.limits.gates:
            raise TooLargeError(f"it comes to more than {2 * self.limits.gates:,} gates in the target language")
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
        # Without an include it may be Braket's dialect, without names that only Braket has.
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
    """Wrap OpenQASM 3 in the list that IBM's sampler accepts; shots are set elsewhere."""
    return _pub(program.text)


def _other_to_pub(program: Program, work: _Work) -> Program:
    return _pub(_to_qasm3(program, work).text)


def _qpy_to_pub(program: Program, work: _Work) -> Program:
    """Encode QPY as IBM's client does: compressed, in base64, with its type."""
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
    """Return the languages to which programs in `source` can be converted exactly."""
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
    """Convert a program to another language, exactly up to a global phase.

    Args:
        program: The program.
        target: The target language.
        limits: Limits on the size of the program.
        stopped: Returns whether the caller has cancelled; called regularly.
        called: The device's name, for messages.
        provider: The provider's name, for errors.

    Raises:
        ValidationError: The program is invalid, has no exact form in that language, or exceeds a limit.
        ConfigError: The extra `convert` is not installed.
    """
    work = CONVERSIONS.get((program.format, target))
    if work is None:
        raise ValidationError(
            f"{program.format} cannot be converted to {target}", provider=provider, fields=("program",)
        )
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
                hint = Hint(
                    "if it is Braket's dialect, give it as Program(text, ProgramFormat.BRAKET_QASM3)",
                    'if it is for the standard gates, it needs include "stdgates.inc";',
                )
        case TooLargeError():
            message = f"the program is too large to convert: {problem}"
        case _:
            taken = "" if called is None else f"{called} does not take {program.format}, and "
            message = f"{taken}this program has no exact form in {target}: {problem}"
    return ValidationError(message, provider=provider, fields=("program",), hint=hint)


async def fit(program: Program, formats: Sequence[ProgramFormat], *, called: str, provider: str) -> Program:
    """Return a program in a format that a device accepts: unchanged, or converted exactly.

    Args:
        program: The program.
        formats: The formats that the device accepts, the best first; empty if unknown, which skips the check.
        called: The device's name, for messages.
        provider: The provider's name.

    Raises:
        ValidationError: The device does not accept the format, or the program is invalid, exceeds a limit, or has no
            exact form in an accepted format, with the line and the reason.
        ConfigError: The extra `convert` is not installed.
    """
    if not formats or program.format in formats:
        return program
    targets = [target for target in formats if (program.format, target) in CONVERSIONS]
    if not targets:
        raise _not_taken(program, formats, called, provider)
    cancelled = threading.Event()
    try:
        # After a cancellation the flag stops the thread.
        return await anyio.to_thread.run_sync(
            lambda: _first(program, targets, formats, cancelled.is_set, called=called, provider=provider),
            abandon_on_cancel=True,
        )
    finally:
        cancelled.set()


def _first(
    program: Program,
    targets: Sequence[ProgramFormat],
    formats: Sequence[ProgramFormat],
    stopped: Callable[[], bool],
    *,
    called: str,
    provider: str,
) -> Program:
    """Return the program in the first language in which it has an exact form."""
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
    sources = sorted({origin for origin, to in CONVERSIONS if to in formats} - set(formats))
    also = f"; {', '.join(sources)} would be converted" if sources else ""
    hint = f"It takes {', '.join(formats)}{also}"
    if program.format in _LANGUAGES and {_F.QUIL, _F.IQM_JSON} & {*formats}:
        # Languages of native programs alone.
        other = " or Rigetti's quilc" if _F.QUIL in formats else ""
        ways = (f"{hint}; compile it with {way}{other}" for way in ("submit(..., transpile=True)", "--transpile"))
        hint = Hint(*ways)
    return ValidationError(
        f"{called} does not take {program.format}", provider=provider, fields=("program",), hint=hint
    )

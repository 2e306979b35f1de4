"""A program to a circuit: version, dialect, and the statements one after another."""

from __future__ import annotations

from collections.abc import Callable

from anyqpu_emulator.engines.circuit import Circuit
from anyqpu_emulator.engines.errors import InvalidProgramError, ProgramTooLargeError

from . import includes, lexer, limits, reader2, statements3
from .context import Context
from .flow import EndOfProgramError
from .includes import Dialect
from .lexer import QUBIT, Tokens
from .statements import Statements
from .symbols import Qubits


def read(
    text: str, versions: tuple[int, ...], dialect: Dialect, stopped: Callable[[], bool], *, marks: bool
) -> Circuit:
    """Read and expand a program. Raises EngineError with line and column."""
    # A byte order mark is how some editors begin a file.
    text = text.removeprefix("\ufeff")
    written, start = lexer.header(text)
    version = _version(written, versions)
    try:
        return _expand(text, start, version, dialect, stopped, marks=marks)
    except RecursionError:
        raise ProgramTooLargeError("the program is nested too deeply") from None


def _version(written: str | None, versions: tuple[int, ...]) -> int:
    """The major version. OpenQASM 3 may leave its header out, OpenQASM 2 may not (their specifications say so)."""
    if written is None:
        if 3 in versions:
            return 3
        raise InvalidProgramError('the program must begin with "OPENQASM 2.0;"', line=1)
    if written not in ("2", "2.0", "3", "3.0", "3.1"):
        raise InvalidProgramError(f"OpenQASM {written} is not known; 2.0, 3.0 and 3.1 are", line=1)
    version = int(written[0])
    if version not in versions:
        wanted = " or ".join(str(one) for one in versions)
        raise InvalidProgramError(f"this is OpenQASM {version}; OpenQASM {wanted} is wanted", line=1)
    return version


def _expand(
    text: str, start: int, version: int, dialect: Dialect, stopped: Callable[[], bool], *, marks: bool
) -> Circuit:
    keywords = statements3.KEYWORDS if version == 3 else reader2.KEYWORDS
    context = Context(text, version, dialect, stopped, marks=marks)
    tokens = Tokens(text, start, version, keywords, context.check)
    reader = statements3.Reader(tokens) if version == 3 else reader2.Reader(tokens)
    context.scopes[0].update(includes.gates(version, dialect, included=False))
    _physical_qubits(context, tokens)
    statements = Statements(context, reader.inputs)
    try:
        for statement in reader.statements():
            statements.one(statement)
    except EndOfProgramError:
        pass
    context.run_time()
    return Circuit(
        context.num_qubits,
        tuple(context.registers),
        tuple(context.operations),
        context.initial_bits,
        tuple(context.qubit_names),
        tuple(context.qubit_numbers),
    )


def _physical_qubits(context: Context, tokens: Tokens) -> None:
    """Physical qubits ($5) need no declaration; those that a program names are numbered in ascending order."""
    # $007 is $7.
    names = {text for kind, text in zip(tokens.kinds, tokens.texts, strict=True) if kind is QUBIT}
    numbers = sorted({text[1:].lstrip("0") for text in names}, key=lambda digits: (len(digits), digits))
    if len(numbers) > limits.MAX_QUBITS:
        raise context.too_large(0, f"{len(numbers)} physical qubits are more than the limit of {limits.MAX_QUBITS}")
    for name in names:
        context.scopes[0][name] = Qubits((numbers.index(name[1:].lstrip("0")),), True)
    context.num_qubits = len(numbers)
    context.qubit_names = [f"${number or 0}" for number in numbers]
    # Numbers beyond those of all devices may have thousands of digits.
    context.qubit_numbers = [int(number[-9:] or "0") for number in numbers]

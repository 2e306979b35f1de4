"""OpenQASM text to an unrolled syntax tree, by pyqasm. Only this file and `qasm_prepare` touch pyqasm.

pyqasm evaluates declarations, loops, aliases, subroutines and custom gates. Gates of our own table stay as
they are written, with their `inv` and `ctrl` modifiers: our matrices are exact, also in phase, and one gate is
cheaper to run than its decomposition.
"""

from __future__ import annotations

import importlib
import logging
import re
import sys
import threading
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

from .errors import EngineError, InvalidProgramError
from .gates import GATES
from .qasm_prepare import prepare

_LOGGED_PLACE = re.compile(r"Error at line (\d+), column (\d+)")
_MAX_LOOP = 100_000


@dataclass(frozen=True, slots=True)
class Unrolled:
    """What a program comes to: `statements` are nodes of the openqasm3 package's syntax tree."""

    version: float
    statements: list[Any]


def read(text: str) -> Unrolled:
    """Parse, check and unroll a program.

    Raises InvalidProgramError with line and column (from 1), or UnsupportedProgramError.
    """
    with _alone(), _quiet() as said:
        try:
            return _read(text)
        except EngineError:
            raise
        except RecursionError:
            raise InvalidProgramError("the program is nested too deeply") from None
        except Exception as error:  # pyqasm raises many kinds, also KeyError and IndexError for odd programs
            line, column = said.place()
            reason = str(error) if type(error).__module__.startswith("pyqasm") else f"not understood ({error!r})"
            raise InvalidProgramError(reason, line=line, column=column) from None


def _alone() -> AbstractContextManager[Any]:
    """pyqasm keeps state in classes and modules, so programs are read one at a time.

    The lock is kept in the module itself: a client that converts programs in this process takes the same.
    """
    module: dict[str, Any] = vars(importlib.import_module("pyqasm"))
    lock: AbstractContextManager[Any] = module.setdefault("anyqpu_lock", threading.Lock())
    return lock


def node_kind(node: Any) -> str:
    """The name of a syntax tree node's class."""
    return type(node).__name__


def _read(text: str) -> Unrolled:
    program = _parse(text)
    own = prepare(program)
    pyqasm: Any = importlib.import_module("pyqasm")
    module = pyqasm.loads(program)
    # What the program defines itself is its own meaning, even under a name of ours.
    module.unroll(external_gates=[name for name in GATES if name not in own], max_loop_iters=_MAX_LOOP)
    return Unrolled(float(program.version), list(module.unrolled_ast.statements))


def _parse(text: str) -> Any:
    if not text.strip():
        raise InvalidProgramError("the program is empty")
    parser: Any = importlib.import_module("openqasm3.parser")
    problems = _SyntaxErrors()
    lexer = parser.qasm3Lexer(parser.InputStream(text))
    grammar = parser.qasm3Parser(parser.CommonTokenStream(lexer))
    for recognizer in (lexer, grammar):
        # The default listener prints to standard error.
        recognizer.removeErrorListeners()
        recognizer.addErrorListener(problems)
    tree = grammar.program()
    problems.raise_first()
    try:
        program = parser.QASMNodeVisitor().visitProgram(tree)
    except parser.QASM3ParsingError as error:
        place = re.match(r"L(\d+):C(\d+): (.*)", str(error), re.DOTALL)
        if place is None:
            raise InvalidProgramError(str(error)) from None
        raise InvalidProgramError(place[3], line=int(place[1]), column=int(place[2]) + 1) from None
    if program.version is None:
        raise InvalidProgramError('the program must begin with "OPENQASM 2.0;" or "OPENQASM 3.0;"', line=1)
    return program


class _SyntaxErrors:
    """A listener of the parser: keeps the first error instead of printing it."""

    def __init__(self) -> None:
        self.first: InvalidProgramError | None = None

    def syntaxError(self, *report: Any) -> None:
        """Take (recognizer, symbol, line, column, message, exception); the column counts from 0."""
        line, column, message = report[2:5]
        if self.first is None:
            self.first = InvalidProgramError(f"syntax error: {message}", line=line, column=column + 1)

    def reportAmbiguity(self, *args: Any) -> None:
        """Part of the listener's interface; not an error."""

    def reportAttemptingFullContext(self, *args: Any) -> None:
        """Part of the listener's interface; not an error."""

    def reportContextSensitivity(self, *args: Any) -> None:
        """Part of the listener's interface; not an error."""

    def raise_first(self) -> None:
        if self.first is not None:
            raise self.first


class _Said(logging.Handler):
    """Collects what pyqasm logs: the place of an error is only there."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())

    def place(self) -> tuple[int | None, int | None]:
        for line in reversed(self.lines):
            if match := _LOGGED_PLACE.search(line):
                return int(match[1]), int(match[2]) + 1
        return None, None


@contextmanager
def _quiet() -> Generator[_Said]:
    """Keep pyqasm from printing, and undo its change of `sys.tracebacklimit`, which is everybody's."""
    importlib.import_module("pyqasm")
    logger = logging.getLogger("pyqasm")
    said, handlers = _Said(), logger.handlers[:]
    missing = object()
    limit = getattr(sys, "tracebacklimit", missing)
    logger.handlers[:] = [said]
    try:
        yield said
    finally:
        logger.handlers[:] = handlers
        if limit is not missing:
            sys.tracebacklimit = limit  # type: ignore[assignment]
        elif hasattr(sys, "tracebacklimit"):
            del sys.tracebacklimit

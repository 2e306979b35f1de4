"""OpenQASM 2 and 3, and Amazon Braket's dialect of OpenQASM 3, to a circuit."""

from __future__ import annotations

from collections.abc import Callable

from .circuit import Circuit
from .qasm.includes import Dialect
from .qasm.program import read


def parse(
    text: str,
    *,
    versions: tuple[int, ...] = (2, 3),
    dialect: Dialect = "openqasm",
    stopped: Callable[[], bool] | None = None,
    marks: bool = False,
) -> Circuit:
    """Translate a program; `versions` are the major versions of OpenQASM that are wanted, `marks` puts marks into it.

    In the dialect "braket" the gates of Amazon Braket are defined without an include.

    Raises InvalidProgramError for what the specification does not allow, UnsupportedProgramError for what is valid and
    not computed here, which names the construct, ProgramTooLargeError for what is beyond a limit, which names it, each
    with line and column where known; StoppedError as soon as `stopped` says so.
    """
    return read(text, versions, dialect, stopped or _never, marks=marks)


def _never() -> bool:
    return False

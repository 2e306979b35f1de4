"""Why a program was not run. The clouds turn these into the failure of a job, each in its own form."""

from __future__ import annotations


class EngineError(Exception):
    """A program that an engine will not run.

    `code` is a stable word for programs, the message is for people.
    """

    code: str = "ENGINE_ERROR"

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        """`line` and `column` count from 1 and are named in the message."""
        self.line = line
        self.column = column
        where = "" if line is None else f"line {line}: " if column is None else f"line {line}, column {column}: "
        super().__init__(where + message)

    def within(self, here: str) -> EngineError:
        """Return the same error with the place of the program before its message."""
        error = type(self)(f"{here}{self}")
        error.code = self.code
        return error


class InvalidProgramError(EngineError):
    """The program is broken: it does not parse, or names something that is not there."""

    code = "INVALID_PROGRAM"


class UnsupportedProgramError(EngineError):
    """The program may be correct, but uses something that this emulator does not compute."""

    code = "UNSUPPORTED_PROGRAM"


class ProgramTooLargeError(EngineError):
    """The program needs more memory or time than an emulator should take."""

    code = "PROGRAM_TOO_LARGE"


class TooLargeHereError(ProgramTooLargeError):
    """The program is too large for a light engine; a heavier one may compute it."""


class StoppedError(EngineError):
    """The computation was stopped: its job was cancelled or the emulator closed."""

    code = "STOPPED"

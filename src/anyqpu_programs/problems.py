"""Errors of reading and converting, which `fitting` turns into `ValidationError`."""

from __future__ import annotations


class ProgramProblem(Exception):
    """A reason, as a phrase about the program, and its line (from 1)."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"


class InvalidError(ProgramProblem):
    """The program is invalid by its language's specification."""


class NoFormError(ProgramProblem):
    """The program has no exact form in the target language."""


class TooLargeError(ProgramProblem):
    """The program exceeds a limit."""

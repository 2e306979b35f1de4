"""Reasons why a program is not read or converted. `fitting` turns them into `ValidationError`."""

from __future__ import annotations


class ProgramProblem(Exception):
    """A reason as a phrase whose subject is the program, with the line that it is about (from 1)."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"


class InvalidError(ProgramProblem):
    """The program is invalid by its language's specification."""


class NoFormError(ProgramProblem):
    """The program may be valid, and has no exact form in the language that is wanted."""


class TooLargeError(ProgramProblem):
    """The program needs more than the limits allow."""

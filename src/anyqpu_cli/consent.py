"""Ask before something that costs money or ends work."""

from __future__ import annotations

import os
import sys

import anyio
import typer

from anyqpu.errors import ValidationError
from anyqpu_cli import outcome
from anyqpu_cli.output import print_stderr


async def confirm(facts: str, question: str, *, hint: str, otherwise: str) -> None:
    """Ask a question on the terminal; return if the user says yes.

    Args:
        facts: What the user should know first, without a full stop.
        question: The question, without a question mark.
        hint: How to confirm it where there is no terminal.
        otherwise: What the command prints if the user says anything else.

    Raises:
        ValidationError: There is no terminal to ask on.
        typer.Exit: The user says anything else; the code is that of a failure.
    """
    if not sys.stdin.isatty():
        raise ValidationError(f"{facts}; there is no terminal to confirm it", hint=hint)
    # On standard error: the output may be read by a program.
    print_stderr(f"{facts}. {question}? [y/N]", end=" ")
    if os.name != "nt":
        # Unlike a thread that reads, this ends at once with Ctrl-C.
        await anyio.wait_readable(sys.stdin.fileno())
    if sys.stdin.readline().strip().lower() not in {"y", "yes"}:
        print_stderr(otherwise)
        raise typer.Exit(outcome.FAILED)

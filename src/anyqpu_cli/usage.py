"""What was typed wrongly, in the words of all other errors; and how the whole command line ends."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from anyqpu_cli import outcome
from anyqpu_cli.output import tell

# What helps where something is missing.
HINTS = {
    "device": "Such as --device kipu:kipu.sim.qsim; `anyqpu devices` lists them",
    "file": "A program's file, or - for standard input",
    "start": "Such as --start 'in 2h'; `anyqpu reservations find` lists free times",
}

# What follows in typer's words are suggestions that have little in common with it.
_NO_COMMAND = re.compile(r"No such command '(.*?)'")


class FriendlyGroup(TyperGroup):
    """A group whose errors are one sentence plus what to do."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run it; in standalone mode, leave with the exit code."""

        def run() -> Any:
            return super(FriendlyGroup, self).main(args, prog_name, complete_var, False, windows_expand_args, **extra)

        if not standalone_mode:
            return run()
        try:
            code: Any = run()
            sys.stdout.flush()
        except BrokenPipeError:
            code = reader_is_gone()
        except typer.Abort:
            # A question was answered with Ctrl-C, or with the end of the input.
            tell("\nanyqpu: interrupted")
            code = outcome.INTERRUPTED
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = _say(error)
        sys.exit(code if isinstance(code, int) else outcome.OK)


def reader_is_gone() -> int:
    """Make what is still to be written go nowhere, as it does when `head` has read enough; the exit code for that."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    return outcome.READER_GONE


def _say(error: Any) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return outcome.BAD_INPUT
    text = str(error.format_message()).rstrip(".")
    hint: str | None = None
    if type(error).__name__ == "NoSuchOption":
        text, hint = f"there is no option {error.option_name!r}", _instead(error.option_name, context)
    elif context is not None and (match := _NO_COMMAND.match(text)):
        text, hint = f"no such command {match[1]!r}", _nearest(match[1], context.command.list_commands(context))
    elif text.startswith("Missing"):
        hint = HINTS.get(getattr(error.param, "name", ""))
        if hint and text.startswith("Missing argument"):
            hint = hint.replace("--device ", "")  # some commands take it without the option's name
    told = [text[:1].lower() + text[1:]] + ([hint] if hint else [])
    if context is not None:
        told.append(f"See `{context.command_path} --help`")
    tell("anyqpu: " + ". ".join(told).replace("?.", "?"))
    return outcome.BAD_INPUT


def _instead(name: str, context: Any) -> str | None:
    """The option that was meant, or where this one belongs."""
    from anyqpu_cli.setup import SHARED

    if context is None:
        return None
    shared = {f"--{parameter.removeprefix('as_').replace('_', '-')}" for parameter, _, _ in SHARED} | {"-q"}
    if hasattr(context.command, "commands") and name in shared:
        return f"It stands after the command: `{context.command_path} COMMAND {name}`"
    known = {option for each in context.command.params for option in each.opts if option.startswith("--")}
    return _nearest(name, {*known, "--help"})


def _nearest(name: str, known: Collection[str]) -> str | None:
    """What was meant: one or two that are much like it, or else the one that is a little."""
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(known), n=2, cutoff=0.75) or get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {' or '.join(map(repr, close))}?" if close else None

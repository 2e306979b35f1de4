"""Usage errors in the form of all other errors, and how the command line exits."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Sequence
from typing import Any

import typer
from typer.core import TyperGroup

from anyqpu_cli import outcome
from anyqpu_cli.output import discard_stdout, print_stderr
from anyqpu_cli.setup import Setup, other_record, shared_parameters

# By parameter, the hint where it is missing.
HINTS = {
    "device": "Such as --device kipu:kipu.sim.qsim; `anyqpu devices` lists them",
    "file": "A program's file, or - for standard input",
    "start": "Such as --start 'in 2h'; `anyqpu reservations find` lists free times",
}

# Typer's own suggestions, which follow, are often unrelated.
_NO_COMMAND = re.compile(r"No such command '(.*?)'")


# Characters of a command's description.
_LONGEST = 1000
# Options whose value may be left out, which typer does not have, with the value that they have then.
_OPTIONAL = {"--transpile": "--transpile=2"}


def with_defaults(args: Sequence[str] | None) -> list[str]:
    """Return arguments in which an option without its value has the default."""
    arguments = list(sys.argv[1:] if args is None else args)
    end = arguments.index("--") if "--" in arguments else len(arguments)
    return [*(_OPTIONAL.get(argument, argument) for argument in arguments[:end]), *arguments[end:]]


class WrappedGroup(TyperGroup):
    """A group whose help has the whole description of each command, in several lines where the terminal is narrow."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands; typer would cut their descriptions."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        rows = [
            (name, command.get_short_help_str(limit=_LONGEST))
            for name, command in commands
            if command is not None and not command.hidden
        ]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


class FriendlyGroup(WrappedGroup):
    """A group of commands whose usage errors are one line with a hint."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run the command; in standalone mode, exit with its code."""

        def run() -> Any:
            return super(FriendlyGroup, self).main(
                with_defaults(args), prog_name, complete_var, False, windows_expand_args, **extra
            )

        if not standalone_mode:
            return run()
        try:
            code: Any = run()
            sys.stdout.flush()
        except BrokenPipeError:
            code = discard_stdout()
        except typer.Abort:
            # Ctrl-C or the end of the input at a prompt.
            print_stderr("\nanyqpu: interrupted")
            code = outcome.INTERRUPTED
        except Exception as error:
            if not hasattr(error, "format_message"):
                raise
            code = _print_usage_error(error, Setup(as_json=_wants_json(with_defaults(args))))
        sys.exit(code if isinstance(code, int) else outcome.OK)


def _wants_json(args: Sequence[str]) -> bool:
    return "--json" in args[: args.index("--") if "--" in args else None]


def _print_usage_error(error: Any, setup: Setup) -> int:
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return outcome.BAD_INPUT
    text = str(error.format_message()).rstrip(".")
    hint: str | None = None
    if type(error).__name__ == "NoSuchOption":
        text, hint = f"there is no option {error.option_name!r}", _option_hint(error.option_name, context)
    elif context is not None and (match := _NO_COMMAND.match(text)):
        text, hint = f"no such command {match[1]!r}", _closest(match[1], context.command.list_commands(context))
    elif text.startswith("Missing"):
        hint = HINTS.get(getattr(error.param, "name", ""))
        if hint and text.startswith("Missing argument"):
            hint = hint.replace("--device ", "")  # some commands take the device as an argument
    text = text[:1].lower() + text[1:]
    see = f"See `{context.command_path} --help`" if context is not None else None
    hint = ". ".join(sentence for sentence in (hint, see) if sentence).replace("?.", "?")
    record = other_record("UsageError", text, hint or None) | {"exit_code": outcome.BAD_INPUT}
    setup.report(f"anyqpu: {text}" + (f". {hint}" if hint else ""), record)
    return outcome.BAD_INPUT


def _option_hint(name: str, context: Any) -> str | None:
    """Return the option that was probably meant, or where this one belongs."""
    if context is None:
        return None
    names = (parameter.name.removeprefix("as_").replace("_", "-") for parameter in shared_parameters())
    if hasattr(context.command, "commands") and name in {"-q", *(f"--{option}" for option in names)}:
        return f"Shared options follow the command: `{context.command_path} COMMAND {name}`"
    options = {option for param in context.command.params for option in param.opts if option.startswith("--")}
    return _closest(name, {*options, "--help"})


def _closest(name: str, choices: Collection[str]) -> str | None:
    """Return a question with one or two names that are very similar, or else the one that is somewhat similar."""
    from difflib import get_close_matches

    close = get_close_matches(name, sorted(choices), n=2, cutoff=0.75) or get_close_matches(name, sorted(choices), n=1)
    return f"Did you mean {' or '.join(map(repr, close))}?" if close else None

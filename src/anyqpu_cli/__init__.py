"""The command `anyqpu`, with the extra `cli`. No other package imports this one."""

from __future__ import annotations

import os
import sys
from functools import partial
from io import TextIOWrapper


def main() -> None:
    """Run the command line and exit with a code of `anyqpu_cli.outcome`."""
    try:
        _run()
    except KeyboardInterrupt:
        # During imports or at exit, outside of any command.
        print("anyqpu: interrupted", file=sys.stderr)
        sys.exit(130)


def _run() -> None:
    try:
        from anyqpu_cli.app import app
        from anyqpu_cli.completion import MODE, complete_in_bash
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        print("anyqpu: the command line needs an extra: pip install 'anyqpu[cli]'", file=sys.stderr)
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Where the terminal's encoding lacks a character, such as a bar of a histogram, print a question mark.
            stream.reconfigure(errors="replace")
    run = partial(app, prog_name="anyqpu")
    if os.environ.get(MODE) == "complete_bash":
        complete_in_bash(run)
    else:
        run()

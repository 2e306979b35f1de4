"""The command line, `anyqpu`. It needs the extra `cli`; nothing else imports it."""

from __future__ import annotations

import os
import sys
from functools import partial
from io import TextIOWrapper


def main() -> None:
    """Run the command line; the exit code says how it went (see `anyqpu_cli.outcome`)."""
    try:
        _run()
    except KeyboardInterrupt:
        # While modules are loaded, or while it ends: no command is there to say it.
        print("anyqpu: interrupted", file=sys.stderr)
        sys.exit(130)


def _run() -> None:
    try:
        from anyqpu_cli.app import app
        from anyqpu_cli.completion import MODE, in_bash
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        print("anyqpu: the command line needs an extra: pip install 'anyqpu[cli]'", file=sys.stderr)
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A bar of a histogram is worth a question mark, not a traceback, where the terminal cannot show it.
            stream.reconfigure(errors="replace")
    run = partial(app, prog_name="anyqpu")
    if os.environ.get(MODE) == "complete_bash":
        in_bash(run)
    else:
        run()

"""The command line, `anyqpu`. It needs the extra `cli`; nothing else imports it."""

from __future__ import annotations

import sys
from io import TextIOWrapper


def main() -> None:
    """Run the command line; the exit code says how it went (see `anyqpu.cli.outcome`)."""
    try:
        from anyqpu.cli.app import app
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        print("anyqpu: the command line needs an extra: pip install 'anyqpu[cli]'", file=sys.stderr)
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A bar of a histogram is worth a question mark, not a traceback, where the terminal cannot show it.
            stream.reconfigure(errors="replace")
    app()

"""The command line, `anyqpu`. It needs the extra `cli`; nothing else imports it."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line; the exit code says how it went (see `anyqpu.cli.outcome`)."""
    try:
        from anyqpu.cli.app import app
    except ModuleNotFoundError as error:
        if error.name not in {"typer", "rich"}:
            raise
        print("anyqpu: the command line needs an extra: pip install 'anyqpu[cli]'", file=sys.stderr)
        sys.exit(2)
    app()

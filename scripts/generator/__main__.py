"""The generator's process, started by `scripts.generator.process` with the Python of `.venv-generator`.

Reads a JSON list of orders from standard input, each `[document, folder, prefixes]`, and generates each client. Writes
`null` to standard output, or the first failure as `{"error": class, "message": text}`.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path

from scripts.generator.build import generate
from scripts.generator.errors import BY_NAME


def main() -> None:
    failure: dict[str, str] | None = None
    try:
        # Nothing else may stand beside the result.
        with redirect_stdout(sys.stderr):
            for document, out, prefixes in json.load(sys.stdin):
                generate(document, Path(out), strip_prefixes=tuple(prefixes))
    except tuple(BY_NAME.values()) as error:
        failure = {"error": type(error).__name__, "message": str(error)}
    json.dump(failure, sys.stdout)


if __name__ == "__main__":
    main()

"""The generator's process, started by `scripts.generator.process` with the Python of `.venv-generator`.

Reads a JSON list of orders from standard input, each `[document, folder, prefixes, core]`, and generates each client.
Writes the notes of each to standard output as `{"notes": [...]}`, or the first failure as `{"error": class, "message":
text}`.
"""

from __future__ import annotations

import json
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from scripts.generator.build import generate
from scripts.generator.errors import BY_NAME


def main() -> None:
    result: dict[str, Any] = {}
    try:
        # Nothing else may stand beside the result.
        with redirect_stdout(sys.stderr):
            orders = json.load(sys.stdin)
            result["notes"] = [
                generate(document, Path(out), strip_prefixes=tuple(prefixes), core=core)
                for document, out, prefixes, core in orders
            ]
    except tuple(BY_NAME.values()) as error:
        result = {"error": type(error).__name__, "message": str(error)}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()

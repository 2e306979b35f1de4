"""The generator's process, started by `scripts.generator.process` with the Python of `.venv-generator`.

Reads a JSON list of orders from standard input, each an `Order`, and generates each client.
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
            for order in json.load(sys.stdin):
                document, out = order.pop("document"), Path(order.pop("out"))
                order["strip_prefixes"] = tuple(order["strip_prefixes"])
                result.setdefault("notes", []).append(generate(document, out, **order))
    except tuple(BY_NAME.values()) as error:
        result = {"error": type(error).__name__, "message": str(error)}
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()

"""Generate a client without I/O from any OpenAPI 3 document.

    python -m scripts.generate --spec petstore.yaml --out clients/petstore

The client is the package `--out`; `_core.py`, which it needs, is written beside it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.documents import load, operations
from scripts.generator.build import GenerationError, format_code, generate
from scripts.generator.prepare import UnsupportedDocumentError


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description="Generate a client without I/O.")
    parser.add_argument("--spec", type=Path, required=True, help="OpenAPI 3 document, JSON or YAML")
    parser.add_argument("--out", type=Path, required=True, help="folder of the package to write; replaced if there")
    parser.add_argument("--strip-prefix", action="append", default=[], help="taken off the names of components")
    options = parser.parse_args(arguments)
    try:
        document = load(options.spec)
        generate(document, options.out.resolve(), strip_prefixes=tuple(options.strip_prefix))
        format_code(options.out.resolve())
    except (OSError, ValueError, GenerationError, UnsupportedDocumentError) as error:
        print(f"{options.spec}: {error}", file=sys.stderr)
        return 1
    print(f"{options.out}: {len(operations(document))} operations")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Generate a client without I/O from any OpenAPI 3 document.

    python -m scripts.generate --spec petstore.yaml --out clients/petstore

`--simplify` describes what the generator cannot take as anything, says so of each part, and leaves nothing out.

The client is the package `--out`; `_core.py`, which it needs, is written beside it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.documents import operations
from scripts.generator.errors import GenerationError, UnsupportedDocumentError
from scripts.generator.process import format_code, generate
from scripts.generator.simplify import simplified
from scripts.spec_changes.cures import with_cures
from scripts.spec_changes.reading import RefusedError, read_document


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description="Generate a client without I/O.")
    parser.add_argument("--spec", type=Path, required=True, help="OpenAPI 3 document, JSON or YAML")
    parser.add_argument("--out", type=Path, required=True, help="folder of the package to write; replaced if there")
    parser.add_argument("--strip-prefix", action="append", default=[], help="taken off the names of components")
    parser.add_argument("--simplify", action="store_true", help="describe what is too hard as anything, and say so")
    options = parser.parse_args(arguments)
    try:
        document = read_document(options.spec)
        out, prefixes = options.out.resolve(), tuple(options.strip_prefix)
        failures = (GenerationError, UnsupportedDocumentError) if options.simplify else ()
        simpler = simplified(document, lambda document: generate(document, out, strip_prefixes=prefixes), failures)
        format_code(options.out.resolve())
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 1
    except (OSError, ValueError, GenerationError, UnsupportedDocumentError) as error:
        print(f"{options.spec}: {with_cures(str(error))}", file=sys.stderr)
        return 1
    for step in simpler:
        print(f"made simpler: {step}")
    print(f"{options.out}: {len(operations(document))} operations")
    return 0


if __name__ == "__main__":
    sys.exit(main())

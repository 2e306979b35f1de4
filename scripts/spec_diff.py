"""Compare two API documents of any provider.

python -m scripts.spec_diff OLD NEW [--provider NAME] [--format text|markdown|json]

With --provider, the report names the methods that are touched. Exit code 0: no difference that matters to a program;
1: there are differences; 2: a document was refused.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scripts.documents import PROVIDERS
from scripts.generator.normalize import normalized
from scripts.spec_changes import report
from scripts.spec_changes.compare import compare
from scripts.spec_changes.impact import Coverage, impacts
from scripts.spec_changes.reading import RefusedError, read_document
from scripts.spec_changes.shapes import Document

FORMATS = {"text": report.as_text, "markdown": report.as_markdown, "json": report.as_json}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.spec_diff", description="Compare two API documents.")
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--provider", choices=PROVIDERS, help="name the methods that are touched")
    parser.add_argument("--format", choices=FORMATS, default="text")
    options = parser.parse_args(arguments)
    try:
        old = normalized(read_document(options.old)).document
        new = normalized(read_document(options.new), old).document
        ids = [shape.id for document in (old, new) for shape in Document(document).operations.values()]
        changes = impacts(compare(old, new), Coverage.of(options.provider, ids))
    except RefusedError as error:
        print(error, file=sys.stderr)
        return 2
    print(FORMATS[options.format](changes), end="")
    return 1 if changes else 0


if __name__ == "__main__":
    sys.exit(main())

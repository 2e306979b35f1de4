"""The emulator's file of operations: those of the documents, with the schemas that it checks requests by.

`python -m scripts.regenerate` writes it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from anyqpu_emulator.documents import row
from scripts.documents import PROVIDERS, SPECS, load, operations

FILE = Path("src/anyqpu_emulator/operations.json")


def content(specs: Path = SPECS, providers: Sequence[str] = PROVIDERS) -> str:
    """Return the text of the file, with one operation in a line."""
    parts: list[str] = []
    for provider in providers:
        document = load(specs / provider / "final.json")
        lines = [json.dumps(row(document, provider, operation)) for operation in operations(document)]
        parts.append(f'"{provider}": [\n  ' + ",\n  ".join(lines) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"

"""Read a document as it is received: valid OpenAPI, or a text from which a document is restored."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts.documents import load, parse_yaml
from scripts.regenerate import READERS
from scripts.spec_changes.reading import RefusedError, read_document

TABLE = "operations.json"


@dataclass(frozen=True)
class Received:
    """A document, its text in YAML if it was restored, and the table that was used for that."""

    document: dict[str, Any]
    restored: str | None = None
    table: bytes | None = None


def receive(file: Path, provider: str, table: Path) -> Received:
    """Read a document; raises `RefusedError` if it is not valid and cannot be restored.

    For providers whose document was restored, `file` may also be a text of that kind: a newer page of Pasqal's
    documentation, or Rigetti's document without indentation. `table` has the operations of a page.
    """
    try:
        return Received(read_document(file))
    except RefusedError as error:
        if provider not in READERS or not file.is_file():
            raise
        reason = str(error)
    try:
        text = file.read_text(encoding="utf-8-sig")
        arguments = (load(table),) if table.exists() else ()
        restored: str = import_module(f"scripts.restore_{provider}").restore(text, *arguments)
        return Received(parse_yaml(restored), restored, table.read_bytes() if table.exists() else None)
    except UnicodeDecodeError:
        raise RefusedError(reason) from None
    except Exception as error:  # the readers raise errors of their own for each line that they cannot place
        hint = f"; operations of a page have to be in {TABLE}, in the page's order" if table.exists() else ""
        raise RefusedError(f"{reason}\nas a text to restore, it has no place for a line: {error}{hint}") from error

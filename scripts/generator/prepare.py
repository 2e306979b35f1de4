"""What is done to a document, in memory, before openapi-python-client reads it."""

from __future__ import annotations

import re
from typing import Any

from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.normalize import normalized
from scripts.generator.notes import Prepared
from scripts.generator.take import take


def prepare(
    document: dict[str, Any],
    *,
    strip_prefixes: tuple[str, ...] = (),
    simplify: bool = False,
    allow_drop: bool = False,
) -> Prepared:
    """Return a copy that the generator takes, with clean component names, and what was changed.

    Raises `UnsupportedDocumentError` with every place that the client could not honour, unless `simplify` allows it to
    promise less than the document, and `allow_drop` to do without an operation.
    """
    document, notes = normalized(document)
    prepared = take(document, lambda name: _clean(name, strip_prefixes) if strip_prefixes else name)
    options = {"simplified": ("--simplify", simplify), "dropped": ("--allow-drop", allow_drop)}
    refused: list[str] = []
    for note in [*notes, *prepared.notes]:
        option, is_allowed = options.get(note.kind, ("", True))
        if not is_allowed:
            refused.append(f"{note.place}: cannot be taken as it is ({option}: {note.words})")
    if refused:
        raise UnsupportedDocumentError("\n".join(refused))
    return Prepared(prepared.document, [*notes, *prepared.notes])


def _clean(name: str, prefixes: tuple[str, ...]) -> str:
    """`scaleway.qaas.v1alpha1.Session.Access` becomes `SessionAccess`."""
    for prefix in prefixes:
        name = name.removeprefix(prefix)
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", name))
    # `ACLs` would become the words `AC` and `Ls`.
    return re.sub(r"[A-Z]{2,}s(?=[A-Z]|$)", lambda match: match[0].capitalize(), name)

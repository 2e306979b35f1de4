"""Usual cures for the parts of a document that the generator refuses."""

from __future__ import annotations

import re

# A pattern of the generator's message, and the change to make in the overlay.
CURES: tuple[tuple[str, str], ...] = (
    (r"x-pages", "describe in x-pages and x-dedup how this list is divided into pages now"),
    (r"allOf a non-object|Cannot take allOf", "write the object out: its own properties and those of its parts"),
    (r"[Dd]uplicate", "give one of the two another name (`title`), or make it a component of its own"),
    (r"content type|media type|Unsupported content", "say `application/json` or `application/octet-stream`"),
    (r"operationId", "add an operationId, or another one"),
    (r"several words of the enum", "remove the word that is only spelt differently"),
    (r"cookie parameter", "remove the parameter, or say where else it goes"),
    (r"has no schema", "give the parameter a schema"),
    (r"explode|style:", "describe it in repeated form, if the service takes that"),
    (r"[Cc]ould not resolve|[Rr]eference|not found in", "add the component that it refers to, or remove the reference"),
    (r"[Uu]nable to (parse|process) schema|[Ii]nvalid", "describe this schema in simpler words; `{}` takes anything"),
)


def with_cures(message: str) -> str:
    """Add the usual cure to each part that a message of the generator names."""
    lines: list[str] = []
    for line in message.splitlines():
        lines.append(line)
        cure = next((cure for pattern, cure in CURES if re.search(pattern, line)), None)
        if cure and not line.startswith("  at "):
            lines.append(f"  usual cure, in the overlay: {cure}")
    return "\n".join(lines)

"""Usual cures for the parts of a document that the generator refuses."""

from __future__ import annotations

import re

# A pattern of the generator's message, and the change to make in the overlay.
CURES: tuple[tuple[str, str], ...] = (
    (r"x-pages", "describe in x-pages and x-dedup how this list is divided into pages now"),
    (r"allOf", "write the object out: its own properties and those of its parts"),
    (r"the last of its descriptions", "describe the field once, as it is"),
    (r"fields of its alternatives", "write out the fields of the alternatives"),
    (r"would be in itself", "describe this level as anything (`{}`), or make it an object with fields"),
    (r"[Dd]uplicate|same (argument|Python identifier)|one argument", "rename one of the two, or remove it"),
    (r"several content types", "remove the content types that are not needed"),
    (r"may be of any type", "say `application/json` or `application/octet-stream`"),
    (r"cookie parameter", "remove the parameter, or say where else it goes"),
    (r"text, written by the caller", "describe it in repeated form, if the service takes that"),
    (r"words are not all text", "remove the words of another type"),
    (r"does not have|[Rr]eference", "add the component that it refers to, or remove the reference"),
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

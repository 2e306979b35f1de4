"""The last resort for what openapi-python-client refuses for a reason that `schemas` and `take` do not foresee."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from scripts.generator.notes import Note

# Only what a message is about, not what it mentions.
_SCHEMA = re.compile(r"\s*Unable to (?:parse|process) schema (?:/components/schemas/)?(\S+?):?$")
_OPERATION = re.compile(r"WARNING parsing ([A-Z]+) (\S+) within")
_ANYTHING = {"application/json": {"schema": dict[str, Any]()}}


def relaxed(document: dict[str, Any], problems: Iterable[Any], *, simplify: bool, allow_drop: bool) -> list[Note]:
    """Change the document where it is refused, all places at once; returns what was changed, nothing if it cannot be.

    A schema that is refused is anything. An operation is dropped only where no schema was refused: the next round
    shows whether it still has to be.
    """
    schemas, steps = document["components"]["schemas"], list[Note]()
    for problem in problems if simplify else ():
        named = _SCHEMA.match(problem.header or "")
        if named and schemas.get(named[1]):
            schemas[named[1]] = {}
            steps.append(Note("simplified", f"schema {named[1]}", f"anything, since {message(problem)}"))
    for problem in problems if not steps else ():
        named = _OPERATION.match(problem.header or "")
        operation = document["paths"].get(named[2], {}).get(named[1].lower()) if named else None
        if named is None or operation is None:
            continue
        where, responses = f"{named[1]} {named[2]}", operation["responses"]
        typed = [status for status in responses if responses[status].get("content", _ANYTHING) != _ANYTHING]
        if "Cannot parse response" in (problem.detail or "") and typed and simplify:
            for status in typed:
                responses[status] = {**responses[status], "content": _ANYTHING}
            steps.append(Note("simplified", where, f"its responses are anything, since {message(problem)}"))
        elif allow_drop:
            del document["paths"][named[2]][named[1].lower()]
            steps.append(Note("dropped", where, message(problem)))
    return steps


def message(problem: Any) -> str:
    """What openapi-python-client says, in one line and without the objects that it does not write out."""
    text = " ".join(f"{problem.header or ''}: {problem.detail or ''}".split())
    return re.sub(r"<\S+ object at 0x[0-9a-f]+>", "(a name)", text)

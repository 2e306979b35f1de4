"""Pair the operations, parameters, components and security schemes of two documents."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from scripts.spec_changes.shapes import Document, Field, Shape

# Likeness of two components from which one is the other under a new name.
ALIKE = 0.75


def pairs(old: Mapping[str, Shape], new: Mapping[str, Shape]) -> Iterator[tuple[str, str]]:
    """Pair the operations of both documents: by id, else by method and path."""
    for id in old:
        if id in new:
            yield id, id
    left = {(bare(shape)): id for id, shape in new.items() if id not in old}
    for id, shape in old.items():
        if id not in new and bare(shape) in left:
            yield id, left.pop(bare(shape))


def bare(shape: Shape) -> tuple[str, str]:
    """Return method and path without the names of its parameters."""
    return shape.method, re.sub(r"{[^}]+}", "{}", shape.path)


def renamed_in_path(old: Shape, new: Shape) -> dict[str, str]:
    """Map the old names of path parameters to the new ones, where the path is otherwise the same."""
    if bare(old) != bare(new):
        return {}
    pairs = zip(re.findall(r"{([^}]+)}", old.path), re.findall(r"{([^}]+)}", new.path), strict=True)
    return {before: after for before, after in pairs if before != after}


def renamed_schemes(old: Document, new: Document) -> Iterator[tuple[str, str]]:
    """Pair security schemes that are the same under another name."""
    left = {text: name for name, text in new.security_schemes.items() if name not in old.security_schemes}
    for name, text in old.security_schemes.items():
        if name not in new.security_schemes and text in left:
            yield name, left.pop(text)


def renamed_components(old: Document, new: Document) -> Iterator[tuple[str, str]]:
    """Pair removed components with added ones that are much the same."""
    gone = [name for name in old.components if name not in new.components]
    added = [name for name in new.components if name not in old.components]
    for name in gone:
        best, score = None, ALIKE
        for other in added:
            likeness = _likeness(old.components[name], new.components[other], name, other)
            if likeness > score:
                best, score = other, likeness
        if best is not None:
            added.remove(best)
            yield name, best


def _likeness(one: Mapping[str, Field], other: Mapping[str, Field], name: str, new_name: str) -> float:
    both = one.keys() | other.keys()
    if len(both) < 3 and one != other:
        return 0.0
    same = sum(one.get(key) == other.get(key) for key in both) / len(both)
    return same * 0.9 + 0.1 * difflib.SequenceMatcher(None, name.lower(), new_name.lower()).ratio()

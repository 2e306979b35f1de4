"""The name of a new provider, and the folder that it is written to."""

from __future__ import annotations

import keyword
import re
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from anyqpu.core.registry import GROUP, own_providers
from scripts.spec_changes.reading import RefusedError

# Names with a meaning of their own: in `connect(emulator=...)`, profiles, and packages of anyqpu.
RESERVED = frozenset({"all", "anyqpu", "control", "default", "emulator", "lenient", "none", "strict", "test", "tests"})
NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
LONGEST = 30


def check_name(name: str) -> None:
    """Raise `RefusedError` for a name that is not a word, has a meaning already, or belongs to another provider."""
    if not NAME.fullmatch(name) or len(name) > LONGEST:
        raise RefusedError(
            f"invalid name {name!r}: use lower-case letters, digits and single underscores, up to {LONGEST} characters"
        )
    if name in RESERVED or keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise RefusedError(f"invalid name {name!r}: it is a reserved word; choose another, such as {name}_qpu")
    if name in own_providers():
        raise RefusedError(f"the name {name!r} is taken: it is one of anyqpu's own providers")
    for entry in entry_points(group=GROUP):
        if entry.name == name:
            owner = entry.dist.name if entry.dist is not None else entry.value
            raise RefusedError(f"the name {name!r} is taken: {owner} is installed and provides it")
    if find_spec(f"anyqpu_{name}") is not None:
        raise RefusedError(f"the name {name!r} is taken: there is a package anyqpu_{name} already; choose another")


def check_out(out: Path) -> None:
    """Raise `RefusedError` for a path that is not a new or an empty folder."""
    if out.exists() and not out.is_dir():
        raise RefusedError(f"{out} is a file; give the path of a new folder")
    if out.exists() and any(out.iterdir()):
        raise RefusedError(f"{out} is not empty, and nothing is overwritten; give the path of a new folder")

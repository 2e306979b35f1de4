"""Call the generator, which runs in a process of its own with its own environment."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from scripts.documents import ROOT
from scripts.generator import TEMPLATES, environment
from scripts.generator.errors import BY_NAME, GenerationError
from scripts.generator.notes import Note

FORMATTER_CONFIG = TEMPLATES / "ruff.toml"


class Order(NamedTuple):
    """One client to generate: `document` to the folder `out`, component names without `strip_prefixes`."""

    document: dict[str, Any]
    out: Path
    strip_prefixes: tuple[str, ...] = ()
    core: str = ".._core"
    """The module that it shares with other clients: `.._core` beside the package, `._core` in it, or a full name, which
    is used as it is, with its `_pages` beside it."""
    simplify: bool = False
    """Whether the client may promise less than the document, where the generator cannot take it."""
    allow_drop: bool = False
    """Whether it may do without operations that cannot be taken at all."""
    tolerant: bool = False
    """Whether its lists leave out elements that lack a required field, rather than keep them as dictionaries."""


def generate(document: dict[str, Any], out: Path, **options: Any) -> list[Note]:
    """Write the client of a document to the folder `out`, which is replaced; the options are those of `Order`.

    Returns what was changed in the document for that.

    Raises:
        UnsupportedDocumentError: The document has something that the client could not honour.
        GenerationError: openapi-python-client warned or failed.
    """
    return generate_all([Order(document, out, **options)])[0]


def generate_all(orders: Iterable[Order]) -> list[list[Note]]:
    """Write several clients, in one process; stops at the first that fails. Returns and raises what `generate` does."""
    environment.ensure()
    text = json.dumps([order._asdict() | {"out": str(order.out.resolve())} for order in orders])
    command = [str(environment.PYTHON), "-m", "scripts.generator"]
    done = subprocess.run(command, cwd=ROOT, input=text, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise RuntimeError(f"the generator's process failed:\n{done.stdout}{done.stderr}")
    result = json.loads(done.stdout)
    if "error" in result:
        raise BY_NAME[result["error"]](result["message"])
    return [[Note(*note) for note in notes] for notes in result["notes"]]


def format_code(root: Path) -> None:
    """Sort imports, drop unused ones and format, with a pinned ruff and no configuration but ours."""
    for arguments in (["check", "--fix", "--quiet"], ["format", "--quiet"]):
        command = [sys.executable, "-m", "ruff", *arguments, "--no-cache", "--config", str(FORMATTER_CONFIG), str(root)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise GenerationError(f"ruff {arguments[0]} failed:\n{done.stdout}{done.stderr}")

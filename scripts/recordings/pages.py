"""A tutorial as steps, and its recording beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from scripts.docs_site.blocks import Block, blocks_of
from scripts.docs_site.outside import DOCS

FOLDER = DOCS / "recordings"
# From which commands and files of its page each recording was made.
MADE = Path(__file__).parent / "made.json"
POINTER = "export ANYQPU_EMULATOR=http://127.0.0.1:8787"


def recording_of(page: Path) -> Path:
    """Where a tutorial's recording is."""
    return FOLDER / f"{page.stem}.txt"


def steps_of(page: Path) -> list[Block]:
    """The files and commands of a page, in their order."""
    return [block for block in blocks_of(page) if block.title is not None or block.is_shell]


def digest_of(page: Path) -> str:
    """A hash of all that a reader of the page does."""
    steps = [[block.title, block.text] if block.title else block.commands for block in steps_of(page)]
    return hashlib.sha256(json.dumps(steps).encode()).hexdigest()


def made() -> dict[str, str]:
    """The digests of the recorded pages, by name."""
    return json.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else {}  # type: ignore[no-any-return]


def typed(command: str) -> str:
    """A command as it stands in a recording."""
    first, *more = command.splitlines()
    return "\n".join([f"$ {first}", *(f"> {line}" for line in more)])

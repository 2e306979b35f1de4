"""The steps of a tutorial, and its recording."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from scripts.docs_site.blocks import Block, blocks_of
from scripts.docs_site.outside import DOCS

FOLDER = DOCS / "recordings"
# Digests of the commands and files that each recording was made from.
MADE = Path(__file__).parent / "made.json"
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_PORT = re.compile(r"(?<=http://127\.0\.0\.1:)\d+")
POINTER = "export ANYQPU_EMULATOR=http://127.0.0.1:8787"


def recording_of(page: Path) -> Path:
    """Return the file of a tutorial's recording."""
    return FOLDER / f"{page.stem}.txt"


def steps_of(page: Path) -> list[Block]:
    """Return the files and commands of a page in order."""
    return [block for block in blocks_of(page) if block.title is not None or block.is_shell]


def points(page: Path) -> bool:
    """Whether a page is followed against an emulator in another terminal."""
    return POINTER in page.read_text(encoding="utf-8")


def digest_of(page: Path) -> str:
    """Return a digest of the files and commands of a page."""
    steps = [[block.title, block.text] if block.title else block.commands for block in steps_of(page)]
    return hashlib.sha256(json.dumps(steps).encode()).hexdigest()


def made() -> dict[str, str]:
    """Return the digests of the recorded pages by name."""
    return json.loads(MADE.read_text(encoding="utf-8")) if MADE.exists() else {}  # type: ignore[no-any-return]


def typed(command: str) -> str:
    """Format a command as in a recording."""
    first, *more = command.splitlines()
    return "\n".join([f"$ {first}", *(f"> {line}" for line in more)])


def typed_in(recording: str) -> list[str]:
    """Return the commands of a recording."""
    commands: list[str] = []
    for line in recording.splitlines():
        if line.startswith("$ "):
            commands.append(line.removeprefix("$ "))
        elif line.startswith("> ") and commands:
            commands[-1] += "\n" + line.removeprefix("> ")
    return commands


def settled(text: str, names: dict[str, str]) -> str:
    """Replace folders, ports and identifiers, which differ between runs."""
    for here, name in names.items():
        text = text.replace(here, name)
    seen: dict[str, str] = {}
    text = _UUID.sub(lambda match: seen.setdefault(match[0], f"{len(seen) + 1:08x}-0000-4000-8000-000000000000"), text)
    return _PORT.sub("8787", text)

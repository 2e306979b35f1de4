"""A tutorial as steps, and its recording beside it."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from scripts.docs_site.blocks import Block, blocks_of
from scripts.docs_site.outside import DOCS

FOLDER = DOCS / "recordings"
# From which commands and files of its page each recording was made.
MADE = Path(__file__).parent / "made.json"
_UUID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")
_PORT = re.compile(r"(?<=http://127\.0\.0\.1:)\d+")
POINTER = "export ANYQPU_EMULATOR=http://127.0.0.1:8787"


def recording_of(page: Path) -> Path:
    """Where a tutorial's recording is."""
    return FOLDER / f"{page.stem}.txt"


def steps_of(page: Path) -> list[Block]:
    """The files and commands of a page, in their order."""
    return [block for block in blocks_of(page) if block.title is not None or block.is_shell]


def points(page: Path) -> bool:
    """Whether a page tells how to be followed against an emulator in another terminal."""
    return POINTER in page.read_text(encoding="utf-8")


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


def typed_in(recording: str) -> list[str]:
    """The commands that stand in a recording."""
    found: list[str] = []
    for line in recording.splitlines():
        if line.startswith("$ "):
            found.append(line.removeprefix("$ "))
        elif line.startswith("> ") and found:
            found[-1] += "\n" + line.removeprefix("> ")
    return found


def settled(text: str, names: dict[str, str]) -> str:
    """Without what differs from one run to the next: folders, ports, identifiers."""
    for here, name in names.items():
        text = text.replace(here, name)
    seen: dict[str, str] = {}
    text = _UUID.sub(lambda match: seen.setdefault(match[0], f"{len(seen) + 1:08x}-0000-4000-8000-000000000000"), text)
    return _PORT.sub("8787", text)

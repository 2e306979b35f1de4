"""The fenced blocks of a page: files, commands and examples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt

from scripts.docs_site.outside import DOCS, ROOT

_TITLE = re.compile(r'\btitle="([^"]+)"')
_SHELLS = frozenset({"console", "sh"})
_PROMPT, _MORE = "$ ", "> "


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block.

    Attributes:
        line: First line of its text, from 1.
        language: First word after the fence, or empty.
        title: File name to save it as, or None.
        text: Content between the fences.
    """

    page: Path
    line: int
    language: str
    title: str | None
    text: str

    @property
    def place(self) -> str:
        """Its location for messages."""
        where = self.page.relative_to(ROOT) if self.page.is_relative_to(ROOT) else self.page.name
        return f"{where}:{self.line}"

    @property
    def is_shell(self) -> bool:
        """Whether it contains commands."""
        return self.language in _SHELLS and self.title is None

    @property
    def commands(self) -> list[str]:
        """Its commands: in `console`, the lines after a prompt with their continuation lines."""
        if self.language != "console":
            return [self.text]
        commands: list[str] = []
        for line in self.text.splitlines():
            if line.startswith(_PROMPT):
                commands.append(line.removeprefix(_PROMPT))
            elif line.startswith(_MORE) and commands:
                commands[-1] += "\n" + line.removeprefix(_MORE)
        return commands


def blocks_of(page: Path) -> list[Block]:
    """Return the blocks of a page in order."""
    return list(_blocks(page))


def _blocks(page: Path) -> Iterator[Block]:
    for token in MarkdownIt("commonmark").parse(page.read_text(encoding="utf-8")):
        if token.type == "fence" and token.map is not None:
            words = token.info.split(maxsplit=1)
            title = _TITLE.search(token.info)
            yield Block(
                page=page,
                line=token.map[0] + 2,
                language=words[0] if words else "",
                title=title[1] if title else None,
                text=token.content,
            )


def pages() -> list[Path]:
    """Return every page: the documents at the root and those in docs/."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def tutorials() -> list[Path]:
    """Return the tutorials, which readers follow from first to last line."""
    return sorted((DOCS / "tutorials").glob("*.md"))

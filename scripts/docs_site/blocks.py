"""The fenced blocks of a page: what a reader copies into files, types, or reads."""

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
        line: Where its text begins, from 1.
        language: The first word behind the fence; empty if there is none.
        title: The file that it is to be saved as, if it says so.
        text: What is between the fences.
    """

    page: Path
    line: int
    language: str
    title: str | None
    text: str

    @property
    def place(self) -> str:
        """Where it is, for a message."""
        where = self.page.relative_to(ROOT) if self.page.is_relative_to(ROOT) else self.page.name
        return f"{where}:{self.line}"

    @property
    def is_shell(self) -> bool:
        """Whether it is to be typed."""
        return self.language in _SHELLS and self.title is None

    @property
    def commands(self) -> list[str]:
        """What is typed: in `console` the lines behind the prompt, each with those that go on with it."""
        if self.language != "console":
            return [self.text]
        found: list[str] = []
        for line in self.text.splitlines():
            if line.startswith(_PROMPT):
                found.append(line.removeprefix(_PROMPT))
            elif line.startswith(_MORE) and found:
                found[-1] += "\n" + line.removeprefix(_MORE)
        return found


def blocks_of(page: Path) -> list[Block]:
    """The blocks of a page, in their order."""
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
    """Every page that people read: the documents at the root, and those below docs/."""
    return [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def tutorials() -> list[Path]:
    """The pages that are followed from their first line to their last."""
    return sorted((DOCS / "tutorials").glob("*.md"))

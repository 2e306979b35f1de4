"""Write the site as plain text: each page as Markdown beside its HTML, and the two files of llmstxt.org."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scripts.docs_site import reference_text
from scripts.docs_site.outside import DOCS

INDEX, FULL = "llms.txt", "llms-full.txt"
_INCLUDE = re.compile(r'^--8<-- "(?P<path>[^"]+)"$', re.MULTILINE)
_FENCE = re.compile(r"^(?P<fence>`{3,}|~{3,}).*?^(?P=fence)$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
# A link to a name of the reference, which mkdocstrings resolves.
_CROSS = re.compile(r"\[([^\]\n]+)\]\[[\w.]+\]")
_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page as text.

    Attributes:
        section: Section of the navigation; empty for the home page.
        path: Path on the site, from the root.
    """

    section: str
    title: str
    path: str
    text: str

    @property
    def summary(self) -> str:
        """Return the first sentence of the first paragraph."""
        prose = _FENCE.sub("", self.text)
        for paragraph in re.split(r"\n\s*\n", prose):
            words = " ".join(_LINK.sub(r"\1", paragraph).split())
            if words and words[0] not in "#|<:-*!>":
                sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].rstrip(":")
                return sentence if len(sentence) <= _SUMMARY else sentence[:_SUMMARY].rsplit(" ", 1)[0] + " ..."
        return ""


def text_of(markdown: str) -> str:
    """Return a page's Markdown with its included files."""
    text = _INCLUDE.sub(lambda match: (DOCS / match["path"]).read_text(encoding="utf-8").rstrip(), markdown)
    return reference_text.expanded(_CROSS.sub(r"\1", text))


def path_of(source: str) -> str:
    """Return the path of a page's plain text."""
    return posixpath.splitext(source)[0] + ".md"


def index(name: str, summary: str, pages: list[TextPage]) -> str:
    """Return the text of llms.txt."""
    lines = [f"# {name}", "", f"> {summary}", ""]
    lines += [f"Each page is available as Markdown. All pages in one file: [{FULL}]({FULL}).", ""]
    for section, group in groupby(pages, key=lambda page: page.section):
        lines += [f"## {section or 'Home'}", ""]
        lines += [f"- [{page.title}]({page.path})" + (f": {page.summary}" if page.summary else "") for page in group]
        lines.append("")
    return "\n".join(lines)


def write(site: Path, name: str, summary: str, pages: list[TextPage]) -> None:
    """Write all pages and the two files into the built site."""
    for page in pages:
        target = site / page.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(page.text, encoding="utf-8")
    (site / INDEX).write_text(index(name, summary, pages), encoding="utf-8")
    full = [f"Page: {page.path}\n\n{page.text.strip()}\n" for page in pages]
    (site / FULL).write_text("\n---\n\n".join(full), encoding="utf-8")

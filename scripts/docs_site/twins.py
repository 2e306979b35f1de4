"""The site as Markdown: a twin of each page beside its HTML, and the two files of llmstxt.org."""

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
# A name of the reference as a link, which mkdocstrings resolves.
_CROSS = re.compile(r"\[([^\]\n]+)\]\[[\w.]+\]")
_SUMMARY = 200


@dataclass(frozen=True, slots=True)
class Twin:
    """A page as text.

    Attributes:
        section: Its section of the navigation; empty for the home page.
        path: Its path on the site.
    """

    section: str
    title: str
    path: str
    text: str

    @property
    def summary(self) -> str:
        """The first sentence of its first paragraph."""
        prose = _FENCE.sub("", self.text)
        for paragraph in re.split(r"\n\s*\n", prose):
            words = " ".join(_LINK.sub(r"\1", paragraph).split())
            if words and words[0] not in "#|<:-*!>":
                sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0].rstrip(":")
                return sentence if len(sentence) <= _SUMMARY else sentence[:_SUMMARY].rsplit(" ", 1)[0] + " ..."
        return ""


def text_of(markdown: str) -> str:
    """Return a page's Markdown with its includes and references expanded."""
    text = _INCLUDE.sub(lambda match: (DOCS / match["path"]).read_text(encoding="utf-8").rstrip(), markdown)
    return reference_text.expanded(_CROSS.sub(r"\1", text))


def path_of(source: str) -> str:
    """Return the path of a page's twin."""
    return posixpath.splitext(source)[0] + ".md"


def index(name: str, summary: str, twins: list[Twin]) -> str:
    """Return the text of llms.txt."""
    lines = [f"# {name}", "", f"> {summary}", ""]
    lines += [f"Each page is also available as Markdown. All pages in one file: [{FULL}]({FULL}).", ""]
    for section, pages in groupby(twins, key=lambda twin: twin.section):
        lines += [f"## {section or 'Home'}", ""]
        lines += [f"- [{twin.title}]({twin.path})" + (f": {twin.summary}" if twin.summary else "") for twin in pages]
        lines.append("")
    return "\n".join(lines)


def write(site: Path, name: str, summary: str, twins: list[Twin]) -> None:
    """Write all twins and both indexes into the built site."""
    for twin in twins:
        target = site / twin.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(twin.text, encoding="utf-8")
    (site / INDEX).write_text(index(name, summary, twins), encoding="utf-8")
    full = [f"Page: {twin.path}\n\n{twin.text.strip()}\n" for twin in twins]
    (site / FULL).write_text("\n---\n\n".join(full), encoding="utf-8")

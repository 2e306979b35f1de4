"""A built site, as files: what its pages name, link to and load."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

from scripts.docs_site.outside import ROOT

# Elements that have no end.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
# What `link` may do without anything being loaded.
_NO_LOADS = frozenset({"canonical", "next", "prev", "alternate"})


def mkdocs(config: Path, site: Path) -> subprocess.CompletedProcess[str]:
    """Build a site as `make docs` does."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config), "--site-dir", str(site)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


@dataclass
class Html(HTMLParser):
    """A page.

    Attributes:
        links: Where its text and its navigation lead.
        loads: What a browser fetches to show it.
        navigation: The links of the navigation alone.
        ids: Its anchors.
        text: What is to be read.
    """

    source: str
    links: list[str] = field(default_factory=list[str])
    loads: list[str] = field(default_factory=list[str])
    navigation: list[str] = field(default_factory=list[str])
    ids: list[str] = field(default_factory=list[str])
    text: str = ""

    def __post_init__(self) -> None:
        super().__init__()
        self._inside: list[tuple[str, str]] = []
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record the ids, links and loaded files of an element."""
        attributes = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            self._inside.append((tag, attributes.get("class", "")))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag == "a" and "href" in attributes:
            self.links.append(attributes["href"])
            if any(name == "nav" and "md-nav--primary" in words for name, words in self._inside):
                self.navigation.append(attributes["href"])
        if tag == "link" and not _NO_LOADS & set(attributes.get("rel", "").split()):
            self.loads.append(attributes["href"])
        self.loads += [attributes[name] for name in ("src", "srcset", "poster", "data") if name in attributes]

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep visible text."""
        if not self._inside or self._inside[-1][0] not in {"script", "style"}:
            self.text += data


class Site:
    """The files of a site."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @cached_property
    def pages(self) -> dict[str, Html]:
        """Every page by its path, without the error page."""
        files = sorted(self.folder.rglob("*.html"))
        pages = {path.relative_to(self.folder).as_posix(): Html(path.read_text(encoding="utf-8")) for path in files}
        del pages["404.html"]
        return pages

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.folder / path).read_text(encoding="utf-8")

    def target(self, page: str, link: str) -> tuple[str, str]:
        """Return the file and the anchor of a link, relative to the root of the site."""
        path, _, anchor = unquote(link).partition("#")
        there = (self.folder / page).parent / path if path else self.folder / page
        return Path(os.path.relpath(there.resolve(), self.folder.resolve())).as_posix(), anchor

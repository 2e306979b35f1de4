"""Links from a page to what lies outside of docs/: they lead somewhere in the repository, and on the site too.

A page of its own is what `PAGES` names; any other file that a page links to is copied below `files/`.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FILES = "files"
# Documents of the repository that are pages of the site, too.
PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}
HOME = "index.md"
# A target in parentheses, and what may follow it; links in code are no links, but are left alone just the same.
_LINK = re.compile(r"(?P<head>\]\()(?P<path>[^()#\s]+)(?P<tail>[#)])")
_CODE = re.compile(r"`[^`\n]+`")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//", re.IGNORECASE)


def place_of(path: str) -> str | None:
    """Where the site has a path of the repository; None if it has nothing of that name."""
    if path == "README.md":
        return HOME
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return f"{FILES}/{path}" if (ROOT / path).is_file() else None


def origin_of(page: str) -> str:
    """The path of a page's source in the repository."""
    return next((source for source, name in PAGES.items() if name == page), f"docs/{page}")


def moved(markdown: str, page: str) -> tuple[str, set[str]]:
    """A page's text with its links as the site has them, and the files below `files/` that they lead to.

    What leads nowhere is left as it is: mkdocs says so.
    """
    here = posixpath.dirname(origin_of(page))
    files: set[str] = set()

    def one(match: re.Match[str]) -> str:
        path = match["path"]
        if _ELSEWHERE.match(path) or path.startswith("/"):
            return match[0]
        target = posixpath.normpath(posixpath.join(here, path))
        inside = here == "docs" or here.startswith("docs/")
        if inside and target.startswith("docs/"):
            return match[0]
        place = place_of(target)
        if place is None:
            return match[0]
        if place.startswith(f"{FILES}/"):
            files.add(target)
        relative = posixpath.relpath(place, posixpath.dirname(page) or ".")
        return f"{match['head']}{relative}{match['tail']}"

    return _LINK.sub(one, markdown), files


def unescaped(markdown: str) -> str:
    """A page's text with `|` in the code of its tables as Python's Markdown wants it.

    GitHub, which shows these pages, too, wants a backslash there; Python's Markdown would show it.
    """

    def line(text: str) -> str:
        return _CODE.sub(lambda code: code[0].replace("\\|", "|"), text) if text.startswith("|") else text

    return "".join(map(line, markdown.splitlines(keepends=True)))

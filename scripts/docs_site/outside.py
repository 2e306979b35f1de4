"""Links from a page to files outside of docs/, which work in the repository and on the site.

The files in `PAGES` become pages; other linked files are copied to `files/`.
"""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
FILES = "files"
# Documents of the repository that are also pages of the site.
PAGES = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}
HOME = "index.md"
# A link target in parentheses and its anchor.
_LINK = re.compile(r"(?P<head>\]\()(?P<path>[^()#\s]+)(?P<tail>[#)])")
_CODE = re.compile(r"`[^`\n]+`")
_ELSEWHERE = re.compile(r"[a-z][a-z+.-]*:|//", re.IGNORECASE)


def place_of(path: str) -> str | None:
    """Return the site's path for a path of the repository, or None."""
    if path == "README.md":
        return HOME
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return f"{FILES}/{path}" if (ROOT / path).is_file() else None


def origin_of(page: str) -> str:
    """Return the path of a page's source in the repository."""
    return next((source for source, name in PAGES.items() if name == page), f"docs/{page}")


def moved(markdown: str, page: str) -> tuple[str, set[str]]:
    """Return a page's text with the site's links, and the linked files for `files/`.

    Dead links stay, and mkdocs reports them.
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
    """Return a page's text without backslashes before `|` in the code of tables.

    GitHub needs the backslash; Python's Markdown would show it.
    """

    def line(text: str) -> str:
        return _CODE.sub(lambda code: code[0].replace("\\|", "|"), text) if text.startswith("|") else text

    return "".join(map(line, markdown.splitlines(keepends=True)))

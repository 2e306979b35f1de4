"""Hooks of mkdocs: pages from outside of docs/ (`outside`), and the site as plain text (`text_pages`)."""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from scripts.docs_site import outside, text_pages

# mkdocs loads this file once for each build; `mkdocs serve` builds many times.
_texts: dict[str, str] = {}
_order: list[Page] = []


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that lie outside of docs/, and the files that pages link to."""
    _texts.clear()
    for source, name in outside.PAGES.items():
        if (outside.ROOT / source).exists():
            files.append(File.generated(config, name, abs_src_path=str(outside.ROOT / source)))
    linked: set[str] = set()
    for file in files.documentation_pages():
        linked |= outside.moved(file.content_string, file.src_uri)[1]
    for path in sorted(linked):
        files.append(File.generated(config, f"{outside.FILES}/{path}", abs_src_path=str(outside.ROOT / path)))
    return files


def on_nav(nav: Navigation, **_: Any) -> Navigation:
    """Keep the order of the pages."""
    _order[:] = nav.pages
    return nav


def on_page_markdown(markdown: str, page: Page, **_: Any) -> str:
    """Adapt links to the site, keep the text for `text_pages`, and adapt it to Python's Markdown."""
    if page.is_homepage:  # the home page has no sibling pages
        page.meta.setdefault("hide", ["navigation"])
    text = outside.moved(markdown, page.file.src_uri)[0]
    _texts[page.file.src_uri] = text
    return outside.unescaped(text)


def on_post_page(output: str, page: Page, **_: Any) -> str:
    """Link the page to its plain text."""
    name = posixpath.basename(text_pages.path_of(page.file.src_uri))
    return output.replace("</head>", f'<link rel="alternate" type="text/markdown" href="{name}"></head>', 1)


def on_post_build(config: MkDocsConfig) -> None:
    """Write the text_pages."""
    pages = [
        text_pages.TextPage(
            section=str(page.ancestors[-1].title) if page.ancestors else "",
            title=str(page.title),
            path=text_pages.path_of(page.file.src_uri),
            text=text_pages.text_of(_texts[page.file.src_uri]),
        )
        for page in _order
    ]
    text_pages.write(Path(config.site_dir), str(config.site_name), str(config.site_description), pages)

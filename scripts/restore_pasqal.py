"""Rebuild Pasqal's OpenAPI document from the text of its documentation page.

Pasqal publishes its API as a Redoc page. The text of that page keeps titles, tables and samples but loses
every method and path, and the titles of eight operations; a table of operations gives these back.
"""

from __future__ import annotations

from typing import Any

from scripts.documents import to_yaml
from scripts.pasqal_page.blocks import PageError, read_page
from scripts.pasqal_page.document import build

__all__ = ["PageError", "restore"]


def restore(page: str, operations: list[dict[str, Any]]) -> str:
    """The document as YAML; a line of the page that cannot be read raises PageError with its number."""
    return to_yaml(build(read_page(page), operations))

"""Data files of the package: catalogues as TOML, documents with nulls as JSON.

Read them when a module is imported, never in a request: an event loop must not wait for a disk.
"""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from typing import Any


def _text(path: str) -> str:
    return (files("anyqpu_emulator") / path).read_text(encoding="utf-8")


def read_toml(path: str) -> dict[str, Any]:
    """Return the content of a TOML file, by its path in the package."""
    return tomllib.loads(_text(path))


def read_json(path: str) -> Any:
    """Return the content of a JSON file, by its path in the package."""
    return json.loads(_text(path))

"""Reading and writing API documents, always the same way, so that two runs give the same bytes."""

from __future__ import annotations

import io
import json
import pickle
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

ROOT = Path(__file__).resolve().parent.parent
SPECS = ROOT / "specs"
PROVIDERS = ("scaleway", "kipu", "pasqal", "rigetti")
HTTP_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def parse_yaml(text: str) -> Any:
    """Parse YAML 1.2, in which `on` and `no` are words; dates stay text, as JSON has none."""
    return pickle.loads(_parsed(text))


@lru_cache(maxsize=64)
def _parsed(text: str) -> bytes:
    """Parse a text once, since that takes seconds for a document, and a run reads each of them several times."""
    yaml = YAML(typ="safe", pure=True)
    yaml.allow_duplicate_keys = False
    # ruamel resolves timestamps even in YAML 1.2 mode, although 1.2's core schema dropped them.
    yaml.constructor.add_constructor("tag:yaml.org,2002:timestamp", lambda loader, node: node.value)
    return pickle.dumps(yaml.load(text))


def load(path: Path) -> Any:
    """Read a JSON or YAML document by its suffix."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text) if path.suffix == ".json" else parse_yaml(text)


def to_json(document: Any) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def to_yaml(document: Any) -> str:
    """Write YAML that YAML 1.1 and 1.2 readers understand alike; texts of several lines stay readable."""
    yaml = YAML(typ="rt", pure=True)
    yaml.width = 110
    # Quote whatever a YAML 1.1 reader would take for a date, a boolean or a number.
    yaml.version = (1, 1)
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(_with_literal_blocks(document), out)
    return out.getvalue().removeprefix("%YAML 1.1\n---\n")


def _with_literal_blocks(node: Any) -> Any:
    if isinstance(node, dict):
        return {key: _with_literal_blocks(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_literal_blocks(value) for value in node]
    if isinstance(node, str) and "\n" in node:
        return LiteralScalarString(node)
    return node


def parameters(document: dict[str, Any], path: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
    """The parameters of an operation, references resolved; its own stand in for those of its path."""
    declared: dict[tuple[str, str], dict[str, Any]] = {}
    for parameter in document["paths"][path].get("parameters", []) + operation.get("parameters", []):
        if "$ref" in parameter:
            name = parameter["$ref"].removeprefix("#/components/parameters/")
            parameter = document["components"]["parameters"][name]  # noqa: PLW2901
        declared[parameter["in"], parameter["name"]] = parameter
    return list(declared.values())


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Every operation as (METHOD, path, operation), in document order."""
    return [
        (method.upper(), path, item[method])
        for path, item in document["paths"].items()
        for method in item
        if method in HTTP_METHODS
    ]

"""A document of many operations, made of copies of the one with the traits of other services.

    python -m tests.support.large_document large.json --operations 1000
    time python -m scripts.generate --spec large.json --out large --simplify --allow-drop

Without a file to write, it generates the client in a temporary folder, and prints how long that took and the most
memory that any of its processes had.
"""

from __future__ import annotations

import argparse
import copy
import json
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

from scripts.documents import ROOT, load, operations
from scripts.generate import write_client

_COMPONENTS = "#/components/schemas/"


def large_document(count: int) -> dict[str, Any]:
    """A document of at least `count` operations: copies under `/area1` and so on, with components of their own."""
    source = load(ROOT / "tests" / "scripts" / "data" / "kinds.yaml")
    large = {**source, "paths": {}, "components": {"schemas": {}}}
    number = 0
    while len(operations(large)) < count:
        number += 1
        for path, item in source["paths"].items():
            if "$ref" not in item:
                large["paths"][f"/area{number}{path}"] = _renamed(item, number)
        for name, schema in source["components"]["schemas"].items():
            large["components"]["schemas"][f"Area{number}{name}"] = _renamed(schema, number)
    return large


def _renamed(node: Any, number: int) -> Any:
    """A copy whose references and ids are those of an area."""
    if isinstance(node, dict):
        copied = {key: _renamed(value, number) for key, value in node.items()}
        if isinstance(node.get("operationId"), str):
            copied["operationId"] = f"area{number}_{node['operationId']}"
        if str(node.get("$ref", "")).startswith(_COMPONENTS):
            copied["$ref"] = node["$ref"].replace(_COMPONENTS, f"{_COMPONENTS}Area{number}")
        return copied
    return [_renamed(value, number) for value in node] if isinstance(node, list) else copy.copy(node)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.support.large_document", description=__doc__)
    parser.add_argument("file", type=Path, nargs="?", help="where to write it; without, it is generated from")
    parser.add_argument("--operations", type=int, default=1000)
    options = parser.parse_args()
    document = large_document(options.operations)
    if options.file:
        options.file.write_text(json.dumps(document), encoding="utf-8")
        return
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        notes = write_client(document, Path(folder) / "large", core="._core", simplify=True, allow_drop=True)
        seconds = time.monotonic() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu, memory = sum(one.ru_utime + one.ru_stime for one in used), max(one.ru_maxrss for one in used) / 1024
    print(f"{len(operations(document))} operations, {len(notes)} changes of the document")
    print(f"{seconds:.1f} s, {cpu:.1f} s of CPU, {memory:.0f} MiB")


if __name__ == "__main__":
    main()

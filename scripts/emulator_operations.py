"""The emulator's file of operations: those of the documents, with the schemas that it checks requests by.

`python -m scripts.regenerate` writes it. Schemas are reduced to what the emulator checks: references are resolved,
`null` is always allowed, and of alternatives only the types are kept, because the emulator's engines read programs.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scripts.documents import PROVIDERS, SPECS, load, operations, parameters

FILE = Path("src/anyqpu_emulator/operations.json")
KEYWORDS = ("enum", "minimum", "maximum", "uniqueItems", "default")
FORMATS = ("uuid", "date-time")


def _resolved(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        target: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        schema = target
    return schema


def _types(document: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """The types that a schema allows, without null; empty if it allows any."""
    schema = _resolved(document, schema)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            alternatives = [_types(document, item) for item in schema[word]]
            return sorted({name for types in alternatives for name in types}) if all(alternatives) else []
    named = schema.get("type", [])
    return [name for name in ([named] if isinstance(named, str) else named) if name != "null"]


def reduced(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The part of a schema that the emulator checks."""
    schema = _resolved(document, schema)
    parts = [reduced(document, part) for part in schema.get("allOf", ())]
    result: dict[str, Any] = {key: value for part in parts for key, value in part.items()}
    if types := _types(document, schema):
        result["type"] = types[0] if len(types) == 1 else types
    result |= {key: schema[key] for key in KEYWORDS if key in schema}
    if schema.get("format") in FORMATS:
        result["format"] = schema["format"]
    if result.get("type") == "array" and "items" in schema:
        result["items"] = reduced(document, schema["items"])
    if "properties" in schema:
        result["type"] = "object"
        result["properties"] = {name: reduced(document, item) for name, item in schema["properties"].items()}
        if schema.get("required"):
            result["required"] = schema["required"]
    return result


def _operation(document: dict[str, Any], provider: str, method: str, path: str, operation: Any) -> dict[str, Any]:
    servers = document["paths"][path].get("servers") or document["servers"]
    security = operation.get("security", document.get("security")) or []
    entry: dict[str, Any] = {
        "name": operation["operationId"],
        "method": method,
        "path": f"/{provider}{urlsplit(servers[0]['url']).path}{path}",
        "secured": bool(security),
        "parameters": [
            {
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter.get("required", False),
                "schema": reduced(document, parameter["schema"]),
            }
            for parameter in parameters(document, path, operation)
            if parameter["in"] in ("path", "query")
        ],
    }
    if {} in security:
        # OpenAPI's way to say that credentials are optional.
        entry["anonymous"] = True
    if "requestBody" in operation:
        body = _resolved(document, operation["requestBody"])
        schema = next(iter(body["content"].values()))["schema"]
        entry["body"] = {"required": body.get("required", False), "schema": reduced(document, schema)}
    return entry


def content(specs: Path = SPECS, providers: Sequence[str] = PROVIDERS) -> str:
    """Return the text of the file, with one operation in a line."""
    parts: list[str] = []
    for provider in providers:
        document = load(specs / provider / "final.json")
        lines = [json.dumps(_operation(document, provider, *operation)) for operation in operations(document)]
        parts.append(f'"{provider}": [\n  ' + ",\n  ".join(lines) + "\n]")
    return "{\n" + ",\n".join(parts) + "\n}\n"

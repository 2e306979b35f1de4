"""API documents: their operations, with the parts of their schemas that requests are checked by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
KEYWORDS = ("enum", "minimum", "maximum", "uniqueItems", "default")
"""Keywords that the emulators of all clouds check."""
MORE_KEYWORDS = ("minLength", "maxLength", "pattern", "minItems", "maxItems")
"""Keywords that stubs check too."""
FORMATS = ("uuid", "date-time")


def resolved(document: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    """Return what a node of a document refers to, or the node itself."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node


def types(document: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return the types that a schema allows, without null; empty if it allows any."""
    schema = resolved(document, schema)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            alternatives = [types(document, item) for item in schema[word]]
            return sorted({name for names in alternatives for name in names}) if all(alternatives) else []
    named = schema.get("type", [])
    return [name for name in ([named] if isinstance(named, str) else named) if name != "null"]


def reduced(
    document: dict[str, Any],
    schema: dict[str, Any],
    keywords: tuple[str, ...] = KEYWORDS,
    within: tuple[int, ...] = (),
) -> dict[str, Any]:
    """Return the part of a schema that the emulator checks.

    References are resolved, `null` is always allowed, and of alternatives only the types are kept, because the
    emulator's engines read programs. A schema inside itself is not checked.
    """
    schema = resolved(document, schema)
    if id(schema) in within:
        return {}
    within = (*within, id(schema))
    if keywords is not KEYWORDS and (only := _only_alternative(document, schema)) is not None:
        return reduced(document, only, keywords, within)
    parts = [reduced(document, part, keywords, within) for part in schema.get("allOf", ())]
    result: dict[str, Any] = {}
    for part in parts:
        # Parts that say more of the same object each count.
        merged = {**result.get("properties", {}), **part.get("properties", {})}
        required = [*result.get("required", ()), *part.get("required", ())]
        result |= part | ({"properties": merged} if merged else {}) | ({"required": required} if required else {})
    if names := types(document, schema):
        result["type"] = names[0] if len(names) == 1 else names
    result |= {key: schema[key] for key in keywords if key in schema}
    if schema.get("format") in FORMATS:
        result["format"] = schema["format"]
    if result.get("type") == "array" and "items" in schema:
        result["items"] = reduced(document, schema["items"], keywords, within)
    if "properties" in schema:
        result["type"] = "object"
        result["properties"] = {
            **result.get("properties", {}),
            **{name: reduced(document, item, keywords, within) for name, item in schema["properties"].items()},
        }
        if schema.get("required"):
            needed = [name for name in schema["required"] if keywords is KEYWORDS or _is_sent(document, schema, name)]
            result["required"] = [*result.get("required", ()), *needed]
    return result


def _is_sent(document: dict[str, Any], schema: dict[str, Any], name: str) -> bool:
    """Return whether a request has to have a required property: not one of responses alone, or one that may be null."""
    item = resolved(document, schema["properties"].get(name, {}))
    kinds = [item, *(resolved(document, part) for part in (*item.get("anyOf", ()), *item.get("oneOf", ())))]
    may_be_null = any(kind.get("nullable") or "null" in kind.get("type", ()) for kind in kinds)
    return not item.get("readOnly") and not may_be_null


def _only_alternative(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any] | None:
    """Return the one alternative besides null that a schema has; None where it has none, or several."""
    alternatives = [resolved(document, item) for item in (*schema.get("anyOf", ()), *schema.get("oneOf", ()))]
    others = [item for item in alternatives if item.get("type") != "null"]
    return others[0] if len(others) == 1 and "properties" not in schema else None


def raw_operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield every operation as (METHOD, path, operation), in the order of the document."""
    for path, item in document["paths"].items():
        for method in item:
            if method in METHODS:
                yield method.upper(), path, item[method]


def parameters(document: dict[str, Any], path: str, operation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the parameters of an operation, references resolved; its own stand in for those of its path."""
    declared: dict[tuple[str, str], dict[str, Any]] = {}
    for parameter in document["paths"][path].get("parameters", []) + operation.get("parameters", []):
        target = resolved(document, parameter)
        declared[target["in"], target["name"]] = target
    return list(declared.values())


def server_of(document: dict[str, Any], path: str = "", operation: dict[str, Any] | None = None) -> str:
    """Return the address of an operation's server; without one, that of the document's first server."""
    item = document["paths"].get(path, {})
    servers = (operation or {}).get("servers") or item.get("servers") or document.get("servers") or [{"url": ""}]
    return str(servers[0]["url"]).rstrip("/")


def row(
    document: dict[str, Any],
    provider: str,
    operation: tuple[str, str, dict[str, Any]],
    keywords: tuple[str, ...] = KEYWORDS,
) -> dict[str, Any]:
    """Return an operation (METHOD, path, operation) as a row of the emulator's table."""
    method, path, raw = operation
    security: list[Any] = raw.get("security", document.get("security")) or []
    entry: dict[str, Any] = {
        "name": raw["operationId"],
        "method": method,
        "path": f"/{provider}{urlsplit(server_of(document, path, raw)).path}{path}",
        "secured": bool(security),
        "parameters": [
            {
                "name": parameter["name"],
                "in": parameter["in"],
                "required": parameter.get("required", False),
                "schema": reduced(document, parameter.get("schema", {}), keywords),
            }
            for parameter in parameters(document, path, raw)
            if parameter["in"] in ("path", "query")
        ],
    }
    if {} in security:
        # OpenAPI's way to say that credentials are optional.
        entry["anonymous"] = True
    if "requestBody" in raw:
        body = resolved(document, raw["requestBody"])
        kinds = [kind for kind in body["content"] if keywords is KEYWORDS or "json" in kind]
        if kinds:
            schema = reduced(document, body["content"][kinds[0]].get("schema", {}), keywords)
            entry["body"] = {"required": body.get("required", False), "schema": schema}
    return entry

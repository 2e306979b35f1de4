"""Find the list operations of a document, each of which has to say how it is divided into pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scripts.documents import operations

# Fields beside the items of a page: envelopes, counts and positions.
BESIDE_ITEMS = {
    *("status", "message", "code", "pagination", "page", "size"),
    *("total", "total_count", "total_elements", "total_pages", "nextPageToken"),
}


def list_operations(document: Mapping[str, Any]) -> list[str]:
    """Return the operationIds of the lists: GET operations that return an array, or an object with one and no more.

    An object is more than a page as soon as it has a field that belongs neither to an envelope nor to a position.
    """
    return [
        operation["operationId"]
        for method, _, operation in operations(dict(document))
        if method == "GET" and any(_is_list(document, schema) for schema in _results(document, operation))
    ]


def undescribed_lists(document: Mapping[str, Any]) -> list[str]:
    """Return the list operations for which the overlay does not say `x-pages`; `false` says that one is not a list."""
    described = {raw["operationId"] for _, _, raw in operations(dict(document)) if "x-pages" in raw}
    return [id for id in list_operations(document) if id not in described]


def _results(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for status, response in operation["responses"].items():
        if str(status).startswith("2"):
            for media in (_resolved(document, response).get("content") or {}).values():
                yield _resolved(document, media.get("schema") or {})


def _is_list(document: Mapping[str, Any], schema: Mapping[str, Any]) -> bool:
    if _is_array(schema):
        return True
    fields = {name: _resolved(document, field) for name, field in (schema.get("properties") or {}).items()}
    others = [name for name in fields if name not in BESIDE_ITEMS]
    return len(others) == 1 and _is_array(fields[others[0]])


def _is_array(schema: Mapping[str, Any]) -> bool:
    kind = schema.get("type")
    return kind == "array" or (isinstance(kind, list) and "array" in kind)


def _resolved(document: Mapping[str, Any], node: Mapping[str, Any]) -> Mapping[str, Any]:
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        node = target
    return node

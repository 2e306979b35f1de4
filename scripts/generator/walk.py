"""Every schema, parameter and body of a document, with the name of its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from scripts.documents import operations

_ONE = ("items", "additionalProperties", "not")
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties")


class Spot(NamedTuple):
    """A part of a document: `holder[key]`."""

    place: str
    holder: Any
    key: Any

    @property
    def value(self) -> Any:
        return self.holder[self.key]


def target(document: dict[str, Any], reference: Any) -> Any:
    """What a reference points to; None where there is nothing."""
    if not isinstance(reference, str) or not reference.startswith("#/"):
        return None
    node: Any = document
    for part in reference[2:].split("/"):
        key = unquote(part).replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        else:
            node = node.get(key) if isinstance(node, dict) else None
    return node


def schemas(document: dict[str, Any]) -> Iterator[Spot]:
    """Every schema, the inner ones before those that hold them."""
    components = document.get("components") or {}
    for name in list(components.get("schemas") or {}):
        yield from inside(Spot(f"schema {name}", components["schemas"], name))
    for spot in [*parameters(document), *media_types(document)]:
        if isinstance(spot.value, dict) and "schema" in spot.value:
            yield from inside(Spot(spot.place, spot.value, "schema"))


def inside(spot: Spot) -> Iterator[Spot]:
    """The schemas in a schema, then itself."""
    schema = spot.value
    if isinstance(schema, dict):
        for key in _ONE:
            if isinstance(schema.get(key), dict):
                yield from inside(Spot(f"{spot.place}.{key}", schema, key))
        for key in _LISTS:
            if isinstance(schema.get(key), list):
                for number in range(len(schema[key])):
                    yield from inside(Spot(f"{spot.place}.{key}[{number}]", schema[key], number))
        for key in _NAMED:
            if isinstance(schema.get(key), dict):
                for name in list(schema[key]):
                    yield from inside(Spot(f"{spot.place}.{name}", schema[key], name))
    yield spot


def parameters(document: dict[str, Any]) -> Iterator[Spot]:
    """Every parameter and response header that is written out."""
    components = document.get("components") or {}
    for kind in ("parameters", "headers"):
        for name in components.get(kind) or {}:
            yield Spot(f"{kind[:-1]} {name}", components[kind], name)
    for path, item in document["paths"].items():
        yield from _listed(path, item)
    for method, path, operation in operations(document):
        yield from _listed(f"{method} {path}", operation)
    for response in responses(document):
        for name in response.value.get("headers") or {}:
            yield Spot(f"{response.place}: header {name}", response.value["headers"], name)


def _listed(where: str, holder: dict[str, Any]) -> Iterator[Spot]:
    for number, parameter in enumerate(holder.get("parameters") or []):
        if "$ref" not in parameter:
            place = f"{where}: {parameter.get('in')} parameter {parameter.get('name')}"
            yield Spot(place, holder["parameters"], number)


def responses(document: dict[str, Any]) -> Iterator[Spot]:
    """Every response that is written out."""
    shared = (document.get("components") or {}).get("responses") or {}
    for name in shared:
        yield Spot(f"response {name}", shared, name)
    for method, path, operation in operations(document):
        for status, response in operation.get("responses", {}).items():
            if "$ref" not in response:
                yield Spot(f"{method} {path}: response {status}", operation["responses"], status)


def bodies(document: dict[str, Any]) -> Iterator[Spot]:
    """Every request body that is written out."""
    shared = (document.get("components") or {}).get("requestBodies") or {}
    for name in shared:
        yield Spot(f"body {name}", shared, name)
    for method, path, operation in operations(document):
        if "$ref" not in operation.get("requestBody", {"$ref": ""}):
            yield Spot(f"{method} {path}: body", operation, "requestBody")


def media_types(document: dict[str, Any]) -> Iterator[Spot]:
    """The description of each media type of each body, response and parameter."""
    for spot in [*bodies(document), *responses(document), *parameters(document)]:
        content = spot.value.get("content") or {}
        for kind in content:
            place = spot.place if len(content) == 1 else f"{spot.place} as {kind}"
            yield Spot(place, content, kind)

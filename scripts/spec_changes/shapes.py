"""A document as plain data to compare: operations with their parameters and bodies, components field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from scripts.documents import HTTP_METHODS

REFERENCE = "#/components/schemas/"
# Fields nested deeper are not compared.
DEEPEST = 8


@dataclass(frozen=True)
class Field:
    """A parameter, or a property of an object, under its name."""

    kind: str
    required: bool = False
    nullable: bool = False
    words: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Shape:
    """An operation. `sends` and `receives` are the components that its request and responses refer to, at any depth."""

    id: str
    method: str
    path: str
    deprecated: bool
    auth: tuple[tuple[str, ...], ...]
    parameters: Mapping[str, Field]
    request: Mapping[str, Field]
    request_required: bool
    responses: Mapping[str, Mapping[str, Field]]
    sends: frozenset[str] = field(default_factory=frozenset)
    receives: frozenset[str] = field(default_factory=frozenset)


class Document:
    """A document as operations and components."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.raw = document
        self.schemas: Mapping[str, Any] = document.get("components", {}).get("schemas") or {}
        self.components = {name: self.fields(schema) for name, schema in self.schemas.items()}
        self.operations = {shape.id: shape for shape in self._shapes()}

    @property
    def security_schemes(self) -> dict[str, str]:
        """The security schemes by name."""
        schemes = self.raw.get("components", {}).get("securitySchemes") or {}
        return {name: _plain(scheme, leave_out={"description"}) for name, scheme in schemes.items()}

    @property
    def servers(self) -> tuple[str, ...]:
        return tuple(str(server.get("url")) for server in self.raw.get("servers") or ())

    def fields(self, schema: Any) -> dict[str, Field]:
        """Return the fields of a schema by their place: `.`, `.name`, `.jobs[].runs`; references are not followed."""
        return dict(self._fields(schema, "", required=True, depth=0))

    def _fields(self, schema: Any, place: str, *, required: bool, depth: int) -> Iterator[tuple[str, Field]]:
        if not isinstance(schema, Mapping):
            yield place or ".", Field("anything", required)
            return
        yield place or ".", Field(kind_of(schema), required, _nullable(schema), _words(schema))
        if depth > DEEPEST or "$ref" in schema:
            return
        for part in schema.get("allOf") or ():
            for name, inner in self._fields(part, place, required=required, depth=depth + 1):
                if name != (place or "."):
                    yield name, inner
        names = set(schema.get("required") or ())
        for name, inner in (schema.get("properties") or {}).items():
            yield from self._fields(inner, f"{place}.{name}", required=name in names, depth=depth + 1)
        if isinstance(schema.get("items"), Mapping):
            yield from self._inner(schema["items"], f"{place}[]", depth)
        if isinstance(schema.get("additionalProperties"), Mapping):
            yield from self._inner(schema["additionalProperties"], f"{place}{{}}", depth)

    def _inner(self, schema: Mapping[str, Any], place: str, depth: int) -> Iterator[tuple[str, Field]]:
        # The item itself only where the kind of the list does not state it.
        for name, inner in self._fields(schema, place, required=True, depth=depth + 1):
            if name != place or inner.words:
                yield name, inner

    def _shapes(self) -> Iterator[Shape]:
        for path, item in self.raw["paths"].items():
            for method in item:
                if method in HTTP_METHODS:
                    yield self._shape(path, method.upper(), item, item[method])

    def _shape(self, path: str, method: str, item: Mapping[str, Any], raw: Mapping[str, Any]) -> Shape:
        security = raw.get("security", self.raw.get("security") or [])
        declared = [
            self._resolve(parameter) for parameter in [*(item.get("parameters") or ()), *(raw.get("parameters") or ())]
        ]
        body = self._resolve(raw.get("requestBody") or {})
        responses = {str(status): self._resolve(response) for status, response in (raw.get("responses") or {}).items()}
        return Shape(
            id=raw.get("operationId") or f"{method} {path}",
            method=method,
            path=path,
            deprecated=bool(raw.get("deprecated")),
            auth=tuple(sorted(tuple(sorted(_with_scopes(requirement))) for requirement in security)),
            parameters={f"{parameter['in']} {parameter['name']}": self._parameter(parameter) for parameter in declared},
            request=self._body(body),
            request_required=bool(body.get("required")),
            responses={
                status: self.fields(_schema(response)) if _schema(response) else {}
                for status, response in responses.items()
            },
            sends=self._reached([*declared, body]),
            receives=self._reached(list(responses.values())),
        )

    def _body(self, body: Mapping[str, Any]) -> dict[str, Field]:
        schema = _schema(body)
        return self.fields(schema) if schema else {}

    def _parameter(self, raw: Mapping[str, Any]) -> Field:
        schema = raw.get("schema") or {}
        return Field(kind_of(schema), bool(raw.get("required")), _nullable(schema), _words(schema))

    def _resolve(self, node: Any) -> Any:
        if isinstance(node, Mapping) and str(node.get("$ref", "")).startswith("#/"):
            target: Any = self.raw
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part.replace("~1", "/").replace("~0", "~")]
            return target
        return node

    def _reached(self, nodes: list[Any]) -> frozenset[str]:
        names: set[str] = set()
        left = list(nodes)
        while left:
            node = left.pop()
            if isinstance(node, Mapping):
                name = str(node.get("$ref", ""))
                if name.startswith(REFERENCE) and (name := name.removeprefix(REFERENCE)) not in names:
                    names.add(name)
                    left.append(self.schemas.get(name))
                left.extend(node.values())
            elif isinstance(node, list):
                left.extend(node)
        return frozenset(names)


def _with_scopes(requirement: Mapping[str, Any]) -> Iterator[str]:
    for name, scopes in requirement.items():
        yield f"{name} ({', '.join(sorted(scopes))})" if scopes else name


def kind_of(schema: Any) -> str:
    """Return the type of a value in a few words: `string (date-time)`, `list of Job`, `Job or text`."""
    if not isinstance(schema, Mapping) or not schema:
        return "anything"
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    for keyword, word in (("oneOf", " or "), ("anyOf", " or "), ("allOf", " and ")):
        if schema.get(keyword):
            kinds = sorted({kind_of(part) for part in schema[keyword] if part.get("type") != "null"})
            return word.join(kinds) or "null"
    kinds = schema.get("type") or ("object" if "properties" in schema else "anything")
    kinds = [name for name in (kinds if isinstance(kinds, list) else [kinds]) if name != "null"] or ["null"]
    kind = " or ".join(sorted(kinds))
    if kind == "array":
        return f"list of {kind_of(schema.get('items'))}"
    if isinstance(schema.get("additionalProperties"), Mapping) and not schema.get("properties"):
        return f"map of {kind_of(schema['additionalProperties'])}"
    return f"{kind} ({schema['format']})" if schema.get("format") else kind


def _nullable(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type")
    if schema.get("nullable") is True or (isinstance(kinds, list) and "null" in kinds):
        return True
    branches = [*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())]
    return any(isinstance(branch, Mapping) and branch.get("type") == "null" for branch in branches)


def _words(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    words = schema.get("enum")
    if words is None and isinstance(schema.get("items"), Mapping):
        words = schema["items"].get("enum")
    if words is None and "const" in schema:
        words = [schema["const"]]
    return tuple(word for word in words or () if word is not None)


def _schema(body: Mapping[str, Any]) -> Any:
    content = body.get("content") or {}
    media = content.get("application/json") or next(iter(content.values()), {})
    return media.get("schema")


def _plain(value: Any, *, leave_out: set[str]) -> str:
    kept = {key: item for key, item in value.items() if key not in leave_out}
    return json.dumps(kept, sort_keys=True, default=str)

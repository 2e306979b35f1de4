"""A document as plain data to compare: operations with their parameters and bodies, components field by field."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from scripts.documents import HTTP_METHODS
from scripts.spec_changes.kinds import is_nullable, kind_of, parts_of, python_types, rules_of, words_of

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
    types: frozenset[str] = frozenset()
    """Its types in Python."""
    rules: tuple[tuple[str, Any], ...] = ()
    deprecated: bool = False
    form: str = ""
    """How a list or an object is written into a parameter, if not in the usual form."""


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
    media: Mapping[str, tuple[str, ...]]
    """Media types of the body (`body`) and of each response, by status. The first is the one that is read."""
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
        return {name: _plain(scheme, leave_out={"description", "bearerFormat"}) for name, scheme in schemes.items()}

    @property
    def servers(self) -> tuple[str, ...]:
        return tuple(str(server.get("url")) for server in self.raw.get("servers") or ())

    def fields(self, schema: Any) -> dict[str, Field]:
        """Return the fields of a schema by their place: `.`, `.name`, `.jobs[].runs`; references are not followed."""
        return dict(self._fields(schema, "", required=True, depth=0))

    def _fields(self, schema: Any, place: str, *, required: bool, depth: int) -> Iterator[tuple[str, Field]]:
        if not isinstance(schema, Mapping):
            yield place or ".", Field("anything", required, types=frozenset({"Any"}))
            return
        yield place or ".", _field(schema, required=required)
        if depth > DEEPEST or "$ref" in schema:
            return
        if len(parts := parts_of(schema)) > 1 or (parts and "$ref" not in parts[0]):
            # The class in Python has the fields of all parts.
            for part in map(self._resolve, schema.get("allOf") or ()):
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
        yield from self._fields(schema, place, required=True, depth=depth + 1)

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
            media={place: _plain_media(part) for place, part in {"body": body, **responses}.items()},
            sends=self._reached([*declared, body]),
            receives=self._reached(list(responses.values())),
        )

    def _body(self, body: Mapping[str, Any]) -> dict[str, Field]:
        schema = _schema(body)
        return self.fields(schema) if schema else {}

    def _parameter(self, raw: Mapping[str, Any]) -> Field:
        usual = "form" if raw["in"] in ("query", "cookie") else "simple"
        style = raw.get("style", usual)
        explode = raw.get("explode", style == "form")
        form = "" if (style, explode) == (usual, usual == "form") else f"{style}, explode: {str(explode).lower()}"
        made = _field(raw.get("schema") or {}, required=bool(raw.get("required")))
        is_one_value = made.types <= {"str", "int", "float", "bool", "datetime", "date"}
        return replace(
            made, deprecated=bool(raw.get("deprecated")) or made.deprecated, form="" if is_one_value else form
        )

    def _resolve(self, node: Any) -> Any:
        if isinstance(node, Mapping) and str(node.get("$ref", "")).startswith("#/"):
            target: Any = self.raw
            for part in node["$ref"].removeprefix("#/").split("/"):
                # An invalid document is compared too, as far as it goes.
                target = target.get(part.replace("~1", "/").replace("~0", "~"), {})
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


def _field(schema: Mapping[str, Any], *, required: bool) -> Field:
    return Field(
        kind=kind_of(schema),
        required=required,
        nullable=is_nullable(schema),
        words=words_of(schema),
        types=python_types(schema),
        rules=rules_of(schema),
        deprecated=bool(schema.get("deprecated")),
    )


def _media(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the media types of a body, the one that is read first."""
    content = list(body.get("content") or {})
    return tuple(sorted(content, key=lambda name: (not name.startswith("application/json"), "json" not in name)))


def _plain_media(body: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the media types without parameters such as the character set, which JSON has not."""
    return tuple(dict.fromkeys(name.partition(";")[0].strip() for name in _media(body)))


def _schema(body: Mapping[str, Any]) -> Any:
    media = _media(body)
    return body["content"][media[0]].get("schema") if media else None


def _plain(value: Any, *, leave_out: set[str]) -> str:
    kept = {key: item for key, item in value.items() if key not in leave_out}
    return json.dumps(kept, sort_keys=True, default=str)

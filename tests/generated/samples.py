"""Objects as an API document describes them, and the generated class of each schema."""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from importlib import import_module
from typing import Any

from anyqpu_raw._core import ApiModel

from scripts.documents import PROVIDERS, SPECS, load, operations
from scripts.generator.prepare import prepare
from scripts.regenerate import options_of

# With the names that the generated classes have.
DOCUMENTS: dict[str, dict[str, Any]] = {
    provider: prepare(load(SPECS / provider / "final.json"), **options_of(provider)).document for provider in PROVIDERS
}
SCHEMAS = {provider: document["components"]["schemas"] for provider, document in DOCUMENTS.items()}
MODELS = {provider: import_module(f"anyqpu_raw.{provider}.models") for provider in PROVIDERS}
# How often a sampler has to variant to have met every alternative and every word of an enum.
TURNS = 12
DEEPEST = 12


def classes(provider: str, kind: type) -> list[type[Any]]:
    """The generated classes of a provider that derive from `kind`, in alphabetical order."""
    exported = [getattr(MODELS[provider], name) for name in MODELS[provider].__all__]
    return [exported_class for exported_class in exported if issubclass(exported_class, kind)]


def class_of(provider: str, component: str) -> Any:
    """The generated class of a component; None where it is a map, a list, a union or a plain value."""
    models = MODELS[provider]
    # `ListACLsResponse` and `list_acls_response` are one name to the generator.
    class_name = {name.lower(): name for name in models.__all__}.get(re.sub(r"[\W_]", "", component).lower())
    return None if class_name is None else getattr(models, class_name)


class Sampler:
    """Makes JSON values from schemas: `variant` picks alternatives and words, `full` adds optional properties."""

    def __init__(self, provider: str, *, variant: int = 0, full: bool = True, examples: bool = False) -> None:
        self.schemas = SCHEMAS[provider]
        self.variant = variant
        self.full = full
        self.examples = examples

    def make(self, schema: Mapping[str, Any] | bool, depth: int = 0) -> Any:
        """A value that the schema allows, by its structure (lengths, ranges and patterns do not matter here)."""
        if isinstance(schema, bool):
            return "anything"
        if self.examples and "example" in schema and depth:
            return schema["example"]
        if "$ref" in schema:
            return self.make(self.schemas[schema["$ref"].rsplit("/", 1)[1]], depth)
        if "allOf" in schema:
            parts = [self.make(element, depth) for element in schema["allOf"]]
            if len(parts) == 1:
                return parts[0]
            return {key: value for part in parts for key, value in part.items()}
        for keyword in ("oneOf", "anyOf"):
            if keyword in schema:
                return self.make(self.pick(schema[keyword], depth), depth)
        if schema.get("nullable") and self.variant % 3 == 2:
            return None
        if "enum" in schema:
            return schema["enum"][self.variant % len(schema["enum"])]
        kind = schema.get("type", "object" if "properties" in schema else "string")
        return self.of_kind(self.pick(kind, depth) if isinstance(kind, list) else kind, schema, depth)

    def pick(self, choices: list[Any], depth: int) -> Any:
        """An alternative; too far down, the last one, since the first are those that lead deeper."""
        return choices[-1] if depth > DEEPEST else choices[self.variant % len(choices)]

    def of_kind(self, kind: str, schema: Mapping[str, Any], depth: int) -> Any:
        if kind == "object":
            return self.make_object(schema, depth)
        if kind == "array":
            return [] if depth > DEEPEST else [self.make(schema.get("items", True), depth + 1)]
        if kind == "string":
            return {"date-time": "2025-01-02T12:00:00Z", "date": "2025-01-02"}.get(schema.get("format", ""), "text")
        return {"integer": 1, "number": 0.5, "boolean": True, "null": None}[kind]

    def make_object(self, schema: Mapping[str, Any], depth: int) -> dict[str, Any]:
        required = set(schema.get("required", []))
        made = {
            name: self.make(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or (self.full and depth <= DEEPEST)
        }
        if isinstance(extra := schema.get("additionalProperties"), dict) and self.full and depth <= DEEPEST:
            made["extra"] = self.make(extra, depth + 1)
        return made


def models_in(value: Any) -> Iterator[ApiModel]:
    """Every model inside a value, at any depth."""
    if isinstance(value, ApiModel):
        yield value
        for name, _ in value.FIELDS:
            yield from models_in(getattr(value, name))
        yield from models_in(value.additional_properties)
    elif isinstance(value, dict | list):
        for element in value.values() if isinstance(value, dict) else value:
            yield from models_in(element)


@dataclass(frozen=True)
class Body:
    """One request or response body of the document, and how the generated client sends or reads it."""

    provider: str
    operation: str
    status: int | None
    """None for a request."""
    media: dict[str, Any]
    module: Any

    def __str__(self) -> str:
        return f"{self.provider}-{self.operation}-{self.status or 'request'}"

    @property
    def model(self) -> Any:
        """The model of a request, also where it takes a list of them; None where it takes free-form JSON."""
        annotation = inspect.signature(self.module.build_request).parameters["body"].annotation
        name = re.fullmatch(r"(?:list\[)?(\w+)\]?(?: \| Unset)?", annotation)
        return getattr(MODELS[self.provider], name[1], None) if name else None

    def read(self, value: Any) -> Any:
        """A request as its model, a response through the operation's parser; free-form JSON stays what it is."""
        if self.status is not None:
            return self.module.parse_response(Response(json.dumps(value).encode(), self.status))
        if self.model is None:
            return value
        return (
            [self.model.from_dict(element) for element in value]
            if isinstance(value, list)
            else self.model.from_dict(value)
        )


@dataclass(frozen=True)
class Response:
    """All that a parser needs of an HTTP response."""

    content: bytes
    status_code: int
    headers: Mapping[str, str] = field(default_factory=dict)


def json_media(body: Mapping[str, Any]) -> Any:
    """What a body or a response has as JSON, whatever the parameters of its media type; an empty object without any."""
    content = body.get("content", {})
    return next((media for name, media in content.items() if name.partition(";")[0] == "application/json"), {})


def bodies(provider: str) -> list[Body]:
    """Every JSON body of a request or of a success."""
    document, cases = DOCUMENTS[provider], []
    registry = {item.id: item for item in import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS.values()}
    for _, _, operation in operations(document):
        entry = registry[operation["operationId"]]
        module = import_module(f"anyqpu_raw.{provider}.api.{entry.tag}.{entry.name}")
        described = {None: operation.get("requestBody", {})}
        for status, response in operation["responses"].items():
            if status.startswith("2"):
                name = response.get("$ref", "").rsplit("/", 1)[-1]
                described[int(status)] = document["components"]["responses"][name] if name else response
        for status, body in described.items():
            if media := json_media(body):
                cases.append(Body(provider, entry.name, status, media, module))
    return cases


def known_words(provider: str) -> set[Any]:
    """Every value of every generated enum."""
    return {member.value for class_ in classes(provider, Enum) for member in class_}


def as_instant(value: Any) -> Any:
    """Text that is a time or a date, as such, so that two ways to write the same one compare equal."""
    if isinstance(value, str):
        for read in (date.fromisoformat, datetime.fromisoformat):
            try:
                return read(value)
            except ValueError:
                continue
    return value


def same(one: Any, other: Any) -> bool:
    """Equal as JSON, where times are compared as instants: `+00:00` and `Z`, or `.5` and `.500000`, are the same.

    Nothing else is normalised when a model writes what it has read.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other) or _utc(as_instant(one)) == _utc(as_instant(other))


def _utc(value: Any) -> Any:
    """A time without zone is read as UTC, a date as its midnight."""
    if isinstance(value, datetime):
        return value.timestamp() if value.tzinfo else datetime.fromisoformat(f"{value.isoformat()}+00:00").timestamp()
    if isinstance(value, date):
        return datetime.fromisoformat(f"{value.isoformat()}T00:00:00+00:00").timestamp()
    return value

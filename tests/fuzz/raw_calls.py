"""Calls of `raw.*`: every operation of a document, with a response made from its schema."""

from __future__ import annotations

import inspect
import json
import typing
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from anyqpu_raw._core import Operation

from scripts.documents import SPECS, load, operations
from tests.fuzz.calls import Facts, Run
from tests.fuzz.tape import Exchange, Tape

DEEPEST = 6


class Sampler:
    """JSON values that a schema allows by structure, with all properties."""

    def __init__(self, document: dict[str, Any]) -> None:
        self._document = document

    def resolve(self, schema: Any) -> Any:
        """The schema itself, or the one that it refers to."""
        while isinstance(schema, dict) and "$ref" in schema:
            node: Any = self._document
            for part in schema["$ref"].removeprefix("#/").split("/"):
                node = node[part.replace("~1", "/").replace("~0", "~")]
            schema = node
        return schema

    def make(self, schema: Any, depth: int = 0) -> Any:
        """A value."""
        schema = self.resolve(schema)
        if not isinstance(schema, dict) or depth > DEEPEST:
            return None
        if "enum" in schema:
            return schema["enum"][0]
        if "allOf" in schema:
            made: dict[str, Any] = {}
            for part in schema["allOf"]:
                if isinstance(inner := self.make(part, depth), dict):
                    made |= inner
            return made
        for word in ("oneOf", "anyOf"):
            if word in schema:
                return self.make(schema[word][0], depth)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = kind[0]
        if kind == "object":
            made = {name: self.make(inner, depth + 1) for name, inner in schema.get("properties", {}).items()}
            if isinstance(more := schema.get("additionalProperties"), dict):
                made["more"] = self.make(more, depth + 1)
            return made
        if kind == "array":
            return [self.make(schema.get("items"), depth + 1)] * 2
        if kind == "string":
            texts = {"date-time": "2026-01-02T12:00:00Z", "date": "2026-01-02"}
            return texts.get(schema.get("format", ""), "5904a9f2-f43b-453d-9d08-beedcdb93e54")
        return {"integer": 3, "number": 0.5, "boolean": True}.get(kind)


def calls_of(provider: str) -> Iterator[tuple[str, Run, Tape]]:
    """(name, call, tape) of each operation; the name begins with `raw.`."""
    document = load(SPECS / provider / "final.json")
    sampler = Sampler(document)
    described = {operation["operationId"]: operation for _, _, operation in operations(document)}
    registry: dict[str, Operation] = import_module(f"anyqpu_raw.{provider}.operations").OPERATIONS
    client = import_module(f"anyqpu_raw.{provider}.client").RawClient
    for name, operation in registry.items():
        tape = Tape([_exchange(operation, described[operation.id], sampler)])
        yield f"raw.{name}", _call(name, getattr(client, name), provider, described[operation.id], sampler), tape


def _exchange(operation: Operation, described: dict[str, Any], sampler: Sampler) -> Exchange:
    status = min(operation.success, default=200)
    response = sampler.resolve(described["responses"].get(str(status), {}))
    content = response.get("content", {})
    media = content.get("application/json") or next(iter(content.values()), None)
    body = b"" if media is None else json.dumps(sampler.make(media.get("schema"))).encode()
    return Exchange(operation.method, operation.path, status, (("content-type", "application/json"),), body)


def _call(name: str, method: Any, provider: str, described: dict[str, Any], sampler: Sampler) -> Run:
    parameters = inspect.signature(method).parameters
    needed = [
        parameter
        for parameter in parameters.values()
        if parameter.default is inspect.Parameter.empty and parameter.name != "self"
    ]
    body: Any = None
    if any(parameter.name == "body" for parameter in needed):
        media = sampler.resolve(described["requestBody"])["content"]["application/json"]
        annotation = str(parameters["body"].annotation)
        body = _model(annotation, provider, sampler.make(media["schema"]))
    arguments = {parameter.name: _argument(parameter, body) for parameter in needed}

    async def run(client: Any, facts: Facts) -> Any:
        return await getattr(client.raw, name)(**arguments)

    return run


def _argument(parameter: inspect.Parameter, body: Any) -> Any:
    if parameter.name == "body":
        return body
    annotation = str(parameter.annotation)
    if annotation.startswith("int"):
        return 1
    if "Sequence" in annotation or "list" in annotation:
        return ["x"]
    if "datetime" in annotation:
        from datetime import UTC, datetime

        return datetime(2026, 1, 1, tzinfo=UTC)
    return "5904a9f2-f43b-453d-9d08-beedcdb93e54"


def _model(annotation: str, provider: str, value: Any) -> Any:
    models = import_module(f"anyqpu_raw.{provider}.models")
    for name in typing.cast("list[str]", models.__all__):
        if annotation == name:
            return getattr(models, name).from_dict(value)
        if annotation in (f"list[{name}]", f"Sequence[{name}]"):
            return [getattr(models, name).from_dict(element) for element in value]
    return value

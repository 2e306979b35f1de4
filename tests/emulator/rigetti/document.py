"""The published document of QCS, corrected, to check responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator, FormatChecker

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs/rigetti/final.json").read_text(encoding="utf-8"))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if method != "parameters"
}
PUBLIC = {name for name, (_, _, operation) in OPERATIONS.items() if "security" not in operation}
OPTIONAL = {name for name, (_, _, operation) in OPERATIONS.items() if {} in operation.get("security", [])}


def _modern(value: Any) -> Any:
    """OpenAPI 3.0's `nullable` and boolean `exclusiveMinimum` as JSON Schema has them today."""
    if isinstance(value, list):
        return [_modern(item) for item in value]
    if not isinstance(value, dict):
        return value
    schema = {key: _modern(item) for key, item in value.items()}
    if schema.pop("nullable", False) is True:
        schema["type"] = [schema["type"], "null"]
    if schema.get("exclusiveMinimum") is True:
        schema["exclusiveMinimum"] = schema.pop("minimum")
    return schema


COMPONENTS = _modern(DOCUMENT["components"])


def validate(schema: dict[str, Any], body: Any) -> None:
    whole = {**_modern(schema), "components": COMPONENTS}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(body)
    _no_unknown_keys(body, schema)


def check_error(response: httpx.Response) -> None:
    assert response.headers["content-type"] == "application/json"
    validate({"$ref": "#/components/schemas/Error"}, response.json())
    assert response.json()["requestId"]
    assert response.headers["x-request-id"]


def check(operation_id: str, response: httpx.Response) -> None:
    """The response has the documented form, and no key that the document lacks."""
    if response.status_code >= 400:
        check_error(response)
        return
    documented = OPERATIONS[operation_id][2]["responses"]
    assert str(response.status_code) in documented, response.text
    content = documented[str(response.status_code)].get("content")
    if content is None:
        assert response.content in (b"", b"{}")
        return
    validate(next(iter(content.values()))["schema"], response.json())


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    parts = [_resolved(part) for part in schema.get("allOf", ())]
    if not parts:
        return schema
    properties = {name: item for part in parts for name, item in part.get("properties", {}).items()}
    return {"properties": properties} if properties else parts[0]


def _no_unknown_keys(value: Any, schema: dict[str, Any]) -> None:
    schema = _resolved(schema)
    if isinstance(value, list):
        for item in value:
            _no_unknown_keys(item, schema["items"])
    elif isinstance(value, dict) and "properties" in schema:
        assert set(value) <= set(schema["properties"]), set(value) - set(schema["properties"])
        for key, item in value.items():
            _no_unknown_keys(item, schema["properties"][key])

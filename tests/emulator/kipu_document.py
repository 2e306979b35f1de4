"""The document of Kipu's API with our corrections of it, to check responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator, FormatChecker

DOCUMENT = json.loads((Path(__file__).parents[2] / "specs/kipu/final.json").read_text(encoding="utf-8"))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
}


def schema_of(operation_id: str, status: int) -> dict[str, Any] | None:
    response = OPERATIONS[operation_id][2]["responses"][str(status)]
    content = response.get("content")
    if content is None:
        return None
    schema: dict[str, Any] = next(iter(content.values()))["schema"]
    return schema


def check(operation_id: str, response: httpx.Response) -> None:
    """The response is documented, has the documented form, and no key that the document lacks."""
    assert str(response.status_code) in OPERATIONS[operation_id][2]["responses"], response.text
    assert response.headers["x-request-id"]
    if response.status_code >= 400:
        problem = response.json()
        assert response.headers["content-type"] == "application/problem+json"
        assert set(problem) == {"type", "title", "status", "detail", "instance"}
        assert problem["status"] == response.status_code
        return
    schema = schema_of(operation_id, response.status_code)
    if schema is None:
        assert response.content == b""
        return
    if "application/json" in response.headers["content-type"]:
        whole = {**schema, "components": DOCUMENT["components"]}
        Draft202012Validator(whole, format_checker=FormatChecker()).validate(response.json())
        _no_unknown_keys(response.json(), schema)


def _no_unknown_keys(value: Any, schema: dict[str, Any]) -> None:
    while "$ref" in schema:
        schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for item in value:
            _no_unknown_keys(item, schema["items"])
    elif isinstance(value, dict) and "properties" in schema:
        assert set(value) <= set(schema["properties"]), set(value) - set(schema["properties"])
        for key, item in value.items():
            _no_unknown_keys(item, schema["properties"][key])

"""The restored document of Pasqal's API, to check responses."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
from jsonschema import Draft202012Validator, FormatChecker

DOCUMENT = json.loads((Path(__file__).parents[3] / "specs/pasqal/final.json").read_text(encoding="utf-8"))
OPERATIONS: dict[str, tuple[str, str, dict[str, Any]]] = {
    operation["operationId"]: (method.upper(), path, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
    if isinstance(operation, dict) and "operationId" in operation
}
SERVED = [
    name
    for name, (_, _, operation) in OPERATIONS.items()
    if operation["x-audience"] in ("user", "user (legacy)", "user/admin?", "user (OVH)")
]
FORBIDDEN = [name for name in OPERATIONS if name not in SERVED]
ACCOUNT = ("list_projects",)


def check(operation_id: str, response: httpx.Response) -> None:
    """The response has the documented form, and no key that the document lacks."""
    body = response.json()
    if response.status_code >= 400:
        assert set(body) == {"status", "message", "code", "data"}
        assert (body["status"], body["code"]) == ("fail", str(response.status_code))
        assert body["data"]["description"]
        return
    assert (body["status"], body["code"]) == ("success", "200")
    schema = OPERATIONS[operation_id][2]["responses"]["200"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": DOCUMENT["components"]}
    Draft202012Validator(whole, format_checker=FormatChecker()).validate(body)
    _no_unknown_keys(body, schema)


def _no_unknown_keys(value: Any, schema: dict[str, Any]) -> None:
    while "$ref" in schema or "oneOf" in schema:
        schema = schema["oneOf"][0] if "oneOf" in schema else schema
        if "$ref" in schema:
            schema = DOCUMENT["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if isinstance(value, list):
        for item in value:
            _no_unknown_keys(item, schema.get("items", {}))
    elif isinstance(value, dict) and "properties" in schema:
        assert set(value) <= set(schema["properties"]), set(value) - set(schema["properties"])
        for key, item in value.items():
            _no_unknown_keys(item, schema["properties"][key])

"""Join the page's operations with the table of methods and paths into one OpenAPI document."""

from __future__ import annotations

import re
from typing import Any

from scripts.pasqal_page import names
from scripts.pasqal_page.blocks import Block, Page, PageError
from scripts.pasqal_page.bodies import read_body
from scripts.pasqal_page.components import Components, ref
from scripts.pasqal_page.rows import Row, read_row
from scripts.pasqal_page.samples import response_schema

SERVER = "https://apis.pasqal.cloud/core-fast"
ABOUT = (
    "Rebuilt from the text of Pasqal's API documentation page. The page has no methods and no paths: each "
    "operation says in `x-path-confidence` how sure its own are, and in `x-evidence` why."
)
# The page names the response 422 and shows nothing of it; FastAPI writes the same schemas into every document.
VALIDATION_ERROR = {
    "type": "object",
    "properties": {
        "loc": {"type": "array", "items": {"anyOf": [{"type": "string"}, {"type": "integer"}]}},
        "msg": {"type": "string"},
        "type": {"type": "string"},
    },
}
HTTP_VALIDATION_ERROR = {
    "type": "object",
    "properties": {"detail": {"type": "array", "items": ref("ValidationError")}},
}


def build(page: Page, table: list[dict[str, Any]]) -> dict[str, Any]:
    """The document: one operation per block, in the page's order."""
    _check_table(page, table)
    components = Components()
    components.add(0, "ValidationError", VALIDATION_ERROR)
    components.add(0, "HTTPValidationError", HTTP_VALIDATION_ERROR)
    paths: dict[str, dict[str, Any]] = {}
    pairs = list(zip(page.blocks, table, strict=True))
    for block, entry in pairs:
        methods = paths.setdefault(_path(entry), {})
        method = entry["method"].lower()
        if method in methods:
            raise PageError(block.line, f"{entry['method']} {_path(entry)} is in the table twice")
        methods[method] = _operation(block, entry, components)
    # Only now is every enum known, wherever on the page its values are listed.
    for block, entry in pairs:
        paths[_path(entry)][entry["method"].lower()]["responses"]["200"]["content"] = _content(block, components)
    return {
        "openapi": "3.1.0",
        "info": {"title": page.title, "version": page.version, "description": ABOUT},
        "servers": [{"url": SERVER}],
        "security": [{"bearer": []}],
        "tags": [{"name": name, "description": text} for name, text in names.TAGS.items()],
        "paths": paths,
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "responses": {
                "ValidationError": {
                    "description": "Validation Error",
                    "content": {"application/json": {"schema": ref("HTTPValidationError")}},
                }
            },
            "schemas": dict(sorted(components.schemas.items())),
        },
    }


def _check_table(page: Page, table: list[dict[str, Any]]) -> None:
    """Check that page and table have the same titles in the same order; lines move when the page changes."""
    for block, entry in zip(page.blocks, table, strict=False):
        if block.title != entry["title"]:
            raise PageError(block.line, f"the page has {block.title!r}, the table {entry['title']!r}")
    if len(page.blocks) != len(table):
        last = page.blocks[-1].line if page.blocks else 0
        raise PageError(last, f"the page has {len(page.blocks)} operations and the table {len(table)}")


def _path(entry: dict[str, Any]) -> str:
    """The table's path with one name for each hole."""
    return re.sub(r"\w+(?=\})", lambda match: names.PATH_PARAMETERS.get(match[0], match[0]), entry["path"])


def _operation(block: Block, entry: dict[str, Any], components: Components) -> dict[str, Any]:
    operation_id = entry["operation_id"]
    operation: dict[str, Any] = {
        "operationId": operation_id,
        "tags": [_tag(block, entry)],
        "summary": block.title or operation_id.replace("_", " ").title(),
    }
    if block.docstring:
        operation["description"] = "\n".join(block.docstring)
    if entry["audience"] == "user (legacy)":
        operation["deprecated"] = True
    operation |= {
        "x-path-confidence": entry["confidence"],
        "x-audience": entry["audience"],
        "x-evidence": entry["evidence"],
    }
    parameters = _path_parameters(block, entry, components)
    parameters += [_query_parameter(read_row(line, components)) for line in block.query_rows]
    if parameters:
        operation["parameters"] = parameters
    body = read_body(block, operation_id, components)
    if body:
        operation["requestBody"] = body
    operation["responses"] = {
        "200": {"description": "Successful Response"},
        "422": {"$ref": "#/components/responses/ValidationError"},
    }
    return operation


def _tag(block: Block, entry: dict[str, Any]) -> str:
    tag = str(entry["path"].split("/")[3])
    if tag not in names.TAGS:
        raise PageError(block.line, f"no tag is known for {entry['path']}")
    return tag


def _path_parameters(block: Block, entry: dict[str, Any], components: Components) -> list[dict[str, Any]]:
    holes = re.findall(r"\{(\w+)\}", entry["path"])
    rows = [read_row(line, components) for line in block.path_rows]
    if block.title is None:
        # What the page drops is always one bare uuid: a longer head would have kept the title.
        rows = [Row(block.line, hole, True, {"type": "string", "format": "uuid"}) for hole in holes]
    if sorted(row.name for row in rows) != sorted(holes) or not all(row.required for row in rows):
        raise PageError(block.line, f"the page's path parameters do not fill {entry['path']}")
    return [_path_parameter(row) for row in rows]


def _path_parameter(row: Row) -> dict[str, Any]:
    name = names.PATH_PARAMETERS.get(row.name, row.name)
    renamed = {"x-page-name": row.name} if name != row.name else {}
    return {"name": name, "in": "path", "required": True, **renamed, **_described(row), "schema": row.schema}


def _query_parameter(row: Row) -> dict[str, Any]:
    # Several values repeat the key: `id=a&id=b`.
    repeated = {"style": "form", "explode": True} if row.schema.get("type") == "array" else {}
    return {
        "name": row.name,
        "in": "query",
        "required": row.required,
        **_described(row),
        **repeated,
        "schema": row.schema,
    }


def _described(row: Row) -> dict[str, str]:
    return {"description": row.description} if row.description else {}


def _content(block: Block, components: Components) -> dict[str, Any]:
    if block.response is None:
        raise PageError(block.line, "an operation without a response sample")
    schema = response_schema(block.response, components)
    return {"application/json": {"schema": schema, "example": block.response.value}}

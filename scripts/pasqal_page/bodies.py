"""Request bodies: typed by the page's rows, and by the payload where a row lost its name."""

from __future__ import annotations

import re
from typing import Any

from scripts.pasqal_page import names
from scripts.pasqal_page.blocks import Block, Line, PageError
from scripts.pasqal_page.components import JSON_OBJECT, Components, ref
from scripts.pasqal_page.rows import Row, read_row
from scripts.pasqal_page.samples import value_schema

LIST_ROW = re.compile(r"Array of objects \((?P<title>\w+)\) Default: \[\] \|")
MAP_ROW = re.compile(r"required \| object \((?P<title>\w+)\) \| \|+")
EITHER_ROW = re.compile(r"required \| Data \(object\) or Array of Data \(objects\) \((?P<title>\w+)\) \|")
FREE_ROW = "additional property | string or AnswerDict (object) |"
# Each of the two lines behind such a row is the open tab of Redoc's "any of" and says nothing more.
FOLLOWS = {"map": "|", "either": "Any of object (Data) |", "free": "Any of string |"}


def read_body(block: Block, operation_id: str, components: Components) -> dict[str, Any] | None:
    """The request body of an operation, if it has one."""
    if block.request is None:
        return None
    name = names.BODIES.get(operation_id, _pascal(operation_id) + "Request")
    payload = block.request.value
    in_array = isinstance(payload, list)
    shown = payload[0] if in_array else payload
    if block.body_rows[0].text == FREE_ROW:
        schema = _free_map(block.body_rows, components)
    else:
        schema = _object(_read_rows(block.body_rows, shown, components), shown, block.request.line)
    reference = components.add(block.line, name, schema)
    if in_array:
        reference = {"type": "array", "items": reference}
    return {"required": True, "content": {"application/json": {"schema": reference, "example": payload}}}


def _object(rows: list[Row], shown: dict[str, Any], line: int) -> dict[str, Any]:
    if [row.name for row in rows] != list(shown):
        raise PageError(line, "the payload and the rows of the body have different fields")
    properties = {row.name: row.schema | ({"description": row.description} if row.description else {}) for row in rows}
    required = [row.name for row in rows if row.required]
    return {"type": "object"} | ({"required": required} if required else {}) | {"properties": properties}


def _read_rows(lines: list[Line], shown: dict[str, Any], components: Components) -> list[Row]:
    rows: list[Row] = []
    rest = list(lines)
    while rest:
        line = rest.pop(0)
        if listed := LIST_ROW.fullmatch(line.text):
            # The page folds away what a job is made of; Add Jobs shows it.
            items = ref("CreateJobRequest")
            schema: dict[str, Any] = {"type": "array", "items": items, "default": []}
            rows.append(Row(line.number, listed["title"].lower(), False, schema))
        elif mapped := MAP_ROW.fullmatch(line.text):
            _drop(rest, line, FOLLOWS["map"])
            name = mapped["title"].lower()
            # Only the payload shows what the map holds.
            rows.append(Row(line.number, name, True, value_schema(line.number, shown[name], components)))
        elif either := EITHER_ROW.fullmatch(line.text):
            _drop(rest, line, FOLLOWS["either"])
            data = components.add(line.number, "QuizData", JSON_OBJECT)
            schema = {"anyOf": [data, {"type": "array", "items": data}]}
            rows.append(Row(line.number, either["title"].lower(), True, schema))
        else:
            rows.append(read_row(line, components))
    return rows


def _free_map(lines: list[Line], components: Components) -> dict[str, Any]:
    rest = lines[1:]
    _drop(rest, lines[0], FOLLOWS["free"])
    if rest:
        raise PageError(rest[0].number, "no row is expected after a map of free keys")
    entry = components.add(lines[0].number, "AnswerDict", JSON_OBJECT)
    return {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, entry]}}


def _drop(rest: list[Line], line: Line, expected: str) -> None:
    if not rest or rest[0].text != expected:
        raise PageError(rest[0].number if rest else line.number, f"expected {expected!r} after {line.text!r}")
    rest.pop(0)


def _pascal(operation_id: str) -> str:
    return "".join(word.capitalize() for word in operation_id.split("_"))

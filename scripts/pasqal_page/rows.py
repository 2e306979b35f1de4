"""Read one row of a table of parameters or of a request body."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from scripts.pasqal_page.blocks import Line, PageError
from scripts.pasqal_page.components import JSON_OBJECT, Components, ref

ROW = re.compile(r"(?P<head>[^|]*)\| (?P<rest>[^|]*?) \|")
HEAD = re.compile(r"(?P<name>[a-z][a-z0-9_]*)(?P<required> required)? ")
TYPE = re.compile(
    r"""(?P<type>string|integer|number|boolean|any|object|Array\ of\ strings)
        (?:\ <(?P<format>uuid|date-time)>)?
        \ \((?P<title>[^()]+)\)
        (?:\ \[\ items\ <(?P<items>uuid)\ >\ \])?
        (?P<unique>\ unique)?
        (?:\ (?P<open>[(\[])\ (?P<low>\d+)\ \.\.\ (?P<high>\d+)\ (?P<close>[)\]]))?
        (?:\ Default:\ (?P<default>"[^"]*"|\d+|true|false))?
        (?:\ (?P<each>Items\ )?Enum:(?P<enum>(?:\ "[^"]+")+))?
        (?:\ (?P<description>[A-Z].*))?""",
    re.VERBOSE,
)
# What pydantic writes for a filter without a default; no server has an empty uuid in mind.
NO_DEFAULT = '""'
DEFAULTS = {"string": str, "integer": int, "boolean": bool}
# What may stand behind each type; anything else would be read and then forgotten.
PARTS: dict[str, set[str]] = {
    "any": set(),
    "object": set(),
    "boolean": {"default"},
    "number": set(),
    "integer": {"open", "default"},
    "string": {"format", "default", "enum"},
    "Array of strings": {"format", "items", "unique", "each", "enum"},
}


@dataclass(frozen=True)
class Row:
    """A named value: a parameter, or a property of a request body."""

    line: int
    name: str
    required: bool
    schema: dict[str, Any]
    description: str | None = None


def read_row(line: Line, components: Components) -> Row:
    """A row that kept its name: `name [required] | type (Title) … |`."""
    row = ROW.fullmatch(line.text)
    head = HEAD.fullmatch(row["head"]) if row else None
    kind = TYPE.fullmatch(row["rest"]) if row else None
    if head is None or kind is None:
        raise PageError(line.number, f"cannot read the row {line.text!r}")
    description = kind["description"]
    if description and re.search(r'"|Default:|Enum:', description):
        raise PageError(line.number, f"cannot read the end of the row {line.text!r}")
    _check_parts(line, kind)
    if kind["enum"]:
        # Redoc prints the enum's own description after a single value and the field's after a list.
        of_enum = None if kind["each"] else description
        schema = _enum(line, kind, of_enum, components)
        description = description if kind["each"] else None
    else:
        _check_title(line, head["name"], kind["title"])
        schema = _plain(line, kind, components)
    return Row(line.number, head["name"], bool(head["required"]), schema, description)


def _check_parts(line: Line, kind: re.Match[str]) -> None:
    parts = {part for part in ("format", "items", "unique", "open", "each", "enum") if kind[part]}
    if kind["default"] not in (None, NO_DEFAULT):
        parts.add("default")
    if parts - PARTS[kind["type"]] or (kind["enum"] and parts & {"format", "items", "unique"}):
        raise PageError(line.number, f"{kind['type']} does not go with {', '.join(sorted(parts))}")


def _check_title(line: Line, name: str, title: str) -> None:
    """A title that says no more than the name may be left out; one that says more would be lost."""
    if title.lower() != re.sub(r"_+", " ", name):
        raise PageError(line.number, f"the title {title!r} is not the name {name!r}: is it a schema of its own?")


def _enum(line: Line, kind: re.Match[str], description: str | None, components: Components) -> dict[str, Any]:
    values = re.findall(r'"([^"]+)"', kind["enum"])
    components.add_enum(line.number, kind["title"], values, description)
    listed = kind["type"] == "Array of strings"
    if listed != bool(kind["each"]) or (not listed and kind["type"] != "string"):
        raise PageError(line.number, "an enum must be of one string or of an array of strings")
    if listed:
        return {"type": "array", "items": ref(kind["title"])}
    default = _default(line, kind)
    # A bare `$ref` with a default beside it loses the default in most readers; `allOf` keeps it.
    return ref(kind["title"]) if default is None else {"allOf": [ref(kind["title"])], "default": default}


def _plain(line: Line, kind: re.Match[str], components: Components) -> dict[str, Any]:
    if kind["type"] == "any":
        return {}
    if kind["type"] == "object":
        components.add(line.number, "JsonObject", JSON_OBJECT)
        return ref("JsonObject")
    if kind["type"] == "Array of strings":
        if kind["format"] != kind["items"]:
            raise PageError(line.number, "the format of the array and of its items differ")
        items = {"type": "string"} | ({"format": kind["items"]} if kind["items"] else {})
        return {"type": "array", "items": items} | ({"uniqueItems": True} if kind["unique"] else {})
    schema: dict[str, Any] = {"type": kind["type"]}
    if kind["format"]:
        schema["format"] = kind["format"]
    if kind["open"]:
        # Round brackets exclude their bound: `( 0 .. 101 )` are the integers from 1 to 100.
        schema["minimum"] = int(kind["low"]) + (kind["open"] == "(")
        schema["maximum"] = int(kind["high"]) - (kind["close"] == ")")
    default = _default(line, kind)
    return schema if default is None else schema | {"default": default}


def _default(line: Line, kind: re.Match[str]) -> Any:
    written = kind["default"]
    if written in (None, NO_DEFAULT):
        return None
    value = json.loads(written)
    if type(value) is not DEFAULTS.get(kind["type"]) or (kind["enum"] and written not in kind["enum"].split()):
        raise PageError(line.number, f"the default {written} does not fit its type")
    return value

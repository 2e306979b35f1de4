"""Type a JSON sample: Redoc's placeholders give the types, the shapes of `names` the names."""

from __future__ import annotations

import re
from typing import Any

from scripts.pasqal_page import names
from scripts.pasqal_page.blocks import PageError, Sample
from scripts.pasqal_page.components import JSON_OBJECT, Components, ref

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
DATE_TIME = "2019-08-24T14:15:22Z"
# Redoc invents two keys for an object whose keys are free.
FREE_KEYS = {"property1", "property2"}


def response_schema(sample: Sample, components: Components) -> dict[str, Any]:
    """The schema of a whole response: an envelope around `data`, or a bare object."""
    return _Reader(sample.line, components).response(sample.value)


def value_schema(line: int, value: Any, components: Components) -> dict[str, Any]:
    """The schema of a value of a request, where the page has no row to say it."""
    return _Reader(line, components).value("", value, {})


class _Reader:
    """Types the values of one sample."""

    def __init__(self, line: int, components: Components) -> None:
        self.line = line
        self.components = components

    def response(self, value: Any) -> dict[str, Any]:
        if value == {}:
            return self.free_object()
        if not isinstance(value, dict) or "data" not in value or not set(value) <= names.ENVELOPE:
            raise PageError(self.line, "a response is an object with `data`")
        data = self.value("data", value["data"], {})
        properties = {key: data if key == "data" else self.value(key, item, {}) for key, item in value.items()}
        name = self.envelope_name(value, data)
        return self.components.add(self.line, name, {"type": "object", "properties": properties})

    def envelope_name(self, value: dict[str, Any], data: dict[str, Any]) -> str:
        """`JobResponse` holds a job, `JobPage` a page of jobs, `JobListResponse` all of them."""
        inner = name_of(data.get("items", data))
        if inner == "JsonObject":
            return names.FREE_LISTS[frozenset(value)]
        if "pagination" in value:
            return f"{inner}Page"
        return f"{inner}ListResponse" if data.get("type") == "array" else f"{inner}Response"

    def value(self, key: str, value: Any, enums: dict[str, str]) -> dict[str, Any]:
        if isinstance(value, dict):
            return self.object(value)
        if isinstance(value, list):
            if len(value) != 1:
                raise PageError(self.line, f"the list {key!r} should show one item, as Redoc does")
            return {"type": "array", "items": self.value(key, value[0], enums)}
        if isinstance(value, bool):
            return {"type": "boolean"}
        if isinstance(value, int):
            return {"type": "number" if key in names.NUMBERS else "integer"}
        if isinstance(value, str):
            return self.text(key, value, enums)
        raise PageError(self.line, f"no type follows from {key!r}: {value!r}")

    def text(self, key: str, value: str, enums: dict[str, str]) -> dict[str, Any]:
        if key in enums:
            if value not in self.components.schemas[enums[key]]["enum"]:
                raise PageError(self.line, f"{value!r} is not in {enums[key]}")
            return ref(enums[key])
        if UUID.fullmatch(value):
            return {"type": "string", "format": "uuid"}
        if value == DATE_TIME:
            return {"type": "string", "format": "date-time"}
        if value == "string" or (key, value) in names.PLAIN_TEXTS:
            return {"type": "string"}
        raise PageError(self.line, f"{key!r} is {value!r}, which is not a placeholder of Redoc")

    def object(self, value: dict[str, Any]) -> dict[str, Any]:
        if not value:
            return self.free_object()
        if set(value) == FREE_KEYS:
            return self.map(value)
        shape = names.SHAPES.get(frozenset(value))
        if shape is None:
            raise PageError(self.line, f"an object with the keys {', '.join(value)} has no name yet")
        properties = {key: self.value(key, item, shape.enums) for key, item in value.items()}
        name, description = shape.name, shape.description
        if name in names.WITH_RESULTS and properties["jobs"]["items"] == ref("JobWithResult"):
            name = names.WITH_RESULTS[name]
            description = names.RESULTS_DESCRIPTION[name]
        schema = {"type": "object", "description": description, "properties": properties}
        return self.components.add(self.line, name, schema)

    def map(self, value: dict[str, Any]) -> dict[str, Any]:
        """An object whose keys are free and whose values are of one type."""
        first, second = (self.value("", item, {}) for item in value.values())
        if first != second:
            raise PageError(self.line, "the values of a map differ in type")
        name = f"{name_of(first) or first['type'].capitalize()}Map"
        return self.components.add(self.line, name, {"type": "object", "additionalProperties": first})

    def free_object(self) -> dict[str, Any]:
        return self.components.add(self.line, "JsonObject", JSON_OBJECT)


def name_of(schema: dict[str, Any]) -> str:
    """The name that a reference points to, or nothing."""
    return str(schema.get("$ref", "")).rpartition("/")[2]

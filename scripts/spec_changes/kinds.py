"""What a schema means to a program: its kind in words, its types in Python, and the rules for its values."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# Keywords that say something about a value without limiting it.
ANNOTATIONS = {
    *("title", "description", "example", "examples", "default", "deprecated", "readOnly", "writeOnly"),
    *("externalDocs", "xml", "nullable", "$comment"),
}
# Formats that change the type in Python, or what the text stands for. All others only describe.
STRINGS = {"date-time": "datetime", "date": "date", "binary": "bytes", "byte": "str (base64)"}
PYTHON = {"integer": "int", "number": "float", "boolean": "bool", "null": "None", "object": "object"}
LIMITS = {
    **dict.fromkeys(("minimum", "minLength", "minItems", "minProperties"), 1),
    **dict.fromkeys(("maximum", "maxLength", "maxItems", "maxProperties"), -1),
}
"""Bounds, with the direction in which they become stricter."""
_OTHER_RULES = ("pattern", "multipleOf", "uniqueItems", "default")


def parts_of(schema: Mapping[str, Any]) -> list[Any]:
    """Return the parts of an `allOf` that do more than describe, with the schema's own keywords as one of them."""
    parts = [part for part in schema.get("allOf") or () if _limits(part)]
    own = {key: value for key, value in schema.items() if key != "allOf"}
    return [*parts, own] if (_limits(own) and own.get("type") != "object") or "properties" in own else parts


def _limits(schema: Any) -> bool:
    return isinstance(schema, Mapping) and any(key not in ANNOTATIONS and not key.startswith("x-") for key in schema)


def kind_of(schema: Any) -> str:
    """Return the type of a value in a few words: `string (date-time)`, `list of Job`, `Job or text`."""
    if not isinstance(schema, Mapping) or not _limits(schema):
        return "anything"
    if "$ref" in schema:
        return _component(schema)
    if schema.get("allOf"):
        return " and ".join(sorted({kind_of(part) for part in parts_of(schema)})) or "anything"
    for keyword in ("oneOf", "anyOf"):
        if schema.get(keyword):
            return " or ".join(sorted({kind_of(part) for part in schema[keyword] if not _is_null(part)})) or "null"
    kind = " or ".join(sorted(_types(schema)))
    if kind == "array":
        return f"list of {kind_of(schema.get('items'))}"
    if isinstance(schema.get("additionalProperties"), Mapping) and not schema.get("properties"):
        return f"map of {kind_of(schema['additionalProperties'])}"
    return f"{kind} ({schema['format']})" if schema.get("format") else kind


def python_types(schema: Any) -> frozenset[str]:
    """Return the types that a value may have in Python, without None; `Any` if they are not described."""
    if not isinstance(schema, Mapping) or not _limits(schema):
        return frozenset({"Any"})
    if "$ref" in schema:
        return frozenset({_component(schema)})
    if schema.get("allOf"):
        parts = parts_of(schema)
        return python_types(parts[0]) if len(parts) == 1 else frozenset({"object" if parts else "Any"})
    for keyword in ("oneOf", "anyOf"):
        if schema.get(keyword):
            branches = [python_types(part) for part in schema[keyword] if not _is_null(part)]
            return frozenset().union(*branches)
    return frozenset(_python_type(kind, schema) for kind in _types(schema))


def _python_type(kind: str, schema: Mapping[str, Any]) -> str:
    if kind == "array":
        return f"list[{' | '.join(sorted(python_types(schema.get('items'))))}]"
    if kind == "string":
        return STRINGS.get(str(schema.get("format")), "str")
    if kind == "object" and not schema.get("properties"):
        inner = schema.get("additionalProperties")
        return f"dict[str, {' | '.join(sorted(python_types(inner)))}]" if isinstance(inner, Mapping) else "dict"
    return PYTHON.get(kind, "Any")


def _types(schema: Mapping[str, Any]) -> list[str]:
    kinds = schema.get("type")
    if kinds is None:
        words = [word for word in schema.get("enum") or () if word is not None]
        kinds = "string" if words and all(isinstance(word, str) for word in words) else None
    kinds = kinds or ("object" if "properties" in schema or "additionalProperties" in schema else "anything")
    return [name for name in (kinds if isinstance(kinds, list) else [kinds]) if name != "null"] or ["null"]


def _component(schema: Mapping[str, Any]) -> str:
    return str(schema["$ref"]).rsplit("/", 1)[-1]


def _is_null(schema: Any) -> bool:
    return isinstance(schema, Mapping) and schema.get("type") == "null"


def is_nullable(schema: Mapping[str, Any]) -> bool:
    kinds = schema.get("type")
    if schema.get("nullable") is True or (isinstance(kinds, list) and "null" in kinds):
        return True
    return any(_is_null(branch) for branch in (*(schema.get("oneOf") or ()), *(schema.get("anyOf") or ())))


def words_of(schema: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the words of an enum, or of the items of a list."""
    words = schema.get("enum")
    if words is None and isinstance(schema.get("items"), Mapping):
        words = schema["items"].get("enum")
    if words is None and "const" in schema:
        words = [schema["const"]]
    return tuple(word for word in words or () if word is not None)


def rules_of(schema: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    """Return bounds, pattern, default and whether other keys are allowed, in the same form for OpenAPI 3.0 and 3.1.

    A minimum and a maximum are pairs with whether they are exclusive.
    """
    return tuple(sorted(dict(_rules(schema)).items()))


def _rules(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for part in schema.get("allOf") or ():
        if isinstance(part, Mapping) and "$ref" not in part:
            yield from _rules(part)
    for key in (*LIMITS, *_OTHER_RULES):
        if key in schema:
            value = schema[key]
            yield key, value if isinstance(value, str | int | float | bool) else json.dumps(value, default=str)
    for bound, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
        limit = schema.get(exclusive, False)
        if bound in schema or not isinstance(limit, bool):
            yield bound, (schema[bound], limit) if isinstance(limit, bool) else (limit, True)
    if schema.get("additionalProperties") is False:
        yield "additionalProperties", False


def rule_text(key: str, value: Any) -> str:
    """Return a rule's value in words; `none` for a rule that is not there."""
    if value is None:
        return "allowed" if key == "additionalProperties" else "none"
    if isinstance(value, tuple):
        return f"{value[0]}, exclusive" if value[1] else str(value[0])
    return "not allowed" if key == "additionalProperties" else json.dumps(value)


def is_stricter(key: str, old: Any, new: Any) -> bool:
    """Whether a bound allows less than before."""
    return bool(new > old) if LIMITS[key] > 0 else bool(_largest(new) < _largest(old))


def _largest(value: Any) -> Any:
    # An exclusive maximum is stricter than the same one that is not.
    return (value[0], not value[1]) if isinstance(value, tuple) else value


def python_name(name: str) -> str:
    """Return the name that the generated code has for a parameter, a field or an operation."""
    text = re.sub(r"[^\w. -]", "", name)
    if any(letter.isupper() for letter in text):
        text = " ".join(re.split("([A-Z]?[a-z]+)", text))
    return "_".join(re.findall(r"[^. _-]+", text)).lower()

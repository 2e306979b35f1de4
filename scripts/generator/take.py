"""A document as openapi-python-client takes it: operations with their parameters, bodies and responses written out.

What changes the meaning is noted as `simplified`, and what cannot be taken at all as `dropped`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from scripts.documents import HTTP_METHODS
from scripts.generator.names import snake_case
from scripts.generator.notes import Prepared
from scripts.generator.schemas import Location, Notes, Schema, Schemas

JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
BYTES: Schema = {"type": "string", "format": "binary"}
TEXT: Schema = {"type": "string"}
_KEPT = ("operationId", "summary", "description", "deprecated", "security")
_IN_PATH = re.compile(r"{([^{}]*)}")
# What is between the members of a list in one query parameter.
_SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


class _UntakeableError(Exception):
    """An operation that cannot be taken; the message has the reason."""


def take(document: dict[str, Any], clean: Callable[[str], str] = str) -> Prepared:
    """Return the document with each class a component, and each change of the document's meaning.

    `clean` makes the name of a component's class from the component's own.
    """
    notes = Notes()
    taker = _Taker(document, notes, clean)
    paths: dict[str, Any] = {}
    for path, item in document["paths"].items():
        for method in [method for method in item if method in HTTP_METHODS]:
            where = f"{method.upper()} {path}"
            try:
                new_path, operation = taker.operation(where, path, item, item[method])
            except _UntakeableError as reason:
                notes.add("dropped", where, str(reason))
            else:
                paths.setdefault(new_path, {})[method] = operation
            if item[method].get("callbacks"):
                notes.add("ignored", where, f"its callbacks: {', '.join(item[method]['callbacks'])}")
    if document.get("webhooks"):
        notes.add("ignored", "the document", f"its webhooks: {', '.join(document['webhooks'])}")
    taker.schemas.cut_circles()
    info = document.get("info") or {}
    taken = {
        "openapi": document["openapi"],
        "info": {**info, "title": str(info.get("title") or "API"), "version": str(info.get("version") or "1")},
        **({"security": document["security"]} if "security" in document else {}),
        "paths": paths,
        "components": {"schemas": taker.schemas.components},
    }
    return Prepared(taken, list(notes))


class _Taker:
    def __init__(self, document: dict[str, Any], notes: Notes, clean: Callable[[str], str]) -> None:
        self.schemas = Schemas(document, notes, clean)
        self._notes = notes

    def operation(self, where: str, path: str, item: dict[str, Any], raw: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        """The operation, and its path with names that can be arguments."""
        parent = snake_case(raw["operationId"])
        out = {key: raw[key] for key in raw if key in _KEPT or key.startswith("x-")}
        if tags := [tag for tag in raw.get("tags") or [] if isinstance(tag, str) and tag]:
            out["tags"] = tags
        parameters: dict[tuple[str, str], dict[str, Any]] = {}
        for number, parameter in enumerate([*(raw.get("parameters") or []), *(item.get("parameters") or [])]):
            resolved = self._resolved(parameter, f"{where}: parameter {number + 1}")
            if resolved is not None:
                taken = self._parameter(resolved, where, parent)
                parameters.setdefault((taken["in"], taken["name"]), taken)
        path, out["parameters"] = self._in_path(where, path, self._of_different_names(where, parameters))
        if "requestBody" in raw:
            body = self._resolved(raw["requestBody"], f"{where}: body")
            if body is not None and body.get("content"):
                taken = self._body(body["content"], f"{where}: body", parent)
                out["requestBody"] = {"required": body.get("required") is True, **taken}
        out["responses"] = self._responses(raw.get("responses") or {}, where, parent)
        return path, out

    def _resolved(self, part: Any, where: str) -> dict[str, Any] | None:
        """What a parameter, a body or a response refers to; None where the document does not have it."""
        for _ in range(10):
            if not isinstance(part, dict):
                break
            if "$ref" not in part:
                return part
            reference, part = part["$ref"], self.schemas.target(part["$ref"])
            if part is None:
                self._notes.lose(where, f"left out, since the document does not have {reference}")
                return None
        self._notes.lose(where, "left out, since it is not an object")
        return None

    # --- parameters

    def _parameter(self, raw: dict[str, Any], where: str, parent: str) -> dict[str, Any]:
        name, kind = str(raw.get("name", "")), raw.get("in")
        where = f"{where}: {kind} parameter {name}"
        out = {key: raw[key] for key in ("name", "in", "description", "style", "explode") if key in raw}
        out |= {key: raw[key] for key in raw if key.startswith("x-")}
        out["required"] = kind == "path" or raw.get("required") is True
        content = raw.get("content") or {}
        described = raw.get("schema", next(iter(content.values()), {}).get("schema", {}))
        out["schema"] = schema = self.schemas.take(described, Location(where, parent, name))
        if kind == "cookie":
            self._notes.lose(where, "given as the header Cookie, as `name=value`")
            return out | {"in": "header", "name": "Cookie", "schema": TEXT}
        if kind not in {"query", "header", "path"}:
            raise _UntakeableError(f"it has the parameter {name!r} in {kind!r}")
        value = self._kind(schema)
        if "schema" not in raw and kind == "query":
            # Any value, as JSON in a text.
            return out | {"x-encoding": "json"}
        if value == "object" and kind == "query" and raw.get("style", "form") in {"form", "deepObject"}:
            is_spread = raw.get("style") != "deepObject" and raw.get("explode", True)
            if is_spread or raw.get("style") == "deepObject":
                return out | {"x-encoding": "spread" if is_spread else "deep"}
        if kind == "query" and raw.get("style") == "deepObject":
            return out | {"x-encoding": "deep"}
        usual = "form" if kind == "query" else "simple"
        if separator := self._separator(raw, value):
            return out | {"x-encoding": separator}
        is_odd = raw.get("style", usual) != usual
        if is_odd or "schema" not in raw or value == "object" or (kind != "query" and value not in {"value", "any"}):
            self._notes.lose(where, "text, written by the caller")
            return out | {"schema": TEXT, "style": usual}
        if kind == "path" and {"type": "null"} in schema.get("oneOf", []):
            self._notes.add("normalized", where, "never null, since it is in the path")
            parts = [part for part in schema["oneOf"] if part != {"type": "null"}]
            return out | {"schema": parts[0] if len(parts) == 1 else {"oneOf": parts}}
        if kind == "header" and (value == "any" or self._has_time(schema)):
            return out | {"schema": TEXT}
        return out

    def _of_different_names(
        self, where: str, parameters: dict[tuple[str, str], dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """The parameters, of which no two of a kind differ only in signs: they would be one argument."""
        kept: dict[tuple[str, str], dict[str, Any]] = {}
        for (kind, name), parameter in sorted(parameters.items(), key=lambda entry: not entry[1]["required"]):
            key = (kind, re.sub(r"\W", "", name))
            if key not in kept:
                kept[key] = parameter
            elif parameter["required"]:
                raise _UntakeableError(f"its parameters {kept[key]['name']} and {name} would be one argument")
            else:
                other = kept[key]["name"]
                self._notes.lose(f"{where}: {kind} parameter {name}", f"left out: {other} would be the same argument")
        return [parameter for parameter in parameters.values() if parameter in kept.values()]

    def _has_time(self, schema: Schema) -> bool:
        """Whether a value is a time or a date, which openapi-python-client does not take in a header."""
        schema = self.schemas.resolved(schema)
        return str(schema.get("format")).startswith("date") or any(map(self._has_time, schema.get("oneOf", [])))

    @staticmethod
    def _separator(raw: dict[str, Any], value: str) -> str | None:
        """What joins a query parameter's list into one text; None where the key is repeated."""
        style = raw.get("style", "form")
        is_joined = raw.get("in") == "query" and value == "array" and not raw.get("explode", style == "form")
        return _SEPARATORS.get(style) if is_joined else None

    def _kind(self, schema: Schema) -> str:
        schema = self.schemas.resolved(schema)
        if "oneOf" in schema:
            kinds = {self._kind(part) for part in schema["oneOf"] if part.get("type") != "null"}
            return "object" if "object" in kinds else "array" if "array" in kinds else kinds.pop() if kinds else "any"
        kind = str(schema.get("type", "any"))
        return kind if kind in {"array", "object", "any"} and "const" not in schema else "value"

    def _in_path(self, where: str, path: str, parameters: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
        """The path and its parameters, which are those that are in it, each under a name that can be an argument."""
        names = _IN_PATH.findall(path)
        if len(set(names)) < len(names):
            raise _UntakeableError("a parameter is in its path twice")
        declared = {parameter["name"]: parameter for parameter in parameters if parameter["in"] == "path"}
        for name in declared.keys() - set(names):
            self._notes.add("normalized", where, f"without the path parameter {name}, which is not in its path")
        for name in names:
            if name not in declared:
                self._notes.add("normalized", where, f"the path parameter {name}, which it does not describe, is text")
                declared[name] = {"name": name, "in": "path", "required": True, "schema": TEXT}
            plain = re.sub(r"\W+", "_", name).strip("_")
            plain = plain if plain and not plain[0].isdigit() else f"field_{plain}"
            if not re.fullmatch(r"[a-zA-Z_-][a-zA-Z0-9_-]*", name):
                path = path.replace("{" + name + "}", "{" + plain + "}")
                declared[name]["name"] = plain
        own = [declared[name] for name in names]
        # In the order of the document, where that is possible.
        present = [parameter for parameter in parameters if parameter["in"] != "path" or parameter in own]
        return path, present + [parameter for parameter in own if parameter not in present]

    # --- bodies and responses

    def _body(self, content: dict[str, Any], where: str, parent: str) -> dict[str, Any]:
        kinds = sorted(content, key=lambda kind: (_rank(kind), list(content).index(kind)))
        kind = kinds[0]
        if len(kinds) > 1:
            self._notes.lose(where, f"several content types: {kind}, not {', '.join(kinds[1:])}")
        media = content[kind] if isinstance(content[kind], dict) else {}
        schema = self.schemas.take(media.get("schema"), Location(where, parent, "body"))
        described = self._kind(schema)
        if _rank(kind) == 0 or (kind == "*/*" and described != "value"):
            if kind == "*/*":
                self._notes.lose(where, "sent as application/json, since it may be of any type")
            return {"content": {JSON if kind == "*/*" else kind: {"schema": schema, **_examples(media)}}}
        if _rank(kind) < _OTHER and described == "object":
            styles = [encoding.get("style") for encoding in (media.get("encoding") or {}).values()]
            return {
                "content": {kind: {"schema": schema, **_examples(media)}},
                "x-deep": kind == FORM and "deepObject" in styles,
            }
        if _name_of(kind) != "application/octet-stream":
            self._notes.add("normalized", where, f"{kind} is given as bytes")
        return {
            "content": {"application/octet-stream": {"schema": BYTES}},
            "x-content-type": "application/octet-stream" if "*" in kind else kind,
        }

    def _responses(self, raw: dict[str, Any], where: str, parent: str) -> dict[str, Any]:
        out: dict[str, Any] = {}
        for number, response in raw.items():
            status = str(number).upper() if str(number) != "default" else "default"
            place = f"{where}: response {status}"
            if not re.fullmatch(r"[1-5](\d\d|XX)|default", status):
                self._notes.lose(place, "left out, since that is not a status")
                continue
            resolved = self._resolved(response, place)
            content = (resolved or {}).get("content") or {}
            out[status] = {"description": str((resolved or {}).get("description", ""))}
            if content:
                out[status]["content"] = self._content(content, place, parent, f"response_{status}")
        return out or {"default": {"description": ""}}

    def _content(self, content: dict[str, Any], where: str, parent: str, name: str) -> dict[str, Any]:
        kind = min(content, key=lambda kind: (_rank(kind), list(content).index(kind)))
        media = content[kind] if isinstance(content[kind], dict) else {}
        if len(content) > 1:
            others = ", ".join(other for other in content if other != kind)
            self._notes.add("normalized", where, f"{kind} is read, not {others}")
        schema = self.schemas.take(media.get("schema"), Location(where, parent, name)) if "schema" in media else None
        if _rank(kind) == 0:
            return {kind: {} if schema is None else {"schema": schema, **_examples(media)}}
        if _name_of(kind).startswith("text/"):
            return {kind: {"schema": TEXT}}
        if kind == "*/*" and schema is not None and self._kind(schema) in {"array", "object"}:
            self._notes.lose(where, "read as JSON, since it may be of any type")
            return {JSON: {"schema": schema}}
        if _name_of(kind) != "application/octet-stream":
            self._notes.add("normalized", where, f"{kind} is returned as bytes")
        return {"application/octet-stream": {"schema": BYTES}}


_OTHER = 3


def _examples(media: dict[str, Any]) -> dict[str, Any]:
    """The examples that are written out."""
    several = media.get("examples")
    named = {name: one for name, one in several.items() if "value" in one} if isinstance(several, dict) else {}
    return {"example": media["example"]} if "example" in media else {"examples": named} if named else {}


def _name_of(kind: str) -> str:
    return kind.partition(";")[0].strip().lower()


def _rank(kind: str) -> int:
    """The order in which media types are preferred: JSON, forms, then all others."""
    name = _name_of(kind)
    if name == JSON or name.endswith("+json"):
        return 0
    return {FORM: 1, MULTIPART: 2}.get(name, _OTHER)

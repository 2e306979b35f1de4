"""Checks of requests against the operations of the clouds' documents.

As the clouds' own clients expect, null counts as absent in a body, an empty value in a query, and properties and
parameters that the document does not have are ignored.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any, Literal, TypeAlias

from starlette.requests import Request

from .http import ProblemError, strict_json
from .operations import Operation, Schema
from .shapes import is_list, is_object

Location: TypeAlias = Literal["path", "query", "body"]
Kind: TypeAlias = Literal["required", "json", "type", "enum", "uuid", "date-time", "minimum", "maximum", "unique"]
Path: TypeAlias = tuple[str | int, ...]
Leniency: TypeAlias = Literal["optional", "any value", "unchecked"]
"""A required value may be missing; words, limits and formats are not checked; nothing is checked."""
_NAMES = {
    "string": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "array": "a list",
    "object": "an object",
}
_ITEMS = {"string": "texts", "integer": "whole numbers", "number": "numbers"}
_SENT = {
    **{"bool": "a boolean", "int": "a number", "float": "a number", "str": "a text"},
    **{"list": "a list", "dict": "an object", "NoneType": "null"},
}
_CLASSES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}
_BOOLEANS = {"true": True, "1": True, "yes": True, "on": True, "false": False, "0": False, "no": False, "off": False}
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)")


class InvalidRequestError(Exception):
    """One part of a request is missing or wrong: where, how, and what is expected there."""

    def __init__(self, location: Location, path: Path, kind: Kind, expected: str, schema: Schema | None = None) -> None:
        """`path` leads to the part from its location."""
        super().__init__(f"{'.'.join(map(str, path)) or location} should be {expected}")
        self.location: Location = location
        self.path = path
        self.kind: Kind = kind
        self.expected = expected
        self.schema: Schema = schema or {}

    @property
    def name(self) -> str:
        """The path as one word."""
        return ".".join(map(str, self.path)) or self.location


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How a cloud reads requests and words what is wrong, where the clouds differ."""

    refuse: Callable[[InvalidRequestError], ProblemError]
    """Make the cloud's own error."""
    respond: Callable[[ProblemError, Request], Any] | None = None
    """Make the response to an error; None leaves that to the application."""
    name_of: Callable[[str], str] = str
    """The document's spelling of a name in a query or body."""
    check_path: bool = False
    """Whether a path parameter can be invalid; otherwise its resource does not exist."""
    ignore_case: bool = False
    """Whether words may be spelled in any case."""
    strict_times: bool = False
    """Whether times must be RFC 3339 in full."""
    drop_repetitions: bool = False
    """Whether repetitions in a list without are dropped, not refused."""
    allow_no_body: bool = False
    """Whether a missing body is an empty object."""
    exceptions: Mapping[str, Mapping[str, Leniency]] = field(default_factory=dict[str, Mapping[str, Leniency]])
    """By operation, the properties and parameters that are checked less strictly here than by the document."""


def parse_time(text: str, *, local: tzinfo = UTC, strict: bool = False) -> datetime | None:
    """Return an ISO 8601 time, or None. Without an offset it is in the zone `local`; `strict` accepts RFC 3339 only."""
    # A plus sign that was not escaped in a query arrives as a space.
    spelled = text.upper() if strict else text.replace(" ", "+") if "T" in text else text
    if strict and not _RFC3339.fullmatch(text):
        return None
    try:
        time = datetime.fromisoformat(spelled)
        time = (time if time.tzinfo else time.replace(tzinfo=local)).astimezone(UTC)
        time.timestamp()
    except (ValueError, OverflowError):
        return None
    return time


async def check_request(operation: Operation, request: Request, dialect: Dialect) -> None:
    """Put the checked query and body into `request.state`. Raises InvalidRequestError.

    The query has Python values under the document's names, times as datetimes in UTC. Only parameters that are there,
    or have a default, are in it. UUIDs are in their usual spelling.
    """
    reader = _Reader(dialect, dialect.exceptions.get(operation.name, {}))
    if dialect.check_path:
        for parameter in operation.parameters:
            if parameter.location == "path":
                value = request.path_params[parameter.name]
                request.path_params[parameter.name] = reader.check(value, parameter.schema, "path", (parameter.name,))
    request.state.query = reader.query(operation, request)
    if operation.body is not None:
        request.state.body = await reader.body(operation, request)


class _Reader:
    def __init__(self, dialect: Dialect, exceptions: Mapping[str, Leniency]) -> None:
        self._dialect = dialect
        self._exceptions = exceptions

    def query(self, operation: Operation, request: Request) -> dict[str, Any]:
        sent: dict[str, list[str]] = {}
        for name, text in request.query_params.multi_items():
            if text:
                sent.setdefault(self._dialect.name_of(name), []).append(text)
        values: dict[str, Any] = {}
        for parameter in operation.parameters:
            name, schema = parameter.name, parameter.schema
            if parameter.location != "query":
                continue
            texts = sent.get(name)
            if texts is None:
                if parameter.required and name not in self._exceptions:
                    raise InvalidRequestError("query", (name,), "required", "given")
                if "default" in schema:
                    values[name] = schema["default"]
            elif schema.get("type") == "array":
                values[name] = [self._parsed(text, schema.get("items", {}), (name,)) for text in texts]
            else:
                values[name] = self._parsed(texts[-1], schema, (name,))
        return values

    def _parsed(self, text: str, schema: Schema, path: Path) -> Any:
        value: Any = text
        match schema.get("type"):
            # int() alone takes spaces, underscores and other digits.
            case "integer" if re.fullmatch(r"[+-]?[0-9]{1,18}", text):
                value = int(text)
            case "boolean":
                value = _BOOLEANS.get(text.lower(), text)
            case _:
                pass
        value = self.check(value, schema, "query", path)
        if schema.get("format") == "date-time" and path[0] not in self._exceptions:
            return parse_time(text, strict=self._dialect.strict_times)
        return value

    async def body(self, operation: Operation, request: Request) -> Any:
        text = await request.body()
        schema = operation.body or {}
        if not text.strip() and (self._dialect.allow_no_body or not operation.body_required):
            text = b"{}"
        if not text:
            raise InvalidRequestError("body", (), "required", "given")
        try:
            body = strict_json(text)
        except (ValueError, RecursionError) as error:
            raise InvalidRequestError("body", (), "json", f"JSON: {error}") from None
        if is_object(body):
            body = {self._dialect.name_of(name): value for name, value in body.items()}
        if body is None:
            raise InvalidRequestError("body", (), "type", f"{_expected(schema)}, not null", schema)
        return self.check(body, schema, "body", ())

    def check(self, value: Any, schema: Schema, location: Location, path: Path) -> Any:
        """Return the value in its usual spelling."""
        leniency = self._exceptions.get(str(path[-1])) if path else None
        if leniency == "unchecked":
            return value
        types = schema.get("type")
        types = [types] if isinstance(types, str) else types
        if types and not any(_is_a(value, name) for name in types):
            sent = "" if location == "query" else f", not {_SENT[type(value).__name__]}"
            raise InvalidRequestError(location, path, "type", f"{_expected(schema)}{sent}", schema)
        if leniency == "any value":
            return value
        if "enum" in schema:
            value = self._word(value, schema, location, path)
        if "minimum" in schema and value < schema["minimum"]:
            raise InvalidRequestError(location, path, "minimum", f"at least {schema['minimum']}", schema)
        if "maximum" in schema and value > schema["maximum"]:
            raise InvalidRequestError(location, path, "maximum", f"at most {schema['maximum']}", schema)
        if (expected := _unlike(value, schema)) is not None:
            raise InvalidRequestError(location, path, "type", expected, schema)
        if "format" in schema:
            value = self._formatted(value, schema, location, path)
        if is_object(value):
            return self._object(value, schema, location, path)
        if is_list(value):
            return self._list(value, schema, location, path)
        return value

    def _word(self, value: Any, schema: Schema, location: Location, path: Path) -> Any:
        for option in schema["enum"]:
            same_word = isinstance(value, str) and self._dialect.ignore_case and value.casefold() == option.casefold()
            if value == option or same_word:
                return option
        raise InvalidRequestError(location, path, "enum", f"one of {', '.join(map(str, schema['enum']))}", schema)

    def _formatted(self, value: str, schema: Schema, location: Location, path: Path) -> str:
        if schema["format"] == "uuid":
            try:
                return str(uuid.UUID(value))
            except ValueError:
                raise InvalidRequestError(location, path, "uuid", "a UUID", schema) from None
        if schema["format"] == "date-time" and parse_time(value, strict=self._dialect.strict_times) is None:
            raise InvalidRequestError(location, path, "date-time", "a time such as 2026-01-31T12:00:00Z", schema)
        return value

    def _object(self, value: dict[str, Any], schema: Schema, location: Location, path: Path) -> dict[str, Any]:
        properties = schema.get("properties", {})
        if path and properties:
            value = {self._dialect.name_of(name): item for name, item in value.items()}
        for name in schema.get("required", ()):
            if value.get(name) is None and self._exceptions.get(name) not in ("optional", "unchecked"):
                raise InvalidRequestError(location, (*path, name), "required", "given")
        for name, item in properties.items():
            if value.get(name) is not None:
                value[name] = self.check(value[name], item, location, (*path, name))
        return value

    def _list(self, value: list[Any], schema: Schema, location: Location, path: Path) -> list[Any]:
        items = schema.get("items", {})
        item_type = str(items.get("type"))
        if item_type in _ITEMS and not all(_is_a(item, item_type) for item in value):
            raise InvalidRequestError(location, path, "type", f"a list of {_ITEMS[item_type]}", schema)
        value = [self.check(item, items, location, (*path, index)) for index, item in enumerate(value)]
        if schema.get("uniqueItems") and item_type in _ITEMS and len(set(value)) < len(value):
            if not self._dialect.drop_repetitions:
                raise InvalidRequestError(location, path, "unique", "without repetitions", schema)
            return list(dict.fromkeys(value))
        return value


def _unlike(value: Any, schema: Schema) -> str | None:
    """Return what is expected of a text's length or pattern, or of a list's length; None if it is as expected."""
    kind = "Length" if isinstance(value, str) else "Items" if is_list(value) else None
    if kind is None:
        return None
    unit = "characters" if kind == "Length" else "elements"
    if len(value) < schema.get(f"min{kind}", 0):
        return f"at least {schema[f'min{kind}']} {unit} long"
    if len(value) > schema.get(f"max{kind}", len(value)):
        return f"at most {schema[f'max{kind}']} {unit} long"
    pattern = schema.get("pattern")
    if pattern is not None and isinstance(value, str) and not _matches(pattern, value):
        return f"a text like {pattern}"
    return None


def _matches(pattern: str, value: str) -> bool:
    try:
        return re.search(pattern, value) is not None
    except re.error:
        # Patterns are those of JavaScript, a few of which Python cannot read.
        return True


def check_value(value: Any, schema: Schema) -> None:
    """Check a value against a reduced schema. Raises InvalidRequestError."""
    _Reader(_PLAIN, {}).check(value, schema, "body", ())


def _is_a(value: Any, name: str) -> bool:
    # A boolean is an int in Python.
    return isinstance(value, _CLASSES[name]) and (name == "boolean" or not isinstance(value, bool))


def _expected(schema: Schema) -> str:
    types = schema.get("type", "object")
    items = _ITEMS.get(str(schema.get("items", {}).get("type")))
    if types == "array" and items:
        return f"a list of {items}"
    return " or ".join(_NAMES[name] for name in ([types] if isinstance(types, str) else types))


_PLAIN = Dialect(refuse=lambda error: ProblemError(400, str(error)))

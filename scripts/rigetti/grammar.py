"""Every kind of node in the Rigetti document, and what may stand in it.

This is little more than the part of OpenAPI 3.0 that the document uses: the narrower the grammar, the fewer
lines fit in two places, and a keyword that appears one day is reported instead of guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from scripts.documents import HTTP_METHODS


@dataclass(frozen=True)
class Word:
    """A value that is complete on its own line: a word, a number, a boolean, an empty flow value."""


@dataclass(frozen=True)
class Prose:
    """A text, which may run over several lines."""

    may_be_empty: bool = False


@dataclass(frozen=True)
class Obj:
    """An object with fixed keys."""

    name: str
    fields: dict[str, Shape] = field(default_factory=dict)
    or_word: bool = False


@dataclass(frozen=True)
class MapOf:
    """An object whose keys are free but for a pattern."""

    name: str
    key: str
    value: Shape


@dataclass(frozen=True)
class ListOf:
    """A list of one kind of item."""

    name: str
    item: Shape


Shape: TypeAlias = Word | Prose | Obj | MapOf | ListOf
Node: TypeAlias = Obj | MapOf | ListOf

WORD = Word()
PROSE = Prose()
WORDS = ListOf("words", WORD)

SCHEMA_KIND = "schema"
SCHEMA = Obj(
    SCHEMA_KIND,
    {
        "$ref": WORD,
        "default": WORD,
        "deprecated": WORD,
        "description": PROSE,
        "enum": WORDS,
        "example": WORD,
        "exclusiveMinimum": WORD,
        "format": WORD,
        "maxItems": WORD,
        "maxLength": WORD,
        "minItems": WORD,
        "minLength": WORD,
        "minimum": WORD,
        "pattern": WORD,
        "required": WORDS,
        "title": WORD,
        "type": WORD,
    },
)
# The keywords that hold schemas again. Property names begin with a small letter and schema names with a
# capital one: after a schema that ends with its properties, this alone distinguishes the next schema from a property.
SCHEMA.fields.update(
    {
        "additionalProperties": Obj(SCHEMA_KIND, SCHEMA.fields, or_word=True),
        "allOf": ListOf("schema list", SCHEMA),
        "items": SCHEMA,
        "properties": MapOf("properties", r"[a-z]\w*", SCHEMA),
    }
)

PARAMETER = Obj(
    "param",
    {"$ref": WORD, "description": PROSE, "in": WORD, "name": WORD, "required": WORD, "schema": SCHEMA},
)
PARAMETERS = ListOf("param list", PARAMETER)
CONTENT = MapOf("content", r"[a-z]+/[a-z.+-]+", Obj("media", {"schema": SCHEMA}))
BODY = Obj("body", {"content": CONTENT, "description": PROSE, "required": WORD})
HEADERS = MapOf("headers", r"[A-Z][A-Za-z-]*", Obj("header", {"description": PROSE, "schema": SCHEMA}))
RESPONSE = Obj("response", {"content": CONTENT, "description": PROSE, "headers": HEADERS})
SECURITY = ListOf("security", MapOf("security requirement", r"[A-Z]\w*", WORDS))
OPERATION = Obj(
    "op",
    {
        "deprecated": WORD,
        "description": PROSE,
        "operationId": WORD,
        "parameters": PARAMETERS,
        "requestBody": BODY,
        "responses": MapOf("responses", r"\d{3}", RESPONSE),
        "security": SECURITY,
        "summary": PROSE,
        "tags": WORDS,
    },
)
PATH = Obj("path", {**dict.fromkeys(HTTP_METHODS, OPERATION), "parameters": PARAMETERS})
SECURITY_SCHEME = Obj("securityScheme", {"bearerFormat": WORD, "description": PROSE, "scheme": WORD, "type": WORD})
COMPONENTS = Obj(
    "components",
    {
        "schemas": MapOf("schemas", r"[A-Z]\w*", SCHEMA),
        "securitySchemes": MapOf("securitySchemes", r"[A-Z]\w*", SECURITY_SCHEME),
        "parameters": MapOf("parameters", r"[a-z]\w*", PARAMETER),
    },
)
INFO = Obj(
    "info",
    {
        "contact": Obj("contact", {"email": WORD, "name": WORD, "url": WORD}),
        "description": PROSE,
        "title": WORD,
        "version": WORD,
        "x-logo": WORD,
    },
)
# Two tags had nothing but markup as their description, which is gone: an empty text, as null is not valid.
TAG = Obj("tag", {"name": WORD, "description": Prose(may_be_empty=True), "x-displayName": WORD})
ROOT = Obj(
    "root",
    {
        "openapi": WORD,
        "info": INFO,
        "servers": ListOf("servers", Obj("server", {"description": PROSE, "url": WORD})),
        "tags": ListOf("tags", TAG),
        "x-tagGroups": ListOf("tag groups", Obj("tag group", {"name": WORD, "tags": WORDS})),
        "paths": MapOf("paths", r"/\S*", PATH),
        "components": COMPONENTS,
        "security": SECURITY,
    },
)

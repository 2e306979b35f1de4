"""Simplify a document for the generator, part by part, with a report of each change.

For documents of other APIs: a part that the generator cannot take is described as any value, and is returned as it was
sent. Nothing is left out.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any

from scripts.documents import operations, parameters
from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.prepare import is_joined

_OPERATION = re.compile(r"parsing ([A-Z]+) (\S+) within|^([A-Z]+) (/\S*?):", re.MULTILINE)
_SCHEMA = re.compile(r"(?:/components/schemas/|#/components/schemas/)([^\s:\"',]+)")
ROUNDS = 30


def simplified(
    document: dict[str, Any], generate: Callable[[dict[str, Any]], None], failures: tuple[type[Exception], ...]
) -> list[str]:
    """Call `generate` with simpler and simpler copies of a document until it succeeds; what was made simpler.

    Raises the failure where nothing can be made simpler any more.
    """
    document = copy.deepcopy(document)
    done: list[str] = []
    for _ in range(ROUNDS):
        try:
            generate(document)
        except failures as error:
            steps = _simpler(document, str(error))
            if not steps:
                raise
            done += steps
        else:
            return done
    raise UnsupportedDocumentError(f"still not simple enough after {ROUNDS} rounds: {'; '.join(done[-5:])}")


def _simpler(document: dict[str, Any], message: str) -> list[str]:
    steps: list[str] = []
    schemas = document.get("components", {}).get("schemas") or {}
    by_request = {(method, path): raw for method, path, raw in operations(document)}
    # A schema that cannot be taken makes operations fail too: it comes first, and they may be right.
    named = dict.fromkeys(_owner(name, schemas) for name in _SCHEMA.findall(message))
    broken = [name for name in named if schemas.get(name)]
    for name in broken:
        schemas[name] = {}
    if broken:
        return [f"schema {name} is anything" for name in broken]
    for groups in _OPERATION.findall(message):
        request = (groups[0] or groups[2], groups[1] or groups[3])
        raw = by_request.get(request)
        if raw and f"{' '.join(request)}: x-pages" in message:
            # What it refers to was made simpler.
            del raw["x-pages"]
            steps.append(f"{' '.join(request)}: no pager")
        elif raw:
            steps += _simpler_operation(document, request, raw)
    return steps


def _owner(named: str, schemas: dict[str, Any]) -> str:
    """The component that a name of the generator's belongs to: `Job_type_0` is a part of `Job`."""
    owners = [name for name in schemas if named == name or named.startswith(f"{name}_")]
    return max(owners, key=len, default=named)


def _simpler_operation(document: dict[str, Any], request: tuple[str, str], raw: dict[str, Any]) -> list[str]:
    steps: list[str] = []
    where = " ".join(request)
    for status, response in raw.get("responses", {}).items():
        content = response.get("content")
        if content and not _is_simple(content):
            raw["responses"][status] = {**response, "content": _simple(content)}
            steps.append(f"{where}: response {status} is {_word(content)}")
    body = raw.get("requestBody", {})
    if body.get("content") and not _is_simple(body["content"]):
        raw["requestBody"] = {**body, "content": _simple(body["content"])}
        steps.append(f"{where}: its body is {_word(body['content'])}")
    for parameter in parameters(document, request[1], raw):
        if parameter["in"] == "cookie":
            # A cookie is a header whose value callers write as `name=value`.
            steps.append(f"{where}: cookie {parameter['name']} is given as the header Cookie")
            present = [header.get("name") for header in raw.get("parameters", [])]
            if "Cookie" in present:
                raw["parameters"].remove(parameter)
                continue
            parameter.update({"in": "header", "name": "Cookie", "schema": {"type": "string"}})
        odd = parameter["in"] == "query" and parameter.get("style", "form") != "form" and not is_joined(parameter)
        if "schema" not in parameter or odd:
            parameter["schema"] = {"type": "string"}
            for key in ("content", "style", "explode"):
                parameter.pop(key, None)
            steps.append(f"{where}: {parameter['in']} parameter {parameter['name']} is text")
    return steps


def _is_simple(content: dict[str, Any]) -> bool:
    return content in ({"application/json": {"schema": {}}}, {"application/octet-stream": _BYTES})


_BYTES = {"schema": {"type": "string", "format": "binary"}}


def _simple(content: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": {}}} if _has_json(content) else {"application/octet-stream": dict(_BYTES)}


def _word(content: dict[str, Any]) -> str:
    return "any JSON" if _has_json(content) else "bytes"


def _has_json(content: dict[str, Any]) -> bool:
    return any("json" in kind for kind in content)

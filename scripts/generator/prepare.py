"""What is done to a document, in memory, before openapi-python-client reads it."""

from __future__ import annotations

import re
from typing import Any

from scripts.documents import operations, parameters
from scripts.generator.errors import UnsupportedDocumentError
from scripts.generator.normalize import normalized
from scripts.generator.notes import Prepared


def prepare(document: dict[str, Any], *, strip_prefixes: tuple[str, ...] = ()) -> Prepared:
    """A copy with clean component names; raises on what the generated code could not honour."""
    document, notes = normalized(document)
    _check(document)
    _name_branches(document.get("components", {}).get("schemas", {}))
    document = _without_titles(document, inside_schema=False)
    return Prepared(_rename_components(document, strip_prefixes) if strip_prefixes else document, notes)


def _name_branches(schemas: dict[str, Any]) -> None:
    """Make a component of each inline object that is an alternative in a `oneOf` or `anyOf`.

    openapi-python-client builds such objects twice and then drops them, with whatever refers to them.
    """
    for name in list(schemas):
        for keyword in ("oneOf", "anyOf"):
            for number, branch in enumerate(schemas[name].get(keyword, [])):
                if "properties" not in branch:
                    continue
                title = re.sub(r"\W+", "_", branch.get("title", f"{name}_{number}"))
                new = title if title not in schemas else f"{name}_{title}"
                if new in schemas:
                    raise UnsupportedDocumentError(f"alternative {number} of {name} needs a title of its own")
                schemas[new] = branch
                schemas[name][keyword][number] = {"$ref": f"#/components/schemas/{new}"}


def _without_titles(node: Any, *, inside_schema: bool = True) -> Any:
    """Without schema titles, which the generator would use as class names: components are named by their keys."""
    if isinstance(node, list):
        return [_without_titles(item, inside_schema=inside_schema) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key == "title" and inside_schema and isinstance(value, str):
            continue
        if key in {"properties", "schemas"} and isinstance(value, dict):
            # The keys here are names, of which one may well be `title`.
            out[key] = {name: _without_titles(schema) for name, schema in value.items()}
        elif key in {"example", "examples", "default", "enum"}:
            out[key] = value
        else:
            out[key] = _without_titles(value, inside_schema=inside_schema or key == "schema")
    return out


def _rename_components(document: dict[str, Any], prefixes: tuple[str, ...]) -> dict[str, Any]:
    """`scaleway.qaas.v1alpha1.Session.Access` becomes `SessionAccess`, also wherever it is referred to."""
    schemas = document["components"]["schemas"]
    names = {name: _clean(name, prefixes) for name in schemas}
    if len(set(names.values())) != len(names):
        raise UnsupportedDocumentError("two components have the same name once their prefixes are gone")
    document["components"]["schemas"] = {names[name]: schema for name, schema in schemas.items()}
    start = "#/components/schemas/"

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: start + names[value.removeprefix(start)]
                if key == "$ref" and isinstance(value, str) and value.startswith(start)
                else walk(value)
                for key, value in node.items()
            }
        return [walk(item) for item in node] if isinstance(node, list) else node

    return walk(document)


def _clean(name: str, prefixes: tuple[str, ...]) -> str:
    for prefix in prefixes:
        name = name.removeprefix(prefix)
    name = "".join(part[:1].upper() + part[1:] for part in re.split(r"[._]", name))
    # `ACLs` would become the words `AC` and `Ls`.
    return re.sub(r"[A-Z]{2,}s(?=[A-Z]|$)", lambda match: match[0].capitalize(), name)


def _check(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        where = f"{method} {path}"
        for parameter in parameters(document, path, operation):
            _check_parameter(parameter, f"{where}: {parameter['name']}")


def _check_parameter(parameter: dict[str, Any], where: str) -> None:
    if parameter["in"] == "cookie":
        raise UnsupportedDocumentError(f"{where} is a cookie parameter, which are not supported")
    if "schema" not in parameter:
        raise UnsupportedDocumentError(f"{where} has no schema, and would be left out")
    style = "form" if parameter["in"] == "query" else "simple"
    if parameter.get("style", style) != style and not is_joined(parameter):
        raise UnsupportedDocumentError(f"{where} is not in the usual form (style: {parameter['style']})")


# What stands between the members of a list in one query parameter.
SEPARATORS = {"form": ",", "spaceDelimited": " ", "pipeDelimited": "|"}


def is_joined(parameter: dict[str, Any]) -> bool:
    """Whether a query parameter's list goes into one text."""
    explode = parameter.get("explode", parameter.get("style", "form") == "form")
    kind = parameter.get("schema", {}).get("type")
    is_list = kind == "array" or (isinstance(kind, list) and "array" in kind)
    return parameter["in"] == "query" and is_list and not explode and parameter.get("style", "form") in SEPARATORS

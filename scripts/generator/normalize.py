"""Write a document in the words of its own OpenAPI version, where the cloud did not; nothing changes its meaning."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from scripts.documents import operations
from scripts.generator import walk
from scripts.generator.notes import Note, Prepared

# What says something about a value, but not which values there are.
_ANNOTATIONS = {
    *("title", "description", "example", "examples", "default", "deprecated", "readOnly", "writeOnly"),
    *("externalDocs", "xml", "nullable", "$comment"),
}
_BOUNDS = {"exclusiveMinimum": ("minimum", max), "exclusiveMaximum": ("maximum", min)}


def normalized(document: dict[str, Any], previous: dict[str, Any] | None = None) -> Prepared:
    """A copy in which common slips are repaired, and what was repaired.

    Of two operations with one id, the one that had it in `previous` keeps it; without one, the first does.
    """
    notes: list[Note] = []
    document = _json(document, "the document", notes)
    for path, item in document["paths"].items():
        if "$ref" in item:
            shared = walk.target(document, item["$ref"])
            if isinstance(shared, dict):
                document["paths"][path] = copy.deepcopy(shared) | {key: item[key] for key in item if key != "$ref"}
            else:
                notes.append(Note("dropped", path, f"the document does not have {item['$ref']}"))
    _name_operations(document, previous, notes)
    for spot in [*walk.parameters(document), *walk.media_types(document)]:
        _repair_examples(spot, notes, in_schema=False)
    is_old = str(document.get("openapi", "")).startswith("3.0")
    for spot in walk.schemas(document):
        if isinstance(spot.value, dict):
            _repair_bounds(spot, notes, is_old=is_old)
            if is_old:
                _repair_examples(spot, notes, in_schema=True)
            _without_annotating_parts(spot, notes)
    return Prepared(document, notes)


def _json(node: Any, place: str, notes: list[Note]) -> Any:
    """A copy with JSON's types: YAML also has dates, and keys that are not text."""
    if isinstance(node, dict):
        return {_key(key): _json(value, f"{place}.{_key(key)}", notes) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_json(value, place, notes) for value in node]
    if isinstance(node, date):
        notes.append(Note("normalized", place, f"the date {node.isoformat()} is text"))
        return node.isoformat()
    return node


def _key(key: Any) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)


def _name_operations(document: dict[str, Any], previous: dict[str, Any] | None, notes: list[Note]) -> None:
    """Name the operations without an id and those whose id is another's: `get_jobs_id` for `GET /jobs/{id}`."""
    old = {(method, path): raw.get("operationId") for method, path, raw in operations(previous)} if previous else {}
    listed = operations(document)
    # Those that had their id before come first: it is theirs.
    listed.sort(key=lambda entry: old.get((entry[0], entry[1])) != entry[2].get("operationId"))
    taken: set[str] = set()
    renamed: list[tuple[str, str, dict[str, Any]]] = []
    for method, path, operation in listed:
        if _word(operation.get("operationId")) in taken | {""}:
            renamed.append((method, path, operation))
        taken.add(_word(operation.get("operationId")))
    for method, path, operation in renamed:
        name = next(name for name in _names_by_path(method, path) if _word(name) not in taken)
        taken.add(_word(name))
        if "operationId" in operation:
            words = f"its operationId {operation['operationId']} is another operation's too; it is now {name}"
            notes.append(Note("renamed", f"{method} {path}", words))
        operation["operationId"] = name


def _names_by_path(method: str, path: str) -> Iterator[str]:
    name = re.sub(r"\W+", "_", f"{method.lower()} {path}").strip("_")
    yield name
    yield from (f"{name}_{number}" for number in range(2, 1000))


def _word(name: str | None) -> str:
    """What two names share that become one in Python."""
    return re.sub(r"[\W_]", "", name or "").lower()


def _repair_examples(spot: walk.Spot, notes: list[Note], *, in_schema: bool) -> None:
    """A list of examples is `example`, where OpenAPI has a map of them by name."""
    value = spot.value
    if isinstance(value, dict) and isinstance(value.get("examples"), list):
        examples = value.pop("examples")
        if examples:
            value.setdefault("example", examples[0])
        place = "of the schema" if in_schema else "beside the schema"
        notes.append(Note("normalized", spot.place, f"the list `examples` {place} is `example`"))


def _repair_bounds(spot: walk.Spot, notes: list[Note], *, is_old: bool) -> None:
    """`exclusiveMinimum` is a boolean beside `minimum` in OpenAPI 3.0, and a number in 3.1."""
    schema = spot.value
    for key, (bound, stricter) in _BOUNDS.items():
        value = schema.get(key)
        if isinstance(value, bool) and not is_old:
            del schema[key]
            if value and bound in schema:
                schema[key] = schema.pop(bound)
        elif isinstance(value, int | float) and not isinstance(value, bool) and is_old:
            inclusive = schema.get(bound, value)
            schema[bound] = stricter(inclusive, value)
            schema[key] = schema[bound] == value
        else:
            continue
        version = "3.0" if is_old else "3.1"
        notes.append(Note("normalized", spot.place, f"`{key}: {value}` as OpenAPI {version} has it"))


def _without_annotating_parts(spot: walk.Spot, notes: list[Note]) -> None:
    """Remove the parts of `allOf` that only describe; their text becomes the schema's own."""
    schema = spot.value
    parts = schema.get("allOf")
    if not isinstance(parts, list):
        return
    only = [part for part in parts if isinstance(part, dict) and all(_annotates(key) for key in part)]
    if not only:
        return
    kept = [part for part in parts if part not in only]
    for part in only:
        for key in ("description", "nullable", "deprecated"):
            if key in part:
                schema.setdefault(key, part[key])
    if kept:
        schema["allOf"] = kept
    else:
        del schema["allOf"]
    words = ", ".join(sorted({key for part in only for key in part})) or "nothing"
    notes.append(Note("normalized", spot.place, f"`allOf` without the parts that only have {words}"))


def _annotates(key: str) -> bool:
    return key in _ANNOTATIONS or key.startswith("x-")

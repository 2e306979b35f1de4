"""The schemas of a document as openapi-python-client takes them: each class is a component with a name of its own.

What changes the meaning is a loss, which is noted by place. Losses are as small as they can be: a field that is
anything and not a class, a field without its words and not an object that may be anything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from scripts.generator import walk
from scripts.generator.names import ClassNames, class_case
from scripts.generator.notes import Kind, Note

Schema = dict[str, Any]
COMPONENTS = "#/components/schemas/"
_TYPES = {"string", "number", "integer", "boolean", "array", "object", "null"}
_KEPT = {"description", "example", "examples"}
# What makes a part of `allOf`, `anyOf` or `oneOf` more than a condition on the object that it is a part of.
_TYPING = {
    *("$ref", "type", "properties", "additionalProperties", "items", "prefixItems", "enum", "const"),
    *("allOf", "anyOf", "oneOf", "format"),
}
_NULL: Schema = {"type": "null"}
_LIMITS = {"format": str, "minimum": int | float, "maximum": int | float}


class Location(NamedTuple):
    """Where a schema is, and what its class would be named after."""

    where: str
    parent: str
    name: str

    @property
    def class_name(self) -> str:
        return class_case(self.parent) + class_case(self.name)

    def item(self) -> Location:
        return Location(f"{self.where}[]", self.parent, f"{self.name}_item")

    def alternative(self, number: int) -> Location:
        return Location(f"{self.where}, alternative {number + 1}", self.parent, f"{self.name}_type_{number}")


class Notes:
    """What was changed, each once."""

    def __init__(self) -> None:
        self._notes: dict[Note, None] = {}

    def add(self, kind: Kind, where: str, words: str) -> None:
        self._notes[Note(kind, where, words)] = None

    def lose(self, where: str, words: str) -> None:
        """Note that the client promises less than the document."""
        self.add("simplified", where, words)

    def __iter__(self) -> Iterator[Note]:
        return iter(self._notes)


class _Fields(NamedTuple):
    """The fields of an object, with those of its parts, as the document has them."""

    properties: dict[str, Any]
    required: list[str]
    rest: list[Any]
    """Each `additionalProperties`."""


class Schemas:
    """Takes the schemas of one document; `components` has those that others refer to."""

    def __init__(self, document: dict[str, Any], notes: Notes, clean: Callable[[str], str] = str) -> None:
        self.components: dict[str, Schema] = {}
        self._document = document
        self._notes = notes
        self._names = ClassNames()
        self._by_reference: dict[str, str] = {}
        sources = (document.get("components") or {}).get("schemas") or {}
        for name in sources:
            self._by_reference[COMPONENTS + name] = new = self._names.component(clean(name))
            if new != clean(name):
                notes.add("normalized", f"schema {name}", f"its class is {class_case(new)}")
        for name, schema in sources.items():
            self._take_component(COMPONENTS + name, schema, f"schema {name}")

    def _take_component(self, reference: str, schema: Any, where: str) -> None:
        key = self._by_reference[reference]
        # The place in the order of the document.
        self.components[key] = {}
        self.components[key] = self.take(schema, Location(where, "", key), is_component=True)

    def resolved(self, schema: Schema) -> Schema:
        """What a taken schema refers to."""
        seen: set[str] = set()
        while (reference := schema.get("$ref")) and reference not in seen:
            seen.add(reference)
            schema = self.components[reference.removeprefix(COMPONENTS)]
        return schema

    def target(self, reference: Any) -> Any:
        """What a reference of the document points to; None where there is nothing."""
        return walk.target(self._document, reference)

    def take(self, schema: Any, place: Location, *, is_component: bool = False) -> Schema:
        """Return the schema with its classes as components."""
        if isinstance(schema, bool) or not schema:
            return {}
        if not isinstance(schema, dict):
            self._notes.lose(place.where, "anything, since it is not a schema")
            return {}
        if "$ref" in schema:
            return self._reference(schema["$ref"], place)
        kinds = schema.get("type", [])
        types = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind in _TYPES]
        if kinds and not types:
            self._notes.lose(place.where, f"anything, since its type is {kinds}")
        kept = {key: value for key, value in schema.items() if key in _KEPT or key.startswith("x-")}
        if "description" in kept:
            kept["description"] = str(kept["description"])
        words = schema.get("enum") if isinstance(schema.get("enum"), list) else None
        is_nullable = "null" in types or schema.get("nullable") is True or (words is not None and None in words)
        types = [kind for kind in types if kind != "null"]
        if words is not None and types != ["boolean"]:
            # The number is the one that openapi-python-client gives to the words beside null.
            inside = place.alternative(1) if None in words else place
            taken = self._enum(schema, types, kept, inside, is_component=is_component and not is_nullable)
        elif is_nullable and not types and not _TYPING - {"type"} & schema.keys():
            return {**kept, **_NULL}
        else:
            taken = self._value(schema, types, kept, place, is_component=is_component, is_nullable=is_nullable)
        return _nullable(taken, kept) if is_nullable else taken

    def _reference(self, reference: Any, place: Location) -> Schema:
        if reference not in self._by_reference:
            target = self.target(reference)
            if not isinstance(target, dict | bool):
                self._notes.lose(place.where, f"anything, since the document does not have {reference}")
                return {}
            parts = [part for part in unquote(reference).replace("~1", "_").split("/") if not part.isdigit()]
            named = [part for part in parts if part not in {"properties", "schema", "items", "content", "#"}]
            self._by_reference[reference] = key = self._names.component(class_case("_".join(named[-2:])))
            self._take_component(reference, target, f"schema {key}")
        return {"$ref": COMPONENTS + self._by_reference[reference]}

    def _value(
        self, schema: Schema, types: list[str], kept: Schema, place: Location, *, is_component: bool, is_nullable: bool
    ) -> Schema:
        """A schema that is not a list of words, but for null."""
        branches = [part for key in ("anyOf", "oneOf") for part in schema.get(key) or []]
        if branches and not self._are_conditions(branches, schema, place):
            return self._union(branches, kept, place, is_component=is_component)
        if isinstance(schema.get("const"), str | int | float | bool):
            return {**kept, "const": schema["const"]}
        if schema.get("allOf"):
            return self._all_of(schema, kept, place, is_component=is_component and not is_nullable)
        if len(types) > 1:
            return self._union([{**schema, "type": kind, "nullable": False} for kind in types], kept, place)
        kind = types[0] if types else _kind_of(schema)
        if kind == "object":
            inside = place.alternative(0) if is_nullable else place
            fields = self._fields({key: schema[key] for key in schema if key not in {"items", "const"}}, place, ())
            assert fields is not None
            return self._object(fields, kept, inside, is_component=is_component and not is_nullable)
        if kind == "array":
            items = [*(schema.get("prefixItems") or []), *([schema["items"]] if "items" in schema else [])]
            inside = place.item()
            item = self.take(items[0], inside) if len(items) == 1 else self._union(items, {}, inside)
            return {**kept, "type": "array", "items": item}
        if kind is None:
            return kept
        limits = {key: schema[key] for key, kinds in _LIMITS.items() if isinstance(schema.get(key), kinds)}
        return {**kept, "type": kind, **limits}

    def _class(self, schema: Schema, place: Location, *, is_component: bool) -> Schema:
        """A class, as the component that it is or that it becomes."""
        if is_component:
            return schema
        name, is_new = self._names.inline(place.class_name, schema)
        if is_new:
            self.components[name] = schema
        return {"$ref": COMPONENTS + name}

    def _enum(self, schema: Schema, types: list[str], kept: Schema, place: Location, *, is_component: bool) -> Schema:
        words = dict.fromkeys((type(word), word) for word in schema["enum"] if isinstance(word, str | int | float))
        kinds, values = {kind for kind, _ in words}, [word for _, word in words]
        if kinds not in ({str}, {int}):
            if kinds != {bool} and schema["enum"] != [None]:
                self._notes.lose(place.where, "any value, since its words are not all text or all integers")
            kind = "boolean" if kinds == {bool} else types[0] if len(types) == 1 else None
            return kept if kind in {None, "array", "object"} else {**kept, "type": kind}
        names = kept.pop("x-enum-varnames", None)
        named = {"x-enum-varnames": names} if isinstance(names, list) and len(names) == len(values) else {}
        kind = "string" if kinds == {str} else "integer"
        return self._class({**kept, "type": kind, "enum": values, **named}, place, is_component=is_component)

    # --- alternatives

    def _are_conditions(self, branches: list[Any], schema: Schema, place: Location) -> bool:
        """Whether alternatives only say something of fields that the schema has beside them."""
        if all(isinstance(part, dict) and not _TYPING & part.keys() for part in branches):
            self._notes.add("normalized", place.where, "which of its fields go together is not checked")
            return True
        if schema.get("properties") or schema.get("allOf"):
            self._notes.lose(place.where, "fields of its alternatives are in `additional_properties`")
            return True
        return False

    def _union(self, branches: list[Any], kept: Schema, place: Location, *, is_component: bool = False) -> Schema:
        taken: list[Schema] = []
        for number, branch in enumerate(branches):
            inside = place.alternative(number)
            if is_component and isinstance(branch, dict) and "properties" in branch:
                # Where nothing else names an alternative, its title does.
                inside = Location(inside.where, "", str(branch.get("title") or f"{place.name}_{number}"))
            part = self.take(branch, inside)
            taken += part.get("oneOf", [part])
        parts = [part for number, part in enumerate(taken) if part not in taken[:number]]
        if not parts or any(not _TYPING & part.keys() for part in parts):
            return kept
        if len(parts) == 1:
            return parts[0] if "$ref" in parts[0] else {**parts[0], **kept}
        return {**kept, "oneOf": parts}

    # --- objects

    def _all_of(self, schema: Schema, kept: Schema, place: Location, *, is_component: bool) -> Schema:
        parts = [part for part in schema["allOf"] if isinstance(part, dict)]
        typed = [part for part in parts if _TYPING & part.keys()]
        adds = bool(schema.get("properties")) or any("required" in part for part in [*parts, schema])
        if len(typed) == 1 and not adds:
            taken = self.take(typed[0], place, is_component=is_component)
            return taken if "$ref" in taken else {**taken, **kept}
        fields = self._fields(schema, place, ())
        if fields is not None:
            return self._object(fields, kept, place, is_component=is_component)
        references = [part for part in typed if "$ref" in part]
        if len(references) == 1 and all(isinstance(part.get("type", ""), str) for part in typed):
            # The others narrow it.
            return self.take(references[0], place)
        if not references:
            # Conditions on one value, in parts.
            whole = {key: value for part in parts for key, value in part.items() if key not in _KEPT}
            if not {"allOf", "anyOf", "oneOf"} & whole.keys():
                return self.take({**whole, **kept}, place, is_component=is_component)
        self._notes.lose(place.where, "anything, since the parts of its `allOf` are not objects")
        return kept

    def _fields(self, schema: Schema, place: Location, seen: tuple[str, ...]) -> _Fields | None:
        """The fields of an object and of its parts; None for what is not an object."""
        if "$ref" in schema:
            target = self.target(schema["$ref"])
            if schema["$ref"] in seen or not isinstance(target, dict):
                reason = "it is a part of itself" if target else f"the document does not have {schema['$ref']}"
                self._notes.lose(place.where, f"without a part of its `allOf`, since {reason}")
                return _Fields({}, [], [])
            return self._fields(target, place, (*seen, schema["$ref"]))
        branches = [part for key in ("anyOf", "oneOf") for part in schema.get(key) or []]
        kinds = schema.get("type") or "object"
        if {"enum", "const", "items"} & schema.keys() or "object" not in kinds:
            return None
        if branches and not self._are_conditions(branches, schema, place):
            return None
        parts = [part for part in schema.get("allOf") or [] if isinstance(part, dict)]
        inner = [(part, self._fields(part, place, seen)) for part in parts]
        objects = [(part, fields) for part, fields in inner if fields is not None]
        if len(objects) < len(inner):
            if not schema.get("properties") and not any(fields.properties for _, fields in objects):
                return None
            self._notes.lose(place.where, "without the parts of its `allOf` that are not objects")
        own = _Fields(
            schema["properties"] if isinstance(schema.get("properties"), dict) else {},
            [name for name in schema["required"] if isinstance(name, str)]
            if isinstance(schema.get("required"), list)
            else [],
            [schema["additionalProperties"]] if "additionalProperties" in schema else [],
        )
        # In the order of openapi-python-client.
        return self._together(
            [
                *(fields for part, fields in objects if "$ref" in part),
                own,
                *(fields for part, fields in objects if "$ref" not in part),
            ],
            place,
        )

    def _together(self, parts: list[_Fields], place: Location) -> _Fields:
        properties: dict[str, Any] = {}
        for part in parts:
            for name, schema in part.properties.items():
                before = properties.get(name)
                if isinstance(before, dict) and isinstance(schema, dict):
                    if not _TYPING & schema.keys():
                        continue
                    if before.get("$ref", before.get("type")) != schema.get("$ref", schema.get("type")):
                        self._notes.lose(f"{place.where}.{name}", "only as the last of its descriptions")
                properties[name] = schema
        required = dict.fromkeys(name for part in parts for name in part.required)
        return _Fields(properties, list(required), [rest for part in parts for rest in part.rest])

    def _object(self, fields: _Fields, kept: Schema, place: Location, *, is_component: bool) -> Schema:
        inside = place.class_name
        properties = {
            name: self.take(schema, Location(f"{place.where}.{name}", inside, name))
            for name, schema in fields.properties.items()
        }
        taken: Schema = {**kept, "type": "object"}
        if properties:
            taken["properties"] = properties
        if required := [name for name in fields.required if name in properties]:
            taken["required"] = required
        described = [rest for rest in fields.rest if not isinstance(rest, bool)]
        if described:
            place_of_rest = Location(f"{place.where}.additionalProperties", inside, "AdditionalProperty")
            taken["additionalProperties"] = self.take(described[-1], place_of_rest)
        elif fields.rest:
            taken["additionalProperties"] = fields.rest[-1]
        return self._class(taken, place, is_component=is_component)

    # --- circles

    def cut_circles(self) -> None:
        """Make anything of what would make a value of itself: a class may refer to itself, a list or a map may not."""
        done: set[str] = set()
        for name in self.components:
            self._cut(name, done, (name,))

    def _cut(self, name: str, done: set[str], path: tuple[str, ...]) -> None:
        schema = self.components[name]
        if name in done or schema.get("properties") or "enum" in schema:
            return
        for holder, key in [(self.components, name)] if "$ref" in schema else _parts(schema):
            part = holder[key]
            if "$ref" in part:
                inner = part["$ref"].removeprefix(COMPONENTS)
                if inner in path:
                    holder[key] = {}
                    self._notes.lose(f"schema {name}", f"a {inner} in it is anything, since it would be in itself")
                else:
                    self._cut(inner, done, (*path, inner))
        done.add(name)


def _parts(schema: Schema) -> Iterator[tuple[Any, Any]]:
    """The parts of a taken schema, as holder and key."""
    for key in ("items", "additionalProperties"):
        if isinstance(schema.get(key), dict):
            yield from _parts(schema[key])
            yield schema, key
    for number, part in enumerate(schema.get("oneOf") or []):
        yield from _parts(part)
        yield schema["oneOf"], number


def _kind_of(schema: Schema) -> str | None:
    """The type of a schema that does not say it."""
    if "properties" in schema or "additionalProperties" in schema:
        return "object"
    return "array" if "items" in schema or "prefixItems" in schema else None


def _nullable(schema: Schema, kept: Schema) -> Schema:
    if not _TYPING & schema.keys() or schema.get("type") == "null" or _NULL in schema.get("oneOf", []):
        return schema
    if "oneOf" in schema:
        return {**schema, "oneOf": [*schema["oneOf"], _NULL]}
    return {**{key: kept[key] for key in kept if key != "x-enum-varnames"}, "oneOf": [schema, _NULL]}

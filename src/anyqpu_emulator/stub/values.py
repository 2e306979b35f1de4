"""Values that fit the schemas of a document: its examples, defaults and words of enums, else made by type."""

from __future__ import annotations

import copy
import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from anyqpu_emulator.documents import KEYWORDS, MORE_KEYWORDS, reduced, resolved
from anyqpu_emulator.shapes import is_list, is_object
from anyqpu_emulator.validation import InvalidRequestError, check_value

CHECKED = (*KEYWORDS, *MORE_KEYWORDS)
_FORMATS = {
    "date-time": "2026-01-01T00:00:00Z",
    "date": "2026-01-01",
    "time": "00:00:00Z",
    "duration": "PT1S",
    "email": "user@example.com",
    "hostname": "example.com",
    "ipv4": "127.0.0.1",
    "ipv6": "::1",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "byte": "AA==",
}
# Texts that are tried where a pattern is demanded. A document whose patterns none of them fits needs an example there.
_TRIED = ("a", "A", "1", "a1", "A1", "abc", "ABC", "a-1", "0000", "0.1", "1.0.0", "v1", "00:00", "2026-01-01", "+00:00")
# A schema that refers to itself is followed this often where a property of it is required.
_DEEPEST = 6


class Values:
    """Makes values of one document. The same schema gives the same value."""

    def __init__(self, document: dict[str, Any]) -> None:
        """Read schemas of this document."""
        self._document = document

    def schema(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Return a schema without references: the parts of `allOf` as one, the first alternative but null."""
        whole = dict(resolved(self._document, dict(schema)))
        parts = [self.schema(part) for part in whole.pop("allOf", ())]
        for word in ("oneOf", "anyOf"):
            alternatives = [self.schema(item) for item in whole.pop(word, ())]
            parts += [item for item in alternatives if item.get("type") != "null"][:1]
            if any(item.get("type") == "null" for item in alternatives):
                whole["nullable"] = True
        for part in parts:
            properties = {**part.get("properties", {}), **whole.get("properties", {})}
            required = [*part.get("required", ()), *whole.get("required", ())]
            whole = part | whole
            if properties:
                whole |= {"type": "object", "properties": properties, "required": required}
        named = whole.get("type")
        if is_list(named):
            names = [name for name in named if name != "null"]
            whole |= {"type": names[0] if names else "null", "nullable": "null" in named}
        if "type" not in whole and "properties" in whole:
            whole["type"] = "object"
        return whole

    def properties(self, schema: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
        """Return the schemas of the properties of an object."""
        return {name: self.schema(item) for name, item in self.schema(schema).get("properties", {}).items()}

    def fits(self, value: Any, schema: Mapping[str, Any]) -> bool:
        """Whether a value is what a schema demands, as far as requests are checked by it, with all that it requires."""
        if is_object(value) and any(name not in value for name in self.schema(schema).get("required", ())):
            return False
        try:
            check_value(copy.deepcopy(value), reduced(self._document, dict(schema), CHECKED))
        except InvalidRequestError:
            return False
        return True

    def of_media(self, media: Mapping[str, Any]) -> Any:
        """Return a body of a media type: its example if that fits, else one by its schema."""
        schema = media.get("schema", {})
        for example in _examples(media):
            if self.fits(example, schema):
                return copy.deepcopy(example)
        return self.of(schema)

    def of(self, schema: Mapping[str, Any], name: str = "value", *, bare: bool = False, depth: int = 0) -> Any:
        """Return a value that fits a schema; `bare` has only what is required, and null where that is allowed."""
        whole = self.schema(schema)
        if bare and whole.get("nullable"):
            return None
        if not bare or whole.get("type") not in ("object", "array"):
            for example in _examples(whole):
                if example is not None and self.fits(example, schema):
                    return copy.deepcopy(example)
        match whole.get("type"):
            case "object":
                return self._object(whole, bare=bare, depth=depth)
            case "array":
                return self._list(whole, name, bare=bare, depth=depth)
            case "string":
                return self._text(whole, name)
            case "integer" | "number" as kind:
                return _number(whole, kind)
            case "boolean":
                return False
            case "null":
                return None
            case _:
                return {}

    def _object(self, whole: Mapping[str, Any], *, bare: bool, depth: int) -> dict[str, Any]:
        required = whole.get("required", ())
        made: dict[str, Any] = {}
        for name, schema in whole.get("properties", {}).items():
            # Deep down, only what is required: schemas may refer to themselves.
            wanted = name in required if bare or depth >= _DEEPEST // 2 else True
            if wanted and depth < _DEEPEST and not self.schema(schema).get("writeOnly"):
                made[name] = self.of(schema, name, bare=bare, depth=depth + 1)
        return made

    def _list(self, whole: Mapping[str, Any], name: str, *, bare: bool, depth: int) -> list[Any]:
        least = whole.get("minItems", 0)
        length = least if bare or depth >= _DEEPEST // 2 else max(1, least)
        items = [self.of(whole.get("items", {}), name, depth=depth + 1) for _ in range(length)]
        if whole.get("uniqueItems"):
            words = self.schema(whole.get("items", {})).get("enum", ())
            items = [
                words[place] if place < len(words) else f"{item}{place}" if isinstance(item, str) and place else item
                for place, item in enumerate(items)
            ]
        return items

    def _text(self, whole: Mapping[str, Any], name: str) -> str:
        if whole.get("format") == "uuid":
            return str(uuid.uuid5(uuid.NAMESPACE_URL, name))
        text = _FORMATS.get(str(whole.get("format")), name)
        least, most = whole.get("minLength", 0), whole.get("maxLength", 10_000)
        tried = (text, *_TRIED) if "pattern" in whole else (text,)
        padded = [word.ljust(least, word[-1:] or "a")[:most] for word in tried]
        return next((word for word in padded if self.fits(word, whole)), padded[0])


def _examples(node: Mapping[str, Any]) -> Iterator[Any]:
    if "example" in node:
        yield node["example"]
    examples = node.get("examples")
    if is_object(examples):
        yield from (item["value"] for item in examples.values() if is_object(item) and "value" in item)
    elif is_list(examples):
        yield from examples
    for word in ("const", "default"):
        if word in node:
            yield node[word]
    yield from node.get("enum", ())


def _number(whole: Mapping[str, Any], kind: str) -> float:
    step = whole.get("multipleOf", 1)
    least, most = whole.get("minimum"), whole.get("maximum")
    above, below = whole.get("exclusiveMinimum"), whole.get("exclusiveMaximum")
    # In OpenAPI 3.0 the exclusive bounds say whether the others are.
    lowest = above if isinstance(above, int | float) and not isinstance(above, bool) else least
    highest = below if isinstance(below, int | float) and not isinstance(below, bool) else most
    if lowest is None:
        value = step if highest is None or step < highest else highest - (0 if below is None else step)
    else:
        value = -(-lowest // step) * step
        if value == lowest and above:
            value = (lowest + highest) / 2 if kind == "number" and highest is not None else value + step
    return int(value) if kind == "integer" else value

"""Values as JSON and back. Only registered classes are made: a file cannot name any other."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any, cast

from anyqpu_emulator.shapes import is_list, is_object

# Marks values that are not plain JSON. An object of a user with this key is written as pairs.
_MARK = "$"


class Codec:
    """Registered classes: `plain` ones are written field by field, `named` ones by a name by which they are found."""

    def __init__(
        self,
        plain: Sequence[type] = (),
        named: Mapping[type, tuple[Callable[[Any], str], Callable[[str], Any]]] | None = None,
    ) -> None:
        """`named` has two functions for each class: from an object to its name, and back."""
        self._plain = {cls.__name__: cls for cls in plain}
        self._named = {cls.__name__: how for cls, how in (named or {}).items()}

    def encode(self, value: Any) -> Any:
        """Return a value that `json` can write. Raises TypeError for a class that is not registered."""
        name = type(value).__name__
        if name in self._named:
            return {_MARK: name, "name": self._named[name][0](value)}
        if name in self._plain:
            return {_MARK: name, "fields": self.encode_fields(value)}
        if is_object(value):
            if _MARK in value:
                return {_MARK: "map", "items": [[key, self.encode(item)] for key, item in value.items()]}
            return {key: self.encode(item) for key, item in value.items()}
        if is_list(value):
            return [self.encode(item) for item in value]
        if isinstance(value, tuple):
            return {_MARK: "tuple", "items": [self.encode(item) for item in cast("tuple[Any, ...]", value)]}
        if isinstance(value, bytes):
            return {_MARK: "bytes", "base64": base64.b64encode(value).decode()}
        if isinstance(value, datetime):
            return {_MARK: "datetime", "iso": value.isoformat()}
        if value is None or isinstance(value, bool | int | float | str):
            return value
        raise TypeError(f"cannot write a {name}")

    def encode_fields(self, value: Any, skip: frozenset[str] = frozenset()) -> dict[str, Any]:
        """Return the fields of a dataclass by name."""
        assert is_dataclass(value)  # noqa: S101 - for the type checker
        names = (field.name for field in fields(value) if field.name not in skip)
        return {name: self.encode(getattr(value, name)) for name in names}

    def decode(self, value: Any) -> Any:
        """Reverse `encode`. Raises ValueError or LookupError for a value that `encode` cannot have written."""
        if is_list(value):
            return [self.decode(item) for item in value]
        if not is_object(value):
            return value
        match value.get(_MARK):
            case None:
                return {key: self.decode(item) for key, item in value.items()}
            case "map":
                return {key: self.decode(item) for key, item in value["items"]}
            case "tuple":
                return tuple(self.decode(item) for item in value["items"])
            case "bytes":
                return base64.b64decode(value["base64"])
            case "datetime":
                return datetime.fromisoformat(value["iso"])
            case name if name in self._named:
                return self._named[name][1](value["name"])
            case name:
                return self._plain[name](**self.decode_fields(value["fields"]))

    def decode_fields(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the fields of a dataclass by name."""
        return {name: self.decode(item) for name, item in values.items()}

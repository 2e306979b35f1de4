"""Conversion of the model's objects to dictionaries of JSON types, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self, cast

from anyqpu._lazy import LazyModule
from anyqpu.errors import ValidationError

if TYPE_CHECKING:
    from anyqpu import _json
    from anyqpu.model import json_reading
else:
    # A client has capabilities, which are rarely written: only then are decimals and numbers of other kinds imported.
    _json, json_reading = LazyModule("anyqpu._json"), LazyModule("anyqpu.model.json_reading")


class JsonForm:
    """A class with `to_dict` and `from_dict`; pydantic and FastAPI use them to write, validate and document it."""

    __slots__ = ()
    _json_more: ClassVar[Mapping[str, Any]] = {}
    """Types of the keys that a class writes besides its fields."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from anyqpu.model.schema import core_schema

        return core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        from anyqpu.model.schema import json_schema

        return json_schema(cls)


class Serializable(JsonForm):
    """A dataclass with `to_dict` and `from_dict`, which follow the types of its fields."""

    __slots__ = ()
    _json_keys: ClassVar[Mapping[str, str]] = {
        "device_id": "device",
        "session_id": "session",
        "reservation_id": "reservation",
    }
    """Keys in JSON of the fields whose key is not their name."""
    _json_derived: ClassVar[tuple[str, ...]] = ()
    """Attributes that are not fields: written for readers, and ignored when read back."""

    def to_dict(self) -> dict[str, Any]:
        """Return the object in JSON types, as the command line prints it with `--json`.

        Times are RFC 3339, durations are seconds, amounts of money exact texts with their currency, complex numbers
        `[real, imaginary]`. `v` is the version of this form. The client and `raw` are left out. A number that JSON
        does not have, such as NaN, is None.
        """
        return {"v": _json.VERSION, **_json.json_fields(self)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Return the object that `to_dict` was called on, without its client and `raw`. Unknown keys are ignored.

        Raises:
            ValidationError: A field is missing or of another type, or the form is of a later version.
        """
        return cast("Self", json_reading.read_fields(cls, check_version(cls, data), cls.__name__))


def check_version(kind: type[Any], data: Any) -> Mapping[str, Any]:
    """Return a dictionary of a version that is known; raises `ValidationError` for anything else."""
    if not isinstance(data, Mapping):
        raise ValidationError(f"invalid {kind.__name__}: expected a dictionary, not {type(data).__name__}")
    mapping = cast("Mapping[str, Any]", data)
    if (version := mapping.get("v", _json.VERSION)) != _json.VERSION:
        raise ValidationError(
            f"invalid {kind.__name__}: the version {str(version)[:20]!r} is not supported",
            hint=f"This release of anyqpu reads version {_json.VERSION}",
        )
    return mapping

"""JSON Schemas of the model's dictionaries, and the schema with which pydantic reads and writes its objects.

pydantic calls this module, and nothing else imports it, so pydantic need not be installed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from anyqpu._json import VERSION
from anyqpu.errors import ValidationError
from anyqpu.model.counts import Counts
from anyqpu.model.json_reading import plan

NUMBER, NULL = {"type": "number"}, {"type": "null"}
_SCALARS: Mapping[Any, dict[str, Any]] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    # NaN is null.
    float: {"anyOf": [NUMBER, NULL]},
    complex: {"type": "array", "items": NUMBER, "minItems": 2, "maxItems": 2},
    datetime: {"type": "string", "format": "date-time"},
    timedelta: {"type": "number", "description": "Seconds"},
    Decimal: {"type": "string", "description": "Exact decimal number"},
}


def core_schema(kind: Any) -> Any:
    """Return pydantic's schema of a class: it writes with `to_dict`, and reads with `from_dict`."""
    from pydantic_core import core_schema as schemas

    def read(value: Any) -> Any:
        if isinstance(value, kind):
            return value
        if not hasattr(kind, "from_dict"):
            raise ValidationError(f"{kind.__name__} can be written, and not read")
        return kind.from_dict(value)

    def write(value: Any) -> dict[str, Any]:
        return cast("dict[str, Any]", value.to_dict())

    return schemas.no_info_plain_validator_function(
        read,
        ref=f"{kind.__module__}.{kind.__qualname__}:{id(kind)}",
        serialization=schemas.plain_serializer_function_ser_schema(write),
    )


def json_schema(kind: Any) -> dict[str, Any]:
    """Return the JSON Schema of the dictionaries that a class writes and reads."""
    schema = _of_fields(kind)
    schema["properties"] = {"v": {"const": VERSION, "default": VERSION}, **schema["properties"]}
    return schema


def _of_fields(kind: Any) -> dict[str, Any]:
    described = plan(kind) if hasattr(kind, "__dataclass_fields__") else ()
    properties = {key: _of(hint) for _, key, hint, _ in described}
    for name in getattr(kind, "_json_derived", ()):
        properties[name] = {**_of(get_type_hints(getattr(kind, name).fget)["return"]), "readOnly": True}
    properties |= {name: _of(hint) for name, hint in kind._json_more.items()}
    return {
        "title": kind.__name__,
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "properties": properties,
        "required": [key for _, key, _, required in described if required],
    }


def _of(kind: Any) -> dict[str, Any]:
    """Return the schema of a value within an object, as `_json.json_value` writes it."""
    if kind is Any:
        return {}
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        parts = [NULL if part is NoneType else _of(part) for part in inner]
        # A float may be null already.
        flat = [option for part in parts for option in part.get("anyOf", [part])]
        return {"anyOf": [option for place, option in enumerate(flat) if option not in flat[:place]]}
    if origin is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _of(inner[0])}
    if origin is tuple:
        count = len(inner)
        return {"type": "array", "prefixItems": [_of(part) for part in inner], "minItems": count, "maxItems": count}
    if origin is Literal:
        return {"type": "string", "enum": list(inner)}
    if kind is Counts:
        return {"type": "object", "additionalProperties": _SCALARS[int]}
    if origin is not None and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _of(inner[1])}
    if issubclass(kind, Enum):
        return {"type": "string", "enum": [member.value for member in kind]}
    if is_dataclass(kind):
        # Some write themselves differently within other objects: a handle is its text.
        written = getattr(kind, "_to_json", None)
        as_text = written is not None and get_type_hints(written)["return"] is str
        return _SCALARS[str] if as_text else _of_fields(kind)
    return _SCALARS[kind]

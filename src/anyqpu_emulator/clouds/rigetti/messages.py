"""The messages of `grpc.toml` as classes, in their own pool, as other packages may have messages of these names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from google.protobuf import descriptor_pb2, duration_pb2, timestamp_pb2
from google.protobuf.descriptor_pool import DescriptorPool
from google.protobuf.message_factory import GetMessageClass

from anyqpu_emulator.data import read_toml

_TABLE = read_toml("clouds/rigetti/grpc.toml")
_Field = descriptor_pb2.FieldDescriptorProto
_WORDS = ("repeated", "optional", "map", "oneof")


@cache
def message(name: str) -> Any:
    """Return the class of a message."""
    return GetMessageClass(_pool().FindMessageTypeByName(name))


@cache
def _pool() -> DescriptorPool:
    file = descriptor_pb2.FileDescriptorProto(name="emulator.proto", syntax="proto3")
    pool = DescriptorPool()
    for library in (duration_pb2, timestamp_pb2):
        pool.AddSerializedFile(library.DESCRIPTOR.serialized_pb)
        file.dependency.append(library.DESCRIPTOR.name)
    for name, words in _TABLE["enums"].items():
        enum = file.enum_type.add(name=name)
        for number, word in enumerate(words):
            enum.value.add(name=f"{name}_{word}", number=number)
    for name, fields in _TABLE["messages"].items():
        _add_fields(file.message_type.add(name=name), fields, _TABLE["enums"])
    pool.AddSerializedFile(file.SerializeToString())
    return pool


def _add_fields(made: descriptor_pb2.DescriptorProto, fields: Mapping[str, str], enums: Mapping[str, object]) -> None:
    optional: list[descriptor_pb2.FieldDescriptorProto] = []
    for name, text in fields.items():
        number, *words = text.split()
        kind = words.pop(0) if words[0] in _WORDS else ""
        field = made.field.add(name=name, number=int(number), label=_Field.LABEL_OPTIONAL)
        if kind == "oneof":
            field.oneof_index = _oneof(made, words.pop(0))
        elif kind == "map":
            field.label = _Field.LABEL_REPEATED
            entry = made.nested_type.add(name=f"{name.title().replace('_', '')}Entry")
            entry.options.map_entry = True
            for place, (part, type_name) in enumerate((("key", "string"), ("value", words[0])), start=1):
                _set_type(entry.field.add(name=part, number=place, label=_Field.LABEL_OPTIONAL), type_name, enums)
            words = [f"{made.name}.{entry.name}"]
        elif kind == "repeated":
            field.label = _Field.LABEL_REPEATED
        elif kind == "optional":
            field.proto3_optional = True
            optional.append(field)
        _set_type(field, words[0], enums)
    # The oneof of an optional field has to come after all others.
    for field in optional:
        field.oneof_index = _oneof(made, f"_{field.name}")


def _oneof(made: descriptor_pb2.DescriptorProto, name: str) -> int:
    names = [oneof.name for oneof in made.oneof_decl]
    if name not in names:
        made.oneof_decl.add(name=name)
        names.append(name)
    return names.index(name)


def _set_type(field: descriptor_pb2.FieldDescriptorProto, name: str, enums: Mapping[str, object]) -> None:
    scalar = f"TYPE_{name.upper()}"
    if scalar in _Field.Type.DESCRIPTOR.values_by_name:
        field.type = _Field.Type.Value(scalar)
    else:
        field.type = _Field.TYPE_ENUM if name in enums else _Field.TYPE_MESSAGE
        field.type_name = f".{name}"

"""Reading messages of Protocol Buffers without their schema: fields by number."""

from __future__ import annotations

import math
import struct
from typing import TypeAlias

from .errors import InvalidProgramError

Value: TypeAlias = int | float | bytes
Fields: TypeAlias = dict[int, list[Value]]


def fields_of(data: bytes, label: str) -> Fields:
    """The fields of a message, each with its values in order; `label` names the message in errors."""
    by_number: Fields = {}
    place = 0
    try:
        while place < len(data):
            tag, place = _varint(data, place)
            value: Value
            match tag & 7:
                case 0:
                    value, place = _varint(data, place)
                case 1:
                    (value,) = struct.unpack_from("<d", data, place)
                    place += 8
                case 2:
                    size, place = _varint(data, place)
                    value = data[place : place + size]
                    place += size
                    if len(value) < size:
                        raise IndexError
                case 5:
                    (value,) = struct.unpack_from("<f", data, place)
                    place += 4
                case _:
                    raise IndexError
            by_number.setdefault(tag >> 3, []).append(value)
    except (IndexError, struct.error):
        raise InvalidProgramError(f"{label} cannot be read: it is cut off, or no message") from None
    return by_number


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for shift in range(0, 70, 7):
        byte = data[place]
        place += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, place
    raise IndexError


def whole(fields: Fields, number: int, default: int = 0) -> int:
    """A field that is a whole number, as signed as it was meant."""
    value = fields.get(number, [default])[-1]
    if not isinstance(value, int):
        raise InvalidProgramError(f"field {number} should be a whole number")
    return value - (1 << 64) if value >= 1 << 63 else value


def real(fields: Fields, number: int) -> float:
    """A field that is a number; one that is zero may be left out."""
    value = fields.get(number, [0.0])[-1]
    if not isinstance(value, float) or not math.isfinite(value):
        raise InvalidProgramError(f"field {number} should be a number")
    return value


def message(fields: Fields, number: int) -> bytes | None:
    """A field that is a message or a text."""
    value = fields.get(number, [None])[-1]
    if value is not None and not isinstance(value, bytes):
        raise InvalidProgramError(f"field {number} should be a message")
    return value


def messages(fields: Fields, number: int) -> list[bytes]:
    """A repeated field of messages."""
    return [value for value in fields.get(number, []) if isinstance(value, bytes)]


def wholes(fields: Fields, number: int) -> list[int]:
    """A repeated field of whole numbers, packed or not."""
    integers: list[int] = []
    for value in fields.get(number, []):
        if isinstance(value, int):
            integers.append(value)
            continue
        place = 0
        while isinstance(value, bytes) and place < len(value):
            try:
                one, place = _varint(value, place)
            except IndexError:
                raise InvalidProgramError(f"field {number} is cut off") from None
            integers.append(one)
    return integers

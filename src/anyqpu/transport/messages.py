"""Read protobuf messages of any size in steps, so that a large one does not hold the event loop.

protobuf's parser holds the interpreter until it has read all it was given. Its wire format allows to give it a message
in parts: to parse the parts one after another into the same object is to parse the whole ("last one wins", and repeated
fields are joined: https://protobuf.dev/programming-guides/encoding/).
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import anyio.lowlevel

if TYPE_CHECKING:
    from google.protobuf.message import Message

M = TypeVar("M", bound="Message")
Buffer = bytes | bytearray | memoryview

# Bytes that are parsed in less than a millisecond.
PIECE = 2**15
# Fields of a few bytes each take longer than their size says.
MOST_FIELDS = 1000
BUSY_SECONDS = 0.003
VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


class UnreadableMessageError(ValueError):
    """The bytes are not a message."""


class Field(NamedTuple):
    """A field of a message: its number and wire type, where it begins, where its value begins, and its end."""

    number: int
    kind: int
    start: int
    value: int
    end: int


async def parse(kind: type[M], data: Buffer) -> M:
    """Return a message; other tasks run while a large one is parsed.

    Raises:
        UnreadableMessageError: The bytes are not a message of this kind.
    """
    problem: str | None = None
    message = kind()
    began = time.perf_counter()
    try:
        for _ in _merge(message, memoryview(data)):
            if time.perf_counter() - began > BUSY_SECONDS:
                await anyio.lowlevel.checkpoint()
                began = time.perf_counter()
    except (UnreadableMessageError, ValueError, RecursionError, _decode_error()) as error:
        problem = str(error) if isinstance(error, UnreadableMessageError) else "it is not a protobuf message"
    # Out here: the parser's own words may hold what was parsed.
    if problem is not None:
        raise UnreadableMessageError(problem)
    return message


def without_field(data: Buffer, number: int) -> tuple[memoryview | None, bytes]:
    """Return the value of a message's field, and the message without that field.

    For a large value that is passed on and not read. None: there is no such field, or more than one.
    """
    view = memoryview(data)
    parts = [field for field in fields(view) if field.number == number and field.kind == LENGTH]
    if len(parts) != 1:
        return None, bytes(view)
    (field,) = parts
    return view[field.value : field.end], bytes(view[: field.start]) + bytes(view[field.end :])


def with_field(message: bytes, number: int, value: Buffer) -> list[bytes | memoryview]:
    """Return the parts of a message that consists of another one and a field with bytes or a message in it."""
    return [message + _varint(number << 3 | LENGTH) + _varint(len(value)), memoryview(value)]


def fields(data: memoryview) -> Iterator[Field]:
    """Iterate over the fields of a message.

    Raises:
        UnreadableMessageError: The bytes are not a message.
    """
    at, end = 0, len(data)
    while at < end:
        start = at
        tag, at = _read_varint(data, at)
        number, kind = tag >> 3, tag & 7
        if kind == LENGTH:
            length, value = _read_varint(data, at)
            at = value + length
        elif kind == VARINT:
            value = at
            _, at = _read_varint(data, at)
        elif kind in (FIXED64, FIXED32):
            value = at
            at += 8 if kind == FIXED64 else 4
        else:
            raise UnreadableMessageError("a field of an unknown wire type")
        if at > end or number == 0:
            raise UnreadableMessageError("a field is cut off")
        yield Field(number, kind, start, value, at)


def _merge(message: Any, data: memoryview) -> Iterator[None]:
    """Parse data into a message, in steps."""
    if len(data) <= PIECE:
        message.MergeFromString(bytes(data))
        return
    start, count = 0, 0
    for field in fields(data):
        count += 1
        is_large = field.end - field.start > PIECE
        if is_large or field.end - start > PIECE or count > MOST_FIELDS:
            # Up to the field before this one.
            message.MergeFromString(bytes(data[start : field.start]))
            start, count = field.start, 0
            yield
        if is_large:
            yield from _merge_field(message, data, field)
            start = field.end
            yield
    message.MergeFromString(bytes(data[start:]))


def _merge_field(message: Any, data: memoryview, field: Field) -> Iterator[None]:
    """Parse one large field, in steps where its type allows."""
    whole, value = data[field.start : field.end], data[field.value : field.end]
    described: Any = message.DESCRIPTOR.fields_by_number.get(field.number)
    kind: Any = None if described is None else described.message_type
    if described is None or (kind is None and not (_is_repeated(described) and described.cpp_type not in _TEXTS)):
        message.MergeFromString(bytes(whole))
    elif kind is None:
        for part in _packed(value, described.type):
            message.MergeFromString(_varint(field.number << 3 | LENGTH) + _varint(len(part)) + bytes(part))
            yield
    elif kind.GetOptions().map_entry:
        yield from _merge_entry(message, described, value, field.number, whole)
    elif _is_repeated(described):
        yield from _merge(getattr(message, described.name).add(), value)
    else:
        inner = getattr(message, described.name)
        inner.SetInParent()
        yield from _merge(inner, value)


def _merge_entry(message: Any, described: Any, entry: memoryview, number: int, whole: memoryview) -> Iterator[None]:
    """Parse a large entry of a map: its key first, then its value in steps."""
    values = [field for field in fields(entry) if field.number == 2]
    if described.message_type.fields_by_number[2].message_type is None or len(values) != 1:
        message.MergeFromString(bytes(whole))
        return
    (value,) = values
    key_only = bytes(entry[: value.start]) + bytes(entry[value.end :])
    single = type(message)()
    single.MergeFromString(_varint(number << 3 | LENGTH) + _varint(len(key_only)) + key_only)
    (key,) = getattr(single, described.name)
    target = getattr(message, described.name)[key]
    # The last entry with a key counts.
    target.Clear()
    yield from _merge(target, entry[value.value : value.end])


# The descriptor's `cpp_type` of texts and bytes, which cannot be packed, and its `type` of fixed width.
_TEXTS = (9, 10)
_WIDTHS = {1: 8, 6: 8, 16: 8, 2: 4, 7: 4, 15: 4}


def _packed(values: memoryview, kind: int) -> Iterator[memoryview]:
    """Iterate over packed numbers in pieces that end where a number ends."""
    width = _WIDTHS.get(kind)
    at = 0
    while at < len(values):
        end = min(at + PIECE, len(values))
        if width is not None:
            end = end if end == len(values) else end - (end - at) % width
        else:
            # The last byte of a varint has no continuation bit; a varint has at most ten bytes.
            while end < len(values) and values[end - 1] & 0x80:
                end += 1
        yield values[at:end]
        at = end


def _is_repeated(described: Any) -> bool:
    repeated = getattr(described, "is_repeated", None)
    # Releases before 6.30 have only the label, of which 3 is repeated.
    return bool(described.label == 3) if repeated is None else bool(repeated)


def _read_varint(data: memoryview, at: int) -> tuple[int, int]:
    """Return a number and where it ends."""
    value, shift = 0, 0
    for position in range(at, min(at + 10, len(data))):
        byte = data[position]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, position + 1
        shift += 7
    raise UnreadableMessageError("a field is cut off")


def _varint(value: int) -> bytes:
    parts = bytearray()
    while value >= 0x80:
        parts.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*parts, value))


def _decode_error() -> type[Exception]:
    from google.protobuf.message import DecodeError

    return DecodeError

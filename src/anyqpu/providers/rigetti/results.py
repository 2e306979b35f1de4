"""From buffers to counts: which buffer holds the outcomes of which bit is what `ro_sources` says."""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.errors import ResultDecodeError
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind
from anyqpu.providers.rigetti.mapping import PROVIDER

# Values of NumPy's names for types, as `struct` calls them; complex ones are pairs.
_TYPES: Mapping[str, tuple[str, int]] = {
    "bool": ("?", 1),
    "int8": ("b", 1),
    "uint8": ("B", 1),
    "int16": ("h", 2),
    "uint16": ("H", 2),
    "int32": ("i", 4),
    "uint32": ("I", 4),
    "int64": ("q", 8),
    "uint64": ("Q", 8),
    "float32": ("f", 4),
    "float64": ("d", 8),
    "complex64": ("f", 8),
    "complex128": ("d", 16),
}
_BIT = re.compile(r"([A-Za-z_][\w-]*)(?:\[(\d{1,6})\])?")
_CHARACTERS = bytes.maketrans(b"\x00\x01", b"01")


def decode(buffers: Any, ro_sources: Sequence[tuple[str, str]], shots: int | None) -> ResultItem:
    """The result that buffers `{name: {shape, dtype, data}}` hold.

    Regions of memory are joined in the order in which `ro_sources` first names them, bit 0 of the first one rightmost,
    and counted by themselves too. What was measured but is not bits, such as the raw signals of a readout, gives an
    item of kind RAW.

    Raises:
        ResultDecodeError: Something is missing, or is not what it says that it is.
    """
    if not isinstance(buffers, dict):
        raise _wrong("the buffers are no map")
    known = cast("dict[str, Any]", buffers)
    registers: dict[str, dict[int, str]] = {}
    for target, name in ro_sources:
        region, index = _place(target)
        values = _bits(name, known.get(name), shots)
        if values is not None:
            registers.setdefault(region, {})[index] = values
    if not registers:
        return ResultItem(kind=ResultKind.RAW)
    if len({len(bits) for register in registers.values() for bits in register.values()}) > 1:
        raise _wrong("the buffers have different numbers of shots")
    counted = {region: _counted(region, register) for region, register in registers.items()}
    registers_alone = {region: counts for region, (counts, _) in counted.items()}
    # The first region's bits are the rightmost.
    last_first = list(counted.values())[::-1]
    samples = tuple(map("".join, zip(*(each for _, each in last_first), strict=True)))
    labels = [label for counts, _ in last_first for label in counts.bit_labels or ()]
    counts = Counts(Counter(samples), order=BitOrder.MSB_LEFT, bit_labels=labels)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts, registers=registers_alone, samples=samples)


def cells(buffers: Any) -> int:
    """How much there is to decode, in bytes."""
    known = cast("dict[str, Any]", buffers) if isinstance(buffers, dict) else {}
    found = [cast("dict[str, Any]", each).get("data") for each in known.values() if isinstance(each, dict)]
    return sum(len(data) for data in found if isinstance(data, bytes))


def _place(target: str) -> tuple[str, int]:
    match = _BIT.fullmatch(target)
    if match is None:
        raise _wrong(f"{target!r} is no place in memory")
    return match[1], int(match[2] or 0)


def _counted(region: str, register: Mapping[int, str]) -> tuple[Counts, tuple[str, ...]]:
    # The highest first, so that the bit with the lowest number is the rightmost.
    places = sorted(register, reverse=True)
    samples = tuple(map("".join, zip(*(register[place] for place in places), strict=True)))
    labels = [f"{region}[{place}]" for place in places]
    return Counts(Counter(samples), order=BitOrder.MSB_LEFT, bit_labels=labels), samples


def _bits(name: str, buffer: Any, shots: int | None) -> str | None:
    """The outcomes of one bit as `0` and `1`, shot by shot; None where the buffer holds no whole numbers."""
    if not isinstance(buffer, dict):
        raise _wrong(f"there is no buffer {name!r}")
    fields = cast("dict[str, Any]", buffer)
    dtype, data, shape = fields.get("dtype"), fields.get("data"), fields.get("shape")
    kind = _TYPES.get(dtype) if isinstance(dtype, str) else None
    if kind is None or not isinstance(data, bytes) or not isinstance(shape, list | tuple):
        raise _wrong(f"buffer {name!r} has no type, shape or data that is known ({str(dtype)[:40]})")
    letter, size = kind
    count = 1
    for length in cast("Sequence[Any]", shape):
        if not isinstance(length, int) or isinstance(length, bool) or length < 0:
            raise _wrong(f"buffer {name!r} has no shape")
        count *= length
    if count * size != len(data):
        raise _wrong(f"buffer {name!r} has {len(data)} bytes, which is not {count} times {size}")
    if letter in {"f", "d"}:
        return None
    if shots is not None and count != shots:
        raise _wrong(f"buffer {name!r} has {count} outcomes for {shots} shots")
    values = data
    if size > 1:
        numbers = struct.unpack(f"<{count}{letter}", data)
        values = bytes(number if 0 <= number <= 1 else 2 for number in numbers)
    if values.translate(None, b"\x00\x01"):
        raise _wrong(f"buffer {name!r} has outcomes that are neither 0 nor 1")
    return values.translate(_CHARACTERS).decode("ascii")


def _wrong(what: str) -> ResultDecodeError:
    return ResultDecodeError(f"the result has another form than expected: {what}", provider=PROVIDER)

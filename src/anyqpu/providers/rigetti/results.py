"""Decode buffers to counts: `ro_sources` says which buffer has the outcomes of which bit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, cast

from anyqpu.core.arguments import shown
from anyqpu.core.results.forms import FormError
from anyqpu.model.counts import BitOrder, Counts
from anyqpu.model.result import ResultItem, ResultKind

# NumPy's names for types: whether they are whole numbers, and how many bytes one takes.
_TYPES: Mapping[str, tuple[bool, int]] = {
    "bool": (True, 1),
    "int8": (True, 1),
    "uint8": (True, 1),
    "int16": (True, 2),
    "uint16": (True, 2),
    "int32": (True, 4),
    "uint32": (True, 4),
    "int64": (True, 8),
    "uint64": (True, 8),
    "float32": (False, 4),
    "float64": (False, 8),
    "complex64": (False, 8),
    "complex128": (False, 16),
}
OPERATION = "get_execution_results"
# NumPy's own limit is 64; a buffer has one dimension for shots and at most a few more.
MOST_DIMENSIONS = 8
# Outcomes of all bits together: a million shots of 200 bits.
MOST_OUTCOMES = 200_000_000
_BIT = re.compile(r"([A-Za-z_][\w-]*)(?:\[(\d{1,6})\])?")
_CHARACTERS = bytes.maketrans(b"\x00\x01", b"01")


def decode_reply(
    reply: Any, ro_sources: Sequence[tuple[str, str]] | None, shots: int | None, *, keeps_numbers: bool = False
) -> ResultItem:
    """Return the result in an endpoint's reply, which holds the buffers; see `decode`."""
    fields = cast("dict[Any, Any]", reply) if isinstance(reply, dict) else {}
    if ro_sources is None or "buffers" not in fields:
        raise FormError("it has no buffers")
    return decode(fields["buffers"], ro_sources, shots, keeps_numbers=keeps_numbers)


def sources(facts: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Return the `ro_sources` of a handle; None if they have another form."""
    listed: Any = facts.get("ro_sources")
    if not isinstance(listed, list):
        return None
    sources: list[tuple[str, str]] = []
    for pair in cast("list[Any]", listed):
        match pair:
            case [str(target), str(name)]:
                sources.append((target, name))
            case _:
                return None
    return sources


def decode(
    buffers: Any, ro_sources: Sequence[tuple[str, str]], shots: int | None, *, keeps_numbers: bool = False
) -> ResultItem:
    """Return the result that buffers `{name: {shape, dtype, data}}` hold.

    Regions of memory are joined in the order in which `ro_sources` first names them, bit 0 of the first one rightmost,
    and counted by themselves too. Measured values that are not bits, such as the raw signals of a readout, give an
    item of kind RAW; so do other whole numbers than 0 and 1 with `keeps_numbers`.

    Raises:
        FormError: Something is missing, or has another form or size than expected.
    """
    if not isinstance(buffers, dict):
        raise FormError("the buffers are not a map")
    named = cast("dict[str, Any]", buffers)
    outcomes: dict[str, str | None] = {}
    registers: dict[str, dict[int, str]] = {}
    size = 0
    for target, name in ro_sources:
        region, index = _place(target)
        if name not in outcomes:
            outcomes[name] = _bits(name, named.get(name), shots, keeps_numbers=keeps_numbers)
        values = outcomes[name]
        if values is not None:
            # Several places may name one buffer, so the total can be larger than what was received.
            size += len(values)
            if size > MOST_OUTCOMES:
                raise FormError(f"it has more than {MOST_OUTCOMES} outcomes")
            registers.setdefault(region, {})[index] = values
    if not registers:
        return ResultItem(kind=ResultKind.RAW)
    if len({len(bits) for register in registers.values() for bits in register.values()}) > 1:
        raise FormError("the buffers have different numbers of shots")
    counted = {region: _counted(region, register) for region, register in registers.items()}
    registers_alone = {region: counts for region, (counts, _) in counted.items()}
    # The first region's bits are the rightmost.
    last_first = list(counted.values())[::-1]
    samples = tuple(map("".join, zip(*(samples for _, samples in last_first), strict=True)))
    labels = [label for counts, _ in last_first for label in counts.bit_labels or ()]
    counts = Counts(Counter(samples), order=BitOrder.MSB_LEFT, bit_labels=labels)
    return ResultItem(kind=ResultKind.COUNTS, counts=counts, registers=registers_alone, samples=samples)


def _place(target: str) -> tuple[str, int]:
    match = _BIT.fullmatch(target)
    if match is None:
        raise FormError(f"{shown(target)} is not a place in memory")
    return match[1], int(match[2] or 0)


def _counted(region: str, register: Mapping[int, str]) -> tuple[Counts, tuple[str, ...]]:
    # The highest first, so that the bit with the lowest number is the rightmost.
    places = sorted(register, reverse=True)
    samples = tuple(map("".join, zip(*(register[place] for place in places), strict=True)))
    labels = [f"{region}[{place}]" for place in places]
    return Counts(Counter(samples), order=BitOrder.MSB_LEFT, bit_labels=labels), samples


def _bits(name: str, buffer: Any, shots: int | None, *, keeps_numbers: bool) -> str | None:
    """Return the outcomes of one bit as `0` and `1`, shot by shot; None where the buffer has other numbers."""
    called = shown(name)
    if not isinstance(buffer, dict):
        raise FormError(f"there is no buffer {called}")
    fields = cast("dict[str, Any]", buffer)
    dtype, data, shape = fields.get("dtype"), fields.get("data"), fields.get("shape")
    kind = _TYPES.get(dtype) if isinstance(dtype, str) else None
    if kind is None or not isinstance(data, bytes) or not isinstance(shape, list | tuple):
        raise FormError(f"buffer {called} has no type, shape or data that is known ({shown(dtype)})")
    whole, size = kind
    count = _product(called, cast("Sequence[Any]", shape))
    if count * size != len(data):
        raise FormError(f"buffer {called} has {len(data)} bytes, which is not {count} times {size}")
    if not whole:
        return None
    if shots is not None and count != shots:
        raise FormError(f"buffer {called} has {count} outcomes for {shots} shots")
    # Little-endian: the first byte of each number has the bit, and the others are 0.
    values = data[::size]
    if any(data[byte::size].count(0) != count for byte in range(1, size)) or values.translate(None, b"\x00\x01"):
        if keeps_numbers:
            return None
        raise FormError(f"buffer {called} has outcomes that are neither 0 nor 1")
    return values.translate(_CHARACTERS).decode("ascii")


def _product(called: str, shape: Sequence[Any]) -> int:
    """Return how many values an array of a shape has."""
    if len(shape) > MOST_DIMENSIONS:
        raise FormError(f"buffer {called} has {len(shape)} dimensions")
    count = 1
    for length in shape:
        if not isinstance(length, int) or isinstance(length, bool) or length < 0:
            raise FormError(f"buffer {called} has no shape")
        count *= length
    return count

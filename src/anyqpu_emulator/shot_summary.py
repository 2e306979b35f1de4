"""A summary of the shots in a result of the four clouds, for a chart."""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, cast

from .shapes import is_list, is_object

MOST_BARS = 32
_MOST_BYTES = 4 * 1024 * 1024
_DEEP = 8
_OUTCOME = re.compile(r"0x[0-9a-fA-F]+|[01gre ]+|\d+|\|[^>]*>")
_STATE = re.compile(r"(\|[^>=;]*>)=([0-9.eE+-]+)")
_PACKED = re.compile(r"[A-Za-z0-9+/=_-]{24,}")


def shot_summary(content: bytes, cloud: str, shots: int | None) -> dict[str, float] | None:
    """Return outcomes with their counts or probabilities, most frequent first, or None."""
    if len(content) > _MOST_BYTES:
        return None
    if cloud == "kipu":
        # The lines after the result are the same in other forms.
        content = content.partition(b"\n")[0]
    counts = _rows(content, shots) if cloud == "rigetti" else None
    if counts is None:
        try:
            counts = next(_counts(json.loads(content), 0), None)
        except (ValueError, RecursionError):
            counts = next(_counts(content.decode("utf-8", "replace"), 0), None)
    if not counts:
        return None
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_BARS])


def _rows(content: bytes, shots: int | None) -> dict[str, float] | None:
    """Rigetti: a byte for each shot of each bit, bit after bit."""
    if not shots or not content or len(content) % shots:
        return None
    bits = [content[start : start + shots] for start in range(0, len(content), shots)]
    counted = Counter("".join(str(bit[shot]) for bit in bits) for shot in range(shots))
    return {outcome: float(number) for outcome, number in counted.items()}


def _counts(value: Any, depth: int) -> Iterator[dict[str, float]]:
    """Yield the parts of a result that can be counts, outermost first."""
    if depth > _DEEP:
        return
    if is_object(value):
        if (counts := _as_counts(value)) is not None:
            yield counts
            return
        for item in value.values():
            yield from _counts(item, depth + 1)
    elif is_list(value):
        if (shots := _as_shots(value)) is not None:
            yield shots
            return
        for item in value[:64]:
            yield from _counts(item, depth + 1)
    elif isinstance(value, str):
        yield from _in_text(value, depth)


def _as_counts(value: dict[str, Any]) -> dict[str, float] | None:
    if not value or not all(_OUTCOME.fullmatch(str(name)) for name in value):
        return None
    if not all(isinstance(item, int | float) and not isinstance(item, bool) for item in value.values()):
        return None
    return {str(name): float(item) for name, item in value.items()}


def _as_shots(value: list[Any]) -> dict[str, float] | None:
    """A list with one entry for each shot: bits, or a text of bits."""
    if not value:
        return None
    words: list[str] = []
    for item in value:
        if is_list(item) and item and all(bit in (0, 1) and not isinstance(bit, bool) for bit in item):
            words.append("".join(str(bit) for bit in cast("list[int]", item)))
        elif isinstance(item, str) and re.fullmatch(r"0x[0-9a-fA-F]+|[01]+", item):
            words.append(item)
        else:
            return None
    return {word: float(number) for word, number in Counter(words).items()}


def _in_text(text: str, depth: int) -> Iterator[dict[str, float]]:
    if len(text) > _MOST_BYTES:
        return
    if states := _STATE.findall(text):
        counted: Counter[str] = Counter()
        for state, number in states:
            counted[state] += _number(number)
        yield dict(counted)
    elif text.lstrip()[:1] in ("{", "["):
        try:
            yield from _counts(json.loads(text), depth + 1)
        except (ValueError, RecursionError):
            return
    elif ":PCVL:zip:" in text[:16] or _PACKED.fullmatch(text):
        unpacked = _unpacked(text.removeprefix(":PCVL:zip:"))
        if unpacked:
            yield from _in_text(unpacked, depth + 1)


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _unpacked(text: str) -> str:
    try:
        packed = base64.b64decode(text, validate=True)
        # With a limit: this came from a client's program, and ends on a page.
        return zlib.decompressobj().decompress(packed, _MOST_BYTES).decode("utf-8", "replace")
    except (binascii.Error, ValueError, zlib.error):
        return ""

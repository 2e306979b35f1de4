"""What texts hold: JSON in text, base64, zlib and arrays of numpy; opened to be changed, and closed again."""

from __future__ import annotations

import base64
import binascii
import json
import random
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

MOST_OPENED = 200_000


@dataclass(frozen=True, slots=True)
class Opener:
    """How what a text holds is taken out, and put back."""

    open: Callable[[Any], Any]
    close: Callable[[Any], Any]


def _json_of(text: Any) -> Any:
    return json.loads(text)


def _as_is(content: Any) -> Any:
    return content


def _decoded(text: Any) -> str:
    return base64.b64decode(text, validate=True).decode("latin-1")


def _encoded(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return base64.b64encode(text.encode("latin-1", "replace")).decode()


def _inflated(text: Any) -> str:
    return zlib.decompress(text.encode("latin-1")).decode("latin-1")


def _deflated(content: Any) -> str:
    text = content if isinstance(content, str) else json.dumps(content)
    return zlib.compress(text.encode("latin-1", "replace"), 1).decode("latin-1")


def _header_of(text: Any) -> dict[str, str]:
    """The header of an npy array, and its data."""
    length = int.from_bytes(text[8:10].encode("latin-1"), "little")
    return {"header": text[10 : 10 + length], "data": text[10 + length :]}


def _array_of(parts: Any) -> str:
    header, data = str(parts.get("header", "")), str(parts.get("data", ""))
    size = (len(header) % 65536).to_bytes(2, "little").decode("latin-1")
    return f"\x93NUMPY\x01\x00{size}{header}{data}"


OPENERS: dict[str, Opener] = {
    "#json": Opener(_json_of, _as_is),
    "#base64": Opener(_decoded, _encoded),
    "#zlib": Opener(_inflated, _deflated),
    "#npy": Opener(_header_of, _array_of),
}


def kind_of(text: str) -> str | None:
    """The step into a text; None if it is only a text."""
    if len(text) < 8 or len(text) > MOST_OPENED:
        return None
    if text[0] in "{[":
        try:
            json.loads(text)
        except (ValueError, RecursionError):
            return None
        return "#json"
    if text.startswith("\x93NUMPY"):
        return "#npy"
    if text[0] == "x" and text[1] in "\x01\x5e\x9c\xda":
        try:
            _inflated(text)
        except (zlib.error, ValueError):
            return None
        return "#zlib"
    if len(text) % 4 == 0 and len(text) >= 24:
        try:
            content = base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            return None
        return "#base64" if content[:6] == b"\x93NUMPY" or content[:1] == b"x" or content[:1] in b"{[" else None
    return None


def _flipped(body: bytes) -> bytes:
    """Some bits turned, the same ones each time."""
    chance = random.Random(len(body))
    changed = bytearray(body)
    for _ in range(min(3, len(changed))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _bomb(body: bytes) -> bytes:
    return b'{"a":"' + b" " * 5_000_000 + b'","b":' + body + b"}"


# Changes of a whole body that is not looked into.
ACTIONS: dict[str, Callable[[bytes], bytes]] = {
    "flip bits": _flipped,
    "twice": lambda body: body + body,
    "pad": _bomb,
}

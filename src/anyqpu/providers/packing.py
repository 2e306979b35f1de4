"""Text that is compressed and written as base64, as Scaleway's qio and Perceval do."""

from __future__ import annotations

import base64
import zlib

# What a text may grow to; far more than a million shots of a hundred qubits have.
LARGEST = 512 * 1024 * 1024


def pack(text: str) -> str:
    """The text, compressed."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpack(packed: str) -> str:
    """The text that was compressed; raises `ValueError` if this is none, cut off, or one that is too large."""
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(base64.b64decode(packed), LARGEST)
    except zlib.error as error:
        raise ValueError(f"it is not compressed as it says: {error}") from error
    if unpacker.unconsumed_tail:
        raise ValueError(f"it has more than {LARGEST} bytes")
    if not unpacker.eof:
        raise ValueError("it is cut off")
    return text.decode()

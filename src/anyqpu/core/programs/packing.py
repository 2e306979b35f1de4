"""Text that is compressed and written as base64, as Scaleway's qio and Perceval do."""

from __future__ import annotations

import base64
import zlib

from anyqpu.core.results.forms import Budget, FormError

# What a text may unpack to where no budget says otherwise, beside 32 times its own size: megabytes of program text.
ROOM = 16_000_000


def pack(text: str) -> str:
    """Return the text, compressed."""
    return base64.b64encode(zlib.compress(text.encode())).decode()


def unpack(packed: str, budget: Budget | None = None) -> str:
    """Return the text that was compressed.

    Args:
        packed: The compressed text, in base64.
        budget: What decoding may take; what the text takes is counted.

    Raises:
        FormError: It is not compressed, cut off, not text, or unpacks to more than the budget.
    """
    content = decoded(packed)
    most = ROOM + 32 * len(packed) if budget is None else budget.left
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(content, max(1, most))
    except zlib.error as error:
        raise FormError("it is not compressed as it says") from error
    if unpacker.unconsumed_tail or len(text) > most:
        raise FormError(f"it unpacks to more than {most:,} bytes")
    if not unpacker.eof:
        raise FormError("it is cut off")
    if budget is not None:
        budget.take(len(text))
    try:
        return text.decode()
    except UnicodeDecodeError as error:
        raise FormError("what it unpacks to is not text") from error


def decoded(text: str) -> bytes:
    """Return the bytes that a base64 text stands for; raise `FormError` for any other text."""
    try:
        return base64.b64decode(text)
    except (ValueError, TypeError) as error:
        raise FormError("it is not base64") from error

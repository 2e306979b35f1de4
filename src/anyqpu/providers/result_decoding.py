"""The boundary around decoders of results: a result, or `ResultDecodeError` with what support needs to find it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

import anyio.to_thread

from anyqpu.errors import ResultDecodeError
from anyqpu.transport import exchange
from anyqpu.transport.failures import read_body

T = TypeVar("T")

# Decoding more than this may hold the event loop for longer than 10 ms.
IN_THREAD_FROM = 64 * 1024
# Of a result that an error keeps, characters of JSON; `read_body` keeps less.
KEPT = 64 * 1024


async def decoded(
    provider: str, decode: Callable[[], T], *, size: int, content: bytes | None = None, operation: str | None = None
) -> T:
    """Return what a decoder makes of a result; one of more than 64 KiB is decoded in a worker thread.

    Args:
        provider: Whose result it is.
        decode: Decodes it; may raise anything.
        size: Of the result, in bytes.
        content: The result as it was sent, of which the error keeps a few kilobytes without credentials.
        operation: For the error, where it is not that of the last response.

    Raises:
        ResultDecodeError: It cannot be decoded.
    """
    problem = "a value has an unexpected type"
    try:
        if size < IN_THREAD_FROM:
            return decode()
        return await anyio.to_thread.run_sync(decode, abandon_on_cancel=True)
    except ResultDecodeError as error:
        problem = error.message.removeprefix(f"{UNEXPECTED}: ")
    except Exception:  # noqa: S110  # raised below, out of the frames that hold the result
        pass
    raise odd_result(provider, problem, content=content, operation=operation)


UNEXPECTED = "the result has another form than expected"


def odd_result(
    provider: str, problem: str, *, content: bytes | None = None, operation: str | None = None
) -> ResultDecodeError:
    """Return the error for a result that cannot be decoded, about the last response of this task or `operation`."""
    details: dict[str, Any] = exchange.details(provider)
    if operation is not None and details.get("operation") != operation:
        details = {"provider": provider, "operation": operation}
    body = None if content is None else read_body(content)
    return ResultDecodeError(f"{UNEXPECTED}: {problem}", body=body, **details)


def as_content(value: Any) -> bytes | None:
    """Return a JSON value as content for an error; None for one that is too large or not JSON."""
    try:
        text = json.dumps(value)
    except (TypeError, ValueError, RecursionError):
        return None
    return text.encode() if len(text) <= KEPT else None

"""Large responses, to memory or to a file."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol

import anyio
from anyqpu_raw._core import Operation, Request

from anyqpu.errors import AnyQPUError, ResultError, printable
from anyqpu.transport.arguments import builder
from anyqpu.transport.client import Transport

# Each write to a file goes through a worker thread, which costs more than to receive what is written.
WRITE_FROM = 2**22


class GeneratedOperation(Protocol):
    """A generated operation's module."""

    OPERATION: Operation
    build_request: Callable[..., Request]


async def download_link(transport: Transport, link: str, *, limit: int) -> bytes:
    """Return what a link of the cloud leads to, up to `limit` bytes; no credentials are sent there."""
    received = bytearray()

    async def keep(chunk: bytes) -> None:
        received.extend(chunk)

    await transport.download_link(link, write=keep, limit=limit)
    return bytes(received)


async def download(
    transport: Transport, operation: Any, *arguments: Any, to: str | os.PathLike[str] | None, limit: int
) -> bytes | None:
    """Write the body of an operation to the file `to`, or return it.

    The file appears, or is replaced, when all of it is there; a download that fails leaves nothing behind.

    Raises:
        ResultError: The file cannot be written.
        AnyQPUError: As `Transport.download`.
        ValidationError: An argument cannot be sent.
    """
    module: GeneratedOperation = operation
    request = builder(transport.provider)(module.OPERATION, module.build_request, *arguments)
    if to is None:
        received = bytearray()

        async def keep(chunk: bytes) -> None:
            received.extend(chunk)

        await transport.download(module.OPERATION, request, write=keep, limit=limit)
        return bytes(received)
    failure: ResultError
    try:
        await _to_file(transport, module, request, anyio.Path(to), limit)
        return None
    except (OSError, ValueError) as error:
        if isinstance(error, AnyQPUError):
            raise
        reason = (getattr(error, "strerror", None) or "invalid path").lower()
        failure = ResultError(f"cannot write the file {printable(os.fspath(to))!r}: {reason}")
    raise failure


async def _to_file(
    transport: Transport, module: GeneratedOperation, request: Request, target: anyio.Path, limit: int
) -> None:
    part = target.with_name(target.name + ".part")
    parts: list[bytes] = []
    try:
        async with await anyio.open_file(part, "wb") as file:
            size = 0

            async def write(chunk: bytes) -> None:
                nonlocal size
                parts.append(chunk)
                size += len(chunk)
                if size >= WRITE_FROM:
                    await file.writelines(parts)
                    parts.clear()
                    size = 0

            await transport.download(
                module.OPERATION, request, write=write, limit=limit, total=transport.timeouts.download
            )
            await file.writelines(parts)
        await part.replace(target)
    finally:
        with anyio.CancelScope(shield=True), suppress(OSError, ValueError):
            await part.unlink(missing_ok=True)

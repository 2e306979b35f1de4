"""Deliberate leaks, to test that they are detected."""

from __future__ import annotations

import socket
from typing import Any

import anyio
from anyio.abc import TaskGroup

KINDS = ("tasks", "descriptors", "memory")
_kept: list[Any] = []


async def leak(kind: str, group: TaskGroup) -> None:
    """Lose one task, one socket or half a megabyte each second."""
    while True:
        await anyio.sleep(1.0)
        if kind == "tasks":
            group.start_soon(anyio.sleep_forever)
        elif kind == "descriptors":
            _kept.append(socket.socket())
        else:
            _kept.append([object() for _ in range(32_000)])


def forget() -> None:
    """Release the leaked resources."""
    for resource in _kept:
        if isinstance(resource, socket.socket):
            resource.close()
    _kept.clear()

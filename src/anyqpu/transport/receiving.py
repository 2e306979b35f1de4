"""How much a connection receives at a time."""

from __future__ import annotations

from typing import Any

# Bytes for most responses. A larger buffer is memory that the system maps for one response and unmaps after it, which
# takes a tenth of the CPU of a call.
USUAL = 2**16
# Bytes while a response fills buffers: a download takes less CPU in larger pieces.
MOST = 2**18


class ReceiveBuffer:
    """The size of the buffers into which a connection receives; on asyncio its transport has it too.

    Attributes:
        size: Bytes to receive at a time.
    """

    __slots__ = ("_transport", "size")

    def __init__(self, transport: Any) -> None:
        """`transport`: of asyncio; None, and those of other event loops, have sizes of their own."""
        self.size = USUAL
        self._transport: Any = transport if hasattr(transport, "max_size") else None
        # That of a connection over TLS has it elsewhere. A record of TLS is smaller than the usual buffer.
        for part in (self._transport, getattr(transport, "_ssl_protocol", None)):
            if part is not None and hasattr(part, "max_size"):
                part.max_size = USUAL

    def begin(self) -> None:
        """Begin another response."""
        if self.size != USUAL:
            self._set(USUAL)

    def note(self, received: int) -> None:
        """Use larger buffers for the rest of a response of which so many bytes arrived at a time."""
        if received >= USUAL and self.size != MOST:
            self._set(MOST)

    def _set(self, size: int) -> None:
        self.size = size
        if self._transport is not None:
            self._transport.max_size = size

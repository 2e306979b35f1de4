"""uvicorn's HTTP protocol, with quietly dropped connections and time limits for slow clients."""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .http import ConnectionDroppedError


class Protocol(H11Protocol):
    """HTTP/1.1. uvicorn itself responds with 500 where an application ends without a response."""

    head_seconds: ClassVar[float] = 30.0
    """Within this time the head of a request has to arrive, from the first byte or the connection's start."""
    stall_seconds: ClassVar[float] = 60.0
    """A client that reads nothing of a response for this long is disconnected."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*args, **options)
        self._served = self.app
        self.app = self._serve
        self._head_timer: asyncio.TimerHandle | None = None
        self._stall_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._time_head()

    def data_received(self, data: bytes) -> None:
        """Feed the parser, which starts a request when its head is complete."""
        super().data_received(data)
        self._time_head()

    def pause_writing(self) -> None:
        """Begin to time a client that does not read."""
        super().pause_writing()
        if self._stall_timer is None:
            self._stall_timer = self.loop.call_later(self.stall_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop timing the client, which has read."""
        super().resume_writing()
        self._stop_stall_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        """End the timers."""
        super().connection_lost(exc)
        self._stop_head_timer()
        self._stop_stall_timer()

    def _time_head(self) -> None:
        # uvicorn has no cycle before the first request, whatever its annotation says.
        cycle: Any = self.cycle
        if cycle is not None and not cycle.response_complete:
            self._stop_head_timer()
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.head_seconds, self.transport.close)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_stall_timer(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        # A request that came in one piece with the response before it may already be over.
        self._stop_head_timer()
        try:
            await self._served(scope, receive, send)
        except ConnectionDroppedError:
            # Data that was already sent is still delivered.
            self.transport.close()
            while (await receive())["type"] != "http.disconnect":
                pass

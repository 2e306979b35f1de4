"""How uvicorn serves a connection here: one that the application drops is closed, without a word in the log."""

from __future__ import annotations

from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from .http import ConnectionDroppedError


class Protocol(H11Protocol):
    """HTTP/1.1. uvicorn itself answers 500 where an application ends without an answer."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """As uvicorn makes it."""
        super().__init__(*args, **options)
        self._served = self.app
        self.app = self._serve

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._served(scope, receive, send)
        except ConnectionDroppedError:
            # What was sent so far still goes out.
            self.transport.close()
            while (await receive())["type"] != "http.disconnect":
                pass

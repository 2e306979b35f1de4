"""What was answered is in the file."""

from __future__ import annotations

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .ledger import Ledger


class Keeper:
    """An ASGI application that writes changes before it answers, in a worker thread."""

    def __init__(self, app: ASGIApp, ledger: Ledger) -> None:
        """`app` makes the changes."""
        self._app = app
        self._ledger = ledger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; hold its answer back until it is true."""

        async def kept(message: Message) -> None:
            if message["type"] == "http.response.start" and self._ledger.collect():
                await anyio.to_thread.run_sync(self._ledger.write)
            await send(message)

        await self._app(scope, receive, kept)

"""What was answered is in the file."""

from __future__ import annotations

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from anyqpu_emulator.refusals import Refusals

from .file import StateError
from .ledger import Ledger

# Views of the emulator itself answer from memory: they are how a user learns why the clouds refuse.
_VIEWS = "/_control"


class Keeper:
    """An ASGI application that writes changes before it answers, in a worker thread.

    Where they cannot be written, the response is a 507 in the cloud's own form instead. What the request did stays in
    memory and is written with the first later request that can; until then every request of a cloud is refused, so
    nothing is answered that a restart would take back.
    """

    def __init__(self, app: ASGIApp, ledger: Ledger, refusals: Refusals) -> None:
        """`app` makes the changes."""
        self._app = app
        self._ledger = ledger
        self._refusals = refusals

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; hold its response back until what it says is in the file."""
        problem: StateError | None = None
        is_view = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(_VIEWS)

        async def saved(message: Message) -> None:
            nonlocal problem
            if problem is None and message["type"] == "http.response.start" and not is_view:
                try:
                    if self._ledger.collect():
                        await anyio.to_thread.run_sync(self._ledger.write)
                except StateError as error:
                    problem = error
            if problem is None:
                await send(message)

        await self._app(scope, receive, saved)
        if problem is not None:
            await self._refusals.response(scope, 507, str(problem))(scope, receive, send)

"""Responses wait until the changes that they report are in the file."""

from __future__ import annotations

import anyio.to_thread
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from anyqpu_emulator.error_responses import ErrorResponses

from .file import StateError
from .tables import Persistence

# Views of the emulator are served from memory: they show why the clouds refuse requests.
_VIEWS = "/_control"


class PersistenceMiddleware:
    """Write changes, in a worker thread, before each response.

    If that fails, the response is a 507 in the cloud's own form. What the request did stays in memory and is written
    with the first later request that can write. Until then every request of a cloud is refused, so no response reports
    what a restart would undo.
    """

    def __init__(self, app: ASGIApp, persistence: Persistence, error_responses: ErrorResponses) -> None:
        """`app` makes the changes."""
        self._app = app
        self._persistence = persistence
        self._error_responses = error_responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        problem: StateError | None = None
        is_view = scope["type"] == "http" and scope["method"] == "GET" and scope["path"].startswith(_VIEWS)

        async def send_written(message: Message) -> None:
            nonlocal problem
            if problem is None and message["type"] == "http.response.start" and not is_view:
                try:
                    if self._persistence.collect():
                        await anyio.to_thread.run_sync(self._persistence.write)
                except StateError as error:
                    problem = error
            if problem is None:
                await send(message)

        await self._app(scope, receive, send_written)
        if problem is not None:
            await self._error_responses.response(scope, 507, str(problem))(scope, receive, send)

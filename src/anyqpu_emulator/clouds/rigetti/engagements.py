"""Engagements: the credentials with which a client talks to a processor for a while."""

from __future__ import annotations

import math
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .catalogue import ME
from .errors import QcsError, invalid
from .executions import Executions
from .fields import stamp
from .processors import processor
from .store import Endpoint, Store, account_of

if TYPE_CHECKING:
    from .endpoint import Credentials, ExecutionServer

SECONDS = 15 * 60


class EngagementHandlers(Handlers[Store, Auth]):
    """One operation."""

    def __init__(self, store: Store, auth: Auth, executions: Executions) -> None:
        """The execution endpoint is not there before the first engagement."""
        super().__init__(store, auth)
        self._executions = executions
        self._server: ExecutionServer | None = None
        self._lock = threading.Lock()

    @handles("CreateEngagement")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        endpoint = self._endpoint(body.get("endpointId"), body.get("quantumProcessorId"))
        account = account_of(self.store, request, body)
        tags: list[str] = body.get("tags") or []
        if not self.store.healthy(endpoint):
            raise _busy(endpoint.up_at - self.store.context.clock.monotonic())
        # Generating keys takes a while, and so does starting the thread.
        credentials = await anyio.to_thread.run_sync(self._engage, endpoint)
        response: dict[str, Any] = {
            "address": credentials.address,
            "endpointId": endpoint.id,
            "quantumProcessorIds": endpoint.processors,
            "userId": ME.idp_id,
            "accountId": account.id,
            "accountType": account.type,
            "expiresAt": stamp(self.store.now() + timedelta(seconds=SECONDS)),
            "minimumPriority": 1,
            "tags": tags,
            "credentials": {
                "clientPublic": credentials.client_public,
                "clientSecret": credentials.client_secret,
                "serverPublic": credentials.server_public,
            },
        }
        return json_response(response)

    def _engage(self, endpoint: Endpoint) -> Credentials:
        """In a worker thread."""
        try:
            return self._started().engage(endpoint.processors, SECONDS)
        except ImportError as error:
            raise QcsError(501, f"executing programs needs {error.name}: pip install 'anyqpu[emulator]'") from None
        except RuntimeError as error:
            raise QcsError(503, str(error), headers={"retry-after": "1"}) from None

    def _started(self) -> ExecutionServer:
        with self._lock:
            if self._server is None:
                from .endpoint import ExecutionServer

                self._server = ExecutionServer(self.store.context, self._executions)
            return self._server

    def _endpoint(self, endpoint_id: str | None, processor_id: str | None) -> Endpoint:
        """Return the endpoint with an id, else the default endpoint of a processor."""
        if not endpoint_id and not processor_id:
            raise invalid("endpointId or quantumProcessorId is missing", "body", "quantumProcessorId")
        if "busy" in (endpoint_id or processor_id or ""):
            raise _busy(0)
        return self.store.endpoint(endpoint_id or processor(processor_id or "").default_endpoint)


def _busy(seconds: float) -> QcsError:
    headers = {"retry-after": str(max(1, math.ceil(seconds)))}
    return QcsError(503, "the endpoint is busy; try again later", headers=headers)

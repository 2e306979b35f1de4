"""Engagements: the credentials with which a client talks to a processor for a while."""

from __future__ import annotations

import math
import threading
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from .auth import Gatekeeper
from .catalogue import ME
from .errors import QcsError, invalid
from .executions import Executions
from .fields import body_of, stamp, text, texts
from .processors import processor
from .room import Room
from .store import Endpoint, Store, account_of

if TYPE_CHECKING:
    from .endpoint import Credentials, ExecutionServer

SECONDS = 15 * 60


class EngagementRoutes(Room):
    """One operation."""

    def __init__(self, store: Store, gate: Gatekeeper, executions: Executions) -> None:
        """The execution endpoint is not there before the first engagement."""
        super().__init__(store, gate)
        self._executions = executions
        self._server: ExecutionServer | None = None
        self._lock = threading.Lock()

    def routes(self) -> list[BaseRoute]:
        """Engagements are only ever created; they end by themselves."""
        return [self.guarded("POST", "/v1/engagements", self._create)]

    async def _create(self, request: Request) -> Response:
        body = await body_of(request)
        endpoint = self._endpoint(text(body, "endpointId"), text(body, "quantumProcessorId"))
        account, tags = account_of(self.store, request, body), texts(body, "tags") or []
        if not self.store.healthy(endpoint):
            raise _busy(endpoint.up_at - self.store.house.clock.monotonic())
        # Generating keys takes a while, and so does starting the thread.
        given = await anyio.to_thread.run_sync(self._engage, endpoint)
        answer: dict[str, Any] = {
            "address": given.address,
            "endpointId": endpoint.id,
            "quantumProcessorIds": endpoint.processors,
            "userId": ME.idp_id,
            "accountId": account.id,
            "accountType": account.type,
            "expiresAt": stamp(self.store.now() + timedelta(seconds=SECONDS)),
            "minimumPriority": 1,
            "tags": tags,
            "credentials": {
                "clientPublic": given.client_public,
                "clientSecret": given.client_secret,
                "serverPublic": given.server_public,
            },
        }
        return json_response(answer)

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

                self._server = ExecutionServer(self.store.house, self._executions)
            return self._server

    def _endpoint(self, endpoint_id: str | None, processor_id: str | None) -> Endpoint:
        """The endpoint comes before the processor."""
        if not endpoint_id and not processor_id:
            raise invalid("endpointId or quantumProcessorId is missing", "body", "quantumProcessorId")
        if "busy" in (endpoint_id or processor_id or ""):
            raise _busy(0)
        return self.store.endpoint(endpoint_id or processor(processor_id or "").default_endpoint)


def _busy(seconds: float) -> QcsError:
    headers = {"retry-after": str(max(1, math.ceil(seconds)))}
    return QcsError(503, "the endpoint is busy; try again later", headers=headers)

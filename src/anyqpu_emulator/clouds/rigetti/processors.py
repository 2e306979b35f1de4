"""Quantum processors, their architecture, and the endpoints that lead to them."""

from __future__ import annotations

from typing import Any

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.grpc_port import ListenError
from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .architecture import architecture
from .auth import Auth
from .catalogue import ACCESSORS, DATACENTERS, MAINTENANCE, PROCESSORS, Processor
from .errors import QcsError, invalid
from .fields import stamp
from .paging import page
from .rules import parse
from .store import MAX_ENDPOINTS, Endpoint, Store

# How the service of today labels its reads of processors; the rest of it is older.
TODAY = "application/json; charset=utf-8"


class ProcessorHandlers(Handlers[Store, Auth]):
    """Processors, instruction sets and endpoints."""

    @handles("ListQuantumProcessors")
    async def _list_processors(self, request: Request) -> Response:
        return page(request, "quantumProcessors", [{"id": name} for name in PROCESSORS], TODAY)

    @handles("GetQuantumProcessor")
    async def _processor(self, request: Request) -> Response:
        return json_response({"id": processor_of(request).id}, media_type=TODAY)

    @handles("GetInstructionSetArchitecture")
    async def _architecture(self, request: Request) -> Response:
        return json_response(architecture(processor_of(request), stamp(self.store.began)), media_type=TODAY)

    @handles("ListInstructionSetArchitectures")
    async def _list_architectures(self, request: Request) -> Response:
        began = stamp(self.store.began)
        isas = [architecture(one, began) for one in PROCESSORS.values()]
        return page(request, "instructionSetArchitectures", isas, TODAY)

    @handles("GetQuantumProcessorAccessors")
    async def _accessors(self, request: Request) -> Response:
        """Return the addresses of the gRPC services; none for a processor that executes over ZeroMQ only."""
        url = await self._grpc_url(request) if processor_of(request).grpc else None
        rows = [] if url is None else [{**accessor, "url": url} for accessor in ACCESSORS]
        return page(request, "accessors", rows, TODAY)

    @handles("GetQuantumProcessorCalendar")
    async def _calendar(self, request: Request) -> Response:
        calendar = MAINTENANCE.get(processor_of(request).id)
        return json_response({} if calendar is None else {"maintenanceICal": calendar})

    @handles("GetDefaultEndpoint")
    async def _default_endpoint(self, request: Request) -> Response:
        endpoint = self.store.endpoint(processor_of(request).default_endpoint)
        return json_response(self._view(endpoint, await self._grpc_url(request)))

    @handles("ListEndpoints")
    async def _list_endpoints(self, request: Request) -> Response:
        is_selected = parse(request.state.query.get("filter", ""))
        url = await self._grpc_url(request)
        views = [self._view(endpoint, url) for endpoint in self.store.endpoints.values()]
        return page(request, "endpoints", [view for view in views if is_selected(view)])

    @handles("CreateEndpoint")
    async def _create(self, request: Request) -> Response:
        body = request.state.body
        processors: list[str] = body.get("quantumProcessorIds") or []
        datacenters: list[str] = body.get("datacenters") or [DATACENTERS[0]]
        for name in processors:
            processor(name)
        if len(self.store.endpoints) >= MAX_ENDPOINTS:
            raise QcsError(400, f"there are {MAX_ENDPOINTS} endpoints already; delete some")
        up_at = self.store.context.clock.monotonic() + self.store.context.scheduler.start_delay
        made = Endpoint(self.store.next_id("ep"), list(dict.fromkeys(processors)), datacenters[0], True, up_at)
        self.store.endpoints[made.id] = made
        return json_response(self._view(made, await self._grpc_url(request)), 201)

    @handles("GetEndpoint")
    async def _get(self, request: Request) -> Response:
        endpoint = self.store.endpoint(request.path_params["endpointId"])
        return json_response(self._view(endpoint, await self._grpc_url(request)))

    @handles("DeleteEndpoint")
    async def _delete(self, request: Request) -> Response:
        endpoint = self.store.endpoint(request.path_params["endpointId"])
        if not endpoint.own:
            raise QcsError(403, f"endpoint {endpoint.id!r} is not yours")
        del self.store.endpoints[endpoint.id]
        return Response(status_code=204)

    @handles("RestartEndpoint")
    async def _restart(self, request: Request) -> Response:
        component = request.state.body.get("componentName")
        endpoint = self.store.endpoint(request.path_params["endpointId"])
        if not endpoint.own:
            raise QcsError(403, f"endpoint {endpoint.id!r} is not yours")
        if component == "":
            raise invalid(
                "componentName should not be empty; leave it out to restart the whole", "body", "componentName"
            )
        endpoint.up_at = self.store.context.clock.monotonic() + self.store.context.scheduler.start_delay
        return Response(status_code=204)

    async def _grpc_url(self, request: Request) -> str | None:
        """Return the address of the gRPC services, whose port opens now if it was closed; None if it cannot."""
        port = self.store.context.grpc_port
        if port is None:
            return None
        try:
            await anyio.to_thread.run_sync(port.open)
        except (ListenError, RuntimeError) as error:
            raise QcsError(503, str(error), headers={"retry-after": "1"}) from None
        return port.url(request.url.hostname or "")

    def _view(self, endpoint: Endpoint, grpc_url: str | None) -> dict[str, Any]:
        has_grpc = grpc_url is not None and any(PROCESSORS[name].grpc for name in endpoint.processors)
        return {
            "id": endpoint.id,
            "address": None,
            # That of ZeroMQ is known only after an engagement, which opens the socket.
            "addresses": {"grpc": grpc_url} if has_grpc else {},
            "datacenter": endpoint.datacenter,
            "healthy": self.store.healthy(endpoint),
            "mock": False,
            "quantumProcessorIds": endpoint.processors,
        }


def processor_of(request: Request) -> Processor:
    """Return the processor in the path, or raise a 404."""
    return processor(request.path_params["quantumProcessorId"])


def processor(name: str) -> Processor:
    """Return a processor, or raise a 404."""
    processor = PROCESSORS.get(name)
    if processor is None:
        raise QcsError(404, f"there is no quantum processor {name!r}; there are {', '.join(PROCESSORS)}")
    return processor

"""Quantum processors, their architecture, and the endpoints that lead to them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import json_response
from anyqpu_emulator.routes import Handlers, handles

from .architecture import architecture
from .auth import Auth
from .catalogue import DATACENTERS, PROCESSORS, Processor
from .errors import QcsError, invalid
from .fields import stamp
from .paging import page
from .rules import parse
from .store import MAX_ENDPOINTS, Endpoint, Store


class ProcessorHandlers(Handlers[Store, Auth]):
    """Processors, instruction sets and endpoints."""

    @handles("ListQuantumProcessors")
    async def _list_processors(self, request: Request) -> Response:
        return page(request, "quantumProcessors", [{"id": name} for name in PROCESSORS])

    @handles("GetQuantumProcessor")
    async def _processor(self, request: Request) -> Response:
        return json_response({"id": processor_of(request).id})

    @handles("GetInstructionSetArchitecture")
    async def _architecture(self, request: Request) -> Response:
        return json_response(architecture(processor_of(request), stamp(self.store.began)))

    @handles("ListInstructionSetArchitectures")
    async def _list_architectures(self, request: Request) -> Response:
        began = stamp(self.store.began)
        return page(request, "instructionSetArchitectures", [architecture(one, began) for one in PROCESSORS.values()])

    @handles("GetQuantumProcessorAccessors")
    async def _accessors(self, request: Request) -> Response:
        """Return no accessors: they are addresses of gRPC services, which this emulator does not have."""
        processor_of(request)
        return page(request, "accessors", [])

    @handles("GetQuantumProcessorCalendar")
    async def _calendar(self, request: Request) -> Response:
        """Return a calendar without maintenance."""
        processor_of(request)
        return json_response({})

    @handles("GetDefaultEndpoint")
    async def _default_endpoint(self, request: Request) -> Response:
        return json_response(self._view(self.store.endpoint(processor_of(request).default_endpoint)))

    @handles("ListEndpoints")
    async def _list_endpoints(self, request: Request) -> Response:
        is_selected = parse(request.state.query.get("filter", ""))
        views = [self._view(endpoint) for endpoint in self.store.endpoints.values()]
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
        return json_response(self._view(made), 201)

    @handles("GetEndpoint")
    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self.store.endpoint(request.path_params["endpointId"])))

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

    def _view(self, endpoint: Endpoint) -> dict[str, Any]:
        return {
            "id": endpoint.id,
            "address": None,
            # Known only after an engagement, which opens the socket.
            "addresses": {},
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

"""Quantum processors, their architecture, and the endpoints that lead to them."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from anyqpu_emulator.http import json_response

from .architecture import architecture
from .catalogue import DATACENTERS, PROCESSORS, Processor
from .errors import QcsError, invalid
from .fields import body_if_any, body_of, stamp, text, texts
from .room import Room, page
from .rules import parse
from .store import MAX_ENDPOINTS, Endpoint

_PROCESSOR = "/v1/quantumProcessors/{quantumProcessorId}"
_ENDPOINT = "/v1/endpoints/{endpointId}"


class ProcessorRoutes(Room):
    """Nine operations of the published document, and three that its clients have gained since."""

    def routes(self) -> list[BaseRoute]:
        """Verbs come first: `{endpointId}` would match them too."""
        return [
            self.guarded("GET", "/v1/quantumProcessors", self._list_processors),
            self.guarded("GET", f"{_PROCESSOR}/endpoints:getDefault", self._default_endpoint),
            self.guarded("GET", f"{_PROCESSOR}/instructionSetArchitecture", self._architecture),
            self.guarded("GET", f"{_PROCESSOR}/accessors", self._accessors),
            self.guarded("GET", _PROCESSOR, self._processor),
            self.guarded("GET", "/v1/instructionSetArchitectures", self._list_architectures),
            self.guarded("GET", "/v1/calendars/{quantumProcessorId}", self._calendar),
            self.guarded("GET", "/v1/endpoints", self._list_endpoints),
            self.guarded("POST", "/v1/endpoints", self._create),
            self.guarded("POST", f"{_ENDPOINT}:restart", self._restart),
            self.guarded("GET", _ENDPOINT, self._get),
            self.guarded("DELETE", _ENDPOINT, self._delete),
        ]

    async def _list_processors(self, request: Request) -> Response:
        return page(request, "quantumProcessors", [{"id": name} for name in PROCESSORS])

    async def _processor(self, request: Request) -> Response:
        return json_response({"id": processor_of(request).id})

    async def _architecture(self, request: Request) -> Response:
        return json_response(architecture(processor_of(request), stamp(self.store.began)))

    async def _list_architectures(self, request: Request) -> Response:
        began = stamp(self.store.began)
        return page(request, "instructionSetArchitectures", [architecture(one, began) for one in PROCESSORS.values()])

    async def _accessors(self, request: Request) -> Response:
        """None: they are addresses of gRPC services, which this emulator does not have."""
        processor_of(request)
        return page(request, "accessors", [])

    async def _calendar(self, request: Request) -> Response:
        """No maintenance is planned."""
        processor_of(request)
        return json_response({})

    async def _default_endpoint(self, request: Request) -> Response:
        return json_response(self._view(self.store.endpoint(processor_of(request).default_endpoint)))

    async def _list_endpoints(self, request: Request) -> Response:
        wanted = parse(request.query_params.get("filter", ""))
        views = [self._view(endpoint) for endpoint in self.store.endpoints.values()]
        return page(request, "endpoints", [view for view in views if wanted(view)])

    async def _create(self, request: Request) -> Response:
        body = await body_of(request)
        processors = texts(body, "quantumProcessorIds") or []
        datacenters = texts(body, "datacenters") or [DATACENTERS[0]]
        for name in datacenters:
            if name not in DATACENTERS:
                raise invalid(f"datacenters: {name!r} is none of {', '.join(DATACENTERS)}", "body", "datacenters")
        for name in processors:
            processor(name)
        if len(self.store.endpoints) >= MAX_ENDPOINTS:
            raise QcsError(400, f"there are {MAX_ENDPOINTS} endpoints already; delete some")
        up_at = self.store.house.clock.monotonic() + self.store.house.scheduler.start_delay
        made = Endpoint(self.store.next_id("ep"), list(dict.fromkeys(processors)), datacenters[0], True, up_at)
        self.store.endpoints[made.id] = made
        return json_response(self._view(made), 201)

    async def _get(self, request: Request) -> Response:
        return json_response(self._view(self.store.endpoint(request.path_params["endpointId"])))

    async def _delete(self, request: Request) -> Response:
        endpoint = self.store.endpoint(request.path_params["endpointId"])
        if not endpoint.own:
            raise QcsError(403, f"endpoint {endpoint.id!r} is not yours")
        del self.store.endpoints[endpoint.id]
        return Response(status_code=204)

    async def _restart(self, request: Request) -> Response:
        component = text(await body_if_any(request), "componentName")
        endpoint = self.store.endpoint(request.path_params["endpointId"])
        if not endpoint.own:
            raise QcsError(403, f"endpoint {endpoint.id!r} is not yours")
        if component == "":
            raise invalid(
                "componentName should not be empty; leave it out to restart the whole", "body", "componentName"
            )
        endpoint.up_at = self.store.house.clock.monotonic() + self.store.house.scheduler.start_delay
        return Response(status_code=204)

    def _view(self, endpoint: Endpoint) -> dict[str, Any]:
        return {
            "id": endpoint.id,
            "address": None,
            # Known only once somebody engages: the socket is opened then.
            "addresses": {},
            "datacenter": endpoint.datacenter,
            "healthy": self.store.healthy(endpoint),
            "mock": False,
            "quantumProcessorIds": endpoint.processors,
        }


def processor_of(request: Request) -> Processor:
    """The processor in the path, or a 404."""
    return processor(request.path_params["quantumProcessorId"])


def processor(name: str) -> Processor:
    """A processor, or a 404."""
    found = PROCESSORS.get(name)
    if found is None:
        raise QcsError(404, f"there is no quantum processor {name!r}; there are {', '.join(PROCESSORS)}")
    return found

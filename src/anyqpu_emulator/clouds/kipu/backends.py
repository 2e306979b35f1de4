"""Backends: what there is, how it is doing, and how it was calibrated."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from anyqpu_emulator.http import ProblemError, json_response

from .calibration import calibration_at, parse_instant
from .catalogue import BACKENDS, Backend
from .configs import native_config
from .room import Room, query_integer
from .submission import find_backend

_UPDATED_AT = "2026-01-01"
_ALL_DAY = [{"granularity": "DAILY", "start": "00:00:00", "end": "23:59:59"}]


class BackendRoutes(Room):
    """Six operations; the list is public."""

    def routes(self) -> list[BaseRoute]:
        """The fixed path before the one with an id."""
        return [
            Route("/backends", self._list, methods=["GET"]),
            self.guarded("GET", "/backends/least-busy", self._least_busy),
            self.guarded("GET", "/backends/{id}", self._get),
            self.guarded("GET", "/backends/{id}/status", self._status),
            self.guarded("GET", "/backends/{id}/config", self._config),
            self.guarded("GET", "/backends/{id}/calibration", self._calibration),
        ]

    async def _list(self, request: Request) -> Response:
        full = self.gate.check_if_any(request)
        provider = request.query_params.get("provider")
        # `onlyPlanqkSdk` filters nothing here: the cloud's SDK can use every backend of this catalogue.
        found = [b for b in BACKENDS.values() if provider is None or b.provider == _provider(provider)]
        return json_response([self._view(backend, full=full) for backend in found])

    async def _least_busy(self, request: Request) -> Response:
        given = request.query_params.get("provider")
        if not given:
            raise ProblemError(400, "the query parameter provider is missing; IBM is the one that works")
        if _provider(given) != "IBM":
            raise ProblemError(400, f"Provider {given} does not support least-busy backend selection")
        least = query_integer(request, "minQubits", 0, -(2**31))
        eligible = [
            backend
            for backend in BACKENDS.values()
            if backend.provider == "IBM" and backend.status == "ONLINE" and backend.qubit_count >= least
        ]
        if not eligible:
            raise ProblemError(404, f"no operational IBM backend has {least} qubits or more")
        return json_response(self._view(min(eligible, key=self._queue_size), full=True))

    async def _get(self, request: Request) -> Response:
        return json_response(self._view(find_backend(request.path_params["id"]), full=True))

    async def _status(self, request: Request) -> Response:
        backend = find_backend(request.path_params["id"])
        size = self._queue_size(backend)
        average = round(size * self.store.house.scheduler.average_run)
        return json_response({"status": backend.status, "queue_avg_time": average, "queue_size": size})

    async def _config(self, request: Request) -> Response:
        return json_response(native_config(find_backend(request.path_params["id"])))

    async def _calibration(self, request: Request) -> Response:
        backend = find_backend(request.path_params["id"])
        now = self.store.house.clock.wall()
        given = request.query_params.get("effectiveAt")
        found = calibration_at(backend, now if given is None else min(now, parse_instant(given)))
        return Response(status_code=204) if found is None else json_response(found)

    def _queue_size(self, backend: Backend) -> int:
        return self.store.house.scheduler.queued(f"kipu/{backend.id}")

    def _view(self, backend: Backend, *, full: bool) -> dict[str, Any]:
        """`Backend` of the published schema; strangers get a reduced one.

        `documentation.sdks` is left out on purpose: older and newer clients disagree on its type.
        """
        view: dict[str, Any] = {
            "id": backend.id,
            "internal_id": backend.internal_id,
            "provider": backend.provider,
            "hardware_provider": backend.hardware_provider,
            "name": backend.internal_id,
            "display_name": backend.display_name,
            "type": backend.type,
            "technology": backend.technology,
            "updated_at": _UPDATED_AT,
            "access_type": "PAY_PER_USE",
            "documentation": {
                "description": backend.description,
                "url": "https://docs.hub.kipu-quantum.com",
                "location": backend.location,
                "eu_sovereignty": backend.location in ("DE", "FI", "FR"),
            },
            "configuration": backend.configuration(),
            "has_calibration": full and backend.calibrated,
        }
        if full:
            view["queue_size"] = self._queue_size(backend)
            view["availability"] = _ALL_DAY if backend.status == "ONLINE" else []
        return view


def _provider(text: str) -> str:
    return text.strip().upper().replace("-", "_")

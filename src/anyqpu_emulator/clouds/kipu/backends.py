"""Backends, their status, and their calibration."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.http import ProblemError, json_response
from anyqpu_emulator.routes import Handlers, handles
from anyqpu_emulator.validation import parse_time

from .auth import Auth
from .calibration import calibration_at, instants_between
from .catalogue import ALLOWANCE, BACKENDS, Backend
from .configs import native_config
from .paging import page
from .store import Store
from .submission import find_backend

_UPDATED_AT = "2026-01-01"
_HAS_ZONE = re.compile(r"(?:[Zz]|[+-]\d\d:?\d\d)$")
_ALL_DAY = [{"granularity": "DAILY", "start": "00:00:00", "end": "23:59:59"}]


class BackendHandlers(Handlers[Store, Auth]):
    """Eight operations; the list is public."""

    @handles("getBackends")
    async def _list(self, request: Request) -> Response:
        full = self.auth.check_if_any(request)
        provider = request.query_params.get("provider")
        # `onlyPlanqkSdk` filters nothing: the cloud's SDK can use every backend of this catalogue.
        backends = [b for b in BACKENDS.values() if provider is None or b.provider == _provider(provider)]
        return json_response([self._view(backend, full=full) for backend in backends])

    @handles("getLeastBusyBackend")
    async def _least_busy(self, request: Request) -> Response:
        provider = request.state.query.get("provider")
        if not provider:
            raise ProblemError(400, "the query parameter provider is missing; use IBM")
        if _provider(provider) != "IBM":
            raise ProblemError(400, f"Provider {provider} does not support least-busy backend selection")
        least = request.state.query.get("minQubits", 0)
        eligible = [
            backend
            for backend in BACKENDS.values()
            if backend.provider == "IBM" and backend.status == "ONLINE" and backend.qubit_count >= least
        ]
        if not eligible:
            raise ProblemError(404, f"no operational IBM backend has {least} qubits or more")
        return json_response(self._view(min(eligible, key=self._queue_size), full=True))

    @handles("getBackend")
    async def _get(self, request: Request) -> Response:
        return json_response(self._view(find_backend(request.path_params["id"]), full=True))

    @handles("getBackendStatus")
    async def _status(self, request: Request) -> Response:
        backend = find_backend(request.path_params["id"])
        size = self._queue_size(backend)
        average = round(size * self.store.context.scheduler.average_run)
        return json_response({"status": backend.status, "queue_avg_time": average, "queue_size": size})

    @handles("getBackendConfig")
    async def _config(self, request: Request) -> Response:
        backend = find_backend(request.path_params["id"])
        return json_response(native_config(backend, self.store.context.clock.wall()))

    @handles("getBackendCalibration")
    async def _calibration(self, request: Request) -> Response:
        backend = find_backend(request.path_params["id"])
        now = self.store.context.clock.wall()
        text = request.state.query.get("effectiveAt")
        time = None if text is None else parse_time(text)
        if text is not None and time is None:
            raise ProblemError(400, f"effectiveAt should be a time such as 2026-04-17T12:34:56Z, not {text!r}")
        calibration = calibration_at(backend, now if time is None else min(now, time.timestamp()))
        return Response(status_code=204) if calibration is None else json_response(calibration)

    @handles("getBackendCalibrationHistory")
    async def _history(self, request: Request) -> Response:
        backend, query = find_backend(request.path_params["id"]), request.state.query
        first, last = (_with_zone(query.get(name), name) for name in ("from", "to"))
        if first > last:
            raise ProblemError(400, "from should be before to")
        instants = instants_between(backend, first, min(last, self.store.context.clock.wall()))
        return page(request, instants, lambda instant: calibration_at(backend, instant) or {}, ("calibrated_at",))

    @handles("getRuntimeMinutes")
    async def _runtime_minutes(self, request: Request) -> Response:
        used = sum(self.store.measured_milliseconds(request, backend) for backend in ALLOWANCE["backend_ids"]) // 1000
        allocated: int = ALLOWANCE["allocated_seconds"]
        allowance = {
            **ALLOWANCE,
            "consumed_seconds": used,
            "remaining_seconds": max(0, allocated - used),
            "limit_reached": used >= allocated,
        }
        return json_response({"allowances": [allowance]})

    def _queue_size(self, backend: Backend) -> int:
        return self.store.context.scheduler.queued(f"kipu/{backend.id}")

    def _view(self, backend: Backend, *, full: bool) -> dict[str, Any]:
        """Return `Backend` of the published schema, reduced for requests without a token.

        `documentation.sdks` is left out: older and newer clients disagree on its type.
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
            "access_type": backend.access_type,
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


def _with_zone(text: str | None, name: str) -> float:
    """Return a time in seconds since 1970. Raises a 400 for a missing one, and for one without a zone."""
    time = parse_time(text) if text and _HAS_ZONE.search(text) else None
    if time is None:
        raise ProblemError(400, f"{name} should be a time with a zone such as 2026-04-17T12:34:56Z, not {text!r}")
    return time.timestamp()


def _provider(text: str) -> str:
    return text.strip().upper().replace("-", "_")

"""Scaleway Quantum as a Service: all operations of its API, and the download links that it hands out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from anyqpu_emulator.house import House

from . import errors
from .auth import Gatekeeper
from .bookings import BookingRoutes
from .catalogue import PLATFORMS
from .jobs import JobRoutes
from .models import ModelRoutes
from .platforms import PlatformRoutes
from .processes import ProcessRoutes
from .sessions import SessionRoutes
from .store import Store

_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]


class ScalewayCloud:
    """The cloud under `/scaleway`: the API below `/scaleway/qaas/v1alpha1`.

    All keys see all projects; `project_id` only filters.
    """

    name = "scaleway"
    prefix = "/scaleway"

    def __init__(self, house: House) -> None:
        """Begin with nothing but the catalogue."""
        self._gate = Gatekeeper(house)
        self._store = Store(house)

    def routes(self) -> list[BaseRoute]:
        """The API of the published document, and the downloads."""
        rooms = (
            PlatformRoutes(self._store, self._gate),
            SessionRoutes(self._store, self._gate),
            JobRoutes(self._store, self._gate),
            ModelRoutes(self._store, self._gate),
            ProcessRoutes(self._store, self._gate),
            BookingRoutes(self._store, self._gate),
        )
        known = [route for room in rooms for route in room.routes()]
        return [*known, Route("/{path:path}", _nothing, methods=_METHODS)]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs and processes, in order of submission."""
        return self._store.overview()

    def devices(self) -> list[dict[str, Any]]:
        """All platforms, by their names."""
        return [{"id": platform.name, "status": "available"} for platform in PLATFORMS.values()]

    def sessions(self) -> list[dict[str, Any]]:
        """All sessions and bookings."""
        return self._store.sessions_overview()

    def resources(self) -> list[dict[str, Any]]:
        """All models."""
        return self._store.models_overview()

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """In the bodies that Scaleway's products share."""
        return errors.of_status(status, message, headers).response(scope["path"])


async def _nothing(request: Request) -> Response:
    """Whatever has no route, also a known path with another method."""
    raise errors.unknown(f"there is nothing at {request.method} {request.url.path}")

"""Kipu Quantum Hub (formerly PLANQK): all operations of its Quantum Workload API, and its token endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Scope

from anyqpu_emulator.house import House
from anyqpu_emulator.http import ProblemError

from .auth import Gatekeeper
from .backends import BackendRoutes
from .catalogue import BACKENDS
from .jobs import JobRoutes
from .sessions import SessionRoutes
from .store import Store
from .workloads import WorkloadRoutes

TOKEN_PATH = "/realms/planqk/protocol/openid-connect/token"  # noqa: S105 - a path


class KipuCloud:
    """The cloud under `/kipu`: the API below `/kipu/quantum`, the token endpoint below `/kipu/realms`."""

    name = "kipu"
    prefix = "/kipu"

    def __init__(self, house: House) -> None:
        """Begin with no jobs and no sessions."""
        self._gate = Gatekeeper(house)
        self._store = Store(house)

    def routes(self) -> list[BaseRoute]:
        """The API of the published document, and the token endpoint."""
        rooms = (
            BackendRoutes(self._store, self._gate),
            JobRoutes(self._store, self._gate),
            SessionRoutes(self._store, self._gate),
            WorkloadRoutes(self._store, self._gate),
        )
        api = [route for room in rooms for route in room.routes()]
        return [
            Mount("/quantum", app=Router(api, redirect_slashes=False)),
            Route(TOKEN_PATH, self._gate.token, methods=["POST"]),
        ]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs, of all organisations, in order of submission."""
        return self._store.overview()

    def devices(self) -> list[dict[str, Any]]:
        """All backends."""
        return [{"id": backend.id, "status": backend.status} for backend in BACKENDS.values()]

    def sessions(self) -> list[dict[str, Any]]:
        """All sessions, of all organisations."""
        return self._store.sessions_overview()

    def resources(self) -> list[dict[str, Any]]:
        """Nothing besides jobs and sessions."""
        return []

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """A problem of RFC 7807."""
        return ProblemError(status, message, headers=headers).response(scope["path"])

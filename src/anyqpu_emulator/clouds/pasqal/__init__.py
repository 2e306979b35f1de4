"""Pasqal Cloud: what a project's users do, below `/core-fast`, and their projects, tokens and results."""

from __future__ import annotations

from typing import Any

from starlette.routing import BaseRoute, Mount, Route, Router

from anyqpu_emulator.clock import utc
from anyqpu_emulator.house import House

from .auth import Gatekeeper
from .batches import BatchRoutes
from .changes import ChangeRoutes
from .devices import DeviceRoutes
from .downloads import Downloads
from .elsewhere import ForbiddenRoutes, OvhRoutes
from .jobs import JobRoutes
from .room import Room
from .store import Store
from .workloads import WorkloadRoutes

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path


class PasqalCloud:
    """The cloud under `/pasqal`."""

    name = "pasqal"
    prefix = "/pasqal"

    def __init__(self, house: House) -> None:
        """Begin with no batches."""
        self._gate = Gatekeeper(house)
        self._store = Store(house)
        self._downloads = Downloads(house, self.prefix)

    def routes(self) -> list[BaseRoute]:
        """The API, the account API, the token endpoint and the results."""
        shared = (self._store, self._gate, self._downloads)
        devices, forbidden = DeviceRoutes(*shared), ForbiddenRoutes(*shared)
        rooms: list[Room] = [forbidden, devices]
        rooms += [make(*shared) for make in (ChangeRoutes, BatchRoutes, JobRoutes, WorkloadRoutes, OvhRoutes)]
        core = [route for room in rooms for route in room.routes()]
        nothing = forbidden.anything_else()
        return [
            Mount("/core-fast", app=Router([*core, nothing], redirect_slashes=False)),
            Mount("/account", app=Router([*devices.account_routes(), nothing], redirect_slashes=False)),
            Route(TOKEN_PATH, self._gate.token, methods=["POST"]),
            *self._downloads.routes(),
        ]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs, in order of submission."""
        for batch in self._store.batches():
            self._store.look(batch)
        return [
            {
                "cloud": self.name,
                "id": record.id,
                "name": record.batch.id,
                "backend": record.batch.spec.device.device_type,
                "status": record.status,
                "queue_position": self._store.house.scheduler.position(record.job),
                "shots": record.spec.shots,
                "created_at": utc(self._store.wall(record.job.created_at)).isoformat(),
            }
            for record in self._store.jobs()
        ]

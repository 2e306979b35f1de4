"""Pasqal Cloud: what a project's users do, below `/core-fast`, and their projects, tokens and results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Scope

from anyqpu_emulator.clock import utc
from anyqpu_emulator.house import House

from .answers import RefusalError
from .auth import Gatekeeper
from .batches import BatchRoutes
from .catalogue import DEVICES
from .changes import ChangeRoutes
from .devices import DeviceRoutes
from .downloads import PATH, Downloads, refuse
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
        self._downloads.source(self._store.result)

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

    def devices(self) -> list[dict[str, Any]]:
        """All device types."""
        return [{"id": device.device_type, "status": "UP"} for device in DEVICES.values()]

    def sessions(self) -> list[dict[str, Any]]:
        """All batches."""
        return [
            {
                "kind": "batch",
                "id": batch.id,
                "backend": batch.spec.device.device_type,
                "status": self._store.look(batch).status,
                "created_at": utc(self._store.wall(batch.created_at)).isoformat(),
            }
            for batch in self._store.batches()
        ]

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """JSend; in the words of an object store where the results are."""
        if scope["path"].startswith(self.prefix + PATH):
            answer = refuse(status, "SlowDown" if status in (429, 503) else "InternalError", message)
            answer.headers.update(headers)
            return answer
        return RefusalError(status, message, headers=headers).response(scope["path"])

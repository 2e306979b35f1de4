"""Pasqal Cloud: what a project's users do, below `/core-fast`, and their projects, tokens and results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route, Router
from starlette.types import Scope

from anyqpu_emulator.books import labels
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
from .records import JOB_STATUS
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
        """All jobs in order of submission, then all workloads."""
        store = self._store
        for batch in store.batches():
            store.look(batch)
        jobs = [
            {
                "cloud": self.name,
                "kind": "job",
                "id": record.id,
                "name": record.batch.id,
                "backend": record.batch.spec.device.device_type,
                "status": record.status,
                "queue_position": store.house.scheduler.position(record.job),
                "shots": record.spec.shots,
                "created_at": utc(store.wall(record.job.created_at)).isoformat(),
                "tags": [],
                # Its batch is found by them, and it by its batch.
                "keys": list(record.batch.tags),
            }
            for record in store.jobs()
        ]
        return jobs + [
            {
                "cloud": self.name,
                "kind": "workload",
                "id": record.job.id,
                "name": record.workload_type,
                "backend": record.backend,
                "status": JOB_STATUS[store.house.scheduler.look(record.job)],
                "queue_position": store.house.scheduler.position(record.job),
                "shots": None,
                "created_at": utc(store.wall(record.job.created_at)).isoformat(),
                **labels((), *(text for text in record.config.values() if isinstance(text, str))),
            }
            for record in store.workloads.values()
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
                **labels(batch.tags),
            }
            for batch in self._store.batches()
        ]

    def resources(self) -> list[dict[str, Any]]:
        """Nothing besides jobs, workloads and batches."""
        return []

    def refusal(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """JSend; in the words of an object store where the results are."""
        if scope["path"].startswith(self.prefix + PATH):
            answer = refuse(status, "SlowDown" if status in (429, 503) else "InternalError", message)
            answer.headers.update(headers)
            return answer
        return RefusalError(status, message, headers=headers).response(scope["path"])

"""Devices, what they can do and how busy they are; projects and packages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from . import views
from .answers import RefusalError, success
from .catalogue import DEVICES, PACKAGES, PROJECT_ID, PROJECT_NAME, Device
from .fields import Query
from .records import BatchRecord
from .room import Room, page
from .store import BATCH_OVER

_AVAILABILITY = ("ACTIVE", "INACTIVE", "RETIRED")
_SORTABLE = ("created_at", "device_type", "id", "name", "status", "max_atom_num", "average_queue_time")


class DeviceRoutes(Room):
    """Nothing here changes anything."""

    def routes(self) -> list[BaseRoute]:
        """Eight operations. The fixed paths come before those with a name in them."""
        return [
            self.public("GET", "/api/v1/devices/public-specs", self._public_specs),
            self.guarded("GET", "/api/v1/devices/specs", self._all_specs),
            self.guarded("GET", "/api/v1/devices/specs/{device_type}", self._specs),
            self.guarded("GET", "/api/v1/devices/{device_type}/queue_size", self._queue_size),
            self.guarded("GET", "/api/v1/devices/{device_type}/queue", self._queue),
            self.guarded("GET", "/api/v1/devices", self._list),
            self.guarded("GET", "/api/v2/devices", self._list_v2),
            self.guarded("GET", "/api/v1/packages", self._packages),
        ]

    def account_routes(self) -> list[BaseRoute]:
        """One operation of the account API."""
        return [self.guarded("GET", "/api/v1/projects", self._projects)]

    async def _public_specs(self, request: Request) -> Response:
        public = [device for device in DEVICES.values() if device.public]
        return success([{"device_type": device.device_type, "specs": device.specs} for device in public])

    async def _all_specs(self, request: Request) -> Response:
        return success({device.device_type: device.specs for device in DEVICES.values()})

    async def _specs(self, request: Request) -> Response:
        device = _device(request)
        return success({"device_type": device.device_type, "specs": device.specs})

    async def _list(self, request: Request) -> Response:
        query = Query(request.query_params)
        query.boolean("include_legacy")
        wanted = query.one("device_type")
        found = [device for device in DEVICES.values() if wanted in (None, device.device_type)]
        return page(query, found, _view, _SORTABLE)

    async def _list_v2(self, request: Request) -> Response:
        query = Query(request.query_params)
        wanted, public = set(query.all("device_type")), query.boolean("public")
        available = query.words("availability", _AVAILABILITY)
        found = [
            device
            for device in DEVICES.values()
            if (not wanted or device.device_type in wanted)
            and (not available or "ACTIVE" in available)
            and public in (None, device.public)
        ]
        return page(query, found, _view, _SORTABLE)

    async def _queue_size(self, request: Request) -> Response:
        device = _device(request)
        waiting = self._waiting(device)
        jobs = [record for batch in waiting for record in batch.jobs if not record.job.state.terminal]
        size = {
            "queue": device.device_type,
            "number_of_batches": len(waiting),
            "number_of_jobs": len(jobs),
            "number_of_shots": sum(record.spec.shots for record in jobs),
        }
        return success({"device_queues": [size]})

    async def _queue(self, request: Request) -> Response:
        waiting = self._waiting(_device(request))
        return page(Query(request.query_params), waiting, lambda batch: views.batch_summary(self.store, batch))

    def _waiting(self, device: Device) -> list[BatchRecord]:
        found = [batch for batch in self.store.batches() if batch.spec.device == device]
        return [batch for batch in found if self.store.look(batch).status not in BATCH_OVER]

    async def _packages(self, request: Request) -> Response:
        return success([{"value": value, "label": label} for value, label in PACKAGES.items()])

    async def _projects(self, request: Request) -> Response:
        status = Query(request.query_params).one("project_status")
        project = {
            "id": PROJECT_ID,
            "project_id": PROJECT_ID,
            "name": PROJECT_NAME,
            "description": "Everything here is emulated.",
            "project_status": "ACTIVE",
            "queue_priority": "MEDIUM",
            "allowed_device_types": list(DEVICES),
        }
        return success([project] if status in (None, "ACTIVE") else [])


def _device(request: Request) -> Device:
    name = request.path_params["device_type"]
    if name not in DEVICES:
        raise RefusalError(404, f"Device {name} was not found; there are {', '.join(DEVICES)}")
    return DEVICES[name]


def _view(device: Device) -> dict[str, Any]:
    return {
        "id": device.id,
        "name": device.device_type,
        "device_type": device.device_type,
        "status": "UP",
        "average_queue_time": device.average_queue_time,
        "max_atom_num": device.max_atoms,
        "is_emulator": device.is_emulator,
        "active": True,
        "availability": "ACTIVE",
        "description": device.description,
        "bill_usage": False,
        "has_execution_logs": False,
        "channels": ["rydberg_global"],
        "allowed_result_types": ["counter", "raw"],
        "default_result_types": ["counter", "raw"],
    }

"""Devices, their specifications and queues; projects and packages."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import handles

from . import views
from .catalogue import DEVICES, PACKAGES, PROJECT_ID, PROJECT_NAME, Device
from .handlers import PasqalHandlers, page
from .records import BatchRecord
from .responses import RefusalError, invalid, success
from .store import BATCH_OVER

_AVAILABILITY = ("ACTIVE", "INACTIVE", "RETIRED")
_SORTABLE = ("created_at", "device_type", "id", "name", "status", "max_atom_num", "average_queue_time")


class DeviceHandlers(PasqalHandlers):
    """Nine operations, none of which changes anything."""

    @handles("list_public_device_specs")
    async def _public_specs(self, request: Request) -> Response:
        public = [device for device in DEVICES.values() if device.public]
        return success([{"device_type": device.device_type, "specs": device.specs} for device in public])

    @handles("list_device_specs")
    async def _all_specs(self, request: Request) -> Response:
        return success({device.device_type: device.specs for device in DEVICES.values()})

    @handles("get_device_specs")
    async def _specs(self, request: Request) -> Response:
        device = _device(request)
        return success({"device_type": device.device_type, "specs": device.specs})

    @handles("list_devices")
    async def _list(self, request: Request) -> Response:
        wanted = request.state.query.get("device_type")
        devices = [device for device in DEVICES.values() if wanted in (None, device.device_type)]
        return page(request, devices, _view, _SORTABLE)

    @handles("list_devices_v2")
    async def _list_v2(self, request: Request) -> Response:
        query = request.state.query
        wanted, public, available = query.get("device_type"), query.get("public"), query.get("availability", ())
        if not set(available) <= set(_AVAILABILITY):
            raise invalid(("query", "availability"), f"permitted: {', '.join(_AVAILABILITY)}", "type_error.enum")
        devices = [
            device
            for device in DEVICES.values()
            if (not wanted or device.device_type in wanted)
            and (not available or "ACTIVE" in available)
            and public in (None, device.public)
        ]
        return page(request, devices, _view, _SORTABLE)

    @handles("get_device_queue_size")
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

    @handles("get_device_queue")
    async def _queue(self, request: Request) -> Response:
        waiting = self._waiting(_device(request))
        return page(request, waiting, lambda batch: views.batch_summary(self.store, batch))

    def _waiting(self, device: Device) -> list[BatchRecord]:
        batches = [batch for batch in self.store.batches() if batch.spec.device == device]
        return [batch for batch in batches if self.store.poll(batch).status not in BATCH_OVER]

    @handles("list_packages")
    async def _packages(self, request: Request) -> Response:
        return success([{"value": value, "label": label} for value, label in PACKAGES.items()])

    @handles("list_projects")
    async def _projects(self, request: Request) -> Response:
        status = request.state.query.get("project_status")
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
    name = request.path_params.get("dt_name") or request.path_params["device_type"]
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

"""Pasqal Cloud: what a project's users do, below `/core-fast`, and their projects, tokens and results."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Scope

from anyqpu_emulator.clock import utc
from anyqpu_emulator.context import AppContext
from anyqpu_emulator.effects import labels
from anyqpu_emulator.http import ProblemError
from anyqpu_emulator.routes import guarded, routes
from anyqpu_emulator.validation import Dialect, InvalidRequestError, Leniency

from .auth import Auth
from .batches import BatchHandlers
from .catalogue import DEVICES, RULES
from .changes import ChangeHandlers
from .devices import DeviceHandlers
from .downloads import PATH, Downloads, refuse
from .jobs import JobHandlers
from .records import JOB_STATUS
from .responses import RefusalError, invalid
from .store import Store
from .workloads import WorkloadHandlers

TOKEN_PATH = "/oauth/token"  # noqa: S105 - a path
_GROUPS = (DeviceHandlers, ChangeHandlers, BatchHandlers, JobHandlers, WorkloadHandlers)
# Messages and types of errors as in Pydantic 1, which the cloud uses.
_TYPES = {
    "string": ("str type expected", "type_error.str"),
    "integer": ("value is not a valid integer", "type_error.integer"),
    "number": ("value is not a valid number", "type_error.number"),
    "boolean": ("value could not be parsed to a boolean", "type_error.bool"),
    "array": ("value is not a valid list", "type_error.list"),
    "object": ("value is not a valid dict", "type_error.dict"),
}


def _refuse(error: InvalidRequestError) -> ProblemError:
    match error.kind:
        case "required":
            message, kind = "field required", "value_error.missing"
        case "json":
            message, kind = f"the body is not {error.expected}", "value_error.jsondecode"
        case "type":
            message, kind = _TYPES[error.schema["type"]]
        case "enum":
            message = f"value is not a valid enumeration member; permitted: {', '.join(error.schema['enum'])}"
            kind = "type_error.enum"
        case "uuid":
            message, kind = "value is not a valid uuid", "type_error.uuid"
        case "date-time":
            message, kind = "invalid datetime format", "value_error.datetime"
        case "minimum":
            message, kind = (
                f"ensure this value is greater than {error.schema['minimum'] - 1}",
                "value_error.number.not_gt",
            )
        case "maximum":
            message, kind = f"ensure this value is less than {error.schema['maximum'] + 1}", "value_error.number.not_lt"
        case "unique":
            message, kind = "the list has duplicated items", "value_error.list.unique_items"
    return invalid((error.location, *error.path), message, kind)


def _respond(error: ProblemError, request: Request) -> Response:
    refusal = (
        error if isinstance(error, RefusalError) else RefusalError(error.status, error.detail, headers=error.headers)
    )
    return refusal.response(request.url.path)


_DEVICE: Mapping[str, Leniency] = {"dt_name": "any value", "device_type": "any value", "emulator": "any value"}
_DIALECT = Dialect(
    refuse=_refuse,
    respond=_respond,
    check_path=True,
    exceptions={
        # Devices are those of the catalogue; an unknown one in the path is a 404.
        **dict.fromkeys(("create_batch", "get_device_queue_size", "get_device_queue", "get_device_specs"), _DEVICE),
        # A workload of an unknown type fails when it runs.
        "create_workload": {"workload_type": "any value", "backend": "any value"},
    },
)


class PasqalCloud:
    """The cloud under `/pasqal`."""

    name = "pasqal"
    prefix = "/pasqal"
    rules = RULES

    def __init__(self, context: AppContext) -> None:
        """Begin with no batches."""
        self._auth = Auth(context)
        self._store = Store(context)
        self._downloads = Downloads(context, self.prefix)
        self._downloads.source(self._store.result)

    def routes(self) -> list[BaseRoute]:
        """The API, the account API, the token endpoint and the results."""
        groups = [make(self._store, self._auth, self._downloads) for make in _GROUPS]
        # No methods means all: another method at a known path gets the same response.
        missing = [
            Route(f"{prefix}/{{path:path}}", guarded(_missing, None, _DIALECT), methods=[])
            for prefix in ("/core-fast", "/account")
        ]
        return [
            *routes(self.name, groups, self._auth, _DIALECT, otherwise=_forbidden),
            *missing,
            Route(TOKEN_PATH, self._auth.token, methods=["POST"]),
            *self._downloads.routes(),
        ]

    def jobs(self) -> list[dict[str, Any]]:
        """All jobs in order of submission, then all workloads."""
        store = self._store
        for batch in store.batches():
            store.poll(batch)
        jobs = [
            {
                "cloud": self.name,
                "kind": "job",
                "id": record.id,
                "name": record.batch.id,
                "backend": record.batch.spec.device.device_type,
                "status": record.status,
                "queue_position": store.context.scheduler.position(record.job),
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
                "status": JOB_STATUS[store.context.scheduler.poll(record.job)],
                "queue_position": store.context.scheduler.position(record.job),
                "shots": None,
                "created_at": utc(store.wall(record.job.created_at)).isoformat(),
                **labels((), *(text for text in record.config.values() if isinstance(text, str))),
            }
            for record in store.workloads.values()
        ]

    def program(self, job_id: str) -> Any:
        """Return the sequence of a job with its variables, or the configuration of a workload."""
        if (workload := self._store.workloads.get(job_id)) is not None:
            return workload.config
        record = next((record for record in self._store.jobs() if record.id == job_id), None)
        if record is None:
            return None
        sequence = record.spec.sequence or record.batch.spec.sequence_builder
        return [sequence, json.dumps(record.spec.variables)] if record.spec.variables else sequence

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
                "status": self._store.poll(batch).status,
                "created_at": utc(self._store.wall(batch.created_at)).isoformat(),
                **labels(batch.tags),
            }
            for batch in self._store.batches()
        ]

    def resources(self) -> list[dict[str, Any]]:
        """Nothing besides jobs, workloads and batches."""
        return []

    def error_response(self, scope: Scope, status: int, message: str, headers: Mapping[str, str]) -> Response:
        """JSend; in the words of an object store where the results are."""
        if scope["path"].startswith(self.prefix + PATH):
            response = refuse(status, "SlowDown" if status in (429, 503) else "InternalError", message)
            response.headers.update(headers)
            return response
        return RefusalError(status, message, headers=headers).response(scope["path"])


async def _forbidden(request: Request) -> Response:
    """Respond to operations of operators, executors and the portal, and to CUDA-Q programs."""
    raise RefusalError(403, "this operation is not for users of a project, and this emulator has no others")


async def _missing(request: Request) -> Response:
    raise RefusalError(404, f"there is nothing at {request.method} {request.url.path}")

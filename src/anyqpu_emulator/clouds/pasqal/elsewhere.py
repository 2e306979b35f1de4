"""Doors that are not for a project's users, and the ones through which customers of others come in."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from .answers import RefusalError
from .batches import BatchRoutes
from .catalogue import PROJECT_ID
from .jobs import JobRoutes
from .room import Room, read_object

_OVH = "/api/v1/third-party-access/ovh"
_FORBIDDEN = (
    ("GET", "/api/v1/batches/last_activity"),
    ("PUT", "/api/v1/batches/{batch_id}/status"),
    ("POST", "/api/v1/devices"),
    ("PATCH", "/api/v1/devices/status"),
    ("PUT", "/api/v1/devices/specs/{device_type}"),
    ("PUT", "/api/v1/devices/{device_id}/status"),
    ("GET", "/api/v1/jobs/statistics/device-frequency"),
    ("POST", "/api/v1/jobs/{job_id}/errors"),
    ("PUT", "/api/v1/jobs/{job_id}/status"),
    ("PATCH", "/api/v1/jobs/{job_id}"),
    ("GET", "/api/v1/learners/{package}"),
    ("PATCH", "/api/v1/learners/{package}"),
    ("GET", "/api/v1/learners/{package}/notebook/{notebook}"),
    ("GET", "/api/v1/learners/project/{project_id}"),
    ("POST", "/api/v1/use-cases"),
    ("GET", "/api/v1/use-cases/examples"),
    ("GET", "/api/v1/use-cases/my/{project_id}"),
    ("GET", "/api/v1/use-cases/team/{project_id}"),
    ("GET", "/api/v1/use-cases/{use_case_id}"),
    ("PATCH", "/api/v1/use-cases/{use_case_id}"),
    ("POST", "/api/v1/use-cases/{use_case_id}/review"),
    ("POST", "/api/v1/workloads/{workload_id}/result"),
    ("POST", "/api/v1/workloads/{workload_id}/errors"),
    ("PUT", "/api/v1/workloads/{workload_id}/status"),
    ("POST", "/api/v1/quizzes/{quiz_id}"),
    ("PATCH", "/api/v1/quizzes/{quiz_id}"),
    # CUDA-Q's programs are no Pulser sequences; nothing here reads them.
    ("POST", "/api/v1/cudaq/job"),
    ("GET", "/api/v1/cudaq/job/{job_id}"),
)


class ForbiddenRoutes(Room):
    """What operators, executors and the portal do."""

    def routes(self) -> list[BaseRoute]:
        """Twenty-eight operations. Their fixed paths must be tried before everybody's paths with ids."""
        return [self.guarded(method, path, self._refuse) for method, path in _FORBIDDEN]

    def anything_else(self) -> BaseRoute:
        """The answer where there is nothing."""
        # No methods means all: a wrong one at a right path is answered here as well.
        return Route("/{path:path}", self._missing, methods=[])

    async def _refuse(self, request: Request) -> Response:
        raise RefusalError(403, "this operation is not for users of a project, and this emulator has no others")

    async def _missing(self, request: Request) -> Response:
        raise RefusalError(404, f"there is nothing at {request.method} {request.url.path}")


class OvhRoutes(Room):
    """The same batches and jobs for customers of OVH, who have no projects."""

    def routes(self) -> list[BaseRoute]:
        """Six operations."""
        batches = BatchRoutes(self.store, self.gate, self.downloads)
        jobs = JobRoutes(self.store, self.gate, self.downloads)

        async def create(request: Request) -> Response:
            return batches.create(request, await read_object(request), PROJECT_ID)

        return [
            self.guarded("POST", f"{_OVH}/batches", create),
            self.guarded("GET", f"{_OVH}/batches/{{batch_id}}", batches.get),
            self.guarded("GET", f"{_OVH}/batches/{{batch_id}}/status", batches.status),
            self.guarded("GET", f"{_OVH}/jobs", jobs.list),
            self.guarded("GET", f"{_OVH}/jobs/{{job_id}}/results_link", jobs.results_link),
            self.guarded("GET", f"{_OVH}/jobs/{{job_id}}/status", jobs.status),
        ]

"""Workloads: jobs and sessions in one list."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from .jobs import EXECUTION
from .records import JobRecord, SessionRecord
from .room import Room, page

_KEYS = (
    "id",
    "type",
    "backend_id",
    "provider",
    "status",
    "created_at",
    "started_at",
    "ended_at",
    "sdk_provider",
)


class WorkloadRoutes(Room):
    """Two lists."""

    def routes(self) -> list[BaseRoute]:
        """Two operations."""
        return [
            self.guarded("GET", "/workloads", self._list),
            self.guarded("GET", f"{EXECUTION}/workloads", self._list),
        ]

    async def _list(self, request: Request) -> Response:
        execution = request.path_params.get("serviceExecutionId")
        execution = execution.lower() if execution else None
        records: list[JobRecord | SessionRecord] = [
            *self.store.jobs_of(request, execution),
            *self.store.sessions_of(request, execution),
        ]
        records.sort(key=_created, reverse=True)
        return page(request, records, self._view, _KEYS)

    def _view(self, record: JobRecord | SessionRecord) -> dict[str, Any]:
        if isinstance(record, JobRecord):
            view = {**self.store.job_view(record), "type": "JOB"}
        else:
            view = {**self.store.session_view(record), "type": "SESSION"}
            if "closed_at" in view:
                view["ended_at"] = view["closed_at"]
        return {key: view[key] for key in _KEYS if key in view}


def _created(record: JobRecord | SessionRecord) -> float:
    return record.job.created_at if isinstance(record, JobRecord) else record.created_at

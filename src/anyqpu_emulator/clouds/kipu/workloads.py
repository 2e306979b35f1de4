"""Workloads: jobs and sessions in one list."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from anyqpu_emulator.routes import Handlers, handles

from .auth import Auth
from .paging import page
from .records import JobRecord, SessionRecord
from .store import Store

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


class WorkloadHandlers(Handlers[Store, Auth]):
    """Two operations."""

    @handles("getWorkloads", "getServiceExecutionWorkloads")
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
